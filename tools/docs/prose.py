"""Checks the project's prose: ``python -m tools.docs.prose [FILES]``.

Runs proselint and the project's vocabulary (vocabulary.toml) over the English documents, and the vocabulary
over the docstrings and comments of Python files. Code in Markdown is not checked, and neither
is text between ``<!-- prose: off -->`` and ``<!-- prose: on -->``.
"""

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from proselint.checks import __register__ as proselint_checks
from proselint.registry.checks import Check
from proselint.registry.checks.engine import Fancy
from proselint.registry.checks.types import PreferredForms

ROOT = Path(__file__).parents[2]
VOCABULARY = Path(__file__).with_name("vocabulary.toml")
NOT_ENGLISH = frozenset({"README.es.md"})

UNSUITED_CHECKS = ("restricted", "typography")
"""The words of elementary school, which proselint leaves out by default too, and typographic quotes."""

CODE_IN_MARKDOWN = re.compile(
    r"^```.*?^```$"  # blocks
    r"|<!-- prose: off -->.*?<!-- prose: on -->"  # examples of what not to write
    r"|`[^`]+`"
    r"|<!--.*?-->"
    r"|<[^>\n]+>"
    r"|\]\([^)]+\)",  # the targets of links
    re.MULTILINE | re.DOTALL,
)
CODE_IN_PYTHON_TEXT = re.compile(r"``[^`]+``|https?://\S+|\bnoqa\b.*|\btype: ignore\b.*")


def problems(path: Path, text: str) -> Iterator[str]:
    """One line for each problem, as ``path:line: message``."""
    if path.suffix == ".py":
        prose, checks = python_prose(text), VOCABULARY_CHECKS
    else:
        prose, checks = _mask(CODE_IN_MARKDOWN, text), GENERAL_CHECKS + VOCABULARY_CHECKS
    found = {
        (prose.count("\n", 0, result.span[0]) + 1, result.message)
        for check in checks
        for result in check.check_with_flags(prose)
    }
    yield from (f"{path}:{line}: {message}" for line, message in sorted(found))


def python_prose(source: str) -> str:
    """The docstrings and comments of a module, on their lines; everything else is blank."""
    source_lines = source.splitlines()
    lines = [""] * len(source_lines)
    for node in ast.walk(ast.parse(source)):
        # Docstrings of modules, classes and functions, and the strings below constants and fields.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = source_lines[number].replace('"""', "   ")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0] - 1] = token.string.replace("#", " ")
    return _mask(CODE_IN_PYTHON_TEXT, "\n".join(lines))


def _mask(pattern: re.Pattern[str], text: str) -> str:
    """The text with dots in place of each match, so that lines and words keep their places."""
    return pattern.sub(lambda match: re.sub(r"\S", "·", match.group()), text)


def _vocabulary_checks() -> list[Check]:
    sections = tomllib.loads(VOCABULARY.read_text("utf-8"))
    return [
        Check(
            PreferredForms({_whole_words(phrase): replacement for phrase, replacement in phrases.items()}),
            engine=Fancy(),
            path=f"poke_queue.{name}",
            message="Write {!r} instead of {!r}.",
        )
        for name, phrases in sections.items()
    ]


def _whole_words(phrase: str) -> str:
    return "(?:" + phrase.replace(" ", r"\s+") + ")"


GENERAL_CHECKS = [check for check in proselint_checks if not check.path.startswith(UNSUITED_CHECKS)]
VOCABULARY_CHECKS = _vocabulary_checks()


def tracked_files() -> Iterable[Path]:
    """The English documents and the Python files that git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", "*.py"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (Path(name) for name in listed.stdout.splitlines())
    return [path for path in paths if path.name not in NOT_ENGLISH and (ROOT / path).is_file()]


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or tracked_files()
    found = [problem for path in paths for problem in problems(path, (ROOT / path).read_text("utf-8"))]
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
