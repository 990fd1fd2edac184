"""The headline of every agency, kept so that lists need not score. A cache: rebuilt at any time, without a trail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

import duckdb
import numpy as np
import polars as pl

from schemas.codes import Band, BandReason
from schemas.score import Headline, Months, QueueItem, Range
from schemas.standard import load_standard
from vetting.scoring.beside import months_by_agency
from vetting.scoring.evaluate import Evaluated, evaluate_agencies
from vetting.scoring.headline import BANDS, REASONS
from vetting.scoring.indicators import BY_CODE, GATES
from vetting.scoring.records import adverse_answers, open_gate_codes, rests_on_partners
from vetting.scoring.score import newest_moment
from vetting.scoring.tally import Ints
from vetting.store import Cursor, Store
from vetting.store.act import ATTEMPTS
from vetting.store.merges import fetch_merged

COLUMNS = (
    "agency_id, as_of, known_at, band, band_reason, low, mid, high, coverage, worker_coverage, workers, partners, "
    "gates, queue, rests_on, months_n, months_median, months_p80, months_mean, newest_interview"
)
# What was scored later by others, knowing more, stays.
KEEP = f"""
INSERT INTO desk.score ({COLUMNS})
SELECT {COLUMNS} FROM headlines
ON CONFLICT (agency_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ")[1:])}
WHERE excluded.known_at >= score.known_at
"""
# A merged entry's own headline must not linger in lists.
DROP = "DELETE FROM desk.score WHERE agency_id IN (SELECT unnest($agencies))"
KEPT = f"SELECT {COLUMNS} FROM desk.score ORDER BY agency_id"
KEPT_OF = f"SELECT {COLUMNS} FROM desk.score WHERE agency_id IN (SELECT unnest($agencies)) ORDER BY agency_id"
SEPARATOR = "|"


_paused: ContextVar[bool] = ContextVar("paused", default=False)


@contextmanager
def paused() -> Iterator[None]:
    """Inside, no headline is kept: for the replay of a history, which scores everybody once at its end."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def is_paused() -> bool:
    return _paused.get()


def rescore(store: Store, agencies: Sequence[str] | None, as_of: date) -> int:
    """Score the agencies named (None: all) as of `as_of` by what is known now, and keep their headlines.

    Its own transaction, after the act that made it necessary. Returns how many were scored.
    """
    if is_paused():
        return 0
    db = store.cursor()
    done = evaluate_agencies(
        db, load_standard(), as_of=as_of, known_at=newest_moment(db), agencies=agencies, while_purging=True
    )
    if not done.agencies:
        return 0
    headlines = _table(done, months_by_agency(done))
    db.register("headlines", headlines.to_arrow())
    _keep(store, db)
    if done.merged:
        with store.acts:
            db.execute(DROP, {"agencies": list(done.merged)})
    db.unregister("headlines")
    return len(headlines)


def _keep(store: Store, db: Cursor) -> None:
    """The act is done already, so a clash with another who keeps the same agency's headline must not reach anybody:
    tried again, the one that knows more stays."""
    for left in reversed(range(ATTEMPTS)):
        with store.acts:
            try:
                db.execute(KEEP)
                return
            except (duckdb.TransactionException, duckdb.ConstraintException):
                if not left:
                    raise


def fetch_headlines(db: Cursor, agencies: Sequence[str] | None = None) -> list[Headline]:
    """The kept headlines, ordered by agency_id; an agency that was never scored has none, nor has
    an entry that is part of another."""
    rows = db.execute(KEPT) if agencies is None else db.execute(KEPT_OF, {"agencies": list(agencies)})
    names, kept = COLUMNS.split(", "), rows.fetchall()
    merged = fetch_merged(db)
    return [_headline(dict(zip(names, row, strict=True))) for row in kept if row[0] not in merged]


def _table(done: Evaluated, months: dict[str, Months]) -> pl.DataFrame:
    result, size = done.result, len(done.agencies)
    counted, points = result.judged.all_counted, result.combined.headline
    own = done.groups.counting
    newest = np.full(size, np.datetime64("NaT", "D"))
    np.fmax.at(newest, done.groups.agency[own], done.groups.newest[own])
    figures = [months.get(agency, Months()) for agency in done.ids]
    gated = np.asarray(result.gates.any(axis=1) | done.documents.critical.any(axis=1))
    adverse = np.where(result.gates, 0, adverse_answers(done))
    queueing = np.asarray(adverse.any(axis=1))
    resting = set(done.groups.agency[done.rests].tolist())
    return pl.DataFrame(
        {
            "agency_id": done.ids,
            "as_of": pl.Series([done.as_of] * size, dtype=pl.Date),
            "known_at": pl.Series([done.known_at] * size, dtype=pl.Datetime("us")),
            "band": [BANDS[band].value for band in result.band],
            "band_reason": pl.Series([_value(REASONS[reason]) for reason in result.reason], dtype=pl.String),
            "low": pl.Series(points[:, 0]).fill_nan(None),
            "mid": pl.Series(points[:, 1]).fill_nan(None),
            "high": pl.Series(points[:, 2]).fill_nan(None),
            "coverage": result.combined.coverage,
            "worker_coverage": result.combined.worker_coverage,
            "workers": counted.workers,
            "partners": counted.partners,
            "gates": [SEPARATOR.join(open_gate_codes(row, done)) if gated[row] else "" for row in range(size)],
            "queue": [_joined(adverse[row]) if queueing[row] else "" for row in range(size)],
            "rests_on": [SEPARATOR.join(rests_on_partners(row, done)) if row in resting else "" for row in range(size)],
            "months_n": [each.n for each in figures],
            "months_median": pl.Series([each.median for each in figures], dtype=pl.Float64),
            "months_p80": pl.Series([each.p80 for each in figures], dtype=pl.Float64),
            "months_mean": pl.Series([each.mean for each in figures], dtype=pl.Float64),
            "newest_interview": pl.Series(newest),
        }
    )


def _joined(adverse: Ints) -> str:
    return SEPARATOR.join(f"{GATES[place].code}:{adverse[place]}" for place in np.flatnonzero(adverse))


def _queue(agency_id: str, text: str) -> Iterator[QueueItem]:
    for pair in filter(None, text.split(SEPARATOR)):
        code, _, workers = pair.partition(":")
        yield QueueItem(agency_id=agency_id, indicator=code, workers=int(workers), referral=BY_CODE[code].referral)


def _value(reason: BandReason | None) -> str | None:
    return None if reason is None else reason.value


def _headline(row: dict[str, Any]) -> Headline:
    low = row["low"]
    return Headline(
        agency_id=row["agency_id"],
        as_of=row["as_of"],
        known_at=row["known_at"],
        band=Band(row["band"]),
        band_reason=None if row["band_reason"] is None else BandReason(row["band_reason"]),
        points=None if low is None else Range(low=low, mid=row["mid"], high=row["high"]),
        coverage=row["coverage"],
        worker_coverage=row["worker_coverage"],
        workers=row["workers"],
        partners=row["partners"],
        gates=tuple(filter(None, row["gates"].split(SEPARATOR))),
        queue=tuple(_queue(row["agency_id"], row["queue"])),
        rests_on=tuple(filter(None, row["rests_on"].split(SEPARATOR))),
        months=Months(n=row["months_n"], median=row["months_median"], p80=row["months_p80"], mean=row["months_mean"]),
        newest_interview=row["newest_interview"],
    )
