"""The camera service with sources that the test plays by hand and a clock that it turns."""

import asyncio
import logging

import pytest

from desktop.services.cameras.desk import CameraDesk
from desktop.services.cameras.source import Order, Sink
from desktop.services.cameras.values import CameraLimits, Demand, Mode, TileState
from domain.cameras import Access, AccessAnswer, Camera, CameraId, FailCode, Stream, Use
from domain.vocabulary import Role

IDS = tuple(CameraId(f"C-{number}") for number in range(6))


class HandSource:
    """Does what the test tells it."""

    def __init__(self, order: Order, sink: Sink) -> None:
        self.order, self.sink = order, sink
        self.running = False
        self.full = order.full

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def set_full(self, full: bool) -> None:
        self.full = full


class Kit:
    def decode(self, data: bytes):
        return data

    def mark(self, picture) -> bytes:
        return bytes(picture)


class Place:
    """A desk, its sources by camera, and its clock."""

    def __init__(self, *, live: int = 2, kinds=None, **access) -> None:
        self.now = 100.0
        self.sources: dict[str, list[HandSource]] = {}
        self.asked: list[tuple[str, ...]] = []
        self.answer: AccessAnswer | None = AccessAnswer(
            ("cam",), tuple(Access(each, (Stream(Use.MAIN, f"rtsp://cam/{each}"),), "u", "geheim") for each in IDS)
        )
        self.changed: list[str] = []
        self.desk = CameraDesk(
            {"rtsp": self._make} if kinds is None else kinds,
            Kit(),
            self._ask,
            self._spawn,
            monotonic=lambda: self.now,
            random=lambda: 0.5,
            limits=CameraLimits(live=live, live_wall=4),
        )
        self.desk.on_change.append(self.changed.append)
        self.desk.set_cameras([Camera(id=each, name=each, kind="rtsp") for each in IDS], Role.DISPATCHER)

    def _make(self, order: Order, sink: Sink) -> HandSource:
        source = HandSource(order, sink)
        self.sources.setdefault(order.id, []).append(source)
        return source

    async def _ask(self, ids):
        self.asked.append(tuple(ids))
        return self.answer

    def _spawn(self, work, name):
        asyncio.run(work)

    def go(self, seconds: float) -> None:
        """Time passes, tick by tick."""
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            self.desk.tick()

    def source(self, camera_id: str) -> HandSource:
        return self.sources[camera_id][-1]

    def running(self) -> list[str]:
        return [each for each in IDS if each in self.sources and self.source(each).running]

    def play(self, camera_id: str, value: int = 0) -> None:
        self.source(camera_id).sink.picture(bytes([value] * 9))

    def state(self, camera_id: str) -> TileState:
        return self.desk.view(CameraId(camera_id)).state


def test_streams_within_the_budget_stills_for_the_others():
    place = Place(live=2)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)
    streams = [each for each in place.running() if not place.source(each).order.once]
    assert len(streams) == 2
    stills = [each for each in place.running() if place.source(each).order.once]
    assert len(stills) == 2  # at most so many at a time
    for each in stills:
        place.play(each)
    assert [place.state(each) for each in stills] == [TileState.STILL] * 2
    place.go(0.2)
    assert not any(place.source(each).running for each in stills)


def test_an_event_takes_the_slot_of_one_that_only_had_its_turn():
    place = Place(live=2)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)
    place.desk.want("w", Demand(shown=IDS, matters=("C-5",)))
    place.go(2)
    assert "C-5" in place.running()
    assert place.desk.view(CameraId("C-5")).mode is Mode.LIVE
    assert place.desk.load.live <= 2


def test_nothing_runs_when_nobody_looks():
    place = Place()
    place.desk.want("a", Demand(shown=IDS[:1]))
    place.desk.want("b", Demand(shown=IDS[:2]))
    place.go(1)
    place.desk.leave("b")
    place.go(0.2)
    assert place.running() == ["C-0"]
    place.desk.leave("a")
    place.go(0.2)
    assert place.running() == []


def test_silence_is_noticed_below_ten_seconds_and_the_line_is_opened_anew_with_backoff():
    place = Place(live=1)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(0.3)
    place.play("C-0", 9)
    assert place.state("C-0") is TileState.LIVE
    silent_at = place.now
    while place.state("C-0") is not TileState.LOST:
        place.go(0.1)
        assert place.now - silent_at < 10
    waits = []
    for _ in range(7):
        before = place.now
        opened = len(place.sources["C-0"])
        while len(place.sources["C-0"]) == opened:
            place.go(0.1)
        waits.append(round(place.now - before))
        place.source("C-0").sink.failed(FailCode.UNREACHABLE)
    assert waits == [1, 1, 2, 4, 8, 15, 15]
    place.go(16)
    place.play("C-0", 90)
    assert place.state("C-0") is TileState.LIVE


def test_a_server_that_never_gives_a_picture_is_said_within_ten_seconds():
    place = Place(live=1)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(9.5)
    assert place.state("C-0") is TileState.NEVER


def test_many_lost_at_once_do_not_come_back_at_once():
    place = Place(live=6)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)
    for each in IDS:
        place.source(each).sink.failed(FailCode.ENDED)
    starts = []
    for _ in range(60):
        before = sum(map(len, place.sources.values()))
        place.go(0.1)
        starts.append(sum(map(len, place.sources.values())) - before)
    assert max(starts) == 1
    assert sum(starts) >= 6


