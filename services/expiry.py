"""The daily cleanup: deletes expired reports, and removes data that has no record."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from adapters import settings
from adapters.report_table import Stored
from adapters.share_links import ShareRow
from domain.errors import EngineUnavailableError
from domain.report import ENDED, PUBLISHED, ReportKey
from domain.report_ids import is_report_id, made_at
from domain.telemetry import ReportsExpired, emit, log_exception
from services.lifecycle import ReportLifecycle
from services.sharing import is_valid

ORPHANED_AFTER = timedelta(days=1)
"""Younger CSVs, keys, links, and instances may belong to a report that is being accepted or published."""


def expire(lifecycle: ReportLifecycle, now: datetime) -> Counter[str]:
    """Returns how many of each were removed. What fails is deferred until the next round."""
    cleanup = _Cleanup(lifecycle, now)
    cleanup.reports()
    cleanup.blobs()
    cleanup.keys()
    cleanup.shares()
    cleanup.instances()
    removed = cleanup.removed
    emit(
        ReportsExpired(
            outcome="deferred" if removed["deferred"] else "done",
            reports=removed["reports"],
            blobs=removed["blobs"],
            keys=removed["keys"],
            shares=removed["shares"],
            instances=removed["instances"],
            deferred=removed["deferred"],
        )
    )
    return removed


class _Cleanup:
    def __init__(self, lifecycle: ReportLifecycle, now: datetime) -> None:
        self.removed: Counter[str] = Counter()
        self._lifecycle = lifecycle
        self._stores = lifecycle.stores
        self._now = now

    def reports(self) -> None:
        for stored in self._stores.reports.expired(self._now):
            self._remove("reports", stored.report.id, partial(self._delete, stored))

    def blobs(self) -> None:
        """CSVs without a record, and those of reports that ended without a CSV."""
        for key in self._stores.blobs.all():
            if self._is_old(key.report_id):
                self._remove("blobs", key.report_id, partial(self._discard, key))

    def keys(self) -> None:
        for key, key_hash in self._stores.keys.all():
            if self._is_old(key.report_id):
                self._remove("keys", key.report_id, partial(self._release, key, key_hash))

    def shares(self) -> None:
        """Rows that a process left when it died while it shared or revoked."""
        for row in self._stores.shares.all():
            if row.written_at < self._now - ORPHANED_AFTER:
                self._remove("shares", row.report.report_id, partial(self._forget, row))

    def instances(self) -> None:
        try:
            found = self._lifecycle.orchestrations.report_ids(self._now - ORPHANED_AFTER)
        except EngineUnavailableError:
            log_exception("The instances could not be listed; the next round tries again.")
            self.removed["deferred"] += 1
            return
        for report_id in found - self._stores.reports.ids():
            if self._is_old(report_id):
                self._remove("instances", report_id, partial(self._purge, report_id))

    def _remove(self, kind: str, report_id: str, remove: Callable[[], bool]) -> None:
        """Count what was removed. A removal that fails must not block the others."""
        try:
            if remove():
                self.removed[kind] += 1
        except Exception:  # noqa: BLE001 - logged, and the next round tries again
            log_exception(f"Report {report_id} could not be removed; the next round tries again.", report_id)
            self.removed["deferred"] += 1

    def _delete(self, stored: Stored) -> bool:
        self._lifecycle.finish_deleting(self._lifecycle.mark_deleting(stored))
        return True

    def _discard(self, key: ReportKey) -> bool:
        stored = self._stores.reports.get(key)
        if stored is not None and stored.report.status not in ENDED - PUBLISHED:
            return False
        self._lifecycle.remove_traces(key, made_at(key.report_id))
        return True

    def _release(self, key: ReportKey, key_hash: str) -> bool:
        if self._stores.reports.get(key) is not None:
            return False
        self._stores.keys.release(key, key_hash)
        return True

    def _forget(self, row: ShareRow) -> bool:
        stored = self._stores.reports.get(row.report)
        if stored is not None and is_valid(stored.report, row.token_hash):
            return False
        self._stores.shares.remove(row.token_hash)
        return True

    def _purge(self, report_id: str) -> bool:
        orchestrations = self._lifecycle.orchestrations
        if orchestrations.stop_all(report_id):
            orchestrations.purge(report_id, settings.last_look_after())
        return True

    def _is_old(self, report_id: str) -> bool:
        return is_report_id(report_id) and made_at(report_id) < self._now - ORPHANED_AFTER
