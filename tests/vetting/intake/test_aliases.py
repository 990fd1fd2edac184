"""A spelling that a partner confirmed is known the next time: to that partner at once, to all when two agree."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.answers import Answers
from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from tests.vetting.intake.files import TODAY, fee_csv
from vetting import trail
from vetting.intake.agency_questions import agency_questions
from vetting.intake.aliases import known_aliases
from vetting.intake.check import Checked, check
from vetting.intake.commit import commit
from vetting.intake.withdraw import withdraw
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agencies, import_register
from vetting.store.aliases import fetch_aliases, retract_alias
from vetting.store.partners import add_partner

ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")
SPELLING = "Himalaya Sample House"
ROW = {"agency_licence": "", "agency_name": SPELLING}
FOLDED = "himalaya sample house"


def ids(store: Store) -> dict[str, str]:
    return {agency.name.split()[0].lower(): agency.agency_id for agency in fetch_agencies(store.cursor())}


def read(store: Store, partner: str, *rows: dict[str, str], answers: Answers | None = None) -> Checked:
    db = store.cursor()
    known: dict[str, Any] = {"agencies": fetch_agencies(db), "aliases": known_aliases(db, partner)}
    return check(fee_csv(*rows), "reports.csv", today=TODAY, answers=answers or Answers(), **known)


def confirm(store: Store, partner: str, agency: str, now: datetime, row: dict[str, str] = ROW) -> str:
    """A file in which the partner says which agency the spelling means; gives the batch."""
    told = {question.key: ids(store)[agency] for question in agency_questions(read(store, partner, row))}
    assert told
    viewer = Viewer(role=Role.PARTNER, organisation=partner, actor=f"ann@{partner}.example.org")
    answered = read(store, partner, row, answers=Answers(agencies=told))
    accept_for(store, partner, now)
    receipt = commit(store, answered, partner=partner, viewer=viewer, via=Via.PAGE, now=now)
    assert receipt.batch_id is not None
    return receipt.batch_id


def meant(store: Store, partner: str, row: dict[str, str] = ROW) -> str | None:
    """The agency a partner's next file is read as, or None when it is asked about."""
    found = read(store, partner, row)
    named = {agency_id: name for name, agency_id in ids(store).items()}
    return None if agency_questions(found) else named[found.ready["agency_id"][0]]


def test_a_confirmed_spelling_is_known_to_its_partner_with_who_and_when(desk: Store, now: datetime) -> None:
    assert meant(desk, "safe-steps") is None
    batch = confirm(desk, "safe-steps", "himal", now)
    (alias,) = fetch_aliases(desk.cursor())
    assert (alias.folded, alias.spelling, alias.partner, alias.actor, alias.batch_id) == (
        FOLDED, SPELLING, "safe-steps", "ann@safe-steps.example.org", batch,
    )  # fmt: skip
    assert alias.recorded_at >= now
    assert meant(desk, "safe-steps") == "himal"
    assert meant(desk, "safe-steps", {"agency_licence": "", "agency_name": "HIMALAYA  sample house."}) == "himal"
    assert meant(desk, "union") is None


def test_two_partners_together_are_believed_by_all_but_none_that_reports_on_itself(desk: Store, now: datetime) -> None:
    for partner, kind in (("other", PartnerKind.NGO), ("boss", PartnerKind.EMPLOYER), ("agents", PartnerKind.AGENCY)):
        add_partner(desk, ADMIN, partner=partner, kind=kind, name=partner, via=Via.CLI, now=now)
    for partner in ("safe-steps", "boss", "agents"):
        confirm(desk, partner, "himal", now)
    assert meant(desk, "boss") == "himal"
    assert meant(desk, "other") is None
    confirm(desk, "union", "himal", now)
    assert meant(desk, "other") == "himal"
    assert known_aliases(desk.cursor(), None) == {FOLDED: {ids(desk)["himal"]}}


