"""Theme: axes, sizes, fonts, style sheet, icons, chart pens."""

import re

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from desktop.theme.assets import load_fonts
from desktop.theme.chart_pens import series_pen
from desktop.theme.theme import DESK_SCALES, Theme, smallest_text_px, wall_scale


def test_a_role_has_the_colour_of_its_theme():
    assert Theme.load("dark").color("surface.app") == QColor("#11161B")
    assert Theme.load("light").color("surface.app") == QColor("#F1F4F7")


def test_an_unknown_name_is_an_error_and_not_black():
    theme = Theme.load()
    for ask in (theme.color, theme.px, theme.space, theme.row, theme.pen):
        with pytest.raises(KeyError):
            ask("no.such")
    with pytest.raises(ValueError, match="no such theme"):
        Theme.load("sepia")


def test_handing_out_a_colour_does_not_let_others_change_it():
    theme = Theme.load()
    theme.color("text.primary").setAlpha(10)
    assert theme.color("text.primary").alpha() == 255


def test_profiles_differ_in_size_and_scale_multiplies_every_px():
    desk, wall = Theme.load(), Theme.load(profile="wall")
    assert (desk.px("body"), wall.px("body")) == (14, 26)
    large = desk.with_axes(scale=1.5)
    assert (large.px("body"), large.space("l"), large.row("normal"), large.glyph_px) == (21, 24, 54, 18)


def test_wall_scale_is_one_at_the_reference_wall_and_grows_with_distance():
    tokens = Theme.load().tokens
    assert wall_scale(tokens, 1.89, 6000) == 1.0
    assert smallest_text_px(tokens.profiles["desk"], 0.277, 650) == 12
    assert wall_scale(tokens, 1.89, 12000) == pytest.approx(47 / 24)
    with pytest.raises(ValueError, match="positive"):
        wall_scale(tokens, 0, 6000)


def test_desk_scales_reach_from_90_to_150_percent():
    assert (DESK_SCALES[0], DESK_SCALES[-1]) == (0.9, 1.5)


def test_a_status_carries_colour_shape_and_word_in_the_chosen_language():
    look = Theme.load(language="zh").status("sla", "at_risk")
    assert (look.role, look.shape, look.word) == ("sla.risk", "diamond", "临期")
    assert Theme.load(language="en").status("sla", "at_risk").word == "At risk"


def test_bundled_fonts_are_the_ones_used(qapp):
    families = load_fonts()
    assert "Inter" in families
    assert "Noto Sans SC" in families
    assert QFontInfo(Theme.load().font("body")).family() == "Inter"
    assert "Noto Sans SC" in QFontDatabase.families()


def test_figures_have_equal_width_so_a_clock_does_not_shake(qapp):
    from desktop.widgets.painting import text_width

    load_fonts()
    for size in ("caption", "body", "number_xl"):
        font = Theme.load().font(size, "number")
        assert text_width(font, "11:11") == pytest.approx(text_width(font, "00:00"))


def test_ticket_numbers_get_a_slashed_zero():
    tag = QFont.Tag.fromString("zero")
    assert Theme.load().font("body", ids=True).isFeatureSet(tag)
    assert not Theme.load().font("body").isFeatureSet(tag)


@pytest.mark.parametrize("profile", ["desk", "wall"])
@pytest.mark.parametrize("name", ["dark", "light"])
def test_style_sheet_is_complete_and_leaves_tables_alone(qtbot, name, profile):
    from PySide6.QtWidgets import QWidget

    sheet = Theme.load(name, profile).stylesheet()
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert "$" not in rules
    assert "QTableView" not in rules
    assert "QAbstractItemView" not in rules
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(sheet)  # a rule Qt cannot parse is a warning, and a warning fails the test
    widget.ensurePolished()


def test_palette_gives_tables_their_ground():
    palette = Theme.load("light").palette()
    assert palette.color(QPalette.ColorRole.Base) == QColor("#FFFFFF")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == Theme.load("light").color("text.disabled")


def test_an_icon_is_drawn_in_the_colour_of_its_role(qapp):
    theme = Theme.load()
    image = theme.icon_pixmap("bell", "accent.base", 40, 2.0).toImage()
    drawn = [image.pixelColor(x, y) for x in range(80) for y in range(80) if image.pixelColor(x, y).alpha() == 255]
    assert image.width() == 80
    assert drawn
    assert {color.name() for color in drawn} == {theme.color("accent.base").name()}


def test_a_missing_icon_is_an_error():
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        Theme.load().icon_pixmap("no-such-icon", "text.primary", 16)


def test_chart_series_take_dash_and_width_from_the_tokens():
    desk, wall = Theme.load(), Theme.load(profile="wall")
    assert series_pen(desk, 0).widthF() == 2
    assert series_pen(wall, 0).widthF() == 4
    assert series_pen(desk, 0).dashPattern() == []
    assert series_pen(desk, 2).dashPattern() == [3.0, 2.0]
    assert series_pen(desk, 0, dimmed=True).color().alpha() < 255


def test_at_night_no_text_of_a_wall_is_brighter_than_secondary_text() -> None:
    day = Theme.load("dark", "wall")
    night = day.with_axes(night=True)
    peak = day.color("text.secondary").lightness()
    words = [
        role
        for role in day.tokens.roles
        if role.startswith("text.") and role not in ("text.on_accent", "text.on_alarm")
    ]
    assert max(day.color(role).lightness() for role in words) > peak
    assert max(night.color(role).lightness() for role in words) == peak
    assert night.palette().windowText().color() == day.color("text.secondary")
    assert day.color("text.primary").name() not in night.stylesheet()
    assert night.with_axes(scale=2.0).is_night
    assert not night.with_axes(night=False).is_night
