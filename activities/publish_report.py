"""The final step: commits the report's CSV, and writes the result to its record."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.fail_report import run_fail_report
from activities.withdrawal import finish
from adapters import dependencies
from adapters.report_blobs import BlocksGoneError
from domain.csv_format import encode
from domain.kept_rows import pack_ids
from domain.messages import FailReport, PublishReport
from domain.report import OPEN, Result, published
from services import composition
from services.turns import Turns

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
@blueprint.durable_client_input(client_name="client")
def publish_report(payload: Any, client: df.SyncDurableFunctionsClient) -> dict[str, str]:
    order = PublishReport.from_dict(payload)
    # A client that sees the report end may request the same Pokémon from another instance at once.
    dependencies.pokeapi().flush()
    return run_publish_report(composition.turns(client), order)


def run_publish_report(turns: Turns, order: PublishReport) -> dict[str, str]:
    """Returns ``{"status": ...}``. A report whose Pokémon all failed has no rows, and fails."""
    if order.failures and not order.rows:
        reason = f"None of the {len(order.failures)} Pokémon could be fetched. {order.failures[0].reason}"
        return run_fail_report(turns, FailReport(order.report, reason, order.failures))
    stores = turns.stores
    before = stores.reports.get(order.report)
    if before is None or before.report.status not in OPEN:
        return finish(turns, order.report, None)
    try:
        csv = stores.blobs.publish(order.report, encode([order.columns]), order.block_ids)
    except BlocksGoneError as error:
        return run_fail_report(turns, FailReport(order.report, str(error), order.failures))
    result = Result(order.rows, csv.bytes, csv.sha256)
    known = len(order.failed_ids) == len(order.failures)
    failed_ids = (pack_ids(order.failed_ids) if known else None) or b""
    ended = stores.reports.change(
        order.report,
        lambda report: published(report, result, order.failures, datetime.now(UTC), failed_ids),
        before,
    )
    return finish(turns, order.report, ended)
