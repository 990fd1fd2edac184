"""Too few workers to show, a wide range and not assessed are three sentences: no dash, no blank, no colour alone; and
no worker looks like nine."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import bands, charts, released, tables, untold
from schemas.codes import Band, Role
from schemas.release import TOO_FEW, PastBand, ReleasedPrinciple, Steps, Word
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, ASHA, Desk
from vetting.disclosure.release import publish
from vetting.store.agencies import fetch_agencies

SeenBy = Callable[..., AppTest]
HEARD = date(2026, 5, 20)
NOBODY_HEARD = "Himchuli Setu Overseas"


def release(desk: Desk) -> None:
    publish(desk.store, ASHA, **desk.when)


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(part.proto.body for part in app.get("html"))


def rows(app: AppTest) -> list[list[str]]:
    """Every row of every table, cell by cell, as HTML without the label and the kind of the cell."""
    cells = r'<td( class="[^"]*")? data-label="[^"]*"><span>(.*?)</span></td>'
    found = re.findall(r"<tr>(.*?)</tr>", html(app), re.DOTALL)
    return [[inner for _, inner in re.findall(cells, row, re.DOTALL)] for row in found]


def assert_nothing_is_only_a_dash(app: AppTest) -> None:
    """No cell of a table is empty or a dash, and no sentence ends in one."""
    for row in rows(app):
        assert not [cell for cell in row if cell in ("", "–", "<small></small>")], row
    assert 'class="none"' not in html(app)
    assert not re.search(r"\*\* –|–$", words_of(app).replace("100–499", ""), re.MULTILINE)


def named(desk: Desk) -> dict[str, str]:
    return {agency.name: agency.agency_id for agency in fetch_agencies(desk.store.cursor())}


@pytest.mark.parametrize("workers", [1, 9])
def test_no_worker_and_nine_are_one_row_of_the_directory(workers: int, desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", reports=workers, interviewed=HEARD, w01=workers)
    release(desk)
    app = seen_by(Role.BUYER, "agencies")
    told = {re.sub(r"<[^>]+>", "", row[0]): row[2:] for row in rows(app) if row}
    nine = next(row for name, row in told.items() if name.startswith("One Agency"))
    none = next(row for name, row in told.items() if name.startswith(NOBODY_HEARD))
    assert nine == none
    assert nine[2:] == [TOO_FEW, TOO_FEW]
    assert_nothing_is_only_a_dash(app)


@pytest.mark.parametrize("workers", [1, 9])
def test_no_worker_and_nine_are_one_page(workers: int, desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", reports=workers, interviewed=HEARD, w01=workers)
    release(desk)
    pages = [seen_by(Role.BUYER, "agency", agency=agency_id) for agency_id in (AGENCY, named(desk)[NOBODY_HEARD])]
    nine, none = ([line for line in words_of(app).splitlines() if "icence" not in line] for app in pages)
    assert nine[1:] == none[1:], "but for the name"
    said = "\n".join(nine)
    assert said.count("Too few workers to show.") >= 3, "the headline, the reality and the cost"
    assert f">{untold.SIGN}</span>" in said, "the strip of past releases"
    assert "The range covers chance only" not in said, "there is no range"
    assert_nothing_is_only_a_dash(pages[0])


def answered(desk: Desk, workers: int, **adverse: int) -> None:
    """60 workers, of whom so many could say who holds the passport."""
    desk.report("sunrise", reports=60, interviewed=HEARD, **adverse)
    desk.store.cursor().execute("UPDATE evidence.report SET w07 = NULL WHERE line >= $line", {"line": workers + 2})
    release(desk)


def indicator(app: AppTest, wording: str) -> list[str]:
    return next(row for row in rows(app) if len(row) == 4 and wording in row[1])


@pytest.mark.parametrize("workers", [0, 9])
def test_what_too_few_could_answer_says_so_beside_what_enough_answered(workers: int, desk: Desk, seen_by: SeenBy):
    answered(desk, workers, w07=workers)
    app = seen_by(Role.BUYER, "agency", agency=AGENCY)
    _, _, share, outcome = indicator(app, "has the passport held")
    assert share == TOO_FEW
    assert "not assessed" in outcome
    assert "of 50–99 workers" in indicator(app, "was charged anything")[2]
    assert_nothing_is_only_a_dash(app)


def test_a_range_too_wide_is_called_one_and_is_no_suppression(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", reports=16, interviewed=HEARD, w12=1)
    release(desk)
    app = seen_by(Role.BUYER, "agency", agency=AGENCY)
    said = words_of(app)
    assert re.search(r"Range \*\*\d+ to \d+ points\*\*", said)
    assert "The range covers chance only" in said
    assert "range too wide" in indicator(app, "had the contract substituted")[3]
    assert TOO_FEW not in "".join(indicator(app, "had the contract substituted"))
    assert "Too few workers to show: 20 are needed." in said, "the median cost"
    assert "too few workers to show: 50 are needed" in said, "ranges of principles"
    assert_nothing_is_only_a_dash(app)
    listed = next(row for row in rows(seen_by(Role.BUYER, "agencies")) if row and "One Agency" in row[0])
    assert re.search(r"range \d+ to \d+ points</small>", listed[4] + "</small>")


def test_a_band_left_open_by_its_range_is_not_called_too_few(desk: Desk, seen_by: SeenBy):
    desk.report(
        "sunrise", reports=19, interviewed=HEARD, **dict.fromkeys(("w10", "w11", "w12", "w14", "w15", "w16"), 6)
    )
    release(desk)
    said = words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))
    assert "Not enough evidence" in said
    assert released.UNSETTLED in said
    assert "no verdict" not in said, "what is said of too few workers"


def test_a_partner_is_told_the_same_words(desk: Desk, seen_by: SeenBy):
    desk.report("sathi", reports=9, interviewed=HEARD)
    release(desk)
    app = seen_by(Role.PARTNER, "batches")
    assert charts.TOO_FEW in html(app)
    assert 'class="none"' not in html(app)


def test_before_the_first_release_nothing_is_only_a_dash(desk: Desk, seen_by: SeenBy):
    assert_nothing_is_only_a_dash(seen_by(Role.BUYER, "agencies"))


def test_reviewers_read_not_assessed_where_there_is_no_range(desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agencies")
    assert_nothing_is_only_a_dash(app)
    assert next(row for row in rows(app) if row and "One Agency" in row[0])[4] == untold.NOT_ASSESSED


@pytest.mark.parametrize(
    ("word", "steps", "told"),
    [
        (Word.NOT_ASSESSED, None, "Not assessed; too few workers to show"),
        (Word.UNCLEAR, None, "Unclear: range too wide; too few workers to show: 50 are needed"),
        (Word.NOT_APPLICABLE, None, "Not applicable; no range"),
    ],
)
def test_the_figure_says_in_words_why_a_bar_is_missing(word: Word, steps: Steps | None, told: str):
    row = released._row("1", ReleasedPrinciple(code="1", word=word, steps=steps), 50)
    assert row.low is None
    assert row.instead == told
    assert told[0].lower() + told[1:] in charts._spoken(row)


def test_no_sign_of_a_band_is_a_dash_and_suppression_has_its_own():
    assert all(re.fullmatch(r"[A-Z?]", face.short) for face in bands.FACES.values())
    hidden, unsettled = (
        PastBand(
            release_id="r", as_of=HEARD, band=Band.INSUFFICIENT_EVIDENCE, band_reason=None, points=None, workers=workers
        )
        for workers in (TOO_FEW, "20–49")
    )
    strips = [released._strip([each], "light") for each in (hidden, unsettled)]
    assert f">{untold.SIGN}</span>" in strips[0]
    assert f": {TOO_FEW}" in strips[0]
    assert TOO_FEW not in strips[1]


def test_the_words_are_the_same_everywhere():
    assert charts.TOO_FEW.lower() == untold.TOO_FEW == TOO_FEW
    assert untold.or_too_few(None) == TOO_FEW
    assert untold.or_too_few(tables.Two("25–50 %", "of 20–49 workers")) == tables.Two("25–50 %", "of 20–49 workers")
    assert (untold.thin(None, 20), untold.thin("10–19", 20)) == (TOO_FEW, f"{TOO_FEW}: 20 are needed")
