"""What would the headline of an agency be under other weights? Shown to reviewers, and written nowhere."""

import math
from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from schemas.codes import Role
from schemas.sandbox import Sandbox, WouldBe
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound
from vetting.scoring.combine import scheme_weights
from vetting.scoring.evaluate import evaluate_agencies
from vetting.scoring.reweighing import chosen_weights, reweighed
from vetting.scoring.robustness import standing
from vetting.scoring.score import newest_moment
from vetting.store import Cursor


def try_weights(
    db: Cursor,
    viewer: Viewer,
    agency_id: str,
    weights: Mapping[str, float],
    *,
    as_of: date,
    known_at: datetime | None = None,
) -> Sandbox:
    """`weights` by principle, in any proportion: their sum is made 100. Refusal for weights that weigh nothing,
    NotFound for an agency that no register names."""
    require(viewer, Role.REVIEWER)
    standard = load_standard()
    chosen = chosen_weights(weights, standard)
    known_at = newest_moment(db) if known_at is None else known_at
    done = evaluate_agencies(db, standard, as_of=as_of, known_at=known_at, agencies=[agency_id])
    if not done.agencies:
        raise NotFound("There is no such agency in the register. Search for it by name or licence.")
    tried = reweighed(done, 0, chosen)
    found = standing(tried, 0)
    return Sandbox(
        about=done.ids[0],
        name=done.agencies[0][2],
        official=standing(done.result, 0),
        official_coverage=float(done.result.combined.worker_coverage[0]),
        would_be=WouldBe(
            band=found.band, points=found.points, worker_coverage=float(tried.combined.worker_coverage[0])
        ),
        weights=dict(zip((each.code for each in standard.principles), chosen[0].tolist(), strict=True)),
        given=math.fsum(weights.values()),
        scheme=np.array_equal(chosen[0], scheme_weights(standard)),
    )
