"""`purge` and `reports forget` as an operator gives them; nothing of what they deleted is left in the files."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from schemas.codes import Role
from schemas.viewer import Viewer
from tests.vetting.intake.files import fee_csv
from vetting import trail
from vetting.address import find_address
from vetting.command_socket import Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter
from vetting.disclosure.exports import scores_csv
from vetting.opening import open_existing, open_or_create
from vetting.store import Store
from vetting.store.purges import rewrite_is_due
from vetting.store.rewrite import rewrite

NOW, YEAR_LATER = datetime(2026, 11, 22, 9, 0), datetime(2027, 11, 22, 9, 0)
REGISTER = "licence,name,country,status\n0012/077,Himal Example Overseas,NPL,valid\n"
OLD = {"interview_date": "2024-02-20", "recruited_month": "2023-09", "departed_month": "2024-01"}
PLANTED = ("QZWORKER77", "QZREPORT77", "QZPAID77")
ROW = {"worker_ref": PLANTED[0], "report_id": PLANTED[1], "notes": f"{PLANTED[2]} in two parts."}


class Operator:
    """Gives commands at a moment of choice, on one file or two; through the dashboard's own store, where it has one."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.folder, self.environ = folder, environ
        self.owned: Store | None = None

    def __call__(self, *argv: str, now: datetime = NOW) -> Outcome:
        return carry_out(list(argv), Counter(folder=self.folder, now=now, environ=self.environ, owned=self.owned))

    def done(self, *argv: str, now: datetime = NOW) -> str:
        outcome = self(*argv, now=now)
        assert outcome.code == 0, outcome
        return outcome.out

    def bytes(self) -> bytes:
        """Of all files there are, but what was sent."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*.duckdb*")))

    @property
    def store(self) -> closing[Store]:
        return closing(open_existing(find_address(self.environ)))


@pytest.fixture(params=["file", "attached"])
def operator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Operator]:
    """With a report of long ago and three of this year, one of them heard twice."""
    names = {"VETTING_DATABASE": "own.duckdb"}
    if request.param == "attached":
        names = {"VETTING_DESK": "a.duckdb", "VETTING_EVIDENCE": "b.duckdb"}
    asked = Operator(tmp_path, {name: str(tmp_path / file) for name, file in names.items()})
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    again = ROW | {"report_id": f"{PLANTED[1]}-b"}
    (tmp_path / "old.csv").write_bytes(fee_csv(OLD | ROW, OLD | again, {}, {"currency": "Rs"}))
    asked.done("init")
    asked.done("agencies", "import", "register.csv", "--register", "np")
    asked.done("partners", "add", "sunrise", "--kind", "ngo", "--name", "Sunrise", "--actor", "ana")
    asked.done("reports", "import", "old.csv", "--partner", "sunrise", "--actor", "ana")
    yield asked
    if asked.owned is not None:
        asked.owned.close()


def left(operator: Operator) -> list[str]:
    return [each for each in PLANTED if each.encode() in operator.bytes()]


def test_purge_counts_first_then_deletes_and_leaves_no_byte_behind(operator: Operator):
    assert left(operator) == list(PLANTED)
    dry = json.loads(operator.done("purge", "--dry-run", "--json", now=YEAR_LATER))
    assert dry == {
        "reports": 2,
        "row_texts": 3,
        "waiting_rows": 1,
        "problem_texts": 3,
        "work_notes": 0,
        "complaint_texts": 0,
    }
    assert "Would be deleted:\n  2 reports" in operator.done("purge", "--dry-run", now=YEAR_LATER)
    assert left(operator) == list(PLANTED)
    outcome = operator("purge", "--json", "--actor", "ana", now=YEAR_LATER)
    assert json.loads(outcome.out) == dry
    assert "written anew" in outcome.err
    assert left(operator) == []
    assert [path.name for path in operator.folder.glob(".*")] == []
    again = operator("purge", now=YEAR_LATER)
    assert (again.out, again.err) == ("Nothing has passed its time.\n", "")
    with operator.store as store:
        db = store.cursor()
        assert trail.verify(db)[1] is None
        assert db.execute("SELECT count(*) FROM evidence.report").fetchall() == [(1,)]
        assert db.execute("SELECT actor, via FROM desk.trail WHERE action = 'purge'").fetchall() == [("ana", "cli")]


def test_forget_leaves_no_byte_of_the_report_behind(operator: Operator):
    for number in (PLANTED[1], f"{PLANTED[1]}-b"):
        outcome = operator(
            "reports", "forget", "--partner", "sunrise", "--report-id", number, "--actor", "ana", "--reason", "Asked."
        )
        assert outcome.out.startswith("Deleted:\n  1 reports, each stored version counted\n")
    assert left(operator) == []
    refused = operator(
        "reports", "forget", "--partner", "sunrise", "--report-id", "R9", "--actor", "ana", "--reason", "Asked."
    )
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "no report with this report_id" in refused.err


@pytest.fixture
def restored(operator: Operator) -> Operator:
    """A backup is put back of before the worker withdrew the consent to both reports."""
    operator.done("backup", "monday.duckdb")
    for number in (PLANTED[1], f"{PLANTED[1]}-b"):
        operator.done(
            "reports", "forget", "--partner", "sunrise", "--report-id", number, "--actor", "ana", "--reason", "Asked."
        )
    return operator


def test_what_was_withdrawn_since_a_backup_is_withdrawn_again_when_it_is_put_back(restored: Operator):
    said = restored.done("restore", "monday.duckdb", "--actor", "ina")
    assert "Withdrawn again, because workers had asked for it since the backup: 2." in said
    for backup in restored.folder.glob("monday*"):
        backup.unlink()
    assert left(restored) == []
    with restored.store as store:
        db = store.cursor()
        assert trail.verify(db)[1] is None
        acts = "SELECT actor, reason FROM desk.trail WHERE action = 'report_forget' ORDER BY seq"
        assert (
            db.execute(acts).fetchall()
            == [("ina", "The consent had been withdrawn before this backup was put back.")] * 2
        )
    sent = restored("reports", "import", "old.csv", "--partner", "sunrise", "--actor", "ana", "--json").out
    codes = [each["code"] for each in json.loads(sent)["problems"]]
    assert codes.count("consent_withdrawn") == 2, "and they do not come back"


def test_a_database_that_cannot_be_read_any_more_is_replaced_with_a_word_about_consents(restored: Operator):
    desk = restored.folder / restored.environ.get("VETTING_DATABASE", restored.environ.get("VETTING_DESK", ""))
    desk.write_bytes(b"broken")
    said = restored.done("restore", "monday.duckdb")
    assert "withdraw again every consent" in said


def test_beside_a_running_dashboard_the_files_are_written_anew_at_its_next_start(operator: Operator):
    """DuckDB leaves the bytes of deleted rows where they were: that is why."""
    address = find_address(operator.environ)
    operator.owned = open_or_create(address, NOW, actor="server", via="clock")  # type: ignore[arg-type]
    outcome = operator("purge", now=YEAR_LATER)
    assert "until the dashboard is started again" in outcome.err
    assert left(operator) != []
    assert rewrite_is_due(operator.owned.cursor())
    operator.owned.close()
    operator.owned = None
    rewrite(address, YEAR_LATER)
    assert left(operator) == []
    with operator.store as store:
        assert not rewrite_is_due(store.cursor())


def test_a_past_score_comes_from_what_was_kept_and_says_so_beside_it(operator: Operator):
    before = operator("score", "--as-of", "2024-03-31", "--json", now=YEAR_LATER)
    later = operator("score", "--as-of", "2024-03-30", "--json", now=YEAR_LATER)
    assert (before.err, later.err, json.loads(before.out)[0]["workers"]) == ("", "", 1)
    operator.done("purge", now=YEAR_LATER)
    known = json.loads(before.out)[0]["known_at"]
    after = operator("score", "--as-of", "2024-03-31", "--known-at", known, "--json", now=YEAR_LATER)
    assert after.out == before.out
    assert after.err == (
        "Rows behind this have been purged; this is the answer kept on 2027-11-22, as of 2024-03-31, by what was known "
        f"at {known[:19].replace('T', ' ')} UTC.\n"
    )
    assert operator("score", "--as-of", "2024-03-31", "--json", now=YEAR_LATER).out == before.out
    table = operator("score", "--as-of", "2024-03-31", now=YEAR_LATER)
    assert (table.out.count("\n"), table.err) == (2, after.err)
    refused = operator("score", "--as-of", "2024-03-30", now=YEAR_LATER)
    assert (refused.code, refused.out) == (1, "")
    assert "have been purged, and this answer was not kept" in refused.err
    assert "2024-03-31" in refused.err
    with operator.store as store:
        viewer = Viewer(role=Role.REVIEWER, actor="r")
        past, recent = (
            scores_csv(store.cursor(), viewer, as_of=day, now=YEAR_LATER).decode()
            for day in (date(2024, 3, 31), YEAR_LATER.date())
        )
    assert "rows behind some of it have been purged" in past
    assert "purged" not in recent
