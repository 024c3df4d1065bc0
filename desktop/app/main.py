"""Start to end, from top to bottom: arguments, Qt, loop, services, windows, run, and one orderly way out."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import qasync
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from desktop import settings
from desktop.app import hooks
from desktop.app.arguments import Arguments, read
from desktop.app.error_teller import ErrorTeller
from desktop.app.garbage import GarbageTimer
from desktop.app.language import Texts
from desktop.app.single import OnlyOne
from desktop.app.start import open_windows
from desktop.app.watchdog import Watchdog
from desktop.app.windows import Windows, map_folder
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.maps.package import package_or_fault
from desktop.theme.assets import load_fonts
from desktop.views.shell import QUEUE

if TYPE_CHECKING:
    from desktop.app.kiosk import Kiosk
    from desktop.app.trace import StartTrace
    from desktop.media.speaker import Speaker

log = logging.getLogger("desktop")
GROUND_AFTER_S = 3.0
"""The first windows stand by then, and no director has painted a map yet."""
RUN_DEMO = 5
"""Exit code: the person wants the recorded day; who started us runs it."""


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 after an orderly end, 3 when the workstation does not allow it (no display, no writable folder)."""
    args = read(arguments)
    try:
        args.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(
            f"{args.data}: 数据目录写不了 / cannot be written ({error.strerror}): choose another --data",
            file=sys.stderr,
        )
        return 3
    hooks.install(args.data / "log")
    known, refused = settings.load(settings.config_dir())
    if refused:
        log.warning("settings not usable, defaults hold: %s", ", ".join(refused))
    chosen = _chosen(known, args)
    if args.shots is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not _has_screen():
        print(
            "没有屏幕：用 --shots DIR 把窗口画成图片 / no screen: use --shots DIR to render the windows",
            file=sys.stderr,
        )
        return 2
    app = QApplication(sys.argv[:1])
    app.setApplicationName(settings.APP)
    app.setDesktopFileName(settings.APP)
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    texts = Texts(app)
    texts.use(chosen.language)
    only = OnlyOne(args.data, app)
    if args.shots is None and not only.take():
        print("已在运行，已把窗口调到前面 / already running: its windows were raised", file=sys.stderr)
        return 0
    load_fonts()
    garbage, watchdog = GarbageTimer(app), Watchdog(hooks.crash_file(), app)
    garbage.start()
    if args.shots is None:  # nobody waits for pictures, and every window there is makes them
        watchdog.start()
    try:
        with qasync.QEventLoop(app) as loop:
            hooks.watch(loop)
            return int(loop.run_until_complete(run(args, chosen, texts, only)))
    finally:
        watchdog.stop()
        only.release()


