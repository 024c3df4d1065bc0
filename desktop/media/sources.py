"""All kinds of source that the product brings, joined with those of the site."""

from desktop.media.player import Workers
from desktop.media.test_pattern import TestPatterns
from desktop.services.cameras.http import MjpegSource, StillSource
from desktop.services.cameras.kinds import source_kinds
from desktop.services.cameras.source import SourceMaker
from domain.cameras import Kind


def all_kinds(workers: Workers, patterns: TestPatterns) -> dict[str, SourceMaker]:
    return source_kinds(
        {
            Kind.RTSP: workers.stream_maker,
            Kind.HLS: workers.maker,
            Kind.FILE: workers.maker,
            Kind.MJPEG: MjpegSource,
            Kind.STILL: StillSource,
            Kind.TEST: patterns.maker,
        }
    )
