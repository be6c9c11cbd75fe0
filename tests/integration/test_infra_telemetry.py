"""Log records and requests reach Application Insights with the settings that Terraform makes.

The Functions worker initializes telemetry in a separate process: in a short script, and in the whole app on
the local host. A local server receives what they send.
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

from tests import terraform_files
from tests.e2e.client import Client
from tools.local import stack
from tools.local.emulators import EMULATOR_KEY
from tools.local.process import REPOSITORY
from tools.local.stack import Stack

SETTINGS = terraform_files.fixed_settings()
TELEMETRY = json.loads((REPOSITORY / "infra/telemetry.json").read_text())
LOGGER = TELEMETRY["logger"]

SCRIPT = """
import logging, sys
import requests
from azure_functions_runtime import otel

otel.initialize_azure_monitor()
assert otel.otel_manager.get_azure_monitor_available()
logger = logging.getLogger(sys.argv[1])
logger.setLevel(logging.INFO)
logger.info(
    "Report %s has ended: succeeded.",
    "r1",
    extra={
        "event": "report_finished", "report_id": "r1", "rows": 20, "duration_seconds": 1.5, "reason": None
    },
)
child = logging.getLogger(f"{sys.argv[1]}.adapters")
child.warning("From a child logger.", extra={"event": "pokeapi_circuit_opened"})
logging.getLogger("azure.core").warning("From a library.")
try:
    raise ValueError("broken")
except ValueError:
    logger.exception("It failed.", extra={"report_id": "r1"})
for path in ("api/v2/type/1", "api/v2/unavailable/503", "reports/a.csv"):
    requests.get(f"{sys.argv[2]}/{path}", timeout=5)

from opentelemetry import _logs, trace

_logs.get_logger_provider().force_flush()
trace.get_tracer_provider().force_flush()
"""


@dataclass
class Ingestion:
    """The items that were sent to the server, which stands in for Application Insights and PokéAPI."""

    url: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [item["data"]["baseData"] for item in self.items if item["data"]["baseType"] == kind]

    @property
    def traces(self) -> list[dict[str, Any]]:
        """The items that become rows of AppTraces."""
        return self.of("MessageData")


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
    """Terraform's telemetry settings, with the local server as Application Insights and without sampling."""
    return {
        "APPLICATIONINSIGHTS_CONNECTION_STRING": (
            "InstrumentationKey=00000000-0000-0000-0000-000000000001;"
            f"IngestionEndpoint={ingestion.url}/;LiveEndpoint={ingestion.url}/"
        ),
        "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL": "true",
        "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": SETTINGS[
            "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY"
        ],
        "PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME": LOGGER,
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": SETTINGS["OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"],
        "OTEL_PYTHON_REQUESTS_EXCLUDED_URLS": f"^(?!{re.escape(pokeapi_url)})",
        "OTEL_TRACES_SAMPLER": SETTINGS["OTEL_TRACES_SAMPLER"],
        "OTEL_TRACES_SAMPLER_ARG": "1",
        "OTEL_METRICS_EXPORTER": SETTINGS["OTEL_METRICS_EXPORTER"],
    }


@pytest.fixture(scope="module")
def sent_by_script() -> Iterator[Ingestion]:
    with ingesting() as ingestion:
        environment = {**os.environ, **settings_for(ingestion, f"{ingestion.url}/api/v2")}
        subprocess.run(
            [sys.executable, "-c", SCRIPT, LOGGER, ingestion.url], env=environment, check=True, timeout=60
        )
        yield ingestion


@pytest.fixture(scope="module")
def sent_by_app(pokeapi_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingestion]:
    """The items that the app sends for a report that is created twice and deleted, and for both timers."""
    logs = tmp_path_factory.mktemp("app")
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
            created = [
                client.call("POST", "/reports", json={"type": "fire", "sample_size": 3}, headers=key).json()
                for _ in range(2)
            ]
            client.watch(created[0])
            client.call("DELETE", f"/reports/{created[0]['id']}")
            host = system.api_url.removesuffix("/api")
            for timer in ("reconcile_reports", "expire_reports"):
                assert requests.post(f"{host}/admin/functions/{timer}", timeout=30).ok
            deadline = time.monotonic() + 30
            while not any(
                trace["properties"].get("event") == "reports_expired" for trace in ingestion.traces
            ):
                assert time.monotonic() < deadline, system.app.output()
                time.sleep(0.1)
        yield ingestion


