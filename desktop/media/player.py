"""HLS and files through QMediaPlayer, which paces them; RTSP too where Qt's own FFmpeg cannot be called (ffmpeg.py).

The player gives no error when a stream dies and nothing at all when a server freezes; the watch over silence is
CameraDesk's. Before a network stream is opened, the address is asked once by our own client: it tells a wrong password, a
redirect or a page that is no video, which the player does not.
"""

import logging
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from PySide6.QtCore import QLoggingCategory, QObject, QRunnable, QSize, Qt, QThreadPool, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

from desktop.media.ffmpeg import libraries
from desktop.media.priorities import yield_to_windows
from desktop.media.stream import StreamHub, StreamSource
from desktop.services.cameras.source import PREVIEW_S, FrameSource, Order, Sink
from domain.cameras import FailCode, Kind
from protocol.camera_dialog import CameraError, ask, check_stream

OPENERS = 64
"""Players open in the global thread pool, a second or two each; with its default of one thread per core they open in a row."""
WORKERS = 2
NETWORK_TIMEOUT_MS = 3000
LOWER_AFTER_MS = 500
PREVIEW = QSize(640, 360)
"""Pictures of tiles are not larger than this; the one that is enlarged is shown as it comes."""
PLAYLIST_MOST = 1024 * 1024
PREVIEW_SLACK_S = 0.02
log = logging.getLogger(__name__)
_ERRORS = {
    QMediaPlayer.Error.ResourceError: FailCode.UNREACHABLE,
    QMediaPlayer.Error.FormatError: FailCode.NOT_VIDEO,
    QMediaPlayer.Error.NetworkError: FailCode.UNREACHABLE,
    QMediaPlayer.Error.AccessDeniedError: FailCode.LOGIN,
}


# With this category on, FFmpeg prints every address that it opens, login and all, past all logging.
TELLS_LOGINS = "qt.multimedia.ffmpeg.mediadataholder"
QUIET = f"{TELLS_LOGINS}*=false\nqt.multimedia.symbolsresolver*=false\nqt.multimedia.playbackengine*=false"


def logins_are_safe() -> bool:
    """False where QT_LOGGING_RULES of the environment turns on what would print logins: then none is handed to a player."""
    return not QLoggingCategory(TELLS_LOGINS).isInfoEnabled()  # type: ignore[arg-type] # PySide takes text, its stubs say bytes


class Workers:
    """Threads that turn frames into pictures, so that the windows need not. One for all players of the program."""

    def __init__(self) -> None:
        QLoggingCategory.setFilterRules(QUIET)
        QThreadPool.globalInstance().setMaxThreadCount(OPENERS)
        self.pool = QThreadPool()
        self.pool.setMaxThreadCount(WORKERS)
        self.pool.setObjectName("camera pictures")
        self._lower = QTimer()
        self._lower.setSingleShot(True)
        self._lower.setInterval(LOWER_AFTER_MS)
        self._lower.timeout.connect(yield_to_windows)
        self._streams = StreamHub()

    def stop(self) -> None:
        self._lower.stop()
        self._streams.stop()
        self.pool.clear()
        self.pool.waitForDone()

    def maker(self, order: Order, sink: Sink) -> "PlayerSource":
        """A SourceMaker."""
        return PlayerSource(order, sink, self)

    def stream_maker(self, order: Order, sink: Sink) -> FrameSource:
        """A SourceMaker for RTSP."""
        av = libraries()
        return PlayerSource(order, sink, self) if av is None else StreamSource(order, sink, av, self._streams)

    def player_runs(self) -> None:
        """A player has its first frame, so its threads are there."""
        if not self._lower.isActive():
            self._lower.start()


class _News(QObject):
    """Brings a picture from its worker to the loop's thread. Lives as long as the worker that uses it."""

    made = Signal(QImage)


