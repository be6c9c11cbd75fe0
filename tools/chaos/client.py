"""One client: what it may do with reports, and what it checks of every answer at once.

Each method returns whether it was answered, or what it was given. A 503 and no answer count as not
answered: nothing was promised, and the client may ask again.
"""

import hashlib
import time
from typing import Any

import requests
from azure.core.exceptions import AzureError
from azure.data.tables import TableClient

from tools.chaos.api import Api
from tools.chaos.findings import Rule
from tools.chaos.ledger import ENDED, PUBLISHED, Ledger, Stage, Told, Wish
from tools.chaos.system import System

LONG_AGO = "2001-01-01T00:00:00+00:00"
OWNER = "anonymous"
PAGE = 7
UNAVAILABLE = 503


class Visitor:
    def __init__(self, system: System, ledger: Ledger) -> None:
        self._system = system
        self._api = Api(system, ledger.findings)
        self._ledger = ledger
        self._findings = ledger.findings

    def ask(self, wish: Wish, key: str | None = None) -> Told | None:
        """The report that was promised, if one was."""
        headers = {"Idempotency-Key": key} if key else {}
        if key:
            with self._ledger.lock:
                self._ledger.keys[key] = wish
        asked_at = time.monotonic()
        answer = self._api.call("POST", "/reports", json=wish.body(), headers=headers)
        answer = self._answered(answer, "POST /reports", {202, 409} if key else {202})
        if answer is None:
            return None
        if answer.status_code == 409:
            deleted = any(told.key == key and told.delete for told in self._ledger.known())
            self._findings.check(Rule.ONE_KEY, deleted, "", f"no report of {key!r} is being deleted")
            return None
        return self._ledger.accepted(answer.json(), wish, key, asked_at)

    def cancel(self, told: Told) -> bool:
        self._ledger.sent(told, "cancel")
        answer = self._call("POST", told, "/cancel", {202, 409})
        if answer is not None and answer.status_code == 202:
            self._ledger.promised(told, "cancel")
        if answer is not None and answer.status_code == 409:
            self._must_have_ended(told)
        return answer is not None

    def retry(self, told: Told) -> bool:
        asked_at = time.monotonic()
        had_ended = told.outcome is not None
        answer = self._call("POST", told, "/retry", {202, 409})
        if answer is None:
            return False
        self._findings.check(
            Rule.ANSWERS,
            answer.status_code != 409 or not had_ended,
            told.id,
            "it ended and cannot be retried",
        )
        if answer.status_code == 202:
            again = answer.json()
            self._findings.check(Rule.RIGHT, again["retry_of"] == told.id, again["id"], "whose retry it is")
            self._ledger.accepted(again, told.wish, None, asked_at)
        return True

    def delete(self, told: Told) -> bool:
        self._ledger.sent(told, "delete")
        path = f"/reports/{told.id}"
        answer = self._answered(self._api.call("DELETE", path), f"DELETE {path}", {204, 404}, told.id)
        if answer is None:
            return False
        if answer.status_code == 404:
            self._findings.check(Rule.KEPT, told.deletions > 1, told.id, "nobody else deleted it")
        self._ledger.promised(told, "delete")
        return True

    def show(self, told: Told) -> dict[str, Any] | None:
        """The report as it is shown, where it is."""
        asked_at = time.monotonic()
        answer = self._call("GET", told, "", {200})
        if answer is None or answer.status_code != 200:
            return None
        shown: dict[str, Any] = answer.json()
        self._findings.check(Rule.GONE, told.gone_since > asked_at, told.id, "it is still shown")
        self._ledger.saw(told, shown, asked_at)
        return shown

    def download(self, told: Told) -> bytes | None:
        """The CSV of a report that was seen published; checked by its checksum."""
        if told.outcome is None or told.outcome["status"] not in PUBLISHED:
            return None
        answer = self._call("GET", told, "/download", {200})
        if answer is None or answer.status_code != 200:
            return None
        digest, expected = hashlib.sha256(answer.content).hexdigest(), told.outcome["result"]["sha256"]
        self._findings.check(Rule.WHOLE, digest == expected, told.id, f"the CSV's sha256 is {digest}")
        return answer.content

    def list(self) -> bool:
        """Read the whole list, page by page."""
        began = time.monotonic()
        expected = [told for told in self._ledger.known() if told.delete is Stage.NEVER]
        gone = {told.id for told in self._ledger.known() if told.gone_since < began}
        listed: list[str] = []
        cursor = None
        while True:
            parameters = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
            answer = self._answered(
                self._api.call("GET", "/reports", params=parameters), "GET /reports", {200}
            )
            if answer is None:
                return False
            page = answer.json()
            listed += [report["id"] for report in page["reports"]]
            if (cursor := page["next_cursor"]) is None:
                break
        check = self._findings.check
        check(Rule.LISTED, listed == sorted(set(listed)), "", f"the list's order is {listed}")
        there = set(listed)
        for told in expected:
            held = told.id in there or told.delete is not Stage.NEVER
            check(Rule.LISTED, held, told.id, "it is not listed")
        for report_id in there & gone:
            check(Rule.GONE, False, report_id, "it is still listed")
        return True

    def let_expire(self, told: Told) -> bool:
        """Let the report's time pass, by changing in its record when that is, and the daily round come."""
        self._ledger.sent(told, "delete")
        try:
            with TableClient.from_connection_string(
                self._system.storage.connection_string, "reports", retry_total=0
            ) as table:
                table.update_entity({"PartitionKey": OWNER, "RowKey": told.id, "ExpiresAt": LONG_AGO})
        except AzureError:
            return False
        told.expired = True
        return self.run_now("expire_reports")

    def run_now(self, timer: str) -> bool:
        """Have one of the app's timer functions run, on top of its schedule."""
        try:
            self._system.run_now(timer)
        except requests.RequestException:
            return False
        return True

    def _call(self, method: str, told: Told, path: str, allowed: set[int]) -> requests.Response | None:
        """Ask about one report; it may be missing only where somebody had it deleted."""
        what = f"/reports/{told.id}{path}"
        answer = self._answered(self._api.call(method, what), f"{method} {what}", allowed | {404}, told.id)
        if answer is not None and answer.status_code == 404:
            self._findings.check(
                Rule.KEPT, told.delete is not Stage.NEVER, told.id, "nobody deleted it, and it is not there"
            )
        return answer

    def _answered(
        self, answer: requests.Response | None, what: str, allowed: set[int], report_id: str = ""
    ) -> requests.Response | None:
        if answer is None or answer.status_code == UNAVAILABLE:
            return None
        status = answer.status_code
        said = f"{what} was answered {status}: {answer.text[:300]}"
        return answer if self._findings.check(Rule.ANSWERS, status in allowed, report_id, said) else None

    def _must_have_ended(self, told: Told) -> None:
        shown = self.show(told)
        if shown is not None:
            self._findings.check(
                Rule.ANSWERS, shown["status"] in ENDED, told.id, f"it is {shown['status']} and has not ended"
            )
