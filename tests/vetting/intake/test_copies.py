"""What the partner gets back: problems grouped by remedy, the file with what to mend, and only the rows to mend."""

import csv
import dataclasses
import io

import python_calamine

from schemas.codes import Severity
from schemas.problem import Problem
from vetting.intake.copies import annotated, kind_of_copy, to_mend
from vetting.intake.groups import group, worst_by_line
from vetting.intake.read import read

FILE = b"report_id;currency;notes\nA;Rs;\nB;NPR;=1+1\nC;Rs;\nD;NPR;\n"


def problem(line: int | None, code: str, severity: Severity, column: str = "currency", value: str = "Rs") -> Problem:
    return Problem(
        line=line, column=column, letter="B", value=value, code=code, severity=severity, message="Write the ISO code."
    )


PROBLEMS = [
    problem(2, "ambiguous_currency", Severity.QUARANTINE),
    problem(4, "ambiguous_currency", Severity.QUARANTINE),
    problem(4, "no_consent", Severity.REFUSE_ROW, "consent_use", ""),
    problem(5, "outlier", Severity.WARNING, "total_paid", "9"),
]


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_same_mistake_in_many_rows_is_one_group_and_the_gravest_comes_first():
    groups = group(PROBLEMS)
    assert [(each.title, each.rows, each.lines) for each in groups] == [
        ("No consent to use", 1, (4,)),
        ("A currency that can be several", 2, (2, 4)),
        ("Far above the others", 1, (5,)),
    ]
    assert groups[1].values == ("Rs",)


def test_what_is_said_of_the_header_is_no_row():
    (one,) = group([problem(1, "missing_column", Severity.REFUSE_FILE, "consent_use")])
    assert one.rows == 0


def test_the_gravest_problem_decides_what_becomes_of_a_line():
    assert worst_by_line(PROBLEMS) == {2: Severity.QUARANTINE, 4: Severity.REFUSE_ROW, 5: Severity.WARNING}


def test_the_annotated_copy_has_every_row_with_its_line_its_fate_and_its_remedy():
    header, *body = rows(annotated(read(FILE, "a.csv"), PROBLEMS))
    assert header == ["report_id", "currency", "notes", "line_in_your_file", "row_is", "what_to_mend"]
    assert [(row[0], row[3], row[4]) for row in body] == [
        ("A", "2", "waiting for your answer"),
        ("B", "3", "ready"),
        ("C", "4", "refused"),
        ("D", "5", "ready, with a warning"),
    ]
    assert body[2][5] == "B currency: Write the ISO code. | B consent_use: Write the ISO code."


def test_only_the_rows_that_were_not_taken_are_given_back_to_mend():
    assert [row[0] for row in rows(to_mend(read(FILE, "a.csv"), PROBLEMS))] == ["report_id", "A", "C"]


def test_no_cell_of_a_copy_is_a_formula():
    assert rows(annotated(read(FILE, "a.csv"), PROBLEMS))[2][2] == "'=1+1"


def test_a_workbook_comes_back_as_a_workbook_in_which_everything_is_text():
    reading = dataclasses.replace(read(FILE, "a.csv"), sheet="Interviews")
    assert kind_of_copy(reading)[0] == "xlsx"
    told = python_calamine.CalamineWorkbook.from_object(io.BytesIO(annotated(reading, PROBLEMS)))
    header, *body = told.get_sheet_by_index(0).to_python()
    assert header[-3:] == ["line_in_your_file", "row_is", "what_to_mend"]
    assert [row[2] for row in body][1] == "=1+1"
    assert [row[3] for row in body] == ["2", "3", "4", "5"]
    assert to_mend(reading, PROBLEMS).startswith(b"PK")