def _has_screen() -> bool:
    """Qt aborts where no display answers; better one sentence."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


async def run(args: Arguments, chosen: settings.Settings, texts: Texts, only: OnlyOne) -> int:
    """Until the last window is closed, the pictures are taken, or a signal comes."""
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    stop_signals = _on_signals(loop, done)
    if not chosen.server and args.shots is None:
        begun = await _begin(chosen, done)
        if isinstance(begun, int):
            stop_signals()
            return begun
        chosen = begun
    services = Services(args.data, chosen.server, _token(args), cache_days=chosen.cache_days)
    bridge = Bridge(services)
    windows = Windows(bridge, chosen, remember=args.shots is None)
    ErrorTeller(bridge, windows.shown_widgets, hooks.errors_seen, windows)
    # Desk seats only: a wall is for the eye.
    speaker = _speaker(windows, chosen) if args.shots is None and not (args.wall or chosen.wall) else None
    windows.all_closed.connect(done.set)
    windows.language_changed.connect(texts.use)
    await services.open()
    only.asked.connect(windows.raise_all)

    def first_stands() -> None:
        services.connect()
        only.listen()

    trace = _trace(windows, done) if args.trace_start else None
    wall = None
    name = args.wall or ("" if args.safe or args.windows or args.shots is not None else chosen.wall)
    if name:
        from desktop.app.wall_host import WallHost

        wall = WallHost(bridge, name, chosen, windows.wall_theme, windows.wall_view)
        wall.start()
    if name or args.shots is not None:
        first_stands()
    else:
        await _open(windows, args, first_stands, done)
    kiosk = _kiosk(windows) if args.kiosk or name else None
    reading = asyncio.create_task(_read_map(windows, chosen), name="map")
    if args.shots is None:
        await done.wait()
        code = 0
    else:
        from desktop.app.shots import take_shots

        code = await take_shots(windows, args.shots, args.seconds, done)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    del trace
    if kiosk is not None:
        kiosk.end()
    if wall is not None:
        wall.close()
    windows.close_all()
    if speaker is not None:
        speaker.close()
    await windows.stop()
    await services.stop()
    stop_signals()
    return code


async def _begin(chosen: settings.Settings, done: asyncio.Event) -> settings.Settings | int:
    """The guided start: the settings that it made, or an exit code."""
    from desktop.app import first_start

    choice = await first_start.ask(chosen, done)
    if choice is None:
        return 0
    if choice.demo:
        return RUN_DEMO
    try:
        return first_start.keep(chosen, choice, settings.config_dir())
    except OSError as error:
        log.error("the choice could not be kept in %s: %s", settings.config_dir(), error.strerror)
        return 3


def _speaker(windows: Windows, chosen: settings.Settings) -> "Speaker":
    from desktop.media.speaker import Speaker  # read when a desk wants to sound

    speaker = Speaker()
    windows.alarms.use_player(speaker, speaks=chosen.speak_alarms)
    speaker.changed.connect(windows.alarms.on_device_changed)
    return speaker


def _kiosk(windows: Windows) -> "Kiosk":
    from desktop.app.kiosk import Kiosk  # with the session's services, which no desk asks for

    return Kiosk(windows)


def _token(args: Arguments) -> str:
    """From the environment, else the one that the guided start kept."""
    if args.token:
        return args.token
    from desktop.app.first_start import kept_token

    return kept_token(settings.config_dir())


async def _open(windows: Windows, args: Arguments, first_stands: Callable[[], None], done: asyncio.Event) -> None:
    if args.safe:
        log.error("safe mode: the windows died again and again; the last arrangement is left closed")
        keys = windows.safe_start()
    else:
        keys = windows.at_start(args.windows)
        if args.layout and windows.use_layout(args.layout):
            keys = tuple(windows.shown()) or keys
        elif args.layout:
            log.error("there is no layout %r; known: %s", args.layout, ", ".join(windows.layouts) or "none")
    await open_windows(windows, keys, first_stands, done)


async def _read_map(windows: Windows, chosen: settings.Settings) -> None:
    package = await asyncio.to_thread(package_or_fault, map_folder(chosen))
    windows.take_map(package)
    if package.ground is None:
        return
    await asyncio.sleep(GROUND_AFTER_S)
    from desktop.widgets.map_canvas.ground import prepare  # with the painting of maps, which no first window needs

    # A director paints its first small map out of sight: the paths of a district, a quarter of a second, would hold every window up.
    await asyncio.to_thread(prepare, package.ground.features)


def _trace(windows: Windows, done: asyncio.Event) -> "StartTrace":
    from desktop.app.trace import StartTrace
    from desktop.views.queue.window import QueueWindow

    window = windows.open(QUEUE)
    assert isinstance(window, QueueWindow)
    trace = StartTrace(window)
    trace.seen.connect(done.set)
    return trace


def _chosen(known: settings.Settings, args: Arguments) -> settings.Settings:
    changes = {"server": args.server} if args.server else {}
    if args.theme is not None:
        changes["theme"] = args.theme
    if args.language is not None:
        changes["language"] = "zh_CN" if args.language == "zh" else "en"
    return replace(known, **changes)


def _on_signals(loop: asyncio.AbstractEventLoop, done: asyncio.Event) -> Callable[[], None]:
    """SIGTERM and Ctrl-C end the program like closing the last window. Gives the function that undoes it."""

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(done.set)

    old = {name: signal.signal(name, stop) for name in (signal.SIGTERM, signal.SIGINT)}

    def undo() -> None:
        for name, handler in old.items():
            signal.signal(name, handler)

    return undo
