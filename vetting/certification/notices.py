"""A reviewer confirms an open gate, the agency is told its subject, and its reply is kept and shown (design §7).

The notice names the subject alone: counts, dates, corridors and partners could lead an agency to who spoke.
"""

from datetime import date, datetime, timedelta

from schemas.agency import Agency
from schemas.codes import Action, Role, Via
from schemas.fee_report import Kind
from schemas.hold import Confirmation, HoldPage, Reply
from schemas.problem_codes import PROBLEMS
from schemas.score import Score
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.holds import (
    as_trail,
    coming_turn,
    open_on_reports,
    standing_confirmations,
    turning,
    who_could_say,
    write,
)
from vetting.certification.obstacles import live_score, refuse_if_any
from vetting.certification.reviewers import (
    act_as_reviewer,
    folded,
    obstacles_of_person,
    require_reason,
    require_text,
)
from vetting.disclosure.roles import require
from vetting.intake.personal import codes
from vetting.refusals import Refusal
from vetting.scoring.speech import THEY
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.holds import (
    fetch_confirmations,
    fetch_held,
    fetch_replies,
    insert_confirmation,
    insert_reply,
)
from vetting.store.merges import entries_of
from vetting.store.settings import fetch_settings

CANNOT = "This gate cannot be confirmed"


def confirm_gate(
    store: Store,
    viewer: Viewer,
    agency_id: str,
    indicator: str,
    reason: str,
    *,
    via: Via,
    now: datetime,
    today: date,
) -> Confirmation:
    """Confirm that an open gate stands, so that the agency goes on hold at the next weekly hour; the notice comes back.

    One reviewer suffices, without a tie. Raises Refusal when reports do not hold the gate open, when it is confirmed
    already, or with every obstacle at once; NotFound for an agency that no register names.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Confirmation]:
        db, agency = moment.db, fetch_agency(moment.db, agency_id)
        evidence = live_score(db, agency.agency_id, today)
        _require_open(evidence, indicator)
        people = obstacles_of_person(db, agency.agency_id, viewer.actor)
        refuse_if_any(CANNOT, obstacles_to_confirm(db, evidence, indicator) + people)
        reply_by = today + timedelta(days=load_standard().disclosure.hold_days)
        confirmation = Confirmation(
            agency_id=agency.agency_id,
            indicator=indicator,
            recorded_at=moment.recorded_at,
            actor=folded(viewer.actor),
            reason=reason,
            notice=notice(agency, indicator, reply_by, fetch_settings(db).operating_body),
            reply_by=reply_by,
        )
        look = write(moment, agency.agency_id, turning(db, evidence, moment.recorded_at, confirming=indicator))
        insert_confirmation(db, confirmation)
        after = {"indicator": indicator, "reply_by": reply_by.isoformat()} | as_trail(look)
        return Entry(action=Action.GATE_CONFIRM, subject=agency.agency_id, after=after, reason=reason), confirmation

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def record_reply(
    store: Store, viewer: Viewer, agency_id: str, indicator: str, reply: str, *, via: Via, now: datetime
) -> Reply:
    """Keep what the agency replied to a notice. While it is on hold, buyers and partners read it as it stands, so one
    that names or locates a person is refused."""
    reply = require_text(reply, "Write what the agency replied, in its own words.")
    if said := [PROBLEMS[code].title.lower() for code in codes(Kind.TEXT, reply)]:
        raise Refusal(
            f"This reply cannot be shown: it seems to hold {' and '.join(said)}. Take it out, with the agency's "
            "agreement: everybody who reads releases will read the reply."
        )

    def deed(moment: Moment) -> tuple[Entry, Reply]:
        about = fetch_agency(moment.db, agency_id).agency_id
        told = {each.indicator for each in fetch_confirmations(moment.db, entries_of(moment.db, about) or [])}
        if indicator not in told:
            raise Refusal(f"The agency was sent no notice about {indicator!r}, so there is none to reply to.")
        kept = Reply(
            agency_id=about,
            indicator=indicator,
            recorded_at=moment.recorded_at,
            actor=folded(viewer.actor),
            reply=reply,
        )
        insert_reply(moment.db, kept)
        after = {"indicator": indicator, "reply": reply}
        return Entry(action=Action.AGENCY_REPLY, subject=about, after=after), kept

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def notice(agency: Agency, indicator: str, reply_by: date, body: str) -> str:
    """What the agency is told: the subject, and its last day to reply."""
    licence = f", licence {agency.licence}" if agency.licence else ""
    return (
        f"{body} to {agency.name}{licence}\n\n"
        f"Workers placed by you report that {THEY[indicator]}. This is what workers report; it is not a finding. You "
        f"may reply until {reply_by.day} {reply_by:%B %Y}. Your reply is shown, as you write it, to those who read how "
        "you stand: leave out whatever could identify a person.\n\n"
        "We do not say who reported, nor how many. Do not look for them: retaliation against workers is a knock-out "
        "criterion of its own."
    )


def obstacles_to_confirm(db: Cursor, evidence: Score, indicator: str) -> list[str]:
    """What in the evidence keeps an open gate from being confirmed, whoever asks."""
    found, k = [], load_standard().disclosure.k
    standing = standing_confirmations(db, evidence, evidence.known_at)
    if not who_could_say(db, evidence, [indicator]):
        found.append(
            f"Fewer than {k} workers could say, or fewer than {k} beside those of one partner: a hold would point at "
            f"them. It can be confirmed once {k} have been heard on this; what protects workers until then is yours to "
            "do without a hold."
        )
    for said in (each for each in standing if each.indicator == indicator):
        found.append(f"{said.actor} has confirmed it already, on {said.recorded_at:%Y-%m-%d}.")
    return found


def hold_page(db: Cursor, viewer: Viewer, evidence: Score, at: datetime) -> HoldPage:
    """For reviewers: how the agency's hold stands at `at`, by what was known then."""
    require(viewer, Role.REVIEWER)
    entries = entries_of(db, evidence.agency_id, at) or []
    return HoldPage(
        held=bool(fetch_held(db, at) & set(entries)),
        coming=coming_turn(db, entries, at),
        confirmed=standing_confirmations(db, evidence, evidence.known_at),
        replies=tuple(fetch_replies(db, entries, at)),
    )


def _require_open(evidence: Score, indicator: str) -> None:
    gates = open_on_reports(evidence)
    if indicator not in gates:
        which = f"Open on reports: {', '.join(gates)}." if gates else "No gate is open on reports."
        raise Refusal(
            f"{indicator!r} is no gate to confirm here. {which} A critical finding puts an agency on hold at once, by "
            "itself."
        )
