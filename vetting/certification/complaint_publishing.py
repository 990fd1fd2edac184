"""May everybody read of a complaint, and what does the agency say? Its reply stands beside the complaint as it is."""

from datetime import date, datetime, timedelta

from schemas.codes import Action, Via
from schemas.complaint import SUBJECTS, ComplaintFile, ComplaintReply, ComplaintState, Showing, load_terms
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.complaint_moves import NAMED, acting, require_complaint, unnamed
from vetting.certification.reviewers import act_as_reviewer, folded, require_reason, require_text
from vetting.refusals import Refusal
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.complaints import insert_reply, insert_showing
from vetting.store.settings import fetch_settings

S = ComplaintState


def show(
    store: Store,
    viewer: Viewer,
    complaint_id: str,
    reason: str,
    *,
    shown: bool,
    summary: str = "",
    via: Via,
    now: datetime,
) -> ComplaintFile:
    """Let everybody read of a complaint, or no longer: when something in public turns out to point to somebody.

    `summary`: in a reviewer's own words, when more than the subject can be said without danger.
    """
    reason, summary = require_reason(reason), summary.strip()

    def deed(moment: Moment) -> tuple[Entry, ComplaintFile]:
        file = acting(moment.db, viewer, complaint_id, reason)
        if file.state in (S.REPORTED, S.NOT_ADMISSIBLE):
            raise Refusal(f"This complaint is {NAMED[file.state]}: take it under review before anybody reads of it.")
        if (file.shown, (file.showing and file.showing.summary) or "") == (shown, summary):
            raise Refusal("It stands so already.")
        unnamed(moment.db, file, summary, "This summary")
        set_showing(moment, viewer, complaint_id, shown, summary or None, reason)
        about = {"agency": file.complaint.agency_id}
        after = about | {"shown": shown, "summary": summary or None}
        entry = Entry(
            action=Action.COMPLAINT_SHOW, subject=complaint_id, before={"shown": file.shown}, after=after, reason=reason
        )
        return entry, require_complaint(moment.db, complaint_id)

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def record_reply(
    store: Store, viewer: Viewer, complaint_id: str, reply: str, *, via: Via, now: datetime
) -> ComplaintReply:
    """Keep what the agency replied. It is read beside the complaint as it stands, so one that names or locates a
    person is refused."""
    reply = require_text(reply, "Write what the agency replied, in its own words.")

    def deed(moment: Moment) -> tuple[Entry, ComplaintReply]:
        file = acting(moment.db, viewer, complaint_id, "")
        if file.state in (S.REPORTED, S.NOT_ADMISSIBLE):
            raise Refusal(f"This complaint is {NAMED[file.state]}: the agency has been told nothing it could reply to.")
        unnamed(moment.db, file, reply, "This reply")
        kept = ComplaintReply(
            complaint_id=complaint_id, recorded_at=moment.recorded_at, actor=folded(viewer.actor), reply=reply
        )
        insert_reply(moment.db, kept)
        after = {"agency": file.complaint.agency_id, "reply": reply}
        return Entry(action=Action.COMPLAINT_REPLY, subject=complaint_id, after=after), kept

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def notice(db: Cursor, file: ComplaintFile, today: date) -> str:
    """What the agency is told of a complaint under review: its subject alone, and its last day to reply."""
    agency, body = fetch_agency(db, file.complaint.agency_id), fetch_settings(db).operating_body
    licence = f", licence {agency.licence}" if agency.licence else ""
    by = today + timedelta(days=load_terms().reply.value)
    about = SUBJECTS[file.complaint.subject].wording
    return (
        f"{body} to {agency.name}{licence}\n\n"
        f"We have received a complaint about you. Its subject: {about[0].lower()}{about[1:]}. This is what somebody "
        f"reports; it is not a finding. You may reply until {by.day} {by:%B %Y}. Your reply is published beside the "
        "complaint, as you write it: leave out whatever could identify a person.\n\n"
        "We do not say who complained, nor when. Do not look for them: retaliation is a knock-out criterion of its own."
    )


def set_showing(
    moment: Moment, viewer: Viewer, complaint_id: str, shown: bool, summary: str | None, reason: str
) -> None:
    """Inside an act."""
    showing = Showing(
        complaint_id=complaint_id,
        recorded_at=moment.recorded_at,
        shown=shown,
        summary=summary,
        actor=folded(viewer.actor),
        reason=reason,
    )
    insert_showing(moment.db, showing)
