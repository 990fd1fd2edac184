"""Which row names the columns? The first one that has the shape of the rows below it; known headers weigh more."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vetting.intake.columns import recognised
from vetting.intake.dialect import HEADER_ROWS, KNOWN
from vetting.intake.file_kind import UnreadableFile

Rows = Sequence[tuple[int, Sequence[str]]]
Filled = Mapping[tuple[int, int], str]
# All assumed; the guess is shown and can be changed.
NAMES_MOST = 0.6  # of the columns that the rows below use, a header names at least so many
NEARLY_AS_WIDE = 0.75  # a header narrower than its rows by more than this is a line above the table
MORE_HEADERS = 3  # rows below the first that may belong to the header too
TYPED = 3  # columns of numbers or dates that must hold words in a row for it to be one of the header
NUMBER = re.compile(r"\s*[-+($€£]*\d[\d.,:/\s%)-]*(?:T[\d:.]+Z?)?\s*")


@dataclass(frozen=True)
class Header:
    """`line`: of its last row; the table's rows begin below."""

    line: int
    columns: tuple[str, ...]


def find_header(records: Sequence[Sequence[str]], *, chosen: int | None, merged: Filled, skip: int = 0) -> Header:
    """`records`: the first rows, line 1 first. `chosen`: the line somebody named. `merged`: line and place of the other
    cells of a merged one, and its text. `skip`: lines at the top that belong to no table."""
    rows = [
        (line, cells)
        for line, cells in enumerate(records, start=1)
        if line > skip and any(cell.strip() for cell in cells)
    ]
    if chosen is not None:
        place = next((place for place, (line, _) in enumerate(rows) if line == chosen), None)
        if place is None:
            raise UnreadableFile(f"There is nothing on line {chosen} that could name the columns. Choose another line.")
        return Header(chosen, _fitted(_names([rows[place]], merged), rows[place + 1 :]))
    if not rows:
        raise UnreadableFile("The file has no header row. The first row must name the columns, as in the template.")
    place = _place(rows)
    last = place + _more(rows, place, merged)
    columns = _names(rows[place : last + 1], merged)
    if place and last == place:
        columns = _told_apart(columns, rows[place - 1], rows[place][0])
    return Header(rows[last][0], _fitted(columns, rows[last + 1 :]))


def _place(rows: Rows) -> int:
    known = [sum(recognised(cell) for cell in cells if cell.strip()) for _, cells in rows[:HEADER_ROWS]]
    if max(known) >= KNOWN:
        return known.index(max(known))
    width = _usual_width(rows)
    for place, (_, cells) in enumerate(rows[:HEADER_ROWS]):
        if _has_shape(cells, width, rows[place + 1 : place + 1 + HEADER_ROWS]):
            return place + 1 if _is_numbered(cells) and _holds_words(rows, place + 1, width) else place
    return next((place for place, (_, cells) in enumerate(rows) if len(cells) == width), 0)


def _usual_width(rows: Rows) -> int:
    """Of two that are equally common the first, unless that is a single cell."""
    widths = Counter(len(cells) for _, cells in rows)
    return max(widths, key=lambda width: (widths[width], width > 1))


def _has_shape(cells: Sequence[str], width: int, below: Rows) -> bool:
    if len(cells) < width and (len(cells) < 3 or len(cells) < NEARLY_AS_WIDE * width):
        return False
    used = {place for _, row in below if len(row) <= width for place, cell in enumerate(row) if cell.strip()}
    named = {place for place, cell in enumerate(cells) if cell.strip()}
    return len(named) >= NAMES_MOST * max(len(used), 1) and len(named) >= min(2, width)


def _is_numbered(cells: Sequence[str]) -> bool:
    """A row that only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    return len(cells) > 2 and [cell.strip(" ().") for cell in cells] == [str(i + 1) for i in range(len(cells))]


def _holds_words(rows: Rows, place: int, width: int) -> bool:
    return place < len(rows) and len(rows[place][1]) == width and not any(_is_number(c) for c in rows[place][1])


def _more(rows: Rows, place: int, merged: Filled) -> int:
    """How many rows below belong to the header too: merged cells reach into them, or only their words stand in columns
    of numbers and dates."""
    count = 0
    while count < MORE_HEADERS and place + count + 1 < len(rows):
        above, (line, cells) = rows[place + count], rows[place + count + 1]
        grouped = line == above[0] + 1 and _spans_columns(above, merged) and not any(map(_is_number, cells))
        if not grouped and not _is_worded(cells, rows[place + count + 2 : place + count + 2 + HEADER_ROWS]):
            break
        count += 1
    return count


def _spans_columns(row: tuple[int, Sequence[str]], merged: Filled) -> bool:
    line, cells = row
    return any(
        at == line and 0 < place <= len(cells) and text in (cells[place - 1].strip(), merged.get((line, place - 1)))
        for (at, place), text in merged.items()
    )


def _is_worded(cells: Sequence[str], below: Rows) -> bool:
    body = [row for _, row in below if len(row) == len(cells)]
    body = body[MORE_HEADERS:] or body  # the next ones may belong to the header too
    said = [cell.strip() for cell in cells if cell.strip()]
    if len(body) < 2 or len(said) < NAMES_MOST * len(cells) or len(set(said)) < len(said):
        return False
    typed = [place for place in range(len(cells)) if _is_typed([row[place] for row in body])]
    return len(typed) >= TYPED and all(cells[place].strip() and not _is_number(cells[place]) for place in typed)


def _is_typed(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell.strip()]
    return len(said) > 1 and all(_is_number(cell) for cell in said)


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell[:100]) is not None


def _names(header: Rows, merged: Filled) -> tuple[str, ...]:
    """One row: its cells, trimmed. Several: each column's words from above down, or the one of them that is known."""
    width = max(len(cells) for _, cells in header)
    parts = [
        [
            (cells[place].strip() if place < len(cells) else "") or merged.get((line, place), "")
            for line, cells in header
        ]
        for place in range(width)
    ]
    if len(header) == 1:
        return tuple(part[0] for part in parts)
    known = [next((word for word in part if word and recognised(word)), None) for part in parts]
    if sum(word is not None for word in known) * 2 >= width:
        return tuple(word or " ".join(filter(None, part)) for word, part in zip(known, parts, strict=True))
    repeated = all(len(set(filter(None, part))) <= 1 for part in parts)
    return tuple(" ".join(filter(None, part if repeated else dict.fromkeys(part))) for part in parts)


def _told_apart(columns: tuple[str, ...], above: tuple[int, Sequence[str]], line: int) -> tuple[str, ...]:
    """The same name twice, under a row of group names: each takes its group's before it."""
    twice = {name for name, times in Counter(columns).items() if name and times > 1}
    if above[0] != line - 1 or not twice or sum(bool(cell.strip()) for cell in above[1]) < 2:
        return columns
    group, told = "", []
    for place, name in enumerate(columns):
        group = (above[1][place].strip() if place < len(above[1]) else "") or group
        told.append(f"{group} {name}".strip() if name in twice else name)
    return tuple(told)


def _fitted(columns: tuple[str, ...], below: Rows) -> tuple[str, ...]:
    """A delimiter too many at the end, of the header or of every row below, adds no column that says anything."""
    if not below:
        return columns
    width = _usual_width(below)
    surplus = [cell for _, cells in below for cell in cells[len(columns) :]]
    if width > len(columns) and not any(cell.strip() for cell in surplus):
        return columns + ("",) * (width - len(columns))
    if 1 < width < len(columns) and not any(columns[width:]) and all(len(cells) <= width for _, cells in below):
        return columns[:width]
    return columns
