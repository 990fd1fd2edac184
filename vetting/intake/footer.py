"""Which lines below the table are no rows of it: totals, sources, signatures?

Told from the end upwards, and only where a line says so itself. A line is left out when it fills at most half as many
cells as the rows do and is a total, a sum, a label with what it labels, or a sentence where every row has a value of
another shape; below such a line, whatever looks like no row. Anything else stays a row, whatever is wrong with it.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from schemas.lookup import ambiguous_currency, currency_code, local_words
from schemas.spelling import folded, plain_words
from vetting.intake.blocks import COMMENT
from vetting.intake.dialect import Dialect
from vetting.intake.file_kind import MARK, UnreadableFile
from vetting.intake.numbers import read_number

# All assumed; what is left out is shown and can be changed.
WHOLE = 4 << 20  # bytes up to which the whole table is looked at; of a longer one its end
TAIL = 1 << 20
LAST_ROWS = 1000  # among which the fullest is looked for
TRIES = 10  # to find where a row begins in the middle of a file
FULL = 0.9  # of the rows that fill a column from which on it has a shape of its own
ADDENDS = 3  # amounts that a line without a word must be the sum of
SENTENCE = 4  # words
LABEL_WORDS = 4  # of the longest label in the word list
LONGEST = 200  # signs of a cell that are looked at
LABEL = re.compile(r"[^\W\d][^\d:：]*[:：](?:\s|$)")
RULED = re.compile(r"[-=_*~.·•–—─═ ]{3,}")
MARKED = ("*", "†", "‡", "©")
BRACKETED = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")


class Record(NamedTuple):
    """A line that says something: its line (None: not counted), the byte where it begins, its cells."""

    line: int | None
    begin: int
    cells: list[str]
    after_blank: bool

    @property
    def width(self) -> int:
        return len(self.cells)

    @property
    def filled(self) -> list[int]:
        """The places of its cells that are not blank."""
        return [place for place, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True)
class Footer:
    """The lines left out below the table, and the byte of the text at which they begin."""

    begin: int
    lines: tuple[tuple[str, ...], ...]
    line: int | None


def find_footer(text: bytes, dialect: Dialect, *, width: int, header_line: int, chosen: int | None) -> Footer | None:
    """`text`: the table in UTF-8; `width`: columns of its header. `chosen`: how many lines somebody said. None where
    nothing is left out; UnreadableFile where not so many lines can be."""
    if chosen is not None:
        return _last(text, dialect, width, header_line, chosen) if chosen else None
    start = _start(text, dialect)
    if start is None:
        return None
    try:
        records = [*_records(text, start, dialect, width, header_line)]
    except csv.Error:  # the reader says what is wrong with the quotes
        return None
    footer = _below(records, width)
    return Footer(footer[0].begin, tuple(tuple(each.cells) for each in footer), footer[0].line) if footer else None


def _last(text: bytes, dialect: Dialect, width: int, header_line: int, lines: int) -> Footer:
    kept: deque[Record] = deque(maxlen=lines + 1)
    try:
        kept.extend(_records(text, _beginning(text), dialect, width, header_line))
    except csv.Error as error:
        raise UnreadableFile(f"The file cannot be read to its end: {error}.") from None
    if len(kept) <= lines:
        raise UnreadableFile(
            f"Only {len(kept)} lines below the header say something, so {lines} cannot be left out. Choose fewer."
        )
    footer = [*kept][1:]
    return Footer(footer[0].begin, tuple(tuple(each.cells) for each in footer), footer[0].line)


def _beginning(text: bytes) -> int:
    return len(MARK) if text.startswith(MARK) else 0


def _start(text: bytes, dialect: Dialect) -> int | None:
    """A byte at which a row begins; None where none can be found for certain."""
    if len(text) <= WHOLE:
        return _beginning(text)
    if dialect.escape:
        return None
    quote = dialect.quote.encode()
    start = text.find(b"\n", len(text) - TAIL) + 1
    for _ in range(TRIES):
        if not start or not quote or not text.count(quote, start) % 2:
            return start or None
        start = text.find(b"\n", text.find(quote, start)) + 1
    return None


def _records(text: bytes, start: int, dialect: Dialect, width: int, header_line: int) -> Iterator[Record]:
    """What says something below the header, from `start` on. Raises csv.Error."""
    begin = start

    def lines() -> Iterator[str]:
        nonlocal begin
        for line in io.StringIO(text[start:].decode(), newline=""):
            begin += len(line) if line.isascii() else len(line.encode())
            yield line

    whole, blank, here = start == _beginning(text), False, start
    for count, cells in enumerate(dialect.rows(lines(), strict=True), start=1):
        said = any(map(str.strip, cells)) and not (len(cells) != width and COMMENT.match(cells[0]))
        if said and not (whole and count <= header_line):
            yield Record(count if whole else None, here, cells, blank)
        blank, here = not said, begin


def _below(records: Sequence[Record], width: int) -> Sequence[Record]:
    """The footer among these: the longest end of them that says of itself that it is one."""
    run = len(records)
    fullest = max((len(each.filled) for each in records[-LAST_ROWS:]), default=0)
    while run > 1 and (2 * len(records[run - 1].filled) <= fullest or _is_total(records[run - 1])):
        run -= 1
    if width < 2 or 2 * sum(each.width == width for each in records[:run]) < run:  # no table that is understood
        return ()
    table, first = _Table(records[:run], fullest), len(records)
    for place in range(len(records) - 1, run - 1, -1):
        if table.is_told_by(records[place]):
            first = place
        elif not table.is_unlike(records[place]):
            break
    return records[first:]


class _Column:
    """The cells of one column in the rows above that say something."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = cells

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(map(folded, self.cells))

    @cached_property
    def shapes(self) -> frozenset[str]:
        return frozenset(map(_shape, self.cells))

    @cached_property
    def addends(self) -> list[Decimal]:
        """Its amounts that are not 0; none where something else stands in it."""
        amounts = [_amount(cell) for cell in self.cells]
        return [] if None in amounts else [amount for amount in amounts if amount]

    @cached_property
    def total(self) -> Decimal:
        return sum(self.addends, Decimal(0))


