"""The order of the line, and the standing of its reports."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.line import Lane, Line, Place, Standing, new_pace
from domain.report import Progress, Report, ReportKey, ReportRequest, new_report
from domain.report_ids import new_report_id

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SMALL_SIZE = 50
LARGE = SMALL_SIZE + 100
REQUEST = ReportRequest(None, None, include_forms=True, sample_size=None, seed=1, columns=("id",))


class Simulation:
    """A line over time: requests join it, and the oldest running report of a lane ends."""

    def __init__(self, reports_at_once: int) -> None:
        self.line = Line((), reports_at_once)
        self.joined: list[Place] = []
        self.admitted: list[Place] = []

    def join(self, owner: str, size: int | None = LARGE) -> Place:
        number = len(self.joined)
        key = ReportKey(owner, new_report_id(NOW + timedelta(seconds=number), f"{number:016x}"))
        place = self.line.place(key, size, small_size=SMALL_SIZE)
        self.line = replace(self.line, places=(*self.line.places, place))
        self.joined.append(place)
        self._admit()
        return place

    def end(self, lane: Lane = Lane.LARGE) -> None:
        running = [place for place in self.line.places if place.lane is lane and place.admitted_at]
        if running:
            self.line = replace(self.line, places=tuple(set(self.line.places) - {running[0]}))
            self._admit()

    def run_to_the_end(self) -> list[Place]:
        while self.line.places:
            for lane in Lane:
                self.end(lane)
        return self.admitted

    def _admit(self) -> None:
        chosen = self.line.next()
        self.admitted += chosen
        admitted = {place: replace(place, admitted_at=NOW) for place in chosen}
        self.line = replace(self.line, places=tuple(admitted.get(place, place) for place in self.line.places))


events = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sampled_from("abc"), st.sampled_from([SMALL_SIZE, LARGE, None])),
        st.tuples(st.just("end"), st.sampled_from(list(Lane)), st.none()),
    ),
    max_size=40,
)


def simulate(events: list[tuple[str, str, int | None]], reports_at_once: int) -> Simulation:
    simulation = Simulation(reports_at_once)
    for event, subject, size in events:
        if event == "join":
            simulation.join(subject, size)
        else:
            simulation.end(Lane(subject))
        for lane in Lane:
            running = [place for place in simulation.line.places if place.lane is lane and place.admitted_at]
            assert len(running) <= reports_at_once
    return simulation


def test_one_owners_reports_run_in_the_order_of_their_requests() -> None:
    simulation = Simulation(2)
    places = [simulation.join("a") for _ in range(6)]
    assert simulation.admitted == places[:2]
    assert simulation.run_to_the_end() == places


def test_an_owner_with_one_report_passes_those_of_an_owner_with_many() -> None:
    simulation = Simulation(1)
    many = [simulation.join("a") for _ in range(5)]
    one = simulation.join("b")
    assert simulation.run_to_the_end()[:3] == [many[0], one, many[1]]


def test_owners_take_turns() -> None:
    simulation = Simulation(1)
    for owner in "aaabbbcc":
        simulation.join(owner)
    assert "".join(place.key.owner for place in simulation.run_to_the_end()) == "abcabcab"


def test_a_small_report_does_not_wait_for_large_ones() -> None:
    simulation = Simulation(1)
    for _ in range(3):
        simulation.join("a")
    small = simulation.join("a", SMALL_SIZE)
    assert simulation.admitted[-1] == small


@pytest.mark.parametrize(
    ("size", "lane"), [(0, Lane.SMALL), (50, Lane.SMALL), (51, Lane.LARGE), (None, Lane.LARGE)]
)
def test_a_report_of_unknown_size_is_large(size: int | None, lane: Lane) -> None:
    place = Line((), 1).place(ReportKey("a", "1"), size, small_size=SMALL_SIZE)
    assert place.lane is lane


@given(events, st.integers(1, 3))
def test_every_report_gets_its_turn_exactly_once(
    events: list[tuple[str, str, int | None]], reports_at_once: int
) -> None:
    simulation = simulate(events, reports_at_once)
    assert Counter(simulation.run_to_the_end()) == Counter(simulation.joined)


@given(events, st.integers(1, 3))
def test_no_owner_overtakes_a_waiting_report_more_often_than_its_own_owner_goes_first(
    events: list[tuple[str, str, int | None]], reports_at_once: int
) -> None:
    simulation = Simulation(reports_at_once)
    ahead: dict[Place, int] = {}
    for event, subject, size in events:
        if event == "join":
            of_owner = simulation.line.places
            place = simulation.join(subject, size)
            ahead[place] = sum(
                1 for other in of_owner if (other.key.owner, other.lane) == (subject, place.lane)
            )
        else:
            simulation.end(Lane(subject))
    order = simulation.run_to_the_end()
    for place in order:
        earlier = order[: order.index(place)]
        overtaking = Counter(
            other.key.owner
            for other in earlier
            if other.lane is place.lane and simulation.joined.index(other) > simulation.joined.index(place)
        )
        assert place.key.owner not in overtaking
        assert all(count <= ahead[place] for count in overtaking.values())


@given(events, st.integers(1, 3))
def test_positions_number_the_waiting_reports_of_a_lane(
    events: list[tuple[str, str, int | None]], reports_at_once: int
) -> None:
    line = simulate(events, reports_at_once).line
    for lane in Lane:
        waiting = [place for place in line.places if place.lane is lane and not place.admitted_at]
        positions = [line.standing(place.key.report_id, NOW) for place in waiting]
        assert sorted(standing.position for standing in positions if standing) == [
            *range(1, len(waiting) + 1)
        ]


def test_a_waiting_report_is_told_its_position_and_how_long_the_reports_before_it_take() -> None:
    simulation = Simulation(2)
    running = [simulation.join("a", size) for size in (100, 200)]
    first, second = simulation.join("a", 300), simulation.join("a", 100)
    line = replace(simulation.line, pace=10)
    assert line.standing(running[0].key.report_id, NOW) is None
    assert line.standing(first.key.report_id, NOW) == Standing(1, (100 + 200) // 20 + 300 // 10)
    assert line.standing(second.key.report_id, NOW) == Standing(2, (100 + 200 + 300) // 20 + 100 // 10)
    later = NOW + timedelta(seconds=5)
    assert line.standing(first.key.report_id, later) == Standing(1, (50 + 150) // 20 + 300 // 10)


@pytest.mark.parametrize(("pace", "sizes"), [(None, (100, 100)), (10, (None, 100)), (10, (100, None))])
def test_the_time_is_unknown_if_the_pace_or_a_size_is(
    pace: float | None, sizes: tuple[int | None, int | None]
) -> None:
    simulation = Simulation(1)
    simulation.join("a")
    simulation.join("a", sizes[0])
    last = simulation.join("a", sizes[1])
    standing = replace(simulation.line, pace=pace).standing(last.key.report_id, NOW)
    assert standing == Standing(2, None)


def published(pokemon: int, seconds: float) -> Report:
    report = new_report("1", "a", REQUEST, NOW, retention=timedelta(days=1))
    ended = NOW + timedelta(seconds=seconds)
    return replace(report, started_at=NOW, finished_at=ended, progress=Progress(pokemon, pokemon))


def test_the_pace_is_a_moving_average() -> None:
    assert new_pace(None, published(100, 10)) == 10
    assert new_pace(10, published(100, 5)) == pytest.approx(13)
    assert new_pace(10, published(0, 5)) == 10
