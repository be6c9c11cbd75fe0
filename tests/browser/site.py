"""The site under test: the exported front end in front of the whole system."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.local import site as local_site
from tools.local import stack
from tools.local.hosts import UNLIMITED_SETTINGS
from tools.local.ports import free_port
from tools.local.replica_control import set_faults

TIMEOUT_MILLISECONDS = 30_000
SETTINGS = {
    # Fail at once if PokéAPI fails.
    "ACTIVITY_ATTEMPTS": "1",
    "POKEAPI_RETRIES": "0",
    "POKEAPI_PAUSE_AFTER_FAILURES": "10000",
    # On a slow machine, many reports are in progress at once; none of them may be refused.
    **UNLIMITED_SETTINGS,
}


@dataclass
class Site:
    url: str
    stack: stack.Stack

    def configure_pokeapi(self, **faults: Any) -> None:
        """Change the faults that the PokéAPI replica injects."""
        set_faults(self.stack.pokeapi_url, **faults)


@contextmanager
def running(logs: Path) -> Iterator[Site]:
    """Run the site on free ports. The app keeps its port when it restarts.

    PokéAPI responses are not cached, so each test sees the faults that it configures.
    """
    settings = SETTINGS | local_site.PRINCIPAL_SETTINGS
    with (
        stack.running(
            logs, port=str(free_port()), settings=settings, replica_switches=("--max-age", "0")
        ) as running_stack,
        local_site.running(running_stack, logs, str(free_port())) as url,
    ):
        yield Site(url, running_stack)
