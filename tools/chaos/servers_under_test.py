"""The system under test, each server with a switch: a host dies, storage goes away, PokéAPI misbehaves.

On Azure's host two instances share a task hub; devhost keeps its hub in memory, so there is one. Ports stay
the same from one life of a server to the next, so that whoever talks to it finds it again.
"""

import random
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import requests

from tools.local import emulators, hosts
from tools.local.emulators import Storage
from tools.local.process import Server

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

AT_ONCE = {"LAST_LOOK_AFTER_SECONDS": "1"}
"""For devhost, on which nothing is invisible."""

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

    def __init__(
        self,
        folder: Path,
        seed: int,
        latency_ms: float,
        settings: dict[str, str],
        stopping: ExitStack,
    ) -> None:
        self.on_azures_host = hosts.selected() == hosts.FUNC
        self._settings = SETTINGS | (settings if self.on_azures_host else AT_ONCE)
        self._folder = folder
        self._latency_ms = latency_ms
        self._lives = 0
        self._storage_ports = [str(port) for port in _free_ports(3)]
        ports = [str(port) for port in _free_ports(2 if self.on_azures_host else 1)]
        self._hosts: dict[str, Server] = {}
        self._to_kill = cycle(ports)
        self._to_ask = cycle(ports)
        self._ports = ports
        self.troubles: list[Trouble] = []
        self.ended_by_itself = 0
        # What is stopped is what runs by then, which is not what was started first.
        stopping.callback(lambda: self._azurite.stop())
        self.start_storage()
        # What the app keeps of PokéAPI's answers is stale so soon that every report meets its faults.
        switches = ("--seed", str(seed), "--latency-ms", str(latency_ms), "--max-age", "1")
        replica = emulators.replica(folder / "replica.log", *switches)
        stopping.callback(replica.stop)
        (self._pokeapi_url,) = replica.start()
        stopping.callback(self._stop_hosts)
        self.start_host()

    def start_storage(self) -> None:
        self._azurite = emulators.azurite(self._log("azurite"), self._folder / "data", self._storage_ports)
        self.storage = Storage(*self._azurite.start())

    def stop_storage(self) -> None:
        """As an operator would: what was acknowledged is on disk."""
        self._azurite.stop()

    def start_host(self) -> None:
        """Start each instance of the app that does not run."""
        for port in self._ports:
            if port not in self._hosts or not self._hosts[port].is_running:
                host = hosts.function_app(
                    self._log("host"),
                    self.storage,
                    self._pokeapi_url,
                    port,
                    self._settings,
                    machine=f"instance-{port}",
                )
                host.start()
                self._hosts[port] = host

    def kill_host(self) -> None:
        """SIGKILL one instance, another one each time. The durable engine's memory goes with it."""
        host = self._hosts.pop(next(self._to_kill))
        self.ended_by_itself += not host.is_running
        host.kill()

    @property
    def host_runs(self) -> bool:
        return len(self._hosts) == len(self._ports) and all(host.is_running for host in self._hosts.values())

    @property
    def host_url(self) -> str:
        """Of one of the instances that run, in turn; where none does, where one will be."""
        return self._address(0) or f"http://127.0.0.1:{self._ports[0]}"

    @property
    def durable_url(self) -> str:
        """Lists the durable instances. Raises ConnectionError where no host runs."""
        if url := self._address(1):
            return url
        raise requests.ConnectionError("no host runs")

    def _address(self, which: int) -> str | None:
        for _ in self._ports:
            if host := self._hosts.get(next(self._to_ask)):
                return host.addresses[which]
        return None

    def _stop_hosts(self) -> None:
        for host in self._hosts.values():
            host.stop()

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
        requests.post(url, json={}, timeout=CONTROL_SECONDS).raise_for_status()

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
def running(
    folder: Path, *, seed: int = 0, latency_ms: float = 20, settings: dict[str, str] | None = None
) -> Iterator[System]:
    """The system, until the block ends. ``folder`` gets the logs and the storage's data.

    ``settings`` are for Azure's host.
    """
    with ExitStack() as stopping:
        yield System(folder, seed, latency_ms, settings or {}, stopping)


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
