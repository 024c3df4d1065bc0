"""A snapshot of a camera through the real house: watermarked picture → file on the server → photo of the ticket that everybody may look at."""

import asyncio
from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from backend.app import Backend
from backend.auth import issue_token
from backend.config import BackendConfig
from backend.places import demo_places
from backend.reference import demo_site
from desktop.services.app_state import Services
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.camera_wall.keep import SnapshotKeeper
from desktop.views.camera_wall.snapshot import watermarked
from domain.actor import Actor
from domain.cameras import Camera, CameraId
from domain.commands import Report
from domain.evidence import NAME, Evidence
from domain.ids import SeatId, UserId
from domain.vocabulary import PlacedBy, Role, Source
from tests.flow.fakes import until

SITE = demo_site()
TOWN = next(area.code for area in SITE.areas if area.level == "town")
COMMUNITY = next(area.code for area in SITE.areas if area.level == "community" and area.code.startswith(TOWN))


class Narrow:
    """Of the bridge, what a keeper needs; the bridge itself wants Qt's loop."""

    def __init__(self, services: Services) -> None:
        self.commander = services.commander
        self._services = services

    @property
    def online(self) -> bool:
        return self._services.online

    def put_blob_then(self, data, done) -> None:
        self._services.then(lambda: self._services.put_blob(data), done, "put blob")


def test_a_snapshot_becomes_a_photo_of_its_ticket(tmp_path: Path, qtbot: QtBot) -> None:
    load_fonts()
    point = demo_places().demo_point(COMMUNITY, "here")
    camera = Camera(id=CameraId("YS-1"), name="石浦桥东", kind="test", place="桥东", point=point, demo=True)
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    image = watermarked(picture, Theme.load(), camera, "2018-10-09 10:00:00", "2 席派遣员", "演示画面")

    async def inside() -> None:
        folder = tmp_path / "server"
        folder.mkdir()
        backend = Backend(BackendConfig(data=folder, port=0), SITE, places=demo_places())
        await backend.start()
        actor = Actor(user=UserId("u"), role=Role.DISPATCHER, seat=SeatId("2"))
        services = Services(tmp_path / "desk", backend.url, issue_token(folder, actor))
        try:
            await services.start()
            await until(lambda: not services.commander.allowed_now("report"), "live")
            report = Report(
                source=Source.CAMERA,
                external_ref="YS-1-1",
                area=TOWN,
                item=next(iter(SITE.catalogue)).code,
                point=point,
                text="桥面积水",
            )
            services.commander.submit(report)
            await until(lambda: bool(services.mirror.tickets), "ticket")
            (ticket,) = services.mirror.tickets.values()
            # The point made the street a community, by borders that are invented and say so.
            assert (ticket.area, ticket.placement.by, ticket.placement.origin) == (COMMUNITY, PlacedBy.POLYGON, "demo")
            keeper = SnapshotKeeper(Narrow(services))  # type: ignore[arg-type]
            told: list[str] = []
            keeper.told.connect(told.append)
            keeper.keep(ticket.id, image, services.clock.now_business(), "石浦桥东 · YS-1")
            await until(lambda: bool(services.mirror.documents.get(NAME)), "evidence")
            (photo,) = services.mirror.documents[NAME].values()
            assert isinstance(photo, Evidence)
            assert (photo.ticket, photo.seat) == (ticket.id, "2")
            data = await services.get_blob(photo.photo)
            assert isinstance(data, bytes)
            assert QImage.fromData(data).size() == image.size()
            assert told[-1] == f"截图已作为证据存入工单 {ticket.id}"
        finally:
            await services.stop()
            await backend.stop()

    asyncio.run(inside())
