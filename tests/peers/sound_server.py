"""A sound server of a test's own, with a loudspeaker that is recorded instead of heard: PulseAudio with a null sink."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.faults import processes
from tests.patience import WAIT_S

NEEDED = ("pulseaudio", "pactl", "parec")
RATE_HZ = 8000
WINDOW = RATE_HZ // 50
"""20 ms: shorter than any tone and any pause of an alarm."""
QUIET = 0.01
TONES_HZ = (440, 587, 622, 880)


class Heard(NamedTuple):
    """A tone in the recording; `begin` and `end` in seconds since it began, `peak` as a share of full scale."""

    begin: float
    end: float
    hertz: int
    peak: float


class SoundServer:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sound-"))  # short: names of sockets are limited
        self._raw = self.folder / "heard.raw"
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        return f"unix:{self.folder}/native"

    def start(self) -> None:
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        load = [
            f"--load=module-native-protocol-unix socket={self.folder}/native auth-anonymous=1",
            f"--load=module-null-sink sink_name=hall rate={RATE_HZ} channels=1",
        ]
        self._start([*command, *load])
        asked = ["pactl", "--server", self.address, "get-default-sink"]
        for _ in range(100):
            if subprocess.run(asked, capture_output=True, timeout=WAIT_S, check=False).returncode == 0:
                break
        else:
            raise AssertionError("the sound server did not start")
        form = ["--rate", str(RATE_HZ), "--channels", "1", "--format", "s16le", "--raw", "--latency-msec", "20"]
        with self._raw.open("wb") as file:
            self._start(["parec", "--server", self.address, "-d", "hall.monitor", *form], stdout=file)

    def _start(self, command: list[str], **more: object) -> None:
        home = {"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder)}
        made = processes.start(
            [*processes.dies_with_us("KILL"), *command],
            env={**os.environ, **home},
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            **more,
        )
        self._processes.append(made)

    def kill(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait(WAIT_S)
        self._processes.clear()
        (self.folder / "native").unlink(missing_ok=True)

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def recorded_s(self) -> float:
        return self._raw.stat().st_size / 2 / RATE_HZ

    def heard(self) -> list[Heard]:
        """Every tone since the start."""
        raw = np.fromfile(self._raw, "<i2", count=self._raw.stat().st_size // 2) / 32768
        windows = raw[: len(raw) // WINDOW * WINDOW].reshape(-1, WINDOW)
        peaks = np.abs(windows).max(axis=1, initial=0.0)
        angles = 2j * np.pi * np.outer(np.arange(WINDOW), TONES_HZ) / RATE_HZ
        strongest = np.abs(windows @ np.exp(angles)).argmax(axis=1)
        found: list[Heard] = []
        for n in np.flatnonzero(peaks > QUIET):
            begin, hertz, peak = n * WINDOW / RATE_HZ, TONES_HZ[strongest[n]], float(peaks[n])
            if found and found[-1].hertz == hertz and begin - found[-1].end < 1.5 * WINDOW / RATE_HZ:
                last = found.pop()
                found.append(Heard(last.begin, begin + WINDOW / RATE_HZ, hertz, max(last.peak, peak)))
            else:
                found.append(Heard(begin, begin + WINDOW / RATE_HZ, hertz, peak))
        return [one for one in found if one.end - one.begin > 2 * WINDOW / RATE_HZ]

    def sounds(self) -> list[list[Heard]]:
        """Tones that belong together: less than half a second between them."""
        made: list[list[Heard]] = []
        for tone in self.heard():
            if made and tone.begin - made[-1][-1].end < 0.5:
                made[-1].append(tone)
            else:
                made.append([tone])
        return made


def skip_without_server() -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(
            f"no sound server to play to: {', '.join(missing)} not installed (packages pulseaudio, pulseaudio-utils)"
        )
