"""The shapes files come in: each is read as its sender meant it, or refused with the true reason."""

import pytest

from schemas.answers import Reads
from schemas.setting import Limits
from vetting.intake.read import DELIMITERS, ENCODINGS, Reading, UnreadableFile, read

TABLE = [["name", "paid", "note"], ["Asha", "1500", "one, two; three"], ["Bim", "20", ""]]


def table(reading: Reading) -> list[list[str]]:
    return [list(reading.columns), *(cells for _, cells in reading.rows())]


SHAPES = {
    "commas": b'name,paid,note\nAsha,1500,"one, two; three"\nBim,20,\n',
    "semicolons": b'name;paid;note\r\nAsha;1500;"one, two; three"\r\nBim;20;\r\n',
    "tabs": b"name\tpaid\tnote\nAsha\t1500\tone, two; three\nBim\t20\t\n",
    "upright bars": b"name|paid|note\nAsha|1500|one, two; three\nBim|20|\n",
    "a space after each comma": b'name, paid, note\nAsha, 1500, "one, two; three"\nBim, 20, \n',
    "single quotes": b"name,paid,note\n'Asha','1500','one, two; three'\n'Bim','20',''\n",
    "all quoted": b'"name","paid","note"\n"Asha","1500","one, two; three"\n"Bim","20",""\n',
    "only line feeds missing": b'name,paid,note\rAsha,1500,"one, two; three"\rBim,20,\r',
    "line ends mixed": b'name,paid,note\r\nAsha,1500,"one, two; three"\nBim,20,',
    "a title": b'Fees of 2026\nname,paid,note\nAsha,1500,"one, two; three"\nBim,20,\n',
    "a title as wide as the table": b'Fees,,\n,,\nname,paid,note\nAsha,1500,"one, two; three"\nBim,20,\n',
    "pairs above": b'Sent by;Safe Steps\nOn;2026-05-01\n\nname;paid;note\nAsha;1500;"one, two; three"\nBim;20;\n',
    "Excel's own first line": b'sep=;\nname;paid;note\nAsha;1500;"one, two; three"\nBim;20;\n',
    "blank lines": b'\n\nname,paid,note\n\nAsha,1500,"one, two; three"\n,,\n   \nBim,20,\n\n',
    "remarks between": b'# fees\nname,paid,note\nAsha,1500,"one, two; three"\n# seen by two, or three\nBim,20,\n',
    "a comma too many below": b'name,paid,note,\nAsha,1500,"one, two; three",\nBim,20,,\n',
    "columns numbered above": b'1,2,3\nname,paid,note\nAsha,1500,"one, two; three"\nBim,20,\n',
    "no end": b'name,paid,note\nAsha,1500,"one, two; three"\nBim,20,',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_table_in_many_shapes(shape: str):
    found = table(read(SHAPES[shape], "a.csv"))
    if shape == "a comma too many below":
        found = [row[:3] for row in found if row[3] == ""]
    assert found == TABLE


@pytest.mark.parametrize(
    ("data", "columns", "rows"),
    [
        (b'a,b\n1,"say ""yes"""\n', ("a", "b"), [["1", 'say "yes"']]),
        (b'a;b\n1;"say \\"yes\\"; twice"\n2;C:\\dir\n', ("a", "b"), [["1", 'say "yes"; twice'], ["2", "C:\\dir"]]),
        (b'a,b\n3" pipe,2\n4,5\n', ("a", "b"), [['3" pipe', "2"], ["4", "5"]]),
        (b'a\tb\n"Big" house\t2\nx\t"y" z\n', ("a", "b"), [['"Big" house', "2"], ["x", '"y" z']]),
        (b"a;b\n1,5;2,5\n3,5;4,5\n5,5;6,5\n", ("a", "b"), [["1,5", "2,5"], ["3,5", "4,5"], ["5,5", "6,5"]]),
        (b"year,2019,2020\nNepal,1,2\nOman,3,4\n", ("year", "2019", "2020"), [["Nepal", "1", "2"], ["Oman", "3", "4"]]),
        (b"1,2,x\n3,4,y\n5,6,z\n", ("1", "2", "x"), [["3", "4", "y"], ["5", "6", "z"]]),
        (b"name\nAsha\nBim\n", ("name",), [["Asha"], ["Bim"]]),
        (b"a,b,c\n1,2\n3,4,5\n6,7,8,9\n", ("a", "b", "c"), [["1", "2"], ["3", "4", "5"], ["6", "7", "8", "9"]]),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_stays_in_it(data: bytes, columns: tuple[str, ...], rows: list[list[str]]):
    found = read(data, "a.csv")
    assert (found.columns, [cells for _, cells in found.rows()]) == (columns, rows)


def test_a_header_of_two_rows_is_joined():
    data = b"group,wage,wage,date\nname,promised,actual,of talk\n" + b"".join(
        b"w%d,%d,%d,2026-05-%02d\n" % (n, n, n, n + 1) for n in range(8)
    )
    found = read(data, "a.csv")
    assert found.columns == ("group name", "wage promised", "wage actual", "date of talk")
    assert (found.header_line, found.frame.height) == (2, 8)


def test_a_first_row_of_words_among_numbers_is_no_header():
    """Somebody who was not asked: a row of the table, whatever the rows below it hold."""
    data = b"id,age,paid,months\nW1,unknown,unknown,unknown\n" + b"".join(b"W%d,2%d,5,1\n" % (n, n) for n in range(9))
    assert read(data, "a.csv").frame.height == 10


def test_known_headers_weigh_more_than_the_shape_of_a_row():
    data = b"Safe Steps,Kathmandu,May,of 2026\nreport_id,channel,currency,notes\nR1,phone,NPR,x\n"
    assert read(data, "a.csv").header_line == 2


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "नाम,भुक्तानी\nआशा,१५००\n"),
        ("utf-16", "name,note\nAsha,café\n"),
        ("utf-16-le", "name\tnote\nAsha\tกขค\nBim\tआशा\n"),
        ("utf-16-be", "name;note\nAsha;naïve\n"),
        ("cp1252", "name,note\nAsha,“café” – 12 €\nZoë,Müller\n"),
        ("shift_jis", "名前,備考\n田中,日本語のメモ\n佐藤,カタカナ\n"),
        ("shift_jis", "name,city\nTanaka,東京都\nSato,大阪市\n"),
        ("cp1251", "имя,сумма\nАнна,1500 рублей за визу и билет\nПётр,20 рублей\n"),
    ],
)
def test_the_encoding_is_found(encoding: str, text: str):
    found = read(text.encode(encoding), "a.csv")
    mark = {"\t", ";"} & set(text) or {","}
    assert table(found) == [line.split(*mark) for line in text.splitlines()]
    assert (found.encoding, found.encoding in ENCODINGS, "encoding" in found.guessed) == (encoding, True, True)


