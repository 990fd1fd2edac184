"""What do partners start from? The template, and the data dictionary, both written from the columns themselves.

`python -m vetting.intake.template > docs/data-dictionary.md` writes the dictionary anew. The template as a workbook is
in vetting.intake.template_workbook.
"""

import csv
import io
import sys
from collections.abc import Iterator

from schemas.codes import Severity
from schemas.fee_report import EXAMPLE, Column, Kind, columns
from schemas.lookup import countries, currencies, sectors
from schemas.problem_codes import PROBLEMS, ProblemCode

# Two invented reports: one with a breakdown, one of a worker who paid nothing and knows little else. By their
# report_id they are told apart from real ones, so that an example left in a file is never taken.
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "report_id": f"{EXAMPLE}0001",
        "total_paid": "150000", "cost_fee_recruiter_service": "120000", "cost_medical_exam": "5000",
        "cost_travel_international": "25000", "responsible": "employer", "contract_before_departure": "yes",
        "contract_understood": "no", "contract_substituted": "no", "costs_disclosed": "no",
        "orientation_received": "yes", "movement_restricted": "no", "wages_withheld": "no",
        "grievance_known": "no",
    },
    {
        "report_id": f"{EXAMPLE}0002",
        "agency_licence": "", "agency_name": "Himal Example Overseas", "channel": "phone",
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
LISTS = {
    Kind.CONSENT: "`yes`",
    Kind.PERMISSION: "`yes` `no`, or blank, which is no",
    Kind.ANSWER: "`yes` `no`, or blank, which is unknown and never no",
    Kind.COUNTRY: "ISO 3166-1: [`countries.csv`](../schemas/reference/countries.csv); names and short forms: "
    "[`country_aliases.csv`](../schemas/reference/country_aliases.csv)",
    Kind.CURRENCY: "ISO 4217: [`currencies.csv`](../schemas/reference/currencies.csv); signs and local words: "
    "[`currency_aliases.csv`](../schemas/reference/currency_aliases.csv)",
    Kind.SECTOR: "ISIC Rev. 4: [`sectors.csv`](../schemas/reference/sectors.csv); common words: "
    "[`sector_aliases.csv`](../schemas/reference/sector_aliases.csv)",
}


def template_csv() -> bytes:
    """The header and two invented reports, as UTF-8 with a BOM so that spreadsheets open it rightly."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns()), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(examples())
    return text.getvalue().encode("utf-8-sig")


def examples() -> tuple[dict[str, str], ...]:
    """The invented reports in full: every column with its text, "" where nothing is known."""
    standing = {name: column.example for name, column in columns().items()}
    return tuple(standing | example for example in EXAMPLES)


def allowed(column: Column) -> tuple[str, ...]:
    """Every value a cell may hold, where there is a list of them short enough to choose from."""
    match column.kind:
        case Kind.CONSENT:
            return ("yes",)
        case Kind.PERMISSION | Kind.ANSWER:
            return ("yes", "no")
        case Kind.COUNTRY:
            return tuple(countries())
        case Kind.CURRENCY:
            return tuple(currencies())
        case Kind.SECTOR:
            return tuple(code for code, sector in sectors().items() if sector.level in ("section", "division"))
        case _:
            return column.allowed


def data_dictionary() -> str:
    return "\n".join((*_head(), *_columns(), *_allowed(), *_words(), *_problems())) + "\n"


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


def _allowed() -> Iterator[str]:
    yield from (
        "",
        "## Allowed values",
        "",
        "Written in any case, with or without `_`. The long lists are files: open them in a spreadsheet.",
        "",
        "| columns | values |",
        "|---|---|",
    )
    for kind, told in LISTS.items():
        names = [name for name in columns() if columns()[name].kind is kind]
        yield f"| {' '.join(f'`{name}`' for name in names)} | {told} |"
    for column in columns().values():
        if column.allowed:
            yield f"| `{column.name}` | {_what(column)} |"


def _words() -> Iterator[str]:
    yield from ("", "## Other names understood as headers", "", "| column | also |", "|---|---|")
    for column in columns().values():
        if column.words:
            yield f"| `{column.name}` | {', '.join(column.words)} |"


def _problems() -> Iterator[str]:
    """The catalogue: everything a partner can be told, by what it stops."""
    yield from (
        "",
        "## Everything that can be wrong",
        "",
        "Each problem is told with its line (as a spreadsheet counts: the header is 1), column, letter and value, all",
        "of them at once. `…` stands for what only the file can say.",
    )
    for severity, said in SEVERITIES.items():
        yield from ("", f"### {said[0].upper()}{said[1:]}", "")
        yield from ("| code | title | what you are told, and what to do | also |", "|---|---|---|---|")
        for problem in PROBLEMS.values():
            if problem.severity is severity:
                cells = (f"`{problem.code}`", problem.title, told(problem), _raised(problem))
                yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def told(problem: ProblemCode) -> str:
    """A problem's message with words in the places that a file fills."""
    return problem.message.format(
        column="the column", detail="…", rule="The rule of the column.", allowed=" Its allowed values."
    )


def _what(column: Column) -> str:
    return " ".join(f"`{code}`" for code in column.allowed) if column.allowed else column.kind.value


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _raised(problem: ProblemCode) -> str:
    return "" if problem.when_required is None else f"in a needed column {SEVERITIES[problem.when_required]}"


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
