"""Alerts have runbooks; workflows, scripts and the deployment package are complete and safe."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests import terraform_files
from tests.terraform_files import INFRA
from tools.local.process import REPOSITORY
from tools.local.stack import Stack

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
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


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_uses_no_secrets_and_only_the_permissions_it_needs(workflow: Path) -> None:
    text = workflow.read_text()
    assert "secrets." not in text
    assert re.search(r"^permissions:\n  contents: read\n", text, re.MULTILINE)
    assert set(re.findall(r"^  ([\w-]+): write", text, re.MULTILINE)) <= {"id-token"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_has_no_expressions_in_its_scripts(workflow: Path) -> None:
    scripts = re.findall(
        r"^ +(?:- )?run: (?:\|\n((?: {10,}.*\n|\n)+)|(.*)\n)", workflow.read_text(), re.MULTILINE
    )
    assert scripts
    for script in scripts:
        assert "${{" not in "".join(script)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_the_scripts_that_a_workflow_runs_exist(workflow: Path) -> None:
    for script in re.findall(r"(?<![\w./])((?:infra|\.ci)/[\w./]+)", workflow.read_text()):
        assert (REPOSITORY / script).exists(), script


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_an_action_is_pinned_to_a_commit(workflow: Path) -> None:
    actions = re.findall(r"uses: (.+)", workflow.read_text())
    assert actions
    for action in actions:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action), action


def test_every_environment_can_be_deployed() -> None:
    deploy = (REPOSITORY / ".github/workflows/deploy.yml").read_text()
    offered = re.search(r"options: \[([\w, ]+)\]", deploy)
    (validation,) = terraform_files.variables()["environment"]["validation"]
    assert offered
    assert offered[1].split(", ") == terraform_files.strings(validation["condition"])
    for path in (INFRA / "environments").glob("*.tfvars"):
        assert terraform_files.parse(f"environments/{path.name}")["environment"] == path.stem


def test_both_workflows_use_the_same_terraform_version() -> None:
    versions = {
        version for path in WORKFLOWS for version in re.findall(r"terraform_version: (.+)", path.read_text())
    }
    assert len(versions) == 1


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
    # requirements.txt refers to constraints.txt, and Azure installs the requirements.
    assert {"function_app.py", "host.json", "requirements.txt", "constraints.txt"} <= set(packaged)
    for folder in sorted(_imported(REPOSITORY / "function_app.py", set())):
        tracked = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / folder).rglob("*.py")}
        assert set(packaged) & tracked, folder


def test_the_package_contains_only_what_is_deployed(packaged: list[str]) -> None:
    folders = {name.partition("/")[0] for name in packaged if "/" in name}
    assert folders & NOT_DEPLOYED == set()
    assert not [name for name in packaged if name.startswith(".") or name == "local.settings.json"]


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


class RejectingApp(BaseHTTPRequestHandler):
    """An app that rejects direct calls, as the platform makes it do."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def rejecting_app() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), RejectingApp)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _smoke(site: str, app: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INFRA / "smoke.sh", site, app],
        env={**os.environ, "PYTHON": sys.executable, "RETRY_TIMEOUT": "5"},
        capture_output=True,
        text=True,
        timeout=90,
    )


def _site(system: Stack) -> str:
    return system.api_url.removesuffix("/api")


def test_the_smoke_test_passes_if_everything_works(system: Stack, rejecting_app: str) -> None:
    done = _smoke(_site(system), rejecting_app)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "downloaded (5 rows) and deleted" in done.stdout
    assert "rejected with status 401" in done.stdout


def test_the_smoke_test_fails_if_the_app_accepts_direct_calls(system: Stack) -> None:
    done = _smoke(_site(system), _site(system))
    assert done.returncode == 1
    assert "expected status 401 or 403" in done.stdout


def test_the_smoke_test_fails_if_the_site_is_unavailable(rejecting_app: str) -> None:
    assert _smoke(rejecting_app, rejecting_app).returncode != 0
