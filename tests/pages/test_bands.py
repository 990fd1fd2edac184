"""A band is a word, an icon and a colour, readable in both modes."""

import tomllib
from pathlib import Path

import pytest

from pages.parts import bands
from schemas.codes import Band, BandReason, LicenceStatus

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MODES = ["light", "dark"]
HUES = ["green", "blue", "orange", "red", "gray"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("hue", HUES)
@pytest.mark.parametrize("mode", MODES)
def test_words_and_marks_can_be_read_in_both_modes(mode, hue):
    ink, page = bands.INKS[mode][hue], THEME[mode]["backgroundColor"]
    assert contrast(ink.word, ink.ground) >= 4.5
    assert contrast(ink.word, page) >= 4.5
    assert contrast(ink.mark, page) >= 3


@pytest.mark.parametrize("hue", HUES)
@pytest.mark.parametrize("mode", MODES)
def test_the_theme_and_the_figures_use_the_same_colours(mode, hue):
    theme, ink = THEME[mode], bands.INKS[mode][hue]
    assert (theme[f"{hue}Color"], theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"]) == ink


def test_no_two_bands_share_a_word_an_icon_a_colour_or_a_sign():
    for part in range(4):
        assert len({face[part] for face in bands.FACES.values()}) == len(Band)


def test_every_band_reason_and_licence_status_has_its_words():
    assert bands.FACES.keys() == set(Band)
    assert bands.REASONS.keys() == set(BandReason)
    assert bands.LICENCES.keys() == set(LicenceStatus)


def test_a_hold_never_reads_as_a_verdict():
    assert bands.word(Band.ON_HOLD) == "On hold: reports under review"


def test_a_chip_shows_its_word_and_lets_nothing_through_unescaped():
    shown = bands.chip(bands.FACES[Band.FAIR], "dark", "Fair <b>")
    assert "Fair &lt;b&gt;" in shown
    assert "aria-hidden" in shown
