"""The scripts of a deployment, with a real server in place of Azure's, and stubs of `az` and `terraform`."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra import data_loss
from tests.terraform_files import INFRA
from tools.local.stack import Stack

OUTPUTS = {
    "function_plan": "FC1",
    "function_app_name": "func",
    "function_app_id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/func",
    "resource_group_name": "rg",
    "storage_account_name": "st",
    "site_name": "stapp",
    "location": "westeurope",
}


class Server(ThreadingHTTPServer):
    """Answers each request with the next status and body of ``answers``; the last one stays."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, str]] = []
        self.requests: list[tuple[str, str | None, bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((f"{self.command} {self.path}", self.headers.get("Authorization"), body))
        status, answer = (
            self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        )
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    do_POST = do_GET  # noqa: N815 - the base class's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def rejecting_app(server: Server) -> str:
    """An app that rejects direct calls, as the platform makes it do."""
    server.answers = [(401, "")]
    return server.url


def _smoke(site: str, app: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INFRA / "smoke.sh", *options, site, app],
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
    assert "does not exist: 404 application/problem+json" in done.stdout
    assert "downloaded (5 rows) and deleted" in done.stdout
    assert "rejected with status 401" in done.stdout


def test_the_smoke_test_fails_if_the_app_accepts_direct_calls(system: Stack) -> None:
    done = _smoke(_site(system), _site(system))
    assert done.returncode == 1
    assert "expected status 401 or 403" in done.stdout


def test_the_smoke_test_fails_if_the_app_redirects_to_a_sign_in(system: Stack, server: Server) -> None:
    server.answers = [(302, "")]
    done = _smoke(_site(system), server.url)
    assert done.returncode == 1
    assert "got 302" in done.stdout


def test_the_smoke_test_fails_if_the_site_is_unavailable(rejecting_app: str) -> None:
    assert _smoke(rejecting_app, rejecting_app).returncode != 0


def test_the_smoke_test_fails_if_a_private_storage_account_can_be_reached(
    system: Stack, rejecting_app: str
) -> None:
    done = _smoke(_site(system), rejecting_app, "--private")
    assert done.returncode == 1
    assert "can be downloaded outside of the private network" in done.stdout


@pytest.fixture
def run_script(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a script with `az` and `terraform` replaced. Their calls are in the result's ``stderr``."""

    def run(
        script: str, *arguments: str, az: str = "", state: str = "", plan: str = "{}", **outputs: str
    ) -> subprocess.CompletedProcess[str]:
        stubs = {
            "az": f'echo "az $*" >&2\ncase "$1" in account) echo token ;; esac\n{az}',
            "terraform": f'echo "terraform $*" >&2\n'
            f'case "$1" in state) echo "{state}" ;; output) cat {tmp_path}/"$3" ;;'
            f" show) echo '{plan}' ;; esac",
        }
        for name, text in stubs.items():
            stub = tmp_path / name
            stub.write_text(f"#!/bin/bash\n{text}\n")
            stub.chmod(0o755)
        for name, value in {**OUTPUTS, **outputs}.items():
            (tmp_path / name).write_text(value)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [INFRA / script, *arguments],
            env={**os.environ, "PATH": path, "PAUSE": "0"},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "app.zip"
    path.write_bytes(b"a package")
    return path


RunScript = Callable[..., subprocess.CompletedProcess[str]]


def test_publishing_waits_until_the_deployment_has_succeeded(
    run_script: RunScript, package: Path, server: Server
) -> None:
    server.answers = [(403, ""), (202, ""), (404, ""), (200, '{"status": 1}'), (200, '{"status": 4}')]
    done = run_script("publish.sh", str(package), function_app_publish_url=server.url)
    assert done.returncode == 0, done.stdout + done.stderr
    publish = ("POST /api/publish?RemoteBuild=true&Deployer=poke-queue", "Bearer token", b"a package")
    status = ("GET /api/deployments/latest", "Bearer token", b"")
    assert server.requests == [publish, publish, status, status, status]


def test_publishing_fails_if_the_deployment_fails(
    run_script: RunScript, package: Path, server: Server
) -> None:
    server.answers = [(202, ""), (200, '{"status": 3, "status_text": "no such package"}')]
    done = run_script("publish.sh", str(package), function_app_publish_url=server.url)
    assert done.returncode == 1
    assert "no such package" in done.stdout


@pytest.mark.parametrize("status", [400, 503])
def test_publishing_fails_if_the_package_is_not_accepted(
    run_script: RunScript, package: Path, server: Server, status: int
) -> None:
    server.answers = [(status, "the reason")]
    done = run_script("publish.sh", str(package), function_app_publish_url=server.url)
    assert done.returncode == 1
    assert "the reason" in done.stdout
    assert len(server.requests) == (1 if status == 400 else 10)


def test_publishing_to_functions_premium_uploads_the_package_and_restarts(
    run_script: RunScript, package: Path
) -> None:
    done = run_script("publish.sh", str(package), function_plan="EP1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "az storage blob upload --auth-mode login --account-name st --container-name deployments"
        in done.stderr
    )
    assert "az functionapp restart --resource-group rg --name func" in done.stderr


def test_a_linked_site_is_not_checked_again(run_script: RunScript) -> None:
    done = run_script("validate_backend.sh", "dev", state="azapi_resource.linked_backend")
    assert done.returncode == 0
    assert "apply" not in done.stderr


def test_the_site_is_checked_before_it_is_linked(run_script: RunScript) -> None:
    done = run_script("validate_backend.sh", "dev")
    assert done.returncode == 0, done.stderr
    assert "-target=azapi_resource.function_app -target=azurerm_static_web_app.this" in done.stderr
    assert f"--backend-resource-id {OUTPUTS['function_app_id']} --backend-region westeurope" in done.stderr


def test_the_check_of_the_site_deletes_no_data(run_script: RunScript) -> None:
    plan = json.dumps(_plan(("azurerm_storage_account.this", ["delete", "create"])))
    done = run_script("validate_backend.sh", "dev", plan=plan)
    assert done.returncode == 1
    assert "apply" not in done.stderr


def test_a_rejected_backend_names_the_alternative(run_script: RunScript) -> None:
    done = run_script("validate_backend.sh", "dev", az="exit 1")
    assert done.returncode == 1
    assert 'function_plan = "EP1"' in done.stdout


def _plan(*changes: tuple[str, list[str]]) -> dict[str, object]:
    return {
        "resource_changes": [
            {"address": address, "change": {"actions": actions}} for address, actions in changes
        ]
    }


@pytest.mark.parametrize("actions", [["delete", "create"], ["create", "delete"], ["delete"]])
@pytest.mark.parametrize("address", data_loss.HOLDS_DATA)
def test_a_plan_that_deletes_data_is_stopped(address: str, actions: list[str]) -> None:
    assert list(data_loss.deletions(_plan((address, actions)))) == [address]


def test_a_plan_that_deletes_no_data_is_not_stopped() -> None:
    plan = _plan(
        ("azurerm_storage_account.this", ["update"]),
        ('azapi_resource.table["reports"]', ["no-op"]),
        ('azapi_resource.table["pokeapi"]', ["delete"]),
        ("azurerm_service_plan.this", ["delete", "create"]),
    )
    assert data_loss.deletions(plan) == {}


def test_the_guarded_resources_exist() -> None:
    """A resource that is renamed would no longer be guarded."""
    files = "\n".join(path.read_text() for path in INFRA.glob("*.tf"))
    for address in data_loss.HOLDS_DATA:
        kind, name = address.partition("[")[0].split(".")
        assert f'resource "{kind}" "{name}"' in files, address


def test_the_guard_reads_a_plan_from_standard_input() -> None:
    plan = json.dumps(_plan(("azurerm_storage_account.this", ["delete", "create"])))
    done = subprocess.run(
        [sys.executable, INFRA / "data_loss.py"], input=plan, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "deletes azurerm_storage_account.this: all reports" in done.stdout
