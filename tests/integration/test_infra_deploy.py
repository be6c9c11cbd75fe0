"""Runbooks, suppressions, workflows and scripts: what deploys the app, and what helps when an alert fires."""

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

import pytest

from tools.local.process import REPOSITORY
from tools.local.stack import Stack

INFRA = REPOSITORY / "infra"
WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
OPERATIONS = (REPOSITORY / "docs/operations.md").read_text()
NOT_DEPLOYED = {
    "bench",
    "chaos",
    "cli",
    "devhost",
    "docs",
    "infra",
    "local",
    "pokeapi_replica",
    "tests",
    "web",
}


def _alerts() -> set[str]:
    block = (INFRA / "main.alerts.tf").read_text().split("  alerts = {\n")[1].split("\n  }\n")[0]
    return set(re.findall(r"^    (\w+) = \{", block, re.MULTILINE))


def test_every_alert_has_a_query_and_every_query_an_alert() -> None:
    assert _alerts() == {path.stem for path in (INFRA / "kql/alerts").glob("*.kql")}


@pytest.mark.parametrize("alert", sorted(_alerts() | {"resource_health"}))
def test_every_alert_has_a_runbook_under_its_name(alert: str) -> None:
    assert f"\n## {alert}\n" in OPERATIONS
    assert f"| [`{alert}`](#{alert}) |" in OPERATIONS


def test_every_query_of_the_workbook_has_a_panel() -> None:
    panels = re.findall(r'query = "(\w+)"', (INFRA / "main.workbook.tf").read_text())
    assert sorted(panels) == sorted(path.stem for path in (INFRA / "kql/workbook").glob("*.kql"))


def test_every_suppression_has_its_reason_beside_it() -> None:
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


def test_the_deploying_identity_may_give_exactly_the_roles_that_terraform_gives() -> None:
    given = set(re.findall(r'role = "([^"]+)"', (INFRA / "main.roles.tf").read_text()))
    block = (INFRA / "bootstrap.sh").read_text().split("assignable=(")[1].split(")")[0]
    assert set(re.findall(r'"([^"]+)"', block)) == given


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_has_no_secrets_and_only_the_rights_it_needs(workflow: Path) -> None:
    text = workflow.read_text()
    assert "secrets." not in text
    assert re.search(r"^permissions:\n  contents: read\n", text, re.MULTILINE)
    assert set(re.findall(r"^  ([\w-]+): write", text, re.MULTILINE)) <= {"id-token"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_puts_no_expression_into_a_script(workflow: Path) -> None:
    scripts = re.findall(
        r"^ +(?:- )?run: (?:\|\n((?: {10,}.*\n|\n)+)|(.*)\n)", workflow.read_text(), re.MULTILINE
    )
    assert scripts
    for script in scripts:
        assert "${{" not in "".join(script)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_the_scripts_that_a_workflow_runs_are_there(workflow: Path) -> None:
    for script in re.findall(r"(?<![\w./])((?:infra|\.ci)/[\w./]+)", workflow.read_text()):
        assert (REPOSITORY / script).exists(), script


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))
def test_an_action_is_one_commit_and_not_what_a_tag_points_to_today(workflow: Path) -> None:
    actions = re.findall(r"uses: (.+)", workflow.read_text())
    assert actions
    for action in actions:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action), action


def test_every_environment_can_be_deployed() -> None:
    deploy = (REPOSITORY / ".github/workflows/deploy.yml").read_text()
    offered = re.search(r"options: \[([\w, ]+)\]", deploy)
    allowed = re.search(r'contains\(\["(dev.+?)"\], var\.environment\)', (INFRA / "variables.tf").read_text())
    assert offered
    assert allowed
    assert offered[1].split(", ") == allowed[1].split('", "')
    for path in (INFRA / "environments").glob("*.tfvars"):
        assert re.search(rf'^environment += "{path.stem}"$', path.read_text(), re.MULTILINE)


def test_terraform_is_the_same_in_both_workflows() -> None:
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


def test_the_package_has_what_the_function_app_imports(packaged: list[str]) -> None:
    # requirements.txt refers to constraints.txt, and the package is built where it arrives.
    assert {"function_app.py", "host.json", "requirements.txt", "constraints.txt"} <= set(packaged)
    for folder in sorted(_imported(REPOSITORY / "function_app.py", set())):
        tracked = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / folder).rglob("*.py")}
        assert set(packaged) & tracked, folder


def test_the_package_has_nothing_that_is_not_deployed(packaged: list[str]) -> None:
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
    """The folders of this repository that a module imports, and those that they import."""
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


class _Closed(BaseHTTPRequestHandler):
    """An app that refuses direct calls, as the platform makes it."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def closed_app() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Closed)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _smoke(site: str, app: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INFRA / "smoke.sh", site, app],
        env={**os.environ, "PYTHON": sys.executable, "PATIENCE": "5"},
        capture_output=True,
        text=True,
        timeout=90,
    )


def _site(system: Stack) -> str:
    return system.api_url.removesuffix("/api")


def test_the_smoke_test_passes_where_everything_works(system: Stack, closed_app: str) -> None:
    done = _smoke(_site(system), closed_app)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 rows, and it is deleted" in done.stdout
    assert "refused with 401" in done.stdout


def test_the_smoke_test_fails_where_the_app_answers_direct_calls(system: Stack) -> None:
    done = _smoke(_site(system), _site(system))
    assert done.returncode == 1
    assert "did not come through the site" in done.stdout


def test_the_smoke_test_fails_where_nothing_answers(closed_app: str) -> None:
    assert _smoke(closed_app, closed_app).returncode != 0
