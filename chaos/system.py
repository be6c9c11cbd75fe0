"""The system under test, each server with a switch: the host dies, storage goes away, PokéAPI misbehaves.

Ports stay the same from one life of a server to the next, so that whoever talks to it finds it again.
"""

import random
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from local import servers
from local.server import Server
from local.servers import Storage

CONTROL_SECONDS = 10
SETTINGS = {
    "ACTIVITY_FIRST_RETRY_SECONDS": "0.2",
    "POKEAPI_READ_TIMEOUT_SECONDS": "1",
    "POKEAPI_BACKOFF_SECONDS": "0.05",
    "POKEAPI_RETRIES": "2",
    "POKEAPI_PAUSE_SECONDS": "1",
    "SHARD_SIZE": "5",
    "SHARDS_IN_FLIGHT": "3",
    "MAX_OPEN_REPORTS": "10000",
}
"""Small shards, so that small reports have several; short patience, so that a fault is soon over."""

LEFT_ALONE = timedelta(seconds=2)
"""How long a PokéAPI that misbehaved may still be kept from answering: the app's pause, and a second."""

CALM: dict[str, Any] = {
    "error_rate": 0,
    "hang_rate": 0,
    "garbage_rate": 0,
    "rate_limit": 0,
    "jitter_ms": 0,
    "missing": [],
}
PORTS = range(15_000, 30_000)
"""Below those that systems give to outgoing connections: nobody takes a port while its server is down."""


@dataclass
class Trouble:
    """A time in which PokéAPI misbehaved, or was left alone for it; ``until`` is None while it does."""

    since: datetime
    until: datetime | None = None


class System:
    """Azurite on a folder of its own, the PokéAPI replica, and the function app; all up once made."""

    def __init__(self, folder: Path, seed: int, latency_ms: float, stopping: ExitStack) -> None:
        self._folder = folder
        self._latency_ms = latency_ms
        self._lives = 0
        self._storage_ports = [str(port) for port in _free_ports(3)]
        (self._app_port,) = (str(port) for port in _free_ports(1))
        self.troubles: list[Trouble] = []
        self.ended_by_itself = 0
        # What is stopped is what runs by then, which is not what was started first.
        stopping.callback(lambda: self._azurite.stop())
        self.start_storage()
        # What the app keeps of PokéAPI's answers is stale so soon that every report meets its faults.
        switches = ("--seed", str(seed), "--latency-ms", str(latency_ms), "--max-age", "1")
        replica = servers.replica(folder / "replica.log", *switches)
        stopping.callback(replica.stop)
        (self._pokeapi_url,) = replica.start()
        stopping.callback(lambda: self._host.stop())
        self.start_host()

    def start_storage(self) -> None:
        self._azurite = servers.azurite(self._log("azurite"), self._folder / "data", self._storage_ports)
        self.storage = Storage(*self._azurite.start())

    def stop_storage(self) -> None:
        """As an operator would: what was acknowledged is on disk."""
        self._azurite.stop()

    def start_host(self) -> None:
        log = self._log("host")
        self._host: Server = servers.function_app(
            log, self.storage, self._pokeapi_url, self._app_port, SETTINGS
        )
        self.host_url, self.durable_url = self._host.start()

    def kill_host(self) -> None:
        """SIGKILL: the durable engine's memory goes with it."""
        self.ended_by_itself += not self._host.is_running
        self._host.kill()

    @property
    def host_runs(self) -> bool:
        return self._host.is_running

    def misbehave(self, switches: Mapping[str, Any]) -> None:
        """Change the replica's switches; until ``behave`` this counts as trouble."""
        self.troubles.append(Trouble(datetime.now(UTC)))
        self._switch(switches)

    def behave(self) -> None:
        self._switch(CALM | {"latency_ms": self._latency_ms})
        for trouble in self.troubles:
            trouble.until = trouble.until or datetime.now(UTC) + LEFT_ALONE

    def run_now(self, timer: str) -> None:
        """Run one of the app's timer functions, on top of its schedule; fails where the host is away."""
        url = f"{self.host_url}/admin/functions/{timer}"
        requests.post(url, timeout=CONTROL_SECONDS).raise_for_status()

    def troubled(self, since: datetime, until: datetime) -> bool:
        """Whether PokéAPI misbehaved at any time between the two."""
        return any(
            trouble.since <= until and (trouble.until is None or trouble.until >= since)
            for trouble in self.troubles
        )

    def _switch(self, switches: Mapping[str, Any]) -> None:
        url = self._pokeapi_url.removesuffix("/api/v2") + "/replica/faults"
        requests.post(url, json=dict(switches), timeout=CONTROL_SECONDS).raise_for_status()

    def _log(self, name: str) -> Path:
        """A log for each life, or the reason of a death would go with it."""
        self._lives += 1
        return self._folder / f"{self._lives:03}-{name}.log"


@contextmanager
def running(folder: Path, *, seed: int = 0, latency_ms: float = 20) -> Iterator[System]:
    """The system, until the block ends. ``folder`` gets the logs and the storage's data."""
    with ExitStack() as stopping:
        yield System(folder, seed, latency_ms, stopping)


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            break
    return found
