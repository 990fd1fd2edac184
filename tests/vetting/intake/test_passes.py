"""A false alarm can be let through with a reason, for one partner and one text; and nothing keeps that text."""

import json
from datetime import datetime, timedelta

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.conftest import Line
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, fee_csv
from vetting.intake.check import check
from vetting.intake.checked import Checked
from vetting.intake.commit import commit
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.passes import fetch_passes, let_pass, list_passes, take_back

PARTNER = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="p@example.org")
NOTE = "Sunita paid twice, call 9841234567"
WHY = "Sunita is the name of the ferry"


def sent(desk: Store, partner: str = "safe-steps", note: str = NOTE) -> Checked:
    passes = fetch_passes(desk.cursor(), partner)
    return check(fee_csv({"notes": note}), "r.csv", agencies=AGENCIES, today=TODAY, passes=passes)


def reference_in(found: Checked) -> str:
    (problem,) = found.result.problems
    return problem.message.split("the reference ")[1].split(" ")[0]


def passed(desk: Store, reference: str, now: datetime, partner: str = "safe-steps") -> None:
    let_pass(desk, ADMIN, partner, reference, reason=WHY, via=Via.CLI, now=now)


def test_each_alarm_of_a_text_is_let_through_by_its_own_pass(desk: Store, now: datetime):
    first = reference_in(sent(desk))
    passed(desk, first, now)
    second = reference_in(sent(desk))
    assert {first.split("-")[0], second.split("-")[0]} == {"phone", "name"}
    passed(desk, second, now)
    assert addresses(sent(desk).result) == []
    assert sent(desk).ready["notes"].to_list() == [NOTE]


def test_only_that_text_of_that_partner_passes(desk: Store, now: datetime):
    note = "Mr Hima left"
    passed(desk, reference_in(sent(desk, note=note)), now)
    assert not sent(desk, note=note).file_refused
    assert sent(desk, note=note + " today").file_refused
    assert sent(desk, partner="union", note=note).file_refused


def test_a_pass_can_be_taken_back(desk: Store, now: datetime):
    note = "Mr Hima left"
    reference = reference_in(sent(desk, note=note))
    passed(desk, reference, now)
    with pytest.raises(Refusal, match="passes already"):
        passed(desk, reference, now)
    assert [each.reference for each in list_passes(desk.cursor(), ADMIN, "safe-steps")] == [reference]
    later = now + timedelta(days=1)
    take_back(desk, ADMIN, "safe-steps", reference, reason="It is a person", via=Via.PAGE, now=later)
    assert sent(desk, note=note).file_refused
    assert list_passes(desk.cursor(), ADMIN) == []
    with pytest.raises(NotFound, match="nothing to take back"):
        take_back(desk, ADMIN, "safe-steps", reference, reason="Again", via=Via.PAGE, now=later)
    passed(desk, reference, later)
    assert not sent(desk, note=note).file_refused


def test_only_an_administrator_decides_and_with_a_reason(desk: Store, now: datetime):
    reference = reference_in(sent(desk, note="Mr Hima left"))
    with pytest.raises(NotPermitted):
        let_pass(desk, PARTNER, "safe-steps", reference, reason=WHY, via=Via.PAGE, now=now)
    with pytest.raises(NotPermitted):
        list_passes(desk.cursor(), PARTNER)
    with pytest.raises(Refusal, match="Say why"):
        let_pass(desk, ADMIN, "safe-steps", reference, reason=" ", via=Via.PAGE, now=now)
    for unfit in ("Mr Hima left", "phone-123", "colour-0123456789ab", "9841234567"):
        with pytest.raises(Refusal, match="This is no reference"):
            let_pass(desk, ADMIN, "safe-steps", unfit, reason=WHY, via=Via.PAGE, now=now)
    with pytest.raises(NotFound):
        passed(desk, reference, now, partner="nobody")


def test_the_trail_says_who_when_and_why_and_never_the_text(desk: Store, now: datetime):
    reference = reference_in(sent(desk, note="Mr Hima left"))
    passed(desk, reference, now)
    row = desk.cursor().execute(
        "SELECT actor, action, subject, after, reason, recorded_at FROM desk.trail ORDER BY seq DESC LIMIT 1"
    ).fetchall()[0]  # fmt: skip
    assert row[:3] == (ADMIN.actor, "alarm_lift", "safe-steps")
    assert json.loads(row[3]) == {"reference": reference, "code": "personal_name"}
    assert row[4] == WHY
    assert row[5] >= now


