"""Cameras from the register of a real backend over the wire to a desk's camera service: topics, rights, addresses, changes."""

import asyncio
from pathlib import Path

import msgspec

from backend.app import Backend
from backend.auth import issue_token
from backend.camera_health import CameraWatch
from backend.cameras import CameraQueries, CameraRegister
from backend.config import BackendConfig
from backend.reference import demo_site
from desktop.services.app_state import Services
from domain.actor import Actor
from domain.cameras import HEALTH_TOPIC, TOPIC, AccessAnswer, CameraList, HealthList
from domain.ids import UserId
from domain.vocabulary import Role
from resources import path as resource_path
from tests.flow.fakes import until

RESTRICTED = "YS-011"


def with_cameras(folder: Path) -> tuple[Backend, CameraRegister]:
    """How a composition root joins them: one feed and one family of questions."""
    backend = Backend(BackendConfig(data=folder, port=0), demo_site())
    register = CameraRegister(folder)
    report = register.import_csv(resource_path("samples", "demo_cameras.csv").read_text("utf-8"))
    assert report.done
    register.set_hosts(["10.0.0.5"])
    backend.queries.update(CameraQueries(register).handlers())
    backend.feeds.append(lambda b: CameraWatch(register, b.hub.publish_latest, b.clock.now_server).run())
    return backend, register


def test_register_health_and_addresses_reach_a_desk(tmp_path: Path) -> None:
    async def inside() -> None:
        server_folder = tmp_path / "server"
        server_folder.mkdir()
        backend, _ = with_cameras(server_folder)
        await backend.start()
        actor = Actor(user=UserId("u"), role=Role.DISPATCHER)
        services = Services(tmp_path / "desk", backend.url, issue_token(server_folder, actor))
        try:
            await services.start()
            await until(lambda: services.topics.get(HEALTH_TOPIC) is not None, "health")
            register = services.topics.get(TOPIC)
            assert register is not None
            assert isinstance(register.value, CameraList)
            cameras = register.value.cameras
            assert len(cameras) == 24
            assert all(camera.streams == () for camera in cameras)
            told_health = services.topics.get(HEALTH_TOPIC)
            assert told_health is not None
            assert isinstance(told_health.value, HealthList)
            health = told_health.value.health
            assert sorted(each for each, found in health.items() if found.reach == "down") == ["YS-010", "YS-016"]
            answer = await services.ask("camera_streams", {"ids": [camera.id for camera in cameras]})
            assert answer.body is not None
            told = msgspec.json.decode(answer.body, type=AccessAnswer)
            assert told.hosts == ("10.0.0.5",)
            assert len(told.cameras) == 23
            assert RESTRICTED not in {access.id for access in told.cameras}
            # The operator's command runs beside the backend; the desks hear of it without a restart.
            CameraRegister(server_folder).import_csv("id,name,kind,main\nN-1,新点,test,test:street\n")
            await until(lambda: b"N-1" in msgspec.json.encode(services.topics.get(TOPIC).value), "new register")  # type: ignore[union-attr]
        finally:
            await services.stop()
            await backend.stop()

    asyncio.run(inside())
    # Nothing that opens a camera is kept on the desk's disk.
    kept = b"".join(path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file())
    assert "新点".encode() in kept
    assert b"test:street" not in kept
