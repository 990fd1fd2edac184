"""What do partners start from? The template, and the data dictionary, both written from the columns themselves.

`python -m vetting.intake.template > docs/data-dictionary.md` writes the dictionary anew.
"""

import csv
import io
import sys
from collections.abc import Iterator

from schemas.codes import Severity
from schemas.fee_report import Column, columns
from schemas.problem_codes import PROBLEMS, ProblemCode

# Two invented reports: one with a breakdown, one of a worker who paid nothing and knows little else.
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "total_paid": "150000", "cost_fee_recruiter_service": "120000", "cost_medical_exam": "5000",
        "cost_travel_international": "25000", "responsible": "employer", "contract_before_departure": "yes",
        "contract_understood": "no", "contract_substituted": "no", "costs_disclosed": "no",
        "orientation_received": "yes", "movement_restricted": "no", "wages_withheld": "no",
        "grievance_known": "no",
    },
    {
        "report_id": "NP-2026-0002", "agency_licence": "", "agency_name": "Himal Example Overseas", "channel": "phone",
        "consent_reviewer": "no", "consent_repayment": "", "consent_contact": "", "worker_ref": "W-0418",
        "sex": "male", "age_at_recruitment": "", "sector": "", "departed_month": "2026-02", "total_paid": "0",
        "deducted_amount": "", "reimbursed_amount": "", "receipt_amount": "", "payee_type": "", "loan_source": "none",
        "loan_amount": "", "loan_rate": "", "loan_rate_period": "", "passport_holder": "",
    },
)  # fmt: skip
SEVERITIES = {
    Severity.REFUSE_FILE: "the file is refused",
    Severity.REFUSE_ROW: "the row is refused",
    Severity.QUARANTINE: "the row waits for your answer",
    Severity.WARNING: "accepted, with a warning",
}


def template_csv() -> bytes:
    """The header and two invented reports, as UTF-8 with a BOM so that spreadsheets open it rightly."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns()), lineterminator="\r\n")
    writer.writeheader()
    standing = {name: column.example for name, column in columns().items()}
    writer.writerows(standing | example for example in EXAMPLES)
    return text.getvalue().encode("utf-8-sig")


def data_dictionary() -> str:
    return "\n".join((*_head(), *_columns(), *_words(), *_problems())) + "\n"


def _head() -> Iterator[str]:
    yield "# Data dictionary: fee reports"
    yield ""
    yield "One row is one worker's account of one recruitment. This page is written from the schema itself"
    yield "(`python -m vetting.intake.template`); a test fails when it is stale."
    yield ""
    yield "Headers are matched without regard to case, accents, punctuation and spaces, and by the other names listed"
    yield "below. Columns nobody knows are left out and named. A blank cell is unknown, never no and never zero."


def _columns() -> Iterator[str]:
    yield from (
        "",
        "## Columns",
        "",
        "| column | what stands in it | needed | rule | example |",
        "|---|---|---|---|---|",
    )
    for column in columns().values():
        cells = (
            f"`{column.name}`",
            _what(column),
            "yes" if column.required else "",
            column.rule,
            _code(column.example),
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _words() -> Iterator[str]:
    yield from ("", "## Other names understood as headers", "", "| column | also |", "|---|---|")
    for column in columns().values():
        if column.words:
            yield f"| `{column.name}` | {', '.join(column.words)} |"


def _problems() -> Iterator[str]:
    yield from (
        "",
        "## Problems",
        "",
        "Each with its line (as a spreadsheet counts: the header is 1), column, letter and value.",
        "",
    )
    yield from ("| code | title | what happens |", "|---|---|---|")
    for problem in PROBLEMS.values():
        yield f"| `{problem.code}` | {problem.title} | {_happens(problem)} |"


def _what(column: Column) -> str:
    return " ".join(f"`{code}`" for code in column.allowed) if column.allowed else column.kind.value


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _happens(problem: ProblemCode) -> str:
    said = SEVERITIES[problem.severity]
    if problem.when_required is not None:
        said += f"; in a needed column {SEVERITIES[problem.when_required]}"
    return said


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
