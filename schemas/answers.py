"""What a partner answered about a file: how it is read, and what its columns and words mean."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import NonNegativeInt

from schemas.record import Record


class Calendar(StrEnum):
    """By which calendar a column's dates are written."""

    GREGORIAN = "gregorian"
    BIKRAM_SAMBAT = "bikram_sambat"
    BUDDHIST = "buddhist"
    EXCEL_SERIAL = "excel_serial"


class Reads(Record):
    """How a file is read. None: as the reader guesses. `footer_lines`: how many lines at its end, blank ones not
    counted, are no rows of the table. `sheet` is the name of a workbook's sheet."""

    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    footer_lines: NonNegativeInt | None = None
    sheet: str | None = None


class Answers(Record):
    """Everything a partner said about one file before it is committed.

    `columns`: the place of a column (0 is A) to ours, or to "" when it is to be left out. `marks`: ours to the decimal
    mark. `orders`: ours to what stands first in a date. `calendars`: ours to its calendar. `words`: ours to what is
    written and what it stands for, in every row ("" is the blank cell). `agencies`: a row's own words for its agency
    (vetting.intake.lexicon.agency_key) to an agency's id. `cells`: line to ours to what should stand there; a row
    with too many or too few cells has those and no others.
    """

    read: Reads = Reads()
    columns: Mapping[int, str] = {}
    marks: Mapping[str, Literal[".", ","]] = {}
    orders: Mapping[str, Literal["day", "month"]] = {}
    calendars: Mapping[str, Calendar] = {}
    words: Mapping[str, Mapping[str, str]] = {}
    agencies: Mapping[str, str] = {}
    cells: Mapping[int, Mapping[str, str]] = {}


UNANSWERED = Answers()


class AgencyCandidate(Record):
    """An agency a row may mean. `alike`: how alike the names are, 0 to 100; `why`: that, in words."""

    agency_id: str
    name: str
    licence: str | None
    country: str
    alike: float
    why: str


class AgencyQuestion(Record):
    """A row's own words for its agency that the register does not settle. `key` is what Answers.agencies answers."""

    key: str
    licence: str | None
    name: str | None
    rows: int
    candidates: tuple[AgencyCandidate, ...] = ()
