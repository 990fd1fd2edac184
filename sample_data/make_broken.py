"""Writes `broken/`: files with every kind of mistake, and `expected.json` with what each must be told.

`python sample_data/make_broken.py`. Each row says beside its mistake which problems it must give, by hand: this is the
word against which the check is tested, not what the check happened to say. Agencies are those of `agencies.csv`.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from make_sample import csv_text

FOLDER = Path(__file__).parent / "broken"
FILE, ROW, ASK, NOTE = "refuse_file", "refuse_row", "quarantine", "warning"
Told = tuple[str, str, str]  # column, code, severity

GOOD = {
    "report_id": "",
    "agency_licence": "9014/061/62",
    "agency_name": "Ramaroshan Employment Services Pvt. Ltd.",
    "origin_country": "NPL",
    "destination_country": "QAT",
    "origin_region": "",
    "destination_region": "",
    "interview_date": "2026-03-17",
    "channel": "in_person",
    "consent_use": "yes",
    "worker_ref": "",
    "age_at_recruitment": "27",
    "recruited_month": "2025-06",
    "departed_month": "2025-08",
    "currency": "NPR",
    "total_paid": "0",
}
WHO = tuple(GOOD)[:14]


class Broken(NamedTuple):
    """`rows`: what differs from a good row, and what must be told of it. `whole`: problems of no single row, with
    their line (None: the whole file)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[dict[str, str], tuple[Told, ...]], ...]
    whole: tuple[tuple[int | None, str | None, str, str], ...] = ()
    delimiter: str = ","
    bom: bool = False
    raw: bytes | None = None


def one(column: str, value: str, code: str, severity: str) -> tuple[dict[str, str], tuple[Told, ...]]:
    return {column: value}, ((column, code, severity),)


PLACES = {
    ("columns.csv", "duplicate_column"): 4,
    ("columns.csv", "ignored_column"): 7,
    ("shapes.csv", "unreadable_value"): 5,
}  # headings that are not ours
FINE: tuple[dict[str, str], tuple[Told, ...]] = ({}, ())

