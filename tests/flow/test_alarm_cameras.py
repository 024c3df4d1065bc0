"""A real alarm of the real backend turns a real camera wall: an urgent ticket before a camera rings, and its answer lets the wall go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.cameras import CameraRegister
from desktop import settings
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.cameras.values import Mode, TileState
from desktop.services.cameras.walls import BROUGHT
from desktop.views.camera_wall.wall_window import CameraWallWindow
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.launch_entries import WALL_CAMERAS
from desktop.views.shell import CAMERAS
from domain import commands
from domain.alarms.commands import Acknowledge
from domain.alarms.kind import NAME
from domain.alarms.values import AlarmState, state_of
from domain.cameras import CameraId
from domain.geo.measure import moved
from domain.geo.sectors import sights
from domain.ticket import Point
from domain.vocabulary import Source, Urgency
from resources import path as resource_path
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import AREA, ITEM, House, desk, house, live

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing|propagate)", "multimedia", "pipewire"
)
WATCHED = CameraId("YS-001")


def in_front_of(register: CameraRegister) -> Point:
    """In the middle of its sector."""
    camera = register.camera(WATCHED)
    assert camera is not None
    assert camera.point is not None
    assert camera.radius_m is not None
    return moved(camera.point, camera.direction or 0.0, camera.radius_m / 2)


async def report_urgent(made: House, place: Point) -> str:
    outcome = await made.give(
        commands.Report(
            source=Source.HOTLINE_12345, external_ref="alarm-1", area=AREA.code, item=ITEM.code, point=place
        )
    )
    assert outcome.ticket_id is not None
    ticket = await made.backend.store.ticket(outcome.ticket_id)
    await made.give(commands.File(urgency=Urgency.TOP, text="现场所见"), ticket)
    return outcome.ticket_id


@asynccontextmanager
async def wall_and_desk(services: Services) -> AsyncIterator[tuple[CameraWallWindow, CameraWindow]]:
    """As the program opens them: one feed of alarms and one of cameras for both windows."""
    windows = Windows(Bridge(services), settings.Settings(), remember=False)
    try:
        wall, own = windows.open(WALL_CAMERAS), windows.open(CAMERAS)
        assert isinstance(wall, CameraWallWindow)
        assert isinstance(own, CameraWindow)
        yield wall, own
    finally:
        windows.close_all()
        await windows.stop()
        await asyncio.sleep(0)


def test_an_urgent_ticket_turns_the_wall_to_the_cameras_that_cover_it(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            register = CameraRegister(made.data)
            register.import_csv(resource_path("samples", "demo_cameras.csv").read_text("utf-8"))
            await until(live(services), "live")
            async with wall_and_desk(services) as (wall, own):
                await until(lambda: wall.show_control.wall.ids != (), "register")
                before = wall.show_control.wall.name
                place = in_front_of(register)
                ticket_id = await report_urgent(made, place)
                await until(lambda: wall.show_control.wall.name == BROUGHT, "the wall turns")
                (alarm,) = [one for one in services.mirror.documents[NAME].values() if one.ticket == ticket_id]
                # What is brought covers the place, nearest first, and is live before all others.
                covering = [
                    camera.id for camera, _, covers in sights(place, register.cameras, lambda _: True, 300.0) if covers
                ]
                ids = wall.show_control.wall.ids
                assert WATCHED in ids
                assert ids == tuple(each for each in covering if each in ids)
                feed = own.show_control._feed
                await until(lambda: feed.view(WATCHED).state is TileState.LIVE, "live")
                assert feed.view(WATCHED).mode is not Mode.STILL
                # A desk is not turned away from what a hand chose; it offers them.
                assert own.show_control.wall.name != BROUGHT
                assert BROUGHT in [each.name for each in feed.walls]
                services.commander.act(NAME, Acknowledge(ring=alarm.ring), alarm)
                await until(
                    lambda: state_of(services.mirror.documents[NAME][alarm.id]) is AlarmState.ACKED, "acknowledged"
                )
                await until(lambda: wall.show_control.wall.name == before, "the wall goes back")

    loop.run_until_complete(work())
