"""Clients, each in a thread, that ask for reports and do with them whatever comes to mind.

What a client wants next is drawn from the seed; what it can do with the answers depends on them.
"""

from collections.abc import Callable
from random import Random
from threading import Event, Thread

from tools.chaos.ledger import Ledger, Told, Wish
from tools.chaos.system import System
from tools.chaos.visitor import Visitor

FILTERS = (
    Wish(type="ice"),
    Wish(type="fairy", include_forms=False),
    Wish(type="electric", generation="generation-i"),
    Wish(type="dragon"),
)
"""All that clients filter by, so that every right row can be known beforehand."""

COLUMNS = (None, ("id", "name", "types"), ("name", "id", "species", "weak_to"))
SAMPLES = (1, 4, 9, 14, 14, 30, None)
WISHES_TO_COME_BACK_TO = 20
AGAIN_SECONDS = 0.3
GIVE_UP_SECONDS = 120
LONGEST_PAUSE_SECONDS = 0.35
MOST_OPEN = 30
LOOKED_AT = 5

DEEDS = {
    "ask": 20,
    "ask_with_key": 22,
    "ask_with_known_key": 8,
    "show": 14,
    "download": 6,
    "cancel": 10,
    "retry": 6,
    "delete": 16,
    "list": 3,
    "let_expire": 3,
    "reconcile": 2,
}
"""What a client does, and how likely."""


class Client(Thread):
    def __init__(self, number: int, seed: int, system: System, ledger: Ledger, stop: Event) -> None:
        super().__init__(name=f"client {number}", daemon=True)
        self._random = Random(f"{seed} client {number}")  # noqa: S311 - reproducible, not secret
        self._ledger = ledger
        self._visitor = Visitor(system, ledger)
        self._stop_asked = stop
        self._asked = 0
        self.deeds = 0
        self.fault: Exception | None = None
        """Why the client broke down, which no client should."""

    def run(self) -> None:
        try:
            while not self._stop_asked.wait(self._random.uniform(0, LONGEST_PAUSE_SECONDS)):
                (deed,) = self._random.choices([*DEEDS], [*DEEDS.values()])
                if deed.startswith("ask") and self._watch_what_is_open():
                    continue
                getattr(self, f"_{deed}")()
                self.deeds += 1
        except Exception as fault:  # noqa: BLE001 - the run tells of it
            self.fault = fault

    def _watch_what_is_open(self) -> bool:
        """Where much is open, look at some of it and ask for no more: every restart begins all of it anew."""
        waited_for = [told for told in self._ledger.known() if told.outcome is None and not told.delete]
        if len(waited_for) < MOST_OPEN:
            return False
        for told in self._random.sample(waited_for, LOOKED_AT):
            self._visitor.show(told)
        return True

    def _ask(self) -> None:
        self._visitor.ask(self._wish())

    def _ask_with_key(self) -> None:
        self._asked += 1
        self._insist_on(self._wish(), f"{self.name}, {self._asked}")

    def _ask_with_known_key(self) -> None:
        """As a client does that has lost its answer, perhaps while somebody else asks the same."""
        with self._ledger.lock:
            keys = list(self._ledger.keys.items())[-WISHES_TO_COME_BACK_TO:]
        if keys:
            key, wish = self._random.choice(keys)
            self._insist_on(wish, key)

    def _insist_on(self, wish: Wish, key: str) -> None:
        self._until(lambda: self._visitor.ask(wish, key) is not None)

    def _show(self) -> None:
        self._with_report(self._visitor.show)

    def _download(self) -> None:
        self._with_report(self._visitor.download)

    def _cancel(self) -> None:
        self._with_report(self._visitor.cancel)

    def _retry(self) -> None:
        self._with_report(self._visitor.retry)

    def _delete(self) -> None:
        self._with_report(lambda told: self._until(lambda: self._visitor.delete(told)))

    def _list(self) -> None:
        self._visitor.list()

    def _let_expire(self) -> None:
        self._with_report(self._visitor.let_expire)

    def _reconcile(self) -> None:
        self._visitor.run_now("reconcile_reports")

    def _with_report(self, deed: Callable[[Told], object]) -> None:
        known = self._ledger.known()
        if known:
            # Mostly the latest, which are still being made.
            deed(known[-1 - int(len(known) * self._random.random() ** 4)])

    def _until(self, answered: Callable[[], bool]) -> None:
        """Again and again until there is an answer, as a client does that was told 503 or nothing."""
        for _ in range(int(GIVE_UP_SECONDS / AGAIN_SECONDS)):
            if answered():
                return
            Event().wait(AGAIN_SECONDS)

    def _wish(self) -> Wish:
        draw = self._random
        chosen = draw.choice(FILTERS)
        return Wish(
            type=chosen.type,
            generation=chosen.generation,
            include_forms=chosen.include_forms,
            sample_size=draw.choice(SAMPLES),
            seed=draw.randrange(1000),
            columns=draw.choice(COLUMNS),
        )
