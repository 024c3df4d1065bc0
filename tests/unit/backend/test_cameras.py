"""The register on disk: import, export, logins apart, and who gets which address."""

import asyncio
import json
import logging
import stat

import pytest

from backend.camera_health import CameraWatch
from backend.cameras import LOGINS, REGISTER, CameraQueries, CameraRegister, RegisterError, reload_when_changed
from backend.clock import wall
from backend.connection import QueryError
from cli.main import main
from domain.actor import Actor
from domain.cameras import HEALTH_TOPIC, TOPIC, Reach
from domain.geo.datum import Datum
from domain.ids import UserId
from domain.vocabulary import Role
from resources import path as resource_path
from tests.cameras.http_cameras import HttpCameras
from tests.patience import WAIT_S

HEAD = "id,name,kind,main,rights\n"
TABLE = HEAD + (
    "C-1,东门,rtsp,rtsp://admin:s%3Acret@10.0.0.5/main,\n"
    "C-2,西门,rtsp,rtsp://10.0.0.6/main,shift_leader\n"
    "C-3,画面,test,test:street,\n"
)


def actor(role: Role) -> Actor:
    return Actor(user=UserId("u"), role=role)


@pytest.fixture
def register(tmp_path):
    register = CameraRegister(tmp_path)
    register.set_hosts(["10.0.0.5", "10.0.0.6"])
    return register


def test_import_takes_logins_out_of_addresses_and_keeps_them_apart(register, tmp_path):
    report = register.import_csv(TABLE)
    assert (report.added, report.logins_moved) == (("C-1", "C-2", "C-3"), ("C-1",))
    access = register.access("C-1")
    assert (access.user, access.password) == ("admin", "s:cret")
    assert access.streams[0].address == "rtsp://10.0.0.5/main"
    for place in (register.export_csv(), register.published().decode(), (register.folder / REGISTER).read_text()):
        assert "cret" not in place
        assert "admin" not in place
    assert stat.S_IMODE((register.folder / LOGINS).stat().st_mode) == 0o600
    assert stat.S_IMODE(register.folder.stat().st_mode) == 0o700


def test_what_is_exported_is_imported_again(register, tmp_path):
    register.import_csv(TABLE)
    again = CameraRegister(tmp_path / "other")
    again.set_hosts(register.allow.hosts)
    assert again.import_csv(register.export_csv()).done
    assert again.cameras == register.cameras
    assert CameraRegister(tmp_path).cameras == register.cameras


def test_cells_that_look_like_formulas_are_harmless_and_come_back(register):
    register.import_csv(HEAD + 'C-9,"=HYPERLINK(1)",test,test:street,\n')
    assert "'=HYPERLINK" in register.export_csv()
    register.import_csv(register.export_csv())
    assert register.cameras[0].name == "=HYPERLINK(1)"


def test_one_bad_row_and_nothing_is_taken_unless_asked(register):
    register.import_csv(TABLE)
    bad = TABLE + "C-4,南门,rtsp,rtsp://10.9.9.9/x,\nC-1,又一个,test,test:street,\n"
    report = register.import_csv(bad)
    assert not report.done
    assert [(row.line, row.id, row.code, row.value) for row in report.refused] == [
        (5, "C-4", "host", "10.9.9.9"),
        (6, "C-1", "twice", "C-1"),
    ]
    assert len(register.cameras) == 3
    assert register.import_csv(bad, skip_refused=True).done
    assert [camera.name for camera in register.cameras] == ["东门", "西门", "画面"]


def test_import_replaces_or_keeps_what_the_table_does_not_name(register):
    register.import_csv(TABLE)
    one = HEAD + "C-3,新名,test,test:street,\n"
    assert register.import_csv(one, keep_missing=True).changed == ("C-3",)
    assert len(register.cameras) == 3
    assert register.import_csv(one).removed == ("C-1", "C-2")
    assert register.access("C-1") is None
    assert "cret" not in (register.folder / LOGINS).read_text()


@pytest.mark.parametrize("text", ["", "name,kind\nx,test\n", '"', 'id,name,kind\n"a', "\x00"])
def test_a_table_that_is_none(register, text):
    assert not register.import_csv(text).done
    assert register.cameras == ()


