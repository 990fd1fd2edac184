"""What does a licence register's file say? Their columns become ours; each row that cannot be taken gets a problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.codes import LicenceStatus, Severity
from schemas.lookup import country_code
from schemas.problem import Problem
from vetting.intake.read import Reading, read
from vetting.names import fold_name
from vetting.refusals import Refusal

# Ours, and what registers call it. A heading is compared folded; only these exact headings are understood by
# themselves, everything else is for the person's own mapping.
HEADINGS: dict[str, tuple[str, ...]] = {
    "licence": ("licence", "license", "licence no", "license no", "licence number", "license number", "rl no", "rlno"),
    "name": ("name", "agency", "agency name", "name of agency", "company", "company name", "recruiting agency"),
    "country": ("country", "country code", "licensed in", "agency country"),
    "status": ("status", "licence status", "license status"),
    "valid_from": ("valid from", "issued", "issue date", "date of issue", "issued on"),
    "valid_until": ("valid until", "valid to", "expiry", "expiry date", "expires", "expires on", "date of expiry"),
    "address": ("address", "office address"),
    "aliases": ("aliases", "also known as", "other names", "former names"),
    "deployed_12m": ("deployed 12m", "deployed in 12 months", "workers deployed in 12 months"),
}
STATUS_WORDS = {
    LicenceStatus.VALID: ("valid", "active", "licensed", "in force"),
    LicenceStatus.SUSPENDED: ("suspended",),
    LicenceStatus.CANCELLED: ("cancelled", "canceled", "revoked", "withdrawn"),
    LicenceStatus.EXPIRED: ("expired", "lapsed"),
    LicenceStatus.UNKNOWN: ("unknown",),
}
STATUSES = {word: status for status, words in STATUS_WORDS.items() for word in words}
BLANKS = frozenset({"", "n/a", "n.a", "n.a.", "none", "null", "nil", "-", "--", "—"})
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
LONGEST = 1000  # characters of a cell: assumed, far above any name or address


@dataclass(frozen=True)
class Listing:
    """`rows`: one dict per agency, only with the columns the file has. The counts add up to `total`."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    total: int
    repeated: int
    unusable: int


class _Unusable(Exception):
    """A cell that cannot be taken: which column, by what code, and what to say."""

    def __init__(self, column: str, code: str, message: str) -> None:
        super().__init__(message)
        self.column, self.code, self.message = column, code, message


def read_register(
    data: bytes, file_name: str, *, columns: Mapping[str, str] | None = None, country: str | None = None
) -> Listing:
    """Read a register's CSV. Raises Refusal when it cannot be read, or a needed column is neither there nor given."""
    reading = read(data, file_name)
    places = _places(reading.columns, columns or {})
    default = None if country is None else read_country(country)
    if "name" not in places:
        raise Refusal(_say_mapping("name", "agency's name", reading.columns))
    if "country" not in places and default is None:
        raise Refusal("No column says the country: give it with --country BGD, or map one with --map country=HEADING.")
    return _Reader(reading, places, default).listing()


