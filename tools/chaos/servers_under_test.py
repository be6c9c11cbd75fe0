"""The servers under test, and methods that inject a fault into each: host, storage and PokéAPI.

On Azure's host, two instances share a task hub. devhost has a single instance, because its task hub is in
memory. A restarted server has the same port, so its clients can reconnect.
"""

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
from tools.local.ports import reusable_ports
from tools.local.process import ServerProcess
from tools.local.replica_control import set_faults

CONTROL_TIMEOUT_SECONDS = 10
MAX_OPEN_REPORTS = 10
"""Low, so that requests with the same idempotency key are refused and accepted at the same time."""
SETTINGS = {
    "ACTIVITY_FIRST_RETRY_SECONDS": "0.2",
    "POKEAPI_READ_TIMEOUT_SECONDS": "1",
    "POKEAPI_BACKOFF_SECONDS": "0.05",
    "POKEAPI_RETRIES": "2",
    "POKEAPI_PAUSE_SECONDS": "1",
    "SHARD_SIZE": "5",
    "SHARDS_IN_FLIGHT": "3",
    **hosts.UNLIMITED_SETTINGS,
    "MAX_OPEN_REPORTS": str(MAX_OPEN_REPORTS),
}
"""Small shards, so that small reports have several, and short timeouts, so that the app recovers quickly."""

DEVHOST_SETTINGS = {"LAST_LOOK_AFTER_SECONDS": "1"}
"""On devhost, no message is ever invisible."""

CIRCUIT_OPEN_TIME = timedelta(seconds=2)
"""How long requests can fail after PokéAPI recovers: the app's open circuit breaker, and a second."""

NO_FAULTS: dict[str, Any] = {
    "error_rate": 0,
    "hang_rate": 0,
    "garbage_rate": 0,
    "rate_limit": 0,
    "jitter_ms": 0,
    "missing": [],
    "hostile": {},
}


@dataclass
class FaultPeriod:
    """A period with PokéAPI faults, or with the effects of one; ``until`` is None while the fault lasts."""

    since: datetime
    until: datetime | None = None


class ServersUnderTest:
    """Azurite with data on disk, the PokéAPI replica, and the function app. The constructor starts them."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        latency_ms: float,
        settings: dict[str, str],
        stopping: ExitStack,
    ) -> None:
        self.on_azures_host = hosts.selected() == hosts.FUNC
        self._settings = SETTINGS | (settings if self.on_azures_host else DEVHOST_SETTINGS)
        self._folder = folder
        self._latency_ms = latency_ms
        self._log_count = 0
        ports = reusable_ports(5 if self.on_azures_host else 4)
        self._storage_ports, self._ports = ports[:3], ports[3:]
        self._hosts: dict[str, ServerProcess] = {}
        self._next_to_kill = cycle(self._ports)
        self._next_to_request = cycle(self._ports)
        self._fault_periods: list[FaultPeriod] = []
        self.unexpected_exits = 0
        # A lambda, because restarts replace the process.
        stopping.callback(lambda: self._azurite.stop())
        self.start_storage()
        # A short max-age makes the app's cached documents expire, so every report meets PokéAPI's faults.
        switches = ("--seed", str(seed), "--latency-ms", str(latency_ms), "--max-age", "1")
        replica = emulators.replica(folder / "replica.log", *switches)
        stopping.callback(replica.stop)
        (self._pokeapi_url,) = replica.start()
        stopping.callback(self._stop_hosts)
        self.start_host()

    def start_storage(self) -> None:
        self._azurite = emulators.azurite(
            self._new_log("azurite"), self._folder / "data", self._storage_ports
        )
        self.storage = Storage(*self._azurite.start())

    def stop_storage(self) -> None:
        """Stop the storage gracefully: acknowledged writes are on disk."""
        self._azurite.stop()

    def start_host(self) -> None:
        """Start each instance of the app that is not running."""
        for port in self._ports:
            if port not in self._hosts or not self._hosts[port].is_running:
                host = hosts.function_app(
                    self._new_log("host"),
                    self.storage,
                    self._pokeapi_url,
                    port,
                    self._settings,
                    machine=f"instance-{port}",
                )
                host.start()
                self._hosts[port] = host

    def kill_host(self) -> None:
        """Send SIGKILL to an instance, alternating between them. devhost's task hub is lost with it."""
        host = self._hosts.pop(next(self._next_to_kill))
        self.unexpected_exits += not host.is_running
        host.kill()

    @property
    def all_hosts_run(self) -> bool:
        return len(self._hosts) == len(self._ports) and all(host.is_running for host in self._hosts.values())

    @property
    def host_url(self) -> str:
        """The URL of a running instance, alternating between them, or of an instance that will restart."""
        return self._address(0) or f"http://127.0.0.1:{self._ports[0]}"

    @property
    def durable_url(self) -> str:
        """The URL that lists the durable instances. Raises ConnectionError if no host is running."""
        if url := self._address(1):
            return url
        raise requests.ConnectionError("no host is running")

    def set_pokeapi_faults(self, switches: Mapping[str, Any]) -> None:
        """Change the replica's fault switches."""
        self._fault_periods.append(FaultPeriod(datetime.now(UTC)))
        set_faults(self._pokeapi_url, **switches)

    def clear_pokeapi_faults(self) -> None:
        set_faults(self._pokeapi_url, **NO_FAULTS, latency_ms=self._latency_ms)
        for period in self._fault_periods:
            period.until = period.until or datetime.now(UTC) + CIRCUIT_OPEN_TIME

    def pokeapi_had_faults(self, since: datetime, until: datetime) -> bool:
        """Return whether PokéAPI had faults at any time in a period."""
        return any(
            period.since <= until and (period.until is None or period.until >= since)
            for period in self._fault_periods
        )

    def run_timer(self, function: str) -> None:
        """Run one of the app's timer functions now. Raises RequestException if no host is available."""
        url = f"{self.host_url}/admin/functions/{function}"
        requests.post(url, json={}, timeout=CONTROL_TIMEOUT_SECONDS).raise_for_status()

    def _address(self, index: int) -> str | None:
        for _ in self._ports:
            if host := self._hosts.get(next(self._next_to_request)):
                return host.addresses[index]
        return None

    def _stop_hosts(self) -> None:
        for host in self._hosts.values():
            host.stop()

    def _new_log(self, name: str) -> Path:
        """Return a new log file for each start, so that a restart does not overwrite the log of a crash."""
        self._log_count += 1
        return self._folder / f"{self._log_count:03}-{name}.log"


@contextmanager
def running(
    folder: Path, *, seed: int = 0, latency_ms: float = 20, settings: dict[str, str] | None = None
) -> Iterator[ServersUnderTest]:
    """Run the servers for the length of the block, with their logs and the storage's data in ``folder``.

    ``settings`` apply only on Azure's host.
    """
    with ExitStack() as stopping:
        yield ServersUnderTest(folder, seed, latency_ms, settings or {}, stopping)
