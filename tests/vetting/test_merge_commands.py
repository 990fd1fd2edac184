"""`agencies merge` and `agencies split`: what is previewed, said and refused on the command line."""

import json
from pathlib import Path

import pytest

from tests.vetting.test_commands import Desk

REGISTER = "licence,name,country\n0010,Orchard International,BGD\n,Orchard Intl,BGD\n77,Orchard Overseas,NPL\n"
WHY = ("--reason", "One owner, one office")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.done("init")
    (tmp_path / "register.csv").write_text(REGISTER)
    made.done("agencies", "import", "register.csv", "--register", "bd")
    return made


def ids(desk: Desk) -> dict[str, str]:
    return {each["name"]: each["agency_id"] for each in json.loads(desk.done("agencies", "list", "--json"))}


def test_a_merge_is_previewed_done_listed_and_undone(desk: Desk):
    before = ids(desk)
    old, into = before["Orchard Intl"], before["Orchard International"]
    told = desk.done("agencies", "merge", old, into, *WHY, "--preview")
    assert told == (
        "Orchard Intl (no licence), named by 0 files, would go into Orchard International (0010), named by 0 files.\n"
    )
    preview = json.loads(desk.done("agencies", "merge", old, into, *WHY, "--preview", "--json"))
    assert (preview["gone"]["agency_id"], preview["remains"]["agency_id"], preview["obstacles"]) == (old, into, [])
    assert ids(desk) == before
    assert desk.done("agencies", "merge", old, into, *WHY) == f"{old} is part of Orchard International ({into}) now.\n"
    assert old in desk.done("agencies", "list", "--name", "Orchard International")
    assert ids(desk) == {name: each for name, each in before.items() if each != old}
    again = desk.done("agencies", "split", old, "--reason", "Two offices")
    assert again == f"Orchard Intl ({old}) is an agency of its own again.\n"
    assert ids(desk) == before


def test_json_is_the_agency_that_remains_and_the_one_that_is_again(desk: Desk):
    known = ids(desk)
    old, into = known["Orchard Intl"], known["Orchard International"]
    remains = json.loads(desk.done("agencies", "merge", old, into, *WHY, "--json"))
    assert (remains["agency_id"], remains["merged_ids"]) == (into, [old])
    alone = json.loads(desk.done("agencies", "split", old, *WHY, "--json"))
    assert (alone["agency_id"], alone["merged_ids"]) == (old, [])


def test_what_cannot_be_merged_or_split_is_refused_in_one_line(desk: Desk):
    known = ids(desk)
    old, into, abroad = known["Orchard Intl"], known["Orchard International"], known["Orchard Overseas"]
    assert "cannot go into itself" in desk.refused("agencies", "merge", old, old, *WHY)
    across = desk.refused("agencies", "merge", old, abroad, *WHY)
    assert "licensed in Bangladesh and Orchard Overseas in Nepal: an agency is one licence in one country" in across
    assert "This merge is refused." in desk.done("agencies", "merge", old, abroad, *WHY, "--preview")
    assert "nothing to split" in desk.refused("agencies", "split", into, *WHY)
    assert "Give a reason" in desk.refused("agencies", "merge", old, into, "--reason", " ")
    assert "no agency" in desk.refused("agencies", "merge", "nobody", into, *WHY)
    assert desk("agencies", "merge", old, into).code == 2
    assert ids(desk) == known