def test_coordinates_say_their_datum(register):
    row = "id,name,kind,main,lon,lat\nC-1,点,test,test:street,114.36,22.69\n"
    register.import_csv(row, datum=Datum.GCJ02)
    moved = register.cameras[0].point
    register.import_csv(row)
    assert abs(moved.lon - register.cameras[0].point.lon) > 0.003


def test_streams_are_answered_only_to_who_may_see(register):
    register.import_csv(TABLE)
    ask = CameraQueries(register).handlers()["camera_streams"]
    ids = {"ids": ["C-1", "C-2", "C-9"]}
    seen = json.loads(asyncio.run(ask(actor(Role.DISPATCHER), ids)))
    assert [each["id"] for each in seen["cameras"]] == ["C-1"]
    leader = json.loads(asyncio.run(ask(actor(Role.SHIFT_LEADER), ids)))
    assert [each["id"] for each in leader["cameras"]] == ["C-1", "C-2"]
    assert leader["hosts"] == ["10.0.0.5", "10.0.0.6"]
    with pytest.raises(QueryError):
        asyncio.run(ask(actor(Role.DISPATCHER), {"ids": "C-1"}))


def test_a_broken_register_stops_the_start_in_words(register, tmp_path):
    register.import_csv(TABLE)
    (register.folder / REGISTER).write_text("id,name,kind\nC-1,,test\n")
    with pytest.raises(RegisterError, match="line 2: name"):
        CameraRegister(tmp_path)
    (register.folder / REGISTER).write_text("")
    (register.folder / LOGINS).write_text("{")
    with pytest.raises(RegisterError, match=r"logins\.json"):
        CameraRegister(tmp_path)


def test_a_host_that_leaves_the_list_or_a_kind_that_is_gone_costs_no_register(register, tmp_path):
    register.import_csv(TABLE)
    register.set_hosts(["10.0.0.5"])
    again = CameraRegister(tmp_path, kinds={"rtsp"})
    assert [camera.id for camera in again.cameras] == ["C-1", "C-2", "C-3"]
    again.set_hosts(["10.0.0.5", "10.0.0.6"])  # and the operator puts it back
    assert CameraRegister(tmp_path).allow.allows("rtsp://10.0.0.6/main")


def test_a_broken_register_is_mended_by_an_import(register, tmp_path, capsys):
    register.import_csv(TABLE)
    (register.folder / REGISTER).write_text(HEAD + "C-1,,rtsp,rtsp://10.0.0.5/main,\n", "utf-8")
    table = tmp_path / "good.csv"
    table.write_text(TABLE, "utf-8")
    assert main(["cameras", "--data", str(tmp_path), "hosts"]) == 2
    assert main(["cameras", "--data", str(tmp_path), "import", str(table), "--datum", "wgs84"]) == 0
    assert len(CameraRegister(tmp_path).cameras) == 3


def test_the_operator_reads_what_to_do_about_each_row(register, tmp_path, capsys):
    table = tmp_path / "bad.csv"
    table.write_text(
        "id,name,kind,main,lon,lat\n"
        "C-1,东门,rtsp,rtsp://10.9.9.9/x,,\n"
        "C-2,西门,test,test:street,22.69,114.35\n"
        "C-3,南门,holo,http://10.0.0.5/x,,\n",
        "utf-8",
    )
    assert main(["cameras", "--data", str(tmp_path), "import", str(table), "--datum", "wgs84"]) == 1
    told = capsys.readouterr().err
    assert "主机不在允许名单" in told
    assert "经度纬度写反了" in told
    assert "不认识的类型" in told
    assert "没有导入任何一行" in told


def test_another_process_changes_the_register(register, tmp_path):
    register.import_csv(TABLE)
    assert asyncio.run(reload_when_changed(register)) is False
    CameraRegister(tmp_path).set_login("C-2", "viewer", "new")
    assert asyncio.run(reload_when_changed(register)) is True
    assert register.access("C-2").password == "new"


