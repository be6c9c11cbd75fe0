"""The API behaves as its OpenAPI document says, for valid and for invalid requests."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from openapi_spec_validator import validate

from tests.e2e.client import VISITOR_TOKEN, Client
from tools.local import stack
from tools.local.stack import Stack
from triggers.visitor_identity import VISITOR_HEADER

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "10")
SEED = os.environ.get("FUZZ_SEED", "1")
CONFIG = Path(__file__).parent / "schemathesis.toml"


@pytest.fixture(scope="module")
def small_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system with few Pokémon, so that unfiltered reports are quick."""
    with stack.running(tmp_path_factory.mktemp("small"), replica_switches=("--synthetic", "40")) as running:
        yield running


def test_the_document_is_valid_openapi(client: Client) -> None:
    document = client.call("GET", "/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_document_lists_the_valid_types_generations_and_columns(client: Client) -> None:
    document = client.call("GET", "/openapi.json").json()
    fields = document["components"]["schemas"]["ReportRequestBody"]["properties"]
    assert "electric" in fields["type"]["anyOf"][0]["enum"]
    assert "generation-ix" in fields["generation"]["anyOf"][0]["enum"]
    assert "weak_to" in fields["columns"]["anyOf"][0]["items"]["enum"]


def test_every_route_of_the_app_is_in_the_document(system: Stack, client: Client) -> None:
    document = client.call("GET", "/openapi.json").json()
    documented = {
        (method.upper(), f"/api{path}")
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    functions = requests.get(system.api_url.removesuffix("/api") + "/admin/functions", timeout=10).json()
    served = {
        (method, "/" + function["invoke_url_template"].split("/", 3)[3])
        for function in functions
        for binding in function["config"]["bindings"]
        if binding["type"] == "httpTrigger"
        for method in binding.get("methods") or ()
    }
    pages = {("GET", "/api/docs"), ("GET", "/api/docs/{asset}")}
    assert served - pages == documented


@pytest.mark.timeout(3600)
def test_the_api_handles_requests_that_the_document_allows_or_forbids(
    small_system: Stack, tmp_path: Path
) -> None:
    command = [
        str(Path(sys.executable).parent / "st"),
        *("--config-file", str(CONFIG)),
        *("run", f"{small_system.api_url}/openapi.json"),
        *("--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES),
        *("--continue-on-failure", "--suppress-health-check", "all"),
        *("--header", f"{VISITOR_HEADER}: {VISITOR_TOKEN}"),
    ]
    sys.stdout.write(f"seed {SEED}, {EXAMPLES} examples of each operation\n")
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.returncode == 0, run.stdout


def test_the_documentation_page_loads_only_files_of_the_app(client: Client) -> None:
    page = client.call("GET", "/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "http" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert f"docs/{asset}" in page.text
        assert len(client.call("GET", f"/docs/{asset}").content) > 20
    assert client.call("GET", "/docs/..%2f..%2fhost.json").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_an_unsupported_method_is_rejected_with_the_supported_methods(client: Client, method: str) -> None:
    response = client.call(method, "/reports")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST"


def test_an_unknown_path_is_rejected_with_a_problem(client: Client) -> None:
    response = client.call("GET", "/nope/nope")
    assert response.status_code == 404
    assert response.json()["type"] == "urn:poke-queue:problem:no-such-route"
