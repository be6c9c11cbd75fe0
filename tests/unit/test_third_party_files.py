"""Third-party code comes from package registries. The repository has no copy of it."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKED = (
    "*.min.js",
    "*.min.css",
    "*.map",
    "*.gz",
    "*.tgz",
    "*.zip",
    "*.whl",
    "*.jar",
    "*.wasm",
    "*swagger-ui*",
)
LONGEST_LINE = 5_000
NOTICE = re.compile(rb"@licen[sc]e|Copyright (\(c\)|\d)", re.IGNORECASE)
LICENSES = {"LICENSE", "tools/pokeapi_replica/src/pokeapi_replica/data/LICENSE-PokeAPI.txt"}
MAY_HAVE_LONG_LINES = {
    "constraints.txt": "written by `make lock`",
    "*package-lock.json": "written by npm",
    "tests/histories/*.jsonl": "recorded orchestration histories, one event per line",
    "tools/pokeapi_replica/src/pokeapi_replica/data/*.jsonl": "data from PokéAPI, with its license",
    "docs/screenshots/*.webp": "pictures of the project's own site",
}
"""Patterns of files that are not code, each with the origin of the content."""


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def is_exception(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in MAY_HAVE_LONG_LINES)


def longest_line(name: str) -> int:
    return max(map(len, (ROOT / name).read_bytes().splitlines()), default=0)


def test_the_repository_has_no_packed_or_minified_files() -> None:
    found = [name for name in tracked_files() for pattern in PACKED if fnmatch(name.lower(), pattern)]

    assert found == []


def test_no_code_has_lines_as_long_as_those_of_minified_code() -> None:
    code = [name for name in tracked_files() if not is_exception(name)]

    assert [name for name in code if longest_line(name) > LONGEST_LINE] == []


def test_only_license_files_have_a_copyright_notice() -> None:
    code = [name for name in tracked_files() if not is_exception(name)]
    noticed = {name for name in code if NOTICE.search((ROOT / name).read_bytes())}

    assert noticed <= LICENSES
