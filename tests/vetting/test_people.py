"""Members, partners and settings: who may do what, kept version by version."""

from datetime import timedelta

import pytest

from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from vetting import trail
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.members import add_member, fetch_member, fetch_members, fetch_sample_persons, suspend_member
from vetting.store.partners import add_partner, fetch_partner, fetch_partners
from vetting.store.settings import fetch_settings, set_setting

ADMIN = Viewer(role=Role.ADMIN, actor="ada")
REVIEWER = Viewer(role=Role.REVIEWER, actor="rosa")


def with_partner(store, now, kind=PartnerKind.NGO, code="hope"):
    return add_partner(store, ADMIN, partner=code, kind=kind, name="Hope Line", via=Via.CLI, now=now)


def with_member(store, now, email="rosa@example.org", role=Role.REVIEWER, organisation=""):
    return add_member(
        store, ADMIN, email=email, name="Rosa", role=role, organisation=organisation, via=Via.CLI, now=now
    )


def test_a_partners_kind_is_kept_as_it_was_known(store, now):
    with_partner(store, now)
    with_partner(store, now + timedelta(days=10), PartnerKind.EMPLOYER)
    db = store.cursor()
    assert fetch_partner(db, "hope").kind is PartnerKind.EMPLOYER
    assert fetch_partner(db, "hope", known_at=now + timedelta(days=1)).kind is PartnerKind.NGO
    assert [partner.partner for partner in fetch_partners(db)] == ["hope"]


def test_registering_the_same_partner_again_changes_nothing(store, now):
    with_partner(store, now)
    with pytest.raises(Refusal, match="registered already"):
        with_partner(store, now)
    assert trail.head(store.cursor()).seq == 1


@pytest.mark.parametrize("code", ["", "two words", "ä", "-x", "x" * 65])
def test_a_partners_code_is_short_and_plain(store, now, code):
    with pytest.raises(Refusal, match="cannot be a partner's code"):
        with_partner(store, now, code=code)


def test_an_unknown_partner_is_told_with_those_that_are_known(store, now):
    with_partner(store, now)
    with pytest.raises(NotFound, match="Known are: hope"):
        fetch_partner(store.cursor(), "hopp")


def test_capitals_in_an_address_make_no_second_member(store, now):
    with_member(store, now, email="Rosa@Example.org")
    assert fetch_member(store.cursor(), "ROSA@example.ORG ").role is Role.REVIEWER
    with pytest.raises(Refusal, match="a member already"):
        with_member(store, now)


def test_a_suspended_member_is_kept_and_comes_back_when_added_again(store, now):
    with_member(store, now)
    suspend_member(store, ADMIN, "rosa@example.org", reason="left", via=Via.CLI, now=now)
    assert fetch_member(store.cursor(), "rosa@example.org").state == "suspended"
    with pytest.raises(Refusal, match="suspended already"):
        suspend_member(store, ADMIN, "rosa@example.org", reason=None, via=Via.CLI, now=now)
    with_member(store, now)
    assert fetch_member(store.cursor(), "rosa@example.org").state == "active"
    assert trail.head(store.cursor()).seq == 3


def test_a_partners_member_belongs_to_a_registered_partner(store, now):
    with pytest.raises(NotFound, match="no partner 'hope'"):
        with_member(store, now, role=Role.PARTNER, organisation="hope")
    with_partner(store, now)
    assert with_member(store, now, role=Role.PARTNER, organisation="hope").organisation == "hope"


@pytest.mark.parametrize("email", ["rosa", "@example.org", "rosa@", "ro sa@example.org"])
def test_what_is_no_address_is_refused(store, now, email):
    with pytest.raises(Refusal, match="no e-mail address"):
        with_member(store, now, email=email)


def test_nobody_is_made_a_member_of_the_public(store, now):
    with pytest.raises(Refusal, match="no role for a member"):
        with_member(store, now, role=Role.PUBLIC)


@pytest.mark.parametrize("viewer", [REVIEWER, Viewer(role=Role.PUBLIC), Viewer(role=Role.BUYER)])
def test_only_administrators_see_or_change_members_partners_and_settings(store, now, viewer):
    with pytest.raises(NotPermitted):
        fetch_members(store.cursor(), viewer)
    with pytest.raises(NotPermitted):
        suspend_member(store, viewer, "rosa@example.org", reason=None, via=Via.PAGE, now=now)
    with pytest.raises(NotPermitted):
        add_partner(store, viewer, partner="x", kind=PartnerKind.NGO, name="X", via=Via.PAGE, now=now)
    with pytest.raises(NotPermitted):
        set_setting(store, viewer, "time_zone", "UTC", via=Via.PAGE, now=now)
    assert trail.head(store.cursor()) is None


def test_settings_have_defaults_and_the_newest_word_counts(store, now):
    assert fetch_settings(store.cursor()).time_zone == "UTC"
    set_setting(store, ADMIN, "time_zone", "Asia/Dhaka", via=Via.CLI, now=now)
    set_setting(store, ADMIN, "time_zone", "Asia/Kathmandu", via=Via.CLI, now=now)
    assert fetch_settings(store.cursor()).time_zone == "Asia/Kathmandu"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("colour", "red"),
        ("operating_body", " "),
        ("sample", "maybe"),
        ("most_rows", "many"),
        ("largest_file_mb", "0"),
        ("longest_cell", "-5"),
        ("unpacked_mb", "1.5"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(store, now, name, value):
    with pytest.raises(Refusal):
        set_setting(store, ADMIN, name, value, via=Via.CLI, now=now)


def test_a_limit_is_a_setting_with_a_number(store, now):
    assert fetch_settings(store.cursor()).most_rows == 2_000_000
    assert set_setting(store, ADMIN, "most_rows", "5000", via=Via.CLI, now=now).most_rows == 5_000


def test_only_a_sample_database_offers_its_persons(store, now):
    with_member(store, now)
    assert fetch_sample_persons(store.cursor()) == []
    set_setting(store, ADMIN, "sample", "true", via=Via.CLI, now=now)
    assert [person.email for person in fetch_sample_persons(store.cursor())] == ["rosa@example.org"]
