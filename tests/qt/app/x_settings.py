"""`x_settings.py DISPLAY`: the settings daemon of a bare X server, which has none. Each line of standard input is a new Xft/DPI."""

import ctypes
import struct
import sys

NORMAL_DPI = 96
NAME = b"Xft/DPI"


class XSettings:
    """Owner of the selection _XSETTINGS_S0 (freedesktop XSETTINGS); Qt takes the scale of its screens from it while it runs."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        pointer, id_ = ctypes.c_void_p, ctypes.c_ulong
        for name in ("XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow"):
            getattr(self._x, name).restype = id_
        self._x.XOpenDisplay.restype = pointer
        self._display = pointer(self._x.XOpenDisplay(display.encode()))
        root = id_(self._x.XDefaultRootWindow(self._display))
        self._window = id_(self._x.XCreateSimpleWindow(self._display, root, 0, 0, 1, 1, 0, id_(0), id_(0)))
        self._serial = 0
        self.put(NORMAL_DPI)
        self._x.XSetSelectionOwner(self._display, self._atom("_XSETTINGS_S0"), self._window, id_(0))
        self._x.XSync(self._display, 0)

    def put(self, dpi: int) -> None:
        """One setting, a whole number in 1/1024 dots per inch."""
        self._serial += 1
        name = struct.pack("<BxH", 0, len(NAME)) + NAME + b"\0" * (-len(NAME) % 4)
        data = struct.pack("<BxxxII", 0, self._serial, 1) + name + struct.pack("<Ii", self._serial, dpi * 1024)
        kind = self._atom("_XSETTINGS_SETTINGS")
        self._x.XChangeProperty(self._display, self._window, kind, kind, 8, 0, data, len(data))
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> ctypes.c_ulong:
        return ctypes.c_ulong(self._x.XInternAtom(self._display, name.encode(), 0))


if __name__ == "__main__":
    settings = XSettings(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        settings.put(int(line))
        print("put", flush=True)
