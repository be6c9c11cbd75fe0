"""The final step: commits the report's CSV and writes what came of it into the record."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.fail_report import run_fail_report
from adapters import dependencies
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain.csv_format import encode
from domain.events import ReportFinished, tell
from domain.messages import FailReport, PublishReport
from domain.report import OPEN, PUBLISHED, Result, published

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def publish_report(payload: Any) -> dict[str, Any]:
    order = PublishReport.from_dict(payload)
    # Whoever sees the report end may ask another instance for the same Pokémon at once.
    dependencies.pokeapi().flush()
    return run_publish_report(dependencies.report_blobs(), dependencies.report_table(), order)


def run_publish_report(blobs: ReportBlobs, reports: ReportTable, order: PublishReport) -> dict[str, Any]:
    """Returns ``{"status": ...}``. A report without a single row, of Pokémon that all failed, fails."""
    if order.failures and not order.rows:
        reason = f"None of the {len(order.failures)} Pokémon could be had. {order.failures[0].reason}"
        failing = FailReport(order.report_id, order.owner, reason, order.failures)
        return run_fail_report(blobs, reports, failing)
    before = reports.get(order.owner, order.report_id)
    if before and before.report.status in OPEN:
        csv = blobs.publish(order.owner, order.report_id, encode([order.columns]), order.block_ids)
        result = Result(order.rows, csv.bytes, csv.sha256)
        changed = reports.change(
            order.owner,
            order.report_id,
            lambda report: published(report, result, order.failures, datetime.now(UTC)),
        )
        if changed:
            tell(ReportFinished.of(changed, "orchestration"))
    after = reports.get(order.owner, order.report_id)
    if after is None or after.report.status not in PUBLISHED:
        blobs.discard(order.owner, order.report_id)
    return {"status": after.report.status if after else "gone"}
