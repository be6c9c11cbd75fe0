"""Closes a report that could not be made: the reason goes into its record, its blocks go away."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from adapters import dependencies
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain.events import ReportFinished, tell
from domain.messages import FailReport
from domain.report import PUBLISHED, ReportError, failed

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def fail_report(payload: Any) -> dict[str, Any]:
    order = FailReport.from_dict(payload)
    return run_fail_report(dependencies.report_blobs(), dependencies.report_table(), order)


def run_fail_report(blobs: ReportBlobs, reports: ReportTable, order: FailReport) -> dict[str, Any]:
    """Returns ``{"status": ...}``."""
    error = ReportError("The report could not be made", order.reason)
    changed = reports.change(
        order.owner,
        order.report_id,
        lambda report: failed(report, error, datetime.now(UTC), order.failures),
    )
    if changed:
        tell(ReportFinished.of(changed, "orchestration"))
    after = reports.get(order.owner, order.report_id)
    if after is None or after.report.status not in PUBLISHED:
        blobs.discard(order.owner, order.report_id)
    return {"status": after.report.status if after else "gone"}