def test_a_reference_is_of_this_store_only(desk: Store):
    key = fetch_passes(desk.cursor(), "safe-steps").key
    assert len(key) == 32
    assert key.hex() not in str(desk.cursor().execute("SELECT * FROM desk.trail").fetchall())
    assert key.hex() not in repr(fetch_passes(desk.cursor(), "safe-steps"))


PERSONAL = (
    "Kopila",
    "Shrestha",
    "9841234567",
    "kopila@mail.example",
    "PA7654321",
    "12-34-56-78901",
    "Dolma",
    "Tenzing",
)


def test_nothing_of_a_refused_file_is_told_or_kept(desk: Store, now: datetime, caplog: pytest.LogCaptureFixture):
    rows = (
        {"notes": "Kopila Shrestha called"}, {"notes": "call 9841234567"}, {"worker_ref": "Dolma Tenzing"},
        {"notes": "kopila@mail.example"}, {"origin_region": "passport PA7654321"},
        {"interview_date": "9841234567"}, {"sex": "Kopila Shrestha"}, {"total_paid": "12-34-56-78901"},
        {"report_id": "kopila@mail.example"}, {"destination_country": "tel 9841234567"},
        {"9841234567": "x", "notes": "Mr Tenzing"},
    )  # fmt: skip
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    found = check(
        fee_csv(*rows, header=(*header, "agency_licence")), "r.csv", agencies=AGENCIES, today=TODAY,
        passes=fetch_passes(desk.cursor(), "safe-steps"),
    )  # fmt: skip
    assert found.file_refused
    said = found.result.model_dump_json() + repr(found)
    shown = str([beside for beside in found.preview(20) if beside.line > 1])
    with pytest.raises(Refusal) as refused:
        commit(desk, found, partner="safe-steps", viewer=PARTNER, via=Via.PAGE, now=now)
    db = desk.cursor()
    kept = "".join(
        str(db.execute(statement).fetchall())
        for statement in ("SELECT * FROM desk.trail", "SELECT * FROM desk.problem", "SELECT * FROM desk.job",
                          "SELECT * FROM evidence.quarantine", "SELECT * FROM evidence.report")
    )  # fmt: skip
    for word in PERSONAL:
        for where in (said, kept, caplog.text, str(refused.value), shown):
            assert word not in where, word
    alarms = {problem.line for problem in found.result.problems if problem.code.startswith("personal_")}
    assert alarms == set(range(2, 13))


def test_the_command_line_lets_through_lists_and_takes_back(terminal: Line):
    folder = terminal.folder
    (folder / "r.csv").write_bytes(fee_csv({"notes": "Mr Hima left"}))
    agencies = "licence,name,country,status\n0012/077,Himal Example Overseas,NPL,valid\n"
    (folder / "np.csv").write_text(agencies, encoding="utf-8")
    assert terminal("init").returncode == 0
    assert terminal("agencies", "import", "np.csv", "--register", "np", "--actor", "a").returncode == 0
    assert terminal("partners", "add", "safe-steps", "--kind", "ngo", "--name", "Safe Steps").returncode == 0
    refused = terminal("reports", "check", "r.csv", "--partner", "safe-steps", "--json")
    assert refused.returncode == 1
    assert "Hima" not in refused.stdout.replace("Himal", "") + refused.stderr
    (problem,) = json.loads(refused.stdout)["problems"]
    reference = problem["message"].split("the reference ")[1].split(" ")[0]
    told = ("--partner", "safe-steps", "--actor", "noor", "--reason", WHY)
    assert terminal("reports", "pass", reference, *told).returncode == 0
    assert terminal("reports", "check", "r.csv", "--partner", "safe-steps").returncode == 0
    listed = json.loads(terminal("reports", "passes", "--partner", "safe-steps", "--json").stdout)
    assert [(each["reference"], each["actor"], each["reason"]) for each in listed] == [(reference, "noor", WHY)]
    assert terminal("reports", "unpass", reference, *told).returncode == 0
    assert terminal("reports", "check", "r.csv", "--partner", "safe-steps").returncode == 1
    again = terminal("reports", "unpass", reference, *told)
    assert (again.returncode, "Traceback" in again.stderr) == (1, False)
