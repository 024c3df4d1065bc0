"""`monitors.py DISPLAY put NAME X WIDTH HEIGHT PRIMARY` and `… take NAME`: what `xrandr --setmonitor/--delmonitor` does."""

import ctypes
import sys


class Monitors:
    """Monitors of a bare X server, made and taken away by RandR as a graphics driver would."""

    class _Info(ctypes.Structure):
        _fields_ = (
            ("name", ctypes.c_ulong),
            ("primary", ctypes.c_int),
            ("automatic", ctypes.c_int),
            ("noutput", ctypes.c_int),
            ("x", ctypes.c_int),
            ("y", ctypes.c_int),
            ("width", ctypes.c_int),
            ("height", ctypes.c_int),
            ("mwidth", ctypes.c_int),
            ("mheight", ctypes.c_int),
            ("outputs", ctypes.POINTER(ctypes.c_ulong)),
        )

    class _Resources(ctypes.Structure):
        _fields_ = (
            ("timestamp", ctypes.c_ulong),
            ("config_timestamp", ctypes.c_ulong),
            ("ncrtc", ctypes.c_int),
            ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
            ("noutput", ctypes.c_int),
            ("outputs", ctypes.POINTER(ctypes.c_ulong)),
        )

    def __init__(self, display: str) -> None:
        self._x, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        for function in (self._x.XOpenDisplay, self._x.XDefaultRootWindow, self._x.XInternAtom):
            function.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._randr.XRRGetScreenResources.restype = ctypes.POINTER(self._Resources)
        # The one real output belongs to the first monitor: a server makes a monitor of every output that none has.
        self._output = self._randr.XRRGetScreenResources(self._display, self._root).contents.outputs

    def put(self, name: str, x: int, width: int, height: int = 1080, *, primary: bool = False) -> None:
        outputs = self._output if primary else None
        info = self._Info(self._atom(name), primary, 0, primary, x, 0, width, height, 500, 300, outputs)
        self._randr.XRRSetMonitor(self._display, self._root, ctypes.byref(info))
        self._x.XSync(self._display, 0)

    def take(self, name: str) -> None:
        self._randr.XRRDeleteMonitor(self._display, self._root, ctypes.c_ulong(self._atom(name)))
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))


if __name__ == "__main__":
    monitors = Monitors(sys.argv[1])
    if sys.argv[2] == "put":
        x, width, height, primary = map(int, sys.argv[4:8])
        monitors.put(sys.argv[3], x, width, height, primary=bool(primary))
    else:
        monitors.take(sys.argv[3])
