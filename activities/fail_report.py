"""Ends a report as failed: writes the reason to its record, and discards its blocks."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import finish
from domain.messages import FailReport
from domain.report import ReportError, failed
from services import composition
from services.turns import Turns

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
@blueprint.durable_client_input(client_name="client")
def fail_report(payload: Any, client: df.SyncDurableFunctionsClient) -> dict[str, str]:
    return run_fail_report(composition.turns(client), FailReport.from_dict(payload))


def run_fail_report(turns: Turns, order: FailReport) -> dict[str, str]:
    """Returns ``{"status": ...}``."""
    error = ReportError("The report could not be generated", order.reason)
    ended = turns.stores.reports.change(
        order.report, lambda report: failed(report, error, datetime.now(UTC), order.failures)
    )
    return finish(turns, order.report, ended)
