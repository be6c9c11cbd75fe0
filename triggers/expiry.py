"""The daily round: expired reports are deleted, and whatever lies about without a record."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import grpc

from adapters import settings
from adapters.dependencies import Stores
from adapters.orchestrations import Orchestrations
from domain.events import ReportsExpired, tell, tell_fault
from domain.report import ENDED, PUBLISHED
from domain.report_ids import is_report_id, made_at
from triggers.removal import finish_deleting, mark_deleting, remove_traces

ORPHANED_AFTER = timedelta(days=1)
"""Younger CSVs, keys and instances may belong to a report that is just being accepted or published."""


def expire(orchestrations: Orchestrations, stores: Stores, now: datetime) -> Counter[str]:
    """Returns how many of each were removed. What cannot be removed now is put off until the next round."""
    removed: Counter[str] = Counter()
    for report in list(stores.reports.expired(now)):
        with _one_of(removed, report.id):
            if marked := mark_deleting(stores, report.owner, report.id):
                finish_deleting(orchestrations, stores, marked)
                removed["reports"] += 1
    for owner, report_id in list(stores.blobs.all()):
        with _one_of(removed, report_id):
            if _is_orphan(stores, owner, report_id, now, unpublished=True):
                remove_traces(orchestrations, stores, owner, report_id, made_at(report_id))
                removed["blobs"] += 1
    for owner, key_hash, report_id in list(stores.keys.all()):
        with _one_of(removed, report_id):
            if _is_orphan(stores, owner, report_id, now):
                stores.keys.release(owner, key_hash, report_id)
                removed["keys"] += 1
    removed += _remove_orphaned_instances(orchestrations, stores, now)
    tell(
        ReportsExpired(
            outcome="put_off" if removed["put_off"] else "done",
            reports=removed["reports"],
            blobs=removed["blobs"],
            keys=removed["keys"],
            instances=removed["instances"],
            put_off=removed["put_off"],
        )
    )
    return removed


def _remove_orphaned_instances(orchestrations: Orchestrations, stores: Stores, now: datetime) -> Counter[str]:
    removed: Counter[str] = Counter()
    try:
        found = orchestrations.report_ids(now - ORPHANED_AFTER)
        orphans = [one for one in found - stores.reports.ids() if _is_old(one, now)]
    except grpc.RpcError:
        tell_fault("The instances could not be listed; the next round tries again.")
        return Counter(put_off=1)
    for report_id in orphans:
        with _one_of(removed, report_id):
            if orchestrations.stop(report_id):
                orchestrations.purge(report_id, settings.last_look_after())
            removed["instances"] += 1
    return removed


@contextmanager
def _one_of(removed: Counter[str], report_id: str) -> Iterator[None]:
    """One that cannot be removed holds up no other."""
    try:
        yield
    except Exception:  # noqa: BLE001 - it is told
        tell_fault(f"Report {report_id} could not be removed; the next round tries again.", report_id)
        removed["put_off"] += 1


def _is_orphan(
    stores: Stores, owner: str, report_id: str, now: datetime, *, unpublished: bool = False
) -> bool:
    """Whether no record is there for it; with ``unpublished`` one that ended without a CSV is none."""
    if not _is_old(report_id, now):
        return False
    stored = stores.reports.get(owner, report_id)
    return stored is None or (unpublished and stored.report.status in ENDED - PUBLISHED)


def _is_old(report_id: str, now: datetime) -> bool:
    return is_report_id(report_id) and made_at(report_id) < now - ORPHANED_AFTER
