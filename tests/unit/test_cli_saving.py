"""Where a CSV ends up, and what it never writes over."""

import os
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

import pytest

from cli import saving
from cli.api import Api
from cli.faults import CannotSaveError, UnreachableError

CSV = b"id,name\r\n25,pikachu\r\n"
REPORT: dict[str, Any] = {
    "id": "r1",
    "links": {"download": "/api/reports/r1/download"},
    "result": {"sha256": sha256(CSV).hexdigest()},
}


class FakeApi:
    """Serves one CSV; ``fault`` strikes when half of it has come."""

    def __init__(self, fault: BaseException | None = None) -> None:
        self.downloads = 0
        self.fault = fault

    def copy_csv(self, link: str, file: IO[bytes]) -> str:
        assert link == "/api/reports/r1/download"
        self.downloads += 1
        file.write(CSV[:10])
        if self.fault:
            raise self.fault
        file.write(CSV[10:])
        return sha256(CSV).hexdigest()


def save(out: Path, *, force: bool = False, api: FakeApi | None = None) -> FakeApi:
    api = api or FakeApi()
    saving.save(cast(Api, api), REPORT, out, force=force)
    return api


def test_the_csv_is_all_there_is_in_the_folder(tmp_path: Path) -> None:
    save(tmp_path / "some.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["some.csv"]
    assert (tmp_path / "some.csv").read_bytes() == CSV


def test_a_file_has_the_permissions_that_the_user_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(tmp_path / "some.csv")
    finally:
        os.umask(before)

    assert (tmp_path / "some.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fault", [UnreachableError("Away."), KeyboardInterrupt()], ids=["away", "ctrl-c"])
def test_what_breaks_off_leaves_the_file_of_before_and_nothing_else(
    tmp_path: Path, fault: BaseException
) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"of before")

    with pytest.raises(type(fault)):
        save(out, force=True, api=FakeApi(fault))
    assert [path.name for path in tmp_path.iterdir()] == ["some.csv"]
    assert out.read_bytes() == b"of before"


def test_another_file_is_overwritten_with_force_alone(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"of before")

    with pytest.raises(CannotSaveError, match="--force"):
        save(out)
    assert out.read_bytes() == b"of before"
    save(out, force=True)
    assert out.read_bytes() == CSV


def test_a_file_that_holds_the_csv_already_is_neither_fetched_nor_refused(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(CSV)

    assert save(out).downloads == 0
    assert out.read_bytes() == CSV


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"of before")
    (tmp_path / "link.csv").symlink_to("real.csv")

    save(tmp_path / "link.csv", force=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == CSV


def test_a_pipe_or_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    save(Path(f"/dev/fd/{writing}"))
    os.close(writing)

    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == CSV


def test_nothing_of_a_csv_that_broke_off_goes_to_a_pipe() -> None:
    reading, writing = os.pipe()
    with pytest.raises(UnreachableError):
        save(Path(f"/dev/fd/{writing}"), api=FakeApi(UnreachableError("Away.")))
    os.close(writing)

    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b""


def test_what_cannot_be_written_is_told_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(CannotSaveError, match="cannot be written: No such file or directory"):
        save(tmp_path / "none" / "some.csv")
    with pytest.raises(CannotSaveError, match="No space left on device"):
        save(tmp_path / "some.csv", api=FakeApi(OSError(28, "No space left on device")))


def test_a_target_is_checked_before_a_report_is_made_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "some.csv").touch()

    with pytest.raises(CannotSaveError, match="no folder"):
        saving.check_target(tmp_path / "none" / "some.csv", force=True)
    with pytest.raises(CannotSaveError, match="is a folder"):
        saving.check_target(tmp_path, force=True)
    with pytest.raises(CannotSaveError, match="--force"):
        saving.check_target(tmp_path / "some.csv", force=False)
    saving.check_target(tmp_path / "some.csv", force=True)
    saving.check_target(tmp_path / "new.csv", force=False)
    saving.check_target(Path("/dev/null"), force=False)
    saving.check_target(saving.STDOUT, force=False)
    saving.check_target(None, force=False)
