"""Closes a report that could not be made: the reason goes into its record, its blocks go away."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import take_back_unless
from adapters import dependencies
from adapters.dependencies import Stores
from domain.events import ReportFinished, tell
from domain.messages import FailReport
from domain.report import PUBLISHED, ReportError, failed

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def fail_report(payload: Any) -> dict[str, Any]:
    return run_fail_report(dependencies.stores(), FailReport.from_dict(payload))


def run_fail_report(stores: Stores, order: FailReport) -> dict[str, Any]:
    """Returns ``{"status": ...}``."""
    error = ReportError("The report could not be made", order.reason)
    changed = stores.reports.change(
        order.owner,
        order.report_id,
        lambda report: failed(report, error, datetime.now(UTC), order.failures),
    )
    if changed:
        tell(ReportFinished.of(changed, "orchestration"))
    after = take_back_unless(PUBLISHED, stores, order.owner, order.report_id)
    return {"status": after.status if after else "gone"}
