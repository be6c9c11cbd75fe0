"""Time, calls, messages and history of a report by the number of Pokémon per activity.

Each width has its own system, a PokéAPI with realistic latency, and a report of the same Pokémon. Messages
are those of a durable backend: an activity's input and its result, a sub-orchestration's start and its end,
an event, and the report's own start. A history's size is that of its events in the orchestrator's last
episode.

    python -m tools.bench.batch_width --widths 1 5 25 --sample 150 --rounds 3
"""

import argparse
import re
import statistics
from dataclasses import dataclass

import requests

from tools.bench.harness import (
    REALISTIC_POKEAPI,
    REQUEST_TIMEOUT_SECONDS,
    ReportApi,
    print_line,
    print_table,
    running_replica,
    running_system,
)
from tools.local.stack import Stack

ACTIVITY = re.compile(r"invocations: (plan_report|fetch_pokemon|stage_rows|record_progress|publish_report) ")
EPISODE = re.compile(r"(\w+) instance (\S+) replays \d+ events for \d+ new, (\d+) bytes")


@dataclass(frozen=True)
class Measurement:
    """Measurements of a report: duration, activity calls, messages, episodes, and size of its histories."""

    seconds: float
    activities: int
    messages: int
    episodes: int
    history_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--widths", type=int, nargs="+", default=[1, 5, 25])
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    results: dict[int, list[Measurement]] = {width: [] for width in options.widths}
    with running_replica(*REALISTIC_POKEAPI) as pokeapi_url:
        measure(pokeapi_url, 1, options.sample)  # the replica generates documents at their first request
        for _ in range(options.rounds):
            for width in options.widths:
                results[width].append(measure(pokeapi_url, width, options.sample))
    print_line(f"### Batch width, {options.sample} Pokémon\n")
    print_table(
        ["`POKEMON_PER_ACTIVITY`", "s", "activity calls", "messages", "episodes", "history kB"],
        [
            (
                f"{width}",
                statistics.median(measurement.seconds for measurement in measurements),
                round(statistics.median(measurement.activities for measurement in measurements)),
                round(statistics.median(measurement.messages for measurement in measurements)),
                round(statistics.median(measurement.episodes for measurement in measurements)),
                statistics.median(measurement.history_bytes for measurement in measurements) / 1000,
            )
            for width, measurements in results.items()
        ],
    )


def measure(pokeapi_url: str, width: int, sample: int) -> Measurement:
    settings = {"POKEMON_PER_ACTIVITY": str(width)}
    with running_system(pokeapi_url, settings, ["--verbose"]) as running:
        api = ReportApi(running)
        api.make(sample_size=1, seed=2)
        log_length = len(running.app.output())
        report, seconds = api.make(sample_size=sample, seed=1)
        log = running.app.output()[log_length:]
        events = _raised_events(running, report["id"])
    episodes = EPISODE.findall(log)
    sizes = {instance: int(size) for _, instance, size in episodes}
    activities = len(ACTIVITY.findall(log))
    if not episodes or not activities:
        raise SystemExit("The host's log has no episodes or activities. Do the patterns match its format?")
    shards = len({instance for name, instance, _ in episodes if name == "fetch_shard"})
    return Measurement(
        seconds, activities, 2 * activities + 2 * shards + events + 1, len(episodes), sum(sizes.values())
    )


def _raised_events(running: Stack, instance_id: str) -> int:
    """Return the number of events in an instance's history that were raised from outside."""
    path, _, query = running.durable_url.partition("?")
    url = f"{path}/{instance_id}?showHistory=true&{query}"
    response = requests.get(url, timeout=REQUEST_TIMEOUT_SECONDS)
    response.raise_for_status()
    return sum(event["EventType"] == "EventRaised" for event in response.json()["historyEvents"])


if __name__ == "__main__":
    main()
