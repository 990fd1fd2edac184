"""A file of fee reports, written in any dialect and encoding there is, reads back as it was."""

from contextlib import suppress
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.answers import Reads
from schemas.fee_report import columns
from tests.vetting.intake.books import book_of
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY, fee_csv
from vetting.intake.check import check
from vetting.intake.read import DELIMITERS, Reading, UnreadableFile, read

HEADER = list(columns())[:12]
ALL_ROWS = Reads(footer_lines=0)  # what says that it stands below the table is held in test_footer.py
ODD = st.sampled_from(['"', '""', "'", ",", ";", "\t", "|", "\\", '\\"', "\n", "\r\n", "\r", " ", "#", "sep=;", "नमस्ते",
                       "ภาษาไทย", "العربية", "日本語", "é", "३", "1,5", "2026-05-14"])  # fmt: skip
ANY = st.one_of(ODD, st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufeff"), max_size=8))
CELLS = st.lists(st.one_of(st.just(""), ANY), max_size=3).map("".join)
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
WESTERN = st.lists(st.one_of(ASCII, st.sampled_from(["café", "Zoë", "“quoted”", "12 €", "naïve"])), max_size=3).map(
    "".join
)
JAPANESE = st.lists(
    st.sampled_from(["日本語", "カタカナ", "ひらがな", "東京", "メモ,", '"はい"', "x ", "12"]), max_size=4
).map("".join)
ENCODINGS = {"utf-8": CELLS, "utf-8-sig": CELLS, "utf-16": CELLS, "utf-16-le": CELLS, "utf-16-be": CELLS,
             "cp1252": WESTERN, "shift_jis": JAPANESE}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """How a file is written."""

    delimiter: str
    quote: str
    escape: str
    end: str
    above: int

    def text(self, rows: list[list[str]]) -> str:
        lines = ["Fees of May"] * self.above + [self.delimiter.join(map(self.cell, row)) for row in rows]
        return self.end.join([*lines, ""])

    def cell(self, text: str) -> str:
        """Quoted, as every cell of such a file is; what is in it twice or escaped."""
        inner = text if self.escape == self.quote else text.replace("\\", "\\\\")
        return self.quote + inner.replace(self.quote, self.escape + self.quote) + self.quote


@st.composite
def writings(draw: st.DrawFn) -> Written:
    quote = draw(st.sampled_from("\"'"))
    return Written(
        delimiter=draw(st.sampled_from([*DELIMITERS])),
        quote=quote,
        escape=draw(st.sampled_from([quote, "\\"])),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        above=draw(st.integers(0, 2)),
    )


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cells, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=5)


def rows(reading: Reading) -> list[list[str]]:
    return [cells for _, cells in reading.rows()]


def said(table: list[list[str]]) -> list[list[str]]:
    """A row in which nothing is written is no row."""
    return [row for row in table if any(cell.strip() for cell in row)]


@settings(max_examples=400)
@given(st.data(), writings(), st.sampled_from([*ENCODINGS]))
def test_what_is_written_in_any_dialect_and_encoding_reads_back(data: st.DataObject, how: Written, encoding: str):
    table = data.draw(tables(ENCODINGS[encoding]))
    table[0][0] = f"R1 {how.quote}x{how.quote} {'日本語のメモ' if encoding == 'shift_jis' else ''}"  # shows its dialect
    reading = read(how.text([HEADER, *table]).encode(encoding, errors="ignore"), "a.csv", reads=ALL_ROWS)
    held = [[cell.encode(encoding, errors="ignore").decode(encoding) for cell in row] for row in table]
    assert (list(reading.columns), reading.header_line) == (HEADER, how.above + 1)
    assert rows(reading) == said(held)


def test_a_backslash_before_a_doubled_quote_is_a_letter_where_quotes_are_doubled():
    how, table = Written("|", '"', '"', "\n", 0), [['R1 "x" ', "2"], ["3", '\\"|0']]
    assert rows(read(how.text([HEADER[:2], *table]).encode(), "a.csv")) == table


@settings(max_examples=200)
@given(st.data(), writings(), st.sampled_from(["cp1250", "cp1251", "cp1256", "cp874", "gb18030"]))
def test_an_encoding_that_was_chosen_reads_back(data: st.DataObject, how: Written, encoding: str):
    held = st.text(st.characters(codec=encoding, exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)
    table = data.draw(tables(held))
    table[0][0] = f"R1 {how.quote}x{how.quote}"
    chosen = Reads(encoding=encoding, delimiter=how.delimiter, header_line=how.above + 1, footer_lines=0)
    assert rows(read(how.text([HEADER, *table]).encode(encoding), "a.csv", reads=chosen)) == said(table)


@settings(max_examples=100)
@given(tables(st.lists(st.one_of(ODD.filter(lambda text: "\r" not in text), st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=8)), max_size=3).map("".join)))  # fmt: skip
def test_what_is_written_as_a_workbook_reads_back(table: list[list[str]]):
    table[0][0] = "R1"
    reading = read(book_of([HEADER, *table]), "a.xlsx", reads=ALL_ROWS)
    assert list(reading.columns) == HEADER
    assert rows(reading) == said(table)


GOODS = [fee_csv({"notes": 'one, "two"\nthree'}, {}), fee_csv({}, delimiter=";"),
         fee_csv({"notes": "café"}).decode().encode("cp1252"), fee_csv({}).decode().encode("utf-16"),
         book_of([list(GOOD), list(GOOD.values())])]  # fmt: skip


@settings(max_examples=300)
@given(st.data(), st.sampled_from(GOODS))
def test_no_mangled_file_gives_a_traceback(data: st.DataObject, good: bytes):
    mangled = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(mangled) - 1))
        mangled[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(UnreadableFile):
        list(read(bytes(mangled), "a.csv").rows())
    result = check(bytes(mangled), "a.csv", agencies=AGENCIES, today=TODAY).result
    assert result.rows == result.accepted + result.quarantined + result.refused


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="a1\"',;|\t\\\n\r# é日", max_size=80).map(str.encode)),
       st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\n",
                        b"name,note\n"]),
       st.sampled_from([Reads(), Reads(delimiter=" "), Reads(header_line=2), Reads(encoding="shift_jis"),
                        Reads(encoding="utf-16", delimiter="|"), Reads(sheet="May")]))  # fmt: skip
def test_no_bytes_and_no_wish_give_a_traceback(body: bytes, start: bytes, reads: Reads):
    with suppress(UnreadableFile):
        list(read(start + body, "a.csv", reads=reads).rows())
    check(start + body, "a.csv", agencies=AGENCIES, today=TODAY)
