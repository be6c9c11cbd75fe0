"""Start the local system's servers in order, and stop them in reverse order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tools.local import emulators, hosts
from tools.local.emulators import Storage
from tools.local.process import REPOSITORY, ServerProcess

LOCAL_FOLDER = REPOSITORY / ".local"


@dataclass(frozen=True)
class Stack:
    """A running system.

    ``api_url`` includes the route prefix. ``durable_url`` lists the durable instances and includes the key.
    Tests stop and start ``app``.
    """

    api_url: str
    durable_url: str
    pokeapi_url: str
    storage: Storage
    app: ServerProcess

    def restarted(self) -> "Stack":
        """The same system with the addresses that the app has since it was restarted."""
        app_url, durable_url = self.app.addresses
        return replace(self, api_url=f"{app_url}/api", durable_url=durable_url)


@contextmanager
def running(
    logs: Path,
    *,
    pokeapi_url: str | None = None,
    replica_switches: Sequence[str] = (),
    data: Path | None = None,
    port: str = emulators.ANY_PORT,
    settings: Mapping[str, str] | None = None,
    app_switches: Sequence[str] = (),
    on_step: Callable[[str], None] = lambda _: None,
) -> Iterator[Stack]:
    """Run the system for the length of the block. Without ``pokeapi_url``, it starts its own replica.

    ``on_step`` is called with a sentence before each step.
    """
    with ExitStack() as started:

        def start(server: ServerProcess) -> list[str]:
            on_step(f"Starting {server.name} ...")
            started.callback(server.stop)
            return server.start()

        if data is None and hosts.selected() == hosts.FUNC:
            # With in-memory storage, Azurite blocks for minutes when it deletes thousands of queue messages.
            data = logs / "azurite"
        storage = Storage(*start(emulators.azurite(logs / "azurite.log", data)))
        if pokeapi_url is None:
            (pokeapi_url,) = start(emulators.replica(logs / "replica.log", *replica_switches))
        app = hosts.function_app(
            logs / "function-app.log", storage, pokeapi_url, port, settings, app_switches
        )
        app_url, durable_url = start(app)
        yield Stack(f"{app_url}/api", durable_url, pokeapi_url, storage, app)
