"""With which delimiter and which quotes is the text written? Tried on its beginning with Python's own CSV reader.

The best is the one under which known headers appear; else the one under which most rows have equally many cells and
those cells look like single values.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vetting.intake.columns import recognised
from vetting.intake.file_kind import SAVE_AS, UnreadableFile

# What a person may choose from, and what each is called. Any other single character can be given too.
DELIMITERS: dict[str, str] = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
SAMPLE_ROWS, SAMPLE_BYTES = 200, 1 << 20
HEADER_ROWS = 50  # rows among which the header is looked for; assumed
KNOWN = 3  # known headers in one row that cannot be chance; assumed
AGREEING = 0.6  # share of rows with the usual number of cells below which another sign may separate them; assumed
ALL_SPACED = 0.9  # share of cells after a space from which the space belongs to the delimiter; assumed
LONGEST_FIELD = 1 << 30  # Python's own limit of 131,072 is below a long cell; what is too long is refused by name
csv.field_size_limit(LONGEST_FIELD)
SAID = re.compile(r"sep=([^\r\n])\r?(?:\n|$)", re.IGNORECASE)  # Excel's own first line
# A single value: a number, a date, a code, an address of the web, a word or a few.
VALUE = re.compile(r"\s*(?:[-+$€£]?[\d.,:/ -]+%?|[\w.@:/?&=%+#()'-]+(?: [\w.()'&/-]+){0,5})?\s*")
FIXED_WIDTH = re.compile(r"\S {2,}\S")
QUOTED_BETWEEN = re.compile(r'(?:^|(?<=[ :^~]))"[^"]*"(?=[ :^~]|$)')


@dataclass(frozen=True)
class Dialect:
    """`quote` is "" where quotation marks are letters; `spaced`: a space after each delimiter is no text."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False

    @property
    def plain(self) -> bool:
        """Arrow's reader, the fast one, can read it as it stands."""
        return not self.spaced and self.delimiter.isascii()

    def rows(self, text: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
        return csv.reader(
            text,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            skipinitialspace=self.spaced,
            strict=strict,
        )


@dataclass(frozen=True)
class Sample:
    """The beginning of a file. `cut`: there is more of it."""

    text: str
    cut: bool

    @classmethod
    def of(cls, utf8: bytes) -> "Sample":
        return cls(utf8[:SAMPLE_BYTES].decode("utf-8-sig", errors="ignore"), len(utf8) > SAMPLE_BYTES)

    def records(self, dialect: Dialect, *, rows: int = SAMPLE_ROWS) -> list[list[str]]:
        """Its first rows, without one that is cut in two."""
        found: list[list[str]] = []
        try:
            for cells in dialect.rows(io.StringIO(self.text, newline="")):
                found.append(cells)
                if len(found) >= rows:
                    break
        except csv.Error:
            pass
        return found[:-1] if self.cut and 1 < len(found) < rows else found

    def well_quoted(self, dialect: Dialect) -> bool:
        try:
            for _ in dialect.rows(io.StringIO(self.text, newline=""), strict=True):
                continue
        except csv.Error as error:
            return self.cut and "end of data" in str(error)
        return True


def said_delimiter(sample: Sample) -> str | None:
    """What Excel's line `sep=;` says."""
    found = SAID.match(sample.text)
    return found[1] if found else None


def guess_dialect(sample: Sample, delimiter: str | None) -> Dialect:
    """`delimiter`: as somebody chose it. UnreadableFile when it is no delimiter, or none can be found."""
    if delimiter is not None and (len(delimiter) != 1 or delimiter in "\"'\\\r\n\x00"):
        raise UnreadableFile(f"{delimiter!r} cannot separate cells. Choose one character, such as a comma or a tab.")
    chosen = delimiter or said_delimiter(sample)
    tried = [Dialect(each) for each in ([chosen] if chosen else DELIMITERS)]
    tried += [replace(each, spaced=True) for each in tried if each.delimiter + " " in sample.text]
    shown = [each for usual in tried for each in _other_quoting(usual) if _shows(sample, each)]
    doubtful = [single for each in tried if _opens_singly(sample, single := replace(each, quote="'"))]

    def rank(dialect: Dialect) -> tuple[int, bool, float]:
        known, fit = _score(sample.records(dialect))
        return known, dialect in shown, fit

    best = max([*tried, *doubtful, *shown], key=rank)
    if chosen is None and _disagree(sample.records(best)):
        _refuse_other_separators(sample)
    if _spaced_throughout(sample, best):
        best = replace(best, spaced=True)
    return _without_quotes(sample, best)


def _other_quoting(usual: Dialect) -> Iterator[Dialect]:
    """Single quotes, and backslashes before quotes: taken only where the file clearly shows them."""
    yield replace(usual, quote="'")
    yield replace(usual, escape="\\")
    yield replace(usual, quote="'", escape="\\")


def _shows(sample: Sample, dialect: Dialect) -> bool:
    """Read so, every mark opens or closes a cell or is escaped; and read otherwise, not or strangely."""
    single, double = (_opened(sample, replace(dialect, quote=quote)) for quote in "'\"")
    if (single < 2 or single <= 2 * double) if dialect.quote == "'" else (not double or double < single):
        return False
    plain, mark = replace(dialect, escape=None), "\\" + dialect.quote
    if dialect.escape and mark not in sample.text or not sample.well_quoted(dialect):
        return False
    if not dialect.escape or not sample.well_quoted(plain):
        return True
    cells = [cell for cells in sample.records(plain) for cell in cells if dialect.quote in cell]
    doubled = re.compile(rf"(?<!\\){dialect.quote}")  # such a mark stands in a cell only where marks are doubled
    return any(mark in cell for cell in cells) and not any(map(doubled.search, cells))


def _opens_singly(sample: Sample, dialect: Dialect) -> bool:
    """As many cells end with a single quote as begin with one, and none begins with a double one; it may be a fault in
    the file that not all of them are well quoted."""
    closed = len(re.findall(rf"'(?={re.escape(dialect.delimiter)}|[\r\n]|$)", sample.text))
    return 2 <= _opened(sample, dialect) <= closed and not _opened(sample, replace(dialect, quote='"'))


def _opened(sample: Sample, dialect: Dialect) -> int:
    gap = " *" if dialect.spaced else ""
    return len(re.findall(rf"(?:^|[\r\n]|{re.escape(dialect.delimiter)}{gap}){dialect.quote}", sample.text))


def _score(records: Sequence[Sequence[str]]) -> tuple[int, float]:
    rows = [cells for cells in records if any(cell.strip() for cell in cells)]
    if not rows:
        return 0, 0.0
    known = max(sum(recognised(cell) for cell in cells if cell.strip()) for cells in rows[:HEADER_ROWS])
    width, times = Counter(len(cells) for cells in rows).most_common(1)[0]
    cells = [cell for row in rows if len(row) == width for cell in row]
    values = sum(VALUE.fullmatch(cell[:200]) is not None for cell in cells) / len(cells)
    fit = 0.0 if width == 1 else (times / len(rows)) ** 2 * width**0.5 * (0.1 + values)
    return known if known >= KNOWN else 0, round(fit, 6)


def _spaced_throughout(sample: Sample, dialect: Dialect) -> bool:
    after = [cell for cells in sample.records(dialect) for cell in cells[1:]]
    return bool(after) and sum(cell.startswith(" ") for cell in after) >= ALL_SPACED * len(after)


def _without_quotes(sample: Sample, dialect: Dialect) -> Dialect:
    """In tab-separated text, quotation marks that close nothing are letters, if then every row fits."""
    if dialect.escape or dialect.delimiter != "\t" or sample.well_quoted(dialect):
        return dialect
    bare = replace(dialect, quote="")
    rows = [cells for cells in sample.records(bare) if any(cells)]
    quoted = any(len(cell) > 1 and cell[0] == cell[-1] == dialect.quote for cells in rows for cell in cells)
    fits = len(rows) > 1 and len({len(cells) for cells in rows}) == 1 and len(rows[0]) > 1
    return bare if fits and not quoted else dialect


def _disagree(records: Sequence[Sequence[str]]) -> bool:
    """Most rows have one cell, or no two have equally many."""
    widths = Counter(len(cells) for cells in records if any(cells))
    width, times = widths.most_common(1)[0] if widths else (1, 1)
    return width == 1 or times < AGREEING * widths.total()


def _refuse_other_separators(sample: Sample) -> None:
    """One column may be all there is, unless its text shows that something else stands between the cells."""
    lines = [line for line in sample.text.splitlines()[:SAMPLE_ROWS] if line.strip()]
    if sum(len(QUOTED_BETWEEN.findall(line)) > 1 for line in lines) * 2 > len(lines):
        raise UnreadableFile(
            "Neither commas, semicolons, tabs nor upright bars separate the cells of this file: it seems to be spaces "
            f"or another sign, and then its rows cannot be told apart for certain. Choose the delimiter. {SAVE_AS}"
        )
    aligned = sum(FIXED_WIDTH.search(line) is not None for line in lines) * 2 > len(lines)
    if len(lines) > 1 and (aligned or len(FIXED_WIDTH.findall(lines[0])) > 1):
        raise UnreadableFile(
            "The columns of this file are aligned with spaces; nothing separates its cells for certain. Open it in a "
            f"spreadsheet and split it into columns. {SAVE_AS}"
        )