def test_a_spelling_confirmed_for_two_agencies_is_asked_about_again(desk: Store, now: datetime) -> None:
    confirm(desk, "safe-steps", "himal", now)
    confirm(desk, "union", "lumbini", now)
    assert (meant(desk, "safe-steps"), meant(desk, "union")) == ("himal", "lumbini")
    add_partner(desk, ADMIN, partner="other", kind=PartnerKind.NGO, name="Other", via=Via.CLI, now=now)
    confirm(desk, "other", "himal", now)
    assert meant(desk, "union") is None  # two say himal, the union itself says lumbini
    (question,) = agency_questions(read(desk, "union", ROW))
    assert {each.why for each in question.candidates} == {"this spelling was confirmed for it before"}


def test_the_registers_own_name_wins_over_an_alias(desk: Store, now: datetime) -> None:
    confirm(desk, "safe-steps", "himal", now)
    register = f"licence,name,country\n5,{SPELLING},NPL\n"
    import_register(desk, ADMIN, register.encode(), "np", via=Via.CLI, now=now)
    found = read(desk, "safe-steps", ROW)
    assert found.ready["agency_id"].to_list() == [ids(desk)["himalaya"]]


def test_a_licence_and_what_names_nobody_become_no_alias(desk: Store, now: datetime) -> None:
    confirm(desk, "safe-steps", "himal", now, {"agency_licence": "4711"})
    confirm(desk, "safe-steps", "himal", now, {"agency_licence": "", "agency_name": "N/A", "report_id": "R9"})
    assert fetch_aliases(desk.cursor()) == []


def test_the_same_confirmation_is_written_once(desk: Store, now: datetime) -> None:
    confirm(desk, "safe-steps", "himal", now)
    key = agency_questions(read(desk, "union", ROW))[0].key
    again = read(desk, "safe-steps", ROW | {"report_id": "R2"}, answers=Answers(agencies={key: ids(desk)["himal"]}))
    commit(desk, again, partner="safe-steps", viewer=ADMIN, via=Via.CLI, now=now + timedelta(days=1))
    assert len(fetch_aliases(desk.cursor())) == 1


def test_a_retraction_ends_it_for_all_and_leaves_a_trail(desk: Store, now: datetime) -> None:
    confirm(desk, "safe-steps", "himal", now)
    confirm(desk, "union", "himal", now)
    agency_id, later = ids(desk)["himal"], now + timedelta(days=1)
    before = known_aliases(desk.cursor(), "union")
    told: dict[str, Any] = {"spelling": "himalaya SAMPLE house", "agency_id": agency_id, "via": Via.CLI, "now": later}
    with pytest.raises(NotPermitted):
        retract_alias(desk, Viewer(role=Role.PARTNER, organisation="union", actor="u"), reason="mine", **told)
    with pytest.raises(Refusal, match="why"):
        retract_alias(desk, ADMIN, reason=" ", **told)
    assert len(retract_alias(desk, ADMIN, reason="They are two houses", **told)) == 2
    assert meant(desk, "safe-steps") is None
    (row,) = trail.fetch_about(desk.cursor(), agency_id)
    assert (row.action.value, row.actor, row.reason) == ("alias_retract", "admin@example.org", "They are two houses")
    with pytest.raises(NotFound):
        retract_alias(desk, ADMIN, reason="again", **told)
    assert known_aliases(desk.cursor(), "union", later - timedelta(hours=1)) == before  # as it was known then
    confirm(desk, "safe-steps", "himal", later, ROW | {"report_id": "R3"})
    assert meant(desk, "safe-steps") == "himal"


def test_what_a_withdrawn_batch_confirmed_does_not_count(desk: Store, now: datetime) -> None:
    batch = confirm(desk, "safe-steps", "himal", now)
    withdraw(desk, batch, viewer=ADMIN, via=Via.CLI, now=now + timedelta(days=1), reason="wrong file", today=TODAY)
    assert meant(desk, "safe-steps") is None
    assert known_aliases(desk.cursor(), "safe-steps", now + timedelta(hours=1)) == {FOLDED: {ids(desk)["himal"]}}
