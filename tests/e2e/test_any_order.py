"""The invariants of reports hold after any sequence of events.

Hypothesis draws the sequences from a seed, which is always printed: ``ANY_ORDER_SEED=…`` repeats a run, and
``ANY_ORDER_EXAMPLES=…`` makes it longer. Events are clients' requests, timers, elapsed time, crashes of the
host, and PokéAPI's faults. ``tools.chaos`` has the checks.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Thread
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tools.chaos import invariants, servers_under_test
from tools.chaos.client import ReportClient
from tools.chaos.findings import Findings
from tools.chaos.ledger import Ledger, RequestSpec, TrackedReport
from tools.chaos.load import COLUMNS, FILTERS
from tools.chaos.oracle import Oracle
from tools.chaos.run import build_oracle
from tools.chaos.servers_under_test import ServersUnderTest
from tools.local import hosts

EXAMPLES = int(os.environ.get("ANY_ORDER_EXAMPLES", "6"))
WITH_CRASHES = hosts.selected() == hosts.DEVHOST
"""Azure's host takes a minute after a crash until messages are visible; `test_life` and `test_chaos` cover
it.
"""
STEPS = 14
SETTLE_TIMEOUT_SECONDS = 120
ATTEMPTS = 100
POKEAPI_FAULTS: dict[str, dict[str, object]] = {
    "errors": {"error_rate": 0.4},
    "hangs": {"hang_rate": 0.1},
    "invalid responses": {"garbage_rate": 0.4},
    "a rate limit": {"rate_limit": 20},
    "latency": {"latency_ms": 300},
    "hostile documents": {"hostile": {"pokemon/*": "bad_text", "pokemon-species/*": "deep_json"}},
    "missing Pokémon": {"missing": list(range(1, 1026, 3))},
}

SPECS = st.builds(
    lambda chosen, size, sample_seed, columns: RequestSpec(
        chosen.type, chosen.generation, chosen.include_forms, size, sample_seed, columns
    ),
    st.sampled_from(FILTERS),
    st.sampled_from((1, 6, 12, 20)),
    st.integers(0, 99),
    st.sampled_from(COLUMNS),
)
POSITIONS = st.integers(0, 4)
"""A report's position, counted from the latest."""


