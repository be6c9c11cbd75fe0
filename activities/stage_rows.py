"""Stages a shard's rows as one block of the report's blob, invisible until it is published."""

from typing import Any

import azure.durable_functions as df

from adapters import dependencies
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain.csv_format import encode
from domain.messages import Receipt, StageRows
from domain.report import OPEN, PUBLISHED

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def stage_rows(payload: Any) -> dict[str, Any]:
    order = StageRows.from_dict(payload)
    return run_stage_rows(dependencies.report_blobs(), dependencies.report_table(), order).to_dict()


def run_stage_rows(blobs: ReportBlobs, reports: ReportTable, order: StageRows) -> Receipt:
    """Staging for a report that was withdrawn meanwhile leaves nothing behind."""
    if not order.rows:
        return Receipt(order.index, block_id=None, rows=0)
    content = encode(row.cells for row in order.rows)
    block = f"shard-{order.index:06d}-{order.run:03d}"
    block_id = blobs.stage(order.owner, order.report_id, block, content)
    # Asked afterwards alone: before, it could still be withdrawn while the block is on its way.
    found = reports.get(order.owner, order.report_id)
    if found is None or found.report.status not in OPEN | PUBLISHED:
        blobs.discard(order.owner, order.report_id)
    return Receipt(order.index, block_id, len(order.rows))
