"""How many Pokémon an activity should take: time, calls, messages and history of one report by batch width.

One report of each width, of the same Pokémon, by a system of its own with a PokéAPI as slow as the real one.
Messages are those that a durable backend carries: an activity's order and its result, a
sub-orchestration's start and its end, an event, and the report's own start. A history's size is
that of its events as they are handed to the orchestrator at its last episode.

    python -m tools.bench.batch_width --widths 1 5 25 --sample 150 --rounds 3
"""

import argparse
import re
import statistics
from dataclasses import dataclass

import requests

from tools.bench.measuring import REAL_POKEAPI, Api, replica, say, system, table
from tools.local.stack import Stack

ACTIVITY = re.compile(r"invocations: (plan_report|fetch_pokemon|stage_rows|record_progress|publish_report) ")
EPISODE = re.compile(r"(\w+) instance (\S+) replays \d+ events for \d+ new, (\d+) bytes")


@dataclass(frozen=True)
class Width:
    """Of one report: seconds, calls of activities, messages, episodes, and the size of its histories."""

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
    asked = parser.parse_args()
    found: dict[int, list[Width]] = {width: [] for width in asked.widths}
    with replica(*REAL_POKEAPI) as pokeapi_url:
        measure(pokeapi_url, 1, asked.sample)  # the replica makes its documents at their first request
        for _ in range(asked.rounds):
            for width in asked.widths:
                found[width].append(measure(pokeapi_url, width, asked.sample))
    say(f"### Batch width, {asked.sample} Pokémon\n")
    table(
        ["`POKEMON_PER_ACTIVITY`", "s", "activity calls", "messages", "episodes", "history kB"],
        [
            (
                f"{width}",
                statistics.median(one.seconds for one in widths),
                round(statistics.median(one.activities for one in widths)),
                round(statistics.median(one.messages for one in widths)),
                round(statistics.median(one.episodes for one in widths)),
                statistics.median(one.history_bytes for one in widths) / 1000,
            )
            for width, widths in found.items()
        ],
    )


def measure(pokeapi_url: str, width: int, sample: int) -> Width:
    settings = {"POKEMON_PER_ACTIVITY": str(width)}
    with system(pokeapi_url, settings, ["--verbose"]) as running:
        api = Api(running)
        api.make(sample_size=1, seed=2)
        before = len(running.app.output())
        report, seconds = api.make(sample_size=sample, seed=1)
        log = running.app.output()[before:]
        events = _events_raised(running, report["id"])
    episodes = EPISODE.findall(log)
    sizes = {instance: int(size) for _, instance, size in episodes}
    activities = len(ACTIVITY.findall(log))
    shards = len({instance for name, instance, _ in episodes if name == "fetch_shard"})
    return Width(
        seconds, activities, 2 * activities + 2 * shards + events + 1, len(episodes), sum(sizes.values())
    )


def _events_raised(running: Stack, instance_id: str) -> int:
    """How many events an instance was told, from its history."""
    path, _, query = running.durable_url.partition("?")
    answer = requests.get(f"{path}/{instance_id}?showHistory=true&{query}", timeout=60)
    answer.raise_for_status()
    return sum(event["EventType"] == "EventRaised" for event in answer.json()["historyEvents"])


if __name__ == "__main__":
    main()
