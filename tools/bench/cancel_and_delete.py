"""Cancel and delete requests on Azure's own Functions host: milliseconds, idle and while a large report runs.

Compares the app with that of an earlier commit if one is given. Each app has a host and a storage of its
own, all of them read the same replica of PokéAPI, and the requests alternate between the apps.

Needs Azure Functions Core Tools (`func`) on the PATH.

    python -m tools.bench.cancel_and_delete --rounds 20 --compare COMMIT
"""

import argparse
import statistics
import time
from collections import defaultdict
from contextlib import ExitStack

import requests

from tools.bench.azure_host import ALL_POKEMON, App, copy_of, create_report, report_seconds, running
from tools.bench.harness import (
    REALISTIC_POKEAPI,
    REQUEST_TIMEOUT_SECONDS,
    VISITOR,
    percentile,
    print_table,
    running_replica,
)
from tools.local.hosts import copy_app

SIZE = 20
MILLISECONDS = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="requests of each kind for each median")
    parser.add_argument("--compare", metavar="COMMIT", help="also measure the app of this commit")
    options = parser.parse_args()
    apps = [App("now", copy_app, create_report, report_seconds)]
    if options.compare:
        apps.append(App(options.compare, copy_of(options.compare), create_report, report_seconds))
    times: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    with ExitStack() as started:
        pokeapi_url = started.enter_context(running_replica(*REALISTIC_POKEAPI))
        urls = {app.name: started.enter_context(running(app, pokeapi_url))[0] for app in apps}
        for url in urls.values():  # not measured: the first requests of a host are slow
            _cancel(url)
            _delete(url)
        for round_number in range(options.rounds):
            for name, url in urls.items():
                times["cancel", "idle", name].append(_cancel(url))
                times["delete", "idle", name].append(_delete(url))
                if round_number % 2:
                    large = create_report(url, ALL_POKEMON)
                    for _ in range(2):
                        times["cancel", "with a report of 1,351", name].append(_cancel(url))
                        times["delete", "with a report of 1,351", name].append(_delete(url))
                    _send("DELETE", f"{url}/reports/{large}")
    print_table(
        ["request", "median, ms", "95th percentile, ms"],
        [
            (f"{kind}, {load}: {name}", statistics.median(values), percentile(values, 0.95))
            for (kind, load, name), values in sorted(times.items())
        ],
    )


def _cancel(url: str) -> float:
    return _send("POST", f"{url}/reports/{create_report(url, SIZE)}/cancel")


def _delete(url: str) -> float:
    return _send("DELETE", f"{url}/reports/{create_report(url, SIZE)}")


def _send(method: str, url: str) -> float:
    """Return the milliseconds until the response."""
    started_at = time.monotonic()
    response = requests.request(method, url, timeout=REQUEST_TIMEOUT_SECONDS, headers=VISITOR)
    milliseconds = (time.monotonic() - started_at) * MILLISECONDS
    response.raise_for_status()
    return milliseconds


if __name__ == "__main__":
    main()
