"""A client of the API that checks each response and records it in the ledger.

Methods return whether the request got a response, or the response's content. A 503 counts as no response:
nothing was promised, and the client may retry.
"""

import hashlib
import secrets
import time
from typing import Any

import requests
from azure.core.exceptions import AzureError
from azure.data.tables import TableClient

from domain.owners import owner_of_visitor
from domain.report import ENDED, PUBLISHED, Status
from tools.chaos.findings import Invariant
from tools.chaos.ledger import Attempt, Ledger, RequestSpec, Stage, TrackedReport
from tools.chaos.servers_under_test import ServersUnderTest

EXPIRED_AT = "2001-01-01T00:00:00+00:00"
VISITOR_HEADER, VISITOR_TOKEN = "Poke-Visitor", "chaos-has-this-token-0"
OWNER = owner_of_visitor(VISITOR_TOKEN)
PAGE_SIZE = 7
TIMEOUT_SECONDS = 60
NO_RESPONSE = "none"
TOO_MANY = requests.codes.too_many_requests


class ReportClient:
    """Not thread-safe: each thread needs its own client."""

    def __init__(self, servers: ServersUnderTest, ledger: Ledger) -> None:
        self.was_refused = False
        """Whether the last request to create a report was refused."""
        self._servers = servers
        self._session = requests.Session()
        self._session.headers[VISITOR_HEADER] = VISITOR_TOKEN
        self._ledger = ledger
        self._findings = ledger.findings

    def create(self, spec: RequestSpec, key: str | None = None) -> TrackedReport | None:
        """Create a report; returns it if it was accepted."""
        headers = {"Idempotency-Key": key} if key else {}
        if key:
            with self._ledger.lock:
                self._ledger.keys[key] = spec
        name = key or f"without a key {secrets.token_hex(8)}"
        body = spec.body() | {"name": name}
        requested_at, attempt = time.monotonic(), self._ledger.begin_attempt()
        allowed = {202, 409, TOO_MANY} if key else {202, TOO_MANY}
        response = self._send("POST", "/reports", allowed, json=body, headers=headers)
        self._end_attempt(attempt, response, name)
        if response is None or self.was_refused:
            return None
        if response.status_code == 409:
            deleted = any(report.key == key and report.delete for report in self._ledger.known())
            self._findings.check(
                Invariant.IDEMPOTENT, deleted, "", f"409 for {key!r}, but no report of this key is deleted"
            )
            return None
        return self._ledger.record_accepted(response.json(), spec, key, requested_at)

    def _end_attempt(
        self, attempt: Attempt, response: requests.Response | None, name: str | None = None
    ) -> None:
        self.was_refused = response is not None and response.status_code == TOO_MANY
        self._ledger.end_attempt(attempt, name, answered=response is not None, refused=self.was_refused)

    def cancel(self, report: TrackedReport) -> bool:
        self._ledger.record_cancel(report, Stage.SENT)
        response = self._send_for(report, "POST", "/cancel", {202, 409})
        if response is not None and response.status_code == 202:
            self._ledger.record_cancel(report, Stage.ACCEPTED)
        if response is not None and response.status_code == 409:
            self._check_ended(report)
        return response is not None

    def retry(self, report: TrackedReport, *, only_missing: bool = False) -> bool:
        requested_at, attempt = time.monotonic(), self._ledger.begin_attempt()
        outcome = report.outcome
        body = {"only": "missing"} if only_missing else None
        response = self._send_for(report, "POST", "/retry", {202, 409, TOO_MANY}, json=body)
        self._end_attempt(attempt, response)
        if response is None:
            return False
        can_be_retried = outcome is not None and (not only_missing or outcome["status"] == Status.PARTIAL)
        self._findings.check(
            Invariant.RESPONSES,
            response.status_code != 409 or not can_be_retried,
            report.id,
            "it has ended and cannot be retried",
        )
        if response.status_code == 202:
            view = response.json()
            self._findings.check(
                Invariant.CORRECT, view["retry_of"] == report.id, view["id"], f"it does not retry {report.id}"
            )
            self._ledger.record_accepted(view, report.spec, None, requested_at)
        return True

    def delete(self, report: TrackedReport) -> bool:
        self._ledger.record_delete(report, Stage.SENT)
        response = self._send("DELETE", f"/reports/{report.id}", {204, 404}, report.id)
        if response is None:
            return False
        if response.status_code == 404:
            self._findings.check(
                Invariant.DURABLE, report.deletions > 1, report.id, "404, but no other client deleted it"
            )
        self._ledger.record_delete(report, Stage.ACCEPTED)
        return True

    def delete_untracked(self, report_id: str) -> None:
        """Delete a report that may be missing from the ledger; any response but a 204 is a violation."""
        response = self._request("DELETE", f"/reports/{report_id}")
        status = response.status_code if response is not None else NO_RESPONSE
        self._findings.check(
            Invariant.RESPONSES, status == 204, report_id, f"the status of its deletion is {status}"
        )

    def show(self, report: TrackedReport) -> dict[str, Any] | None:
        """Return the report's JSON, or None if it is unavailable."""
        requested_at = time.monotonic()
        response = self._send_for(report, "GET", "", {200})
        if response is None or response.status_code != 200:
            return None
        view: dict[str, Any] = response.json()
        self._findings.check(
            Invariant.DELETED, report.deleted_at > requested_at, report.id, "it is still shown"
        )
        self._ledger.record_view(report, view, requested_at)
        return view

    def download(self, report: TrackedReport) -> bytes | None:
        """Return the CSV of a published report after checking its SHA-256."""
        if report.outcome is None or report.outcome["status"] not in PUBLISHED:
            return None
        response = self._send_for(report, "GET", "/download", {200})
        if response is None or response.status_code != 200:
            return None
        digest, expected = hashlib.sha256(response.content).hexdigest(), report.outcome["result"]["sha256"]
        self._findings.check(
            Invariant.INTACT, digest == expected, report.id, f"the sha256 of the CSV is {digest}"
        )
        return response.content

    def share(self, report: TrackedReport) -> bool:
        requested_at = time.monotonic()
        outcome = report.outcome
        response = self._send_for(report, "PUT", "/share", {200, 409})
        if response is not None and response.status_code == 200:
            self._ledger.record_link(report, response.json()["links"]["shared"], requested_at)
        if response is not None and response.status_code == 409:
            had_csv = outcome is not None and outcome["status"] in PUBLISHED
            self._findings.check(
                Invariant.RESPONSES, not had_csv, report.id, "it has a CSV and cannot be shared"
            )
        return response is not None

    def revoke(self, report: TrackedReport) -> bool:
        with self._ledger.lock:
            report.revocations += 1
            links = [*report.links]
        response = self._send_for(report, "DELETE", "/share", {204})
        if response is not None and response.status_code == 204:
            self._ledger.record_revocation(report, links)
        return response is not None

    def open_links(self, report: TrackedReport) -> None:
        """Open each link that the report had."""
        for link in [*report.links]:
            requested_at = time.monotonic()
            response = self._send("GET", link.removeprefix("/api"), {200, 404}, report.id)
            if response is None:
                continue
            revoked_at = min(report.links[link], report.deleted_at)
            if response.status_code == 404:
                holds = report.revocations > 0 or report.delete is not Stage.NONE
                detail = "its link is not found, but was not revoked"
            else:
                holds = revoked_at > requested_at and response.json()["id"] == report.id
                detail = "its link was revoked, and opens a report"
            self._findings.check(Invariant.LINKS, holds, report.id, detail)

    def list(self) -> bool:
        """Read the whole list, page by page."""
        started_at = time.monotonic()
        expected = [report for report in self._ledger.known() if report.delete is Stage.NONE]
        deleted = {report.id for report in self._ledger.known() if report.deleted_at < started_at}
        ids: list[str] = []
        cursor = None
        while True:
            parameters = {"limit": str(PAGE_SIZE)} | ({"cursor": cursor} if cursor else {})
            response = self._send("GET", "/reports", {200}, params=parameters)
            if response is None:
                return False
            page = response.json()
            ids += [report["id"] for report in page["reports"]]
            if (cursor := page["next_cursor"]) is None:
                break
        check = self._findings.check
        check(Invariant.LISTED, ids == sorted(set(ids)), "", f"the order of the list is {ids}")
        listed = set(ids)
        for report in expected:
            holds = report.id in listed or report.delete is not Stage.NONE
            check(Invariant.LISTED, holds, report.id, "it is not listed")
        for report_id in listed & deleted:
            check(Invariant.DELETED, False, report_id, "it is still listed")
        return True

    def expire(self, report: TrackedReport) -> bool:
        """Set the report's expiry in the past in its record, and run the daily expiry function."""
        self._ledger.record_delete(report, Stage.SENT)
        try:
            with TableClient.from_connection_string(
                self._servers.storage.connection_string, "reports", retry_total=0
            ) as table:
                table.update_entity({"PartitionKey": OWNER, "RowKey": report.id, "ExpiresAt": EXPIRED_AT})
        except AzureError:
            return False
        report.expired = True
        return self.run_timer("expire_reports")

    def run_timer(self, function: str) -> bool:
        """Run one of the app's timer functions now."""
        try:
            self._servers.run_timer(function)
        except requests.RequestException:
            return False
        return True

    def _request(self, method: str, path: str, **arguments: Any) -> requests.Response | None:
        """Return the response, or None if the connection fails or the request times out."""
        url = f"{self._servers.host_url}/api{path}"
        try:
            response = self._session.request(method, url, timeout=TIMEOUT_SECONDS, **arguments)
        except requests.RequestException:
            self._findings.count_response(NO_RESPONSE)
            return None
        self._findings.count_response(str(response.status_code))
        return response

    def _send(
        self, method: str, path: str, allowed: set[int], report_id: str = "", **arguments: Any
    ) -> requests.Response | None:
        """Return the response if its status is an allowed one; a 503 counts as no response."""
        response = self._request(method, path, **arguments)
        if response is None or response.status_code == requests.codes.unavailable:
            return None
        status = response.status_code
        detail = f"{method} {path} returned {status}: {response.text[:300]}"
        holds = self._findings.check(Invariant.RESPONSES, status in allowed, report_id, detail)
        return response if holds else None

    def _send_for(
        self, report: TrackedReport, method: str, path: str, allowed: set[int], **arguments: Any
    ) -> requests.Response | None:
        """Send a request for a report; a 404 is allowed only if a client deleted the report."""
        response = self._send(method, f"/reports/{report.id}{path}", allowed | {404}, report.id, **arguments)
        if response is not None and response.status_code == 404:
            self._findings.check(
                Invariant.DURABLE, report.delete is not Stage.NONE, report.id, "404, but it was not deleted"
            )
        return response

    def _check_ended(self, report: TrackedReport) -> None:
        view = self.show(report)
        if view is not None:
            self._findings.check(
                Invariant.RESPONSES,
                view["status"] in ENDED,
                report.id,
                f"it cannot be canceled, and its status is {view['status']}",
            )
