"""Who may act on cases, who counts as two, and who has a tie: the rules about the people who decide."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.meanwhile import Seen, refuse_if_changed
from vetting.disclosure.roles import require
from vetting.refusals import NotPermitted, OnGrounds, Refusal
from vetting.store import Cursor, Moment, Store, act
from vetting.store.assessments import fetch_ties
from vetting.store.members import fetch_member

T = TypeVar("T")


class Attempt(NamedTuple):
    """What somebody tries, should it be refused: the act in its own word, and the case or agency it is about."""

    what: str
    subject: str


def act_as_reviewer(
    store: Store,
    viewer: Viewer,
    deed: Callable[[Moment], tuple[Entry, T]],
    *,
    via: Via,
    now: datetime,
    attempt: Attempt | None = None,
    seen: Seen | None = None,
) -> T:
    """One act by a reviewer under the name the trail will keep; NotPermitted for everybody else.

    With `seen`, ChangedMeanwhile says what happened to the case since. With `attempt`, a refusal on grounds (OnGrounds)
    leaves one entry of its own: the act is rolled back first, so a crash in between leaves neither.
    """
    require(viewer, Role.REVIEWER)
    actor = folded(viewer.actor)
    if not actor:
        raise NotPermitted("A reviewer acts under a name: sign in again, or give --actor.")

    def as_seen(moment: Moment) -> tuple[Entry, T]:
        if seen is not None:
            refuse_if_changed(moment.db, seen, actor=actor, now=now)
        return deed(moment)

    try:
        return act(store, as_seen, actor=actor, via=via, now=now)
    except OnGrounds as refusal:
        if attempt is not None:
            entry = _refused(attempt, refusal)
            act(store, lambda moment: (entry, None), actor=actor, via=via, now=now)
        raise


def _refused(attempt: Attempt, refusal: OnGrounds) -> Entry:
    after = {"tried": attempt.what, "obstacles": list(refusal.obstacles)}
    return Entry(action=Action.ATTEMPT_REFUSED, subject=attempt.subject, after=after)


def folded(person: str) -> str:
    """One person, one name: capitals and spaces around an address make nobody else of them."""
    return person.strip().casefold()


def require_text(text: str, what: str) -> str:
    """`what` is the sentence that says what to write."""
    if not text.strip():
        raise Refusal(what)
    return text.strip()


def require_reason(reason: str) -> str:
    return require_text(reason, "Give a reason: every step of a case is kept with one that a stranger can follow.")


def obstacles_of_person(db: Cursor, agency_id: str, person: str) -> list[str]:
    """What keeps this person from being one of the two who stand behind an act about this agency."""
    found = []
    member = fetch_member(db, person)
    if member is None or member.role is not Role.REVIEWER or member.state != "active":
        found.append(f"{person} is not an active reviewer here: acts that need two reviewers need two such members.")
    tie = fetch_ties(db, agency_id).get(folded(person))
    if tie is None:
        found.append(f"{person} has not declared whether they have a tie with this agency: they must declare it first.")
    elif tie.tied:
        found.append(f"{person} has declared a tie with this agency: another reviewer must act instead.")
    return found


def obstacles_of_second(db: Cursor, agency_id: str, *, first: str, second: str) -> list[str]:
    """What keeps two people from standing behind one act together."""
    if folded(first) == folded(second):
        one = f"{first} did the first half of this: a second, different reviewer must do the other."
        return [one, *obstacles_of_person(db, agency_id, first)]
    return [*obstacles_of_person(db, agency_id, first), *obstacles_of_person(db, agency_id, second)]
