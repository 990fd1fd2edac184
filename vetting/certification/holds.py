"""When does an agency go on hold because of what workers report, and when does it come back? (design §7)

Always at the weekly hour, and only where at least k workers could say, whoever's are taken away: when a reviewer has
confirmed an open gate, or by the clock 14 days after it was first seen open. It comes back when no gate is open any
more. What the next weekly hour brings is written before it comes, so that nobody has to be there when it does.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from schemas.codes import Action, Via
from schemas.hold import Confirmation, HoldTurn, Look, OpenGate
from schemas.score import Score
from schemas.standard import load_standard
from schemas.trail import Entry
from vetting.certification.clock import ACTOR
from vetting.certification.obstacles import live_score
from vetting.certification.periods import next_weekly_hour
from vetting.scoring.evaluate import evaluate_agencies
from vetting.scoring.judge import PLACE
from vetting.scoring.live import fetch_headlines
from vetting.scoring.score import score
from vetting.scoring.speech import FINDING
from vetting.store import Cursor, Moment, Store, act
from vetting.store.act import NothingNew
from vetting.store.holds import fetch_confirmations, fetch_held, fetch_open_gates, fetch_turns, insert_seen, insert_turn
from vetting.store.merges import entries_of
from vetting.store.proposals import fetch_clearances
from vetting.store.settings import fetch_settings


class Turning(NamedTuple):
    """What is to be written of one agency. `ended` are under the entry they were seen for; `turns` too."""

    opened: tuple[str, ...]
    ended: tuple[OpenGate, ...]
    turns: tuple[HoldTurn, ...]
    was_open: tuple[str, ...]
    is_open: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not (self.opened or self.ended or self.turns)


def watch(store: Store, *, now: datetime, today: date, agencies: Collection[str] | None = None) -> list[Look]:
    """Look at these agencies, or at every one with a gate open on reports by its kept headline or when last seen; write
    down what is new about each, in an act of its own, and return it."""
    db = store.cursor()
    agencies = sorted(set(_to_look_at(db) if agencies is None else agencies))
    scores = score(db, as_of=today, agencies=agencies) if agencies else []
    news = [each.agency_id for each in scores if not turning(db, each, now).nothing]
    return [look for agency_id in news if (look := _looked(store, agency_id, now, today)) is not None]


def open_on_reports(evidence: Score) -> tuple[str, ...]:
    """The gates that reports hold open; one opened by a finding closes with the finding."""
    return tuple(gate for gate in evidence.gates if not gate.startswith(FINDING))


def turning(db: Cursor, evidence: Score, at: datetime, confirming: str | None = None) -> Turning:
    """What is new at `at` about one agency. `confirming`: a gate that is being confirmed at this moment."""
    agency_id, rule = evidence.agency_id, load_standard().disclosure
    entries, is_open = entries_of(db, agency_id) or [], open_on_reports(evidence)
    seen, since = fetch_open_gates(db, entries, at), _since(db, agency_id, at)
    opened = tuple(gate for gate in is_open if gate not in since)
    hour = next_weekly_hour(fetch_settings(db), at)
    confirmed = {each.indicator for each in standing_confirmations(db, evidence, at)}
    enough = who_could_say(db, evidence, is_open)
    ripe = [
        gate
        for gate in enough
        if gate in confirmed | {confirming} or since.get(gate, at) + timedelta(days=rule.hold_days) <= hour
    ]
    held = fetch_held(db, at) & set(entries)
    coming = fetch_held(db, hour, known_at=at) & set(entries)
    wanted = bool(ripe) or bool(held and enough)
    turned = [] if wanted == bool(coming) else ([agency_id] if wanted else sorted(coming))
    return Turning(
        opened=opened,
        ended=tuple(gate for gate in seen if gate.indicator not in is_open),
        turns=tuple(HoldTurn(agency_id=one, recorded_at=at, effective_at=hour, on_hold=wanted) for one in turned),
        was_open=tuple(sorted(since)),
        is_open=is_open,
    )


def who_could_say(db: Cursor, evidence: Score, gates: Sequence[str]) -> list[str]:
    """Those of some gates that so many could have opened that a hold points at nobody: at least k workers answered, and
    leaving out any one partner, who knows its own, none or at least k."""
    k, agency_id = load_standard().disclosure.k, evidence.agency_id
    if not gates:
        return []
    done = evaluate_agencies(
        db, load_standard(), as_of=evidence.as_of, known_at=evidence.known_at, agencies=[agency_id]
    )
    found = []
    for gate in gates:
        counting = done.groups.counting if done.joined(gate)[0] else done.groups.independent
        answered = done.groups.tally.n[counting, PLACE[gate]]
        others = answered.sum() - answered
        if answered.sum() >= k and ((others == 0) | (others >= k)).all():
            found.append(gate)
    return found


def standing_confirmations(db: Cursor, evidence: Score, at: datetime) -> tuple[Confirmation, ...]:
    """What was confirmed by `at` of gates that have been open ever since, newest first."""
    since = _since(db, evidence.agency_id, at)
    return tuple(
        each
        for each in fetch_confirmations(db, entries_of(db, evidence.agency_id) or [], at)
        if each.indicator in open_on_reports(evidence) and each.recorded_at >= since.get(each.indicator, at)
    )


def write(moment: Moment, agency_id: str, found: Turning) -> Look:
    """Append it, inside an act."""
    for gate in found.opened:
        insert_seen(moment.db, agency_id, gate, moment.recorded_at, is_open=True)
    for each in found.ended:
        insert_seen(moment.db, each.agency_id, each.indicator, moment.recorded_at, is_open=False)
    for turn in found.turns:
        insert_turn(moment.db, turn)
    last = found.turns[-1] if found.turns else None
    return Look(
        agency_id=agency_id,
        opened=found.opened,
        ended=tuple(sorted({each.indicator for each in found.ended})),
        on_hold=last and last.on_hold,
        effective_at=last and last.effective_at,
    )


def as_trail(look: Look) -> dict[str, object]:
    """What changes, as the trail keeps it; nothing where nothing does."""
    if look.effective_at is None:
        return {}
    return {"on_hold": look.on_hold, "effective_at": look.effective_at.isoformat()}


def coming_turn(db: Cursor, entries: list[str], at: datetime) -> HoldTurn | None:
    """What changes at a weekly hour after `at`, as far as it is written by then."""
    ahead = [turn for turn in fetch_turns(db, entries, at) if turn.effective_at > at]
    if not ahead or ahead[-1].on_hold == bool(fetch_held(db, at) & set(entries)):
        return None
    return ahead[-1]


def _looked(store: Store, agency_id: str, now: datetime, today: date) -> Look | None:
    def deed(moment: Moment) -> tuple[Entry, Look | None]:
        found = turning(moment.db, live_score(moment.db, agency_id, today), moment.recorded_at)
        if found.nothing:
            raise NothingNew(None)
        look = write(moment, agency_id, found)
        after = {"gates": list(found.is_open)} | as_trail(look)
        return Entry(
            action=Action.GATE_SEE, subject=agency_id, before={"gates": list(found.was_open)}, after=after
        ), look

    return act(store, deed, actor=ACTOR, via=Via.CLOCK, now=now)


def _to_look_at(db: Cursor) -> Iterator[str]:
    """Agencies that could have news: whatever is held now was seen open before."""
    yield from {each.agency_id for each in fetch_open_gates(db)}
    for headline in fetch_headlines(db):
        if any(not gate.startswith(FINDING) for gate in headline.gates):
            yield headline.agency_id


def _since(db: Cursor, agency_id: str, at: datetime) -> dict[str, datetime]:
    """Since when each gate last seen open has been so. A clearance begins it anew: it answered what was there."""
    since: dict[str, datetime] = {}
    for each in fetch_open_gates(db, entries_of(db, agency_id) or [], at):
        since[each.indicator] = min(each.since, since.get(each.indicator, each.since))
    for cleared in fetch_clearances(db, agency_id, at):
        if cleared.indicator in since:
            since[cleared.indicator] = max(since[cleared.indicator], cleared.recorded_at)
    return since
