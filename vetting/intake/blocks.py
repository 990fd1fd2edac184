"""A table's text, block by block: rows that fit as frames, the others set aside with their lines.

Also what is wrong with the text as a whole: quotation marks that open or close nothing, a second table, cells and rows
beyond the limits.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

from schemas.setting import Limits
from vetting.intake.dialect import Dialect
from vetting.intake.file_kind import MARK, UnreadableFile
from vetting.intake.workbook import say_too_many_rows

BLOCK = 8 << 20  # bytes parsed at once; a row longer than this is a quotation mark never closed
AT_ONCE = 64 << 20
HEADER_AGAIN = 0.8  # share of a row's cells that are the header's own, from which another table begins; assumed
COMMENT = re.compile(r"#(?:\s|#|$)")  # a line beside the table that only says something about it
LEAST_AGAIN = 3  # cells of such a row; fewer may be chance; assumed
TWICE = 'Close it, or write it twice ("") where it belongs to the text.'


@dataclass(frozen=True)
class Ragged:
    """A row whose number of cells is not the header's."""

    line: int
    cells: tuple[str, ...]


def blocks(
    text: bytes,
    dialect: Dialect,
    columns: Sequence[str],
    header_line: int,
    *,
    limits: Limits,
    ragged: list[Ragged],
) -> Iterator[pl.DataFrame]:
    """Frames with `line` and a column `str(i)` for each of `columns`. Ragged rows are appended to `ragged` with their
    lines, blank ones are dropped. Raises UnreadableFile."""
    misfits: list[int] = []
    again: list[UnreadableFile] = []  # an error in Arrow's callback would be lost

    def set_aside(row: Any) -> str:
        misfits.append(row.number)
        cells = _cells(row.text, dialect)
        if row.number > header_line and any(cell.strip() for cell in cells):
            if not again and (error := _second_table(row.number, cells, columns)):
                again.append(error)
            if not COMMENT.match(row.text):
                ragged.append(Ragged(row.number, tuple(cells)))
        return "skip"

    next_line, rows = 1, 0
    try:
        with pc.open_csv(_without_mark(text), *_options(len(columns), dialect, set_aside)) as batches:
            for batch in batches:
                _raise_first(again)
                lines = _lines(next_line, batch.num_rows, misfits)
                next_line = int(lines[-1]) + 1 if batch.num_rows else next_line
                frame = pl.DataFrame(pl.from_arrow(batch)).insert_column(0, pl.Series("line", lines))
                frame = _told(frame, header_line)
                rows += frame.height
                if rows > limits.most_rows:
                    raise UnreadableFile(say_too_many_rows(rows, limits))
                _refuse_long_cells(frame, columns, limits)
                _refuse_header_again(frame, columns)
                yield frame
            _raise_first(again)
    except pa.ArrowInvalid as error:
        raise UnreadableFile(_say(error, next_line)) from error


def with_literal_backslashes(text: bytes, dialect: Dialect) -> bytes:
    """A backslash escapes a quotation mark or another backslash; before anything else it is text, as in a path."""
    escaped = re.compile(rb"\\\\|\\" + dialect.quote.encode() + rb"|\\")
    return escaped.sub(lambda found: found[0] if len(found[0]) > 1 else rb"\\", text)


def rewritten(text: bytes, dialect: Dialect) -> tuple[bytes, Dialect]:
    """The same rows as Arrow's reader takes them. For the rare dialects it does not know."""
    parts, plain = io.StringIO(newline=""), Dialect()
    writer = csv.writer(parts, lineterminator="\n")
    writer.writerows(dialect.rows(io.StringIO(text.decode("utf-8-sig"), newline="")))
    return parts.getvalue().encode(), plain


def refuse_odd_quotes(text: bytes, dialect: Dialect) -> None:
    """UnreadableFile when a quotation mark opens a cell that nothing closes, or closes one in its middle: what follows
    would read as something else."""
    quote = dialect.quote.encode()
    if not quote or quote not in text or not (_is_odd(text, dialect) or _stands_amid(text, dialect)):
        return
    line = 0
    reader = dialect.rows(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True)
    try:
        for _ in reader:
            line += 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise UnreadableFile(
                f"A quotation mark opened in row {line + 1} is never closed, so the rest of the file reads as one "
                f"cell. {TWICE}"
            ) from None
        raise UnreadableFile(
            f"In row {line + 1} a quotation mark stands in the middle of a quoted cell: it is part of the text, or the "
            f"mark that opened the cell is never closed. {TWICE}"
        ) from None


def _is_odd(text: bytes, dialect: Dialect) -> bool:
    return bool(text.count(dialect.quote.encode()) % 2) or dialect.escape is not None


