"""Which Debian packages the program needs from the system, and which of them are missing here.

What lives here: the package table and quick probes, standard library only. Installing is tools/bootstrap.py's business.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


class SetupError(Exception):
    """Set-up cannot go on; the text is the sentence for the user."""


#: Debian package -> the library it is needed for. Without these no Qt window opens, on screen or off.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libbrotli1": "libbrotlidec.so.1",
    "libpulse0": "libpulse.so.0",  # QtMultimedia does not load without these two, not even for video
    "libasound2": "libasound.so.2",
}
#: Needed as well to open windows on an X11 screen.
XCB_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
TEST_PROGRAMS = {"xvfb": "Xvfb", "xauth": "xauth", "postgresql": "initdb"}
#: The tests of real streams run an RTSP server with the system's Python; without it they are skipped, with the reason.
GSTREAMER_LIBRARY = "libgstrtspserver-1.0.so.0"
GSTREAMER = (
    "python3-gi",
    "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-bad",
    "gstreamer1.0-plugins-ugly",
)
#: The bundled font covers GB 2312; rare characters of names fall back to one of these.
FALLBACK_FONT = "fonts-wqy-microhei"
FALLBACK_FONT_FILES = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


@dataclass
class Missing:
    """Packages to install: `required` or nothing works, `wished` where apt may be used at no question."""

    required: list[str] = field(default_factory=list)
    wished: list[str] = field(default_factory=list)


class Machine:
    """What the probes see; a test gives another one."""

    def has_library(self, name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    def has_program(self, name: str) -> bool:
        # Debian keeps the programs of a database server away from PATH, one folder per version.
        return shutil.which(name) is not None or any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))

    def has_module(self, name: str) -> bool:
        return importlib.util.find_spec(name) is not None

    def has_file(self, name: str) -> bool:
        return Path(name).exists()

    def has_screen(self) -> bool:
        return bool(os.environ.get("DISPLAY"))

    def as_root(self) -> list[str]:
        return [] if os.geteuid() == 0 else ["sudo", "-n"]

    def may_use_apt(self) -> bool:
        """apt-get exists, and we are root or sudo asks no password. LIANDONG_NO_APT=1 forbids it."""
        if os.environ.get("LIANDONG_NO_APT") or not self.has_program("apt-get"):
            return False
        if os.geteuid() == 0:
            return True
        return self.has_program("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0


def missing_packages(needed: Iterable[str], machine: Machine) -> Missing:
    """`needed` names the groups to look at: venv, qt, test, fonts."""
    groups = set(needed)
    missing = Missing()
    if "venv" in groups and not (machine.has_module("venv") and machine.has_module("ensurepip")):
        missing.required.append("python3-venv")
    if "qt" in groups:
        missing.required += [package for package, name in QT_LIBRARIES.items() if not machine.has_library(name)]
        screen = missing.required if machine.has_screen() else missing.wished
        screen += [package for package, name in XCB_LIBRARIES.items() if not machine.has_library(name)]
    if "test" in groups:
        missing.wished += [package for package, name in TEST_PROGRAMS.items() if not machine.has_program(name)]
        if not machine.has_library(GSTREAMER_LIBRARY):
            missing.wished += GSTREAMER
    if "fonts" in groups:
        if not any(machine.has_file(file) for file in FALLBACK_FONT_FILES):
            missing.wished.append(FALLBACK_FONT)
        if not machine.has_file(CERTIFICATES):
            missing.wished.append("ca-certificates")
    return missing
