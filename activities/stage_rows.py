"""Stages a shard's rows as one block of the report's blob, invisible until it is published."""

from typing import Any

import azure.durable_functions as df

from activities.withdrawal import take_back_unless
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
    """Staging for a report that was withdrawn meanwhile leaves nothing behind."""
    block_id = stores.blobs.block_id(_block_name(order)) if order.rows else None
    if block_id:
        content = encode(row.cells for row in order.rows)
        stores.blobs.stage(order.owner, order.report_id, _block_name(order), content)
    # Looked at again afterwards: it could still be withdrawn while the block is on its way.
    take_back_unless(OPEN | PUBLISHED, stores, order.owner, order.report_id)
    return Receipt(order.index, block_id, len(order.rows))


def _block_name(order: StageRows) -> str:
    return f"shard-{order.index:06d}-{order.run:03d}"
