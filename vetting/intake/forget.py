"""How is the consent of one worker withdrawn? The report goes in all its versions, counts no more, and stays away."""

from datetime import date, datetime

from schemas.codes import Action, Role, Via
from schemas.purge import Purge, PurgeCounts, PurgeKind
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.retention import carry_out, finish
from vetting.store.connect import Cursor, Store
from vetting.store.forgotten import fetch_forgotten
from vetting.store.partners import fetch_partner
from vetting.store.passes import KEY
from vetting.store.rows import fetch_rows

WITHDRAWN = "SELECT partner, report FROM desk.purge WHERE kind = 'consent'"


def forget(
    store: Store,
    partner: str,
    report_id: str,
    *,
    viewer: Viewer,
    via: Via,
    now: datetime,
    today: date,
    reason: str,
) -> PurgeCounts:
    """Delete one report for good, in one act, and score the agencies it named again. What was published stays.

    Partners forget their own, administrators any. Raises NotPermitted, NotFound for a report that is not there, Refusal
    without a reason or where the reason names the report: the trail keeps the reason for ever.
    """
    require(viewer, Role.PARTNER, Role.ADMIN)
    if viewer.role is Role.PARTNER and viewer.organisation != partner:
        raise NotPermitted("You can withdraw the consent to reports of your own organisation only.")
    reason, report_id = reason.strip(), report_id.strip()
    if not report_id:
        raise Refusal("Give the report_id, as it stands in your file.")
    if not reason:
        raise Refusal("This needs a reason, such as “The worker asked for it”. Do not name the worker.")
    if report_id in reason.split():
        raise Refusal("The reason names the report. It is kept for ever, so leave the report's number out of it.")
    fetch_partner(store.cursor(), partner)
    finish(store, now, today)

    def prepared(db: Cursor, recorded_at: datetime) -> Purge:
        told = fetch_forgotten(db, partner)
        reference = told.reference(report_id)
        if reference in told.references:
            raise Refusal("The consent to this report was withdrawn already. Nothing of it is left.")
        return Purge(
            purge_id=new_id(), recorded_at=recorded_at, kind=PurgeKind.CONSENT, partner=partner, report=reference
        )

    def entry(_: Purge, counts: PurgeCounts, agencies: int) -> Entry:
        if counts.reports + counts.waiting_rows == 0:
            raise NotFound("There is no report with this report_id. Copy it from your file as it stands there.")
        kept = counts.model_dump(include={"reports", "waiting_rows"}) | {"agencies": agencies}
        return Entry(action=Action.REPORT_FORGET, subject=partner, after=kept, reason=reason)

    return carry_out(store, prepared, entry, actor=viewer.actor, via=via, now=now, today=today)


def forget_again(store: Store, before: Cursor, *, actor: str, via: Via, now: datetime, today: date) -> int:
    """After a restore: withdraw every consent that had been withdrawn in `before`, the store that was replaced, and is
    not in the backup; return how many. Each is an act of its own. Of another store, with another key, there are none.
    """
    if fetch_rows(before, KEY, {}) != fetch_rows(store.cursor(), KEY, {}):
        return 0
    told, known = (
        {(row["partner"], row["report"]) for row in fetch_rows(db, WITHDRAWN, {})} for db in (before, store.cursor())
    )
    for partner, report in sorted(told - known):

        def prepared(_: Cursor, recorded_at: datetime, of: str = partner, reference: str = report) -> Purge:
            return Purge(
                purge_id=new_id(), recorded_at=recorded_at, kind=PurgeKind.CONSENT, partner=of, report=reference
            )

        def entry(purge: Purge, counts: PurgeCounts, agencies: int) -> Entry:
            kept = counts.model_dump(include={"reports", "waiting_rows"}) | {"agencies": agencies}
            return Entry(
                action=Action.REPORT_FORGET,
                subject=purge.partner or "",
                after=kept,
                reason="The consent had been withdrawn before this backup was put back.",
            )

        carry_out(store, prepared, entry, actor=actor, via=via, now=now, today=today)
    return len(told - known)
