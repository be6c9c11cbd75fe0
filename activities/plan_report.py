"""Selects the Pokémon of a report by its filters and sample, and divides them into shards."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import discard_unless
from adapters import dependencies
from adapters.dependencies import Stores
from adapters.pokeapi import PokeApi
from adapters.report_table import ReportTable
from domain import report as transitions
from domain.fan_out import divide
from domain.messages import GenerateReport, Plan
from domain.pokedex import PokemonRef
from domain.report import OPEN, PUBLISHED, ReportRequest
from domain.selection import population, sample
from domain.telemetry import ReportPlanned, emit
from domain.unknown_names import unknown_name

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def plan_report(payload: Any) -> dict[str, Any]:
    order = GenerateReport.from_dict(payload)
    return run_plan_report(dependencies.pokeapi(), dependencies.stores(), order).to_dict()


def run_plan_report(pokeapi: PokeApi, stores: Stores, order: GenerateReport) -> Plan:
    if stores.reports.change(order.report, lambda report: transitions.started(report, _now())) is None:
        discard_unless(OPEN | PUBLISHED, stores, order.report)
        emit(ReportPlanned(outcome="withdrawn", report_id=order.report.report_id))
        return Plan(impossible="The report was canceled or deleted before it was planned.")
    plan = _plan(pokeapi, stores.reports, order)
    emit(
        ReportPlanned(
            outcome="impossible" if plan.impossible else "planned",
            report_id=order.report.report_id,
            pokemon=plan.total,
        )
    )
    return plan


def _plan(pokeapi: PokeApi, reports: ReportTable, order: GenerateReport) -> Plan:
    request = order.request
    types = pokeapi.types() if request.type else {}
    generations = pokeapi.generations() if request.generation else {}
    if request.type and request.type not in types:
        return Plan(impossible=unknown_name("type", request.type, types))
    if request.generation and request.generation not in generations:
        return Plan(impossible=unknown_name("generation", request.generation, generations))

    candidates = _population(pokeapi, request, types, generations)
    chosen = sample(candidates, request.sample_size, request.seed)
    warnings = _warnings(request, len(candidates))
    reports.change(order.report, lambda report: transitions.planned(report, len(chosen), warnings, _now()))
    return Plan(divide(chosen, order.options), len(chosen))


def _population(
    pokeapi: PokeApi, request: ReportRequest, types: dict[str, int], generations: dict[str, int]
) -> list[PokemonRef]:
    return population(
        pokeapi.type(types[request.type]).pokemon if request.type else pokeapi.all_pokemon(),
        generation=pokeapi.generation(generations[request.generation]) if request.generation else None,
        species_names=pokeapi.species_names() if request.generation else frozenset(),
        include_forms=request.include_forms,
    )


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
