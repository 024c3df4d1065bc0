"""Typed reading of resources/themes/tokens.toml, with every check the file promises about itself.

Lives here: the frozen token classes, the loader, contrast and lightness arithmetic. Not here: QColor, fonts, anything of Qt.
The loader raises `TokenError` with all faults at once, so a designer mends the file in one round.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

THEMES = ("dark", "light")
PROFILES = ("desk", "wall")


class TokenError(ValueError):
    """The token file contradicts itself; the message lists each fault."""


@dataclass(frozen=True, slots=True)
class Role:
    """One meaning of a colour, as #RRGGBB for each theme."""

    name: str
    dark: str
    light: str
    meaning: str

    def hex(self, theme: str) -> str:
        """The colour in `theme`."""
        return self.dark if theme == "dark" else self.light


@dataclass(frozen=True, slots=True)
class StatusToken:
    """Colour role, shape, fill and words of one state. A state of `alarm_state` has a fill instead of a shape."""

    kind: str
    state: str
    role: str
    shape: str
    fill: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Sizes for one reading distance, in px before scaling."""

    name: str
    pitch_mm: float
    distance_mm: float
    min_angle_arcmin: float
    text: Mapping[str, float]
    weight: Mapping[str, int]
    line_height: float
    row: Mapping[str, float]
    space: Mapping[str, float]
    radius: Mapping[str, float]
    pen: Mapping[str, float]
    glyph_px: float
    hit_px: float
    motion_ms: Mapping[str, int]
    update_hz: int


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Two roles that meet on screen, and the ratio they must reach in both themes."""

    foreground: str
    background: str
    minimum: float


