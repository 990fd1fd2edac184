"""The partner's own file, given back: all of it with a column that says what is wrong, or only the rows to mend.

The copies hold what the partner wrote and nothing else; no cell of them is a formula.
"""

import csv
import io
from collections.abc import Iterator, Sequence

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


def _written(reading: Reading, header: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=reading.delimiter)
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