FILES = (
    Broken("no_rows.csv", tuple(GOOD), (), whole=((None, None, "no_rows", FILE),)),
    Broken(
        "not_a_table.csv",
        (),
        (),
        whole=((None, None, "unreadable_file", FILE),),
        raw=b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n",
    ),
    Broken(
        "columns.csv",  # consent_use is missing, the destination stands there twice, and one column is nobody's
        ("report_id", "agency_licence", "origin_country", "Country of destination", "Host country", "interview_date",
         "channel", "favourite colour"),
        (FINE, ({"interview_date": "2026-03-18"}, ())),
        whole=(
            (1, "consent_use", "missing_column", FILE),
            (1, "destination_country", "duplicate_column", FILE),  # at the second of the two
            (1, None, "ignored_column", NOTE),
        ),
    ),
    Broken(
        "personal.csv",
        (*WHO, "notes"),
        (
            FINE,
            one("worker_ref", "Sita Gurung", "personal_name", FILE),
            one("worker_ref", "Maya", "personal_name", FILE),
            one("worker_ref", "9841234567", "personal_number", FILE),
            one("worker_ref", "+977 984-1234567", "personal_phone", FILE),
            one("worker_ref", "N1234567", "personal_passport", FILE),
            one("worker_ref", "sita@mail.example", "personal_email", FILE),
            one("notes", "Call him on +977 9841 234567 in the evening", "personal_phone", FILE),
            one("notes", "Write to maya.g@mail.example", "personal_email", FILE),
            one("notes", "passport no. 08123456", "personal_passport", FILE),
            ({"notes": "Paid 150000 in 2025-06, in three parts"}, ()),
        ),
    ),
    Broken(
        "dates.csv",
        WHO,
        (
            FINE,
            one("interview_date", "03/04/2026", "ambiguous_date", ASK),
            one("interview_date", "03/04/26", "ambiguous_date", ASK),
            one("interview_date", "2026-02-30", "impossible_date", ROW),
            one("interview_date", "soon", "unreadable_date", ROW),
            one("interview_date", "2083-01-15", "other_calendar", ASK),
            one("interview_date", "15 มกราคม 2569", "other_calendar", ASK),
            one("interview_date", "46037", "other_calendar", ASK),
            one("interview_date", "2031-01-15", "date_out_of_range", ROW),
            one("interview_date", "2009-12-31", "date_out_of_range", ROW),
            one("interview_date", "", "missing_value", ROW),
            one("interview_date", "-9", "survey_code", ASK),
            one("recruited_month", "2025", "unreadable_value", ASK),
            one("recruited_month", "Asoj 2082", "other_calendar", ASK),
            ({"recruited_month": "2025-09"}, (("recruited_month", "months_out_of_order", ASK),)),
            ({"departed_month": "2026-05"}, (("departed_month", "months_out_of_order", ASK),)),
            ({"interview_date": "17 March 2026", "recruited_month": "Jun 2025", "departed_month": "08/2025"}, ()),
        ),
        delimiter=";",
    ),
    Broken(
        "amounts.csv",
        (*GOOD, "deducted_amount", "reimbursed_amount", "cost_medical_exam", "cost_fee_recruiter_service"),
        (
            one("total_paid", "2-3 lakh", "vague_amount", ASK),
            one("total_paid", "approx 50000", "vague_amount", ASK),
            one("total_paid", "45,000", "ambiguous_amount", ASK),
            one("total_paid", "-9", "survey_code", ASK),
            one("total_paid", "-500", "negative_amount", ROW),
            one("total_paid", "a goat", "unreadable_amount", ROW),
            ({"total_paid": "100000", "reimbursed_amount": "150000"},
             (("reimbursed_amount", "reimbursed_above_charged", NOTE),)),
            ({"total_paid": "100000", "cost_medical_exam": "60000", "cost_fee_recruiter_service": "60000"},
             (("total_paid", "items_exceed_total", ASK),)),
            ({"total_paid": "100000", "cost_medical_exam": "45000", "cost_fee_recruiter_service": "60000"}, ()),
            ({"total_paid": "100000", "cost_medical_exam": "60000"}, (("total_paid", "items_below_total", NOTE),)),
        ),
        bom=True,
    ),
    Broken(
        "alike.csv",  # rows seen beside one another: one far above the rest, and two that tell the same
        tuple(GOOD),
        (
            ({"total_paid": "100000"}, ()),
            ({"total_paid": "120000"}, ()),
            ({"total_paid": "१,५०,०००"}, ()),
            ({"total_paid": "1.5 lakh"}, ()),
            one("total_paid", "1600000", "outlier", NOTE),
            ({"worker_ref": "w-777"}, (("report_id", "near_duplicate", NOTE),)),
            ({"worker_ref": "w-777"}, (("report_id", "near_duplicate", NOTE),)),
        ),
    ),
    Broken(
        "currencies.csv",
        (*GOOD, "promised_wage", "wage_currency", "wage_period", "loan_source", "loan_rate", "loan_rate_period"),
        (
            one("currency", "Rs", "ambiguous_currency", ASK),
            one("currency", "$", "ambiguous_currency", ASK),
            one("currency", "gold", "unknown_currency", ROW),
            one("currency", "", "missing_value", ROW),
            ({"total_paid": "৳ 1,50,000"}, (("total_paid", "currency_conflict", ASK),)),
            ({"currency": "BDT", "total_paid": "Tk 1,50,000"}, ()),
            ({"promised_wage": "1300", "wage_period": "month"}, (("wage_currency", "wage_incomplete", NOTE),)),
            ({"promised_wage": "1300", "wage_currency": "QAR"}, (("wage_period", "wage_incomplete", NOTE),)),
            ({"loan_source": "moneylender", "loan_rate": "3"},
             (("loan_rate_period", "rate_without_period", ASK),)),
            ({"loan_source": "moneylender", "loan_rate": "3", "loan_rate_period": "month"}, ()),
        ),
        delimiter="\t",
    ),
    Broken(
        "agencies.csv",
        WHO,
        (
            FINE,
            ({"agency_licence": "9999/099/99", "agency_name": ""}, (("agency_licence", "unmatched_agency", ASK),)),
            ({"agency_licence": "", "agency_name": "Ramaroshan Employment"},
             (("agency_name", "agency_read_as", NOTE),)),
            ({"agency_licence": "", "agency_name": "Chautari Overseas"}, (("agency_name", "ambiguous_agency", ASK),)),
            ({"agency_name": "Tilicho Karya International Pvt. Ltd."}, (("agency_licence", "agency_conflict", ASK),)),
            ({"agency_licence": "", "agency_name": ""}, (("agency_licence", "missing_value", ROW),)),
            ({"agency_licence": "", "agency_name": "ramaroshan  overseas"}, ()),
            ({"agency_licence": "9012", "agency_name": "", "origin_country": "BGD"},
             (("agency_licence", "unmatched_agency", ASK),)),
            ({"agency_licence": "09012", "agency_name": "", "origin_country": "BGD"}, ()),
        ),
    ),
    Broken(
        "shapes.csv",  # a blank line counts, a line break in a cell does not; one cell too few, one too many; a footer
        (),
        (),
        whole=((5, None, "ragged_row", ROW), (6, None, "ragged_row", ROW), (7, "channel", "unreadable_value", ROW),
               (9, None, "footer_left_out", NOTE)),
        raw=(
            b"report_id,agency_licence,origin_country,destination_country,interview_date,channel,consent_use,notes\r\n"
            b'S-1,9014/061/62,NPL,QAT,2026-03-17,phone,yes,"Said twice:\r\nno fee"\r\n'
            b",,,,,,,\r\n"
            b"S-2,9014/061/62,NPL,QAT,2026-03-18,phone,yes,\r\n"
            b"S-3,9014/061/62,NPL,QAT,2026-03-19,phone,yes\r\n"
            b"S-4,9014/061/62,NPL,QAT,2026-03-20,phone,yes,no fee, he says\r\n"
            b"S-5,9014/061/62,NPL,QAT,2026-03-21,pigeon,yes,\r\n"
            b"\r\n"
            b"Number of reports: 5\r\n"
        ),
    ),
    Broken(
        "rows.csv",
        (*WHO, "sex", "passport_holder", "threats"),
        (
            FINE,
            one("report_id", "", "missing_value", ROW),
            one("report_id", "R" * 65, "too_long", ROW),
            one("report_id", "EXAMPLE-0001", "example_row", ROW),
            one("consent_use", "no", "no_consent", ROW),
            one("consent_use", "", "no_consent", ROW),
            one("origin_country", "Atlantis", "unknown_country", ROW),
            one("destination_country", "NPL", "same_country", ROW),
            ({"destination_country": "NPL", "origin_region": "Jhapa", "destination_region": "Kathmandu"}, ()),
            one("channel", "pigeon", "unreadable_value", ROW),
            one("passport_holder", "the boss", "unreadable_value", ASK),
            one("threats", "maybe", "unreadable_value", ASK),
            one("age_at_recruitment", "7", "out_of_range", ASK),
            one("age_at_recruitment", "-8", "survey_code", ASK),
            one("report_id", "R-TWICE", "duplicate_report_id", ASK),
            one("report_id", "R-TWICE", "duplicate_report_id", ASK),
            ({"consent_use": "no", "sex": "boy", "channel": ""},
             (("channel", "missing_value", ROW), ("consent_use", "no_consent", ROW), ("sex", "unreadable_value", ASK))),
        ),
    ),
)  # fmt: skip


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    expected: dict[str, Any] = {}
    for broken in FILES:
        (FOLDER / broken.name).write_bytes(broken.raw if broken.raw is not None else written(broken))
        expected[broken.name] = told(broken)
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


