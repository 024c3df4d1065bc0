"""Freshness: every state of screens.md §3, from the link and from each source's own clock."""

from datetime import timedelta

import msgspec
import pytest

from desktop.services.cache_file import TopicRow
from desktop.services.clock import DeskClock
from desktop.services.freshness import FreshnessBook
from desktop.services.link_status import LinkPhase, LinkStatus
from desktop.services.topics import Topics
from desktop.services.values import TICKETS, Fresh
from protocol.messages import BusinessClock, Latest
from tests.unit.desktop.services.service_fakes import NOON, FakeTime

OVERVIEW = "kpi.overview"


class Scene:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.clock = DeskClock(self.time.monotonic, self.time.wall)
        self.topics = Topics()
        self.book = FreshnessBook(self.clock, self.topics)

    def connect(self, phase: LinkPhase = LinkPhase.LIVE, behind: int = 0) -> None:
        now = self.time.now
        self.clock.sync.add(now, self.time.wall(), now)
        self.clock.sync.set_clock(BusinessClock(NOON, self.time.wall(), 1.0))
        self.book.has_tickets = True
        self.book.status = LinkStatus(phase=phase, connected_at=now, heard_at=now, behind=behind)

    def lose(self) -> None:
        self.book.status = msgspec.structs.replace(
            self.book.status, phase=LinkPhase.WAITING, offline_since=self.time.now, retry_at=self.time.now + 4
        )

    def topic(self, name: str = "x", body: bytes = b"{}") -> None:
        self.topics.arrived(Latest(topic=name, version=1, as_of=NOON, body=msgspec.Raw(body)), self.time.now)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_before_anything_was_known_it_is_never(scene: Scene) -> None:
    assert scene.book.of().state is Fresh.NEVER
    assert scene.book.of("x").state is Fresh.NEVER


def test_heard_a_moment_ago_is_live(scene: Scene) -> None:
    scene.connect()
    scene.time.go(3)
    fresh = scene.book.of()
    assert (fresh.state, fresh.age_s, fresh.as_of) == (Fresh.LIVE, 3, NOON)


def test_silence_of_more_than_twelve_seconds_is_stale(scene: Scene) -> None:
    scene.connect()
    scene.time.go(12.1)
    assert scene.book.of().state is Fresh.STALE


def test_catching_up_says_how_many_are_missing(scene: Scene) -> None:
    scene.connect(LinkPhase.CATCHING_UP, behind=412)
    fresh = scene.book.of()
    assert (fresh.state, fresh.behind) == (Fresh.CATCHING_UP, 412)


def test_a_lost_line_keeps_the_instant_of_the_last_word(scene: Scene) -> None:
    scene.connect()
    scene.time.go(2)
    scene.lose()
    scene.time.go(360)
    fresh = scene.book.of()
    assert (fresh.state, fresh.since_s, fresh.age_s, fresh.as_of) == (Fresh.OFFLINE, 360, 362, NOON)
    assert fresh.retry_in_s == 0


def test_a_cached_value_is_offline_with_its_date_never_never(scene: Scene) -> None:
    scene.topics.restore([TopicRow("x", 1, NOON, b"{}")])
    fresh = scene.book.of("x")
    assert (fresh.state, fresh.as_of) == (Fresh.OFFLINE, NOON)


def test_a_topic_that_is_silent_beyond_its_limit_is_stale_while_the_stream_is_live(scene: Scene) -> None:
    scene.connect()
    scene.topics._take(OVERVIEW, 1, NOON, b"{}", scene.time.now)
    assert scene.topics.get(OVERVIEW) is None  # an empty object is no overview: the old value would stay
    scene.topics._topics[OVERVIEW] = msgspec.structs.replace(_any_topic(scene), name=OVERVIEW)
    scene.time.go(41)
    scene.book.status = msgspec.structs.replace(scene.book.status, heard_at=scene.time.now)
    assert scene.book.of(OVERVIEW).state is Fresh.STALE
    assert scene.book.of(TICKETS).state is Fresh.LIVE


def test_a_topic_without_a_limit_lives_as_long_as_the_stream(scene: Scene) -> None:
    scene.connect()
    scene.topic()
    scene.time.go(3600)
    scene.book.status = msgspec.structs.replace(scene.book.status, heard_at=scene.time.now)
    assert scene.book.of("x").state is Fresh.LIVE


def test_changes_are_told_once(scene: Scene) -> None:
    assert scene.book.changed() == [TICKETS]
    assert scene.book.changed() == []
    scene.connect()
    scene.topic()
    assert scene.book.changed() == [TICKETS, "x"]
    scene.time.go(13)
    assert scene.book.changed() == [TICKETS, "x"]


def test_ages_are_real_seconds_even_in_a_fast_replay(scene: Scene) -> None:
    scene.connect()
    scene.clock.sync.set_clock(BusinessClock(NOON, scene.time.wall(), 60.0))
    scene.time.go(5)
    fresh = scene.book.of()
    assert (fresh.age_s, fresh.as_of) == (5, NOON)
    assert scene.clock.now_business() == NOON + timedelta(minutes=5)


def _any_topic(scene: Scene) -> object:
    scene.topic("y")
    return scene.topics.get("y")
