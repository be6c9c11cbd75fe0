"""What a month costs: the tables of ``docs/cost.md``, computed.

Executions follow from the code, by running its fan-out without an engine; what is estimated or a price is a
constant here, and nothing was looked up. ``docs/cost.md`` says where each comes from.

    python -m tools.bench.cost
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from domain.fan_out import ReportFanOut, ShardFanOut, divide
from domain.messages import ExecutionOptions, FetchedPokemon, FetchPokemon, GenerateReport, Plan, Receipt, Row
from domain.pokedex import PokemonRef
from domain.report import ReportRequest

POKEMON = 150
REPORTS = (0, 1_000, 100_000)
MINUTES = 43_200  # of a month of 30 days: rounds of the reconciler

# Estimated.
MOST_RECORDINGS = 15
POLLS = 30
SECONDS_ALONE, SECONDS_IN_COMPANY = 15, 7.5
TRANSACTIONS_PER_CALL, TRANSACTIONS_PER_EVENT, OTHER_TRANSACTIONS = 8, 5, 150
QUEUES, TABLES, BLOB_WRITES, BLOB_READS = 0.6, 0.35, 0.025, 0.025
IDLE_LEASES_PER_ROUND, OTHER_IDLE_TRANSACTIONS = 10, 0.10
HOST_SAMPLED = 0.1
EVENT_KB, REQUEST_KB = 1.0, 1.2
CSV_KB, CSV_DAYS = 60, 30 + 7

# US dollars, to be checked.
SITE, ALERTS = 9.00, 7 * 0.50
PER_EXECUTION, FREE_EXECUTIONS = 0.40 / 1e6, 250_000
PER_GB_SECOND, FREE_GB_SECONDS = 0.000026, 100_000
PER_QUEUE, PER_TABLE, PER_BLOB_WRITE, PER_BLOB_READ = 0.004e-4, 0.00036e-4, 0.055e-4, 0.0055e-4
PER_GB_OF_LOGS, FREE_GB_OF_LOGS = 2.76, 5
PER_GB_STORED = 0.02
GB_OF_MEMORY = 2


@dataclass(frozen=True)
class OneReport:
    """What one report of ``POKEMON`` Pokémon sets in motion."""

    shards: int
    calls: int
    progress: int
    """Events by which shards tell their progress."""

    @property
    def recordings(self) -> int:
        return min(self.progress, MOST_RECORDINGS)

    @property
    def activities(self) -> int:
        return 1 + self.calls + self.shards + self.recordings + 1

    @property
    def episodes_of_shards(self) -> int:
        """At most: one for the start of each, and one for each completion."""
        return self.shards + self.calls + self.shards

    @property
    def episodes_of_report(self) -> int:
        return 1 + 1 + self.progress + self.shards + self.recordings + 1

    @property
    def requests(self) -> int:
        return 1 + POLLS + 1

    @property
    def executions(self) -> int:
        return self.activities + self.episodes_of_shards + self.episodes_of_report + self.requests

    @property
    def transactions(self) -> int:
        return (
            self.calls * TRANSACTIONS_PER_CALL + self.progress * TRANSACTIONS_PER_EVENT + OTHER_TRANSACTIONS
        )

    @property
    def transactions_cost(self) -> float:
        each = (
            QUEUES * PER_QUEUE
            + TABLES * PER_TABLE
            + BLOB_WRITES * PER_BLOB_WRITE
            + BLOB_READS * PER_BLOB_READ
        )
        return self.transactions * each

    @property
    def log_kb(self) -> float:
        events = 1 + 1 + self.shards + 1 + 1
        return events * EVENT_KB + self.executions * HOST_SAMPLED * REQUEST_KB


@dataclass(frozen=True)
class Month:
    reports: int
    report: OneReport

    @property
    def executions(self) -> float:
        return _beyond(self.reports * self.report.executions + MINUTES, FREE_EXECUTIONS) * PER_EXECUTION

    @property
    def seconds(self) -> float:
        """How long a report keeps an instance busy."""
        return SECONDS_ALONE if self.reports <= 1_000 else SECONDS_IN_COMPANY

    @property
    def gb_seconds(self) -> float:
        used = (self.reports * self.seconds + MINUTES) * GB_OF_MEMORY
        return _beyond(used, FREE_GB_SECONDS) * PER_GB_SECOND

    @property
    def idle_transactions(self) -> float:
        return MINUTES * IDLE_LEASES_PER_ROUND * PER_BLOB_WRITE + OTHER_IDLE_TRANSACTIONS

    @property
    def transactions(self) -> float:
        return self.idle_transactions + self.reports * self.report.transactions_cost

    @property
    def log_gb(self) -> float:
        return (self.reports * self.report.log_kb + MINUTES * (EVENT_KB + REQUEST_KB)) / 1e6

    @property
    def logs(self) -> float:
        return _beyond(self.log_gb, FREE_GB_OF_LOGS) * PER_GB_OF_LOGS

    @property
    def stored(self) -> float:
        return self.reports * CSV_KB / 1e6 * CSV_DAYS / 30 * PER_GB_STORED

    @property
    def total(self) -> float:
        return SITE + ALERTS + self.executions + self.gb_seconds + self.transactions + self.logs + self.stored


def one_report(options: ExecutionOptions) -> OneReport:
    """Walk through the fan-out as the orchestrators do, with every Pokémon fetched at once."""
    pokemon = tuple(PokemonRef(number, f"pokemon-{number}") for number in range(1, POKEMON + 1))
    request = ReportRequest(None, None, include_forms=True, sample_size=None, seed=1, columns=("id",))
    fan_out = ReportFanOut(
        GenerateReport("id", "owner", request, options), Plan(divide(pokemon, options), POKEMON)
    )
    shards = calls = progress = 0
    while started := fan_out.start_next():
        for shard in started:
            shards += 1
            of_shard = ShardFanOut(shard)
            while group := of_shard.start_next():
                calls += len(group)
                for call in group:
                    of_shard.fetched(call, _fetched(call))
                    progress += of_shard.progress_to_tell() is not None
            fan_out.ended(Receipt(shard.index, block_id=None, rows=len(shard.pokemon)))
    return OneReport(shards, calls, progress)


def _fetched(call: FetchPokemon) -> FetchedPokemon:
    return FetchedPokemon(rows=tuple(Row(one.id, (str(one.id),)) for one in call.pokemon))


def _beyond(used: float, free: float) -> float:
    return max(0, used - free)


def month_table(report: OneReport) -> Iterator[str]:
    months = [Month(reports, report) for reports in REPORTS]
    yield "| a month of | nothing | 1,000 reports | 100,000 reports |"
    yield "|---|---:|---:|---:|"
    for title, costs in (
        ("Static Web App, Standard", [SITE] * 3),
        ("alert rules, 7 × 0.50", [ALERTS] * 3),
        ("function executions", [month.executions for month in months]),
        ("function GB-seconds", [month.gb_seconds for month in months]),
        ("storage transactions", [month.transactions for month in months]),
        ("logs beyond the free 5 GB", [month.logs for month in months]),
        ("storage of CSVs", [month.stored for month in months]),
    ):
        yield f"| {title} | {' | '.join(f'{cost:.2f}' for cost in costs)} |"
    yield f"| **together, about** | {' | '.join(f'**{month.total:.0f}**' for month in months)} |"


def executions_table(report: OneReport) -> Iterator[str]:
    yield "| | executions |"
    yield "|---|---:|"
    yield (
        f"| activities: 1 plan, {report.calls} fetch, {report.shards} stage, {report.recordings} record, "
        f"1 publish | {report.activities} |"
    )
    yield (
        "| orchestrator episodes, at most: one for every start, completion and event, "
        f"{report.episodes_of_shards} in the shards and {report.episodes_of_report} in the report | "
        f"{report.episodes_of_shards + report.episodes_of_report} |"
    )
    yield f"| HTTP: create, download, and {POLLS} polls | {report.requests} |"
    yield f"| **together, at most** | **{report.executions}** |"


def arithmetic_table(report: OneReport) -> Iterator[str]:
    months = [Month(reports, report) for reports in REPORTS[1:]]

    def row(title: str, *cells: str) -> str:
        return f"| {title} | {' | '.join(cells)} |"

    yield row("", "1,000", "100,000")
    yield "|---|---|---|"
    yield row(
        "executions",
        *(
            f"({month.reports * report.executions / 1e6:.2f} + {MINUTES / 1e6:.2f} − "
            f"{FREE_EXECUTIONS / 1e6:.2f}) million × 0.40 = {month.executions:.2f}"
            for month in months
        ),
    )
    yield row(
        "GB-s",
        *(
            f"({month.reports * month.seconds * GB_OF_MEMORY:,.0f} + {MINUTES * GB_OF_MEMORY:,} − "
            f"{FREE_GB_SECONDS:,}) × 0.000026 = {month.gb_seconds:.2f}"
            for month in months
        ),
    )
    yield row(
        "transactions",
        *(
            f"{month.idle_transactions:.2f} + {month.transactions - month.idle_transactions:.2f}"
            for month in months
        ),
    )
    yield row(
        "logs",
        *(f"{month.log_gb:.2f} GB, of which 5 are free: {month.logs:.2f}" for month in months),
    )


def batches_row(report: OneReport) -> str:
    month = Month(REPORTS[-1], report)
    return (
        f"| `tuning = {{ pokemon_per_activity = 10 }}` | {report.calls} fetches instead of {POKEMON}, and "
        f"{report.progress} progress events: {report.executions} executions and {report.transactions} "
        f"transactions a report. Executions {month.executions:.2f}, transactions {month.transactions:.2f}. "
        "Retries are coarser |"
    )


def lines() -> Iterator[str]:
    """Every computed line of ``docs/cost.md``."""
    usual = one_report(ExecutionOptions())
    yield from month_table(usual)
    yield ""
    yield from executions_table(usual)
    yield ""
    yield from arithmetic_table(usual)
    yield ""
    yield batches_row(one_report(ExecutionOptions(pokemon_per_activity=10)))


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
