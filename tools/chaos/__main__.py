"""``make chaos``: a run of chaos, its faults and its invariants in a table, and 1 for any breach."""

import argparse
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tools.chaos.faults import seconds_and_times
from tools.chaos.findings import Rule
from tools.chaos.run import BrokenRunError, Outcome, run
from tools.local.process import ServerError

MOST_BREACHES = 50
WIDTH = 62


def main(arguments: list[str] | None = None) -> int:
    """0: everything held. 1: breaches, each named. 2: the run did not come about."""
    parser = argparse.ArgumentParser(prog="python -m tools.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="decides faults and clients; one is drawn without it")
    parser.add_argument("--minutes", type=float, default=2, help="how long faults are injected")
    parser.add_argument(
        "--logs", type=Path, help="an empty folder that keeps the servers' logs and the storage"
    )
    asked = parser.parse_args(arguments)
    if asked.logs and asked.logs.exists() and any(asked.logs.iterdir()):
        parser.error(f"{asked.logs} is not empty: a run begins with an empty storage, which is kept there")
    seed = random.SystemRandom().randrange(100_000) if asked.seed is None else asked.seed
    signal.signal(signal.SIGTERM, _end)
    folder = asked.logs or Path(tempfile.mkdtemp(prefix="chaos-"))
    _say(f"Chaos with seed {seed} for {asked.minutes:g} minutes; the logs are in {folder}.\n")
    held = False
    try:
        outcome = run(folder, seed, asked.minutes * 60, _say)
        held = not outcome.findings.breaches
        _say(table(outcome))
    except (BrokenRunError, ServerError) as fault:
        _say(f"The run broke down: {fault}\n")
        return 2
    except KeyboardInterrupt:
        _say("Stopped.\n")
        return 130
    finally:
        _say(f"Seed {seed}. Repeat it: make chaos SEED={seed} MINUTES={asked.minutes:g}\n")
        if held and not asked.logs:
            shutil.rmtree(folder)
    return 0 if held else 1


def table(outcome: Outcome) -> str:
    """What was done to the system, what it answered, and what held."""
    findings, known = outcome.findings, outcome.ledger.known()
    answers = ", ".join(f"{how}: {count}" for how, count in sorted(findings.answers.items()))
    lines = [
        "",
        f"{'fault':{WIDTH}}{'times':>8}{'seconds':>9}",
        *(
            f"{name:{WIDTH}}{times:8}{seconds:9.0f}"
            for name, (times, seconds) in seconds_and_times(outcome.lanes).items()
        ),
        "",
        f"{'invariant':{WIDTH}}{'checked':>8}{'breaches':>9}",
        *(
            f"{rule.value:{WIDTH}}{findings.checked[rule]:8}"
            f"{sum(breach.rule is rule for breach in findings.breaches):9}"
            for rule in Rule
        ),
        "",
        f"{len(known)} reports accepted, {outcome.deeds} deeds of clients; answers {answers}",
        f"ends: {_ends(outcome)}",
        f"settled {outcome.settled_after_seconds:.0f} s after the last fault",
        *(f"BREACH {breach}" for breach in findings.breaches[:MOST_BREACHES]),
        f"{len(findings.breaches)} breaches" if findings.breaches else "Everything held.",
        "",
    ]
    return "\n".join(lines)


def _ends(outcome: Outcome) -> str:
    ends: dict[str, int] = {}
    for told in outcome.ledger.known():
        end = "deleted" if told.delete else told.outcome["status"] if told.outcome else "unknown"
        ends[end] = ends.get(end, 0) + 1
    return ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's signature
    # So that the servers are stopped on the way out.
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
