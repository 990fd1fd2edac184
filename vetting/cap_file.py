"""What does an administrator's file of legal caps say? Every problem of every row is told, with its address."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from schemas.codes import Severity
from schemas.fee_cap import FeeCap, clashes
from schemas.problem import Problem
from vetting.intake.read import Reading, read
from vetting.refusals import Refusal

# `paid_by` may stand beside them: a cap on what employers pay is no limit on what workers may be charged.
COLUMNS, OPTIONAL = tuple(FeeCap.model_fields), ("includes", "paid_by")
WORKER = "worker"


@dataclass(frozen=True)
class CapListing:
    """`caps`: every row, when there is no problem; else none of them counts."""

    caps: tuple[FeeCap, ...]
    problems: tuple[Problem, ...]
    total: int


def read_caps(data: bytes, file_name: str, *, known: Sequence[FeeCap]) -> CapListing:
    """Read a CSV or workbook with the columns of FeeCap, as `schemas/reference/fee_caps.csv` has them. `known`: the
    rules in force besides, which those of the file may replace and must not contradict. Raises Refusal when the file
    cannot be read, or a column is missing, doubled or unknown."""
    reading = read(data, file_name)
    headings = [heading.strip().casefold() for heading in reading.columns]
    lacking = [name for name in COLUMNS if name not in OPTIONAL and headings.count(name) != 1]
    strange = [name for name in headings if name not in (*COLUMNS, *OPTIONAL) or headings.count(name) > 1]
    if lacking or strange:
        wrong = ", ".join(dict.fromkeys([*lacking, *strange]))
        raise Refusal(
            f"The file needs each of the columns {', '.join(COLUMNS)} once ({' and '.join(OPTIONAL)} may be left out) "
            f"and no other; look at {wrong}. It has: {', '.join(reading.columns)}."
        )
    return _Reader(reading, {name: place for place, name in enumerate(headings)}).listing(known)


@dataclass
class _Reader:
    """Goes through the rows once."""

    reading: Reading
    places: dict[str, int]
    caps: dict[str, FeeCap] = field(default_factory=dict)
    lines: dict[str, tuple[int, Sequence[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def listing(self, known: Sequence[FeeCap]) -> CapListing:
        total = 0
        for line, cells in self.reading.rows():
            total += 1
            self._take(line, cells)
        if not total:
            raise Refusal("The file has a header and no rule below it. Add one row for each rule.")
        standing = [cap for cap in known if cap.rule not in self.caps]
        for one, other in clashes([*standing, *self.caps.values()]):
            named = other if other.rule in self.caps else one
            self._contradicts(named, other if named is one else one)
        told = sorted(self.problems, key=lambda problem: problem.line or 0)
        return CapListing(tuple(self.caps.values()), tuple(told), total)

    def _take(self, line: int, cells: Sequence[str]) -> None:
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in self.places.items()}
        payer = said.pop("paid_by", WORKER)
        if payer not in (WORKER, ""):
            message = "A cap on what employers pay is no limit on what workers may be charged. Take the row out."
            self._note(line, cells, "paid_by", "cap_not_on_workers", message)
            return
        try:
            cap = FeeCap.model_validate(said)
        except ValidationError as wrong:
            for each in wrong.errors():
                column, _, remedy = each["msg"].removeprefix("Value error, ").partition(": ")
                named = str(each["loc"][0]) if each["loc"] else column
                message = each["msg"].removeprefix("Value error, ") if each["loc"] else remedy
                self._note(line, cells, named, "cap_unreadable", f"{message[:1].upper()}{message[1:]}.")
            return
        if cap.rule in self.caps:
            message = f"Line {self.lines[cap.rule][0]} has a rule of this name. Keep one, or name them apart."
            self._note(line, cells, "rule", "cap_twice", message)
            return
        self.caps[cap.rule], self.lines[cap.rule] = cap, (line, cells)

    def _contradicts(self, cap: FeeCap, other: FeeCap) -> None:
        line, cells = self.lines[cap.rule]
        message = (
            f"The rule {other.rule} says something else of the same workers, costs and days. Let one of them end "
            "(valid_to) before the other begins, or give this one the other's name to put it in its place."
        )
        self._note(line, cells, "rule", "cap_contradicts", message)

    def _note(self, line: int, cells: Sequence[str], name: str, code: str, message: str) -> None:
        severity = Severity.REFUSE_FILE
        place = self.places.get(name)
        self.problems.append(self.reading.problem(line, cells, place, code, severity, message, column=name))
