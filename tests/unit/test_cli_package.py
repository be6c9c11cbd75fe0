"""What is installed where the client is: little, and what it was tested with."""

import ast
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

CLI = Path(__file__).parents[2] / "cli"
DEPENDENCIES = tomllib.loads((CLI / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]


@pytest.mark.parametrize("dependency", DEPENDENCIES)
def test_the_client_is_tested_with_the_versions_that_it_is_installed_with(dependency: str) -> None:
    name, _, pin = dependency.partition("==")

    assert version(name) == pin


@pytest.mark.parametrize("module", sorted(CLI.glob("*.py")), ids=lambda path: path.name)
def test_a_module_imports_its_siblings_relatively_and_else_only_what_is_installed_with_it(
    module: Path,
) -> None:
    brought = {dependency.partition("==")[0] for dependency in DEPENDENCIES} | {"urllib3"}
    imported = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            imported.add(node.module.partition(".")[0])

    assert imported <= brought | set(sys.stdlib_module_names)
