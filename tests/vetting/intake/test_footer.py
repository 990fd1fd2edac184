"""What stands below the table is no row of it; and a row is never taken for what stands below."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.answers import Answers, Reads
from schemas.fee_report import columns
from tests.vetting.intake.books import book_of
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, fee_csv
from tests.vetting.intake.test_rendered import CELLS, HEADER, Written, rows, said, tables, writings
from vetting.intake import footer
from vetting.intake.check import check
from vetting.intake.read import Reading, UnreadableFile, read

TABLE = "name,paid,visa,note,place\n" + "".join(f"W-{n},{n}00,{n},,Doha\n" for n in range(1, 9))
BELOW = [
    "Total,3600,36,,",
    "Total (NPR),3600,,,",
    "Grand total:,Rs 3600,,,",
    ",3600,36,,",
    ",,Total,3600,",
    "कुल जम्मा,३६००,,,",
    "Average,450,,,",
    "Source: Safe Steps",
    "Source: Safe Steps, Kathmandu",
    "Data source,Safe Steps,,,",
    "Prepared by Safe Steps,,,,",
    "Prepared by:,,,,\nAsha Example,,,,\n2026-05-31,,,,",
    "Number of reports: 8",
    "Office in charge: Safe Steps,,,,",
    "* all amounts in rupees,,,,",
    "แหล่งที่มา: กรม,,,,",
    "\nCollected in the camps of Doha by our volunteers,,,,",
    "Collected in the camps of Doha by our volunteers",
    "----------,,,,\nTotal,3600,,,\n\nSource: Safe Steps\nPage 1 of 1",
]
# Lines with a fault, which a person must see.
ROWS = [
    "W-9,,,,",
    "W-9",
    "W-9,900",
    "W-9,900,9,,Doha",
    ",900,9,,",
    ",900,,,",
    ",,,worker did not want to go on,",
    "Total Example Manpower,900,9,,Doha",
    "Source: Safe Steps,900,9,,Doha",
    "9,9,9",
    "7f3,,,,",
]
# The same, if nothing above says that the table has ended; below a total it is a signature.
ALONE = ["Asha Example,,,,", "unknown,,,,", "Total,unknown,,,"]


def left_out(reading: Reading) -> list[list[str]]:
    return [[cell for cell in cells if cell] for cells in reading.footer]


@pytest.mark.parametrize("below", BELOW)
def test_a_line_that_says_what_it_is_is_left_out_and_counted(below: str):
    reading = read(f"{TABLE}{below}\n".encode(), "a.csv")
    assert reading.frame["line"].to_list() == [*range(2, 10)]
    assert reading.ragged == ()
    assert len(reading.footer) == len(list(filter(None, below.splitlines())))
    assert reading.footer_line == 10 + below.startswith("\n")


@pytest.mark.parametrize("row", ROWS)
def test_a_row_with_a_fault_stays_a_row(row: str):
    for above in (TABLE, f"{TABLE}\n", f"{TABLE}Total,3600,36,,\n"):
        reading = read(f"{above}{row}\n".encode(), "a.csv")
        assert reading.footer == ()
        assert [cells for _, cells in reading.rows()][-1] == row.split(",")


@pytest.mark.parametrize("row", ALONE)
def test_in_doubt_a_line_is_a_row(row: str):
    assert read(f"{TABLE}{row}\n".encode(), "a.csv").footer == ()
    assert len(read(f"{TABLE}Total,3600,36,,\n{row}\n".encode(), "a.csv").footer) == 2


def test_the_total_of_a_narrow_table_is_known_by_its_sums():
    narrow = "name,paid\nAsha,1500\nBim,20\n"
    assert left_out(read(f"{narrow}Total,1520\n".encode(), "a.csv")) == [["Total", "1520"]]
    assert read(f"{narrow}Total,1521\n".encode(), "a.csv").footer == ()
    assert read(f"{narrow}Asha,1520\n".encode(), "a.csv").footer == ()


def test_a_full_row_of_figures_is_a_row_even_if_they_are_sums():
    assert read(b"n,paid\n1,100\n2,200\n3,300\n6,600\n", "a.csv").footer == ()


def test_a_table_whose_rows_do_not_agree_has_no_footer():
    rows, header = "W1,5,x\nW2,6,y\nW3,7,z\n", Reads(header_line=1)
    assert read(f"name,paid\n{rows}Source: us\n".encode(), "a.csv", reads=header).footer == ()
    assert read(f"name,paid,note\n{rows}Source: us\n".encode(), "a.csv", reads=header).footer == (("Source: us",),)


def test_a_workbook_has_a_footer_too():
    table = [line.split(",") for line in TABLE.splitlines()]
    reading = read(book_of([*table, [""], ["Total", "3600"], ["Source: Safe Steps"]]), "a.xlsx")
    assert left_out(reading) == [["Total", "3600"], ["Source: Safe Steps"]]
    assert (reading.footer_line, len(list(reading.rows()))) == (11, 8)


def test_how_many_lines_is_obeyed():
    data = f"{TABLE}Total,many,,,\n\nus\n".encode()
    assert read(data, "a.csv").footer == ()
    for lines in (0, 1, 2, 3):
        reading = read(data, "a.csv", reads=Reads(footer_lines=lines))
        assert (len(reading.footer), len(list(reading.rows()))) == (lines, 10 - lines)
        assert "footer_lines" not in reading.guessed
    with pytest.raises(UnreadableFile, match="Only 10 lines below the header say something, so 10 cannot be left out"):
        read(data, "a.csv", reads=Reads(footer_lines=10))
    with pytest.raises(UnreadableFile, match="Only 10"):
        read(data, "a.csv", reads=Reads(footer_lines=99))


def test_a_check_says_what_was_left_out_and_takes_it_when_told_to():
    data = fee_csv({}, {}) + b"Total,,,,,,,,,,,,,,300000\r\n"
    first = check(data, "a.csv", agencies=AGENCIES, today=TODAY).result
    assert (first.rows, first.accepted, addresses(first)) == (2, 2, [(4, None, "footer_left_out")])
    assert first.problems[0].message.startswith("One line below the table was left out, neither checked nor stored")
    told = Answers(read=Reads(footer_lines=0))
    second = check(data, "a.csv", agencies=AGENCIES, today=TODAY, answers=told).result
    assert (second.rows, second.accepted, second.refused) == (3, 2, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("notes", ["plain", '"one\n\nSource: two\n"', '"say ""so"""'])
