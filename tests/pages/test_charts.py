"""The range figure draws what it is given, and says so where there is nothing to draw."""

import pytest

from pages.parts import charts
from pages.parts.bands import FACES, INKS
from schemas.codes import Band
from tests.pages.test_bands import contrast

STEPS = charts.Steps(fair=60, strong=80)
HEARD = charts.Row("A Laws", 20.0, 40.0, 55.0, 90.0)
SILENT = charts.Row("4 Data", None, None, None, 70.0)
RELEASED = charts.Row("1 Fees", 20.0, None, 60.0, None)


def texts(figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_heard_principle_has_a_bar_a_dot_and_a_diamond(mode):
    figure = charts.ranges([HEARD], STEPS, mode)
    bar = named(figure, "workers: 95 % range")
    assert (bar.base[0], bar.x[0]) == (20.0, 35.0)
    assert list(named(figure, "workers: middle").x) == [40.0]
    assert list(named(figure, "documents").x) == [90.0]
    assert named(figure, "documents").marker.symbol == "diamond-open"
    assert charts.TOO_FEW not in texts(figure)


def test_too_few_workers_stands_where_the_bar_would_be():
    figure = charts.ranges([HEARD, SILENT], STEPS, "light")
    assert texts(figure).count(charts.TOO_FEW) == 1
    assert len(named(figure, "workers: 95 % range").y) == 1
    assert list(named(figure, "documents").x) == [90.0, 70.0]


def test_a_released_range_has_ends_only():
    names = {trace.name for trace in charts.ranges([RELEASED], STEPS, "light").data}
    assert names == {"workers: 95 % range"}


def test_marks_at_both_ends_are_not_cut_off():
    assert tuple(charts.ranges([HEARD], STEPS, "light").layout.xaxis.range) == (-2, 104)


def test_the_bands_stand_behind_as_ground_with_their_names():
    figure = charts.ranges([HEARD], STEPS, "dark")
    assert [(shape.x0, shape.x1, shape.layer) for shape in figure.layout.shapes] == [
        (0, 60, "below"),
        (60, 80, "below"),
        (80, 100, "below"),
    ]
    assert {"weak", "fair", "strong"} <= set(texts(figure))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_marks_stand_out_from_the_page(mode):
    grounds = [charts.PAPER[mode], *(INKS[mode][hue].ground for hue in ("orange", "blue", "green"))]
    for colours in (charts.WORKERS, charts.SPREAD, charts.PAPERWORK):
        assert all(contrast(colours[mode], ground) >= 3 for ground in grounds)
    assert contrast(charts.QUIET[mode], charts.PAPER[mode]) >= 4.5


def test_a_glyph_is_blank_where_there_is_no_figure():
    assert charts.glyph(FACES[Band.INSUFFICIENT_EVIDENCE], None, None, "light") == ""


def test_a_glyph_without_a_middle_has_no_dot():
    assert "<circle" not in charts.glyph(FACES[Band.FAIR], 60, 80, "light")
    assert "<circle" in charts.glyph(FACES[Band.FAIR], 60, 80, "light", mid=70)