@dataclass(frozen=True, slots=True)
class ChartTokens:
    """Roles and strokes of chart series, in series order."""

    band: str
    target: str
    axis: str
    series: tuple[str, ...]
    dash: tuple[str, ...]
    marker: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The whole file. `components` keeps plain values (heights, alphas) beside role names."""

    font_ui: tuple[str, ...]
    font_features: tuple[str, ...]
    default_theme: str
    primitives: Mapping[str, str]
    roles: Mapping[str, Role]
    statuses: Mapping[tuple[str, str], StatusToken]
    profiles: Mapping[str, Profile]
    components: Mapping[str, Mapping[str, Any]]
    chart: ChartTokens
    contrast: tuple[ContrastPair, ...]
    separation: Mapping[str, tuple[str, ...]]
    min_delta_l: Mapping[str, float]


def _linear(hex_colour: str) -> tuple[float, float, float]:
    channels = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def relative_luminance(hex_colour: str) -> float:
    """WCAG 2 relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = _linear(hex_colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two sRGB colours, 1 to 21."""
    high, low = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def cie_lightness(hex_colour: str) -> float:
    """CIE L* of an sRGB colour, 0 (black) to 100 (white)."""
    y = relative_luminance(hex_colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def smallest_lightness_gap(colours: Iterable[str]) -> float:
    """The smallest difference in L* between any two of `colours`."""
    return min(abs(cie_lightness(a) - cie_lightness(b)) for a, b in combinations(colours, 2))


def parse_tokens(text: str) -> Tokens:
    """Parse and check the text of a token file. Raises TokenError with every fault found."""
    raw = tomllib.loads(text)
    faults: list[str] = []
    primitives: dict[str, str] = raw["primitives"]
    roles = _roles(raw["roles"], primitives, faults)
    tokens = Tokens(
        font_ui=tuple(raw["meta"]["font_ui"]),
        font_features=tuple(raw["meta"]["font_features"]),
        default_theme=raw["meta"]["default_theme"],
        primitives=primitives,
        roles=roles,
        statuses=_statuses(raw["status"], faults, roles),
        profiles={name: _profile(name, raw["profiles"][name]) for name in PROFILES},
        components=raw["components"],
        chart=_chart(raw["chart"]),
        contrast=tuple(ContrastPair(p[0], p[1], float(p[2])) for p in raw["contrast"]["pairs"]),
        separation={n: tuple(v["members"]) for n, v in raw["separation"].items() if "members" in v},
        min_delta_l=raw["separation"]["min_delta_l"],
    )
    _check_names(tokens, faults)
    if not faults:
        faults += contrast_faults(tokens) + separation_faults(tokens)
    if faults:
        raise TokenError("tokens.toml: " + "; ".join(faults))
    return tokens


def load_tokens(path: Path) -> Tokens:
    """Read and check the token file at `path`. Raises TokenError or OSError."""
    return parse_tokens(path.read_text(encoding="utf-8"))


def contrast_faults(tokens: Tokens) -> list[str]:
    """Pairs of [contrast] that miss their minimum, one sentence each."""
    faults = []
    for pair in tokens.contrast:
        for theme in THEMES:
            ratio = contrast_ratio(tokens.roles[pair.foreground].hex(theme), tokens.roles[pair.background].hex(theme))
            if round(ratio, 2) < pair.minimum:
                faults.append(f"{pair.foreground} on {pair.background} ({theme}) is {ratio:.2f}, needs {pair.minimum}")
    return faults


def separation_faults(tokens: Tokens) -> list[str]:
    """Sets of [separation] whose members come closer in lightness than allowed."""
    faults = []
    for name, members in tokens.separation.items():
        for theme in THEMES:
            gap = smallest_lightness_gap(tokens.roles[m].hex(theme) for m in members)
            if round(gap, 1) < tokens.min_delta_l[name]:
                faults.append(
                    f"set {name} ({theme}) has a lightness gap of {gap:.1f}, needs {tokens.min_delta_l[name]}"
                )
    return faults


def _roles(raw: Mapping[str, Mapping[str, str]], primitives: Mapping[str, str], faults: list[str]) -> dict[str, Role]:
    roles, used = {}, set()
    for name, spec in raw.items():
        for theme in THEMES:
            used.add(spec[theme])
            if spec[theme] not in primitives:
                faults.append(f"role {name} names unknown primitive {spec[theme]}")
        if all(spec[theme] in primitives for theme in THEMES):
            roles[name] = Role(name, primitives[spec["dark"]], primitives[spec["light"]], spec["meaning"])
    faults += [f"primitive {name} is used by no role" for name in sorted(set(primitives) - used)]
    return roles


def _statuses(
    raw: Mapping[str, Mapping[str, Mapping[str, Any]]], faults: list[str], roles: Mapping[str, Role]
) -> dict[tuple[str, str], StatusToken]:
    found = {}
    for kind, states in raw.items():
        for state, spec in states.items():
            role = spec.get("role", "")
            if role and role not in roles:
                faults.append(f"status {kind}.{state} names unknown role {role}")
            found[kind, state] = StatusToken(
                kind, state, role, spec.get("shape", ""), spec.get("fill", "solid"), spec["zh"], spec["en"]
            )
    return found


def _profile(name: str, spec: Mapping[str, Any]) -> Profile:
    return Profile(name=name, **spec)


def _chart(spec: Mapping[str, Any]) -> ChartTokens:
    return ChartTokens(
        spec["band"],
        spec["target"],
        spec["axis"],
        tuple(spec["series"]),
        tuple(spec["dash"]),
        tuple(spec["marker"]),
    )


def _check_names(tokens: Tokens, faults: list[str]) -> None:
    known = tokens.roles
    named = [(p.foreground, "contrast") for p in tokens.contrast] + [
        (p.background, "contrast") for p in tokens.contrast
    ]
    named += [(m, f"separation.{n}") for n, members in tokens.separation.items() for m in members]
    named += [(r, "chart") for r in (tokens.chart.band, tokens.chart.target, tokens.chart.axis, *tokens.chart.series)]
    for component, spec in tokens.components.items():
        # A value with a dot is a role name; "camera.*" stands for the whole family.
        named += [
            (v, f"components.{component}") for v in spec.values() if isinstance(v, str) and "." in v and v[-1] != "*"
        ]
    faults += [f"{where} names unknown role {name}" for name, where in named if name not in known]
    faults += [f"separation.{n} has no min_delta_l" for n in tokens.separation if n not in tokens.min_delta_l]
