"""Prints which folders import which, as a Mermaid flowchart: ``python -m tools.docs.imports [CHECKOUT]``.

docs/architecture.md contains the output, and tests/unit/test_architecture.py checks that it is up to date.
The flowchart includes the import statements inside functions, and leaves out the tests.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP_FOLDERS_WITHOUT_APP_CODE = frozenset({"docs", "tests", "web"})
FOLDERS_LEFT_OUT = frozenset({"node_modules", "tests"})


def flowchart(root: Path) -> str:
    """A Mermaid flowchart with one node per folder and one arrow per imported folder."""
    imports = imports_by_folder(root)
    lines = ["flowchart TD"]
    lines += [f'    {_node_id(folder)}["{folder}"]' for folder in imports]
    lines += [
        f"    {_node_id(folder)} --> {' & '.join(_node_id(target) for target in sorted(targets))}"
        for folder, targets in imports.items()
        if targets
    ]
    return "\n".join(lines)


def imports_by_folder(root: Path) -> dict[str, set[str]]:
    """The other folders that each folder's modules import."""
    folder_of = {module: _folder(module.relative_to(root)) for module in _modules(root)}
    folder_of_package = {_package(module.relative_to(root)): folder for module, folder in folder_of.items()}
    imports: dict[str, set[str]] = {folder: set() for folder in sorted({*folder_of.values()})}
    for module, folder in folder_of.items():
        targets = {folder_of_package.get(_package_part(name)) for name in _imported_names(module)}
        imports[folder] |= {target for target in targets if target and target != folder}
    return imports


def _modules(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("*.py"))
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or folder.name in TOP_FOLDERS_WITHOUT_APP_CODE:
            continue
        for module in sorted(folder.glob("**/*.py")):
            parts = module.relative_to(root).parts
            if parts != ("tools", "__init__.py") and not FOLDERS_LEFT_OUT & set(parts):
                yield module


def _folder(module: Path) -> str:
    """The top folder of a module, with the subfolder in tools/. A module in the root stands for itself."""
    parts = module.with_suffix("").parts
    return "/".join(parts[:2] if parts[0] == "tools" else parts[:1])


def _package(module: Path) -> str:
    """The name that the module's folder is imported by: ``devhost`` for tools/devhost/src/devhost/host.py."""
    parts = module.with_suffix("").parts
    return _package_part(".".join(parts[parts.index("src") + 1 :] if "src" in parts else parts))


def _package_part(name: str) -> str:
    """The part of a dotted name that identifies the folder."""
    parts = name.split(".")
    return ".".join(parts[:2] if parts[0] == "tools" else parts[:1])


def _imported_names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _node_id(folder: str) -> str:
    return folder.replace("/", "_")


if __name__ == "__main__":
    sys.stdout.write(flowchart(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT) + "\n")
