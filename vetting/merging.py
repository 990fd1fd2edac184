"""Two entries of the registers turn out to be one agency: say so, or take it back. Nothing is copied or rewritten.

The entry that goes keeps its rows under its own id, for ever; every reader asks vetting.store.merges whose they are. So
a split gives back exactly what was there before.
"""

from datetime import date, datetime

from schemas.agency import Agency, Merged
from schemas.codes import Action, Role, Via
from schemas.lookup import countries
from schemas.merge import MergePreview
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.moves import ENDED, HOLDING, named
from vetting.disclosure.roles import require
from vetting.refusals import Refusal
from vetting.scoring.live import rescore
from vetting.store import Cursor, Moment, Store, act
from vetting.store.agencies import fetch_agency
from vetting.store.batches import count_batches_naming
from vetting.store.cases import fetch_cases
from vetting.store.certificates import fetch_certificates
from vetting.store.merges import entries_of, fetch_recorded_as, fetch_standing, insert_merge
from vetting.store.proposals import fetch_open_proposals


def list_merges(db: Cursor, viewer: Viewer) -> list[Merged]:
    """Every entry that is part of another now, by name, with who said so and why."""
    require(viewer, Role.ADMIN)
    return fetch_standing(db)


def preview_merge(db: Cursor, viewer: Viewer, agency_id: str, into_id: str) -> MergePreview:
    """What would go where, and everything that stands against it. NotFound when there is no such agency.

    Without figures: administrators do not see what workers report.
    """
    require(viewer, Role.ADMIN)
    return _preview(db, agency_id, into_id)


def merge(
    store: Store, viewer: Viewer, agency_id: str, into_id: str, reason: str, *, via: Via, now: datetime, today: date
) -> Agency:
    """From this moment on `agency_id` is part of the agency that `into_id` is part of, which comes back. One act.

    Refused: itself, a circle, one merged already, two countries; and, with every obstacle at once, what would be lost
    (an open case, a standing certificate, a proposal that waits).
    """
    require(viewer, Role.ADMIN)
    reason = _require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Agency]:
        found = _preview(moment.db, agency_id, into_id)
        if found.obstacles:
            raise Refusal(" ".join(found.obstacles))
        insert_merge(moment, agency_id, found.remains.agency_id, actor=viewer.actor, reason=reason)
        entry = Entry(
            action=Action.AGENCY_MERGE,
            subject=agency_id,
            before=_said(found.gone),
            after={"into": _said(found.remains)},
            reason=reason,
        )
        return entry, found.remains

    remains = act(store, deed, actor=viewer.actor, via=via, now=now)
    rescore(store, [remains.agency_id], today)
    return fetch_agency(store.cursor(), remains.agency_id)


def split(store: Store, viewer: Viewer, agency_id: str, reason: str, *, via: Via, now: datetime, today: date) -> Agency:
    """Undo the merge of `agency_id`: it is an agency of its own again, which comes back. One act.

    What was recorded meanwhile about the agency that remains stays with it. Refused for one that is not merged.
    """
    require(viewer, Role.ADMIN)
    reason = _require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, str]:
        merged = fetch_recorded_as(moment.db, agency_id)
        if merged is None:
            agency = fetch_agency(moment.db, agency_id)
            raise Refusal(f"{agency.name} is an agency of its own: there is nothing to split.")
        remains = fetch_agency(moment.db, agency_id)
        insert_merge(moment, agency_id, None, actor=viewer.actor, reason=reason)
        entry = Entry(
            action=Action.AGENCY_SPLIT,
            subject=agency_id,
            before={"into": _said(remains)},
            after=_said(fetch_agency(moment.db, agency_id)),
            reason=reason,
        )
        return entry, remains.agency_id

    remaining = act(store, deed, actor=viewer.actor, via=via, now=now)
    rescore(store, [agency_id, remaining], today)
    return fetch_agency(store.cursor(), agency_id)


def _preview(db: Cursor, agency_id: str, into_id: str) -> MergePreview:
    gone, remains, merged = fetch_agency(db, agency_id), fetch_agency(db, into_id), fetch_recorded_as(db, agency_id)
    if merged is not None:
        already = f"{merged.name} is part of {gone.name} already, since {merged.recorded_at:%Y-%m-%d}: split it first."
        return _found(db, gone, remains, (already,))
    if gone.agency_id == remains.agency_id:
        same = f"{gone.name} cannot go into itself."
        if into_id != agency_id:
            same = f"{into_id} is part of {gone.name} already: these are one agency."
        return _found(db, gone, remains, (same,))
    if gone.country != remains.country:  # whatever else stands against it, these are never one
        return _found(db, gone, remains, (_across(gone, remains),))
    return _found(db, gone, remains, tuple(_would_be_lost(db, gone, remains)))


def _across(gone: Agency, remains: Agency) -> str:
    there, here = (countries()[agency.country].name for agency in (gone, remains))
    return (
        f"{gone.name} is licensed in {there} and {remains.name} in {here}: an agency is one licence "
        "in one country, so these are two, whoever owns them."
    )


def _would_be_lost(db: Cursor, gone: Agency, remains: Agency) -> list[str]:
    """A case is about one legal entity and two people stand behind it: merging never hands it to another by itself."""
    found = []
    for case in fetch_cases(db, gone.agency_id):
        if case.state in HOLDING:
            held = " and ".join(each.number for each in fetch_certificates(db, case_id=case.case_id))
            found.append(
                f"{gone.name} holds certificate {held}, which is {named(case.state)}: merge {remains.name} into it "
                "instead, or let reviewers withdraw the certificate first."
            )
        elif case.state not in ENDED:
            found.append(
                f"{gone.name} has an open case, {named(case.state)}: merge {remains.name} into it instead, or let "
                "reviewers end the case first."
            )
    for agency in (gone, remains):  # whoever proposed to clear a gate had not seen the other's reports
        if any(proposal.case_id is None for proposal in fetch_open_proposals(db, agency.agency_id)):
            what = f"A proposal about {agency.name} waits for a second reviewer"
            found.append(f"{what}: let it be confirmed or dropped first.")
    return found


def _found(db: Cursor, gone: Agency, remains: Agency, obstacles: tuple[str, ...]) -> MergePreview:
    return MergePreview(
        gone=gone,
        remains=remains,
        files=count_batches_naming(db, entries_of(db, gone.agency_id) or []),
        files_of_remaining=count_batches_naming(db, entries_of(db, remains.agency_id) or []),
        certificates=tuple(each.number for each in fetch_certificates(db, agency_id=gone.agency_id)),
        obstacles=obstacles,
    )


def _require_reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal("Give a reason: say how it is known, so that a stranger can follow it from the trail.")
    return reason.strip()


def _said(agency: Agency) -> dict[str, object]:
    return agency.model_dump(mode="json", include={"agency_id", "licence", "name", "country"})
