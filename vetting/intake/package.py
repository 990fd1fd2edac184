"""What does a workbook's parser not tell? Cells in error and cells shown as per cent, read from its archive."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from schemas.setting import Limits
from vetting.intake.archive import Archive, Wanted
from vetting.intake.file_kind import SAVE_AS, UnreadableFile

# What ElementTree raises when it parses: ParseError where it is no XML, LookupError and ValueError where it says to be
# written in an encoding that does not exist or that expat does not take.
BROKEN_XML = (ElementTree.ParseError, LookupError, ValueError)
GRID = 60_000_000  # cells that may be laid out in memory, blank ones too: about 1.5 GB; assumed
LONGEST_ROW = 32 << 20  # bytes of XML kept waiting for the end of a row
WORKBOOK = Wanted(
    part="xl/workbook.xml",
    noun="workbook",
    inside="table that is in it",
    too_large="Split it into several workbooks, or save the sheet as CSV UTF-8.",
    remedy=SAVE_AS,
)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"']")
CELL = re.compile(rb"\br=[\"']([A-Z]{1,3})\d")
FAR_CELL = re.compile(rb"\br=[\"'][A-Z]{1,3}(\d{6,})[\"']")
IN_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>(.*?)</(?:\w+:)?c>", re.S
)
CELL_TAG = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
PLACED, STYLED = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']"), re.compile(rb"\bs=[\"'](\d+)[\"']")
PERCENT = frozenset({"9", "10"})  # the built-in formats 0% and 0.00% (ECMA-376 part 1, 18.8.30)
ERROR = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,20})</")


@dataclass(frozen=True)
class Inspected:
    """What the parser of workbooks does not tell, by line and place: what cells in error show, and which cells show
    their number as per cent."""

    errors: Mapping[tuple[int, int], str]
    percents: frozenset[tuple[int, int]]


class Package(Archive):
    """A workbook's archive, whose true size has been counted."""

    def __init__(self, data: bytes, file_name: str, limits: Limits) -> None:
        """Raises UnreadableFile for whatever is not a plain workbook of a sane size."""
        super().__init__(data, file_name, limits, WORKBOOK)

    def inspect(self, sheet: str) -> Inspected:
        """Raises UnreadableFile when the sheet, laid out, would fill the memory."""
        errors, percents = dict[tuple[int, int], str](), set[tuple[int, int]]()
        rows, letters, styles = 0, set[bytes](), self._percent_styles()
        for part in self._pieces(self._path(sheet)):
            letters.update(CELL.findall(part))
            rows = max(rows, *map(int, ROW.findall(part)), *map(int, FAR_CELL.findall(part)), 0)
            for letter, line, inside in IN_ERROR.findall(part):
                said = ERROR.search(inside)
                errors[int(line), _place(letter)] = said[1].decode("ascii", errors="replace") if said else "#VALUE!"
            percents.update(_styled(part, styles) if styles else ())
        columns = max(map(_place, letters), default=0) + 1
        if rows * columns > GRID:
            raise UnreadableFile(
                f"The sheet {sheet!r} reaches down to row {rows:,} and over {columns:,} columns: too much to lay out. "
                f"Delete the empty rows and columns around the table. {SAVE_AS}"
            )
        return Inspected(errors, frozenset(percents))

    def _percent_styles(self) -> frozenset[bytes]:
        """The styles, as cells name them, under which 0.36 is shown as 36 %."""
        try:
            styles = ElementTree.fromstring(self._archive_bytes("xl/styles.xml") or b"<none/>")  # noqa: S314
        except BROKEN_XML:
            return frozenset()
        own = {each.get("numFmtId") for each in styles.iter() if "%" in each.get("formatCode", "")}
        formats = next((each for each in styles.iter() if each.tag.endswith("}cellXfs")), ())
        return frozenset(
            str(place).encode() for place, each in enumerate(formats) if each.get("numFmtId") in PERCENT | own
        )

    def _pieces(self, name: str) -> Iterator[bytes]:
        """A sheet's XML, cut between rows."""
        waiting = b""
        for piece in self._unpacked(name):
            waiting += piece
            cut = max(waiting.rfind(b"<row"), waiting.rfind(b":row "))
            cut = cut if cut > 0 else len(waiting) * (len(waiting) > LONGEST_ROW)
            if cut:
                yield waiting[:cut]
                waiting = waiting[cut:]
        yield waiting

    def _path(self, sheet: str) -> str:
        """Where in the archive a sheet lies."""
        try:
            book = ElementTree.fromstring(self._archive_bytes("xl/workbook.xml"))  # noqa: S314 - size counted; expat bounds entities
            links = ElementTree.fromstring(self._archive_bytes("xl/_rels/workbook.xml.rels"))  # noqa: S314
        except BROKEN_XML:
            raise UnreadableFile(f"The workbook is damaged: its list of sheets cannot be read. {SAVE_AS}") from None
        key = next(
            (value for each in book.iter() if each.get("name") == sheet and each.tag.endswith("}sheet")
             for name, value in each.attrib.items() if name.endswith("}id")), None,
        )  # fmt: skip
        target = next((each.get("Target", "") for each in links.iter() if key and each.get("Id") == key), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if path not in self._parts:
            raise UnreadableFile(f"The workbook is damaged: the sheet {sheet!r} is missing in it. {SAVE_AS}")
        return path


def _styled(part: bytes, styles: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    for tag in CELL_TAG.findall(part):
        placed, style = PLACED.search(tag), STYLED.search(tag)
        if placed and style and style[1] in styles:
            yield int(placed[2]), _place(placed[1])


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
