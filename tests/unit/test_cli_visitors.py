import json
import stat
from pathlib import Path

import pytest

from cli.visitors import FILE_NAME, Visitors

SERVER, OTHER = "https://reports.example:443", "http://localhost:7071"


def test_each_server_has_a_token_of_its_own(tmp_path: Path) -> None:
    visitors = Visitors(pytest.fail, tmp_path)
    visitors.store(SERVER, "first")
    visitors.store(OTHER, "second")
    visitors.store(SERVER, "third")
    assert (visitors.token(SERVER), visitors.token(OTHER)) == ("third", "second")
    assert visitors.token("https://unknown.example:443") is None


def test_only_the_user_can_read_the_tokens(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "poke"
    Visitors(pytest.fail, folder).store(SERVER, "token")
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", *(json.dumps({SERVER: token}).encode() for token in (1, "a\nb", "é"))],
)
def test_a_file_that_is_not_ours_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    visitors = Visitors(pytest.fail, tmp_path)
    assert visitors.token(SERVER) is None
    visitors.store(SERVER, "token")
    assert visitors.token(SERVER) == "token"


def test_a_token_that_cannot_be_stored_is_a_warning(tmp_path: Path) -> None:
    warnings: list[str] = []
    (tmp_path / "file").touch()
    Visitors(warnings.append, tmp_path / "file").store(SERVER, "token")
    (warning,) = warnings
    assert "Later commands will not find the reports of this one." in warning
