"""The sounds of alarms, made by rule: severities differ in rhythm, not only in pitch (screens.md §7). PCM and WAV bytes, no Qt.

16 bit, mono, 44,100 Hz. Each tone rises and falls over 15 ms, so that no loudspeaker clicks.
"""

from __future__ import annotations

import array
import io
import math
import wave

from msgspec import Struct

from domain.alarms.words import Severity

RATE_HZ = 44_100
EDGE_S = 0.015
LOUDNESS = 0.55
"""Share of full scale: the volume of the machine does the rest."""


class Tone(Struct, frozen=True):
    """0 Hz is a pause."""

    hertz: float
    seconds: float


PATTERNS: dict[Severity, tuple[Tone, ...]] = {
    Severity.CRITICAL: tuple(
        tone for _ in range(3) for tone in (Tone(880, 0.14), Tone(0, 0.05), Tone(622, 0.14), Tone(0, 0.13))
    ),
    Severity.MAJOR: (Tone(587, 0.45),),
    Severity.MINOR: (Tone(440, 0.08), Tone(0, 0.08), Tone(440, 0.08)),
}
"""严重: two tones, three times. 重要: one long tone. 轻微: two short ticks, only in the self-test."""


def samples(pattern: tuple[Tone, ...], volume: float = 1.0) -> array.array[int]:
    """Signed 16-bit samples. The second partial makes it carry through a loud hall."""
    made = array.array("h")
    for tone in pattern:
        count = round(tone.seconds * RATE_HZ)
        edge = min(round(EDGE_S * RATE_HZ), count // 2)
        for n in range(count):
            swell = min(1.0, n / edge, (count - n) / edge) if edge else 0.0
            angle = 2 * math.pi * tone.hertz * n / RATE_HZ
            value = 0.8 * math.sin(angle) + 0.2 * math.sin(2 * angle)
            made.append(round(32767 * LOUDNESS * volume * swell * value))
    return made


def pcm(severity: Severity, volume: float = 1.0) -> bytes:
    """Little-endian PCM of a severity; nothing for 提示."""
    made = samples(PATTERNS.get(severity, ()), volume)
    if array.array("h", [1]).tobytes() != b"\x01\x00":
        made.byteswap()
    return made.tobytes()


def wav(severity: Severity, volume: float = 1.0) -> bytes:
    """The same as a WAV file, for looking at, and for machines that play files."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(pcm(severity, volume))
    return file.getvalue()