class AnyOrder(RuleBasedStateMachine):
    def __init__(self, servers: ServersUnderTest, oracle: Oracle) -> None:
        super().__init__()
        self._servers = servers
        self._oracle = oracle
        self._ledger = Ledger(Findings())
        self._client = ReportClient(servers, self._ledger)
        self._keys = 0

    @initialize(spec=SPECS)
    def create_a_first_report(self, spec: RequestSpec) -> None:
        self._client.create(spec)

    @rule(spec=SPECS)
    def create(self, spec: RequestSpec) -> None:
        self._client.create(spec)

    @rule(spec=SPECS)
    def create_with_a_key(self, spec: RequestSpec) -> None:
        self._keys += 1
        self._client.create(spec, self._key())

    @rule()
    def create_with_the_last_key(self) -> None:
        if self._keys:
            self._client.create(self._ledger.keys[self._key()], self._key())

    @rule(position=POSITIONS)
    def cancel(self, position: int) -> None:
        self._client.cancel(self._report(position))

    @rule(position=POSITIONS)
    def delete(self, position: int) -> None:
        self._client.delete(self._report(position))

    @rule(position=POSITIONS)
    def retry(self, position: int) -> None:
        self._client.retry(self._report(position))

    @rule(position=POSITIONS)
    def retry_only_what_is_missing(self, position: int) -> None:
        self._client.retry(self._report(position), only_missing=True)

    @rule(position=POSITIONS)
    def show_and_download(self, position: int) -> None:
        self._client.show(self._report(position))
        self._client.download(self._report(position))

    @rule(position=POSITIONS)
    def share(self, position: int) -> None:
        self._client.share(self._report(position))

    @rule(position=POSITIONS)
    def revoke(self, position: int) -> None:
        self._client.revoke(self._report(position))

    @rule(position=POSITIONS)
    def open_links(self, position: int) -> None:
        self._client.open_links(self._report(position))

    @rule()
    def list(self) -> None:
        self._client.list()

    @rule()
    def reconcile(self) -> None:
        self._client.run_timer("reconcile_reports")

    @rule(position=POSITIONS)
    def expire(self, position: int) -> None:
        self._client.expire(self._report(position))

    @rule(seconds=st.sampled_from((0.05, 0.2, 0.5)))
    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    @precondition(lambda _: WITH_CRASHES)
    @rule()
    def restart_the_host_after_a_crash(self) -> None:
        self._servers.kill_host()
        self._servers.start_host()

    @precondition(lambda _: WITH_CRASHES)
    @rule(
        action=st.sampled_from(("create", "cancel", "delete", "retry", "share", "revoke")),
        position=POSITIONS,
        spec=SPECS,
        after=st.floats(0, 0.04),
    )
    def crash_the_host_during_a_request(
        self, action: str, position: int, spec: RequestSpec, after: float
    ) -> None:
        """The client retries until it gets a response."""
        report = self._report(position)
        self._keys += 1
        key = self._key()
        requests: dict[str, Callable[[], object]] = {
            "create": lambda: self._client.create(spec, key),
            "cancel": lambda: self._client.cancel(report),
            "delete": lambda: self._client.delete(report),
            "retry": lambda: self._client.retry(report),
            "share": lambda: self._client.share(report),
            "revoke": lambda: self._client.revoke(report),
        }
        if action != "create":
            self._ledger.keys[key] = spec
        client = Thread(target=self._retry_until, args=(requests[action],))
        client.start()
        time.sleep(after)
        self.restart_the_host_after_a_crash()
        client.join()

    @rule(faults=st.sampled_from(sorted(POKEAPI_FAULTS)))
    def set_pokeapi_faults(self, faults: str) -> None:
        self._servers.clear_pokeapi_faults()
        self._servers.set_pokeapi_faults(POKEAPI_FAULTS[faults])

    @rule()
    def clear_pokeapi_faults(self) -> None:
        self._servers.clear_pokeapi_faults()

    def teardown(self) -> None:
        self._servers.clear_pokeapi_faults()
        ledger, findings = self._ledger, self._ledger.findings
        snapshot = invariants.settle(
            self._servers, ledger, timeout_seconds=SETTLE_TIMEOUT_SECONDS, wait_for_young_rows=False
        )
        invariants.verify(self._servers, ledger, self._oracle, snapshot)
        invariants.delete_all(self._servers, ledger, timeout_seconds=SETTLE_TIMEOUT_SECONDS)
        assert not findings.violations, "\n".join(map(str, findings.violations))

    def _report(self, position: int) -> TrackedReport:
        known = self._ledger.known()
        return known[-1 - position % len(known)]

    def _key(self) -> str:
        return f"key {self._keys}"

    @staticmethod
    def _retry_until(succeeds: Callable[[], object]) -> None:
        for _ in range(ATTEMPTS):
            if succeeds():
                return
            time.sleep(0.1)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServersUnderTest]:
    folder = tmp_path_factory.mktemp("any-order")
    with servers_under_test.running(folder, latency_ms=30, settings=hosts.TEST_SETTINGS) as servers:
        yield servers


@pytest.mark.timeout(1500)
def test_the_invariants_hold_after_any_sequence_of_events(
    servers: ServersUnderTest, live_output: Callable[[], AbstractContextManager[None]]
) -> None:
    drawn_seed = int(os.environ.get("ANY_ORDER_SEED") or random.SystemRandom().randrange(100_000))
    with live_output():
        print(f"\n{EXAMPLES} sequences of events; to repeat them: ANY_ORDER_SEED={drawn_seed}")
    oracle = build_oracle(servers)

    @seed(drawn_seed)
    def machine() -> AnyOrder:
        return AnyOrder(servers, oracle)

    run_state_machine_as_test(
        cast(type[AnyOrder], machine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # Shrinking would take minutes, and a race does not fail at every attempt.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.normal,
            print_blob=False,
        ),
    )
