"""A row with too many or too few cells is put right by hand, and counts then like any other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.answers import UNANSWERED, Answers
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, fee_csv
from vetting.intake.check import Checked, check
from vetting.intake.ragged import aligned, put_right, taken_back

FILE = fee_csv({}, {"report_id": "R2", "worker_ref": "W-2"})
HEADER, FIRST, SECOND = (line.split(",") for line in FILE.decode().splitlines())
FEW, MANY = [*SECOND[:5], *SECOND[7:]], [*SECOND[:2], "Himal", " Example", *SECOND[3:]]


def checked(row: list[str], answers: Answers = UNANSWERED) -> Checked:
    data = "\r\n".join([",".join(cells) for cells in (HEADER, row, FIRST)]).encode()
    return check(data, "a.csv", agencies=AGENCIES, today=TODAY, answers=answers)


@pytest.mark.parametrize(("row", "place", "name"), [(FEW, 5, ""), (MANY, 2, "Himal, Example")])
def test_a_row_put_right_counts_like_any_other(row: list[str], place: int, name: str):
    first = checked(row)
    assert (first.result.accepted, first.result.refused) == (1, 1)
    assert addresses(first.result) == [(2, None, "ragged_row")]
    (ragged,) = first.ragged
    cells = aligned(ragged.cells, len(HEADER), place, ",")
    answers = put_right(UNANSWERED, 2, first.places, cells)
    second = checked(row, answers)
    assert (second.result.rows, second.result.accepted, second.result.problems) == (2, 2, ())
    stored = {line: (report, agency) for line, report, agency in second.ready.select(
        "line", "report_id", "agency_name").iter_rows()}  # fmt: skip
    assert stored == {3: ("R1", None), 2: ("R2", name or None)}
    assert taken_back(answers, 2) == UNANSWERED


def test_what_is_still_wrong_in_it_is_said_at_its_line():
    cells = aligned(FEW, len(HEADER), len(FEW), ",")
    found = addresses(checked(FEW, put_right(UNANSWERED, 2, checked(FEW).places, cells)).result)
    assert {line for line, _, _ in found} == {2}
    assert (2, "destination_country", "missing_value") not in found
    assert (2, "interview_date", "unreadable_date") in found


def test_a_delimiter_too_many_at_the_end_adds_nothing():
    assert aligned(["a", "b", "", " "], 2, 1, ";") == ("a", "b")


@given(st.lists(st.sampled_from(["a", "b", ""]), min_size=1, max_size=8), st.integers(1, 8), st.data())
def test_every_row_fits_the_header_wherever_it_is_mended(cells: list[str], width: int, data: st.DataObject):
    place = data.draw(st.integers(0, len(cells) if len(cells) <= width else width - 1))
    fitted = aligned(cells, width, place, ",")
    assert len(fitted) == width
    assert "".join(fitted).replace(",", "") == "".join(cells)
