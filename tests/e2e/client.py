"""A client of the HTTP API, and functions that read the storage and the engine directly."""

import time
from collections.abc import Callable
from typing import Any

import requests
from azure.data.tables import TableClient
from azure.storage.blob import ContainerClient

from domain.owners import owner_of_visitor
from domain.report_ids import is_report_id
from tools.local.stack import Stack
from triggers.visitor_identity import VISITOR_HEADER

TIMEOUT_SECONDS = 100
"""On Azure's host, messages that a killed host had dequeued are invisible for a minute."""
OPEN = {"queued", "running"}

type Poke = Callable[..., tuple[int, str, str]]
"""Runs `poke`, and returns its exit status, standard output and standard error."""


VISITOR_TOKEN = "the-tests-have-a-token"
OWNER = owner_of_visitor(VISITOR_TOKEN)


class Client:
    """Every client is the same visitor, unless the headers have another identity."""

    def __init__(self, stack: Stack, headers: dict[str, str] | None = None) -> None:
        self._stack = stack
        self._session = requests.Session()
        self._session.headers.update({VISITOR_HEADER: VISITOR_TOKEN, **(headers or {})})

    def call(self, method: str, path: str, **arguments: Any) -> requests.Response:
        url = f"{self._stack.api_url}{path}"
        return self._session.request(method, url, timeout=TIMEOUT_SECONDS, **arguments)

    def request(self, **request: Any) -> dict[str, Any]:
        answer = self.call("POST", "/reports", json=request)
        assert answer.status_code == 202, answer.text
        report: dict[str, Any] = answer.json()
        return report

    def show(self, report: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self.call("GET", f"/reports/{report['id']}").json()
        return shown

    def watch(self, report: dict[str, Any]) -> list[dict[str, Any]]:
        """Every state of the report that was seen, up to the last."""
        seen = [report]
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while seen[-1]["status"] in OPEN:
            assert time.monotonic() < deadline, f"still open: {seen[-1]}"
            time.sleep(0.02)
            shown = self.show(report)
            if shown["updated_at"] != seen[-1]["updated_at"]:
                seen.append(shown)
        return seen

    def wait_until(self, report: dict[str, Any], statuses: set[str]) -> dict[str, Any]:
        """The report once it has one of the statuses; error responses are ignored."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            answer = self.call("GET", f"/reports/{report['id']}")
            if answer.ok and answer.json()["status"] in statuses:
                found: dict[str, Any] = answer.json()
                return found
            assert time.monotonic() < deadline, f"never {statuses}: {answer.text}"
            time.sleep(0.05)

    def make(self, **request: Any) -> dict[str, Any]:
        """Request a report and wait; returns the report as it ended."""
        return self.watch(self.request(**request))[-1]

    def download(self, report: dict[str, Any]) -> bytes:
        answer = self.call("GET", f"/reports/{report['id']}/download")
        assert answer.status_code == 200, answer.text
        return answer.content

    def reconcile(self) -> None:
        """Run the reconciler now, in addition to its schedule."""
        url = self._stack.api_url.removesuffix("/api") + "/admin/functions/reconcile_reports"
        self._session.post(url, json={}, timeout=TIMEOUT_SECONDS).raise_for_status()

    def reconcile_until(self, holds: Callable[[], bool]) -> None:
        """Run the reconciler until the condition is true."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not holds():
            assert time.monotonic() < deadline, "the reconciler did not get there in time"
            self.reconcile()
            time.sleep(0.5)

    def csv_of(self, **request: Any) -> bytes:
        return self.download(self.make(**request))


def blob_names(stack: Stack, *, uncommitted: bool = True) -> set[str]:
    """The reports' blobs, by default including those with only uncommitted blocks."""
    container = ContainerClient.from_connection_string(stack.storage.connection_string, "reports")
    return {blob.name for blob in container.list_blobs(include=["uncommittedblobs"] if uncommitted else None)}


def record_ids(stack: Stack) -> set[str]:
    table = TableClient.from_connection_string(stack.storage.connection_string, "reports")
    entities = table.list_entities(select=["PartitionKey", "RowKey"])
    return {
        entity["RowKey"] for entity in entities if entity["PartitionKey"].startswith(("user-", "visitor-"))
    }


def outbox(stack: Stack) -> set[str]:
    """The ids of the reports that still need work."""
    table = TableClient.from_connection_string(stack.storage.connection_string, "reports")
    rows = table.query_entities("PartitionKey eq 'outbox'")
    return {row["RowKey"] for row in rows if is_report_id(row["RowKey"])}


def share_rows(stack: Stack) -> set[str]:
    """The ids of the reports for which there is a row of a share link."""
    table = TableClient.from_connection_string(stack.storage.connection_string, "reports")
    return {row["ReportId"] for row in table.query_entities("PartitionKey eq 'shares'")}


def instances(stack: Stack) -> dict[str, dict[str, Any]]:
    """The durable instances by id, from every page of the host's management API."""
    found: dict[str, dict[str, Any]] = {}
    token: str | None = ""
    while token is not None:
        headers = {"x-ms-continuation-token": token} if token else {}
        answer = requests.get(stack.durable_url, headers=headers, timeout=TIMEOUT_SECONDS)
        assert answer.status_code == 200, answer.text
        found |= {instance["instanceId"]: instance for instance in answer.json()}
        token = answer.headers.get("x-ms-continuation-token") or None
    return found
