"""What does the file say, before anything is made of it? Every cell as text, each row at its line.

Lines are counted as a spreadsheet counts rows: the first is 1, a quoted line break inside a cell adds none, blank
lines count and are left out. A row with too many or too few cells is kept apart, so that no other row shifts.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from schemas.answers import Reads
from vetting.intake.dialect import UnreadableFile, decodable, guess_delimiter, header_record

__all__ = ["Ragged", "Reading", "UnreadableFile", "column_letter", "read"]

BLOCK = 8 << 20  # bytes parsed at once; a row longer than this is a quotation mark never closed
GUESSED = Reads()
CHUNK_ROWS = 50_000  # keeps a check of a million rows within its memory


@dataclass(frozen=True)
class Ragged:
    """A row whose number of cells is not the header's."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A file as it was understood. `columns` are its headers as written; text frames name column i `str(i)`,
    and an empty cell is null there."""

    data: bytes = field(repr=False)
    file_name: str
    encoding: str
    delimiter: str
    header_line: int
    columns: tuple[str, ...]

    def chunks(
        self,
        *,
        rows: int = CHUNK_ROWS,
        prepare: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
        ragged: list[Ragged] | None = None,
    ) -> Iterator[pl.DataFrame]:
        """The rows in order, about `rows` at a time: `line` and every column, blank rows left out.

        `prepare` is applied to each small part before they are put together, which spares memory. Ragged rows are
        appended to `ragged`.
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
        return {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header_line": self.header_line,
            "columns": list(self.columns),
            "rows": [cells for _, cells in self.rows()],
        }

    def _empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema={"line": pl.Int64} | {str(i): pl.String for i in range(len(self.columns))})

    def _blocks(self, ragged: list[Ragged]) -> Iterator[pl.DataFrame]:
        """Parse block by block. Ragged rows are appended to `ragged` with their lines, blank ones are dropped."""
        misfits: list[int] = []

        def set_aside(row: Any) -> str:
            misfits.append(row.number)
            cells = _cells(row.text, self.delimiter)
            if row.number > self.header_line and any(cell.strip() for cell in cells):
                ragged.append(Ragged(row.number, tuple(cells)))
            return "skip"

        next_line = 1
        try:
            with pc.open_csv(_without_bom(self.data), *self._options(set_aside)) as batches:
                for batch in batches:
                    lines = _lines(next_line, batch.num_rows, misfits)
                    next_line = int(lines[-1]) + 1 if batch.num_rows else next_line
                    frame = pl.DataFrame(pl.from_arrow(batch)).insert_column(0, pl.Series("line", lines))
                    yield self._told(frame)
        except pa.ArrowInvalid as error:
            raise UnreadableFile(_say(error, next_line)) from error

    def _options(self, set_aside: Any) -> tuple[Any, Any, Any]:
        names = [str(i) for i in range(len(self.columns))]
        return (
            pc.ReadOptions(use_threads=False, column_names=names, block_size=BLOCK),
            pc.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,  # `decodable` has looked at every byte
            ),
        )

    def _told(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Without the header and what stands above it, and without rows in which nothing is written."""
        if frame.height and frame["line"][0] <= self.header_line:
            frame = frame.filter(pl.col("line") > self.header_line)
        first = frame.columns[1]
        if not frame.select(_is_blank(pl.col(first)).any()).item():
            return frame
        return frame.filter(~pl.all_horizontal(_is_blank(pl.exclude("line"))))


def _is_blank(text: pl.Expr) -> pl.Expr:
    return text.is_null() | (text.str.strip_chars() == "")


def read(data: bytes, file_name: str, *, reads: Reads = GUESSED) -> Reading:
    """Understand a CSV file. Raises UnreadableFile with the true reason and what to do about it."""
    encoding = decodable(data, file_name)
    delimiter = reads.delimiter or guess_delimiter(data)
    header_line, columns = header_record(data, delimiter)
    reading = Reading(data, file_name, encoding, delimiter, header_line, columns)
    _refuse_open_quote(reading)
    return reading


def column_letter(place: int) -> str:
    """A spreadsheet's name for the column at `place` (0 is A, 25 Z, 26 AA)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _refuse_open_quote(reading: Reading) -> None:
    """An odd number of quotation marks and a last cell that runs over several lines: one was never closed."""
    if reading.data.count(b'"') % 2 == 0:
        return
    line, text = reading.header_line, ""
    for line, cells in reading.rows():  # noqa: B007  # only the last row is looked at
        text = cells[-1] if cells else ""
    if "\n" in text or "\r" in text:
        raise UnreadableFile(
            f"A quotation mark opened in row {line} is never closed, so the rest of the file reads as one cell. "
            'Close it, or write it twice ("") where it belongs to the text.'
        )


def _lines(first: int, count: int, misfits: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The lines of the next `count` well-formed rows, the lines of misfits left out."""
    aside = np.asarray([line for line in misfits if line >= first], dtype=np.int64)
    lines = np.arange(first, first + count + aside.size, dtype=np.int64)
    return lines[~np.isin(lines, aside)][:count]


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:  # a cell beyond what the module takes
        return [text]


def _without_bom(data: bytes) -> pa.BufferReader:
    buffer = pa.py_buffer(data)
    return pa.BufferReader(buffer.slice(3) if data.startswith(b"\xef\xbb\xbf") else buffer)


def _say(error: Exception, line: int) -> str:
    if "straddling" in str(error):
        return (
            f"A cell after row {line} is longer than {BLOCK >> 20} MB: a quotation mark is probably never closed. "
            'Close it, or write it twice ("") where it belongs to the text.'
        )
    return f"The file cannot be read as a table after row {line}. Save it again as CSV UTF-8 and send that."
