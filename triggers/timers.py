"""The timer functions: scheduled reconciliation and cleanup."""

from datetime import UTC, datetime

import azure.durable_functions as df
import azure.functions as func

from adapters import settings
from services import composition
from services.expiry import expire
from services.reconciliation import reconcile

DAILY = "0 30 3 * * *"

blueprint = df.Blueprint()


@blueprint.timer_trigger("timer", schedule=settings.reconcile_schedule())
@blueprint.durable_client_input(client_name="client")
def reconcile_reports(timer: func.TimerRequest, client: df.SyncDurableFunctionsClient) -> None:  # noqa: ARG001
    reconcile(composition.lifecycle(client))


@blueprint.timer_trigger("timer", schedule=DAILY)
@blueprint.durable_client_input(client_name="client")
def expire_reports(timer: func.TimerRequest, client: df.SyncDurableFunctionsClient) -> None:  # noqa: ARG001
    expire(composition.lifecycle(client), datetime.now(UTC))