def test_closing_many_does_not_hold_up_one_step():
    place = Place(live=6)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)

    def slow_stop(source: HandSource) -> None:
        source.running = False
        place.now += 0.3  # a player waits for its threads

    for each in IDS:
        source = place.source(each)
        source.stop = lambda source=source: slow_stop(source)  # type: ignore[method-assign]
    place.desk.leave("w")
    before = place.now
    place.desk.tick()
    assert place.now - before < 0.4
    assert len(place.running()) == 5
    assert not place.desk.idle
    place.go(1)
    assert place.running() == []
    assert place.desk.idle


def test_words_of_a_stopped_source_reach_nobody():
    place = Place(live=1)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(0.3)
    old = place.source("C-0")
    place.desk.leave("w")
    place.go(0.1)
    old.sink.picture(b"late")
    old.sink.failed(FailCode.ENDED)
    assert place.desk.view(CameraId("C-0")).number == 0


def test_rights_are_checked_before_anything_is_opened_and_taken_back_at_once():
    place = Place(live=6)
    place.desk.want("w", Demand(shown=IDS))
    place.go(1)
    place.play("C-0")
    cameras = [Camera(id=each, name=each, kind="rtsp", rights=("leader",) if each == "C-0" else ()) for each in IDS]
    place.desk.set_cameras(cameras, Role.DISPATCHER)
    view = place.desk.view(CameraId("C-0"))
    assert (view.state, view.picture) == (TileState.RESTRICTED, None)
    place.go(5)
    assert "C-0" not in place.running()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hosts": ("other",)}, FailCode.HOST_REFUSED),
        ({"cameras": ()}, FailCode.NO_ADDRESS),
    ],
)
def test_what_the_server_did_not_allow_is_not_opened(changes, code):
    place = Place(live=1)
    place.answer = AccessAnswer(**{"hosts": ("cam",), "cameras": place.answer.cameras, **changes})
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(1)
    assert place.sources == {}
    assert place.desk.view(CameraId("C-0")).code is code


def test_without_a_server_the_known_addresses_serve_and_unknown_ones_wait():
    place = Place(live=2)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(1)
    place.play("C-0")
    place.answer = None
    place.desk.want("w", Demand(shown=IDS[:2]))
    place.go(1)
    assert (place.state("C-1"), place.desk.view(CameraId("C-1")).code) == (TileState.NEVER, FailCode.OFFLINE)
    place.source("C-0").sink.failed(FailCode.ENDED)
    place.go(12)
    assert len(place.sources["C-0"]) > 1
    assert place.asked[-1]


def test_a_new_password_is_fetched_after_a_refused_login():
    place = Place(live=1)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(1)
    place.source("C-0").sink.failed(FailCode.LOGIN)
    place.answer = AccessAnswer(("cam",), (Access(IDS[0], (Stream(Use.MAIN, "rtsp://cam/x"),), "u", "neu"),))
    place.go(8)
    assert place.source("C-0").order.login.password == "neu"


def test_a_defect_source_costs_only_its_tile(caplog):
    def explode(order: Order, sink: Sink):
        raise ZeroDivisionError

    place = Place(live=2, kinds={"rtsp": explode})
    place.desk.want("w", Demand(shown=IDS[:2]))
    place.go(2)
    assert {place.desk.view(each).code for each in IDS[:2]} == {FailCode.FAULT}
    assert "ZeroDivisionError" in caplog.text


def test_no_login_is_ever_logged(caplog):
    caplog.set_level(logging.DEBUG)
    place = Place(live=2)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)
    assert "geheim" not in repr(place.source("C-0").order)
    assert "geheim" not in caplog.text


def test_enlarging_takes_the_full_picture_of_the_same_stream():
    place = Place(live=1)
    place.desk.want("w", Demand(shown=IDS[:1]))
    place.go(1)
    place.desk.want("w", Demand(shown=IDS[:1], full=IDS[0]))
    place.go(0.2)
    assert len(place.sources["C-0"]) == 1
    assert place.source("C-0").full


def test_a_late_loop_lowers_the_streams():
    place = Place(live=4)
    place.desk.want("w", Demand(shown=IDS))
    place.go(2)
    for _ in range(12):
        place.now += 0.3
        place.desk.tick()
    assert place.desk.load.allowed == 2
    assert place.desk.load.lowered
    assert sum(1 for each in place.running() if not place.source(each).order.once) <= 2


def test_a_source_learns_how_large_its_picture_is_shown():
    place = Place()
    place.desk.want("w", Demand(shown=IDS[:2], cell=(424, 238)))
    place.go(1)
    sink = place.source("C-0").sink
    assert sink.cell() == (424, 238)
    place.desk.want("other", Demand(shown=IDS[:1], cell=(200, 400)))
    assert sink.cell() == (424, 400)
    place.desk.want("list", Demand(shown=IDS[:1], stills=True))
    assert sink.cell() == (424, 400)


def test_what_a_person_may_take_a_snapshot_of_comes_as_it_is():
    place = Place()
    place.desk.want("w", Demand(shown=IDS[:2], cell=(424, 238), whole=IDS[0]))
    place.go(1)
    assert place.source("C-0").sink.cell() is None
    assert place.source("C-1").sink.cell() == (424, 238)
