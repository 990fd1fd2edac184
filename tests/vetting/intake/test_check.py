"""Everything wrong with a file at once, each problem at its address."""

from datetime import date

import pytest

from schemas.codes import Severity
from schemas.problem_codes import PROBLEMS
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, agency, checked, fee_csv
from vetting.intake.check import check
from vetting.intake.read import column_letter

FILE, ROW, ASK, NOTE = Severity.REFUSE_FILE, Severity.REFUSE_ROW, Severity.QUARANTINE, Severity.WARNING
TWINS = (agency("n", licence="7"), agency("i", licence="7", country="IND"))

# Per problem: what one row says otherwise, and the column and severity the problem must have.
ONE_ROW = [
    ("no_consent", {"consent_use": "no"}, "consent_use", ROW),
    ("no_consent", {"consent_use": ""}, "consent_use", ROW),
    ("no_consent", {"consent_use": "maybe"}, "consent_use", ROW),
    ("missing_value", {"channel": " "}, "channel", ROW),
    ("missing_value", {"report_id": ""}, "report_id", ROW),
    ("missing_value", {"currency": ""}, "currency", ROW),
    ("missing_value", {"agency_licence": ""}, "agency_licence", ROW),
    ("example_row", {"report_id": "EXAMPLE-0001"}, "report_id", ROW),
    ("unknown_country", {"origin_country": "Atlantis"}, "origin_country", ROW),
    ("same_country", {"destination_country": "Nepal"}, "destination_country", ROW),
    ("same_country", {"destination_country": "NP", "origin_region": "Koshi", "destination_region": "koshi"},
     "destination_country", ROW),
    ("unreadable_date", {"interview_date": "soon"}, "interview_date", ROW),
    ("impossible_date", {"interview_date": "2026-02-31"}, "interview_date", ROW),
    ("date_out_of_range", {"interview_date": "2026-11-23"}, "interview_date", ROW),
    ("date_out_of_range", {"interview_date": "2009-12-31"}, "interview_date", ROW),
    ("ambiguous_date", {"interview_date": "03/04/2026"}, "interview_date", ASK),
    ("ambiguous_date", {"departed_month": "03/04/2026"}, "departed_month", ASK),
    ("other_calendar", {"interview_date": "2083-02-01"}, "interview_date", ASK),
    ("other_calendar", {"departed_month": "Magh 2082"}, "departed_month", ASK),
    ("unreadable_value", {"channel": "smoke signs"}, "channel", ROW),
    ("unreadable_value", {"threats": "perhaps"}, "threats", ASK),
    ("unreadable_value", {"payee_type": "a man"}, "payee_type", ASK),
    ("unreadable_value", {"age_at_recruitment": "20+"}, "age_at_recruitment", ASK),
    ("unreadable_value", {"recruited_month": "2024"}, "recruited_month", ASK),
    ("unreadable_value", {"sector": "stargazing"}, "sector", ASK),
    ("unreadable_value", {"consent_contact": "perhaps"}, "consent_contact", ASK),
    ("unreadable_value", {"loan_rate": "some", "loan_rate_period": "year"}, "loan_rate", ASK),
    ("too_long", {"report_id": "R" * 65}, "report_id", ROW),
    ("too_long", {"worker_ref": "w1" * 33}, "worker_ref", ASK),
    ("out_of_range", {"age_at_recruitment": "9"}, "age_at_recruitment", ASK),
    ("out_of_range", {"actual_wage": "0", "wage_currency": "QAR", "wage_period": "month"}, "actual_wage", ASK),
    ("survey_code", {"total_paid": "-9"}, "total_paid", ASK),
    ("survey_code", {"sex": "-8"}, "sex", ASK),
    ("unreadable_amount", {"total_paid": "plenty"}, "total_paid", ROW),
    ("negative_amount", {"cost_visa": "-500"}, "cost_visa", ROW),
    ("vague_amount", {"total_paid": "2-3 lakh"}, "total_paid", ASK),
    ("vague_amount", {"total_paid": "approx"}, "total_paid", ASK),
    ("ambiguous_amount", {"total_paid": "1.500"}, "total_paid", ASK),
    ("ambiguous_currency", {"currency": "Rs"}, "currency", ASK),
    ("ambiguous_currency", {"currency": "$"}, "currency", ASK),
    ("unknown_currency", {"currency": "shells"}, "currency", ROW),
    ("currency_conflict", {"total_paid": "৳ 1,50,000"}, "total_paid", ASK),
    ("unmatched_agency", {"agency_licence": "12/77"}, "agency_licence", ASK),
    ("unmatched_agency", {"agency_licence": "", "agency_name": "Nobody"}, "agency_name", ASK),
    ("agency_read_as", {"agency_licence": "", "agency_name": "Himal Example Overseas Pvt. Ltd."}, "agency_name", NOTE),
    ("agency_conflict", {"agency_name": "Lumbini Sample Manpower"}, "agency_licence", ASK),
    ("months_out_of_order", {"recruited_month": "2026-02"}, "recruited_month", ASK),
    ("months_out_of_order", {"departed_month": "2026-06"}, "departed_month", ASK),
    ("months_out_of_order", {"recruited_month": "2026-06", "departed_month": ""}, "recruited_month", ASK),
    ("items_exceed_total", {"cost_visa": "157500.01"}, "total_paid", ASK),
    ("rate_without_period", {"loan_rate": "3"}, "loan_rate_period", ASK),
    ("personal_phone", {"notes": "call 9841234567"}, "notes", FILE),
    ("personal_email", {"origin_region": "ask ram@example.org"}, "origin_region", FILE),
    ("personal_passport", {"notes": "passport PA1234567"}, "notes", FILE),
    ("personal_name", {"worker_ref": "Ram Thapa"}, "worker_ref", FILE),
    ("personal_number", {"worker_ref": "123456789"}, "worker_ref", FILE),
    ("personal_email", {"sex": "ram@example.org"}, "sex", FILE),
    ("items_below_total", {"cost_visa": "500"}, "total_paid", NOTE),
    ("reimbursed_above_charged", {"reimbursed_amount": "150001"}, "reimbursed_amount", NOTE),
    ("wage_incomplete", {"actual_wage": "900", "wage_period": "month"}, "wage_currency", NOTE),
    ("wage_incomplete", {"actual_wage": "900", "wage_currency": "QAR"}, "wage_period", NOTE),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "column", "severity"), ONE_ROW)
