"""Reads the Terraform configuration for tests.

The parser normalizes expressions to one line with single spaces, so the format of the files does not matter.
"""

import re
from functools import cache
from typing import Any

import hcl2

from tools.local.process import REPOSITORY

INFRA = REPOSITORY / "infra"
OPTIONS = hcl2.SerializationOptions(with_comments=False, explicit_blocks=False, strip_string_quotes=True)


@cache
def parse(name: str) -> dict[str, Any]:
    """The content of one file. An expression is a string that starts with ``${``."""
    parsed: dict[str, Any] = hcl2.loads((INFRA / name).read_text(), serialization_options=OPTIONS)
    return parsed


@cache
def local_values() -> dict[str, Any]:
    """All local values of the configuration."""
    return {
        name: value
        for path in INFRA.glob("*.tf")
        for block in parse(path.name).get("locals", [])
        for name, value in block.items()
    }


@cache
def variables() -> dict[str, dict[str, Any]]:
    """All variables of the configuration."""
    return {
        name: body
        for path in INFRA.glob("variables*.tf")
        for block in parse(path.name)["variable"]
        for name, body in block.items()
    }


def setting_names() -> set[str]:
    """The names of the settings in ``local.app_settings``, except those that an expression computes."""
    return set(re.findall(r"[{,] ?(\w+) = ", local_values()["app_settings"]))


def fixed_settings() -> dict[str, str]:
    """The settings in ``local.app_settings`` whose value is a plain string."""
    return dict(re.findall(r'[{,] ?(\w+) = "([^"$]*)"', local_values()["app_settings"]))


def strings(expression: str) -> list[str]:
    """The string literals of an expression."""
    return re.findall(r'"([^"]*)"', expression)
