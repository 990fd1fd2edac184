"""What does a file of another scheme's findings say? Every problem of every row is told, with its address.

Their words for criteria and grades are taken where they are ours already, or where a file of theirs and ours (columns
`theirs`, `ours`) says what each stands for: whoever imports decides that, and nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.codes import Grade, Severity
from schemas.fee_report import Kind
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS
from schemas.standard import Standard
from vetting.intake.personal import codes, mask
from vetting.intake.read import Reading, read
from vetting.refusals import Refusal

COLUMNS = ("criterion", "grade", "statement", "due_on", "status")
MAP_COLUMNS = ("theirs", "ours")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_STATEMENT = 2_000  # characters, as on the page
MOST_ROWS = 500  # assumed: far above what one audit finds


class Status(StrEnum):
    """What the other scheme says became of a finding. It verifies nothing for us: that is our reviewers' word."""

    OPEN = "open"
    AGREED = "agreed"
    DONE = "done"
    CLOSED = "closed"


class ImportedRow(NamedTuple):
    """One finding as the file has it, in our words."""

    crit_code: str
    grade: Grade
    statement: str
    due_on: date | None
    status: Status


@dataclass(frozen=True)
class FindingListing:
    """`rows`: every row with its line and cells, when there is no problem; else none of them counts."""

    rows: tuple[ImportedRow, ...]
    problems: tuple[Problem, ...]
    total: int
    reader: "_Reader"

    def clash(self, place: int, name: str, code: str, message: str) -> Problem:
        """A problem of the row at `place` (from 0) that only what is stored already tells."""
        line, cells = self.reader.addressed[place]
        return self.reader.problem(line, cells, name, code, message)


def read_map(data: bytes, file_name: str) -> Mapping[str, str]:
    """What each of their words stands for. Raises Refusal when the file cannot be read, or says two things of one."""
    reading = read(data, file_name)
    places = _places(reading, MAP_COLUMNS, "The map needs the columns theirs and ours, each once")
    known: dict[str, str] = {}
    for line, cells in reading.rows():
        theirs, ours = (cells[places[name]].strip() if places[name] < len(cells) else "" for name in MAP_COLUMNS)
        if not theirs:
            continue  # a word of ours that they have none for
        if not ours:
            raise Refusal(f"Line {line} of {file_name} is not complete: say which of ours {theirs!r} is.")
        if known.setdefault(theirs.casefold(), ours) != ours:
            raise Refusal(f"Line {line} of {file_name} says something else of {theirs!r} than a line before. Keep one.")
    return known


def read_findings(data: bytes, file_name: str, *, standard: Standard, words: Mapping[str, str]) -> FindingListing:
    """Read a CSV or workbook with the columns of COLUMNS. `words`: what `read_map` gave, or nothing. Raises Refusal
    when the file cannot be read or a column is missing."""
    reading = read(data, file_name)
    places = _places(reading, COLUMNS, f"The file needs each of the columns {', '.join(COLUMNS)} once")
    return _Reader(reading, places, standard, words).listing()


@dataclass
class _Reader:
    """Goes through the rows once."""

    reading: Reading
    places: Mapping[str, int]
    standard: Standard
    words: Mapping[str, str]
    rows: list[ImportedRow] = field(default_factory=list)
    addressed: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    line: int = 0
    cells: Sequence[str] = ()

    def listing(self) -> FindingListing:
        total = 0
        for line, cells in self.reading.rows():
            self.line, self.cells = line, cells
            total += 1
            self._row()
        if not total:
            raise Refusal("The file has a header and no finding below it. Add one row for each finding.")
        if total > MOST_ROWS:
            raise Refusal(f"The file has {total:,} rows, and one audit's findings are at most {MOST_ROWS}. Split it.")
        return FindingListing(tuple(self.rows), tuple(self.problems), total, self)

    def problem(self, line: int, cells: Sequence[str], name: str, code: str, message: str) -> Problem:
        found = self.reading.problem(line, cells, self.places[name], code, Severity.REFUSE_FILE, message)
        personal = code.startswith("personal_")
        return found.model_copy(update={"value": mask(found.value or "")}) if personal else found

    def _row(self) -> None:
        before = len(self.problems)
        code = self._cell("criterion", self._criterion)
        grade = self._cell("grade", self._grade)
        statement = self._cell("statement", self._statement)
        due_on = self._cell("due_on", _day)
        status = self._cell("status", _status)
        if len(self.problems) > before:
            return
        if status is Status.CLOSED and due_on is not None:
            self._note("due_on", "finding_due_though_closed", "A closed finding is not due any more. Leave it blank.")
            return
        key = code, statement
        if key in self.lines:
            message = f"Line {self.lines[key]} has the same finding. Keep one."
            self._note("statement", "finding_twice", message)
            return
        self.lines[key] = self.line
        self.rows.append(ImportedRow(code, grade, statement, due_on, status))
        self.addressed.append((self.line, self.cells))

    def _cell(self, column: str, understand: Callable[[str], Any]) -> Any:
        place = self.places[column]
        text = self.cells[place].strip() if place < len(self.cells) else ""
        try:
            return understand(text)
        except ValueError as why:
            self._note(column, f"finding_{column}_unreadable", str(why))
        except _Personal as held:
            self._note(column, held.code, str(held))
        return None

    def _criterion(self, text: str) -> str:
        ours = {criterion.crit_code: criterion.title for criterion in self.standard.criteria}
        code = self.words.get(text.casefold(), text)
        if code not in ours:
            listed = "; ".join(f"{each} {title}" for each, title in ours.items())
            raise ValueError(f"No criterion of ours, and the map does not say which of ours it is. Ours are: {listed}.")
        return code

    def _grade(self, text: str) -> Grade:
        try:
            return Grade(self.words.get(text.casefold(), text).casefold())
        except ValueError:
            listed = ", ".join(Grade)
            raise ValueError(f"No grade of ours, and the map does not say which of ours it is: {listed}.") from None

    def _statement(self, text: str) -> str:
        said = " ".join(text.split())
        if not 0 < len(said) <= LONGEST_STATEMENT:
            raise ValueError(f"Say what was found, in at most {LONGEST_STATEMENT:,} characters.")
        held = next(codes(Kind.TEXT, said), None)
        if held is not None:
            raise _Personal(held)
        return said

    def _note(self, column: str, code: str, message: str) -> None:
        self.problems.append(self.problem(self.line, self.cells, column, code, message))


class _Personal(Exception):
    """A statement that names or locates a person."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"This seems to hold {PROBLEMS[code].title.lower()}. Say what was found without it.")


def _places(reading: Reading, names: Sequence[str], need: str) -> Mapping[str, int]:
    headings = [heading.strip().casefold() for heading in reading.columns]
    lacking = [name for name in names if headings.count(name) != 1]
    if lacking:
        raise Refusal(f"{need}; look at {', '.join(lacking)}. It has: {', '.join(reading.columns)}.")
    return {name: headings.index(name) for name in names}


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError("This is no day that can be read for certain. Write it as 2026-03-31, or leave it blank.")
    return day


def _status(text: str) -> Status:
    try:
        return Status(text.casefold() or Status.OPEN)
    except ValueError:
        raise ValueError(f"Write one of: {', '.join(Status)}. Blank is open.") from None
