"""Rows that wait, as a file again: what the partner wrote, under its own headers, ready to be mended and sent."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.answers import Answers, Reads
from vetting.exports import neutral

STILL_TRUE = ("marks", "orders", "calendars", "agencies")  # what was said of words and cells stands in the texts
AS_WRITTEN = Reads(encoding="utf-8", delimiter=",", header_line=1, footer_lines=0)  # how `mend_file` writes


def mend_file(rows: Sequence[Mapping[str, str]], known: Mapping[str, str], *, download: bool = False) -> bytes:
    """A CSV of these rows (header to text, blank cells left out). `known`: headers of theirs that an answer of theirs
    told the meaning of; they bear our name here, so that nothing is asked twice.

    A download is neutralised, because a spreadsheet will open it.
    """
    headers = _headers(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    say = neutral if download else str
    writer.writerow([say(known.get(header, header)) for header in headers])
    writer.writerows([say(row.get(header, "")) for header in headers] for row in rows)
    return text.getvalue().encode("utf-8-sig" if download else "utf-8")


def told_before(kept: Mapping[str, Any]) -> Answers:
    """What was answered about a file (`vetting.store.answers.fetch_answers`), as far as it holds for these rows of it,
    so that nothing is asked twice. Columns bear our names in them, and words and cells stand as they were mended."""
    return Answers.model_validate({name: kept[name] for name in STILL_TRUE if name in kept} | {"read": AS_WRITTEN})


def mend_name(file_name: str) -> str:
    """returnees.xlsx -> returnees-waiting.csv."""
    stem = file_name.rsplit(".", 1)[0].removesuffix("-waiting")
    return f"{stem}-waiting.csv"


def _headers(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Every header there is, in the order of the file: each behind the one it follows in a row that has both."""
    found: list[str] = []
    for row in rows:
        place = 0
        for header in row:
            if header in found:
                place = max(place, found.index(header) + 1)
            else:
                found.insert(place, header)
                place += 1
    return found
