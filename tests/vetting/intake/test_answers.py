"""What a partner answers decides, in every row at once, and what was mended is all that is kept."""

from datetime import datetime
from decimal import Decimal

from schemas.answers import Answers
from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY, addresses, fee_csv
from vetting.intake.check import Checked, check
from vetting.intake.commit import commit
from vetting.intake.known import with_remembered
from vetting.store import Store
from vetting.store.answers import remembered_columns

PARTNER = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ann@example.org")


def told(answers: Answers, *changes: dict[str, str]) -> Checked:
    return check(fee_csv(*changes), "reports.csv", agencies=AGENCIES, today=TODAY, answers=answers)


def test_one_word_mends_every_row() -> None:
    rows = [{"currency": "Rs"}, {"currency": "NPR"}, {"currency": "Rs"}]
    assert told(Answers(), *rows).result.quarantined == 2
    mended = told(Answers(words={"currency": {"Rs": "NPR"}}), *rows)
    assert addresses(mended.result) == []
    assert mended.ready["currency"].to_list() == ["NPR"] * 3


def test_a_unit_the_file_leaves_out_is_said_once() -> None:
    rows = [{"currency": ""}, {"currency": "QAR"}, {"currency": ""}]
    assert told(Answers(), *rows).result.refused == 2
    mended = told(Answers(words={"currency": {"": "NPR"}}), *rows)
    assert mended.ready["currency"].to_list() == ["NPR", "QAR", "NPR"]
    wage = [{"promised_wage": "1200", "wage_period": "month"}] * 2
    mended = told(Answers(words={"wage_currency": {"": "QAR"}}), *wage)
    assert mended.ready["wage_currency"].to_list() == ["QAR", "QAR"]
    unknown = told(Answers(words={"threats": {"": "no"}}), {"threats": ""}, {"threats": "yes"})
    assert unknown.ready["threats"].to_list() == [None, True], "nothing said once makes many answers known"


def test_a_currency_said_once_fills_the_blank_cells_and_nothing_else_is_filled_so() -> None:
    rows = [{"currency": "", "threats": ""}, {"currency": "QAR", "threats": "no"}]
    mended = told(Answers(words={"currency": {"": "NPR"}, "threats": {"": "no"}}), *rows)
    assert mended.ready["currency"].to_list() == ["NPR", "QAR"]
    assert mended.ready["threats"].to_list() == [None, False]
    without = fee_csv({}, header=tuple(name for name in GOOD if name != "currency"))
    answers = Answers(words={"currency": {"": "NPR"}})
    found = check(without, "reports.csv", agencies=AGENCIES, today=TODAY, answers=answers)
    assert found.ready["currency"].to_list() == ["NPR"]


def test_a_cell_is_mended_where_it_stands_and_only_there() -> None:
    mended = told(Answers(cells={3: {"channel": "phone"}}), {"channel": "??"}, {"channel": "??"})
    assert addresses(mended.result) == [(2, "channel", "unreadable_value")]
    assert mended.ready["line"].to_list() == [3]


def test_a_mended_cell_may_be_of_a_column_the_file_lacks() -> None:
    mended = told(Answers(cells={2: {"sex": "female"}}), {}, {})
    assert mended.ready["sex"].to_list() == ["female", None]


def test_the_partner_says_which_mark_and_which_order() -> None:
    row = {"total_paid": "45,000", "interview_date": "03/04/2026"}
    assert {code for _, _, code in addresses(told(Answers(), row).result)} == {"ambiguous_amount", "ambiguous_date"}
    mended = told(Answers(marks={"total_paid": "."}, orders={"interview_date": "day"}), row)
    assert mended.ready["total_paid"].to_list() == [Decimal(45000)]
    assert str(mended.ready["interview_date"][0]) == "2026-04-03"


def test_a_column_is_what_the_partner_says_it_is() -> None:
    place = list(fee_csv({"wie": "phone"}).decode().splitlines()[0].split(",")).index("wie")
    assert addresses(told(Answers(), {"wie": "phone"}).result)[0][2] == "ignored_column"
    mended = told(Answers(columns={8: "", place: "channel"}), {"channel": "??", "wie": "phone"})
    assert [code for _, _, code in addresses(mended.result)] == ["ignored_column"]
    assert mended.ready["channel"].to_list() == ["phone"]


def test_a_name_that_was_taken_out_is_kept_nowhere(desk: Store, now: datetime) -> None:
    answers = Answers(cells={2: {"worker_ref": "W-1"}}, words={"notes": {"Call Ram on 9841234567": ""}})
    mended = told(answers, {"worker_ref": "Ram Bahadur", "notes": "Call Ram on 9841234567"})
    assert addresses(mended.result) == []
    receipt = commit(desk, mended, partner="safe-steps", viewer=PARTNER, via=Via.PAGE, now=now)
    db = desk.cursor()
    kept = (
        db.execute("SELECT raw FROM evidence.report").fetchall()
        + db.execute(
            "SELECT answers FROM desk.batch_answers WHERE batch_id = $batch", {"batch": receipt.batch_id}
        ).fetchall()
    )
    assert len(kept) == 2
    assert "Ram" not in str(kept)
    assert '"cells": {"2": ["worker_ref"]}' in kept[1][0]


def test_columns_are_remembered_for_the_partner_and_these_headers(desk: Store, now: datetime) -> None:
    headers = fee_csv({"wie": "phone"}).decode().splitlines()[0].split(",")
    columns = {8: "", headers.index("wie"): "channel"}
    mended = told(Answers(columns=columns), {"channel": "??", "wie": "phone"})
    commit(desk, mended, partner="safe-steps", viewer=PARTNER, via=Via.PAGE, now=now)
    db = desk.cursor()
    assert remembered_columns(db, "safe-steps", headers) == columns
    assert remembered_columns(db, "safe-steps", [*headers, "more"]) == {}
    assert remembered_columns(db, "union", headers) == {}


def test_a_command_knows_what_the_partner_said_of_its_headers_before(desk: Store, now: datetime) -> None:
    data = fee_csv({"channel": "??", "wie": "phone"})
    headers = data.decode().splitlines()[0].split(",")
    answers = Answers(columns={8: "", headers.index("wie"): "channel"})
    commit(desk, told_file(data, answers), partner="safe-steps", viewer=PARTNER, via=Via.PAGE, now=now)
    db = desk.cursor()
    assert with_remembered(db, "safe-steps", data, "r.csv", Answers()) == answers
    assert with_remembered(db, "union", data, "r.csv", Answers()) == Answers()
    own = Answers(columns={0: "report_id"})
    assert with_remembered(db, "safe-steps", data, "r.csv", own) == own
    assert with_remembered(db, "safe-steps", b"", "r.csv", Answers()) == Answers()


def told_file(data: bytes, answers: Answers) -> Checked:
    return check(data, "reports.csv", agencies=AGENCIES, today=TODAY, answers=answers)
