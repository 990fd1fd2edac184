"""Which answers have lost rows to a purge, and what was kept of them? The one place that knows.

An answer is about an agency, as of a day D, by what was known at K. It counts interviews of the window before D that
were known at K. A purge that takes such rows away reaches it, and from then on it comes from what was kept before, or
it is refused: never counted from fewer rows than it had. Answers by what is known after a consent was withdrawn never
had that report, and are counted as always once it is gone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schemas.making import Making
from schemas.standard import load_standard
from vetting.refusals import Purged
from vetting.scoring.counted import window
from vetting.store.connect import Cursor
from vetting.store.merges import fetch_merged
from vetting.store.rows import fetch_rows

# Until the rows of a purge are gone, whatever might count them or not is not told.
REACHED = """
SELECT DISTINCT reach.agency_id
FROM desk.purge_reach AS reach
WHERE reach.interviews_to > $window_from
  AND reach.interviews_from <= $as_of
  AND reach.known_from <= $known_at
  AND (
      reach.known_until IS NULL
      OR $known_at < reach.known_until
      OR reach.purge_id NOT IN (SELECT ended.purge_id FROM desk.purge_end AS ended)
  )
ORDER BY reach.agency_id
"""
KNEW = "SELECT max(recorded_at) AS moment FROM desk.trail WHERE recorded_at <= $known_at"
REGISTERED = "SELECT DISTINCT agency_id FROM desk.agency WHERE recorded_at <= $known_at ORDER BY agency_id"
KEPT = """
SELECT agency_id, known_at, kept_at, making, known_at = max(known_at) OVER (PARTITION BY agency_id) AS newest
FROM desk.kept_answer
WHERE as_of = $as_of AND agency_id IN (SELECT unnest($agencies))
QUALIFY known_at = $known_at OR (newest AND known_at <= $known_at)
ORDER BY agency_id, known_at = $known_at
"""
DAYS_KEPT = """
SELECT as_of, max(known_at) AS known_at
FROM desk.kept_answer
WHERE agency_id IN (SELECT unnest($agencies))
GROUP BY as_of
ORDER BY as_of
"""


@dataclass(frozen=True)
class Sifted:
    """`counted`: whom to count from the rows (None: all, nobody is reached); `kept`: the answers of all others."""

    counted: list[str] | None
    kept: tuple[Making, ...]


def reached(db: Cursor, as_of: date, known_at: datetime) -> set[str]:
    """The agencies, as known at K, whose answer at (D, K) has lost rows to a purge or is losing them now."""
    asked = window(load_standard(), as_of, known_at)
    values = {name: asked[name] for name in ("as_of", "known_at", "window_from")}
    found = [row["agency_id"] for row in fetch_rows(db, REACHED, values)]
    merged = fetch_merged(db, known_at) if found else {}
    return {merged.get(agency, agency) for agency in found}


def refuse_purged(db: Cursor, as_of: date, known_at: datetime, agencies: Collection[str] | None = None) -> None:
    """Raise Purged where any of these agencies' (default: anybody's) answer at (D, K) has lost rows."""
    lost = reached(db, as_of, known_at)
    if lost and agencies is not None:
        merged = fetch_merged(db, known_at)
        lost &= {merged.get(agency, agency) for agency in agencies}
    if lost:
        raise Purged(_refusal(db, as_of, sorted(lost)))


def sift(db: Cursor, as_of: date, known_at: datetime, agencies: Sequence[str] | None) -> Sifted:
    """Part the agencies asked for (None: all known at K) into those to count and those whose answer was kept.

    A kept answer is of the same day and of what was known at K: no act lies between. Where K is later than all that was
    kept of the day, the newest is given, which says by what it was made. Raises Purged when there is none.
    """
    lost = reached(db, as_of, known_at)
    if lost and agencies is not None:
        merged = fetch_merged(db, known_at)
        lost &= {merged.get(agency, agency) for agency in agencies}
    if not lost:
        return Sifted(None if agencies is None else list(agencies), ())
    kept = _kept(db, as_of, known_at, sorted(lost))
    if missing := lost - kept.keys():
        raise Purged(_refusal(db, as_of, sorted(missing)))
    if agencies is None:
        merged = fetch_merged(db, known_at)
        everybody = [row["agency_id"] for row in fetch_rows(db, REGISTERED, {"known_at": known_at})]
        counted = [agency for agency in everybody if agency not in lost and agency not in merged]
    else:
        counted = [agency for agency in agencies if merged.get(agency, agency) not in lost]
    return Sifted(counted, tuple(kept[agency] for agency in sorted(kept)))


def what_was_known(db: Cursor, known_at: datetime) -> datetime | None:
    """The newest entry of the trail at that moment: between two entries nothing is learned. None before the first."""
    (row,) = fetch_rows(db, KNEW, {"known_at": known_at})
    moment: datetime | None = row["moment"]
    return moment


def _kept(db: Cursor, as_of: date, known_at: datetime, agencies: Sequence[str]) -> dict[str, Making]:
    knew = what_was_known(db, known_at)
    if knew is None:
        return {}
    found = {}
    for row in fetch_rows(db, KEPT, {"as_of": as_of, "known_at": knew, "agencies": list(agencies)}):
        made = Making.model_validate_json(row["making"])
        said = {"kept_on": row["kept_at"].date()} | ({"known_at": known_at} if row["known_at"] == knew else {})
        found[row["agency_id"]] = made.model_copy(update={"score": made.score.model_copy(update=said)})
    return found


def _refusal(db: Cursor, as_of: date, agencies: Sequence[str]) -> str:
    """What was lost, and which days can be asked instead."""
    days = [row["as_of"].isoformat() for row in fetch_rows(db, DAYS_KEPT, {"agencies": list(agencies)})]
    whose = "this agency" if len(agencies) == 1 else f"{len(agencies)} agencies"
    instead = f"Kept are answers as of {', '.join(days)}." if days else "No other answer was kept."
    return (
        f"Rows behind the answer on {whose} as of {as_of.isoformat()} have been purged, and this answer was not kept: "
        f"it would be counted from fewer reports than there were. {instead}"
    )
