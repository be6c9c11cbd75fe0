"""Starts the local system in order, and stops it in reverse, whatever happens in between."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tools.local import hosts, servers
from tools.local.server import REPOSITORY, Server
from tools.local.servers import Storage

LOCAL_FOLDER = REPOSITORY / ".local"


@dataclass(frozen=True)
class Stack:
    """``api_url`` ends in the route prefix; ``durable_url`` lists the durable instances, with the key
    that this needs; ``app`` is there to be stopped and started by tests."""

    api_url: str
    durable_url: str
    pokeapi_url: str
    storage: Storage
    app: Server

    def restarted(self) -> "Stack":
        """The same system after its app was stopped and started: it listens elsewhere now."""
        app_url, durable_url = self.app.addresses
        return replace(self, api_url=f"{app_url}/api", durable_url=durable_url)


@contextmanager
def running(
    logs: Path,
    *,
    pokeapi_url: str | None = None,
    replica_switches: Sequence[str] = (),
    data: Path | None = None,
    port: str = servers.NO_PORT,
    settings: Mapping[str, str] | None = None,
    app_switches: Sequence[str] = (),
) -> Iterator[Stack]:
    """The system, until the block ends. Without ``pokeapi_url`` it asks a replica of its own."""
    with ExitStack() as started:

        def start(server: Server) -> list[str]:
            started.callback(server.stop)
            return server.start()

        if data is None and hosts.chosen() == hosts.FUNC:
            # In memory, Azurite stands still for minutes when it removes thousands of queue messages.
            data = logs / "azurite"
        storage = Storage(*start(servers.azurite(logs / "azurite.log", data)))
        if pokeapi_url is None:
            (pokeapi_url,) = start(servers.replica(logs / "replica.log", *replica_switches))
        app = servers.function_app(
            logs / "function-app.log", storage, pokeapi_url, port, settings, app_switches
        )
        app_url, durable_url = start(app)
        yield Stack(f"{app_url}/api", durable_url, pokeapi_url, storage, app)
