"""Consent wording and data-sharing terms: versioned, accepted once per version, and told with every batch."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest

from schemas.codes import PartnerKind, Role, Via
from schemas.consent import EVERYBODY, FOLDER, TermsKind, first_terms
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from vetting import trail
from vetting.refusals import ChangedMeanwhile, NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.partners import add_partner
from vetting.store.terms import (
    LONGEST_TEXT,
    accept_terms,
    fetch_acceptances,
    fetch_terms,
    publish_terms,
    require_accepted,
    terms_in_force,
    terms_to_accept,
)

ADMIN = Viewer(role=Role.ADMIN, actor="noor@body.example")
HOPE = Viewer(role=Role.PARTNER, organisation="hope", actor="pia@hope.example")
UNION = Viewer(role=Role.PARTNER, organisation="union", actor="uwe@union.example")
CONSENT, SHARING = TermsKind
# A shipped version is never edited in place: whoever changes a letter of it makes the next version instead.
SHIPPED = {
    CONSENT: "7f7832dca700ed38d444082203be1a3555c104a01648c6ae6c1a98ee1ec219bd",
    SHARING: "6cb30a5541058b73f22b81012e9ab153713f26e0976931f42a95230c27df558f",
}


@pytest.fixture
def house(store: Store, now: datetime) -> Store:
    for partner, kind in (("hope", PartnerKind.NGO), ("union", PartnerKind.UNION)):
        add_partner(store, ADMIN, partner=partner, kind=kind, name=partner.title(), via=Via.CLI, now=now)
    return store


def publish(store: Store, now: datetime, text: str, partner: str = EVERYBODY, kind: TermsKind = CONSENT, why="clearer"):
    return publish_terms(store, ADMIN, kind, partner, text, reason=why, via=Via.PAGE, now=now)


def in_force(store: Store, partner: str = EVERYBODY) -> list[str]:
    return sorted(each.terms_id for each in terms_in_force(store.cursor(), partner).values())


def due(store: Store, partner: str) -> list[str]:
    return sorted(each.terms_id for each in terms_to_accept(store.cursor(), partner))


def acts(store: Store, subject: str) -> list[tuple[str, str, dict]]:
    return [
        (row.action.value, row.actor, json.loads(row.after or "{}"))
        for row in trail.fetch_about(store.cursor(), subject)
    ]


@pytest.mark.parametrize("kind", TermsKind)
def test_the_text_that_comes_with_the_program_is_never_edited_in_place(kind: TermsKind):
    first = first_terms(kind)
    assert first.hash == SHIPPED[kind]
    assert first.hash == hashlib.sha256((FOLDER / f"{kind}-1.md").read_bytes()).hexdigest()
    assert "No lawyer has reviewed it yet." in first.text


def test_the_consent_wording_speaks_of_every_consent_a_file_can_carry():
    from schemas.fee_report import columns

    asked = [name for name in columns() if name.startswith("consent_")]
    assert len(asked) == 4
    assert all(f"({name})" in first_terms(CONSENT).text for name in asked)


def test_a_store_in_which_nothing_was_published_has_the_first_version_of_both(house: Store):
    assert in_force(house) == in_force(house, "hope") == ["consent-1", "sharing-1"]


def test_a_new_version_counts_for_whom_it_is_for_and_takes_no_earlier_one_away(house: Store, now: datetime):
    publish(house, now, "For all.")
    own = publish(house, now, "For the union alone.", "union")
    assert (own.terms_id, own.version, own.partner, own.reason) == ("consent-3", 3, "union", "clearer")
    assert own.hash == hashlib.sha256(b"For the union alone.\n").hexdigest()
    assert in_force(house) == in_force(house, "hope") == ["consent-2", "sharing-1"]
    assert in_force(house, "union") == ["consent-3", "sharing-1"]
    publish(house, now, "For all again.")
    assert in_force(house, "union") == ["consent-4", "sharing-1"], "the newest that is for a partner counts"
    assert [each.terms_id for each in fetch_terms(house.cursor(), ADMIN)] == [
        "consent-1", "sharing-1", "consent-2", "consent-3", "consent-4",
    ]  # fmt: skip
    assert "For the union alone.\n" in [each.text for each in fetch_terms(house.cursor(), UNION)]
    assert "For the union alone.\n" not in [each.text for each in fetch_terms(house.cursor(), HOPE)]


def test_publishing_stands_on_the_trail_with_who_why_and_the_hash_but_without_the_text(house: Store, now: datetime):
    made = publish(house, now, "Asked in your own words.", why="The union asked for it")
    [(action, actor, after)] = acts(house, made.terms_id)
    assert (action, actor) == ("terms_publish", ADMIN.actor)
    assert after == {"terms": "consent-2", "hash": made.hash, "partner": "all"}
    assert trail.fetch_about(house.cursor(), made.terms_id)[0].reason == "The union asked for it"
    assert trail.verify(house.cursor())[1] is None


@pytest.mark.parametrize(
    ("text", "why", "told"),
    [
        ("  \n ", "clearer", "The text is empty"),
        ("x" * (LONGEST_TEXT + 1), "clearer", "Make it shorter"),
        ("New.", "  ", "Say why"),
        (first_terms(CONSENT).text, "again", "in force already"),
    ],
)
def test_what_is_no_new_version_is_refused_and_leaves_no_trace(
    house: Store, now: datetime, text: str, why: str, told: str
):
    before = trail.head(house.cursor())
    with pytest.raises(Refusal, match=told):
        publish(house, now, text, why=why)
    assert trail.head(house.cursor()) == before


def test_the_text_for_all_can_be_published_again_while_one_partner_reads_another(house: Store, now: datetime):
    publish(house, now, "For the union alone.", "union")
    again = publish(house, now, first_terms(CONSENT).text)
    assert again.hash == first_terms(CONSENT).hash
    assert in_force(house, "union") == ["consent-3", "sharing-1"]
    with pytest.raises(NotFound):
        publish(house, now, "For nobody.", "nobody")


def test_a_member_accepts_once_for_the_partner_and_the_trail_says_who_when_and_which_text(house: Store, now: datetime):
    assert due(house, "hope") == ["consent-1", "sharing-1"]
    accept_for(house, "hope", now, actor=HOPE.actor)
    assert due(house, "hope") == []
    assert due(house, "union") == ["consent-1", "sharing-1"], "nobody accepts for another"
    action, actor, after = acts(house, "hope")[-1]
    assert (action, actor) == ("terms_accept", HOPE.actor)
    assert after == {
        "accepted": [
            {"terms": "consent-1", "hash": SHIPPED[CONSENT]},
            {"terms": "sharing-1", "hash": SHIPPED[SHARING]},
        ]
    }
    said = fetch_acceptances(house.cursor(), HOPE)
    assert [(each.terms_id, each.actor, each.hash) for each in said] == [
        ("consent-1", HOPE.actor, SHIPPED[CONSENT]), ("sharing-1", HOPE.actor, SHIPPED[SHARING]),
    ]  # fmt: skip
    assert said[0].recorded_at >= now
    assert fetch_acceptances(house.cursor(), UNION) == []
    assert len(fetch_acceptances(house.cursor(), ADMIN)) == 2
    head = trail.head(house.cursor())
    accept_for(house, "hope", now, actor="another@hope.example")
    assert trail.head(house.cursor()) == head, "what is accepted already is no second act"


def test_a_new_version_asks_again_for_that_text_alone(house: Store, now: datetime):
    accept_for(house, "hope", now)
    accept_for(house, "union", now)
    publish(house, now, "Shorter terms.", "hope", SHARING)
    assert due(house, "hope") == ["sharing-2"]
    assert due(house, "union") == []


def test_what_was_published_while_somebody_read_is_not_accepted_unread(house: Store, now: datetime):
    read = [each.hash for each in terms_to_accept(house.cursor(), "hope")]
    publish(house, now, "Another wording.")
    with pytest.raises(ChangedMeanwhile, match="while you were reading"):
        accept_terms(house, HOPE, read, via=Via.PAGE, now=now)
    assert due(house, "hope") == ["consent-2", "sharing-1"]


def test_a_partner_s_member_sends_nothing_before_accepting_and_the_operator_is_not_held_up(house: Store, now: datetime):
    with pytest.raises(Refusal, match="Read and accept"):
        require_accepted(house.cursor(), HOPE, "hope")
    require_accepted(house.cursor(), ADMIN, "hope")
    accept_for(house, "hope", now)
    require_accepted(house.cursor(), HOPE, "hope")


def test_only_administrators_publish_and_only_partners_accept(house: Store, now: datetime):
    for viewer in (HOPE, Viewer(role=Role.REVIEWER, actor="ines@body.example")):
        with pytest.raises(NotPermitted):
            publish_terms(house, viewer, CONSENT, EVERYBODY, "Mine.", reason="mine", via=Via.PAGE, now=now)
    with pytest.raises(NotPermitted):
        accept_terms(house, ADMIN, [], via=Via.PAGE, now=now + timedelta(days=1))
    for read in (fetch_terms, fetch_acceptances):
        with pytest.raises(NotPermitted):
            read(house.cursor(), Viewer(role=Role.BUYER, actor="freja@brand.example"))
