"""How do the ready rows of a file become a batch? Whole or not at all, and the same file twice adds nothing.

Two steps, because a transaction may write to one catalog only: the rows go into `evidence` under the new batch's id,
where nobody counts them; then one act writes the batch, and from that moment they count. A crash between the two
leaves rows that no batch owns (vetting.intake.sweep).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from schemas.batch import Batch, Receipt, TouchedAgency
from schemas.codes import Action, Role, Severity, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.intake.aliases import confirmed_spellings
from vetting.intake.checked import Checked
from vetting.intake.progress import Progress, silent
from vetting.refusals import ChangedMeanwhile, NotPermitted, Refusal
from vetting.scoring.indicators import METHOD_VERSION
from vetting.scoring.live import is_paused, rescore
from vetting.scoring.score import own_workers
from vetting.store.act import Moment, act
from vetting.store.agencies import fetch_agencies
from vetting.store.aliases import save_aliases
from vetting.store.answers import save_answers
from vetting.store.batches import fetch_touched, partner_state, save_batch
from vetting.store.connect import Cursor, Store
from vetting.store.exchange_rates import fetch_rates, newest_rate_added
from vetting.store.fee_caps import fetch_caps, newest_cap_added
from vetting.store.forgotten import comes_back
from vetting.store.partners import fetch_partner
from vetting.store.reports import (
    count_rows,
    drop_rows,
    known_quarantine,
    known_reports,
    store_quarantine,
    store_reports,
)
from vetting.store.terms import require_accepted, save_batch_terms

ATTEMPTS = 5  # assumed: a partner rarely sends two files in the same second, never five


@dataclass
class _Sorted:
    """What became of the ready rows: stored anew, correcting an earlier version, or stored already."""

    batch_id: str = field(default_factory=new_id)
    reports: int = 0
    waiting: int = 0
    superseded: int = 0
    duplicates: int = 0
    agencies: Counter[str] = field(default_factory=Counter)


State = tuple[datetime | None, ...]


class _Overtaken(Exception):
    """Between the two steps another batch of the partner came or went, or a rate or a legal cap was added."""


def commit(
    store: Store,
    checked: Checked,
    *,
    partner: str,
    viewer: Viewer,
    via: Via,
    now: datetime,
    file_name: str | None = None,
    file_hash: str | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Store what is ready and what waits for a person, as one batch, and say what became of everything.

    A row whose current version is the same is a duplicate and is skipped; with nothing new there is no batch and no
    act. Partners send for themselves, administrators for any. Raises NotPermitted, NotFound for an unknown partner,
    Refusal for a file that is refused as a whole and for a partner's member before the terms are accepted.
    """
    require(viewer, Role.PARTNER, Role.ADMIN)
    if viewer.role is Role.PARTNER and viewer.organisation != partner:
        raise NotPermitted("You can send fee reports for your own organisation only.")
    if checked.file_refused:
        raise Refusal("The file is refused as a whole, so nothing of it can be stored. Mend it and send it again.")
    fetch_partner(store.cursor(), partner)
    require_accepted(store.cursor(), viewer, partner)
    say = progress or silent
    for _ in range(ATTEMPTS):
        state = _state(store.cursor(), partner)
        rows = _store_rows(store, checked, partner, say)
        if rows.reports + rows.waiting == 0:
            return Receipt(batch_id=None, result=checked.result, superseded=0, duplicates=rows.duplicates)
        batch = _batch(checked, rows, partner, viewer.actor, file_name, file_hash, now)
        try:
            say(checked.rows, checked.rows, "Writing the receipt.")
            _act(store, batch, rows, checked, state, via, now)
        except _Overtaken:
            drop_rows(store.cursor(), rows.batch_id)
            continue
        except BaseException:
            drop_rows(store.cursor(), rows.batch_id)
            raise
        return _receipt(store, checked, batch, rows, say)
    raise ChangedMeanwhile(
        "Other files, rates or legal caps were being stored at the same moment. Send this one again."
    )


def _state(db: Cursor, partner: str) -> State:
    """What the first step rests on: the partner's batches, the exchange rates and the legal caps."""
    return *partner_state(db, partner), newest_rate_added(db), newest_cap_added(db)


