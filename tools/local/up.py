"""``make up``: run the local system until Ctrl-C. Its storage persists between runs."""

import argparse
import signal
import sys
from contextlib import ExitStack
from threading import Event

from tools.local import site, stack
from tools.local.process import ServerError


def main() -> int:
    parser = argparse.ArgumentParser(prog="make up", description=__doc__)
    parser.add_argument("--port", default="7071", help="port of the function app")
    parser.add_argument("--pokeapi", help="base URL of a PokéAPI to use instead of the replica")
    parser.add_argument("--site-port", default=site.PORT, help="port of the front end")
    options = parser.parse_args()
    stopped = Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stopped.set())
    logs, data = stack.LOCAL_FOLDER / "up", stack.LOCAL_FOLDER / "azurite"
    try:
        with ExitStack() as started:
            running = started.enter_context(
                stack.running(
                    logs,
                    pokeapi_url=options.pokeapi,
                    data=data,
                    port=options.port,
                    settings=site.PRINCIPAL_SETTINGS,
                )
            )
            # The API works without the front end's packages.
            site_url = (
                started.enter_context(site.running(running, logs, options.site_port))
                if site.is_installed()
                else "not running: run `make web-setup` first"
            )
            sys.stdout.write(
                f"Poke Queue is running.\n"
                f"  site      {site_url}\n"
                f"  reports   {running.api_url}/reports\n"
                f"  health    {running.api_url}/health\n"
                f"  PokéAPI   {running.pokeapi_url}\n"
                f"  storage   {running.storage.blob} (blobs), {running.storage.table} (tables), "
                f"in {data}\n"
                f"  logs      {logs}\n"
                f"Press Ctrl-C to stop.\n"
            )
            sys.stdout.flush()
            while not stopped.wait(1):
                if not running.app.is_running:
                    sys.stderr.write(f"The function app exited unexpectedly. See its log in {logs}.\n")
                    return 1
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
