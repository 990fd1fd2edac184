"""Every cell as text, each row at its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.intake.read import UnreadableFile, column_letter, read


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    return list(read(data, "a.csv").rows())


def test_a_blank_line_counts_as_a_row_of_the_spreadsheet_and_is_left_out():
    assert rows(b"a,b\n1,2\n\n3,4\n,\n5,6\n") == [(2, ["1", "2"]), (4, ["3", "4"]), (6, ["5", "6"])]


def test_a_quoted_line_break_adds_no_row():
    assert rows(b'a,b\r\n"x\r\n\r\ny",2\r\n3,4\r\n') == [(2, ["x\r\n\r\ny", "2"]), (3, ["3", "4"])]


def test_a_ragged_row_keeps_its_line_and_shifts_no_other():
    reading = read(b"a,b\n1,2\n3\n4,5,6\n7,8\n", "a.csv")
    assert [(row.line, row.cells) for row in reading.ragged] == [(3, ("3",)), (4, ("4", "5", "6"))]
    assert reading.frame["line"].to_list() == [2, 5]
    assert [line for line, _ in reading.rows()] == [2, 3, 4, 5]


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_lines_hold_across_the_blocks_a_large_file_is_parsed_in(monkeypatch: pytest.MonkeyPatch, size: int):
    """Ragged and blank rows in every block, many blocks."""
    monkeypatch.setattr("vetting.intake.blocks.BLOCK", 64)
    lines = ["a,b"]
    for number in range(2, 400):
        lines.append({0: "", 1: "x", 2: "1,2,3"}.get(number % 7, f"{number},y"))
    reading = read("\n".join(lines).encode(), "a.csv")
    chunks = list(reading.chunks(rows=size))
    assert [int(cell) for chunk in chunks for cell in chunk["0"]] == [
        line for chunk in chunks for line in chunk["line"]
    ]
    assert [row.line for row in reading.ragged] == [n for n in range(2, 400) if n % 7 in (1, 2)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_headers_it_makes_known(mark: str):
    data = mark.join(["report_id", "notes", "channel"]) + "\n" + mark.join(["R1", "a,b;c,d", "phone"]) + "\n"
    reading = read(data.replace("a,b;c,d", '"a,b;c,d"').encode(), "a.csv")
    assert (reading.delimiter, reading.columns) == (mark, ("report_id", "notes", "channel"))


def test_the_byte_order_mark_is_no_part_of_the_first_header():
    reading = read(b"\xef\xbb\xbfa,b\n1,2\n", "a.csv")
    assert (reading.encoding, reading.columns) == ("utf-8-sig", ("a", "b"))
    assert reading.as_json() == {
        "encoding": "utf-8-sig", "delimiter": ",", "header_line": 1, "columns": ["a", "b"], "rows": [["1", "2"]],
        "footer": [],
    }  # fmt: skip


def test_blank_lines_above_the_header_are_counted():
    reading = read(b"\n\na,b\n1,2\n", "a.csv")
    assert (reading.header_line, list(reading.rows())) == (3, [(4, ["1", "2"])])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str):
    assert rows(end.join(["a,b", "1,2", "3,4", ""]).encode()) == [(2, ["1", "2"]), (3, ["3", "4"])]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \n", "empty"),
        (b"PK\x03\x04rest", "damaged workbook"),
        (b"\xff\xfea\x00,", "not text in UTF-16"),
        (b"a,b\n1,\x81\n", "0x81 in text line 2"),
        (b"a,b\n1,\x002\n", "NUL"),
        (b'a,b\n1,2\n3,"never closed\n4,5\n', "row 3 is never closed"),
    ],
)
def test_an_unreadable_file_is_refused_with_the_true_reason(data: bytes, reason: str):
    with pytest.raises(UnreadableFile, match=reason):
        read(data, "a.csv")


def test_a_cell_longer_than_a_block_is_an_open_quotation_mark():
    with pytest.raises(UnreadableFile, match="never closed"):
        read(b'a,b\n1,2\n3,"' + b"x" * (9 << 20) + b'\n4,"5"\n', "a.csv")


@given(st.binary(max_size=300))
def test_no_bytes_give_a_traceback(data: bytes):
    with suppress(UnreadableFile):
        list(read(data, "a.csv").rows())


@given(st.text(alphabet='a1",;\t\n\r é', max_size=60))
def test_no_text_gives_a_traceback(text: str):
    with suppress(UnreadableFile):
        list(read(text.encode(), "a.csv").rows())


# The last four are blank to Python alone, not to Unicode.
CELLS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\ufeff\x1c\x1d\x1e\x1f"), max_size=12
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_is_read_back(table: list[tuple[str, ...]], mark: str):
    header = mark.join(["report_id", "notes", "channel"])
    body = ["".join([mark.join('"' + cell.replace('"', '""') + '"' for cell in row)]) for row in table]
    found = read("\n".join([header, *body]).encode(), "a.csv")
    kept = [list(row) for row in table if any(cell.strip() for cell in row)]
    assert [cells for _, cells in found.rows()] == kept


def test_columns_are_lettered_as_a_spreadsheet_does():
    assert [column_letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
