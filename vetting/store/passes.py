"""What the desk keeps of false alarms: which references pass for which partner, who said so, when and why."""

import re
from datetime import datetime

from schemas.codes import Action, Role, Via
from schemas.personal_pass import PersonalPass
from schemas.problem_codes import PROBLEMS
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.intake.passes import PREFIX, SIGNS, Passes
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store
from vetting.store.partners import fetch_partner
from vetting.store.rows import fetch_records

KEY = "SELECT key FROM desk.personal_key ORDER BY recorded_at LIMIT 1"
STANDING = """
SELECT partner, reference, code, recorded_at, actor, reason
FROM desk.personal_pass
WHERE $partner IS NULL OR partner = $partner
QUALIFY row_number() OVER (PARTITION BY partner, reference ORDER BY recorded_at DESC) = 1 AND passed
ORDER BY recorded_at DESC, partner, reference
"""
INSERT = """
INSERT INTO desk.personal_pass (partner, reference, code, recorded_at, actor, passed, reason)
VALUES ($partner, $reference, $code, $recorded_at, $actor, $passed, $reason)
"""
WRITTEN = re.compile(rf"([a-z]+)-[0-9a-f]{{{SIGNS}}}")


def fetch_passes(db: Cursor, partner: str) -> Passes:
    """What a check of this partner's files must know."""
    key = db.execute(KEY).fetchall()
    references = frozenset(each.reference for each in _standing(db, partner))
    return Passes(key=bytes.fromhex(key[0][0]) if key else b"", references=references)


def list_passes(db: Cursor, viewer: Viewer, partner: str | None = None) -> list[PersonalPass]:
    """The passes that stand, newest first; of one partner or of all. For administrators."""
    require(viewer, Role.ADMIN)
    if partner is not None:
        fetch_partner(db, partner)
    return _standing(db, partner)


def let_pass(
    store: Store, viewer: Viewer, partner: str, reference: str, *, reason: str, via: Via, now: datetime
) -> PersonalPass:
    """Let the text of this reference through in this partner's files from now on. Raises Refusal for what is no
    reference, for a blank reason and for a pass that stands already; NotFound for an unknown partner."""
    return _decide(store, viewer, partner, reference, passed=True, reason=reason, via=via, now=now)


def take_back(
    store: Store, viewer: Viewer, partner: str, reference: str, *, reason: str, via: Via, now: datetime
) -> PersonalPass:
    """Refuse files with this text again. What was stored meanwhile stays. Raises NotFound when no such pass stands."""
    return _decide(store, viewer, partner, reference, passed=False, reason=reason, via=via, now=now)


def _decide(
    store: Store, viewer: Viewer, partner: str, reference: str, *, passed: bool, reason: str, via: Via, now: datetime
) -> PersonalPass:
    require(viewer, Role.ADMIN)
    reference = reference.strip().lower()
    code, why = _code(reference), reason.strip()
    if not why:
        raise Refusal("Say why: the reason is kept on the trail.")

    def deed(moment: Moment) -> tuple[Entry, PersonalPass]:
        fetch_partner(moment.db, partner)
        stands = any(each.reference == reference for each in _standing(moment.db, partner))
        if stands and passed:
            raise Refusal(f"{reference} passes already for {partner}.")
        if not stands and not passed:
            raise NotFound(f"{reference} does not pass for {partner}, so there is nothing to take back.")
        decided = PersonalPass(
            partner=partner, reference=reference, code=code, recorded_at=moment.recorded_at, actor=viewer.actor,
            reason=why,
        )  # fmt: skip
        moment.db.execute(INSERT, decided.model_dump() | {"passed": passed})
        entry = Entry(
            action=Action.ALARM_LIFT if passed else Action.ALARM_RESTORE,
            subject=partner,
            after={"reference": reference, "code": code},
            reason=why,
        )
        return entry, decided

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def _standing(db: Cursor, partner: str | None) -> list[PersonalPass]:
    return fetch_records(db, PersonalPass, STANDING, {"partner": partner})


def _code(reference: str) -> str:
    written = WRITTEN.fullmatch(reference)
    code = f"{PREFIX}{written[1]}" if written else ""
    if code not in PROBLEMS:
        raise Refusal(
            "This is no reference. It stands in what the partner was told of the cell, such as phone-4f1c9a20be77."
        )
    return code
