"""The FFmpeg that Qt for Python ships, called directly: read a stream, decode it on one thread, scale and convert in one step.

Why not QMediaPlayer for tiles: it decodes on several threads per stream, wakes the windows' thread for every frame, and turns
every frame that is shown into RGB at its own size. Sixteen tiles cost more than twice what ffmpeg needs for the same streams.

Only what is public and fixed within a major version is touched; with other versions `libraries()` gives None and QMediaPlayer
does the work. Nothing is logged by FFmpeg: it would print addresses with logins.
"""

import ctypes
import functools
import logging
import sys
from collections.abc import Iterator, Mapping
from ctypes import CDLL, POINTER, Structure, byref, c_char, c_char_p, c_int, c_int64, c_ubyte, c_void_p
from pathlib import Path
from typing import Any

import numpy as np
import PySide6
from PySide6.QtGui import QImage

MAJORS = {"avutil": 59, "avcodec": 61, "avformat": 61, "swscale": 8}
"""FFmpeg 7. The offsets below hold for these."""
QUIET = -8
VIDEO = 0
BGRA = 28
"""AV_PIX_FMT_BGRA: QImage.Format_RGB32 on little-endian machines."""
FULL_RANGE = frozenset({12, 13, 14, 32})
"""AV_PIX_FMT_YUVJ420P, 422P, 444P and 440P."""
BRIGHTNESS_FIRST = FULL_RANGE | {0, 4, 5, 6, 7, 23, 24, 31}
"""Formats whose first plane is the brightness, a byte for each point: planar YUV of 8 bits, NV12, NV21."""
FAST_BILINEAR = 1
HD_LINES = 720
CS_BT709, CS_BT601 = 1, 5
ONE = 1 << 16
STREAMS_AT = 48
"""Of AVFormatContext: after av_class, iformat, oformat, priv_data, pb (pointers), ctx_flags and nb_streams (ints)."""
PARAMETERS_AT = 16
"""Of AVStream: after av_class, index and id."""
log = logging.getLogger(__name__)


def _tag(text: bytes) -> int:
    """FFERRTAG."""
    return -int.from_bytes(text, "little")


END = _tag(b"EOF ")
INVALID = _tag(b"INDA")
UNAUTHORIZED, FORBIDDEN, NOT_FOUND = _tag(b"\xf8401"), _tag(b"\xf8403"), _tag(b"\xf8404")
NO_STREAM = _tag(b"\xf8STR")


class _Frame(Structure):
    """The beginning of AVFrame."""

    _fields_ = [
        ("data", c_void_p * 8),
        ("linesize", c_int * 8),
        ("extended_data", c_void_p),
        ("width", c_int),
        ("height", c_int),
        ("samples", c_int),
        ("format", c_int),
    ]


class _Packet(Structure):
    """The beginning of AVPacket."""

    _fields_ = [
        ("buf", c_void_p),
        ("pts", c_int64),
        ("dts", c_int64),
        ("data", c_void_p),
        ("size", c_int),
        ("stream_index", c_int),
        ("flags", c_int),
    ]


