"""Stages a shard's rows as one block of the report's blob, invisible until it is published."""

from typing import Any

import azure.durable_functions as df

from activities.withdrawal import discard_unless
from adapters import dependencies
from adapters.dependencies import Stores
from domain.csv_format import encode
from domain.messages import Receipt, StageRows
from domain.report import OPEN, PUBLISHED

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def stage_rows(payload: Any) -> dict[str, Any]:
    return run_stage_rows(dependencies.stores(), StageRows.from_dict(payload)).to_dict()


def run_stage_rows(stores: Stores, order: StageRows) -> Receipt:
    """Discards the block again if the report was canceled or deleted in the meantime."""
    block_id = stores.blobs.block_id(_block_name(order)) if order.rows else None
    if block_id:
        content = encode(row.cells for row in order.rows)
        stores.blobs.stage(order.report, _block_name(order), content)
    # Checked after staging, because the report can be withdrawn while the block is being written.
    discard_unless(OPEN | PUBLISHED, stores, order.report)
    return Receipt(order.index, block_id, len(order.rows))


def _block_name(order: StageRows) -> str:
    return f"shard-{order.index:06d}-{order.run:03d}"
