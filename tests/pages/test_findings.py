"""Findings as a reviewer works on them: files in and out, another scheme's findings, the board of what is due."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from schemas.case import Case, Finding
from schemas.codes import ActionState, Grade, Role
from tests.pages.conftest import words_of
from tests.pages.test_case import Opened, field, opened  # noqa: F401 - a fixture
from tests.vetting.certification.desks import ASHA, BO, Desk
from tests.vetting.certification.evidence_files import PAGE, pdf
from vetting.certification.audits import AuditFile, import_findings
from vetting.certification.evidence import Given, give_evidence
from vetting.certification.findings import act_on_finding, record_finding

AUDIT = (
    b"criterion,grade,statement,due_on,status\n1.1,major,Receipts for fees.,2027-03-31,agreed\n"
    b"3.2,CAR,One language.,,\n"
)
SOURCE = {"audit_scheme": "Open Ledger Audit", "audit_reference": "OLA-117", "audit_auditor": "Fernhill Assurance"}


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.under_review()


@pytest.fixture
def finding(desk: Desk, case: Case) -> Finding:
    return record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees are charged.", **desk.when
    )


def plain(app: AppTest) -> str:
    return words_of(app).replace("\\", "")


def test_a_file_goes_in_with_the_word_that_it_names_nobody_and_comes_out_as_a_download(
    desk: Desk,
    case: Case,
    finding: Finding,
    opened: Opened,  # noqa: F811
):
    stem = f"evidence_{finding.finding_id}"
    app = opened(ASHA, case)
    field(app.file_uploader, f"{stem}_files").upload("Receipts.pdf", pdf(), "application/pdf")
    field(app.button, f"{stem}_submit").click().run()
    assert "Look through the files and tick" in app.error[0].value
    assert desk.count("evidence_given") == 0
    field(app.checkbox, f"{stem}_blackened").check()
    field(app.button, f"{stem}_submit").click().run()
    assert not app.exception
    assert not app.error
    (one,) = desk.store.cursor().execute("SELECT evidence_id FROM desk.evidence_given").fetchone()
    before = desk.count("trail")
    assert not app.get("download_button") or f"save_{one}" not in str(app.get("download_button"))
    app.button(key=f"get_{one}").click().run()
    assert not app.exception
    assert "its bytes match its SHA-256" in plain(app)
    assert any(f"save_{one}" in str(each.proto.id) for each in app.get("download_button"))
    assert desk.count("trail") == before + 1


def test_a_web_page_called_pdf_is_refused_with_its_true_name(desk: Desk, case: Case, finding: Finding, opened: Opened):  # noqa: F811
    stem = f"evidence_{finding.finding_id}"
    app = opened(ASHA, case)
    field(app.file_uploader, f"{stem}_files").upload("Receipts.pdf", PAGE, "application/pdf")
    field(app.checkbox, f"{stem}_blackened").check()
    field(app.button, f"{stem}_submit").click().run()
    assert "is a web page" in app.error[0].value
    assert desk.count("evidence_given") == 0


def test_an_altered_file_is_refused_on_the_page(desk: Desk, case: Case, finding: Finding, opened: Opened):  # noqa: F811
    when = {name: value for name, value in desk.when.items() if name != "today"}
    given = Given("Receipts.pdf", pdf())
    (one,) = give_evidence(desk.store, ASHA, [given], finding_id=finding.finding_id, **when)
    desk.store.cursor().execute("UPDATE desk.evidence_file SET content = 'x'::BLOB")
    app = opened(BO, case)
    app.button(key=f"get_{one.evidence_id}").click().run()
    assert "is not what was given" in app.error[0].value
    assert "its bytes match" not in plain(app)


def test_a_file_is_removed_with_a_reason(desk: Desk, case: Case, finding: Finding, opened: Opened):  # noqa: F811
    when = {name: value for name, value in desk.when.items() if name != "today"}
    given = Given("Receipts.pdf", pdf())
    give_evidence(desk.store, ASHA, [given], finding_id=finding.finding_id, **when)
    stem = f"evidence_{finding.finding_id}_removing"
    app = opened(ASHA, case)
    field(app.text_area, f"{stem}_reason").input("A passport can be read.")
    field(app.checkbox, f"{stem}_confirmed").check()
    field(app.button, f"{stem}_submit").click().run()
    assert not app.exception
    assert "A file that was removed" in plain(app)
    assert "Receipts.pdf" not in plain(app)
    assert desk.count("evidence_file") == 0


def test_another_schemes_findings_are_judged_mended_and_imported(desk: Desk, case: Case, opened: Opened):  # noqa: F811
    app = opened(ASHA, case)
    field(app.file_uploader, "audit_file").upload("findings.csv", AUDIT, "text/csv").run()
    assert any("which scheme, which audit" in each.value for each in app.info)
    for key, said in SOURCE.items():
        field(app.text_input, key).input(said)
    field(app.date_input, "audit_day").set_value(desk.today - timedelta(days=60)).run()
    assert "1 problem. Nothing of the file is taken" in app.error[0].value
    assert "No grade of ours" in plain(app)
    assert desk.count("finding") == 0
    field(app.file_uploader, "audit_map").upload("map.csv", b"theirs,ours\nCAR,minor\n", "text/csv").run()
    assert not app.error
    field(app.button, "audit_import").click().run()
    assert not app.exception
    assert desk.count("finding") == 2
    assert "From another scheme: Open Ledger Audit, audit OLA-117 of 23 Sep 2026 by Fernhill Assurance" in plain(app)


def test_the_board_says_what_is_late_and_filters_by_the_address(desk: Desk, case: Case, finding: Finding, seen_by):
    soon = desk.today + timedelta(days=2)
    act_on_finding(
        desk.store, ASHA, finding.finding_id, ActionState.AGREED, "They repay.", agreed_due=soon,
        **{**desk.when, "today": desk.today - timedelta(days=20)},
    )  # fmt: skip
    desk.store.cursor().execute("UPDATE desk.corrective_action SET due_on = due_on - 5")
    file = AuditFile(
        data=AUDIT.replace(b"CAR", b"minor"), file_name="f.csv", scheme="Open Ledger Audit", reference="OLA-117",
        audited_on=desk.today, auditor="Fernhill Assurance",
    )  # fmt: skip
    import_findings(desk.store, BO, case.case_id, file, **desk.when)
    app = seen_by(Role.REVIEWER, "actions")
    assert not app.exception
    said = words_of(app)
    assert "3 days late" in said
    assert said.index("3 days late") < said.index("Nothing agreed yet")
    assert "from Open Ledger Audit, audit OLA-117" in said
    assert f"case?case={case.case_id}" in said
    assert "Receipts for fees." not in words_of(seen_by(Role.REVIEWER, "actions", stage="late"))
    mine = words_of(seen_by(Role.REVIEWER, "actions", owner="bo-example-org"))
    assert "Receipts for fees." in mine
    assert "3 days late" not in mine
    assert "No open finding fits these filters" in words_of(seen_by(Role.REVIEWER, "actions", grade="critical"))


def test_an_empty_board_says_what_would_fill_it(desk: Desk, seen_by):
    assert "No finding is open." in words_of(seen_by(Role.REVIEWER, "actions"))
    assert seen_by(Role.BUYER, "actions").title[0].value == "This page is not open to you"
