"""The client's package: few dependencies, in the versions it is tested with."""

import ast
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

CLI = Path(__file__).parents[2] / "cli"
DEPENDENCIES = tomllib.loads((CLI / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]


@pytest.mark.parametrize("dependency", DEPENDENCIES)
def test_the_installed_version_of_a_dependency_is_the_pinned_version(dependency: str) -> None:
    name, _, pin = dependency.partition("==")

    assert version(name) == pin


@pytest.mark.parametrize("module", sorted(CLI.glob("*.py")), ids=lambda path: path.name)
def test_a_module_imports_only_its_siblings_the_standard_library_and_dependencies(module: Path) -> None:
    # requests depends on urllib3.
    installed = {dependency.partition("==")[0] for dependency in DEPENDENCIES} | {"urllib3"}
    imported = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            imported.add(node.module.partition(".")[0])

    assert imported <= installed | set(sys.stdlib_module_names)
