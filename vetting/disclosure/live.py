"""What do workers report of an agency now? Live figures, for reviewers alone."""

from datetime import date, datetime

from schemas.agency import Agency
from schemas.codes import Role
from schemas.making import Making
from schemas.record import Record
from schemas.score import CorridorFigure, Headline, Score
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound
from vetting.scoring.live import fetch_headlines
from vetting.scoring.score import score, score_making
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies, fetch_agency


class LiveAgency(Record):
    """One line of the reviewers' list. `headline` is None for an agency that was never scored."""

    agency: Agency
    headline: Headline | None


def live_score(db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime | None = None) -> Score:
    """One agency's score as of a day, by what was known at a moment (default: now)."""
    require(viewer, Role.REVIEWER)
    found = score(db, as_of=as_of, known_at=known_at, agencies=[agency_id])
    if not found:
        if known_at is not None:
            fetch_agency(db, agency_id)  # which says so when there is none to this day
            raise NotFound(
                f"No register had named this agency by {known_at:%Y-%m-%d %H:%M} UTC. Ask for a later moment."
            )
        raise NotFound("There is no such agency in the register. Search for it by name or licence.")
    return found[0]


def kept_note(told: Score) -> str:
    """What stands beside an answer whose rows have been purged since; "" beside one counted from its rows."""
    if told.kept_on is None:
        return ""
    return (
        f"Rows behind this have been purged; this is the answer kept on {told.kept_on.isoformat()}, as of "
        f"{told.as_of.isoformat()}, by what was known at {told.known_at.isoformat(' ', 'seconds')} UTC."
    )


def live_making(db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime | None = None) -> Making:
    """How one agency's score was made, down to the counts; the score is the one `live_score` gives."""
    require(viewer, Role.REVIEWER)
    found = score_making(db, as_of=as_of, known_at=known_at, agency=agency_id)
    if found is None:
        raise NotFound("There is no such agency in the register. Search for it by name or licence.")
    return found


def live_scores(db: Cursor, viewer: Viewer, *, as_of: date, known_at: datetime | None = None) -> list[Score]:
    """Every agency's score, for the command line and exports; pages read `live_agencies`."""
    require(viewer, Role.REVIEWER)
    return score(db, as_of=as_of, known_at=known_at)


def live_agencies(db: Cursor, viewer: Viewer) -> list[LiveAgency]:
    """Every agency with its kept headline, by name."""
    require(viewer, Role.REVIEWER)
    headlines = {headline.agency_id: headline for headline in fetch_headlines(db)}
    return [LiveAgency(agency=each, headline=headlines.get(each.agency_id)) for each in fetch_agencies(db)]


def live_corridors(
    db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime | None = None
) -> tuple[CorridorFigure, ...]:
    """One agency's fee figures by corridor, SDG 10.7.1-style."""
    return live_score(db, viewer, agency_id, as_of=as_of, known_at=known_at).corridors
