"""An invented file with forty faults of different kinds, one in a cell, and what each must be told."""

import csv
import io

GOOD = {
    "report_id": "", "agency_licence": "9014/061/62", "origin_country": "NPL", "destination_country": "QAT",
    "interview_date": "2024-05-14", "channel": "in_person", "consent_use": "yes", "worker_ref": "", "sex": "female",
    "age_at_recruitment": "", "recruited_month": "2023-06", "departed_month": "2023-09", "currency": "NPR",
    "total_paid": "150000", "loan_source": "none", "loan_rate": "", "loan_rate_period": "", "threats": "no",
    "passport_holder": "self", "notes": "",
}  # fmt: skip
# What is written, in which column, how often, and the code of what must be told of it.
ASKED = (
    ("currency", "Rs", 6, "ambiguous_currency"),
    ("total_paid", "45,000", 3, "ambiguous_amount"),
    ("interview_date", "03/04/2024", 3, "ambiguous_date"),
    ("threats", "sometimes", 3, "unreadable_value"),
    ("age_at_recruitment", "-9", 2, "survey_code"),
    ("sex", "-9", 1, "survey_code"),
    ("origin_country", "Nepaal", 2, "unknown_country"),
    ("agency_licence", "9999/099/99", 2, "unmatched_agency"),
    ("channel", "pigeon", 1, "unreadable_value"),
    ("consent_use", "signed", 1, "no_consent"),
    ("passport_holder", "the boss", 1, "unreadable_value"),
    ("loan_rate_period", "", 1, "rate_without_period"),
    ("currency", "", 1, "missing_value"),
)
# What is written once, the code of what must be told, and what is typed in its place.
TYPED = (
    ("report_id", "", "missing_value", "P-900"),
    ("report_id", "P-TWICE", "duplicate_report_id", "P-901"),
    ("report_id", "P-TWICE", "duplicate_report_id", None),  # mended when the other one is
    ("interview_date", "2024-02-30", "impossible_date", "2024-02-28"),
    ("interview_date", "soon", "unreadable_date", "2024-05-20"),
    ("interview_date", "2009-12-31", "date_out_of_range", "2024-12-31"),
    ("total_paid", "2-3 lakh", "vague_amount", "250000"),
    ("total_paid", "-500", "negative_amount", "500"),
    ("consent_use", "", "no_consent", "yes"),
    ("destination_country", "NPL", "same_country", "QAT"),
    ("departed_month", "2024-09", "months_out_of_order", "2023-09"),
    ("worker_ref", "Sunkumari Invented", "personal_name", "W-0039"),
    ("notes", "Call +977 9841 234567 in the evening", "personal_phone", ""),
)
FINE = 4
COLUMNS = tuple(GOOD)


def rows() -> list[dict[str, str]]:
    """Forty rows with a fault each, and a few with none."""
    changes = [{column: text} for column, text, times, _ in ASKED for _ in range(times)]
    changes += [{column: text} for column, text, _, _ in TYPED]
    made = []
    for place, change in enumerate([*changes, *({} for _ in range(FINE))], start=1):
        lent = {"loan_source": "moneylender", "loan_rate": "3"} if "loan_rate_period" in change else {}
        own = {"report_id": f"P-{place:03}", "worker_ref": f"w-{place:03}", "age_at_recruitment": str(18 + place)}
        made.append(GOOD | own | lent | change)
    return made


def expected() -> list[tuple[int, str, str, str]]:
    """Line, column, letter and code of every fault, as a spreadsheet counts."""
    faults = [(column, code) for column, _, times, code in ASKED for _ in range(times)]
    faults += [(column, code) for column, _, code, _ in TYPED]
    return [
        (line, column, chr(ord("A") + COLUMNS.index(column)), code) for line, (column, code) in enumerate(faults, 2)
    ]


def written() -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return text.getvalue().encode()
