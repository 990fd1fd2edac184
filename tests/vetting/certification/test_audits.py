"""Another scheme's findings: mapped to our words, all or nothing, twice adds nothing, and marked wherever they show."""

import json
from datetime import date, timedelta

import pytest

from schemas.case import Case
from schemas.codes import Action, ActionState, CaseState, Grade
from tests.vetting.certification.desks import ASHA, OTHERS, Desk
from tests.vetting.certification.test_command import run
from vetting.certification.audits import AuditFile, check_audit, import_findings
from vetting.certification.findings import act_on_finding
from vetting.certification.obstacles import obstacles
from vetting.refusals import NotPermitted, Refusal
from vetting.store.evidence_files import fetch_of_findings
from vetting.store.findings import fetch_findings

HEADER = "criterion,grade,statement,due_on,status\n"
AUDITED = date(2026, 9, 1)
GOOD = HEADER + (
    "1.1,major,Receipts for fees in four files.,2027-01-15,agreed\n"
    '3.2,minor,"Contracts, in one language only.",,open\n'
    "B.1,observation,No minutes of the yearly review.,,\n"
    "2.1,critical,Passports lay in a cabinet.,,closed\n"
    "5.1,minor,No number to call.,2026-10-01,open\n"
    "4.2,minor,Forms are kept in an open shelf.,,done\n"
)
THEIRS = HEADER + "ETI 1,Non-compliance,Fees are charged.,,open\n0B,Observation,No minutes.,,open\n"
MAP = b"theirs,ours\neti 1,1.1\n0B,B.1\nNon-compliance,major\n"


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.go(desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW)


def audit(text: str = GOOD, words: bytes | None = None, **said) -> AuditFile:
    source = {"scheme": "Open Ledger Audit", "reference": "OLA-2026-117", "audited_on": AUDITED}
    source |= {"auditor": "Fernhill Assurance", "words": words}
    return AuditFile(**({"data": text.encode(), "file_name": "findings.csv"} | source | said))


def take(desk: Desk, case: Case, file: AuditFile):
    return import_findings(desk.store, ASHA, case.case_id, file, **desk.when)


def stored(desk: Desk):
    return {finding.crit_code: finding for finding in fetch_findings(desk.store.cursor())}


def test_findings_come_in_with_their_source_date_and_state(desk: Desk, case: Case):
    trail = desk.count("trail")
    result = take(desk, case, audit())
    assert (result.rows, result.added, result.unchanged, result.problems) == (6, 6, 0, ())
    assert desk.count("trail") == trail + 1
    found = stored(desk)
    assert {each.source.said for each in found.values() if each.source} == {
        "from Open Ledger Audit, audit OLA-2026-117 of 2026-09-01 by Fernhill Assurance"
    }
    states = {code: (each.state, each.due_on, each.is_open) for code, each in found.items()}
    assert states == {
        "1.1": (ActionState.AGREED, date(2027, 1, 15), True),
        "3.2": (None, None, True),
        "B.1": (None, None, True),
        "2.1": (ActionState.CLOSED, None, False),
        "5.1": (ActionState.AGREED, date(2026, 10, 1), True),  # a date there was agreed there
        "4.2": (ActionState.DONE, None, True),
    }
    (named,) = fetch_of_findings(desk.store.cursor(), [found["2.1"].finding_id])
    assert (named.sha256, named.name) == (None, "Open Ledger Audit, audit OLA-2026-117 of 2026-09-01")


def test_an_agreed_finding_without_a_date_is_due_by_our_scheme(desk: Desk, case: Case):
    take(desk, case, audit(HEADER + "1.1,major,Fees.,,agreed\n"))
    assert stored(desk)["1.1"].due_on == desk.today + timedelta(days=90)


