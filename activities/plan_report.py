"""Selects the Pokémon of a report by its filters and sample, and divides them into shards."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.kept_rows import find_kept_rows
from activities.withdrawal import discard_unless
from adapters import dependencies
from adapters.dependencies import Stores
from adapters.pokeapi import PokeApi
from adapters.report_table import Stored
from domain import report as transitions
from domain.fan_out import divide
from domain.kept_rows import KeptShard, plan_hash
from domain.messages import GenerateReport
from domain.plan import Plan
from domain.report import OPEN, PUBLISHED, ReportKey, ReportRequest
from domain.telemetry import ReportPlanned, emit
from services.population import UnknownNameError, select

ROWS_NOT_KEPT = (
    "The rows of report {} could not be taken over, so all rows were fetched. The report was deleted, or it "
    "was created by an earlier version, or PokéAPI's list of Pokémon has changed."
)

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def plan_report(payload: Any) -> dict[str, Any]:
    order = GenerateReport.from_dict(payload)
    return run_plan_report(dependencies.pokeapi(), dependencies.stores(), order).to_dict()


def run_plan_report(pokeapi: PokeApi, stores: Stores, order: GenerateReport) -> Plan:
    started = stores.reports.change(order.report, lambda report: transitions.started(report, _now()))
    if started is None:
        discard_unless(OPEN | PUBLISHED, stores, order.report)
        emit(ReportPlanned(outcome="withdrawn", report_id=order.report.report_id))
        return Plan(impossible="The report was canceled or deleted before it was planned.")
    plan = _plan(pokeapi, stores, order, started)
    emit(
        ReportPlanned(
            outcome="impossible" if plan.impossible else "planned",
            report_id=order.report.report_id,
            pokemon=plan.total,
            rows_kept=plan.rows_kept,
        )
    )
    return plan


def _plan(pokeapi: PokeApi, stores: Stores, order: GenerateReport, started: Stored) -> Plan:
    request = order.request
    try:
        selection = select(pokeapi, request)
    except UnknownNameError as error:
        return Plan(impossible=str(error))
    chosen, warnings = selection.chosen, _warnings(request, selection.available)
    shards = divide(chosen, order.options)
    kept: list[KeptShard] = []
    if order.rows_of:
        earlier = ReportKey(order.report.owner, order.rows_of)
        kept = find_kept_rows(stores, earlier, shards, order.options.shard_size)
        warnings += [] if kept else [ROWS_NOT_KEPT.format(order.rows_of)]
    stores.reports.change(
        order.report,
        lambda report: transitions.planned(report, len(chosen), warnings, _now(), plan_hash(chosen)),
        started,
    )
    return Plan.of(shards, kept)


def _warnings(request: ReportRequest, available: int) -> list[str]:
    warnings = []
    if available == 0:
        warnings.append("No Pokémon matches the filters, so the report has no rows.")
    elif request.sample_size is not None and request.sample_size > available:
        warnings.append(
            f"sample_size is {request.sample_size}, but only {available} Pokémon match the filters. "
            "The report contains all of them."
        )
    return warnings


def _now() -> datetime:
    return datetime.now(UTC)
