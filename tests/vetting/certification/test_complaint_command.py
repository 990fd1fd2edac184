"""The operator's side of complaints: a letter is written down, moved, answered by two and replied to, by command."""

import json
from pathlib import Path
from typing import Any

from tests.vetting.certification.complaining import ANSWER, TEXT, complain, declare_both
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from vetting.command_socket import Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter


def typed(desk: Desk, *argv: str) -> Outcome:
    counter = Counter(folder=Path.cwd(), now=desk.when["now"], environ={}, owned=desk.store)
    return carry_out(["complaints", *argv], counter)


def told(outcome: Outcome) -> Any:
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_a_letter_comes_in_and_is_answered_by_two(desk: Desk):
    declare_both(desk)
    by, second = ("--actor", ASHA.actor, "--json"), ("--actor", BO.actor, "--json")
    said = ("--month", "2026-10", "--origin", "NPL", "--who", "family")
    kept = told(typed(desk, "file", AGENCY, "fees", TEXT, *said, *by))
    assert set(kept) == {"complaint_id", "reference", "secret"}
    number = kept["complaint_id"]
    taken = told(typed(desk, "move", number, "under_review", "--public", "--reason", "About fees.", *by))
    assert taken["moves"][-1]["to_state"] == "under_review"
    told(typed(desk, "answer", number, "substantiated", ANSWER, "--reason", "Books seen.", *by))
    other = typed(desk, "move", number, "not_substantiated", "--reason", "Seen too.", *second)
    assert (other.code, "What was proposed is: substantiated" in other.err) == (1, True)
    told(typed(desk, "move", number, "substantiated", "--reason", "Seen too.", *second))
    told(typed(desk, "reply", number, "We have paid it back.", *by))
    told(typed(desk, "show", number, "--summary", "Fees for a training.", "--reason", "Safe to say.", *by))
    (row,) = told(typed(desk, "list", "--agency", AGENCY, "--state", "substantiated", "--json"))
    assert (row["complaint_id"], row["due_on"], row["shown"], row["replies"]) == (number, None, True, 1)
    assert TEXT not in typed(desk, "list", "--json").out
    assert "substantiated" in typed(desk, "list").out


def test_what_is_refused_says_why_in_one_line(desk: Desk):
    declare_both(desk)
    number = complain(desk).complaint_id
    named = typed(desk, "file", AGENCY, "fees", "Ask Sita Gurung about it.", "--actor", ASHA.actor)
    assert (named.code, named.out) == (1, "")
    assert "a person's name" in named.err
    assert "Sita" not in named.err
    assert typed(desk, "move", number, "proposed", "--reason", "Why.", "--actor", ASHA.actor).code == 1
    assert typed(desk, "move", number, "under_review", "--reason", "Why.", "--actor", ASHA.actor).code == 1
    assert typed(desk, "file", AGENCY, "gossip", TEXT, "--actor", ASHA.actor).code == 2
    assert typed(desk, "file", AGENCY, "fees", TEXT, "--month", "May", "--actor", ASHA.actor).code == 2
    gone = typed(desk, "move", number, "not_admissible", "--answer", "It is an advert.", "--reason", "An advert.",
                 "--actor", ASHA.actor)  # fmt: skip
    assert "is not admissible" in gone.out
    assert typed(desk, "list", "--state", "reported").out == "There is no complaint.\n"