def test_the_trail_row_says_where_they_come_from_and_which_they_are(desk: Desk, case: Case):
    take(desk, case, audit())
    statement = "SELECT action, subject, after FROM desk.trail ORDER BY seq DESC LIMIT 1"
    action, subject, after = desk.store.cursor().execute(statement).fetchall()[0]
    told = json.loads(after)
    assert (action, subject, told["added"], told["audited_on"]) == (
        Action.FINDINGS_IMPORT, case.case_id, 6, "2026-09-01",
    )  # fmt: skip
    assert {each["finding_id"] for each in told["findings"]} == {each.finding_id for each in stored(desk).values()}


def test_the_same_file_twice_adds_nothing_and_leaves_no_trace(desk: Desk, case: Case):
    take(desk, case, audit())
    finding = stored(desk)["4.2"]
    act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.VERIFIED, "Locked now.", **desk.when)
    before = desk.count("trail"), desk.count("finding"), desk.count("corrective_action")
    again = take(desk, case, audit(scheme=" open ledger AUDIT ", reference="ola-2026-117"))
    assert (again.added, again.unchanged, again.problems) == (0, 6, ())
    assert (desk.count("trail"), desk.count("finding"), desk.count("corrective_action")) == before
    more = take(desk, case, audit(GOOD + "5.2,minor,A threat was told of.,,\n"))
    assert (more.added, more.unchanged) == (1, 6)
    assert desk.count("outside_audit") == 1


def test_the_same_words_of_another_audit_are_another_finding(desk: Desk, case: Case):
    take(desk, case, audit())
    assert take(desk, case, audit(reference="OLA-2025-009", audited_on=date(2025, 9, 1))).added == 6
    assert desk.count("outside_audit") == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ('3.2,major,"Contracts, in one language only.",,open\n', "grade"),
        ('3.2,minor,"Contracts, in one language only.",,closed\n', "status"),
        ("1.1,major,Receipts for fees in four files.,2027-06-30,agreed\n", "status"),
    ],
)
def test_a_finding_that_is_known_otherwise_is_refused_and_not_changed(desk: Desk, case: Case, row: str, column: str):
    take(desk, case, audit())
    trail = desk.count("trail")
    result = take(desk, case, audit(HEADER + row + "5.2,minor,New.,,\n"))
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.code, result.added) == (2, column, "finding_known_otherwise", 0)
    assert desk.count("trail") == trail


WRONG = [
    ("9.9,minor,Found.,,open", "A", "criterion", "finding_criterion_unreadable", "1.1 "),
    ("1.1,CAR,Found.,,open", "B", "grade", "finding_grade_unreadable", "critical, major, minor, observation"),
    ("1.1,minor, ,,open", "C", "statement", "finding_statement_unreadable", "Say what was found"),
    ("1.1,minor,Found.,31/03/2027,open", "D", "due_on", "finding_due_on_unreadable", "2026-03-31"),
    ("1.1,minor,Found.,,verified", "E", "status", "finding_status_unreadable", "open, agreed, done, closed"),
    ("1.1,minor,Found.,2027-03-31,closed", "D", "due_on", "finding_due_though_closed", "Leave it blank"),
    ("1.1,minor,Ms Suman Shrestha paid.,,open", "C", "statement", "personal_name", "without it"),
    ("1.1,minor,Call +977 9841234567 now.,,open", "C", "statement", "personal_phone", "without it"),
]


def test_everything_that_is_wrong_is_told_at_once_with_its_address(desk: Desk, case: Case):
    trail = desk.count("trail")
    text = HEADER + "".join(f"{row}\n" for row, *_ in WRONG) + "1.1,minor,Twice.,,\n" * 2
    result = take(desk, case, audit(text))
    told = [(each.line, each.letter, each.column, each.code) for each in result.problems]
    assert told == [(line, *told) for line, (_, *told, _) in enumerate(WRONG, 2)] + [
        (11, "C", "statement", "finding_twice")
    ]
    for problem, (*_, remedy) in zip(result.problems, WRONG, strict=False):
        assert remedy in problem.message
    assert "Suman" not in str(result.problems)
    assert "9841234567" not in str(result.problems)
    assert (result.added, desk.count("finding"), desk.count("trail")) == (0, 0, trail)


