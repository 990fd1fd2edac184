"""The sheets people fill in for a case, as CSV or a workbook: a review, a self-assessment, the strata of a sample.

Everything that is wrong is told at once, each with its line and column; a sheet with a problem counts for nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from schemas.application import SelfAnswered
from schemas.codes import Sex
from schemas.interview_draw import Stratum
from schemas.lookup import country_code
from schemas.record import Record
from schemas.review_codes import CellResult, SelfAnswer
from schemas.review_grid import Cell
from schemas.review_sheet import load_review_sheet
from schemas.standard import load_standard
from vetting.exports import to_csv
from vetting.intake.read import column_letter, read
from vetting.refusals import Refusal

R = TypeVar("R", bound=Record)
REVIEW = ("criterion", "element", "result", "note")
SELF_ASSESSMENT = ("criterion", "element", "answer")
STRATA = ("origin", "destination", "sex", "client", "placed")
MAY_BE_LEFT_OUT = frozenset({"note"})
ASKED = ("what is asked", "element asks")  # columns of a blank sheet that are for the reader's eye
RESULTS = {each.value: each for each in CellResult}
ANSWERS = {each.value: each for each in SelfAnswer}
SEXES = {each.value: each for each in Sex}
SHOWN, MOST_DIGITS = 40, 10


class Unfit(Refusal):
    """A sheet that cannot be taken; `problems` are all there are, in the order of its lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(
            "The sheet is not taken, and nothing is saved:\n\n" + "\n".join(f"- {each}" for each in problems)
        )
        self.problems = tuple(problems)


def read_review(data: bytes, file_name: str) -> list[Cell]:
    """A sheet with the columns of REVIEW. A blank result is "not assessed"."""
    return _rows(data, file_name, REVIEW, Cell, _cell)


def read_self_assessment(data: bytes, file_name: str) -> list[SelfAnswered]:
    """A sheet with the columns of SELF_ASSESSMENT. A blank answer is "not answered"."""
    return _rows(data, file_name, SELF_ASSESSMENT, SelfAnswered, _answered)


def read_strata(data: bytes, file_name: str) -> list[Stratum]:
    """A sheet with the columns of STRATA: countries as codes or names, sex as in fee reports (blank: undisclosed)."""
    return _rows(data, file_name, STRATA, Stratum, _stratum)


def blank_review() -> str:
    """Every cell of the grid, to be filled in: CSV with what is asked beside each."""
    return _blank(REVIEW, "result")


def blank_self_assessment() -> str:
    return _blank(SELF_ASSESSMENT, "answer")


def _blank(columns: tuple[str, ...], filled_in: str) -> str:
    rows = [
        {
            "criterion": criterion.crit_code,
            "element": element.code,
            filled_in: "",
            ASKED[0]: criterion.wording,
            ASKED[1]: element.asks,
        }
        for criterion in load_standard().criteria
        for element in load_review_sheet().elements
    ]
    return to_csv(rows, (*columns, *ASKED))


def _cell(row: "_Row") -> dict[str, object]:
    return {
        **_place(row),
        "result": row.one_of("result", RESULTS, blank=CellResult.NOT_ASSESSED),
        "note": row.text("note"),
    }


def _answered(row: "_Row") -> dict[str, object]:
    return {**_place(row), "answer": row.one_of("answer", ANSWERS, blank=SelfAnswer.NOT_ANSWERED)}


def _stratum(row: "_Row") -> dict[str, object]:
    return {
        "corridor": {"origin": row.country("origin"), "destination": row.country("destination")},
        "sex": row.one_of("sex", SEXES, blank=Sex.UNDISCLOSED),
        "client": row.filled("client"),
        "placed": row.whole("placed"),
    }


def _place(row: "_Row") -> dict[str, object]:
    criteria = {criterion.crit_code: criterion.crit_code for criterion in load_standard().criteria}
    elements = {
        name: each.code for each in load_review_sheet().elements for name in (each.code, each.title, each.short)
    }
    return {"crit_code": row.one_of("criterion", criteria), "element": row.one_of("element", elements)}


def _rows(
    data: bytes,
    file_name: str,
    columns: tuple[str, ...],
    record: type[R],
    values: Callable[["_Row"], dict[str, object]],
) -> list[R]:
    """Raises Refusal when the file cannot be read or lacks a column, Unfit with every problem of every row."""
    reading = read(data, file_name)
    headings = [heading.strip().casefold() for heading in reading.columns]
    lacking = [name for name in columns if name not in MAY_BE_LEFT_OUT and headings.count(name) != 1]
    if lacking:
        raise Refusal(
            f"The sheet needs the columns {', '.join(columns)}, each once; look at {', '.join(lacking)}. "
            f"It has: {', '.join(reading.columns)}."
        )
    places = {name: headings.index(name) for name in columns if name in headings}
    made: list[R] = []
    problems: list[str] = []
    for line, cells in reading.rows():
        row = _Row(line, cells, places)
        said = values(row)
        if row.problems:
            problems += row.problems
        else:
            made.append(record.model_validate(said))
    if problems:
        raise Unfit(problems)
    if not made:
        raise Refusal("The sheet has headings and no line below them.")
    return made


@dataclass
class _Row:
    """One line of a sheet, asked cell by cell; what it cannot answer is noted in `problems`, and None comes back."""

    line: int
    cells: list[str]
    places: Mapping[str, int]
    problems: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        place = self.places.get(column)
        return "" if place is None or place >= len(self.cells) else self.cells[place].strip()

    def filled(self, column: str) -> str:
        if not self.text(column):
            self._note(column, "is empty, and has to be filled in")
        return self.text(column)

    def one_of(self, column: str, known: Mapping[str, object], *, blank: object = None) -> object:
        """What the cell's word stands for, capitals and underscores aside; `blank` for an empty cell that may be so."""
        said = self.text(column)
        if not said and blank is not None:
            return blank
        plain = {_plain(name): meant for name, meant in known.items()}
        if _plain(said) not in plain:
            meanings = ", ".join(dict.fromkeys(str(meant) for meant in known.values()))
            self._note(column, f"says “{said[:SHOWN]}”: write one of {meanings}")
        return plain.get(_plain(said))

    def country(self, column: str) -> str | None:
        code = country_code(self.text(column))
        if code is None:
            self._note(column, f"says “{self.text(column)[:SHOWN]}”, which is no country: write BGD or Bangladesh")
        return code

    def whole(self, column: str) -> int | None:
        said = self.text(column)
        if not (said.isascii() and said.isdigit() and len(said) < MOST_DIGITS):
            self._note(column, f"says “{said[:SHOWN]}”: write a whole number, 0 for nobody")
            return None
        return int(said)

    def _note(self, column: str, wrong: str) -> None:
        letter = column_letter(self.places[column])
        self.problems.append(f"Line {self.line}, column {letter} ({column}) {wrong}.")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