class StreamError(Exception):
    """FFmpeg's negative code; never its text, which may name the address."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Libraries:
    """The four libraries with the types of what is called. Raises OSError or AttributeError where they are not what is expected."""

    def __init__(self, folder: Path) -> None:
        for stub in sorted(folder.glob("libQt6FFmpegStub-*")):
            CDLL(str(stub), mode=ctypes.RTLD_GLOBAL)  # what the libraries want of OpenSSL and VA
        util, codec, form, scale = (self._load(folder, name) for name in MAJORS)
        number, text, pointer = c_int, c_char_p, c_void_p
        to_pointer = POINTER(c_void_p)
        self.set_option = _typed(util.av_dict_set, number, to_pointer, text, text, number)
        self.free_options = _typed(util.av_dict_free, None, to_pointer)
        self.new_frame = _typed(util.av_frame_alloc, pointer)
        self.free_frame = _typed(util.av_frame_free, None, to_pointer)
        self.new_packet = _typed(codec.av_packet_alloc, pointer)
        self.empty_packet = _typed(codec.av_packet_unref, None, pointer)
        self.free_packet = _typed(codec.av_packet_free, None, to_pointer)
        self.new_decoder = _typed(codec.avcodec_alloc_context3, pointer, pointer)
        self.take_parameters = _typed(codec.avcodec_parameters_to_context, number, pointer, pointer)
        self.open_decoder = _typed(codec.avcodec_open2, number, pointer, pointer, to_pointer)
        self.free_decoder = _typed(codec.avcodec_free_context, None, to_pointer)
        self.send = _typed(codec.avcodec_send_packet, number, pointer, pointer)
        self.receive = _typed(codec.avcodec_receive_frame, number, pointer, pointer)
        self.open = _typed(form.avformat_open_input, number, to_pointer, text, pointer, to_pointer)
        self.find_streams = _typed(form.avformat_find_stream_info, number, pointer, pointer)
        self.best = _typed(form.av_find_best_stream, number, pointer, number, number, number, to_pointer, number)
        self.read = _typed(form.av_read_frame, number, pointer, pointer)
        self.close = _typed(form.avformat_close_input, None, to_pointer)
        self.new_scaler = _typed(scale.sws_getContext, pointer, *[number] * 7, pointer, pointer, pointer)
        self.set_colours = _typed(
            scale.sws_setColorspaceDetails, number, pointer, pointer, number, pointer, number, number, number, number
        )
        self.colours = _typed(scale.sws_getCoefficients, pointer, number)
        self.scale = _typed(scale.sws_scale, number, pointer, pointer, pointer, number, number, pointer, pointer)
        self.free_scaler = _typed(scale.sws_freeContext, None, pointer)
        util.av_log_set_level(QUIET)

    def _load(self, folder: Path, name: str) -> CDLL:
        major = MAJORS[name]
        file = {"win32": f"{name}-{major}.dll", "darwin": f"lib{name}.{major}.dylib"}.get(
            sys.platform, f"lib{name}.so.{major}"
        )
        library = CDLL(str(folder / file))
        version = getattr(library, f"{name}_version")() >> 16
        if version != major:
            raise OSError(f"{file} says version {version}")
        return library


def _typed(function: Any, result: Any, *arguments: Any) -> Any:
    function.restype, function.argtypes = result, arguments
    return function


@functools.cache
def libraries() -> Libraries | None:
    """None where Qt for Python brings another FFmpeg; then the log says so, once."""
    package = Path(PySide6.__file__).parent
    try:
        return Libraries(package if sys.platform == "win32" else package / "Qt" / "lib")
    except (OSError, AttributeError) as error:
        log.warning("camera streams run through QMediaPlayer, which costs more: %s", error)
        return None


class Stream:
    """One opened address with its decoder. Belongs to one thread; `close` it there. Raises StreamError when it cannot be opened."""

    def __init__(self, av: Libraries, address: str, options: Mapping[str, str]) -> None:
        self._av = av
        self._form, self._decoder = c_void_p(), c_void_p()
        self._frame, self._packet = c_void_p(av.new_frame()), c_void_p(av.new_packet())
        self._seen = _Frame.from_address(self._frame.value or 0)
        self._read = _Packet.from_address(self._packet.value or 0)
        self._scaler: int | None = None
        self._scaled: tuple[int, ...] = ()
        try:
            self._open(address, options)
        except StreamError:
            self.close()
            raise

    def _open(self, address: str, options: Mapping[str, str]) -> None:
        av, given, decoder = self._av, self._options(options), c_void_p()
        try:
            _check(av.open(byref(self._form), address.encode(), None, byref(given)))
        finally:
            av.free_options(byref(given))
        _check(av.find_streams(self._form, None))
        self._index = _check(av.best(self._form, VIDEO, -1, -1, byref(decoder), 0))
        assert self._form.value is not None
        streams = ctypes.cast(self._form.value + STREAMS_AT, POINTER(c_void_p))[0]
        stream = ctypes.cast(streams or 0, POINTER(c_void_p))[self._index]
        parameters = ctypes.cast((stream or 0) + PARAMETERS_AT, POINTER(c_void_p))[0]
        self._decoder = c_void_p(av.new_decoder(decoder))
        _check(av.take_parameters(self._decoder, parameters))
        # Many streams share few cores: threads within one only add hand-overs and delay.
        threads = self._options({"threads": "1"})
        try:
            _check(av.open_decoder(self._decoder, decoder, byref(threads)))
        finally:
            av.free_options(byref(threads))

    def _options(self, options: Mapping[str, str]) -> c_void_p:
        given = c_void_p()
        for key, value in options.items():
            self._av.set_option(byref(given), key.encode(), value.encode(), 0)
        return given

    def frames(self) -> Iterator[tuple[int, int]]:
        """Waits for the next frame and gives its width and height; `picture` makes a picture of it until the next one is
        asked for. Raises StreamError at the end of the stream. A damaged packet costs its own frame."""
        av = self._av
        while True:
            _check(av.read(self._form, self._packet))
            if self._read.stream_index == self._index:
                av.send(self._decoder, self._packet)
                while av.receive(self._decoder, self._frame) >= 0:
                    yield self._seen.width, self._seen.height
            av.empty_packet(self._packet)

    def picture(self, width: int, height: int) -> QImage:
        """The frame in this size, in the format that windows are painted in. `width` is a multiple of 16: the scaler writes
        whole vectors."""
        av, seen = self._av, self._seen
        wanted = (seen.width, seen.height, seen.format, width, height)
        if wanted != self._scaled or self._scaler is None:
            self._new_scaler(wanted)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        bits = (c_char * image.sizeInBytes()).from_buffer(image.bits())
        target = (c_void_p * 4)(ctypes.addressof(bits))
        lines = (c_int * 4)(image.bytesPerLine())
        data = ctypes.addressof(seen) + _Frame.data.offset
        sizes = ctypes.addressof(seen) + _Frame.linesize.offset
        av.scale(self._scaler, data, sizes, 0, seen.height, target, lines)
        return image

    def mark(self, columns: int, rows: int) -> bytes | None:
        """Brightness of so many points spread over the frame, whatever size its picture is made in; None for a format without."""
        seen = self._seen
        if seen.format not in BRIGHTNESS_FIRST or seen.linesize[0] < seen.width:
            return None
        plane = (c_ubyte * (seen.linesize[0] * seen.height)).from_address(seen.data[0])
        brightness = np.frombuffer(plane, np.uint8).reshape(seen.height, seen.linesize[0])
        x = (2 * np.arange(columns) + 1) * seen.width // (2 * columns)
        y = (2 * np.arange(rows) + 1) * seen.height // (2 * rows)
        return brightness[np.ix_(y, x)].tobytes()

    def _new_scaler(self, wanted: tuple[int, ...]) -> None:
        av = self._av
        if self._scaler is not None:
            av.free_scaler(self._scaler)
        width, height, form, to_width, to_height = wanted
        scaler = av.new_scaler(width, height, form, to_width, to_height, BGRA, FAST_BILINEAR, None, None, None)
        if scaler is None:
            self._scaler = None
            raise StreamError(INVALID)
        # Streams rarely say which colours they mean; receivers take it from the lines.
        colours = av.colours(CS_BT709 if height >= HD_LINES else CS_BT601)
        av.set_colours(scaler, colours, int(form in FULL_RANGE), colours, 1, 0, ONE, ONE)
        self._scaler, self._scaled = scaler, wanted

    def close(self) -> None:
        av = self._av
        av.free_decoder(byref(self._decoder))
        av.free_frame(byref(self._frame))
        av.free_packet(byref(self._packet))
        if self._form.value is not None:
            av.close(byref(self._form))
        if self._scaler is not None:
            av.free_scaler(self._scaler)
            self._scaler = None


def _check(code: int) -> int:
    if code < 0:
        raise StreamError(code)
    return code
