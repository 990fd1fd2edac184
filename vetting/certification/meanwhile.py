"""What happened to a case since somebody read its page? Told in a sentence, so that nobody decides on what was."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from schemas.codes import Action, CaseState
from schemas.trail import TrailRow
from vetting.certification.moves import named
from vetting.refusals import ChangedMeanwhile
from vetting.scoring.indicators import BY_CODE
from vetting.store import Cursor
from vetting.store.happened import fetch_since
from vetting.store.members import fetch_member
from vetting.store.settings import fetch_settings

Said = Mapping[str, Any]
TOLD_AT_MOST = 5


class Seen(NamedTuple):
    """What somebody had before them: a case (or an agency), up to this entry of the trail."""

    subject: str
    seq: int


def as_seen(subject: str, seq: int | None) -> Seen | None:
    """None where nobody says what they had before them, as a command may leave out."""
    return None if seq is None else Seen(subject, seq)


def refuse_if_changed(db: Cursor, seen: Seen, *, actor: str, now: datetime) -> None:
    """Raise ChangedMeanwhile, naming what happened to the case and its agency, by whom and when.

    Reports that came in are no change of the case: every act judges by the evidence as it stands at that moment.
    """
    rows = fetch_since(db, seen.subject, seen.seq)
    if rows:
        zone = ZoneInfo(fetch_settings(db).time_zone)
        told = [_told(db, row, actor, now, zone) for row in rows[:TOLD_AT_MOST]]
        if len(rows) > TOLD_AT_MOST:
            told.append(f"{len(rows) - TOLD_AT_MOST} more things happened")
        raise ChangedMeanwhile(
            f"Since you opened this page, {'; '.join(told)}. Nothing was done: read the case as it stands now, then "
            "act again if you still want to."
        )


def _told(db: Cursor, row: TrailRow, actor: str, now: datetime, zone: ZoneInfo) -> str:
    at, today = (moment.replace(tzinfo=UTC).astimezone(zone) for moment in (row.recorded_at, now))
    when = f"{at:%H:%M}" if at.date() == today.date() else f"{at:%Y-%m-%d %H:%M}"
    return f"{_who(db, row.actor, actor)} {_what(row)} ({when})"


def _who(db: Cursor, who: str, actor: str) -> str:
    if who == actor:
        return "you yourself"
    member = fetch_member(db, who)
    return f"the {who}" if who == "clock" else (member.name if member and member.name else who)


def _what(row: TrailRow) -> str:
    said: Said = json.loads(row.after) if row.after else {}
    before: Said = json.loads(row.before) if row.before else {}
    try:
        return WORDS[row.action](said or before)
    except (KeyError, TypeError, ValueError):  # an act this list does not know, or an entry of an older shape
        return f"wrote “{row.action.value.replace('_', ' ')}” on the trail"


def _gate(said: Said) -> str:
    known = BY_CODE.get(str(said.get("indicator")))
    return f"“{known.wording}”" if known else "a knock-out criterion"


def _proposal(said: Said) -> str:
    if said.get("kind") == "clear_gate":
        return f"to clear {_gate(said)}"
    return f"to {said.get('kind', 'act on')} the certificate"


WORDS: Mapping[Action, Callable[[Said], str]] = {
    Action.CASE_OPEN: lambda said: "opened a case",
    Action.CASE_MOVE: lambda said: f"moved the case: it is {named(CaseState(said['state']))} now",
    Action.CERTIFY: lambda said: "certified the agency",
    Action.FINDING_RECORD: lambda said: f"recorded a {said['grade']} finding on {said['crit_code']}",
    Action.CORRECTIVE_ACTION: lambda said: f"took a corrective action on: it is {said['state']} now",
    Action.ASSESSMENT_RECORD: lambda said: f"recorded an assessment of {len(said['criteria'])} criteria",
    Action.INTERVIEWS_COUNT: lambda said: f"counted {said['interviewed']} workers interviewed",
    Action.TIE_DECLARE: lambda said: f"declared {'a tie' if said['tied'] else 'no tie'} with the agency",
    Action.PROPOSE: lambda said: f"proposed {_proposal(said)}",
    Action.PROPOSAL_DROP: lambda said: f"dropped the proposal {_proposal(said)}",
    Action.GATE_CLEAR: lambda said: f"cleared {_gate(said)} as the second reviewer",
    Action.GATE_CONFIRM: lambda said: "confirmed an open knock-out criterion",
    Action.GATE_SEE: lambda said: "saw the open knock-out criteria change",
    Action.APPEAL_RECORD: lambda said: f"recorded an appeal received on {said['received_on']}",
    Action.APPEAL_PROPOSE: lambda said: f"proposed that the appeal be {said['outcome']}",
    Action.APPEAL_DECIDE: lambda said: f"decided the appeal as the second reviewer: it was {said['outcome']}",
    Action.AGENCY_REPLY: lambda said: "recorded a reply of the agency",
}