class _Reader:
    """Goes through the rows once and keeps what the first line says of each agency."""

    def __init__(self, reading: Reading, places: Mapping[str, int], country: str | None) -> None:
        self._reading, self._places, self._country = reading, places, country
        self._first: dict[tuple[str, str, str], tuple[int, dict[str, Any]]] = {}
        self._problems: list[Problem] = []
        self._repeated = self._unusable = 0

    def listing(self) -> Listing:
        total = 0
        for line, cells in self._reading.rows():
            total += 1
            try:
                self._take(line, self._row(cells))
            except _Unusable as why:
                self._unusable += 1
                self._note(line, cells, why, Severity.REFUSE_ROW)
        return Listing(
            rows=tuple(row for _, row in self._first.values()),
            problems=tuple(self._problems),
            total=total,
            repeated=self._repeated,
            unusable=self._unusable,
        )

    def _take(self, line: int, row: dict[str, Any]) -> None:
        """An agency's first line counts. The same licence under another name is not decided for the register."""
        key = (row["country"], row["licence"], "" if row["licence"] else fold_name(row["name"]))
        if key not in self._first:
            self._first[key] = (line, row)
            return
        first, before = self._first[key]
        if fold_name(before["name"]) != fold_name(row["name"]):
            raise _Unusable(
                "licence",
                "licence_twice",
                f"Licence {row['licence']} is on line {first} already, under the name {before['name']!r}. "
                "Two agencies cannot hold one licence: keep the line that is right.",
            )
        self._repeated += 1
        if row["licence"] and row | {"name": ""} != before | {"name": ""}:
            message = f"Line {first} describes this licence differently, and counts. Keep the line that is right."
            self._note(line, (), _Unusable("licence", "described_twice", message), Severity.WARNING)

    def _row(self, cells: Sequence[str]) -> dict[str, Any]:
        said = {column: _cell(cells, place) for column, place in self._places.items()}
        for column, text in said.items():
            if text is not None and len(text) > LONGEST:
                raise _Unusable(column, "too_long", f"This cell has {len(text)} characters. Is a quotation mark open?")
        if said["name"] is None or not fold_name(said["name"]):
            raise _Unusable("name", "name_missing", "This row has no name. Write the agency's name.")
        row: dict[str, Any] = {"licence": said.get("licence") or "", "name": said["name"]}
        row["country"] = self._row_country(said)
        if "status" in said:
            row["status"] = _status(said["status"])
        for column in ("valid_from", "valid_until"):
            if column in said:
                row[column] = _date(column, said[column])
        if "address" in said:
            row["address"] = said["address"]
        if "aliases" in said:
            row["aliases"] = tuple(a for part in (said["aliases"] or "").split("|") if (a := " ".join(part.split())))
        if "deployed_12m" in said:
            row["deployed_12m"] = _count(said["deployed_12m"])
        return row

    def _row_country(self, said: Mapping[str, str | None]) -> str:
        text = said.get("country")
        if text is None and self._country is not None:
            return self._country
        found = None if text is None else country_code(text)
        if found is None:
            raise _Unusable(
                "country",
                "country_unknown",
                "This row has no country that is known. Write a country's name or its ISO code, such as NPL.",
            )
        return found

    def _note(self, line: int, cells: Sequence[str], why: _Unusable, severity: Severity) -> None:
        place = self._places.get(why.column)
        self._problems.append(self._reading.problem(line, cells, place, why.code, severity, why.message))


def _places(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns stands in theirs: as mapped, else as understood; two candidates are asked about."""
    for ours, theirs in mapping.items():
        if ours not in HEADINGS:
            raise Refusal(f"There is no register column {ours!r} to map to. There are: {', '.join(HEADINGS)}.")
        if theirs not in headings:
            raise Refusal(f"The file has no column {theirs!r}. It has: {', '.join(headings)}.")
    places = {ours: headings.index(theirs) for ours, theirs in mapping.items()}
    taken = set(places.values())
    for ours, words in HEADINGS.items():
        found = [i for i, heading in enumerate(headings) if i not in taken and fold_name(heading) in words]
        if ours in places or not found:
            continue
        if len(found) > 1:
            names = " and ".join(repr(headings[i]) for i in found)
            raise Refusal(f"{names} could both be the {ours}: say which with --map {ours}=HEADING.")
        places[ours] = found[0]
    return places


def _say_mapping(ours: str, what: str, headings: Sequence[str]) -> str:
    return (
        f"No column is known to be the {what}. Say which it is with --map {ours}=HEADING; "
        f"the file has: {', '.join(headings)}."
    )


def _cell(cells: Sequence[str], place: int) -> str | None:
    """One line of text without doubled spaces; None when it says nothing."""
    text = " ".join(cells[place].split()) if place < len(cells) else ""
    return None if text.casefold() in BLANKS else text


def read_country(text: str) -> str:
    found = country_code(text)
    if found is None:
        raise Refusal(f"{text!r} is no country that is known. Write its name or its ISO code, such as BGD.")
    return found


def _status(text: str | None) -> LicenceStatus:
    if text is None:
        return LicenceStatus.UNKNOWN
    found = STATUSES.get(fold_name(text))
    if found is None:
        known = ", ".join(status.value for status in LicenceStatus)
        raise _Unusable("status", "status_unknown", f"This is no licence status. Write one of: {known}.")
    return found


def _date(column: str, text: str | None) -> date | None:
    if text is None:
        return None
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise _Unusable(column, "date_unreadable", "This date cannot be read for certain. Write it as 2026-03-31.")


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise _Unusable("deployed_12m", "count_unreadable", "Write the workers in digits alone, such as 1250.")
    return int(text)