def test_of_a_long_file_the_end_is_looked_at(monkeypatch: pytest.MonkeyPatch, notes: str, end: str):
    monkeypatch.setattr(footer, "WHOLE", 600)
    monkeypatch.setattr(footer, "TAIL", 400)
    table = f"name,paid,visa,note,place{end}" + "".join(f"W-{n},{n}00,{n},{notes},Doha{end}" for n in range(1, 99))
    reading = read(f"{table}Total,3600,,,{end}{end}Source: Safe Steps{end}".encode(), "a.csv")
    assert left_out(reading) == [["Total", "3600"], ["Source: Safe Steps"]]
    assert (reading.footer_line, reading.frame.height) == (None, 98)
    assert read(table.encode(), "a.csv").footer == ()


FOOTERS = st.lists(
    st.sampled_from(
        [
            ["Total", *[""] * 10, "450000"],
            ["Source: Safe Steps"],
            ["Prepared by", "Safe Steps"],
            ["* in NPR"],
            [],
            [""] * len(HEADER),
        ]
    ),
    min_size=1,
    max_size=4,
).filter(any)
IDS = st.integers(0, 10**6).map(lambda n: f"R-{n}")


@settings(max_examples=300)
@given(tables(CELLS), st.lists(IDS, min_size=5, max_size=5), writings(), FOOTERS, st.booleans())
def test_a_file_with_a_footer_reads_back_as_it_was(
    table: list[list[str]], ids: list[str], how: Written, below: list[list[str]], padded: bool
):
    table = [[ids[place], *row[1:4], *("x" for _ in HEADER[4:])] for place, row in enumerate(table)]
    table[0][1] = f"{how.quote}x{how.quote}"  # shows its dialect
    lines = [line + [""] * (len(HEADER) - len(line)) if padded else line for line in below]
    reading = read(how.text([HEADER, *table, *lines]).encode(), "a.csv")
    assert rows(reading) == table
    assert [list(cells) for cells in reading.footer] == said(lines)


@settings(max_examples=400)
@given(
    tables(CELLS),
    st.lists(st.one_of(CELLS, st.sampled_from(["Total", "Source: x", "12", "0", "", "", "", ""])), min_size=11,
             max_size=11),
    st.one_of(IDS, st.sampled_from(["", "17", "W-1", "a9c", "Asha"])),
    writings(),
    st.integers(1, 12),
)  # fmt: skip
def test_a_row_is_never_taken_for_a_footer(
    table: list[list[str]], last: list[str], report_id: str, how: Written, cells: int
):
    """Its number may be missing, its cells blank or cut off: what bears a report's number or answers half of what the
    others do, stays."""
    table = [[f"R-{place}", *row[1:]] for place, row in enumerate(table)]
    table[0][1] = f"{how.quote}x{how.quote}"
    row = [report_id, *last][:cells]
    if report_id.startswith("R-") or 2 * sum(bool(cell.strip()) for cell in row) > len(columns()):
        reading = read(how.text([HEADER, *table, row]).encode(), "a.csv")
        assert rows(reading)[-1] == row
