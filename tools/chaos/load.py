"""Simulated clients, each in a thread, that create reports and act on them at random.

The seed determines each client's random draws. The actions also depend on the responses.
"""

from collections.abc import Callable
from random import Random
from threading import Event, Thread

from domain.report import PUBLISHED
from tools.chaos.client import ReportClient
from tools.chaos.ledger import Ledger, RequestSpec, TrackedReport
from tools.chaos.servers_under_test import ServersUnderTest

FILTERS = (
    RequestSpec(type="ice"),
    RequestSpec(type="fairy", include_forms=False),
    RequestSpec(type="electric", generation="generation-i"),
    RequestSpec(type="dragon"),
)
"""All filters that clients use: few, so that the oracle can have every row of each."""

COLUMNS = (None, ("id", "name", "types"), ("name", "id", "species", "weak_to"))
SAMPLE_SIZES = (1, 4, 9, 14, 14, 30, None)
REUSED_KEYS = 20
RETRY_SECONDS = 0.3
RETRY_TIMEOUT_SECONDS = 120
MAX_PAUSE_SECONDS = 0.35
GIVES_UP = 0.3
"""The probability that a client does not repeat a request that was refused."""

ACTIONS = {
    "create": 20,
    "create_with_key": 22,
    "create_with_known_key": 8,
    "show": 14,
    "download": 6,
    "cancel": 10,
    "retry": 6,
    "retry_missing": 4,
    "delete": 16,
    "list": 3,
    "share": 6,
    "revoke": 2,
    "open_links": 6,
    "expire": 3,
    "reconcile": 2,
}
"""The weight of each action."""


class LoadClient(Thread):
    def __init__(
        self, number: int, seed: int, servers: ServersUnderTest, ledger: Ledger, stop: Event
    ) -> None:
        super().__init__(name=f"client {number}", daemon=True)
        self._random = Random(f"{seed} client {number}")  # noqa: S311 - reproducible, not secret
        self._ledger = ledger
        self._client = ReportClient(servers, ledger)
        self._stop_requested = stop
        self._keys = 0
        self.actions = 0
        self.error: Exception | None = None
        """Why the client crashed, which aborts the run."""

    def run(self) -> None:
        try:
            while not self._stop_requested.wait(self._random.uniform(0, MAX_PAUSE_SECONDS)):
                (action,) = self._random.choices([*ACTIONS], [*ACTIONS.values()])
                getattr(self, f"_{action}")()
                self.actions += 1
        except Exception as error:  # noqa: BLE001 - the run reports it
            self.error = error

    def _create(self) -> None:
        self._client.create(self._random_spec())

    def _create_with_key(self) -> None:
        self._keys += 1
        self._create_until_response(self._random_spec(), f"{self.name}, {self._keys}")

    def _create_with_known_key(self) -> None:
        """Repeat a request like a client that lost the response, possibly while another client sends it."""
        with self._ledger.lock:
            keys = list(self._ledger.keys.items())[-REUSED_KEYS:]
        if keys:
            key, spec = self._random.choice(keys)
            self._create_until_response(spec, key)

    def _create_until_response(self, spec: RequestSpec, key: str) -> None:
        """Repeat a request until it is accepted, or the client gives up after a refusal."""
        self._retry_until(
            lambda: (
                self._client.create(spec, key) is not None
                or (self._client.was_refused and self._random.random() < GIVES_UP)
            )
        )

    def _show(self) -> None:
        self._with_report(self._client.show)

    def _download(self) -> None:
        self._with_report(self._client.download)

    def _cancel(self) -> None:
        self._with_report(self._client.cancel)

    def _retry(self) -> None:
        self._with_report(self._client.retry)

    def _retry_missing(self) -> None:
        known = self._ledger.known()
        partial = [report for report in known if report.outcome and report.outcome["status"] == "partial"]
        for report in self._random.sample(partial, min(1, len(partial))):
            self._client.retry(report, only_missing=True)

    def _delete(self) -> None:
        self._with_report(lambda report: self._retry_until(lambda: self._client.delete(report)))

    def _share(self) -> None:
        known = self._ledger.known()
        published = [report for report in known if report.outcome and report.outcome["status"] in PUBLISHED]
        for report in self._random.sample(published, min(1, len(published))):
            self._client.share(report)

    def _revoke(self) -> None:
        self._with_shared(self._client.revoke)

    def _open_links(self) -> None:
        self._with_shared(self._client.open_links)

    def _list(self) -> None:
        self._client.list()

    def _expire(self) -> None:
        self._with_report(self._client.expire)

    def _reconcile(self) -> None:
        self._client.run_timer("reconcile_reports")

    def _with_shared(self, action: Callable[[TrackedReport], object]) -> None:
        shared = [report for report in self._ledger.known() if report.links]
        for report in self._random.sample(shared, min(1, len(shared))):
            action(report)

    def _with_report(self, action: Callable[[TrackedReport], object]) -> None:
        known = self._ledger.known()
        if known:
            # Prefer the latest reports, which are still open.
            action(known[-1 - int(len(known) * self._random.random() ** 4)])

    def _retry_until(self, succeeds: Callable[[], bool]) -> None:
        """Retry like a client that gets a 503 or no response."""
        for _ in range(int(RETRY_TIMEOUT_SECONDS / RETRY_SECONDS)):
            if succeeds():
                return
            Event().wait(RETRY_SECONDS)

    def _random_spec(self) -> RequestSpec:
        draw = self._random
        chosen = draw.choice(FILTERS)
        return RequestSpec(
            type=chosen.type,
            generation=chosen.generation,
            include_forms=chosen.include_forms,
            sample_size=draw.choice(SAMPLE_SIZES),
            seed=draw.randrange(1000),
            columns=draw.choice(COLUMNS),
        )
