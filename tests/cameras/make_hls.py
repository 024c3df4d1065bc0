"""Cuts an H.264 clip into HLS (MPEG-TS parts and a playlist) with the system's GStreamer. usage: make_hls.py CLIP FOLDER"""

import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

Gst.init(None)
clip, folder = sys.argv[1:3]
pipeline = Gst.parse_launch(
    f'filesrc location="{clip}" ! qtdemux ! h264parse ! hlssink2 location="{folder}/part%03d.ts" '
    f'playlist-location="{folder}/live.m3u8" target-duration=2 playlist-length=0 max-files=1000'
)
pipeline.set_state(Gst.State.PLAYING)
kinds = Gst.MessageType.EOS | Gst.MessageType.ERROR
message = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, kinds)
pipeline.set_state(Gst.State.NULL)
if message is None or message.type is not Gst.MessageType.EOS:
    sys.exit("the clip could not be cut")
