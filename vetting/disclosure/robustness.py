"""How firm is a score? For reviewers alone."""

from datetime import date, datetime

from schemas.codes import Role
from schemas.robustness import Firmness
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound
from vetting.scoring.channels import channels_by_agency
from vetting.scoring.evaluate import evaluate_agencies
from vetting.scoring.reweighing import other_weights
from vetting.scoring.robustness import left_out, standing
from vetting.scoring.score import newest_moment
from vetting.store import Cursor
from vetting.store.partners import fetch_partners


def firmness(db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime | None = None) -> Firmness:
    """What stands behind one agency's headline as of a day, by what was known at a moment (default: now)."""
    require(viewer, Role.REVIEWER)
    known_at = newest_moment(db) if known_at is None else known_at
    done = evaluate_agencies(db, load_standard(), as_of=as_of, known_at=known_at, agencies=[agency_id])
    if not done.agencies:
        raise NotFound("There is no such agency in the register. Search for it by name or licence.")
    names = {partner.partner: partner.name for partner in fetch_partners(db, known_at)}
    return Firmness(
        agency_id=done.ids[0],
        official=standing(done.result, 0),
        left_out=left_out(done, 0, names),
        weights=other_weights(done, 0),
        channels=channels_by_agency(db, done).get(done.ids[0], ()),
    )