def test_extra_attributes_arrive_as_dimensions(sent_by_script: Ingestion) -> None:
    (finished,) = [
        item
        for item in sent_by_script.of("MessageData")
        if item["message"] == "Report r1 has ended: succeeded."
    ]
    assert finished["severityLevel"] == 1
    assert finished["properties"] == {
        "event": "report_finished",
        "report_id": "r1",
        "rows": "20",
        "duration_seconds": "1.5",
        "logger_name": LOGGER,
    }


def test_only_the_apps_logger_and_its_children_are_exported(sent_by_script: Ingestion) -> None:
    assert {item["properties"]["logger_name"] for item in sent_by_script.of("MessageData")} == {
        LOGGER,
        f"{LOGGER}.adapters",
    }


def test_an_exception_arrives_with_its_dimensions_and_stack_trace(sent_by_script: Ingestion) -> None:
    (exception,) = sent_by_script.of("ExceptionData")
    assert exception["properties"]["report_id"] == "r1"
    (details,) = exception["exceptions"]
    assert details["typeName"] == "ValueError"
    assert 'raise ValueError("broken")' in details["stack"]


def test_only_requests_to_pokeapi_arrive_as_dependencies(sent_by_script: Ingestion) -> None:
    traced = {
        item["name"]: (item["type"], item["resultCode"], item["success"])
        for item in sent_by_script.of("RemoteDependencyData")
    }
    assert traced == {
        "GET /api/v2/type/1": ("HTTP", "200", True),
        "GET /api/v2/unavailable/503": ("HTTP", "503", False),
    }


def test_an_item_of_the_worker_has_its_sdk_version(sent_by_script: Ingestion) -> None:
    """Queries use it to distinguish the worker's requests from the host's."""
    versions = {item["tags"]["ai.internal.sdkVersion"] for item in sent_by_script.items}
    assert versions
    assert all("py3" in version for version in versions)


def test_the_app_sends_its_events_while_it_creates_a_report(sent_by_app: Ingestion) -> None:
    events = [item["properties"] for item in sent_by_app.traces]
    assert all(item["logger_name"] == LOGGER for item in events)
    outcomes = [(item["event"], item["outcome"]) for item in events if "report_id" in item]
    assert sorted(outcomes) == [
        ("report_accepted", "repeated"),
        ("report_accepted", "started"),
        ("report_deleted", "deleted"),
        ("report_finished", "succeeded"),
        ("report_planned", "planned"),
        ("shard_finished", "complete"),
    ]
    assert {item["event"] for item in events if "report_id" not in item} == {
        "reports_reconciled",
        "reports_expired",
    }


def test_an_event_of_the_app_arrives_with_its_dimensions(sent_by_app: Ingestion) -> None:
    (finished,) = [
        item["properties"] for item in sent_by_app.traces if item["properties"]["event"] == "report_finished"
    ]
    catalog = set(TELEMETRY["events"]["report_finished"]["dimensions"]) | set(TELEMETRY["common"])
    assert set(finished) == catalog - {"reason"} | {"logger_name"}
    assert (finished["pokemon"], finished["rows"], finished["failed"]) == ("3", "3", "0")
    assert 0 < float(finished["queued_seconds"]) < float(finished["duration_seconds"]) < 60


def test_the_app_sends_only_requests_to_pokeapi(sent_by_app: Ingestion) -> None:
    requests_sent = sent_by_app.of("RemoteDependencyData")
    assert requests_sent
    assert {item["name"].partition("/api/v2/")[0] for item in requests_sent} == {"GET "}
    assert sent_by_app.of("RequestData") == []


def test_the_app_sends_no_secrets(sent_by_app: Ingestion) -> None:
    assert EMULATOR_KEY not in json.dumps(sent_by_app.items)


def test_the_local_host_logs_outcomes_and_events_although_host_json_selects_warnings(system: Stack) -> None:
    levels = json.loads((REPOSITORY / "host.json").read_text())["logging"]["logLevel"]
    assert levels == {"default": "Warning", "Host.Results": "Information"}
    report = Client(system).make(type="fire", sample_size=1)
    log = system.app.output()
    assert re.search(r"INFO: +devhost\.invocations: create_report \S+ \d+ ms ok", log)
    assert re.search(rf"INFO: +poke_queue \[.+\]: Report {report['id']} has ended: succeeded\.", log)
