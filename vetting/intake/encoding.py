"""In which encoding is the text written? Strictly tried: an encoding is taken only when it reads the whole file."""

import codecs
from collections.abc import Iterator

from charset_normalizer import from_bytes

from vetting.intake.file_kind import MARK, SAVE_AS, UnreadableFile, refuse_binary

# What a person may choose from, and what each is called.
ENCODINGS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16 with a byte order mark (Excel's Unicode text)",
    "utf-16-le": "UTF-16, little end first",
    "utf-16-be": "UTF-16, big end first",
    "cp1252": "Windows-1252 (Western European)",
    "latin-1": "Latin-1 (ISO 8859-1)",
    "shift_jis": "Shift-JIS (Japanese)",
    "cp932": "Shift-JIS as Windows writes it (Japanese)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1258": "Windows-1258 (Vietnamese)",
    "cp874": "Windows-874 (Thai)",
    "gb18030": "GB 18030 (Simplified Chinese)",
    "big5": "Big5 (Traditional Chinese)",
    "euc_kr": "EUC-KR (Korean)",
    "mac_roman": "Mac Roman",
}
MARKS = {MARK: "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
AT_ONCE = 16 << 20
SAMPLE = 1 << 16
# All assumed, and shown with the guess, which a person can change.
NULS_OF_UTF16 = 0.1  # share of the units whose high byte is zero
TOLD_BY = 8  # bytes above 127 from which their pattern says something
WESTERN = 0.5  # share of the bytes above 127 that stand beside a Latin letter
DAMAGED = 2  # UTF-8 letters for each byte that is none, from which the file is damaged UTF-8, not another encoding
KANA, COMMON_KANJI, BESIDE_LETTERS = 0.3, 0.7, 0.2  # shares of a Japanese text's characters


def encoding_of(data: bytes, file_name: str, chosen: str | None) -> str:
    """The encoding's name, such that `data.decode(name)` works; UnreadableFile with the place where none does."""
    if chosen is not None:
        return _as_chosen(data, _known(chosen))
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return _as_chosen(data, name)
    if (unmarked := _unmarked_utf16(data)) is not None:
        return unmarked
    bad = _first_bad(data, "utf-8")
    if bad is not None or b"\x00" in data:
        refuse_binary(data, file_name)
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        raise UnreadableFile(
            f"Text line {line} holds a character that no text has (NUL). The file may be damaged. {SAVE_AS}"
        )
    return "utf-8" if bad is None else _other_than_utf8(data, bad)


def as_utf8(data: bytes, encoding: str) -> bytes:
    """The same text in UTF-8; the very same bytes when that is what they are (a mark included)."""
    if encoding.startswith("utf-8"):
        return data
    return b"".join(text.encode() for text in _decoded(data, encoding))


def _known(chosen: str) -> str:
    """The name we list for an encoding, whatever it was called."""
    names = {codecs.lookup(name).name: name for name in reversed(ENCODINGS)}
    try:
        return ENCODINGS.keys() & {chosen} and chosen or names[codecs.lookup(chosen).name]
    except (LookupError, ValueError):
        raise UnreadableFile(
            f"There is no encoding {chosen!r} to read by. There are: {', '.join(ENCODINGS)}."
        ) from None


def _as_chosen(data: bytes, name: str) -> str:
    bad = _first_bad(data, name)
    if bad is None:
        return name
    raise UnreadableFile(
        f"The file is not text in {ENCODINGS[name]}: what stands in text line {_line(data, bad)} cannot be read. "
        f"Choose another encoding, or save it again. {SAVE_AS}"
    )


def _other_than_utf8(data: bytes, bad: int) -> str:
    told = data[max(0, bad - SAMPLE) : bad + SAMPLE].decode("utf-8", errors="replace")
    letters, wrong = sum(sign > "\x7f" for sign in told), told.count("\ufffd")
    if letters - wrong >= DAMAGED * wrong:
        raise UnreadableFile(
            f"The file is text in UTF-8, but what stands in text line {_line(data, bad)} is damaged and cannot be "
            f"read. Mend that cell, or save the file again. {SAVE_AS}"
        )
    for name in _candidates(data[max(0, bad - SAMPLE // 8) : bad + SAMPLE]):
        if _first_bad(data, name) is None:
            return name
    raise UnreadableFile(
        f"The byte {data[bad]:#04x} in text line {_line(data, bad)} is no letter in any encoding that is tried "
        f"(UTF-8, UTF-16, Windows-1252, Shift-JIS). Choose the encoding, or save the file again. {SAVE_AS}"
    )


def _candidates(sample: bytes) -> Iterator[str]:
    """In the order in which they are tried on the whole file."""
    for name in ("shift_jis", "cp932"):
        if _is_japanese(sample.decode(name, errors="ignore")):
            yield name
    high = [place for place, byte in enumerate(sample) if byte > 0x7F]
    if len(high) >= TOLD_BY and sum(_beside_letter(sample, place) for place in high) < WESTERN * len(high):
        others = [name for name in ENCODINGS if not name.startswith(("utf", "shift"))]
        best = from_bytes(sample, cp_isolation=others, enable_fallback=False).best()
        if best is not None and best.encoding in {codecs.lookup(name).name.replace("-", "_") for name in others}:
            yield _known(best.encoding)
    yield "cp1252"


def _beside_letter(sample: bytes, place: int) -> bool:
    return sample[place - 1 : place].isalpha() or sample[place + 1 : place + 2].isalpha()


def _is_japanese(text: str) -> bool:
    """Mostly kana; or common kanji that, unlike accented letters read amiss, stand among their like."""
    wide = [place for place, sign in enumerate(text) if "\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff"]
    if not wide:
        return False
    kana = sum(text[place] <= "\u30ff" for place in wide)
    if kana >= KANA * len(wide):
        return True
    common = sum(text[place].encode("cp932", errors="replace")[0] < 0x98 for place in wide)
    beside = sum(_is_latin(text[place - 1 : place]) or _is_latin(text[place + 1 : place + 2]) for place in wide)
    return common >= COMMON_KANJI * len(wide) and beside <= BESIDE_LETTERS * len(wide)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _unmarked_utf16(data: bytes) -> str | None:
    """Text of any script has delimiters and line ends, whose high byte is zero: always on the same side."""
    sample = data[:SAMPLE]
    units = len(sample) // 2
    if not units or len(data) % 2:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if second > first else "utf-16-be"
    if max(first, second) < max(2, NULS_OF_UTF16 * units) or min(first, second) > units * NULS_OF_UTF16 / 10:
        return None
    told = sample.decode(name, errors="ignore")
    return name if _first_bad(data, name) is None and "\x00" not in told and set(told) & set("\r\n,;\t|") else None


def _first_bad(data: bytes, encoding: str) -> int | None:
    """Where the first byte stands that cannot be read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), AT_ONCE):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + AT_ONCE], final=start + AT_ONCE >= len(data))
        except UnicodeError as error:
            return min(len(data) - 1, max(0, start - waiting + getattr(error, "start", 0)))
    return None


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), AT_ONCE):
        yield decoder.decode(data[start : start + AT_ONCE], final=start + AT_ONCE >= len(data))


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