def _stands_amid(text: bytes, dialect: Dialect) -> bool:
    """A mark with a letter on either side: seldom, and worth a strict look at the whole file."""
    quote = ord(dialect.quote)
    beside = np.zeros(256, dtype=bool)
    beside[[quote, *b"\r\n", *dialect.delimiter.encode(), *(b" " if dialect.spaced else b"")]] = True
    for start in range(0, len(text), AT_ONCE):
        part = np.frombuffer(text, np.uint8, min(AT_ONCE + 2, len(text) - start), start)
        at = np.flatnonzero(part[1:-1] == quote) + 1
        if bool((~beside[part[at - 1]] & ~beside[part[at + 1]]).any()):
            return True
    return False


def _options(width: int, dialect: Dialect, set_aside: Callable[[Any], str]) -> tuple[Any, Any, Any]:
    names = [str(i) for i in range(width)]
    return (
        pc.ReadOptions(use_threads=False, column_names=names, block_size=BLOCK),
        pc.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote or False,
            escape_char=dialect.escape or False,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        pc.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,  # the encoding was tried on every byte
        ),
    )


def _told(frame: pl.DataFrame, header_line: int) -> pl.DataFrame:
    """Without the header and what stands above it, and without rows in which nothing is written."""
    if frame.height and frame["line"][0] <= header_line:
        frame = frame.filter(pl.col("line") > header_line)
    first = frame.columns[1]
    if not frame.select(_is_blank(pl.col(first)).any()).item():
        return frame
    return frame.filter(~pl.all_horizontal(_is_blank(pl.exclude("line"))))


def _is_blank(text: pl.Expr) -> pl.Expr:
    return text.is_null() | (text.str.strip_chars() == "")


def _refuse_long_cells(frame: pl.DataFrame, columns: Sequence[str], limits: Limits) -> None:
    """Bytes are at hand and characters are counted: a text has at least a quarter as many as it has bytes."""
    longest = frame.select(pl.exclude("line").str.len_bytes().max()).row(0) if frame.height else ()
    for place, size in enumerate(longest):
        if (size or 0) > limits.longest_cell:
            characters = frame.select("line", size=pl.col(str(place)).str.len_chars())
            line, most = characters.sort("size", descending=True, nulls_last=True).row(0)
            if most > limits.longest_cell:
                raise UnreadableFile(
                    f"In row {line} the cell under {columns[place] or 'a column without a header'!r} has {most:,} "
                    f"characters, and the limit is {limits.longest_cell:,} (setting longest_cell). Shorten it, or "
                    "close the quotation mark that is open before it."
                )


def _refuse_header_again(frame: pl.DataFrame, columns: Sequence[str]) -> None:
    """Rows that begin as the header does are few; each is looked at whole."""
    place = next((place for place, name in enumerate(columns) if name), None)
    if place is None:
        return
    for line, *cells in frame.filter(pl.col(str(place)).str.strip_chars() == columns[place]).iter_rows():
        _raise_first([error] if (error := _second_table(line, cells, columns)) else [])


def _raise_first(errors: Sequence[UnreadableFile]) -> None:
    if errors:
        raise errors[0]


def _second_table(line: int, cells: Sequence[str | None], columns: Sequence[str]) -> UnreadableFile | None:
    """What to say where a row says the header's own names again."""
    said = [cell.strip() for cell in cells if cell and cell.strip()]
    names = {name for name in columns if name and not name.isnumeric()}
    same = sum(cell in names for cell in said)
    if len(set(said)) >= LEAST_AGAIN and same >= HEADER_AGAIN * len(said):
        return UnreadableFile(
            f"Row {line} is a header row again, so the file holds a second table. If the rows below it belong to the "
            "same table, delete that row; else send each table as a file of its own."
        )
    return None


def _lines(first: int, count: int, misfits: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The lines of the next `count` well-formed rows, the lines of misfits left out."""
    aside = np.asarray([line for line in misfits if line >= first], dtype=np.int64)
    lines = np.arange(first, first + count + aside.size, dtype=np.int64)
    return lines[~np.isin(lines, aside)][:count]


def _cells(text: str, dialect: Dialect) -> list[str]:
    try:
        return next(dialect.rows(io.StringIO(text, newline="")), [])
    except csv.Error:  # a cell beyond what the module takes
        return [text]


def _without_mark(text: bytes) -> pa.BufferReader:
    buffer = pa.py_buffer(text)
    return pa.BufferReader(buffer.slice(len(MARK)) if text.startswith(MARK) else buffer)


def _say(error: Exception, line: int) -> str:
    if "straddling" in str(error):
        return (
            f"A cell after row {line} is longer than {BLOCK >> 20} MB: a quotation mark is probably never closed. "
            f"{TWICE}"
        )
    return f"The file cannot be read as a table after row {line}. Save it again as CSV UTF-8 and send that."
