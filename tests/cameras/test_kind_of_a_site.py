"""A kind of source of a site: its own wheel, installed by pip, found by its entry point, live on a tile."""

import importlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from backend.cameras import CameraRegister
from desktop.services.cameras.values import TileState
from tests.cameras.http_cameras import jpeg
from tests.cameras.live import LiveDesk
from tests.patience import WHOLE_S

INFO = "site_cameras-1.0.dist-info"
WHEEL = {
    f"{INFO}/METADATA": "Metadata-Version: 2.1\nName: site-cameras\nVersion: 1.0\n",
    f"{INFO}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{INFO}/entry_points.txt": (
        "[liandong.camera_sources]\n"
        "beacon = site_cameras:BeaconSource\n"
        "broken = site_cameras:Missing\n"
        "rtsp = site_cameras:BeaconSource\n"
    ),
}


def example() -> str:
    """The class of docs/cameras.md, word for word."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "cameras.md").read_text("utf-8")
    return page.split("```python\n")[1].split("```")[0]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    picture, site = tmp_path / "box.jpg", tmp_path / "site"
    picture.write_bytes(jpeg(3))
    box = f"\n\nasync def my_box_fetch(address, user, password):\n    return __import__('pathlib').Path({str(picture)!r}).read_bytes()\n"
    files = {"site_cameras.py": example() + box, **WHEEL}
    wheel = tmp_path / "site_cameras-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
        made.writestr(f"{INFO}/RECORD", "".join(f"{name},,\n" for name in (*files, f"{INFO}/RECORD")))
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(site)]
    done = subprocess.run([*command, str(wheel)], capture_output=True, text=True, timeout=WHOLE_S)
    assert done.returncode == 0, done.stderr
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    yield
    sys.modules.pop("site_cameras", None)


def test_the_example_of_the_manual_runs_from_an_installed_package(installed, run_qt, tmp_path, caplog):
    register = CameraRegister(tmp_path)
    register.set_hosts(["10.8.1.30"])
    table = "id,name,kind,main\nB-1,信标,beacon,http://10.8.1.30/box\n"
    assert register.import_csv(table).done  # the server knows the kind too

    async def inside() -> None:
        async with LiveDesk([("beacon", "http://10.8.1.30/box")], hosts=("10.8.1.30",)) as place:
            await place.until(TileState.LIVE)

    run_qt(inside())
    assert "'broken' of site-cameras cannot be loaded" in caplog.text
    assert "'rtsp' of site-cameras is the product's own name" in caplog.text
