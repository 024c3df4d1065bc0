"""`Theme`: the one object that answers "which colour, which size, which font" for a widget.

Two independent axes: theme (dark | light) and profile (desk | wall); plus a scale and the language of status words.
A theme never changes: the composition root makes a new one and hands it to `apply_theme` of the top-level windows.
No QWidget here and no colour that does not come from the tokens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap

import resources
from desktop.theme.assets import bundled_tokens
from desktop.theme.icons import IconStore
from desktop.theme.tokens import PROFILES, THEMES, Profile, Tokens

TIGHT_EM = 0.03
_TIGHT = ("number_l", "number_xl")
AT_NIGHT = {"text.primary": "text.secondary", "text.on_video": "text.secondary"}
"""Role → the one whose colour it takes at night."""
DESK_SCALES = (0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a state looks and what it is called. `word` is in the language of the theme."""

    kind: str
    state: str
    role: str
    shape: str
    fill: str
    zh: str
    en: str
    word: str
    color: QColor


def smallest_text_px(profile: Profile, pitch_mm: float, distance_mm: float) -> int:
    """The smallest legible text: a full em under the profile's angle, at this pitch and distance (screens.md §2)."""
    return math.ceil(distance_mm * math.tan(math.radians(profile.min_angle_arcmin / 60)) / pitch_mm)


def wall_scale(tokens: Tokens, pitch_mm: float, distance_mm: float) -> float:
    """What every wall size is multiplied by on a wall of this pixel pitch seen from this distance. Raises ValueError."""
    if pitch_mm <= 0 or distance_mm <= 0:
        raise ValueError("pitch and distance must be positive")
    wall = tokens.profiles["wall"]
    return smallest_text_px(wall, pitch_mm, distance_mm) / wall.text["caption"]


