"""What did a partner's reports change? Each agency it reported on, in a release and in the one before; never live.

Nothing is read here but frozen figures and the partner's own reports. Whether a report of its own is in a release is
not looked up either: that would tell how many workers of others stand beside it. It follows, as far as it may be known,
from the corridors everybody is shown.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from schemas.agency import Agency
from schemas.clocks import months_before
from schemas.codes import Role
from schemas.own_change import AgencyChange, NextRelease, OwnChanges, ShownAgency
from schemas.release import ReleasedFigure, ReleaseSummary
from schemas.standard import Standard, load_standard
from schemas.viewer import Viewer
from vetting.disclosure.figure import too_few
from vetting.disclosure.holds import Holds, holds_over
from vetting.disclosure.own import own_batch
from vetting.disclosure.release import newest_due, quarter_end_before
from vetting.disclosure.roles import require
from vetting.refusals import Refusal
from vetting.scoring.tally import SELF_DECLARED
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.merges import fetch_merged
from vetting.store.partners import fetch_partner
from vetting.store.releases import fetch_figures, fetch_releases
from vetting.store.rows import fetch_rows

# The partner's own reports that stand today, in their newest version; of one batch where it is named. Numbers with
# more than one stored version are listed in desk.repeat, and only those are ranked.
OWN = """
WITH standing AS (
    SELECT batch.batch_id, batch.recorded_at
    FROM desk.batch AS batch
    ANTI JOIN desk.batch_withdrawal AS gone ON gone.batch_id = batch.batch_id
    WHERE batch.partner = $partner
), repeated AS (
    SELECT DISTINCT repeat.key
    FROM desk.repeat AS repeat
    WHERE repeat.kind = 'report' AND repeat.partner = $partner
), stored AS (
    SELECT
        report.report_id, report.batch_id, report.agency_id,
        report.origin_country || '-' || report.destination_country AS corridor, report.interview_date,
        standing.recorded_at
    FROM evidence.report AS report
    JOIN standing ON standing.batch_id = report.batch_id
    WHERE report.partner = $partner
), newest AS (
    SELECT * FROM stored ANTI JOIN repeated ON repeated.key = stored.report_id
    UNION ALL
    SELECT *
    FROM stored
    SEMI JOIN repeated ON repeated.key = stored.report_id
    QUALIFY row_number() OVER (PARTITION BY stored.report_id ORDER BY stored.recorded_at DESC) = 1
)
SELECT
    agency_id, corridor, count(*) AS reports,
    count(*) FILTER (
        WHERE recorded_at <= $known_at AND interview_date <= $as_of AND interview_date > $window_from
    ) AS in_time
FROM newest
WHERE $batch_id IS NULL OR batch_id = $batch_id
GROUP BY agency_id, corridor
ORDER BY agency_id, corridor
"""


def own_changes(
    db: Cursor,
    viewer: Viewer,
    *,
    today: date,
    now: datetime | None = None,
    batch_id: str | None = None,
    release_id: str | None = None,
) -> OwnChanges:
    """The agencies a partner's reports are about (all of them, or those of one batch), in the newest release that knows
    them or in the one named, beside the release before; the changed ones first.

    Raises NotPermitted, NotFound for a batch that is not the viewer's own, Refusal for a release that is none of these.
    """
    require(viewer, Role.PARTNER)
    standard, released = load_standard(), fetch_releases(db)
    sent = None if batch_id is None else own_batch(db, viewer, batch_id).recorded_at
    knowing = [release for release in released if sent is None or release.known_at >= sent]
    coming = next_release_due(released[0] if released else None, today, standard.disclosure.release_lag_days)
    counts = fetch_partner(db, viewer.organisation).kind not in SELF_DECLARED
    if release_id is not None and release_id not in {release.release_id for release in knowing}:
        raise Refusal("There is no such release, or it came before these reports. Choose one from the list.")
    if not knowing:
        return OwnChanges(release=None, before=None, releases=(), agencies=(), coming=coming, counts=counts)
    release = next((each for each in knowing if each.release_id == release_id), knowing[0])
    before = next((each for each in released if each.as_of < release.as_of), None)
    own = fetch_rows(db, OWN, _asked(viewer, batch_id, release, standard))
    return OwnChanges(
        release=release,
        before=before,
        releases=tuple(knowing),
        agencies=tuple(_changes(db, own, release, before, lambda each: holds_over(db, each, released, now))),
        coming=coming,
        counts=counts,
    )


def next_release_due(newest: ReleaseSummary | None, today: date, lag_days: int) -> NextRelease:
    """The quarter's end after the newest release (or the newest that is due, where that is later), and from when on
    it may be published: figures change then, and not before."""
    as_of = newest_due(today, lag_days)
    if newest is not None and newest.as_of >= as_of:
        as_of = quarter_end_before(newest.as_of + timedelta(days=93))  # a quarter has 92 days at most
    return NextRelease(as_of=as_of, due=as_of + timedelta(days=lag_days))


def _asked(viewer: Viewer, batch_id: str | None, release: ReleaseSummary, standard: Standard) -> dict[str, Any]:
    known: dict[str, str | None | date | datetime] = {"partner": viewer.organisation, "batch_id": batch_id}
    window_from = months_before(release.as_of, standard.measuring.window_months)
    return known | {"known_at": release.known_at, "as_of": release.as_of, "window_from": window_from}


def _changes(
    db: Cursor,
    own: list[dict[str, Any]],
    release: ReleaseSummary,
    before: ReleaseSummary | None,
    holds_of: Callable[[ReleaseSummary], Holds],
) -> list[AgencyChange]:
    merged = fetch_merged(db)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in own:  # reports about an entry that went into another are about that agency now
        rows[merged.get(row["agency_id"], row["agency_id"])].append(row)
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db) if agency.agency_id in rows}
    shown = _shown(db, agencies, release, holds_of(release))
    earlier = None if before is None else _shown(db, agencies, before, holds_of(before))
    found = []
    for agency_id, agency in agencies.items():
        in_time = tuple(dict.fromkeys(row["corridor"] for row in rows[agency_id] if row["in_time"]))
        found.append(
            AgencyChange(
                agency_id=agency_id,
                name=agency.name,
                licence=agency.licence,
                before=earlier and earlier[agency_id],
                now=shown[agency_id],
                reports=sum(row["reports"] for row in rows[agency_id]),
                in_time=sum(row["in_time"] for row in rows[agency_id]),
                waiting=tuple(corridor for corridor in in_time if corridor not in shown[agency_id].corridors),
                corridors=in_time,
            )
        )
    return sorted(found, key=lambda each: not each.changed)


def _shown(db: Cursor, agencies: Mapping[str, Agency], release: ReleaseSummary, holds: Holds) -> dict[str, ShownAgency]:
    """What a release shows of each of these agencies, with the holds that stand over it."""
    standard, figures = load_standard(), fetch_figures(db, release.release_id, sorted(agencies))
    return {
        agency_id: _as_shown(holds.over(figures.get(agency_id) or too_few(agency, release, standard)))
        for agency_id, agency in agencies.items()
    }


def _as_shown(figure: ReleasedFigure) -> ShownAgency:
    return ShownAgency(
        band=figure.band,
        band_reason=figure.band_reason,
        points=figure.points,
        workers=figure.workers,
        corridors=tuple(f"{each.origin}-{each.destination}" for each in figure.corridors),
    )
