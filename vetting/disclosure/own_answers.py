"""What did the partner answer about a file, in words? As its receipt says it, to nobody but the partner."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from schemas.codes import Role
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.answers import fetch_answers

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
CALENDARS = {
    "gregorian": "the Gregorian calendar",
    "bikram_sambat": "Bikram Sambat",
    "buddhist": "the Buddhist Era",
    "excel_serial": "the day numbers of a spreadsheet",
}
MARKS = {",": "comma", ".": "point"}


def own_answers(db: Cursor, viewer: Viewer, batch_id: str) -> tuple[str, ...]:
    """One sentence per answer, in the order they are asked. Of mended cells their places, which is all that is kept.

    Raises NotPermitted, NotFound for a batch that is not the viewer's own.
    """
    require(viewer, Role.PARTNER)
    own_batch(db, viewer, batch_id)
    kept = fetch_answers(db, batch_id)
    names = {agency.agency_id: agency.name for agency in fetch_agencies(db)} if kept.get("agencies") else {}
    told = [sentence for field, say in SAYINGS.items() if field in kept for sentence in say(kept[field])]
    return (*told, *_agencies(kept.get("agencies", {}), names), *_cells(kept.get("cells", {})))


def _read(read: Mapping[str, Any]) -> Iterator[str]:
    if read.get("sheet"):
        yield f"The sheet “{read['sheet']}” was read."
    if read.get("encoding"):
        yield f"The file's letters are written in {read['encoding']}."
    if read.get("delimiter"):
        yield f"Cells are separated by {DELIMITERS.get(read['delimiter'], read['delimiter'])}."
    if read.get("header_line"):
        yield f"The header stands on line {read['header_line']}."

    if (lines := read.get("footer_lines")) is not None:
        yield f"Below the table stand {lines or 'no'} lines."


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    for header, name in headers.items():
        yield f"Your column “{header}” is {name}." if name else f"Your column “{header}” was left out."


def _marks(marks: Mapping[str, str]) -> Iterator[str]:
    for name, mark in marks.items():
        yield f"In {name} the {MARKS.get(mark, mark)} is the decimal mark."


def _orders(orders: Mapping[str, str]) -> Iterator[str]:
    for name, first in orders.items():
        yield f"In {name} the {first} stands first."


def _calendars(calendars: Mapping[str, str]) -> Iterator[str]:
    for name, calendar in calendars.items():
        yield f"In {name} dates are written by {CALENDARS.get(calendar, calendar)}."


def _words(words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, said in words.items():
        for written, meant in said.items():
            wrote = f"“{written}”" if written else "a blank cell"
            yield f"In {name}, {wrote} is {meant} in every row." if meant else f"In {name}, {wrote} was emptied."


def _agencies(agencies: Mapping[str, str], names: Mapping[str, str]) -> Iterator[str]:
    """A key is what a row says of its agency, a control sign between its parts."""
    for key, agency_id in agencies.items():
        parts = [part for part in "".join(s if s.isprintable() else "\n" for s in key).split("\n") if part]
        if agency_id:
            yield f"“{', '.join(parts)}” is {names.get(agency_id, agency_id)}."
        else:
            yield f"“{', '.join(parts)}” is no agency of the register."


def _cells(cells: Mapping[str, list[str]]) -> Iterator[str]:
    for line, mended in sorted(cells.items(), key=lambda item: int(item[0])):
        yield f"On line {line} you mended {', '.join(mended)}."


SAYINGS: Mapping[str, Callable[[Any], Iterator[str]]] = MappingProxyType(
    {
        "read": _read,
        "headers": _headers,
        "marks": _marks,
        "orders": _orders,
        "calendars": _calendars,
        "words": _words,
    }
)
