"""Prints the inputs and outputs of infra/ as Markdown tables: ``python -m tools.docs.terraform``.

infra/README.md contains the output, and tests/integration/test_infra.py checks that it is up to date. The
usual tool, terraform-docs, is not in a package registry that this project uses.
"""

import sys
from typing import Any

import hcl2

from tools.docs.imports import ROOT

INFRA = ROOT / "infra"


def tables() -> str:
    """The tables of all variables and outputs, in the order of their files."""
    inputs = [
        [f"`{name}`", f"`{_type(body['type'])}`", _default(body), body["description"]]
        for path in sorted(INFRA.glob("variables*.tf"), key=lambda path: path.name.count("."))
        for name, body in _blocks(path.name, "variable")
    ]
    outputs = [[f"`{name}`", body["description"]] for name, body in _blocks("outputs.tf", "output")]
    return "\n\n".join(
        [
            "## Inputs",
            _table(["Name", "Type", "Default", "Description"], inputs),
            "## Outputs",
            _table(["Name", "Description"], outputs),
        ]
    )


def _blocks(file: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
    options = hcl2.SerializationOptions(with_comments=False, explicit_blocks=False, strip_string_quotes=True)
    parsed = hcl2.loads((INFRA / file).read_text("utf-8"), serialization_options=options)
    return [item for block in parsed[kind] for item in block.items()]


def _type(expression: str) -> str:
    return expression.removeprefix("${").removesuffix("}")


def _default(body: dict[str, Any]) -> str:
    if "default" not in body:
        return "required"
    value = body["default"]
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(f"{tables()}\n")