class Theme:
    """Colours, sizes, fonts and status looks for one theme, profile, scale and language."""

    def __init__(
        self,
        tokens: Tokens,
        *,
        name: str = "dark",
        profile: str = "desk",
        scale: float = 1.0,
        language: str = "zh",
        night: bool = False,
    ) -> None:
        if name not in THEMES or profile not in PROFILES or language not in ("zh", "en") or scale <= 0:
            raise ValueError(f"no such theme: {name}, {profile}, {scale}, {language}")
        self._tokens = tokens
        self._name = name
        self._profile = tokens.profiles[profile]
        self._scale = scale
        self._language = language
        self._night = night
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, str, bool], QFont] = {}
        self._looks: dict[tuple[str, str], StatusLook] = {}
        self._icons = IconStore()

    @classmethod
    def load(cls, name: str = "dark", profile: str = "desk", scale: float = 1.0, language: str = "zh") -> Theme:
        """A theme on the bundled tokens, the same one for the same axes.

        Kept for good: a window that Python collects in a cycle is asked for its size while Qt takes it apart, and a theme
        collected with it would be empty by then.
        """
        return _bundled(name, profile, scale, language)

    def with_axes(
        self,
        name: str | None = None,
        profile: str | None = None,
        scale: float | None = None,
        language: str | None = None,
        night: bool | None = None,
    ) -> Theme:
        """The same theme with some axes changed."""
        return Theme(
            self._tokens,
            name=name or self._name,
            profile=profile or self._profile.name,
            scale=scale or self._scale,
            language=language or self._language,
            night=self._night if night is None else night,
        )

    @property
    def name(self) -> str:
        return self._name

    @property
    def profile(self) -> str:
        return self._profile.name

    @property
    def is_wall(self) -> bool:
        return self._profile.name == "wall"

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def language(self) -> str:
        return self._language

    @property
    def is_night(self) -> bool:
        """Whether no text is brighter than `text.secondary`: a night scene of a wall (screens.md §5)."""
        return self._night

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def update_hz(self) -> int:
        return self._profile.update_hz

    @property
    def glyph_px(self) -> int:
        return self._px(self._profile.glyph_px)

    @property
    def hit_px(self) -> int:
        return self._px(self._profile.hit_px)

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role. Raises KeyError for an unknown role."""
        known = self._colors.get(role)
        if known is None:
            known = self._colors[role] = QColor(self._hex(role))
        color = QColor(known)
        if alpha < 1.0:
            color.setAlphaF(alpha)
        return color

    def component(self, component: str, part: str) -> QColor:
        """The colour of a part of a component, for example component("table", "header")."""
        return self.color(self._tokens.components[component][part])

    def number(self, component: str, part: str) -> float:
        """A plain number of a component, for example number("sla_bar", "tick_at"); sizes per profile are scaled."""
        value = self._tokens.components[component][part]
        if isinstance(value, dict):
            return self._px(value[self.profile])
        return float(value)

    def px(self, size: str) -> int:
        """Text size in px: caption, small, body, title, heading, number_m, number_l, number_xl."""
        return self._px(self._profile.text[size])

    def space(self, name: str) -> int:
        """xs, s, m, l, xl, page, gutter in px."""
        return self._px(self._profile.space[name])

    def row(self, name: str) -> int:
        """Row height: compact, normal, relaxed in px."""
        return self._px(self._profile.row[name])

    def radius(self, name: str) -> int:
        """Corner radius: control, panel in px."""
        return self._px(self._profile.radius[name])

    def pen(self, name: str) -> float:
        """Pen width: hair, series, target, whisker, focus in px; a hair line stays whole so that it stays sharp."""
        width = self._profile.pen[name] * self._scale
        return max(1.0, float(round(width))) if name == "hair" else width

    def motion_ms(self, name: str) -> int:
        """Duration: hover, panel, new_row_mark, rotate_fade (wall only)."""
        return self._profile.motion_ms[name]

    def line_px(self, size: str) -> int:
        """Height of one line of text of this size."""
        return math.ceil(self.px(size) * self._profile.line_height)

    def font(self, size: str, weight: str = "body", ids: bool = False) -> QFont:
        """The font for a text size and a weight (body, label, title, number). `ids` = slashed zero, for ticket numbers.

        One object per font, measured once (widgets.painting): copy it before changing it.
        """
        key = (size, weight, ids)
        known = self._fonts.get(key)
        if known is None:
            known = self._fonts[key] = self._make_font(size, weight, ids)
        return known

    def status(self, kind: str, state: str) -> StatusLook:
        """The look of a state. Raises KeyError for an unknown kind or state."""
        known = self._looks.get((kind, state))
        if known is None:
            token = self._tokens.statuses[kind, state]
            role = token.role or "text.primary"
            word = token.zh if self._language == "zh" else token.en
            known = self._looks[kind, state] = StatusLook(
                kind, state, role, token.shape, token.fill, token.zh, token.en, word, self.color(role)
            )
        return known

    def icon_pixmap(self, name: str, role: str, px: int, dpr: float = 1.0) -> QPixmap:
        """A bundled icon in the colour of `role`, `px` logical pixels wide."""
        return self._icons.pixmap(name, self.color(role), px, dpr)

    def icon(self, name: str, role: str, px: int, dpr: float = 1.0) -> QIcon:
        """The same as a QIcon."""
        return QIcon(self.icon_pixmap(name, role, px, dpr))

    def palette(self) -> QPalette:
        """Palette for a top-level window; tables take their grounds from here, never from QSS."""
        palette = QPalette()
        for part, role in _PALETTE.items():
            palette.setColor(part, self.color(role))
        for part in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, self.color("text.disabled"))
        return palette

    def stylesheet(self) -> str:
        """QSS for chrome (inputs, scroll bars, splitters, menus, tool tips). Set it on the top-level window, once."""
        values = {name.replace(".", "_"): self._hex(name) for name in self._tokens.roles}
        sizes = {f"px_{n}": self.px(n) for n in self._profile.text}
        sizes |= {f"space_{n}": self.space(n) for n in self._profile.space}
        sizes |= {f"radius_{n}": self.radius(n) for n in self._profile.radius}
        sizes |= {"hair": round(self.pen("hair")), "focus": round(self.pen("focus")), "hit": self.hit_px}
        template = resources.path("themes", f"{self.profile}.qss").read_text(encoding="utf-8")
        return Template(template).substitute(values | {k: str(v) for k, v in sizes.items()})

    def _hex(self, role: str) -> str:
        return self._tokens.roles[AT_NIGHT.get(role, role) if self._night else role].hex(self._name)

    def _px(self, value: float) -> int:
        return round(value * self._scale)

    def _make_font(self, size: str, weight: str, ids: bool) -> QFont:
        font = QFont()
        font.setFamilies(list(self._families()))
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(self._profile.weight[weight]))
        if size in _TIGHT:
            # Figures of equal width look loose when large; tighter spacing keeps them equal and reads as one number.
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -TIGHT_EM * self.px(size))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for feature in (*self._tokens.font_features, *(("zero",) if ids else ())):
            font.setFeature(QFont.Tag.fromString(feature), 1)
        return font

    def _families(self) -> tuple[str, ...]:
        # The bundled Chinese subset is called "Noto Sans SC"; it stands before system fonts so that every machine measures alike.
        first, *rest = self._tokens.font_ui
        return (first, "Noto Sans SC", *rest)


@lru_cache(maxsize=64)
def _bundled(name: str, profile: str, scale: float, language: str) -> Theme:
    return Theme(bundled_tokens(), name=name, profile=profile, scale=scale, language=language)


_PALETTE = {
    QPalette.ColorRole.Window: "surface.app",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "surface.panel",
    QPalette.ColorRole.AlternateBase: "surface.panel",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.Button: "surface.control",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Highlight: "surface.selected",
    QPalette.ColorRole.HighlightedText: "text.primary",
    QPalette.ColorRole.ToolTipBase: "surface.raised",
    QPalette.ColorRole.ToolTipText: "text.primary",
    QPalette.ColorRole.Link: "accent.base",
    QPalette.ColorRole.Mid: "line.hair",
    QPalette.ColorRole.Dark: "line.hair",
    QPalette.ColorRole.Light: "surface.raised",
    QPalette.ColorRole.Midlight: "surface.raised",
    QPalette.ColorRole.Shadow: "line.hair",
    QPalette.ColorRole.Accent: "accent.base",
}
