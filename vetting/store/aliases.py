"""Which spellings of agencies' names did partners confirm? Every confirmation and every retraction is kept."""

from collections.abc import Mapping
from datetime import datetime

from schemas.agency_alias import AgencyAlias
from schemas.batch import Batch
from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.names import fold_name
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store

COLUMNS = "folded, spelling, agency_id, partner, actor, batch_id, recorded_at"
IN_FORCE = f"""
SELECT {COLUMNS}
FROM desk.agency_alias AS said
WHERE NOT said.retracted
  AND ($known_at IS NULL OR said.recorded_at <= $known_at)
  AND NOT EXISTS (
      SELECT 1
      FROM desk.agency_alias AS back
      WHERE back.retracted
        AND back.folded = said.folded
        AND back.agency_id = said.agency_id
        AND back.recorded_at > said.recorded_at
        AND ($known_at IS NULL OR back.recorded_at <= $known_at)
  )
  AND NOT EXISTS (
      SELECT 1
      FROM desk.batch_withdrawal AS gone
      WHERE gone.batch_id = said.batch_id
        AND ($known_at IS NULL OR gone.recorded_at <= $known_at)
  )
ORDER BY folded, agency_id, recorded_at, partner
"""
INSERT = f"""
INSERT INTO desk.agency_alias ({COLUMNS}, retracted, reason)
VALUES ($folded, $spelling, $agency_id, $partner, $actor, $batch_id, $recorded_at, $retracted, $reason)
"""


def fetch_aliases(db: Cursor, known_at: datetime | None = None) -> list[AgencyAlias]:
    """Every confirmation in force as known at `known_at` (default: now), by spelling."""
    rows = db.execute(IN_FORCE, {"known_at": known_at}).fetchall()
    return [AgencyAlias.model_validate(dict(zip(COLUMNS.split(", "), row, strict=True))) for row in rows]


def save_aliases(moment: Moment, batch: Batch, confirmed: Mapping[tuple[str, str], str]) -> None:
    """Inside the act that commits the batch. `confirmed`: a folded spelling and an agency's id, to the spelling.

    What the partner has confirmed before and stands is not written again.
    """
    if not confirmed:
        return
    standing = {(a.folded, a.agency_id) for a in fetch_aliases(moment.db) if a.partner == batch.partner}
    for (folded, agency_id), spelling in confirmed.items():
        if (folded, agency_id) not in standing:
            alias = AgencyAlias(
                folded=folded,
                spelling=spelling,
                agency_id=agency_id,
                partner=batch.partner,
                actor=batch.actor,
                batch_id=batch.batch_id,
                recorded_at=moment.recorded_at,
            )
            moment.db.execute(INSERT, alias.model_dump(mode="python") | {"retracted": False, "reason": None})


def retract_alias(
    store: Store, viewer: Viewer, *, spelling: str, agency_id: str, reason: str, via: Via, now: datetime
) -> list[AgencyAlias]:
    """Take back every confirmation of a spelling for an agency, and return them.

    Raises NotPermitted, NotFound when none is in force, Refusal without a reason. It can be confirmed anew later.
    """
    require(viewer, Role.ADMIN)
    if not reason.strip():
        raise Refusal("Say why the spelling is taken back; the trail keeps the reason.")
    folded = fold_name(spelling)

    def deed(moment: Moment) -> tuple[Entry, list[AgencyAlias]]:
        ended = [each for each in fetch_aliases(moment.db) if (each.folded, each.agency_id) == (folded, agency_id)]
        if not ended:
            raise NotFound(
                f"Nobody has confirmed {spelling!r} for the agency {agency_id!r}, or it was taken back already. "
                "`agencies aliases list` shows what is in force."
            )
        row = {
            "folded": folded, "spelling": spelling, "agency_id": agency_id, "partner": "", "actor": viewer.actor,
            "batch_id": None, "recorded_at": moment.recorded_at, "retracted": True, "reason": reason.strip(),
        }  # fmt: skip
        moment.db.execute(INSERT, row)
        kept = {"spelling": folded, "partners": sorted({each.partner for each in ended})}
        return Entry(action=Action.ALIAS_RETRACT, subject=agency_id, before=kept, reason=reason.strip()), ended

    return act(store, deed, actor=viewer.actor, via=via, now=now)