def _store_rows(store: Store, checked: Checked, partner: str, say: Progress) -> _Sorted:
    """The first step: everything new goes into `evidence`, in one transaction."""
    db, rows, done = store.cursor(), _Sorted(), 0
    rates, caps = fetch_rates(db), fetch_caps(db)
    db.execute("BEGIN")
    try:
        for ready in checked.ready_chunks(rates, caps):
            _store_ready(db, ready, partner, rows)
            done += ready.height
            say(done, checked.rows, "Storing the reports.")
        for waiting in checked.quarantined_chunks():
            known = known_quarantine(db, partner, waiting)
            fresh = waiting.join(known, on=["report_id", "raw"], how="anti", nulls_equal=True)
            rows.waiting += fresh.height
            store_quarantine(db, rows.batch_id, partner, fresh)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return rows


def _store_ready(db: Cursor, ready: pl.DataFrame, partner: str, rows: _Sorted) -> None:
    known = known_reports(db, partner, ready)
    fresh = ready.join(known, on=["report_id", "content_hash", "agency_id"], how="anti")
    rows.duplicates += ready.height - fresh.height
    rows.superseded += fresh.join(known, on="report_id", how="semi").height
    rows.reports += fresh.height
    rows.agencies.update(dict(fresh.group_by("agency_id").len().iter_rows()))
    store_reports(db, rows.batch_id, partner, fresh)


def _batch(
    checked: Checked,
    rows: _Sorted,
    partner: str,
    actor: str,
    file_name: str | None,
    file_hash: str | None,
    now: datetime,
) -> Batch:
    result = checked.result
    return Batch(
        batch_id=rows.batch_id,
        recorded_at=now,
        partner=partner,
        actor=actor,
        file_name=file_name or checked.file_name,
        file_hash=file_hash or checked.file_hash,
        method=METHOD_VERSION,
        row_count=result.rows,
        accepted=result.accepted,
        quarantined=result.quarantined,
        refused=result.refused,
        warnings=sum(problem.severity is Severity.WARNING for problem in result.problems),
        superseded=rows.superseded,
        duplicates=rows.duplicates,
    )


def _act(
    store: Store,
    batch: Batch,
    rows: _Sorted,
    checked: Checked,
    state: State,
    via: Via,
    now: datetime,
) -> None:
    """The second step: from its moment on the batch counts."""

    def deed(moment: Moment) -> tuple[Entry, None]:
        if _state(moment.db, batch.partner) != state:
            raise _Overtaken
        if count_rows(moment.db, batch.batch_id) != rows.reports + rows.waiting:
            raise _Overtaken  # somebody swept what looked orphaned
        if comes_back(moment.db, batch.partner, batch.batch_id):
            raise Refusal(
                "The consent to one of these reports was withdrawn after the file was checked. Check it again: the row "
                "is named there."
            )
        recorded = batch.model_copy(update={"recorded_at": moment.recorded_at})
        save_batch(moment, recorded, rows.agencies, checked.result.problems)
        if checked.reading is not None:
            save_answers(moment, batch.batch_id, batch.partner, checked.reading.columns, checked.answers)
            save_aliases(moment, recorded, confirmed_spellings(moment.db, checked))
        kept = recorded.model_dump(mode="json", exclude={"recorded_at", "withdrawn_at", "withdrawal_reason"})
        terms = save_batch_terms(moment, batch.batch_id, batch.partner)
        kept["terms"] = terms.model_dump(mode="json", exclude={"batch_id", "recorded_at"})
        return Entry(action=Action.BATCH_COMMIT, subject=batch.batch_id, after=kept), None

    act(store, deed, actor=batch.actor, via=via, now=now)


def _receipt(store: Store, checked: Checked, batch: Batch, rows: _Sorted, say: Progress) -> Receipt:
    touched = sorted(rows.agencies)
    db = store.cursor()
    if touched:
        say(checked.rows, checked.rows, "Scoring the agencies again.")
        rescore(store, fetch_touched(db, batch.batch_id), checked.today)
    counts: dict[str, int] = {}
    if touched and not is_paused():
        counts = own_workers(db, partner=batch.partner, agencies=touched, as_of=checked.today)
    agencies = [
        TouchedAgency(
            agency_id=agency.agency_id,
            name=agency.name,
            licence=agency.licence,
            reports=rows.agencies[agency.agency_id],
            own_workers=counts.get(agency.agency_id, 0),
        )
        for agency in fetch_agencies(db)
        if agency.agency_id in rows.agencies
    ]
    return Receipt(
        batch_id=batch.batch_id,
        result=checked.result,
        superseded=rows.superseded,
        duplicates=rows.duplicates,
        agencies=tuple(agencies),
    )
