"""Where a CSV is saved, and which files are never overwritten."""

import os
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

import pytest

from cli import csv_file
from cli.api import Api
from cli.errors import CannotSaveError, UnreachableError

CSV = b"id,name\r\n25,pikachu\r\n"
REPORT: dict[str, Any] = {
    "id": "r1",
    "links": {"download": "/api/reports/r1/download"},
    "result": {"sha256": sha256(CSV).hexdigest()},
}


class FakeApi:
    """Serves one CSV. Raises ``error``, if any, halfway through the download."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.downloads = 0
        self.error = error

    def download_csv(self, link: str, file: IO[bytes]) -> str:
        assert link == "/api/reports/r1/download"
        self.downloads += 1
        file.write(CSV[:10])
        if self.error:
            raise self.error
        file.write(CSV[10:])
        return sha256(CSV).hexdigest()


def save(out: Path, *, force: bool = False, api: FakeApi | None = None) -> FakeApi:
    api = api or FakeApi()
    csv_file.save(cast(Api, api), REPORT, out, force=force)
    return api


def test_saving_leaves_only_the_csv_in_the_folder(tmp_path: Path) -> None:
    save(tmp_path / "some.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["some.csv"]
    assert (tmp_path / "some.csv").read_bytes() == CSV


def test_the_file_has_the_permissions_of_the_users_new_files(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        save(tmp_path / "some.csv")
    finally:
        os.umask(umask)

    assert (tmp_path / "some.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "error", [UnreachableError("No."), KeyboardInterrupt()], ids=["unreachable", "ctrl-c"]
)
def test_a_failed_download_leaves_the_existing_file_unchanged(tmp_path: Path, error: BaseException) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"existing")

    with pytest.raises(type(error)):
        save(out, force=True, api=FakeApi(error))
    assert [path.name for path in tmp_path.iterdir()] == ["some.csv"]
    assert out.read_bytes() == b"existing"


def test_another_file_is_overwritten_only_with_force(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"existing")

    with pytest.raises(CannotSaveError, match="--force"):
        save(out)
    assert out.read_bytes() == b"existing"
    save(out, force=True)
    assert out.read_bytes() == CSV


def test_a_file_that_already_holds_the_csv_is_accepted_without_a_download(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(CSV)

    assert save(out).downloads == 0
    assert out.read_bytes() == CSV


def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"existing")
    (tmp_path / "link.csv").symlink_to("real.csv")

    save(tmp_path / "link.csv", force=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == CSV


def test_a_pipe_is_written_to_and_not_replaced() -> None:
    read_end, write_end = os.pipe()
    save(Path(f"/dev/fd/{write_end}"))
    os.close(write_end)

    with os.fdopen(read_end, "rb") as pipe:
        assert pipe.read() == CSV


def test_a_failed_download_writes_nothing_to_a_pipe() -> None:
    read_end, write_end = os.pipe()
    with pytest.raises(UnreachableError):
        save(Path(f"/dev/fd/{write_end}"), api=FakeApi(UnreachableError("No.")))
    os.close(write_end)

    with os.fdopen(read_end, "rb") as pipe:
        assert pipe.read() == b""


def test_a_write_error_is_reported_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(CannotSaveError, match=r"Cannot write .*: No such file or directory"):
        save(tmp_path / "none" / "some.csv")
    with pytest.raises(CannotSaveError, match="No space left on device"):
        save(tmp_path / "some.csv", api=FakeApi(OSError(28, "No space left on device")))


def test_an_unusable_path_is_reported_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "some.csv").touch()

    with pytest.raises(CannotSaveError, match="does not exist"):
        csv_file.check_path(tmp_path / "none" / "some.csv", force=True)
    with pytest.raises(CannotSaveError, match="is a folder"):
        csv_file.check_path(tmp_path, force=True)
    with pytest.raises(CannotSaveError, match="--force"):
        csv_file.check_path(tmp_path / "some.csv", force=False)


def test_a_usable_path_passes_the_check(tmp_path: Path) -> None:
    (tmp_path / "some.csv").touch()

    csv_file.check_path(tmp_path / "some.csv", force=True)
    csv_file.check_path(tmp_path / "new.csv", force=False)
    csv_file.check_path(Path("/dev/null"), force=False)
    csv_file.check_path(csv_file.STDOUT, force=False)
    csv_file.check_path(None, force=False)
