"""An RTSP server on loopback, run by the system's Python (Debian's GStreamer): prints `ready PORT`.

usage: rtsp_server.py [--port N] [--still] [--user U --password P] [--size WxH] [--fps N]
Addresses: /cam0 … /cam31 share one encoder; /audio has no picture.
"""

import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--port", default="0")
parser.add_argument("--still", action="store_true", help="every picture is the same")
parser.add_argument("--user", default="")
parser.add_argument("--password", default="")
parser.add_argument("--size", default="640x360")
parser.add_argument("--fps", type=int, default=15)
args = parser.parse_args()

Gst.init(None)
width, height = args.size.split("x")
moving = "pattern=checkers-8" if args.still else "pattern=zone-plate kx2=20 ky2=20 kt=3"
picture = f"videotestsrc is-live=true {moving} ! video/x-raw,width={width},height={height},framerate={args.fps}/1"
encode = f"x264enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max={args.fps * 2}"
pay = "video/x-h264,profile=baseline ! rtph264pay name=pay0 pt=96 config-interval=1"
video = GstRtspServer.RTSPMediaFactory()
video.set_shared(True)
video.set_launch(f"( {picture} ! videoconvert ! video/x-raw,format=I420 ! {encode} ! {pay} )")
sound = GstRtspServer.RTSPMediaFactory()
sound.set_launch("( audiotestsrc is-live=true ! audioconvert ! mulawenc ! rtppcmupay name=pay0 pt=0 )")

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(args.port)
if args.user:
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtspServer.RTSPAuthMethod.DIGEST if hasattr(GstRtspServer, "RTSPAuthMethod") else 2)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(args.user, args.password, token)
    server.set_auth(auth)
    for factory in (video, sound):
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
mounts = server.get_mount_points()
for number in range(32):
    mounts.add_factory(f"/cam{number}", video)
mounts.add_factory("/audio", sound)
if not server.attach(None):
    sys.exit("the port is taken")
print("ready", server.get_bound_port(), flush=True)
GLib.MainLoop().run()
