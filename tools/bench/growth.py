"""How time, memory and replay grow with the number of Pokémon.

Each size has its own system, a synthetic dataset without latency, and a report of every Pokémon, so that only
the system itself takes time. Replay is counted from the host's log: an episode is one execution of an
orchestrator over all events of its history so far.

    python -m tools.bench.growth --sizes 1351 13510 54040
"""

import argparse
import re
from dataclasses import dataclass

from tools.bench.harness import (
    ProcessStats,
    ReportApi,
    print_line,
    print_table,
    running_replica,
    running_system,
)

EPISODE = re.compile(r"(\w+) instance \S+ replays (\d+) events for (\d+) new, (\d+) bytes")


@dataclass(frozen=True)
class Growth:
    """Measurements of a report: duration, the host's peak memory and CPU time, and its orchestrators'
    episodes, replayed and new events, and bytes of history.
    """

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
    results = [measure(size) for size in sizes]
    base = results[0]
    print_line("### Growth\n")
    print_table(
        ["Pokémon", "s", "ms each", "ratio", "CPU ms each", "peak MB", "ratio"],
        [
            (
                f"{growth.pokemon:,}",
                growth.seconds,
                1000 * growth.seconds / growth.pokemon,
                growth.seconds / growth.pokemon / (base.seconds / base.pokemon),
                1000 * growth.cpu_seconds / growth.pokemon,
                growth.peak_mb,
                growth.peak_mb / base.peak_mb,
            )
            for growth in results
        ],
    )
    print_table(
        ["Pokémon", "episodes each", "events each", "history kB each"],
        [
            (
                f"{growth.pokemon:,}",
                growth.episodes / growth.pokemon,
                growth.events / growth.pokemon,
                growth.bytes / growth.pokemon / 1000,
            )
            for growth in results
        ],
    )


def measure(size: int) -> Growth:
    with (
        running_replica("--synthetic", str(size)) as pokeapi_url,
        running_system(pokeapi_url, app_switches=["--verbose"]) as running,
    ):
        api, stats = ReportApi(running), ProcessStats.of(running.app)
        api.make(sample_size=1, seed=1)
        stats.reset_peak()
        log_length, cpu_before = len(running.app.output()), stats.cpu_seconds
        report, seconds = api.make()
        if report["result"]["rows"] != size:
            raise SystemExit(f"The report does not have {size} rows: {report}")
        cpu_seconds = stats.cpu_seconds - cpu_before
        log = running.app.output()[log_length:]
        episodes = [match.groups() for match in EPISODE.finditer(log)]
        if not episodes:
            raise SystemExit("The host's log has no episodes. Does EPISODE match its format?")
        print_line(f"{size:,} Pokémon: {seconds:.1f} s, {stats.peak_mb:.0f} MB")
        return Growth(
            pokemon=size,
            seconds=seconds,
            peak_mb=stats.peak_mb,
            cpu_seconds=cpu_seconds,
            episodes=len(episodes),
            events=sum(int(past) + int(new) for _, past, new, _ in episodes),
            bytes=sum(int(size) for *_, size in episodes),
        )


if __name__ == "__main__":
    main()
