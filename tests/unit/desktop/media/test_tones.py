"""The sounds themselves: rhythms differ, nothing clips or clicks, the WAV is one that every player reads."""

import io
import itertools
import wave

import pytest

from desktop.media.tones import PATTERNS, RATE_HZ, pcm, samples, wav
from domain.alarms.words import Severity


def test_severities_differ_in_rhythm_and_not_only_in_pitch() -> None:
    rhythms = [tuple((tone.hertz > 0, tone.seconds) for tone in pattern) for pattern in PATTERNS.values()]
    assert len(set(rhythms)) == len(rhythms)
    assert {tone.hertz for tone in PATTERNS[Severity.CRITICAL] if tone.hertz} == {880, 622}
    assert pcm(Severity.INFO) == b""


@pytest.mark.parametrize("severity", PATTERNS)
def test_a_sound_neither_clips_nor_clicks(severity: Severity) -> None:
    made = samples(PATTERNS[severity])
    assert 10_000 < max(made) < 32_767
    assert abs(made[0]) + abs(made[-1]) < 200
    steps = (abs(a - b) for a, b in itertools.pairwise(made))
    assert max(steps) < 6_000


def test_volume_scales_the_sound() -> None:
    loud, soft = samples(PATTERNS[Severity.MAJOR]), samples(PATTERNS[Severity.MAJOR], 0.3)
    assert max(soft) == pytest.approx(0.3 * max(loud), rel=0.01)


def test_a_wav_file_says_what_it_is() -> None:
    with wave.open(io.BytesIO(wav(Severity.CRITICAL))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.readframes(file.getnframes()) == pcm(Severity.CRITICAL)
