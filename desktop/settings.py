"""What this workstation remembers between runs: language, look, server, and where each window stood. One TOML file.

A file that cannot be read is put aside and the defaults hold; a value that makes no sense costs only itself. Nothing about
tickets or people lives here, and no token.
"""

import json
import math
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
from msgspec import Struct

APP = "liandong"
FILE_NAME = "settings.toml"


class WindowPlace(Struct, frozen=True, omit_defaults=True):
    """Where a window stood. `geometry`: Qt's own saveGeometry in base64; `shows`: what it showed, in words of its own (DeskWindow.shows).

    The screen is found again by serial, then by name, then by `position` (as one reads, from 0; -1 = not
    known). `share`: left, top, width, height as parts of the screen's available area, for a screen that changed its
    resolution or scale.
    """

    geometry: str = ""
    screen: str = ""
    serial: str = ""
    position: int = -1
    share: tuple[float, ...] = ()
    full_screen: bool = False
    open: bool = False
    shows: str = ""


class ScreenSetup(Struct, frozen=True, omit_defaults=True):
    """What a person measured of a wall screen, both in millimetres; 0 = the tokens' reference wall.

    `width_px`: how wide the screen was in Qt's pixels when its pitch was measured; 0 = as it is now.
    """

    pitch_mm: float = 0.0
    distance_mm: float = 0.0
    width_px: int = 0


class Layout(Struct, frozen=True, omit_defaults=True):
    """A named arrangement: window key (`queue`, `queue#2`, …) → place. Profiles and type sizes follow from window and screen."""

    windows: dict[str, WindowPlace] = {}


class Settings(Struct, frozen=True):
    """`profile`: desk or wall; `theme`: dark or light; `scale`: factor on all sizes; `screens`: by serial or name."""

    language: str = "zh_CN"
    theme: str = "dark"
    profile: str = "desk"
    scale: float = 1.0
    server: str = ""
    cache_days: int = 400
    """Finished tickets that rested longer (business days) leave this workstation's cache; open ones never do."""
    map_folder: str = ""
    """The site's map package; empty = the one of the installation."""
    wall: str = ""
    """This computer is the wall of this name; empty = a desk."""
    speak_alarms: bool = False
    """Critical alarms are read aloud where the machine has a voice."""
    windows: dict[str, WindowPlace] = {}
    layouts: dict[str, Layout] = {}
    screens: dict[str, ScreenSetup] = {}


CHOICES = {"language": ("zh_CN", "en"), "theme": ("dark", "light"), "profile": ("desk", "wall")}
SCALES = (0.5, 4.0)
CACHE_DAYS = (2, 36500)
"""At least the day that windows show, and the one before."""


def config_dir() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def data_dir() -> Path:
    """Where caches and outboxes live when no --data is given."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def load(directory: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and the names of what could not be used ("file" for all of it, put aside as settings.toml.bad)."""
    path = directory / FILE_NAME
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        _put_aside(path)
        return Settings(), ("file",)
    values: dict[str, Any] = {}
    refused: list[str] = []
    for field in msgspec.structs.fields(Settings):
        if field.name not in raw:
            continue
        try:
            values[field.name] = _checked(field.name, msgspec.convert(raw[field.name], field.type))
        except (msgspec.ValidationError, ValueError):
            refused.append(field.name)
    return Settings(**values), tuple(refused)


def save(directory: Path, settings: Settings) -> None:
    """Write all of it, whole or not at all. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    new = directory / (FILE_NAME + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(_toml(msgspec.to_builtins(settings)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, directory / FILE_NAME)


def _checked(name: str, value: Any) -> Any:
    if name in CHOICES and value not in CHOICES[name]:
        raise ValueError(name)
    if name == "scale" and not (math.isfinite(value) and SCALES[0] <= value <= SCALES[1]):
        raise ValueError(name)
    if name == "cache_days" and not CACHE_DAYS[0] <= value <= CACHE_DAYS[1]:
        raise ValueError(name)
    return value


def _put_aside(path: Path) -> None:
    try:
        os.replace(path, path.with_name(FILE_NAME + ".bad"))
    except OSError:
        # Unreadable and unmovable: the defaults hold, and the next save says what is wrong with the folder.
        return


def _toml(table: dict[str, Any], prefix: str = "") -> str:
    """TOML of nested tables of texts, numbers and truths: all that settings are made of."""
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, dict):
            name = f"{prefix}{_key(key)}"
            lines += ["", f"[{name}]", _toml(value, name + ".")]
    return "\n".join(lines).rstrip() + "\n"


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    # A JSON text is a TOML basic string, except that TOML wants DEL escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
