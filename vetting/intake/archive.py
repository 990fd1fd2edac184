"""What is in a zipped Office file? Looked at before anything opens it: bombs, macros, other archives are refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from schemas.setting import Limits
from vetting.intake.file_kind import UnreadableFile

RATIO, RATIO_FROM = 200, 50 << 20  # Office packs its XML to a fifth or tenth, seldom a fiftieth; assumed
# What zipfile raises when it opens an archive: BadZipFile where its directory is missing or broken, ValueError where a
# name in it is no UTF-8 or a place lies before the beginning, NotImplementedError where it asks for a newer unpacker.
BROKEN_ARCHIVE = (zipfile.BadZipFile, ValueError, NotImplementedError)
AT_ONCE = 1 << 20
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
# In a package's listing, and what the file then is.
PACKAGES = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("Index/Document.iwa", "a Numbers or Pages file"),
)


class Wanted(NamedTuple):
    """The one kind of archive that is taken: the part it must have, what it is called, what is sent out of another
    archive, what to do with one that is too large, and what to do with one that cannot be taken at all."""

    part: str
    noun: str
    inside: str
    too_large: str
    remedy: str


class Archive:
    """An Office file's archive, whose true size has been counted."""

    def __init__(self, data: bytes, file_name: str, limits: Limits, wanted: Wanted) -> None:
        """Raises UnreadableFile for whatever is not a plain file of the wanted kind and of a sane size."""
        self._data, self._wanted = data, wanted
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ARCHIVE:
            raise UnreadableFile(
                f"{file_name} is a damaged {wanted.noun} or archive: a part of it is missing. Send it again. "
                f"{wanted.remedy}"
            ) from None
        self._parts = {each.filename: each for each in self._archive.infolist()}
        self._refuse_what_it_is_not(file_name)
        self._refuse_bombs(file_name, limits)

    def _refuse_what_it_is_not(self, file_name: str) -> None:
        noun, remedy = self._wanted.noun, self._wanted.remedy
        if any(each.flag_bits & 1 for each in self._parts.values()):
            raise UnreadableFile(f"{file_name} is protected with a password. Save it without one. {remedy}")
        for listed, kind in PACKAGES:
            if listed in self._parts and listed != self._wanted.part:
                raise UnreadableFile(f"{file_name} is {kind}, which is not read here. {remedy}")
        if self._wanted.part not in self._parts:
            raise UnreadableFile(f"{file_name} is a zip archive. Unpack it and send the {self._wanted.inside}.")
        if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name for name in self._parts) or (
            b"macroEnabled" in self._archive_bytes("[Content_Types].xml")
        ):
            raise UnreadableFile(
                f"{file_name} is a {noun} with macros, and those are never opened. Save it without them. {remedy}"
            )

    def _refuse_bombs(self, file_name: str, limits: Limits) -> None:
        """What the archive says of itself may be a lie, so every part is unpacked and counted; nothing is kept."""
        bomb = f"It is unpacked into far more than a {self._wanted.noun} holds (a zip bomb), and is not opened."
        most = limits.unpacked_mb << 20
        said = sum(each.file_size for each in self._parts.values())
        if said > max(RATIO_FROM, RATIO * len(self._data)):
            raise UnreadableFile(f"{file_name}: {bomb}")
        if said > most:
            raise UnreadableFile(
                f"Unpacked, the {self._wanted.noun} has {said / (1 << 20):,.0f} MB, and the limit is "
                f"{limits.unpacked_mb:,} MB (setting unpacked_mb). {self._wanted.too_large}"
            )
        for name, each in self._parts.items():
            counted = sum(map(len, self._unpacked(name)))
            if counted > each.file_size:
                raise UnreadableFile(f"{file_name}: {bomb}")

    def _unpacked(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece, at most one byte beyond what is declared."""
        part, noun, remedy = self._parts[name], self._wanted.noun, self._wanted.remedy
        try:
            header = LOCAL_HEADER.unpack_from(self._data, part.header_offset)
        except struct.error:
            raise UnreadableFile(f"The {noun} is damaged: {name} is missing in it. {remedy}") from None
        begin = part.header_offset + LOCAL_HEADER.size + header[9] + header[10]
        packed = memoryview(self._data)[begin : begin + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
            return
        if part.compress_type != zipfile.ZIP_DEFLATED:
            raise UnreadableFile(f"The {noun} is packed in a way that Office does not use. {remedy}")
        left = part.file_size + 1
        inflate = zlib.decompressobj(-15)
        waiting = bytes(packed)
        try:
            while left > 0 and not inflate.eof:
                piece = inflate.decompress(waiting, min(left, AT_ONCE))
                waiting = inflate.unconsumed_tail
                if not piece and not waiting:
                    break
                left -= len(piece)
                yield piece
        except zlib.error:
            raise UnreadableFile(f"The {noun} is damaged: {name} in it cannot be unpacked. {remedy}") from None

    def _archive_bytes(self, name: str) -> bytes:
        return b"".join(self._unpacked(name)) if name in self._parts else b""
