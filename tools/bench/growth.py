"""How time, memory and replay grow with the number of Pokémon.

Catalogues made by repeating the real facts, no latency, every Pokémon in one report. Nothing but the system
itself takes time then. Each size has a system of its own. What was replayed is counted from the
host's log: an episode is one run of an orchestrator, over all the events of its history so far.

    python -m tools.bench.growth --sizes 1351 13510 54040
"""

import argparse
import re
from dataclasses import dataclass

from tools.bench.measuring import Api, Process, replica, say, system, table

EPISODE = re.compile(r"(\w+) instance \S+ replays (\d+) events for (\d+) new, (\d+) bytes")


@dataclass(frozen=True)
class Growth:
    """Of one report: seconds from asking to its end, the host's peak of memory and seconds of computing,
    and what its orchestrators did: episodes, events they went through, bytes handed to them."""

    pokemon: int
    seconds: float
    peak_mb: float
    cpu_seconds: float
    episodes: int
    events: int
    bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_351, 13_510, 54_040])
    sizes = parser.parse_args().sizes
    found = [measure(size) for size in sizes]
    least = found[0]
    say("### Growth\n")
    table(
        ["Pokémon", "s", "ms each", "ratio", "CPU ms each", "peak MB", "ratio"],
        [
            (
                f"{one.pokemon:,}",
                one.seconds,
                1000 * one.seconds / one.pokemon,
                one.seconds / one.pokemon / (least.seconds / least.pokemon),
                1000 * one.cpu_seconds / one.pokemon,
                one.peak_mb,
                one.peak_mb / least.peak_mb,
            )
            for one in found
        ],
    )
    table(
        ["Pokémon", "episodes each", "events each", "history kB each"],
        [
            (
                f"{one.pokemon:,}",
                one.episodes / one.pokemon,
                one.events / one.pokemon,
                one.bytes / one.pokemon / 1000,
            )
            for one in found
        ],
    )


def measure(size: int) -> Growth:
    with (
        replica("--synthetic", str(size)) as pokeapi_url,
        system(pokeapi_url, app_switches=["--verbose"]) as running,
    ):
        api, app = Api(running), Process.of(running.app)
        api.make(sample_size=1, seed=1)
        app.forget_peak()
        before, computed = len(running.app.output()), app.cpu_seconds
        report, seconds = api.make()
        if report["result"]["rows"] != size:
            raise SystemExit(f"not every row is there: {report}")
        computed = app.cpu_seconds - computed
        log = running.app.output()[before:]
        episodes = [found.groups() for found in EPISODE.finditer(log)]
        say(f"{size:,} Pokémon: {seconds:.1f} s, {app.peak_mb:.0f} MB")
        return Growth(
            pokemon=size,
            seconds=seconds,
            peak_mb=app.peak_mb,
            cpu_seconds=computed,
            episodes=len(episodes),
            events=sum(int(past) + int(new) for _, past, new, _ in episodes),
            bytes=sum(int(size) for *_, size in episodes),
        )


if __name__ == "__main__":
    main()