class _Table:
    """The rows above, to which what stands below is compared."""

    def __init__(self, rows: Sequence[Record], fullest: int) -> None:
        self._rows, self._fullest = rows, fullest
        self._columns: dict[int, _Column] = {}

    def is_told_by(self, line: Record) -> bool:
        """Does this line say that it is none of these rows?"""
        first, *others = line.filled
        said, rest = line.cells[first], [line.cells[place] for place in others]
        if _is_total(line) and rest and folded(said.strip()) not in self._column(first).words:
            return all(_amount(cell) is not None for cell in rest) and (
                self._is_sparse(line) or self._are_sums(line, others, ADDENDS - 1)
            )
        if all(_amount(line.cells[place]) is not None for place in line.filled):
            return self._are_sums(line, line.filled, ADDENDS)
        return self.is_unlike(line) and (
            _is_labelled(said)
            or RULED.fullmatch(said.strip()) is not None
            or ((line.after_blank or self._rows[-1].width != line.width) and len(plain_words(said).split()) >= SENTENCE)
        )

    def is_unlike(self, line: Record) -> bool:
        """Every row has a value where this line begins, and none of that shape."""
        first = line.filled[0]
        column = self._column(first)
        return (
            self._is_sparse(line)
            and len(column.cells) >= FULL * len(self._rows)
            and not _is_one_code(line.cells[first])
            and _shape(line.cells[first]) not in column.shapes
        )

    def _is_sparse(self, line: Record) -> bool:
        return 2 * len(line.filled) <= self._fullest

    def _are_sums(self, line: Record, places: Sequence[int], addends: int) -> bool:
        """Each is the sum of its column, of at least so many amounts that are not 0. Told of whole tables alone."""
        columns = [self._column(place) for place in places]
        return line.line is not None and all(
            len(column.addends) >= addends and column.total == _amount(line.cells[place])
            for place, column in zip(places, columns, strict=True)
        )

    def _column(self, place: int) -> _Column:
        if place not in self._columns:
            cells = (row.cells[place].strip() for row in self._rows if place < row.width)
            self._columns[place] = _Column([cell for cell in cells if cell])
        return self._columns[place]


def _is_total(line: Record) -> bool:
    """Does it begin with a word for a total, alone or with a currency or a count? `Total (NPR)`, `Grand total: 25`."""
    said = BRACKETED.sub(" ", line.cells[line.filled[0]][:LONGEST])
    words = [
        word
        for word in plain_words(said).split()
        if not (word.isdigit() or currency_code(word) or ambiguous_currency(word))
    ]
    return "".join(words) in local_words("total")


def _is_labelled(said: str) -> bool:
    """`Source: …`, `Prepared by …`, `* in NPR`: a label, or a word that stands below tables."""
    words = plain_words(said[:LONGEST]).split()[:LABEL_WORDS]
    begins = {"".join(words[:count]) for count in range(1, len(words) + 1)}
    known = begins & (local_words("below").keys() | local_words("total").keys())
    return bool(known) or LABEL.match(said.strip()[:LONGEST]) is not None or said.strip().startswith(MARKED)


def _is_one_code(said: str) -> bool:
    """One word with letters and digits in it: how reports are numbered."""
    words = said.split()
    return len(words) == 1 and any(map(str.isdigit, said)) and any(map(str.isalpha, said))


def _shape(said: str) -> str:
    """`W-0417` and `R-2` are alike: letters, then digits."""
    plain = plain_words(said[:LONGEST])
    return re.sub(r"(.)\1+", r"\1", "".join("9" if each.isdigit() else each if each == " " else "a" for each in plain))


def _amount(said: str) -> Decimal | None:
    return read_number(said.strip()[:LONGEST].rstrip("% ")).value
