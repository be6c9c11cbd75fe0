"""The daily round: expired reports are deleted, and whatever lies about without a record."""

import logging
from collections import Counter
from datetime import datetime, timedelta

from adapters.dependencies import Stores
from adapters.orchestrations import Orchestrations
from domain.report import ENDED, PUBLISHED
from domain.report_ids import is_report_id, made_at
from triggers.removal import finish_deleting, mark_deleting, remove_traces

ORPHANED_AFTER = timedelta(days=1)
"""Younger CSVs and keys may belong to a report that is just being accepted or published."""


def expire(orchestrations: Orchestrations, stores: Stores, now: datetime) -> Counter[str]:
    """Returns how many of each were removed. What cannot be removed now waits for the next round."""
    removed: Counter[str] = Counter()
    for report in list(stores.reports.expired(now)):
        try:
            if marked := mark_deleting(stores, report.owner, report.id):
                finish_deleting(orchestrations, stores, marked)
                removed["reports"] += 1
        except Exception:
            logging.exception("Report %s has expired and could not be deleted.", report.id)
    for owner, report_id in list(stores.blobs.all()):
        if _is_orphan(stores, owner, report_id, now, unpublished=True):
            remove_traces(orchestrations, stores, owner, report_id)
            removed["blobs"] += 1
    for owner, key_hash, report_id in list(stores.keys.all()):
        if _is_orphan(stores, owner, report_id, now):
            stores.keys.release(owner, key_hash, report_id)
            removed["keys"] += 1
    return removed


def _is_orphan(
    stores: Stores, owner: str, report_id: str, now: datetime, *, unpublished: bool = False
) -> bool:
    """Whether no record is there for it; with ``unpublished`` one that ended without a CSV is none."""
    if not is_report_id(report_id) or made_at(report_id) >= now - ORPHANED_AFTER:
        return False
    stored = stores.reports.get(owner, report_id)
    return stored is None or (unpublished and stored.report.status in ENDED - PUBLISHED)
