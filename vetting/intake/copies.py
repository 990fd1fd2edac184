"""The partner's own file, given back: all of it with a column that says what is wrong, or only the rows to mend.

The copies hold what the partner wrote and nothing else; no cell of them is a formula. A workbook comes back as one; a
CSV file with its own delimiter, in UTF-8 with the mark that makes spreadsheets read it so.
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from schemas.codes import Severity
from schemas.problem import Problem
from vetting.exports import neutral
from vetting.intake.groups import worst_by_line
from vetting.intake.read import Reading

BESIDE = ("line_in_your_file", "row_is", "what_to_mend")
ROW_IS = {
    Severity.REFUSE_FILE: "refused",
    Severity.REFUSE_ROW: "refused",
    Severity.QUARANTINE: "waiting for your answer",
    Severity.WARNING: "ready, with a warning",
}
READY = "ready"
CSV, XLSX = ("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
SHEET_ROWS, CELL_SIGNS = 1_048_576, 32_767  # Excel's own limits


def is_workbook(reading: Reading) -> bool:
    return reading.sheet is not None


def kind_of_copy(reading: Reading) -> tuple[str, str]:
    """The ending and the media type of a copy: a workbook comes back as one."""
    return XLSX if is_workbook(reading) else CSV


def annotated(reading: Reading, problems: Sequence[Problem]) -> bytes:
    """Every row of the file, with its line, what becomes of it and everything that is wrong with it."""
    said = _said(problems)
    worst = worst_by_line(problems)
    rows = (
        [*cells, str(line), ROW_IS[worst[line]] if line in worst else READY, " | ".join(said.get(line, []))]
        for line, cells in reading.rows()
    )
    return _written(reading, [*reading.columns, *BESIDE], rows)


def to_mend(reading: Reading, problems: Sequence[Problem]) -> bytes:
    """Only the rows that were not taken, as they were written, ready to be mended and sent again."""
    lost = {line for line, severity in worst_by_line(problems).items() if severity is not Severity.WARNING}
    return _written(reading, reading.columns, (cells for line, cells in reading.rows() if line in lost))


def _said(problems: Sequence[Problem]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {}
    for problem in problems:
        if problem.line is not None:
            where = f"{problem.letter} {problem.column}: " if problem.column else ""
            said.setdefault(problem.line, []).append(where + problem.message)
    return said


def _written(reading: Reading, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    if is_workbook(reading):
        kept = list(rows)
        if len(kept) < SHEET_ROWS:
            return _workbook(header, kept)
        rows = kept
    text = io.StringIO()
    writer = csv.writer(text, delimiter=reading.delimiter or ",")
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Text in every cell: nothing is a formula, a link or a number, so nothing needs an apostrophe."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"constant_memory": True}) as book:
        page = book.add_worksheet("Fee reports")
        bold = book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        for place, row in enumerate((header, *rows)):
            for column, cell in enumerate(row):
                if cell:
                    page.write_string(place, column, cell[:CELL_SIGNS], None if place else bold)
    return data.getvalue()
