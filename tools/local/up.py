"""``make up``: run the local system until Ctrl-C. Its storage persists between runs."""

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from threading import Event

from tools.local import site, stack
from tools.local.ports import require_free
from tools.local.process import ServerError


def main() -> int:
    parser = argparse.ArgumentParser(prog="make up", description=__doc__)
    parser.add_argument("--port", default="7071", help="port of the function app")
    parser.add_argument("--pokeapi", help="base URL of a PokéAPI to use instead of the replica")
    parser.add_argument("--site-port", default=site.PORT, help="port of the front end")
    parser.add_argument("--folder", type=Path, default=stack.LOCAL_FOLDER, help="folder of logs and storage")
    options = parser.parse_args()
    stopped = Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stopped.set())
    logs, data = options.folder / "up", options.folder / "azurite"
    try:
        require_free(options.port, "PORT")
        require_free(options.site_port, "SITE_PORT")
        with ExitStack() as started:
            running = started.enter_context(
                stack.running(
                    logs,
                    pokeapi_url=options.pokeapi,
                    data=data,
                    port=options.port,
                    settings=site.PRINCIPAL_SETTINGS,
                    on_step=_print,
                )
            )
            # The API works without the front end's packages.
            site_url = (
                started.enter_context(site.running(running, logs, options.site_port, _print))
                if site.is_installed()
                else "not running: run `make web-setup` first"
            )
            _print(
                f"Poke Queue is running.\n"
                f"  site      {site_url}\n"
                f"  reports   {running.api_url}/reports\n"
                f"  health    {running.api_url}/health\n"
                f"  PokéAPI   {running.pokeapi_url}\n"
                f"  storage   {running.storage.blob} (blobs), {running.storage.table} (tables), "
                f"in {data}\n"
                f"  logs      {logs}\n"
                f"Press Ctrl-C to stop."
            )
            while not stopped.wait(1):
                if not running.app.is_running:
                    raise ServerError(
                        f"The function app exited unexpectedly. The end of its log in {logs}:\n"
                        f"{running.app.last_lines()}"
                    )
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
