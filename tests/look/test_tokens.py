"""The token file keeps its own promises, and the loader refuses one that does not."""

import os
from pathlib import Path

import pytest

import resources
from desktop.theme.tokens import (
    THEMES,
    TokenError,
    cie_lightness,
    contrast_faults,
    contrast_ratio,
    load_tokens,
    parse_tokens,
    separation_faults,
    smallest_lightness_gap,
)

TEXT = resources.path("themes", "tokens.toml").read_text(encoding="utf-8")


def test_arithmetic_agrees_with_known_values():
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert cie_lightness("#FFFFFF") == pytest.approx(100.0)
    assert cie_lightness("#777777") == pytest.approx(50.0, abs=0.1)
    assert smallest_lightness_gap(["#000000", "#777777", "#FFFFFF"]) == pytest.approx(50.0, abs=0.1)


def test_every_declared_pair_has_its_contrast_in_both_themes():
    assert contrast_faults(parse_tokens(TEXT)) == []


def test_every_set_differs_in_lightness_in_both_themes():
    assert separation_faults(parse_tokens(TEXT)) == []


def test_measured_contrast_in_the_file_is_what_we_measure():
    tokens = parse_tokens(TEXT)
    import tomllib

    for fore, back, _, dark, light in tomllib.loads(TEXT)["contrast"]["pairs"]:
        for theme, written in zip(THEMES, (dark, light), strict=True):
            ratio = contrast_ratio(tokens.roles[fore].hex(theme), tokens.roles[back].hex(theme))
            assert ratio == pytest.approx(written, abs=0.02), (fore, back, theme)


def test_a_primitives_number_is_its_lightness():
    for name, colour in parse_tokens(TEXT).primitives.items():
        family, _, number = name.partition(".")
        if family != "m":
            assert cie_lightness(colour) == pytest.approx(float(number), abs=0.6), name


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('dark = "ink.07", light = "paper.96"', 'dark = "ink.99", light = "paper.96"', "unknown primitive ink.99"),
        ('"amber.53" = "#A47700"', '"amber.53" = "#A47700"\n"amber.54" = "#A47800"', "amber.54 is used by no role"),
        ('["text.primary", "surface.app", 4.5', '["text.missing", "surface.app", 4.5', "unknown role text.missing"),
        ('["text.primary", "surface.app", 4.5', '["text.primary", "surface.app", 20', "needs 20"),
        ("urgency = 8.0", "urgency = 30.0", "set urgency"),
        ('role = "sla.ok", ', 'role = "sla.fine", ', "unknown role sla.fine"),
        ('header = "surface.raised"', 'header = "surface.risen"', "unknown role surface.risen"),
        ("chart = 7.0 }", "charts = 7.0 }", "separation.chart has no min_delta_l"),
    ],
)
def test_a_broken_file_is_refused_with_the_fault_named(old, new, fault):
    assert old in TEXT
    with pytest.raises(TokenError, match=fault):
        parse_tokens(TEXT.replace(old, new, 1))


def test_all_faults_are_told_at_once():
    text = TEXT.replace('header = "surface.raised"', 'header = "a.b"').replace('band = "chart.band"', 'band = "c.d"')
    with pytest.raises(TokenError, match=r"c\.d.*a\.b|a\.b.*c\.d"):
        parse_tokens(text)


def test_every_status_names_a_shape_that_can_be_painted():
    from desktop.widgets.glyphs import SHAPES

    for token in parse_tokens(TEXT).statuses.values():
        assert token.shape in SHAPES or token.kind == "alarm_state", (token.kind, token.state)


def test_the_bundled_file_is_the_designs():
    place = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).parents[3] / "shared"))
    design = place / "design" / "ui" / "tokens.toml"
    if not design.is_file():
        pytest.skip(f"no design beside the checkout at {design}")
    assert load_tokens(design) == parse_tokens(TEXT)
