"""What a score may say of months of wage."""

from schemas.score import CorridorFigure, Months, speak_for_all


def test_months_known_of_the_uncharged_alone_do_not_speak_for_all():
    assert not speak_for_all(known=43, answered=106, charged=86)  # 20 uncharged, 23 of the 86 charged
    assert speak_for_all(known=63, answered=106, charged=86)  # 43 of 86: half
    assert not speak_for_all(known=62, answered=106, charged=86)


def test_months_speak_where_nobody_was_charged():
    assert speak_for_all(known=12, answered=12, charged=0)


def test_a_corridor_follows_the_same_rule():
    figure = CorridorFigure(
        origin="NPL", destination="QAT", workers=52, charged_n=52, charged=41, months=Months(n=20, median=0.0)
    )
    assert not figure.months_speak