def written(broken: Broken) -> bytes:
    rows = []
    for place, (change, _) in enumerate(broken.rows, start=1):
        own = GOOD | {
            "report_id": f"R-{place:03}",
            "worker_ref": f"w-{place:03}",
            "age_at_recruitment": str(20 + place),
        }
        own |= change
        rows.append({name: own.get(name, "QAT" if "ountry" in name else "") for name in broken.columns})
    text = csv_text(rows or [dict.fromkeys(broken.columns, "")], broken.delimiter)
    if not rows:
        text = text.split("\n")[0] + "\n"
    return text.encode("utf-8-sig" if broken.bom else "utf-8")


def told(broken: Broken) -> list[dict[str, Any]]:
    """In the order of lines, and within a line of columns."""
    found = [_at(broken, line, column, code, severity) for line, column, code, severity in broken.whole]
    for line, (_, problems) in enumerate(broken.rows, start=2):
        found += [_at(broken, line, column, code, severity) for column, code, severity in problems]
    return found


def _at(broken: Broken, line: int | None, column: str | None, code: str, severity: str) -> dict[str, Any]:
    place = PLACES.get((broken.name, code), broken.columns.index(column) if column in broken.columns else None)
    letter = None if place is None else chr(ord("A") + place)
    return {"line": line, "column": column, "letter": letter, "code": code, "severity": severity}


if __name__ == "__main__":
    main()
