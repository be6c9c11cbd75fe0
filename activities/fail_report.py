"""Ends a report as failed: writes the reason to its record, and discards its blocks."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import finish
from adapters import dependencies
from adapters.dependencies import Stores
from domain.messages import FailReport
from domain.report import ReportError, failed

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def fail_report(payload: Any) -> dict[str, str]:
    return run_fail_report(dependencies.stores(), FailReport.from_dict(payload))


def run_fail_report(stores: Stores, order: FailReport) -> dict[str, str]:
    """Returns ``{"status": ...}``."""
    error = ReportError("The report could not be generated", order.reason)
    ended = stores.reports.change(
        order.report, lambda report: failed(report, error, datetime.now(UTC), order.failures)
    )
    return finish(stores, order.report, ended)