def test_a_problem_of_one_row_is_found_at_its_address_and_no_other(
    code: str, change: dict[str, str], column: str, severity: Severity
):
    """The row stands on line 3, between two good ones, so nothing else of the file may be touched."""
    found = checked({}, change | {"report_id": change.get("report_id", "R9")}, {})
    assert addresses(found.result) == [(3, column, code)]
    problem = found.result.problems[0]
    assert problem.severity is severity
    header = fee_csv({}, change, {}).decode().splitlines()[0].split(",")
    assert problem.letter == (column_letter(header.index(column)) if column in header else None)
    counts = {FILE: (0, 0, 3), ROW: (2, 0, 1), ASK: (2, 1, 0), NOTE: (3, 0, 0)}[severity]
    assert (found.result.accepted, found.result.quarantined, found.result.refused) == counts
    assert found.result.file_refused is (severity is FILE)


# Problems that need more than one row, or no row at all, with the whole file and every problem it must give.
WHOLE_FILES = [
    ("unreadable_file", b"PK\x03\x04", [(None, None, "unreadable_file")]),
    ("no_rows", fee_csv(header=("report_id", "agency_licence", "origin_country", "destination_country",
                                "interview_date", "channel", "consent_use")), [(None, None, "no_rows")]),
    ("missing_column", fee_csv({}).replace(b"channel", b"chanel"),
     [(1, "channel", "missing_column"), (1, None, "ignored_column")]),
    ("duplicate_column", fee_csv({"amount_paid": "5", "total_cost": "6"}, header=(
        "report_id", "agency_licence", "origin_country", "destination_country", "interview_date", "channel",
        "consent_use", "currency", "amount_paid", "total_cost")), [(1, "total_paid", "duplicate_column")]),
    ("ignored_column", fee_csv({"shoe_size": "43"}), [(1, None, "ignored_column")]),
    ("footer_left_out", fee_csv({}, {}) + b"\nPrepared by Safe Steps\n", [(5, None, "footer_left_out")]),
    ("ragged_row", fee_csv({}, {}) + b"R3,0012/077\n", [(4, None, "ragged_row")]),
    ("duplicate_report_id", fee_csv({}, {"report_id": "R1"}, {}),
     [(2, "report_id", "duplicate_report_id"), (3, "report_id", "duplicate_report_id")]),
    ("near_duplicate", fee_csv({}, {"worker_ref": "W-0001"}, {}),
     [(2, "report_id", "near_duplicate"), (3, "report_id", "near_duplicate")]),
    ("outlier", fee_csv(*[{} for _ in range(5)], {"total_paid": "1500001"}), [(7, "total_paid", "outlier")]),
    ("ambiguous_agency", fee_csv({"agency_licence": "7", "origin_country": "BGD"}),
     [(2, "agency_licence", "ambiguous_agency")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "data", "expected"), WHOLE_FILES, ids=[code for code, _, _ in WHOLE_FILES])
def test_a_problem_of_the_whole_file_is_found(
    code: str, data: bytes, expected: list[tuple[int | None, str | None, str]]
):
    found = check(data, "reports.csv", agencies=(*AGENCIES, *TWINS), today=TODAY)
    assert addresses(found.result) == expected


def test_every_problem_code_has_a_test():
    withdrawn = {"consent_withdrawn"}  # needs a store that remembers: tests/vetting/retention/test_forget.py
    assert {code for code, *_ in (*ONE_ROW, *WHOLE_FILES)} | withdrawn == set(PROBLEMS)


def test_a_good_file_has_no_problem():
    result = checked({}, {}, {}).result
    assert (result.rows, result.accepted, result.problems) == (3, 3, ())


def test_all_problems_of_a_row_are_told_at_once():
    change = {
        "channel": "x",
        "consent_use": "no",
        "total_paid": "plenty",
        "currency": "Rs",
        "interview_date": "2026-02-31",
    }
    assert {code for _, _, code in addresses(checked(change).result)} == {
        "unreadable_value", "no_consent", "unreadable_amount", "ambiguous_currency", "impossible_date",
    }  # fmt: skip


def test_a_row_refused_for_one_thing_and_asked_about_for_another_is_refused():
    result = checked({"consent_use": "no", "currency": "Rs"}).result
    assert (result.quarantined, result.refused) == (0, 1)


def test_the_json_of_a_check_has_the_promised_shape():
    found = checked({"notes": "call 9841234567"}).result.model_dump(mode="json")
    assert list(found) == ["rows", "accepted", "quarantined", "refused", "file_refused", "problems"]
    assert list(found["problems"][0]) == ["line", "column", "letter", "value", "code", "severity", "message"]
    assert found["problems"][0]["value"] == "c••• (15 characters)"


def test_personal_data_is_masked_wherever_it_is_shown():
    for change in ({"notes": "call 9841234567"}, {"worker_ref": "Ram Thapa"}, {"sex": "ram@example.org"}):
        shown = checked(change).result.model_dump_json()
        assert not any(secret in shown for secret in ("9841234567", "Ram Thapa", "example.org"))


def test_agency_columns_may_hold_what_elsewhere_would_be_personal():
    result = checked({"agency_name": "Himal Example Overseas", "agency_licence": "9841234567"}).result
    assert addresses(result) == []  # by name


def test_internal_migration_needs_two_different_regions_and_no_more():
    change = {"destination_country": "NPL", "origin_region": "Koshi", "destination_region": "Bagmati"}
    assert checked(change).result.accepted == 1


def test_what_the_column_proves_decides_what_is_doubtful():
    result = checked({"interview_date": "03/04/2026", "total_paid": "1.500"}, {"interview_date": "25/04/2026"},
                     {"interview_date": "2026-05-01", "total_paid": "1.234,56"}).ready  # fmt: skip
    assert result["interview_date"].to_list()[0] == date(2026, 4, 3)
    assert [str(value) for value in result["total_paid"]] == ["1500.0000", "150000.0000", "1234.5600"]


def test_headers_are_known_without_case_accents_punctuation_and_by_other_names():
    data = fee_csv({}).replace(b"report_id", b"Case No.").replace(b"total_paid", "Totál  PAID*".encode())
    found = check(data, "reports.csv", agencies=AGENCIES, today=TODAY)
    assert (found.result.accepted, found.ready["report_id"].to_list()) == (1, ["R1"])
    assert found.ready["raw"][0].startswith('{"Case No.": "R1", "agency_licence": "0012/077"')


def test_a_header_that_is_nearly_known_is_offered():
    problems = check(
        fee_csv({}).replace(b"channel", b"chanel"), "a.csv", agencies=AGENCIES, today=TODAY
    ).result.problems
    assert 'Your column I "chanel" looks like it.' in problems[0].message
    assert "Did you mean `channel`?" in problems[1].message


def test_blank_answers_are_unknown_and_blank_consents_are_no():
    ready = checked({"threats": "", "consent_reviewer": "", "grievance_resolved": "yes"}).ready
    assert (ready["threats"][0], ready["consent_reviewer"][0], ready["grievance_resolved"][0]) == (None, False, None)
    assert ready["verification"][0] == "self_report"


def test_the_preview_shows_raw_beside_normalised():
    (row,) = checked({"total_paid": "1.5 lakh", "destination_country": "Qatar"}).preview()
    cells = {cell.column: (cell.raw, cell.normalised) for cell in row.cells}
    assert (row.line, row.state) == (2, "accepted")
    assert (cells["total_paid"], cells["destination_country"]) == (("1.5 lakh", "150000"), ("Qatar", "QAT"))


def test_a_check_in_chunks_finds_what_a_check_in_one_piece_finds(monkeypatch: pytest.MonkeyPatch):
    """Evidence, repeats and near-duplicates lie in other chunks than what they decide."""
    rows = [
        {"interview_date": "03/04/2026", "report_id": f"R{n % 90}", "worker_ref": f"W-{n % 80}"} for n in range(100)
    ]
    data = fee_csv(*rows, {"interview_date": "25/04/2026"}, {"consent_use": "no"})
    whole = check(data, "a.csv", agencies=AGENCIES, today=TODAY)
    monkeypatch.setattr("vetting.intake.blocks.BLOCK", 4096)
    monkeypatch.setattr("vetting.intake.check.CHUNK_ROWS", 7)
    parts = check(data, "a.csv", agencies=AGENCIES, today=TODAY)
    assert len(parts.chunks) > 2
    assert parts.result == whole.result
    assert parts.ready.equals(whole.ready)
    assert parts.quarantined.equals(whole.quarantined)


def test_a_check_says_how_far_it_is_and_never_goes_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("vetting.intake.check.CHUNK_ROWS", 20)
    monkeypatch.setattr("vetting.intake.blocks.BLOCK", 4096)
    told: list[tuple[int, int | None]] = []
    check(
        fee_csv(*[{}] * 100), "a.csv", agencies=AGENCIES, today=TODAY,
        progress=lambda done, total, _: told.append((done, total)),
    )  # fmt: skip
    shares = [done / total for done, total in told if total]
    assert len(shares) > 4
    assert shares == sorted(shares)
    assert told[-1] == (200, 200)


def test_a_row_that_speaks_only_in_unknown_columns_is_no_blank_row():
    blank = dict.fromkeys(fee_csv({}).decode().splitlines()[0].split(","), "")
    result = checked({"shoe_size": "43"}, blank | {"shoe_size": "44"}).result
    assert (result.rows, result.accepted, result.refused) == (2, 1, 1)


def test_a_file_of_other_things_is_refused_for_its_missing_columns():
    result = check(b"a,b\n1,2\n3,4\n", "a.csv", agencies=AGENCIES, today=TODAY).result
    assert (result.rows, result.refused, result.file_refused) == (2, 2, True)
    assert {code for _, _, code in addresses(result)} == {"missing_column", "ignored_column"}