class _Work(QRunnable):
    def __init__(self, frame: QVideoFrame, full: bool, news: _News) -> None:
        super().__init__()
        self._frame, self._full, self._news = frame, full, news

    def run(self) -> None:
        image = self._frame.toImage()
        if not image.isNull() and not self._full and image.width() > PREVIEW.width():
            image = image.scaled(
                PREVIEW, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self._news.made.emit(image)


class PlayerSource(QObject):
    """One player, from `start` to `stop`; another try is another source."""

    def __init__(self, order: Order, sink: Sink, workers: Workers) -> None:
        super().__init__()
        self._order, self._sink, self._workers = order, sink, workers
        self._full = order.full
        self._player: QMediaPlayer | None = None
        self._video: QVideoSink | None = None
        self._check: Any = None
        self._busy = self._running = False
        self._due = 0.0
        self._stopped = False
        self._news = _News()
        self._news.made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)

    # -- FrameSource ----------------------------------------------------------------------------------

    def start(self) -> None:
        if self._order.kind == Kind.FILE:
            self._play()
        else:
            self._check = self._order.spawn(self._check_then_play(), f"camera {self._order.id}")

    def stop(self) -> None:
        self._stopped = True
        if self._check is not None:
            self._check.cancel()
            self._check = None
        self._news.made.disconnect(self._on_made)
        player, self._player = self._player, None
        video, self._video = self._video, None
        if player is None or video is None:
            return
        video.videoFrameChanged.disconnect(self._on_frame)
        player.errorOccurred.disconnect(self._on_error)
        player.mediaStatusChanged.disconnect(self._on_status)
        player.stop()
        player.setSource(QUrl())
        # Not here and now: this may run inside one of the player's own signals.
        player.deleteLater()
        video.deleteLater()

    def set_full(self, full: bool) -> None:
        self._full = full

    # -- opening --------------------------------------------------------------------------------------

    async def _check_then_play(self) -> None:
        order = self._order
        try:
            if order.kind == Kind.HLS:
                await _check_playlist(order)
            else:
                await check_stream(order.address, allow=order.allow, login=order.login)
        except CameraError as error:
            self._fail(error.code)
            return
        except OSError:
            self._fail(FailCode.ENDED)
            return
        if not self._stopped:
            self._play()

    def _play(self) -> None:
        order = self._order
        if order.login and not logins_are_safe():
            log.error("camera %s not opened: QT_LOGGING_RULES would print its login", order.id)
            self._fail(FailCode.FAULT)
            return
        player, video = QMediaPlayer(self), QVideoSink(self)
        self._player, self._video = player, video
        _set_low_latency(player, order.kind)
        player.setVideoSink(video)
        video.videoFrameChanged.connect(self._on_frame)
        player.errorOccurred.connect(self._on_error)
        player.mediaStatusChanged.connect(self._on_status)
        url = QUrl(_over_tcp(order.address) if order.kind == Kind.RTSP else order.address)
        if order.login:
            url.setUserName(order.login.user)
            url.setPassword(order.login.password)
        if order.kind == Kind.FILE:
            player.setLoops(QMediaPlayer.Loops.Infinite.value)
        player.setSource(url)
        player.play()

    # -- news of the player ---------------------------------------------------------------------------

    @Slot(QVideoFrame)
    def _on_frame(self, frame: QVideoFrame) -> None:
        now = time.monotonic()
        if not frame.isValid():
            return
        if not self._running:
            self._running = True
            self._workers.player_runs()
        if self._busy or (not self._full and now < self._due):
            self._sink.alive()
            return
        # From the last due time, not from now, so that 5 a second stay 5; a pause starts the count anew.
        late = now - self._due
        self._due = (self._due if late < PREVIEW_S else now) + PREVIEW_S - (PREVIEW_SLACK_S if late >= PREVIEW_S else 0)
        self._busy = True
        self._workers.pool.start(_Work(frame, self._full, self._news))

    @Slot(QImage)
    def _on_made(self, image: QImage) -> None:
        self._busy = False
        if self._stopped:
            return
        if image.isNull():
            self._sink.alive()
        else:
            self._sink.picture(image)

    def _on_error(self, error: QMediaPlayer.Error, text: str) -> None:
        # `text` may name the address with its login: it is neither shown nor logged.
        self._fail(_ERRORS.get(error, FailCode.UNREACHABLE))

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        player = self._player
        if player is None:
            return
        if status is QMediaPlayer.MediaStatus.InvalidMedia:
            self._fail(FailCode.NOT_VIDEO)
        elif status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._fail(FailCode.ENDED)
        elif status is QMediaPlayer.MediaStatus.LoadedMedia and not player.hasVideo():
            self._fail(FailCode.NOT_VIDEO)

    def _fail(self, code: FailCode) -> None:
        """Told a turn later: whoever hears it stops this source, and that must not happen inside the player's own signal."""
        if not self._stopped:
            QTimer.singleShot(0, self, lambda: None if self._stopped else self._sink.failed(code))


def _set_low_latency(player: QMediaPlayer, kind: str) -> None:
    """Qt 6.10 and later: a frozen server is an error after some seconds, and live streams are not buffered."""
    try:
        from PySide6.QtMultimedia import QPlaybackOptions
    except ImportError:
        return
    options = QPlaybackOptions()
    if kind == Kind.RTSP:
        options.setPlaybackIntent(QPlaybackOptions.PlaybackIntent.LowLatencyStreaming)
    options.setNetworkTimeout(NETWORK_TIMEOUT_MS)
    player.setPlaybackOptions(options)


def _over_tcp(address: str) -> str:
    """FFmpeg's own mark for "pictures on the control line": UDP loses packets when many streams come to one machine."""
    return f"{address}{'&' if '?' in address else '?'}tcp"


async def _check_playlist(order: Order) -> None:
    """An HLS address must give a playlist, and everything it names must lie on allowed hosts. Raises CameraError."""
    async with await ask(order.address, "GET", allow=order.allow, login=order.login) as reply:
        text = (await reply.read_all(PLAYLIST_MOST)).decode("utf-8", "replace")
    if not text.lstrip("﻿").startswith("#EXTM3U"):
        raise CameraError(FailCode.NOT_VIDEO)
    for line in text.splitlines():
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        target = urljoin(order.address, entry)
        if urlsplit(target).scheme not in ("http", "https") or not order.allow.allows(target):
            raise CameraError(FailCode.HOST_REFUSED)
