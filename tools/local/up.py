"""``make up``: the local system, kept running for a person, with its storage kept between runs."""

import argparse
import signal
import sys
from contextlib import ExitStack
from threading import Event

from tools.local import site, stack
from tools.local.server import ServerError


def main() -> int:
    parser = argparse.ArgumentParser(prog="make up", description=__doc__)
    parser.add_argument("--port", default="7071", help="where the function app listens")
    parser.add_argument("--pokeapi", help="a PokéAPI to ask instead of the replica")
    parser.add_argument("--site-port", default=site.PORT, help="where the front end listens")
    asked = parser.parse_args()
    stopped = Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stopped.set())
    logs, data = stack.LOCAL_FOLDER / "up", stack.LOCAL_FOLDER / "azurite"
    try:
        with ExitStack() as started:
            running = started.enter_context(
                stack.running(
                    logs,
                    pokeapi_url=asked.pokeapi,
                    data=data,
                    port=asked.port,
                    settings=site.PRINCIPAL_SETTINGS,
                )
            )
            # Whoever wants the API alone need not install the front end's packages.
            site_url = (
                started.enter_context(site.running(running, logs, asked.site_port))
                if site.is_installed()
                else "not served: its packages are not installed"
            )
            sys.stdout.write(
                f"Poke Queue is up.\n"
                f"  site      {site_url}\n"
                f"  reports   {running.api_url}/reports\n"
                f"  health    {running.api_url}/health\n"
                f"  PokéAPI   {running.pokeapi_url}\n"
                f"  storage   {running.storage.blob} (blobs), {running.storage.table} (tables), "
                f"kept in {data}\n"
                f"  logs      {logs}\n"
                f"Ctrl-C stops it.\n"
            )
            sys.stdout.flush()
            while not stopped.wait(1):
                if not running.app.is_running:
                    sys.stderr.write(f"The function app ended; its log is in {logs}.\n")
                    return 1
    except ServerError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
