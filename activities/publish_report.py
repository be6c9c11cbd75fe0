"""The final step: commits the report's CSV and writes what came of it into the record."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.fail_report import run_fail_report
from activities.withdrawal import take_back_unless
from adapters import dependencies
from adapters.dependencies import Stores
from adapters.report_blobs import BlocksGoneError
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
    return run_publish_report(dependencies.stores(), order)


def run_publish_report(stores: Stores, order: PublishReport) -> dict[str, Any]:
    """Returns ``{"status": ...}``. A report without a single row, of Pokémon that all failed, fails."""
    if order.failures and not order.rows:
        reason = f"None of the {len(order.failures)} Pokémon could be had. {order.failures[0].reason}"
        return _fail(stores, order, reason)
    before = stores.reports.get(order.owner, order.report_id)
    if before and before.report.status in OPEN:
        try:
            csv = stores.blobs.publish(order.owner, order.report_id, encode([order.columns]), order.block_ids)
        except BlocksGoneError as error:
            return _fail(stores, order, str(error))
        result = Result(order.rows, csv.bytes, csv.sha256)
        changed = stores.reports.change(
            order.owner,
            order.report_id,
            lambda report: published(report, result, order.failures, datetime.now(UTC)),
        )
        if changed:
            tell(ReportFinished.of(changed, "orchestration"))
    after = take_back_unless(PUBLISHED, stores, order.owner, order.report_id)
    return {"status": after.status if after else "gone"}


def _fail(stores: Stores, order: PublishReport, reason: str) -> dict[str, Any]:
    return run_fail_report(stores, FailReport(order.report_id, order.owner, reason, order.failures))