def test_their_words_are_mapped_by_whoever_imports_and_never_guessed(desk: Desk, case: Case):
    refused = take(desk, case, audit(THEIRS))
    assert [each.code for each in refused.problems] == [
        "finding_criterion_unreadable", "finding_grade_unreadable", "finding_criterion_unreadable",
    ]  # fmt: skip
    assert take(desk, case, audit(THEIRS, MAP)).added == 2
    assert {code: each.grade for code, each in stored(desk).items()} == {"1.1": Grade.MAJOR, "B.1": Grade.OBSERVATION}
    for words, said in (
        (b"theirs,ours\nETI 1,1.1\neti 1,1.2\n", "Line 3 of map says something else"),
        (b"theirs,ours\nETI 1,\n", "Line 2 of map is not complete"),
        (b"a,b\n1,2\n", "needs the columns theirs and ours"),
    ):
        with pytest.raises(Refusal, match=said):
            take(desk, case, audit(THEIRS, words))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"scheme": " "}, "which scheme"),
        ({"reference": ""}, "which audit"),
        ({"auditor": ""}, "who audited"),
        ({"audited_on": None}, "which day"),
        ({"audited_on": date(2027, 1, 1)}, "a day that has come"),
        ({"scheme": "x" * 201}, "at most 200"),
    ],
)
def test_findings_without_their_source_are_refused(desk: Desk, case: Case, said, asked):
    with pytest.raises(Refusal, match=asked):
        take(desk, case, audit(**said))
    assert desk.count("finding") == 0


def test_only_reviewers_import_and_only_under_review(desk: Desk, case: Case):
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            import_findings(desk.store, other, case.case_id, audit(), **desk.when)
        with pytest.raises(NotPermitted):
            check_audit(desk.store.cursor(), other, case.case_id, audit(), today=desk.today)
    assert check_audit(desk.store.cursor(), ASHA, case.case_id, audit(), today=desk.today).added == 6
    desk.go(case, CaseState.DECLINED)
    with pytest.raises(Refusal, match="this one is declined"):
        take(desk, case, audit())
    assert desk.count("finding") == 0


def test_an_imported_major_finding_stands_in_the_way_with_its_source(desk: Desk):
    case = desk.ready()
    take(desk, case, audit(HEADER + "1.1,major,Fees.,,open\n"))
    (sentence,) = obstacles(desk.store.cursor(), case.case_id, desk.today)
    assert "A major finding on criterion 1.1 is open (from Open Ledger Audit, audit OLA-2026-117" in sentence


def test_the_command_imports_lists_and_says_every_problem(desk: Desk, case: Case, tmp_path):
    (tmp_path / "f.csv").write_text(THEIRS, encoding="utf-8")
    (tmp_path / "m.csv").write_bytes(MAP)
    source = ("--scheme", "Open Ledger Audit", "--audit", "https://audits.example/117", "--date", "2026-09-01")
    source += ("--auditor", "Fernhill Assurance", "--actor", ASHA.actor, "--case", case.case_id)
    refused = run(desk, "findings", "import", str(tmp_path / "f.csv"), *source)
    assert refused.code == 1
    assert "line 2, column A (criterion): 'ETI 1' No criterion of ours" in refused.out
    done = run(desk, "findings", "import", str(tmp_path / "f.csv"), *source, "--map", str(tmp_path / "m.csv"), "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["added"] == 2
    rows = json.loads(run(desk, "findings", "list", "--json").out)
    assert [(row["criterion"], row["stage"]) for row in rows] == [("1.1", "to_agree"), ("B.1", "no_date")]
    assert "from Open Ledger Audit, audit https://audits.example/117" in rows[0]["source"]
