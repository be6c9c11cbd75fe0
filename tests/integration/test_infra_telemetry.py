"""What reaches Application Insights of a log record and of a request, with Terraform's settings.

The Functions worker's own start of telemetry runs in a process of its own, first with a few lines, then
with the whole app on the local host, and a server here takes what they send.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import requests

from tests.e2e.client import Client
from tools.local import stack
from tools.local.emulators import EMULATOR_KEY
from tools.local.process import REPOSITORY
from tools.local.stack import Stack

SETTINGS = (REPOSITORY / "infra/main.settings.tf").read_text()
TELEMETRY = json.loads((REPOSITORY / "infra/telemetry.json").read_text())
LOGGER = TELEMETRY["logger"]

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
logging.getLogger(f"{sys.argv[1]}.adapters").warning("From below.", extra={"event": "pokeapi_circuit_opened"})
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

    @property
    def traces(self) -> list[dict[str, Any]]:
        """What become rows of AppTraces."""
        return self.of("MessageData")


def _setting(name: str) -> str:
    found = re.search(rf'^ +{name} += "([^"$]+)"', SETTINGS, re.MULTILINE)
    assert found, f"{name} is not a plain value"
    return found[1]


@contextmanager
def ingesting() -> Iterator[Ingestion]:
    ingestion = Ingestion()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(503 if self.path.endswith("503") else 200, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
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
    try:
        yield ingestion
    finally:
        server.shutdown()
        server.server_close()


def settings_for(ingestion: Ingestion, pokeapi_url: str) -> dict[str, str]:
    """What Terraform sets for telemetry, with the server here for Application Insights, unsampled."""
    return {
        "APPLICATIONINSIGHTS_CONNECTION_STRING": (
            "InstrumentationKey=00000000-0000-0000-0000-000000000001;"
            f"IngestionEndpoint={ingestion.url}/;LiveEndpoint={ingestion.url}/"
        ),
        "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
        "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": _setting(
            "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY"
        ),
        "PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME": LOGGER,
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": _setting("OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"),
        "OTEL_PYTHON_REQUESTS_EXCLUDED_URLS": f"^(?!{re.escape(pokeapi_url)})",
        "OTEL_TRACES_SAMPLER": _setting("OTEL_TRACES_SAMPLER"),
        "OTEL_TRACES_SAMPLER_ARG": "1",
        "OTEL_METRICS_EXPORTER": _setting("OTEL_METRICS_EXPORTER"),
    }


@pytest.fixture(scope="module")
def sent() -> Iterator[Ingestion]:
    with ingesting() as ingestion:
        environment = {**os.environ, **settings_for(ingestion, f"{ingestion.url}/api/v2")}
        subprocess.run(
            [sys.executable, "-c", APP, LOGGER, ingestion.url], env=environment, check=True, timeout=60
        )
        yield ingestion


@pytest.fixture(scope="module")
def reported(pokeapi_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingestion]:
    """What the whole app sent while a report was asked for twice, made and deleted, and rounds were made."""
    logs = tmp_path_factory.mktemp("reported")
    with ingesting() as ingestion:
        settings = {
            **settings_for(ingestion, pokeapi_url),
            "OTEL_BLRP_SCHEDULE_DELAY": "100",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "LAST_LOOK_AFTER_SECONDS": "0",
        }
        with stack.running(logs, pokeapi_url=pokeapi_url, settings=settings) as system:
            client = Client(system)
            key = {"Idempotency-Key": "once"}
            asked = [
                client.call("POST", "/reports", json={"type": "fire", "sample_size": 3}, headers=key).json()
                for _ in range(2)
            ]
            client.watch(asked[0])
            client.call("DELETE", f"/reports/{asked[0]['id']}")
            host = system.api_url.removesuffix("/api")
            for timer in ("reconcile_reports", "expire_reports"):
                assert requests.post(f"{host}/admin/functions/{timer}", timeout=30).ok
            deadline = time.monotonic() + 30
            while not any(one["properties"].get("event") == "reports_expired" for one in ingestion.traces):
                assert time.monotonic() < deadline, system.app.output()
                time.sleep(0.1)
        yield ingestion


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
    traced = {
        one["name"]: (one["type"], one["resultCode"], one["success"])
        for one in sent.of("RemoteDependencyData")
    }
    assert traced == {
        "GET /api/v2/type/1": ("HTTP", "200", True),
        "GET /api/v2/away/503": ("HTTP", "503", False),
    }


def test_a_row_of_the_worker_is_known_by_its_sdk(sent: Ingestion) -> None:
    """By which the queries tell the worker's requests from the host's."""
    versions = {item["tags"]["ai.internal.sdkVersion"] for item in sent.items}
    assert versions
    assert all("py3" in version for version in versions)


def test_the_app_sends_its_events_while_it_makes_a_report(reported: Ingestion) -> None:
    told = [one["properties"] for one in reported.traces]
    assert all(one["logger_name"] == LOGGER for one in told)
    outcomes = [(one["event"], one["outcome"]) for one in told if "report_id" in one]
    assert sorted(outcomes) == [
        ("report_accepted", "repeated"),
        ("report_accepted", "started"),
        ("report_deleted", "deleted"),
        ("report_finished", "succeeded"),
        ("report_planned", "planned"),
        ("shard_finished", "complete"),
    ]
    assert {one["event"] for one in told if "report_id" not in one} == {
        "reports_reconciled",
        "reports_expired",
    }


def test_an_event_of_the_app_arrives_with_its_dimensions(reported: Ingestion) -> None:
    (finished,) = [
        one["properties"] for one in reported.traces if one["properties"]["event"] == "report_finished"
    ]
    described = set(TELEMETRY["events"]["report_finished"]["dimensions"]) | set(TELEMETRY["common"])
    assert set(finished) == described - {"reason"} | {"logger_name"}
    assert (finished["pokemon"], finished["rows"], finished["failed"]) == ("3", "3", "0")
    assert 0 < float(finished["queued_seconds"]) < float(finished["duration_seconds"]) < 60


def test_the_app_sends_no_requests_but_those_to_pokeapi(reported: Ingestion) -> None:
    requested = reported.of("RemoteDependencyData")
    assert requested
    assert {one["name"].partition("/api/v2/")[0] for one in requested} == {"GET "}
    assert reported.of("RequestData") == []


def test_nothing_that_the_app_sends_is_secret(reported: Ingestion) -> None:
    assert EMULATOR_KEY not in json.dumps(reported.items)


def test_whoever_runs_it_here_sees_outcomes_and_events_although_azure_keeps_warnings(system: Stack) -> None:
    levels = json.loads((REPOSITORY / "host.json").read_text())["logging"]["logLevel"]
    assert levels == {"default": "Warning", "Host.Results": "Information"}
    report = Client(system).make(type="fire", sample_size=1)
    log = system.app.output()
    assert re.search(r"INFO: +devhost\.invocations: create_report \S+ \d+ ms ok", log)
    assert re.search(rf"INFO: +poke_queue \[.+\]: Report {report['id']} is succeeded\.", log)