def test_what_somebody_chose_is_obeyed():
    data = "Zürich,x;y\na;b,c;d\n1;2,3;4\n".encode("cp1250")
    chosen = Reads(encoding="windows-1250", delimiter=";", header_line=2, footer_lines=0)
    found = read(data, "a.csv", reads=chosen)
    assert (found.encoding, found.delimiter, found.header_line) == ("cp1250", ";", 2)
    assert (found.columns, found.guessed) == (("a", "b,c", "d"), frozenset())
    assert set(DELIMITERS) == {",", ";", "\t", "|"}
    odd = read("a§b\n1§2\n".encode(), "a.csv", reads=Reads(delimiter="§"))
    assert (odd.delimiter, table(odd)) == ("§", [["a", "b"], ["1", "2"]])


@pytest.mark.parametrize(
    ("data", "reads", "reason"),
    [
        (b"a,b\n1,2\n", Reads(header_line=9), "nothing on line 9"),
        (b"a,b\n1,2\n", Reads(delimiter="||"), "cannot separate cells"),
        (b"a,b\n1,2\n", Reads(encoding="klingon"), "no encoding 'klingon'"),
        (b"a,b\n1,caf\xe9\n", Reads(encoding="utf-8"), "text line 2"),
    ],
)
def test_what_cannot_be_obeyed_is_said(data: bytes, reads: Reads, reason: str):
    with pytest.raises(UnreadableFile, match=reason):
        read(data, "a.csv", reads=reads)


REFUSED = {
    "a PDF": b"%PDF-1.7\n",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "web page": b"\r\n<html><table><tr><td>1</td></tr></table></html>",
    "JSON": b'[{"report_id": "R1"}]',
    "binary": bytes(range(256)) * 20,
    "damaged": ("a,b\n" + "é,ü\n" * 50).encode() + b"\xff,1\n",
    "second table": b"a,b,c\n1,2,3\n\na,b,c\n4,5,6\n",
    "Row 4 is a header row again": b"a,b,c,d\n1,2,3,4\n\na,b,c\n4,5,6\n",
    "aligned with spaces": b"name      paid   note\nAsha      1500   x\nBim       20     y\n",
    "separate the cells": b'id "a name" "a note" x\n1 "one, two" "b c" y\n2 "three" "d" z\n',
    "row 3 a quotation mark": b'a,b\n1,2\n"6" pipe",3\n',
    "old Excel workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "protected with a password": b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"),
    "with a password": b"\xd0\xcf\x11\xe0" + bytes(508) + b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00\x36\x00",
    "gzip": b"\x1f\x8b\x08\x00",
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_read_is_refused_for_its_true_reason(reason: str):
    with pytest.raises(UnreadableFile, match=reason):
        list(read(REFUSED[reason], "a.xls").rows())


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(largest_file_mb=1), "2.0 MB, and the limit is 1 MB"),
        (Limits(most_rows=2), "3 rows or more, and the limit is 2"),
        (Limits(most_columns=1), "2 columns, and the limit is 1"),
        (Limits(longest_cell=1000), "In row 3 the cell under 'b' has 2,097,152 characters, and the limit is 1,000"),
    ],
)
def test_a_limit_is_named_with_the_files_own_figure_and_what_to_do(limits: Limits, told: str):
    data = b"a,b\n1,2\n3," + b"x" * (2 << 20) + b"\n4,5\n"
    with pytest.raises(UnreadableFile, match=told) as refused:
        list(read(data, "a.csv", limits=limits).chunks())
    assert any(word in str(refused.value) for word in ("Split", "Delete", "Shorten"))


def test_a_cell_at_the_limit_is_counted_in_characters():
    assert read(("a,b\n1," + "é" * 1000 + "\n").encode(), "a.csv", limits=Limits(longest_cell=1000)).frame.height == 1
