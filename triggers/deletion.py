"""Removes a report: its orchestrations, its CSV and, last, its record.

The record is marked first. From then on the report answers 404, and an activity that is still
running finds the mark and takes back what it wrote; a deletion that breaks off can be repeated.
"""

from datetime import UTC, datetime

from adapters.orchestrations import Orchestrations
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain import report


def delete_report(
    orchestrations: Orchestrations, blobs: ReportBlobs, reports: ReportTable, owner: str, report_id: str
) -> bool:
    """Returns whether there was such a report."""
    marked = reports.change(owner, report_id, lambda one: report.deleting(one, datetime.now(UTC)))
    if marked is None:
        return False
    orchestrations.remove(report_id)
    blobs.discard(report_id)
    reports.delete(owner, report_id)
    return True
