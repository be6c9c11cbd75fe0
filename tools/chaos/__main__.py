"""``make chaos``: inject faults under load, check the invariants, and print both in tables.

Exit codes: 0 if all invariants hold, 1 if there are violations, 2 if the run fails.
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType

from tools.chaos.client import TOO_MANY
from tools.chaos.faults import count_and_seconds
from tools.chaos.findings import Invariant
from tools.chaos.run import AbortedRunError, RunResult, run
from tools.local.process import ServerError

MAX_LISTED_VIOLATIONS = 50
WIDTH = 62


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.chaos", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, help="seed of faults and clients (default: random)")
    parser.add_argument(
        "--minutes", type=float, default=2, help="duration of fault injection (default: %(default)s)"
    )
    parser.add_argument("--logs", type=Path, help="an empty folder for logs and the storage's data")
    options = parser.parse_args(arguments)
    if options.logs and options.logs.exists() and any(options.logs.iterdir()):
        parser.error(f"--logs must be an empty folder; {options.logs} is not empty")
    seed = random.SystemRandom().randrange(100_000) if options.seed is None else options.seed
    signal.signal(signal.SIGTERM, _interrupt)
    folder = options.logs or Path(tempfile.mkdtemp(prefix="chaos-"))
    _print(f"Chaos with seed {seed} for {options.minutes:g} minutes. Logs are in {folder}.\n")
    all_hold = False
    try:
        result = run(folder, seed, options.minutes * 60, _print)
        all_hold = not result.findings.violations
        _print(table(result))
    except (AbortedRunError, ServerError) as error:
        _print(f"The run failed: {error}\n")
        return 2
    except KeyboardInterrupt:
        _print("Interrupted.\n")
        return 130
    finally:
        _print(f"To repeat this run: make chaos SEED={seed} MINUTES={options.minutes:g}\n")
        if all_hold and not options.logs:
            shutil.rmtree(folder)
    return 0 if all_hold else 1


def table(result: RunResult) -> str:
    """Format the injected faults, the checks and the violations."""
    findings, known = result.findings, result.ledger.known()
    responses = ", ".join(f"{status}: {count}" for status, count in sorted(findings.responses.items()))
    lines = [
        "",
        f"{'fault':{WIDTH}}{'count':>8}{'seconds':>11}",
        *(
            f"{name:{WIDTH}}{count:8}{seconds:11.0f}"
            for name, (count, seconds) in count_and_seconds(result.lanes).items()
        ),
        "",
        f"{'invariant':{WIDTH}}{'checks':>8}{'violations':>11}",
        *(
            f"{invariant.value:{WIDTH}}{findings.checked[invariant]:8}"
            f"{sum(violation.invariant is invariant for violation in findings.violations):11}"
            for invariant in Invariant
        ),
        "",
        f"{len(known)} reports accepted, {_refusals(result)}",
        f"{result.actions} client actions; responses by status: {responses}",
        f"outcomes: {_outcomes(result)}",
        f"settled {result.settle_seconds:.0f} s after the last fault",
        *(f"VIOLATION {violation}" for violation in findings.violations[:MAX_LISTED_VIOLATIONS]),
        f"{len(findings.violations)} violations" if findings.violations else "All invariants hold.",
        "",
    ]
    return "\n".join(lines)


def _refusals(result: RunResult) -> str:
    ledger = result.ledger
    requests, accepted = len(ledger.refused), len(ledger.refused & ledger.possible)
    return (
        f"{result.findings.responses[str(TOO_MANY)]} refusals "
        f"of {requests} requests, {accepted} of which were repeated and not refused"
    )


def _outcomes(result: RunResult) -> str:
    outcomes = Counter(
        "deleted" if report.delete else report.outcome["status"] if report.outcome else "unknown"
        for report in result.ledger.known()
    )
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's signature
    # An exception, so that the context managers stop the servers.
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
