"""What reaches Application Insights of a log record and of a request, with Terraform's settings.

The Functions worker's own start of telemetry runs in a process of its own, and a server here takes what
it sends. Without azure-monitor-opentelemetry among the app's packages there is nothing to try.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("azure.monitor.opentelemetry")

REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = (REPOSITORY / "infra/main.settings.tf").read_text()
LOGGER = json.loads((REPOSITORY / "infra/telemetry.json").read_text())["logger"]

APP = """
import logging, sys
import requests
from azure_functions_runtime import otel

otel.initialize_azure_monitor()
assert otel.otel_manager.get_azure_monitor_available()
logger = logging.getLogger(sys.argv[1])
logger.setLevel(logging.INFO)
logger.info(
    "Report %s is succeeded.",
    "r1",
    extra={
        "event": "report_finished", "report_id": "r1", "rows": 20, "duration_seconds": 1.5, "reason": None
    },
)
logging.getLogger(f"{sys.argv[1]}.adapters").warning("From below.", extra={"event": "pokeapi_paused"})
logging.getLogger("azure.core").warning("Of a library.")
try:
    raise ValueError("broken")
except ValueError:
    logger.exception("It broke.", extra={"report_id": "r1"})
for path in ("api/v2/type/1", "api/v2/away/503", "reports/a.csv"):
    requests.get(f"{sys.argv[2]}/{path}", timeout=5)

from opentelemetry import _logs, trace

_logs.get_logger_provider().force_flush()
trace.get_tracer_provider().force_flush()
"""


@dataclass
class Ingestion:
    """What was sent to the server that stands for Application Insights, and for PokéAPI."""

    url: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [item["data"]["baseData"] for item in self.items if item["data"]["baseType"] == kind]


def _setting(name: str) -> str:
    found = re.search(rf'^ +{name} += "([^"$]+)"', SETTINGS, re.MULTILINE)
    assert found, f"{name} is not a plain value"
    return found[1]


@pytest.fixture(scope="module")
def sent() -> Iterator[Ingestion]:
    ingestion = Ingestion()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(503 if self.path.endswith("503") else 200, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            items = json.loads(body) if self.path.endswith("/track") else []
            ingestion.items += items
            self._answer(200, {"itemsReceived": len(items), "itemsAccepted": len(items), "errors": []})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    ingestion.url = f"http://127.0.0.1:{server.server_port}"
    pokeapi = re.escape(f"{ingestion.url}/api/v2")
    environment = {
        **os.environ,
        "APPLICATIONINSIGHTS_CONNECTION_STRING": (
            "InstrumentationKey=00000000-0000-0000-0000-000000000001;"
            f"IngestionEndpoint={ingestion.url}/;LiveEndpoint={ingestion.url}/"
        ),
        "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
        "PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME": LOGGER,
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": _setting("OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"),
        "OTEL_PYTHON_REQUESTS_EXCLUDED_URLS": f"^(?!{pokeapi})",
        "OTEL_TRACES_SAMPLER": _setting("OTEL_TRACES_SAMPLER"),
        "OTEL_TRACES_SAMPLER_ARG": "1",
        "OTEL_METRICS_EXPORTER": _setting("OTEL_METRICS_EXPORTER"),
    }
    try:
        subprocess.run(
            [sys.executable, "-c", APP, LOGGER, ingestion.url], env=environment, check=True, timeout=60
        )
        yield ingestion
    finally:
        server.shutdown()
        server.server_close()


def test_what_is_given_as_extra_arrives_as_dimensions(sent: Ingestion) -> None:
    (finished,) = [one for one in sent.of("MessageData") if one["message"] == "Report r1 is succeeded."]
    assert finished["severityLevel"] == 1
    assert finished["properties"] == {
        "event": "report_finished",
        "report_id": "r1",
        "rows": "20",
        "duration_seconds": "1.5",
        "logger_name": LOGGER,
    }


def test_loggers_below_the_apps_are_heard_and_others_are_not(sent: Ingestion) -> None:
    assert {one["properties"]["logger_name"] for one in sent.of("MessageData")} == {
        LOGGER,
        f"{LOGGER}.adapters",
    }


def test_an_exception_arrives_with_its_dimensions_and_its_stack(sent: Ingestion) -> None:
    (broken,) = sent.of("ExceptionData")
    assert broken["properties"]["report_id"] == "r1"
    (details,) = broken["exceptions"]
    assert details["typeName"] == "ValueError"
    assert 'raise ValueError("broken")' in details["stack"]


def test_requests_to_pokeapi_arrive_as_dependencies_and_others_do_not(sent: Ingestion) -> None:
    requests = {
        one["name"]: (one["type"], one["resultCode"], one["success"])
        for one in sent.of("RemoteDependencyData")
    }
    assert requests == {
        "GET /api/v2/type/1": ("HTTP", "200", True),
        "GET /api/v2/away/503": ("HTTP", "503", False),
    }


def test_a_row_of_the_worker_is_known_by_its_sdk(sent: Ingestion) -> None:
    """By which the queries tell the worker's requests from the host's."""
    versions = {item["tags"]["ai.internal.sdkVersion"] for item in sent.items}
    assert versions
    assert all("py3" in version for version in versions)
