"""What is the score of an agency as of a day, by what was known at a moment?

The road: measure (SQL counts) -> judge, gates, combine, headline (Python judges, all agencies at once) -> records.
"""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.making import Making
from schemas.score import Score
from schemas.standard import load_standard
from vetting.scoring.beside import beside
from vetting.scoring.counted import window
from vetting.scoring.evaluate import evaluate_agencies
from vetting.scoring.kept import sift
from vetting.scoring.making import making
from vetting.scoring.measure import measure
from vetting.scoring.records import records
from vetting.scoring.tally import groups
from vetting.store import Cursor
from vetting.store.merges import fetch_merged

BEFORE_ALL = datetime.fromisoformat("1970-01-01")
NEWEST = "SELECT max(recorded_at) FROM desk.trail"


def newest_moment(db: Cursor) -> datetime:
    """The newest recorded_at this transaction sees: the default knowledge time. 1970 in an empty store."""
    row = db.execute(NEWEST).fetchone()
    return BEFORE_ALL if row is None or row[0] is None else row[0]


def score(
    db: Cursor, *, as_of: date, known_at: datetime | None = None, agencies: Sequence[str] | None = None
) -> list[Score]:
    """Live scores of the agencies named (default: all on the register known at K), ordered by agency_id.

    Agencies without a single report are scored too: insufficient evidence. Unknown ids are left out; the id of an
    entry that is part of another agency as known at K means that one. Where rows behind an answer have been purged it
    is the one that was kept, and says so (`kept_on`); Purged where there is none.
    """
    known_at = newest_moment(db) if known_at is None else known_at
    sifted = sift(db, as_of, known_at, agencies)
    standard = load_standard()
    done = evaluate_agencies(db, standard, as_of=as_of, known_at=known_at, agencies=sifted.counted)
    counted = records(done, beside(db, done), standard)
    return sorted([*counted, *(made.score for made in sifted.kept)], key=lambda one: one.agency_id)


def score_making(db: Cursor, *, as_of: date, known_at: datetime | None = None, agency: str) -> Making | None:
    """How the score of this agency was made; the score itself is in it. None for an id the register does not know.
    After a purge as `score`."""
    known_at = newest_moment(db) if known_at is None else known_at
    sifted = sift(db, as_of, known_at, [agency])
    found = sifted.kept or makings(db, as_of=as_of, known_at=known_at, agencies=[agency])
    return found[0] if found else None


def makings(db: Cursor, *, as_of: date, known_at: datetime, agencies: Sequence[str]) -> tuple[Making, ...]:
    """How the scores of these agencies were made, counted from the rows; unknown ids are left out."""
    standard = load_standard()
    done = evaluate_agencies(db, standard, as_of=as_of, known_at=known_at, agencies=agencies)
    scores = records(done, beside(db, done), standard)
    return tuple(making(done, row, score) for row, score in enumerate(scores))


def own_workers(
    db: Cursor, *, partner: str, agencies: Sequence[str], as_of: date, known_at: datetime | None = None
) -> dict[str, int]:
    """How many workers of this partner count now, by agency (0 for agencies without one, and for partners of kind
    agency or employer, whose reports never count); an id that went into another agency counts with that one."""
    standard, known_at = load_standard(), newest_moment(db) if known_at is None else known_at
    merged = fetch_merged(db, known_at)
    ids = sorted({merged.get(agency, agency) for agency in agencies})
    measured = groups(measure(db, window(standard, as_of, known_at, ids), merged), ids)
    found = dict.fromkeys(ids, 0)
    for row, agency in enumerate(measured.agency):
        if measured.partner[row] == partner and measured.counting[row]:
            found[ids[int(agency)]] = int(measured.tally.workers[row])
    return {agency: found[merged.get(agency, agency)] for agency in agencies}
