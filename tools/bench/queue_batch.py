"""Reports on Azure's own host with different values of ``controlQueueBatchSize``.

That is how many messages of a control queue the Durable extension receives at a time: at most 32, the limit
of one request to Queue Storage. The values alternate, and each run has a system of its own: a cold report of
all Pokémon, a warm one, and warm reports at once.

Needs Azure Functions Core Tools (`func`) on the PATH.

    HOST=func python -m tools.bench.queue_batch --values 8 16 32 --rounds 3
"""

import argparse
from collections import defaultdict
from statistics import median

from tools.bench.harness import (
    REALISTIC_POKEAPI,
    ReportApi,
    print_line,
    print_table,
    running_replica,
    running_system,
)
from tools.bench.many_reports import create_reports, duration, ends_of
from tools.local import hosts

SETTING = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__controlQueueBatchSize"
MOST_MESSAGES = 32
REPORTS = 20
SAMPLE = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--values", type=int, nargs="+", default=[8, 16, 32])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each value for each median")
    options = parser.parse_args()
    if not all(1 <= value <= MOST_MESSAGES for value in options.values):
        parser.error(f"--values must be from 1 to {MOST_MESSAGES}; got {options.values}")
    if hosts.selected() != hosts.FUNC:
        parser.error("controlQueueBatchSize is a setting of Azure's host. Set HOST=func.")
    results: dict[int, list[tuple[float, ...]]] = defaultdict(list)
    with running_replica(*REALISTIC_POKEAPI) as pokeapi_url:
        for _ in range(options.rounds):
            for value in options.values:
                results[value].append(measure(pokeapi_url, value))
                print_line(f"{value}: {results[value][-1]}")
    print_table(
        ["`controlQueueBatchSize`", "1,351 cold", "1,351 warm", f"{REPORTS} reports of {SAMPLE}, warm"],
        [(str(value), *map(median, zip(*runs, strict=True))) for value, runs in results.items()],
    )


def measure(pokeapi_url: str, value: int) -> tuple[float, ...]:
    """The seconds of the cold report, of the warm one, and of the reports at once."""
    settings = {**hosts.UNLIMITED_SETTINGS, SETTING: str(value)}
    with running_system(pokeapi_url, settings) as running:
        api = ReportApi(running)
        api.make(sample_size=1, seed=1)
        cold, warm = (duration(api.make(seed=1)[0]) for _ in range(2))
        ids, _ = create_reports(running, REPORTS, SAMPLE)
        return cold, warm, ends_of(api, ids)[-1]


if __name__ == "__main__":
    main()
