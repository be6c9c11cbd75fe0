"""Packages the function app for publishing: ``python infra/package.py [--with-packages] app.zip``.

The package contains the files that git tracks, except those in ``.funcignore``. Azure Functions Core Tools
reads the same file, but this script only needs git. Its ``requirements.txt`` is ``requirements.lock``, so
that Azure installs exactly the locked packages and verifies their hashes. ``--with-packages`` includes the
packages themselves, for a plan on which Azure installs none.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
REQUIREMENTS, LOCK = "requirements.txt", "requirements.lock"
PACKAGES = Path(".python_packages/lib/site-packages")
"""Where the Functions worker looks for the packages of an app."""
PLATFORM = "manylinux2014_x86_64"


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


def _install(target: Path) -> None:
    """Install the locked packages as wheels for the platform of Azure's image, with verified hashes."""
    options = (
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--platform",
        PLATFORM,
        "--no-deps",
        "--no-compile",
    )
    install = (sys.executable, "-m", "pip", "install", "--quiet", *options)
    command = [*install, "--target", str(target), "--requirement", LOCK]
    subprocess.run(command, cwd=REPOSITORY, check=True)  # noqa: S603 - fixed arguments


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("target", type=Path)
    parser.add_argument("--with-packages", action="store_true")
    arguments = parser.parse_args()

    files = [name for name in files_to_publish(REPOSITORY) if name not in (REQUIREMENTS, LOCK)]
    with (
        zipfile.ZipFile(arguments.target, "w", zipfile.ZIP_DEFLATED) as package,
        tempfile.TemporaryDirectory() as folder,
    ):
        for name in files:
            package.write(REPOSITORY / name, name)
        package.write(REPOSITORY / LOCK, REQUIREMENTS)
        if arguments.with_packages:
            _install(Path(folder))
            for path in sorted(Path(folder).rglob("*")):
                package.write(path, PACKAGES / path.relative_to(folder))
    sys.stdout.write(f"{arguments.target}: {len(files) + 1} files\n")


if __name__ == "__main__":
    main()
