"""Evidence: kept once by its hash, read by reviewers one at a time, altered bytes refused, removed for good."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from schemas.case import Case, Finding
from schemas.codes import Action, ActionState, CaseState, Grade, Via
from schemas.evidence import FileKind
from tests.vetting.certification.desks import ADMIN, ASHA, BO, NOW, OTHERS, Desk
from tests.vetting.certification.evidence_files import PAGE, document, pdf, picture
from vetting.certification.evidence import Given, give_evidence, read_evidence, remove_evidence
from vetting.certification.findings import act_on_finding, record_finding
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import open_store
from vetting.store.backup import back_up
from vetting.store.evidence_files import fetch_of_case, fetch_of_findings
from vetting.store.migrate import migrate
from vetting.store.purges import note_rewrite, rewrite_is_due
from vetting.store.settings import set_setting

AGREED, DONE, VERIFIED, REJECTED, CLOSED = ActionState
PDF = Given("Receipts.pdf", pdf())


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.go(desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW)


@pytest.fixture
def finding(desk: Desk, case: Case) -> Finding:
    return found(desk, case)


def found(desk: Desk, case: Case, grade: Grade = Grade.MAJOR) -> Finding:
    return record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=grade, statement="Fees are charged.", **desk.when
    )


def act(desk: Desk, finding: Finding, to: ActionState, *given: Given) -> Finding:
    return act_on_finding(desk.store, ASHA, finding.finding_id, to, "As seen.", evidence=given, **desk.when)


def at(desk: Desk) -> dict[str, Any]:
    return {name: value for name, value in desk.when.items() if name != "today"}


def give(desk: Desk, given: Given = PDF, **to: str):
    (kept,) = give_evidence(desk.store, ASHA, [given], **to, **at(desk))
    return kept


def read(desk: Desk, evidence_id: str, viewer=ASHA):
    return read_evidence(desk.store, viewer, evidence_id, **at(desk))


def counts(desk: Desk) -> tuple[int, int, int]:
    return desk.count("evidence_file"), desk.count("evidence_given"), desk.count("trail")


def newest(desk: Desk) -> tuple[str, str, dict[str, Any]]:
    statement = "SELECT action, actor, after FROM desk.trail ORDER BY seq DESC LIMIT 1"
    action, actor, after = desk.store.cursor().execute(statement).fetchall()[0]
    return action, actor, json.loads(after)


def test_a_file_comes_back_as_it_was_given_and_each_reading_is_on_the_trail(desk: Desk, finding: Finding):
    one = give(desk, finding_id=finding.finding_id)
    assert (one.sha256, one.kind, one.size) == (hashlib.sha256(pdf()).hexdigest(), FileKind.PDF, len(pdf()))
    assert newest(desk)[0] == Action.EVIDENCE_ADD
    before = desk.count("trail")
    assert read(desk, one.evidence_id, BO).content == pdf()
    assert desk.count("trail") == before + 1
    action, actor, after = newest(desk)
    assert (action, actor, after["sha256"]) == (Action.EVIDENCE_READ, BO.actor, one.sha256)


def test_the_trail_names_no_file_by_its_name(desk: Desk, finding: Finding):
    one = give(desk, Given("Very particular name.pdf", pdf()), finding_id=finding.finding_id)
    read(desk, one.evidence_id)
    remove_evidence(desk.store, ASHA, one.evidence_id, "It names a worker.", **at(desk))
    told = desk.store.cursor().execute("SELECT before, after, reason, subject FROM desk.trail").fetchall()
    assert "particular" not in str(told)


def test_the_same_bytes_are_kept_once_however_often_they_are_given(desk: Desk, case: Case, finding: Finding):
    give(desk, finding_id=finding.finding_id)
    give(desk, Given("Another name.pdf", pdf()), case_id=case.case_id)
    act(desk, finding, AGREED, PDF)
    assert counts(desk)[:2] == (1, 3)
    with pytest.raises(Refusal, match="is here already"):
        give(desk, finding_id=finding.finding_id)
    assert counts(desk)[:2] == (1, 3)


def test_a_step_and_its_files_are_one_act_or_none(desk: Desk, finding: Finding):
    before = counts(desk)
    after = act(desk, finding, AGREED, PDF, Given("Photograph.png", picture()), Given("Minutes, binder 4"))
    kept = fetch_of_findings(desk.store.cursor(), [finding.finding_id])
    assert [each.name for each in kept] == ["Receipts.pdf", "Photograph.png", "Minutes, binder 4"]
    assert {each.action_at for each in kept} == {after.actions[-1].recorded_at}
    assert counts(desk) == (before[0] + 2, before[1] + 3, before[2] + 1)
    told = newest(desk)[2]["evidence"]
    assert [each.get("sha256") for each in told[:2]] == [kept[0].sha256, kept[1].sha256]
    assert told[2] == {"document": "Minutes, binder 4"}
    before = counts(desk), desk.count("corrective_action")
    with pytest.raises(Refusal, match="web page"):
        act(desk, finding, DONE, Given("a.pdf", pdf("Another")), Given("b.pdf", PAGE))
    with pytest.raises(Refusal, match="cannot become closed"):
        act(desk, finding, CLOSED, Given("a.pdf", pdf("Another")))
    with pytest.raises(Refusal, match="chosen twice"):
        act(desk, finding, DONE, Given("a.pdf", pdf("Another")), Given("b.pdf", pdf("Another")))
    assert (counts(desk), desk.count("corrective_action")) == before


def test_several_files_are_kept_together_or_none_of_them(desk: Desk, finding: Finding):
    before, to = counts(desk), {"finding_id": finding.finding_id}
    with pytest.raises(Refusal, match="is a web page"):
        give_evidence(desk.store, ASHA, [PDF, Given("b.pdf", PAGE)], **to, **at(desk))
    with pytest.raises(Refusal, match="Choose a file"):
        give_evidence(desk.store, ASHA, [], **to, **at(desk))
    assert counts(desk) == before
    give_evidence(desk.store, ASHA, [PDF, Given("b.png", picture())], **to, **at(desk))
    assert counts(desk) == (before[0] + 2, before[1] + 2, before[2] + 1)


def test_two_who_give_the_same_file_at_once_keep_it_once_and_both_are_on_the_trail(desk: Desk, case: Case):
    finding_ids = [found(desk, case).finding_id for _ in range(6)]
    when, before = at(desk), desk.count("trail")
    with ThreadPoolExecutor(6) as people:
        list(people.map(lambda each: give_evidence(desk.store, ASHA, [PDF], finding_id=each, **when), finding_ids))
    assert counts(desk) == (1, 6, before + 6)


@pytest.mark.parametrize("grade", [Grade.CRITICAL, Grade.MAJOR])
def test_a_grave_finding_is_verified_and_closed_on_evidence_of_this_correction(desk: Desk, case: Case, grade: Grade):
    finding = found(desk, case, grade)
    give(desk, finding_id=finding.finding_id)  # shows what was found, not that it was put right
    act(desk, finding, AGREED, Given("The plan, binder 3"))
    act(desk, finding, DONE)
    with pytest.raises(Refusal, match=f"A {grade} finding is verified on evidence"):
        act(desk, finding, VERIFIED)
    act(desk, finding, VERIFIED, Given("Ledger of repayments, binder 12"))
    act(desk, finding, REJECTED)
    act(desk, finding, DONE)
    with pytest.raises(Refusal, match="on evidence"):  # that evidence was of the correction that was rejected
        act(desk, finding, VERIFIED)
    act(desk, finding, REJECTED)
    act(desk, finding, DONE, Given("Receipts.pdf", pdf("All of them")))
    act(desk, finding, VERIFIED)
    (_, shown) = [each for each in fetch_of_findings(desk.store.cursor(), [finding.finding_id]) if each.sha256]
    remove_evidence(desk.store, ASHA, shown.evidence_id, "It names a worker.", **at(desk))
    with pytest.raises(Refusal, match=f"A {grade} finding is closed on evidence"):
        act(desk, finding, CLOSED)
    assert not act(desk, finding, CLOSED, Given("The same, blackened, binder 12")).is_open


def test_a_minor_finding_is_closed_on_the_reviewers_word(desk: Desk, case: Case):
    finding = found(desk, case, Grade.MINOR)
    for to in (AGREED, DONE, VERIFIED, CLOSED):
        finding = act(desk, finding, to)
    assert not finding.is_open


def test_nothing_is_added_to_what_has_ended(desk: Desk, case: Case):
    finding = desk.correct(found(desk, case))
    with pytest.raises(Refusal, match="is closed"):
        give(desk, finding_id=finding.finding_id)
    give(desk, case_id=case.case_id)
    assert len(fetch_of_case(desk.store.cursor(), case.case_id)) == 1
    desk.go(case, CaseState.DECLINED)
    with pytest.raises(Refusal, match="declined: nothing is added"):
        give(desk, Given("More.pdf", pdf("More")), case_id=case.case_id)


def test_what_is_too_large_too_many_or_empty_is_refused(desk: Desk, finding: Finding):
    when = {"via": Via.CLI, "now": desk.when["now"]}
    set_setting(desk.store, ADMIN, "evidence_file_mb", "1", **when)
    set_setting(desk.store, ADMIN, "evidence_files", "2", **when)
    to = {"finding_id": finding.finding_id}
    just = b"%PDF-1.7\n" + bytes(1 << 20)
    with pytest.raises(Refusal, match=r"has 1.0 MB, and the limit is 1 MB \(setting evidence_file_mb\)"):
        give(desk, Given("Large.pdf", just + b"%%EOF"), **to)
    give(desk, Given("Large.pdf", just[: (1 << 20) - 5] + b"%%EOF"), **to)
    with pytest.raises(Refusal, match="is empty"):
        give(desk, Given("Empty.pdf", b""), **to)
    give(desk, Given("Letter.docx", document()), **to)
    give(desk, Given("A document in binder 5"), **to)  # nothing is kept of it but its name
    with pytest.raises(Refusal, match=r"At most 2 files are kept here \(setting evidence_files\)"):
        give(desk, Given("Third.png", picture()), **to)
    with pytest.raises(Refusal, match="At most 2 files"):
        act(desk, finding, AGREED, Given("Third.png", picture()))
    assert counts(desk)[:2] == (2, 3)


@pytest.mark.parametrize("name", ["contract_Suman_Shrestha.pdf", "passport B1234567.pdf", "+977 9841234567.pdf"])
def test_a_name_that_tells_of_a_person_is_refused(desk: Desk, finding: Finding, name: str):
    for given in (Given(name, pdf()), Given(name.removesuffix(".pdf"))):
        with pytest.raises(Refusal, match="Rename it so that it names nobody"):
            give(desk, given, finding_id=finding.finding_id)
    assert counts(desk)[:2] == (0, 0)


@pytest.mark.parametrize("name", ["IMG_20260713_101112.jpg", "Screenshot 2026-07-13 at 10.11.12.png", "scan0001.pdf"])
def test_a_name_a_camera_gives_tells_of_nobody(desk: Desk, finding: Finding, name: str):
    assert give(desk, Given(name, pdf()), finding_id=finding.finding_id)


def test_only_reviewers_give_read_and_remove(desk: Desk, finding: Finding):
    one = give(desk, finding_id=finding.finding_id)
    before = counts(desk)
    for other in OTHERS:
        for attempt in (
            lambda: give_evidence(desk.store, other, [PDF], finding_id=finding.finding_id, **at(desk)),  # noqa: B023
            lambda: read_evidence(desk.store, other, one.evidence_id, **at(desk)),  # noqa: B023
            lambda: remove_evidence(desk.store, other, one.evidence_id, "No.", **at(desk)),  # noqa: B023
            lambda: act_on_finding(desk.store, other, finding.finding_id, AGREED, "x", evidence=[PDF], **desk.when),  # noqa: B023
        ):
            with pytest.raises(NotPermitted):
                attempt()
    assert counts(desk) == before


@pytest.mark.parametrize("altered", [pdf("Other receipts"), pdf()[:-1], b""])
def test_bytes_altered_in_the_database_are_not_handed_out(desk: Desk, finding: Finding, altered: bytes):
    one = give(desk, finding_id=finding.finding_id)
    desk.store.cursor().execute("UPDATE desk.evidence_file SET content = $altered", {"altered": altered})
    before = desk.count("trail")
    with pytest.raises(Refusal, match="is not what was given"):
        read(desk, one.evidence_id)
    assert desk.count("trail") == before


def test_a_file_exchanged_with_its_hash_is_found_by_the_hash_it_was_given_under(desk: Desk, finding: Finding):
    """Whoever changes both in the table of files leaves the evidence pointing at a file that is not there."""
    one = give(desk, finding_id=finding.finding_id)
    other = pdf("Other receipts")
    exchanged = {"altered": other, "sha256": hashlib.sha256(other).hexdigest()}
    desk.store.cursor().execute("UPDATE desk.evidence_file SET content = $altered, sha256 = $sha256", exchanged)
    with pytest.raises(NotFound):
        read(desk, one.evidence_id)


def test_removing_deletes_bytes_and_names_and_keeps_that_it_was_there(desk: Desk, case: Case, finding: Finding):
    one = give(desk, Given("Particular.pdf", pdf()), finding_id=finding.finding_id)
    give(desk, Given("Particular too.pdf", pdf()), case_id=case.case_id)
    with pytest.raises(Refusal, match="Give a reason"):
        remove_evidence(desk.store, ASHA, one.evidence_id, " ", **at(desk))
    assert not rewrite_is_due(desk.store.cursor())
    remove_evidence(desk.store, ASHA, one.evidence_id, "It names a worker.", **at(desk))
    assert desk.count("evidence_file") == 0
    for kept in (
        fetch_of_findings(desk.store.cursor(), [finding.finding_id])[0],
        fetch_of_case(desk.store.cursor(), case.case_id)[0],
    ):
        assert (kept.name, kept.sha256, kept.is_there) == ("", one.sha256, False)
    with pytest.raises(NotFound, match="was removed"):
        read(desk, one.evidence_id)
    with pytest.raises(Refusal, match="removed already"):
        remove_evidence(desk.store, ASHA, one.evidence_id, "Again.", **at(desk))
    assert rewrite_is_due(desk.store.cursor())
    note_rewrite(desk.store.cursor(), desk.when["now"])
    assert not rewrite_is_due(desk.store.cursor())
    again = give(desk, finding_id=finding.finding_id)
    assert read(desk, again.evidence_id).content == pdf()


def test_a_backup_holds_the_files(desk: Desk, finding: Finding, tmp_path):
    one = give(desk, finding_id=finding.finding_id)
    copies, _ = back_up(desk.store, tmp_path / "backup.duckdb")
    desk.store.close()
    desk.store = open_store(*copies)
    assert read(desk, one.evidence_id).content == pdf()


def test_rows_of_before_keep_their_words_when_actions_can_be_verified(tmp_path, monkeypatch):
    """A store of before the change: what was closed straight from done stays closed, and the new word is taken."""
    from vetting.store import migrate as migrating

    older = tmp_path / "migrations"
    older.mkdir()
    for path in migrating.FOLDER.glob("*.sql"):
        if int(path.stem[:3]) < 22:
            (older / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    store = open_store(tmp_path / "old.duckdb")
    with monkeypatch.context() as patched:
        patched.setattr(migrating, "FOLDER", older)
        migrate(store, NOW)
    db = store.cursor()
    rows = [("f", NOW.replace(minute=minute), state, None, "n", "a") for minute, state in enumerate(("done", "closed"))]
    for row in rows:
        db.execute("INSERT INTO desk.corrective_action VALUES (?, ?, ?, ?, ?, ?)", row)
    migrate(store, NOW)
    assert db.execute("SELECT * FROM desk.corrective_action ORDER BY recorded_at").fetchall() == rows
    verified = ("f", NOW.replace(minute=9), "verified", None, "n", "a")
    db.execute("INSERT INTO desk.corrective_action VALUES (?, ?, ?, ?, ?, ?)", verified)
    with pytest.raises(Exception, match="CHECK constraint"):
        db.execute(
            "INSERT INTO desk.corrective_action VALUES (?, ?, ?, ?, ?, ?)",
            ("f", NOW.replace(hour=1), "x", None, "", ""),
        )
    store.close()
