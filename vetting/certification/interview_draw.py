"""Drawing the sample of workers to interview, and counting who of it was heard. The rules are in `sampling`."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from schemas.case import Case
from schemas.codes import Action, Via
from schemas.fee_report import Kind
from schemas.interview_draw import Draw, DrawnStratum, Stratum
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import require_case
from vetting.certification.moves import UNDER_REVIEW
from vetting.certification.reviewers import act_as_reviewer, folded
from vetting.certification.reviews import check_state
from vetting.certification.sampling import RULE, draw
from vetting.ids import new_id
from vetting.intake.personal import personal
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.interview_draws import fetch_draws, insert_draw, insert_stratum_count

MOST_PLACED = 1_000_000  # assumed: far above what one agency places with one client
LONGEST_CLIENT = 200


def new_seed() -> str:
    """128 random bits: nobody who draws chooses what is drawn. Made at the door, before the act."""
    return secrets.token_hex(16)


def draw_sample(
    store: Store,
    viewer: Viewer,
    case_id: str,
    strata: Sequence[Stratum],
    *,
    seed: str,
    reason: str = "",
    via: Via,
    now: datetime,
    today: date,
) -> Draw:
    """Draw the sample of a case under review, once. Drawing again takes a reason, begins the count anew and keeps the
    former draw. The size follows the scheme's rule (`_size`); the seed comes from `new_seed`."""
    strata, reason = [_tidy(stratum) for stratum in strata], reason.strip()

    def deed(moment: Moment) -> tuple[Entry, Draw]:
        case = require_case(moment.db, case_id)
        check_state(case.state, UNDER_REVIEW, "A sample is drawn")
        former = fetch_draws(moment.db, case_id)
        if former and not reason:
            raise Refusal("The sample of this case is drawn already. Say why it has to be drawn again.")
        _check_strata(case, strata)
        size = _size(moment.db, case, strata)
        drawn = Draw(
            draw_id=new_id(),
            case_id=case_id,
            recorded_at=moment.recorded_at,
            seed=seed,
            rule=RULE,
            size=size,
            reason=reason,
            actor=folded(viewer.actor),
            strata=draw(strata, size, seed),
        )
        insert_draw(moment.db, drawn)
        entry = Entry(
            action=Action.SAMPLE_DRAW,
            subject=case_id,
            before={"draw": former[-1].draw_id, "heard": former[-1].heard} if former else None,
            after=drawn.model_dump(mode="json", include={"draw_id", "seed", "rule", "size"})
            | {"strata": [_said(stratum) for stratum in drawn.strata]},
            reason=reason or None,
        )
        return entry, drawn

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def count_stratum(
    store: Store,
    viewer: Viewer,
    case_id: str,
    place: int,
    *,
    interviewed: int,
    substituted: int = 0,
    reason: str = "",
    via: Via,
    now: datetime,
    today: date,
) -> DrawnStratum:
    """State how many workers of a stratum were heard so far, in all: drawn ones, and others in place of drawn ones,
    which takes a reason. Together they are never more than were drawn."""

    def deed(moment: Moment) -> tuple[Entry, DrawnStratum]:
        case = require_case(moment.db, case_id)
        check_state(case.state, UNDER_REVIEW, "Interviews are counted")
        newest, before = _stratum(moment.db, case_id, place)
        if min(interviewed, substituted) < 0:
            raise Refusal("A number of workers cannot be below zero.")
        if interviewed + substituted > before.sample:
            raise Refusal(
                f"Of this stratum {before.sample} were drawn, and {interviewed + substituted} cannot have been heard "
                "of them: an interview beyond the sample, or of another stratum, does not fill this one."
            )
        if substituted and not reason.strip():
            raise Refusal("Say why others were heard in place of workers who were drawn.")
        why = reason.strip() if substituted else ""
        after = before.model_copy(
            update={"interviewed": interviewed, "substituted": substituted, "why_substituted": why}
        )
        insert_stratum_count(
            moment.db, newest.draw_id, after, actor=folded(viewer.actor), recorded_at=moment.recorded_at
        )
        entry = Entry(
            action=Action.INTERVIEWS_COUNT,
            subject=case_id,
            before=_counted(newest, before),
            after=_counted(newest, after),
            reason=why or None,
        )
        return entry, after

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def _tidy(stratum: Stratum) -> Stratum:
    return stratum.model_copy(update={"client": " ".join(stratum.client.split())})


def _check_strata(case: Case, strata: Sequence[Stratum]) -> None:
    """Every corridor of the scope and none besides, each stratum once, and no client that can be traced to a person."""
    covered, named = set(case.scope.corridors), {stratum.corridor for stratum in strata}
    if outside := sorted(str(corridor) for corridor in named - covered):
        raise Refusal(f"The scope does not cover {', '.join(outside)}. Draw among the workers it speaks for.")
    if silent := sorted(str(corridor) for corridor in covered - named):
        raise Refusal(
            f"The scope covers {', '.join(silent)}, and no stratum does. Say whom the agency placed there; if it was "
            "nobody, say 0."
        )
    for stratum in strata:
        if not stratum.client or len(stratum.client) > LONGEST_CLIENT:
            raise Refusal(f"Name the client of each stratum, in at most {LONGEST_CLIENT} signs.")
        if personal(Kind.TEXT, stratum.client) is not None:
            raise Refusal(
                "A client reads like a person, or a way to reach one. Name the firm with its kind (Ltd, Co.); write "
                "employers who are persons as “private households”."
            )
        if stratum.placed > MOST_PLACED:
            raise Refusal(f"More than {MOST_PLACED:,} workers in one stratum: look at the number again.")
    keys = [stratum.key for stratum in strata]
    if twice := sorted({" ".join(key) for key in keys if keys.count(key) > 1}):
        raise Refusal(f"There twice: {', '.join(twice)}. Add the numbers up.")


def _size(db: Cursor, case: Case, strata: Sequence[Stratum]) -> int:
    """The scheme's rule over the strata, never under what it says of the workers known to be deployed. Raises Refusal
    where the strata hold fewer."""
    placed, rule = sum(stratum.placed for stratum in strata), load_standard(case.standard).interviews_required
    size = max(rule(placed), case.interviews_required or rule(fetch_agency(db, case.agency_id).deployed_12m or 0))
    if placed < size:
        raise Refusal(
            f"The scheme asks for {size} interviews, and the strata hold {placed} workers. Let the agency list those "
            "it placed earlier too."
        )
    return size


def _stratum(db: Cursor, case_id: str, place: int) -> tuple[Draw, DrawnStratum]:
    draws = fetch_draws(db, case_id)
    if not draws:
        raise Refusal("Draw the sample first: who is interviewed is for chance to say, not for those concerned.")
    for stratum in draws[-1].strata:
        if stratum.place == place:
            return draws[-1], stratum
    raise NotFound(f"The sample has no stratum {place}. They are numbered from 1 to {len(draws[-1].strata)}.")


def _said(stratum: DrawnStratum) -> dict[str, object]:
    return {"stratum": " ".join(stratum.key), "placed": stratum.placed, "sample": stratum.sample}


def _counted(newest: Draw, stratum: DrawnStratum) -> dict[str, object]:
    return {"draw": newest.draw_id} | stratum.model_dump(include={"place", "interviewed", "substituted"})