def test_health_of_real_devices(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    told: dict[str, bytes] = {}

    async def look() -> CameraWatch:
        async with HttpCameras() as cameras:
            register = CameraRegister(tmp_path)
            register.set_hosts(["127.0.0.1"])
            rows = [f"{name},{name},mjpeg,{cameras.url(name)}" for name in ("mjpeg", "redirect", "missing")]
            rows += [f"secret,锁,mjpeg,{cameras.url('digest').replace('//', '//viewer:geheim@')}"]
            rows += [f"wrong,错,mjpeg,{cameras.url('digest').replace('//', '//viewer:falsch@')}"]
            rows += [
                "file,文件,file,file:///srv/a.mp4",
                "drawn,画,test,test:street",
                "dead,死,rtsp,rtsp://127.0.0.1:9/x",
            ]
            report = register.import_csv("id,name,kind,main\n" + "\n".join(rows))
            assert report.done, report
            watch = CameraWatch(register, lambda topic, _, body: told.__setitem__(topic, body), wall)
            await watch.look()
            return watch

    watch = asyncio.run(look())
    found = {camera_id: (health.reach, health.code) for camera_id, health in watch.health.items()}
    assert found == {
        "mjpeg": (Reach.UP, ""),
        "redirect": (Reach.DOWN, "redirect"),
        "missing": (Reach.DOWN, "not_found"),
        "secret": (Reach.UP, ""),
        "wrong": (Reach.DOWN, "login"),
        "file": (Reach.UNKNOWN, ""),
        "drawn": (Reach.UP, ""),
        "dead": (Reach.DOWN, "unreachable"),
    }
    assert b"geheim" not in told[HEALTH_TOPIC]
    assert "geheim" not in caplog.text
    assert "falsch" not in caplog.text


def test_the_watch_publishes_the_register_and_its_changes(tmp_path):
    told: list[str] = []
    bodies: list[bytes] = []

    async def run() -> None:
        register = CameraRegister(tmp_path)
        changed = asyncio.Event()

        def publish(topic: str, scope: str | None, body: bytes) -> None:
            told.append(topic)
            bodies.append(body)
            if topic == TOPIC and len(bodies) > 1:
                changed.set()

        watch = CameraWatch(register, publish, wall)
        task = asyncio.create_task(watch.run())
        await asyncio.sleep(0)
        CameraRegister(tmp_path).import_csv(HEAD + "C-3,画面,test,test:street,\n")
        async with asyncio.timeout(WAIT_S):
            await changed.wait()
        task.cancel()

    asyncio.run(run())
    assert told[0] == TOPIC
    assert "画面" in bodies[-1].decode()


def test_the_demonstration_is_a_good_register_and_says_so(tmp_path):
    register = CameraRegister(tmp_path)
    report = register.import_csv(resource_path("samples", "demo_cameras.csv").read_text("utf-8"))
    assert report.done, report.refused
    assert len(register.cameras) == 24
    assert all(camera.demo and "演示" in camera.place and camera.kind == "test" for camera in register.cameras)


def test_the_operators_command(tmp_path, capsys, monkeypatch):
    import argparse
    import io

    from cli import cameras

    parser = argparse.ArgumentParser()
    cameras.add_parser(parser.add_subparsers())

    def run(*arguments: str) -> int:
        args = parser.parse_args(["cameras", "--data", str(tmp_path), *arguments])
        return args.run(args)

    table = tmp_path / "in.csv"
    table.write_text(TABLE, "utf-8-sig")
    assert run("import", str(table), "--datum", "wgs84") == 1
    assert "main 10.0.0.5: 主机不在允许名单" in capsys.readouterr().err
    assert run("hosts", "10.0.0.5", "10.0.0.6") == 0
    assert run("import", str(table), "--datum", "wgs84") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("pass word\n"))
    assert run("login", "C-2", "viewer") == 0
    assert CameraRegister(tmp_path).access("C-2").password == "pass word"
    assert run("export", str(tmp_path / "out.csv")) == 0
    text = (tmp_path / "out.csv").read_text()
    assert "C-2" in text
    assert "pass word" not in text
