"""What does the file say, before anything is made of it? Every cell as text, each row at its line.

Lines are counted as a spreadsheet counts rows: the first is 1, a quoted line break inside a cell adds none, blank
lines count and are left out. A row with too many or too few cells is kept apart, so that no other row shifts.
Whatever the file was, its table is then text in UTF-8 that Arrow's CSV reader takes block by block; a plain UTF-8 file
is that already and is never copied.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from schemas.answers import Reads
from schemas.codes import Severity
from schemas.problem import Problem
from schemas.setting import Limits
from vetting.intake.blocks import Ragged, blocks, refuse_odd_quotes, rewritten, with_literal_backslashes
from vetting.intake.dialect import DELIMITERS, SAMPLE_ROWS, Dialect, Sample, guess_dialect, said_delimiter
from vetting.intake.encoding import ENCODINGS, as_utf8, encoding_of
from vetting.intake.file_kind import UnreadableFile, refuse_other_kinds, refuse_size
from vetting.intake.footer import find_footer
from vetting.intake.header import find_header
from vetting.intake.workbook import is_workbook, read_sheet, say_too_many_columns

__all__ = ["DELIMITERS", "ENCODINGS", "Ragged", "Reading", "UnreadableFile", "column_letter", "read"]

GUESSED = Reads()
LIMITS = Limits()
SHOWN = 80  # signs of a cell that a problem shows
CHUNK_ROWS = 50_000  # keeps a check of a million rows within its memory


@dataclass(frozen=True)
class Reading:
    """A file as it was understood. `columns` are its headers as written; text frames name column i `str(i)`,
    and an empty cell is null there.

    `encoding` and `delimiter` are how a text file was read (of a workbook: "" and ","). `sheet` is the workbook's sheet
    that was read and `sheets` the names of all of them; None and none for text. `footer` holds the cells of each line
    that was left out below the table and `footer_line` the line of the first (None: lines were not counted). `guessed`
    holds the names of schemas.answers.Reads that nobody chose. `data` is the file as sent; `text` its table in UTF-8,
    written as `dialect` says, without the footer.
    """

    data: bytes = field(repr=False)
    file_name: str
    encoding: str
    delimiter: str
    header_line: int
    columns: tuple[str, ...]
    text: bytes = field(repr=False)
    dialect: Dialect = field(repr=False)
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    footer: tuple[tuple[str, ...], ...] = ()
    footer_line: int | None = None
    guessed: frozenset[str] = frozenset()
    limits: Limits = field(repr=False, default=LIMITS)

    def problem(
        self,
        line: int,
        cells: Sequence[str],
        place: int | None,
        code: str,
        severity: Severity,
        message: str,
        *,
        column: str | None = None,
    ) -> Problem:
        """What is wrong with one cell of a row, with its address. `place` None: the file has no such column; `column`
        is what to call it then."""
        return Problem(
            line=line,
            column=column if place is None else self.columns[place],
            letter=None if place is None else column_letter(place),
            value=None if place is None or place >= len(cells) else cells[place][:SHOWN],
            code=code,
            severity=severity,
            message=message,
        )

    def chunks(
        self,
        *,
        rows: int = CHUNK_ROWS,
        prepare: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
        ragged: list[Ragged] | None = None,
    ) -> Iterator[pl.DataFrame]:
        """The rows in order, about `rows` at a time: `line` and every column, blank rows left out.

        `prepare` is applied to each small part before they are put together, which spares memory. Ragged rows are
        appended to `ragged`. Raises UnreadableFile where the file goes beyond a limit or a second table begins.
        """
        kept: list[pl.DataFrame] = []
        for frame in self._blocks([] if ragged is None else ragged):
            kept.append(frame if prepare is None else prepare(frame))
            if sum(part.height for part in kept) >= rows:
                yield pl.concat(kept, how="diagonal")
                kept = []
        if kept:
            yield pl.concat(kept, how="diagonal")

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All well-formed rows in one frame: for files that fit on a page."""
        return pl.concat([self._empty(), *self.chunks()])

    @cached_property
    def ragged(self) -> tuple[Ragged, ...]:
        """Every row with too many or too few cells."""
        found: list[Ragged] = []
        for _ in self._blocks(found):
            continue
        return tuple(found)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row that is not blank, ragged ones too, with its line."""
        ragged = {row.line: list(row.cells) for row in self.ragged}
        waiting = sorted(ragged, reverse=True)
        for chunk in self.chunks():
            for line, *cells in chunk.fill_null("").iter_rows():
                while waiting and waiting[-1] < line:
                    yield waiting[-1], ragged[waiting.pop()]
                yield line, cells
        yield from ((line, ragged[line]) for line in reversed(waiting))

    def as_json(self) -> dict[str, Any]:
        """What `reports read` prints. A workbook has no encoding and no delimiter."""
        written = self.sheet is None
        return {
            "encoding": self.encoding if written else None,
            "delimiter": self.delimiter if written else None,
            "header_line": self.header_line,
            "columns": list(self.columns),
            "rows": [cells for _, cells in self.rows()],
            "footer": [list(cells) for cells in self.footer],
        }

    def _empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema={"line": pl.Int64} | {str(i): pl.String for i in range(len(self.columns))})

    def _blocks(self, ragged: list[Ragged]) -> Iterator[pl.DataFrame]:
        return blocks(self.text, self.dialect, self.columns, self.header_line, limits=self.limits, ragged=ragged)


def read(data: bytes, file_name: str, *, reads: Reads = GUESSED, limits: Limits = LIMITS) -> Reading:
    """Understand a file: text with delimiters, or a workbook. What `reads` says is obeyed, the rest is guessed.

    Raises UnreadableFile with the true reason and what to do about it, and where the file goes beyond `limits`.
    """
    refuse_size(data, limits)
    encoding, dialect, skip = "", Dialect(), 0
    sheet = read_sheet(data, file_name, reads.sheet, limits) if is_workbook(data) else None
    if sheet is not None:
        text, sample = sheet.text, Sample.of(sheet.text)
    else:
        refuse_other_kinds(data, file_name)
        encoding = encoding_of(data, file_name, reads.encoding)
        text = as_utf8(data, encoding)
        sample = Sample.of(text)
        dialect = guess_dialect(sample, reads.delimiter)
        if dialect.escape:
            text = with_literal_backslashes(text, dialect)
            sample = Sample.of(text)
        skip = 0 if said_delimiter(sample) is None else 1
    header = find_header(
        _first_records(sample, dialect, reads.header_line), chosen=reads.header_line,
        merged={} if sheet is None else sheet.merged, skip=skip,
    )  # fmt: skip
    if len(header.columns) > limits.most_columns:
        raise UnreadableFile(say_too_many_columns(len(header.columns), limits))
    delimiter = dialect.delimiter
    if sheet is None:
        refuse_odd_quotes(text, dialect)
    if not dialect.plain:
        text, dialect = rewritten(text, dialect)
    footer = find_footer(text, dialect, width=len(header.columns), header_line=header.line, chosen=reads.footer_lines)
    if footer is not None:
        text = text[: footer.begin]
    return Reading(
        data=data,
        file_name=file_name,
        encoding=encoding,
        delimiter=delimiter,
        header_line=header.line,
        columns=header.columns,
        text=text,
        dialect=dialect,
        sheet=None if sheet is None else sheet.name,
        sheets=() if sheet is None else sheet.sheets,
        footer=() if footer is None else footer.lines,
        footer_line=None if footer is None else footer.line,
        guessed=frozenset(_guessed(reads, workbook=sheet is not None)),
        limits=limits,
    )


def column_letter(place: int) -> str:
    """A spreadsheet's name for the column at `place` (0 is A, 25 Z, 26 AA)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _first_records(sample: Sample, dialect: Dialect, header_line: int | None) -> list[list[str]]:
    return sample.records(dialect, rows=max(SAMPLE_ROWS, 2 * (header_line or 0)))


def _guessed(reads: Reads, *, workbook: bool) -> Iterator[str]:
    for name in ("sheet",) if workbook else ("encoding", "delimiter"):
        if getattr(reads, name) is None:
            yield name
    for name in ("header_line", "footer_lines"):
        if getattr(reads, name) is None:
            yield name
