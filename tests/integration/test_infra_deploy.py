"""Alerts have runbooks; the deployment package and the scripts are complete and safe."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests import terraform_files
from tests.terraform_files import INFRA
from tools.local.process import REPOSITORY

OPERATIONS = (REPOSITORY / "docs/operations.md").read_text()
NOT_DEPLOYED = {"cli", "docs", "infra", "tests", "tools", "web"}


ALERTS: dict[str, Any] = terraform_files.local_values()["alerts"]
SEVERITIES = {alert: str(rule["severity"]) for alert, rule in ALERTS.items()} | {"resource_health": ""}


def test_every_alert_has_a_query_and_every_query_an_alert() -> None:
    assert set(ALERTS) == {path.stem for path in (INFRA / "kql/alerts").glob("*.kql")}


@pytest.mark.parametrize("alert", SEVERITIES)
def test_every_alert_has_a_runbook_with_its_name_and_severity(alert: str) -> None:
    assert f"\n### {alert}\n" in OPERATIONS
    (row,) = re.findall(rf"^\| \[`{alert}`\]\(#{alert}\) \|.+\| (\d?) ?\|$", OPERATIONS, re.MULTILINE)
    assert row == SEVERITIES[alert]


def test_every_query_of_the_workbook_has_a_panel() -> None:
    panels = [panel["query"] for panel in terraform_files.local_values()["workbook"]]
    assert sorted(panels) == sorted(path.stem for path in (INFRA / "kql/workbook").glob("*.kql"))


def test_every_suppression_of_checkov_has_a_reason() -> None:
    suppressions = [
        line.strip()
        for path in INFRA.glob("*.tf")
        for line in path.read_text().splitlines()
        if "checkov:skip" in line
    ]
    assert suppressions
    for suppression in suppressions:
        reason = re.fullmatch(r"# checkov:skip=CKV2?_AZURE_\d+: (.+)", suppression)
        assert reason, suppression
        assert len(reason[1].split()) >= 6, suppression


def test_the_deploying_identity_can_assign_exactly_the_roles_that_terraform_assigns() -> None:
    values = terraform_files.local_values()
    assigned = set(re.findall(r'role = "([^"]+)"', values["app_roles"] + values["operator_roles"]))
    block = (INFRA / "bootstrap.sh").read_text().split("assignable=(")[1].split(")")[0]
    assert set(terraform_files.strings(block)) == assigned


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("package") / "app.zip"
    subprocess.run([sys.executable, INFRA / "package.py", target], check=True, timeout=60)
    return target


@pytest.fixture(scope="module")
def packaged(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as files:
        return files.namelist()


def test_the_package_contains_everything_that_the_function_app_imports(packaged: list[str]) -> None:
    assert {"function_app.py", "host.json", "requirements.txt"} <= set(packaged)
    for folder in sorted(_imported(REPOSITORY / "function_app.py", set())):
        tracked = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / folder).rglob("*.py")}
        assert set(packaged) & tracked, folder


def test_the_package_contains_only_what_is_deployed(packaged: list[str]) -> None:
    folders = {name.partition("/")[0] for name in packaged if "/" in name}
    assert folders & NOT_DEPLOYED == set()
    assert not [name for name in packaged if name.startswith(".") or name == "local.settings.json"]


def test_azure_installs_the_locked_packages_and_verifies_their_hashes(package: Path) -> None:
    with zipfile.ZipFile(package) as files:
        assert files.read("requirements.txt") == (REPOSITORY / "requirements.lock").read_bytes()
        assert b"--hash=sha256:" in files.read("requirements.txt")
        assert "requirements.lock" not in files.namelist()


def test_the_app_can_be_imported_from_its_package_alone(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as files:
        files.extractall(tmp_path)
    script = "import function_app; print(len(function_app.app.get_functions()), function_app.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    functions, place = done.stdout.split(maxsplit=1)
    assert int(functions) > 10
    assert Path(place.strip()) == tmp_path / "function_app.py"


def _imported(module: Path, seen: set[str]) -> set[str]:
    """The folders of this repository that a module imports, directly and indirectly."""
    for node in ast.walk(ast.parse(module.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for folder in {name.partition(".")[0] for name in names} - seen:
            if (REPOSITORY / folder).is_dir():
                seen.add(folder)
                for path in (REPOSITORY / folder).rglob("*.py"):
                    _imported(path, seen)
    return seen


BOOTSTRAP = (INFRA / "bootstrap.sh").read_text()


def test_the_group_that_bootstrap_creates_is_the_one_that_terraform_uses() -> None:
    prefix = terraform_files.variables()["prefix"]["default"]
    name, names = terraform_files.local_values()["name"], terraform_files.local_values()["names"]
    assert (name, names["resource_group"]) == ("${var.prefix}-${var.environment}", "rg-${local.name}")
    assert f"\ngroup=rg-${{PREFIX:-{prefix}}}-$environment " in BOOTSTRAP


def test_bootstrap_registers_the_providers_of_all_resources() -> None:
    registered = set(re.findall(r"\bMicrosoft\.\w+", BOOTSTRAP.split("for namespace in")[1].split("do\n")[0]))
    files = "\n".join(path.read_text() for path in INFRA.glob("*.tf"))
    used = set(re.findall(r'type += "(Microsoft\.\w+)/', files))
    assert len(used) == 3
    assert used <= registered
