"""Packages the function app for publishing: ``python infra/package.py app.zip``.

The package contains the files that git tracks, except those in ``.funcignore``. Azure Functions Core Tools
reads the same file, but this script only needs git.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def files_to_publish(repository: Path, *, untracked: bool = False) -> list[str]:
    """Paths relative to the repository, sorted, so that a commit always gives the same package.

    ``untracked`` also includes files that git does not track yet, for running the app without publishing it.
    """
    kinds = ("--cached", "--others", "--exclude-standard") if untracked else ("--cached",)
    files = _git(repository, "ls-files", "-z", *kinds)
    ignored = {
        name
        for kind in ("--cached", "--others")
        for name in _git(repository, "ls-files", "-z", kind, "--ignored", "--exclude-from=.funcignore")
    }
    return sorted(name for name in files - ignored if (repository / name).exists())


def _git(repository: Path, *arguments: str) -> set[str]:
    listed = subprocess.run(  # noqa: S603 - fixed arguments
        ["git", *arguments],  # noqa: S607 - git is found on the PATH
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return set(listed.split("\0")) - {""}


def main() -> None:
    target = Path(sys.argv[1])
    files = files_to_publish(REPOSITORY)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in files:
            package.write(REPOSITORY / name, name)
    sys.stdout.write(f"{target}: {len(files)} files\n")


if __name__ == "__main__":
    main()
