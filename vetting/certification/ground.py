"""What does a decision rest on? The evidence by criterion as computed at that moment, and the notes beside it.

Nobody types the headline: a decision has no field for one, and a note or a reason that states another is refused.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from schemas.case import Case, Finding
from schemas.codes import Band, CaseState, DecisionKind, Grade
from schemas.decision import CriterionGround, Decision, Ground, IndicatorGround
from schemas.score import CriterionScore, Score
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.store import Cursor, Moment
from vetting.store.decisions import insert_decision
from vetting.store.findings import fetch_findings
from vetting.store.settings import fetch_settings

Notes = Mapping[str, str]  # by criterion; one without a note may be left out
NO_NOTES: Notes = {}
LONGEST_NOTE = 500
WORDS = {band: band.value.replace("_", " ") for band in Band} | {Band.INSUFFICIENT_EVIDENCE: "insufficient"}
SPEAKS_OF_IT = r"(?:band|headline|score|rating|rated|graded|scored|overall)"
DENIED = r"(?:not|no longer|never|neither|nor|than|below|under|instead of)\s+(?:\w+\s+){0,2}$"


class Stands(NamedTuple):
    """Who stands behind a decision, and why. `first`: who did the first half, where it takes two."""

    first: str | None
    decided_by: str
    reason: str


def ground_of(db: Cursor, case: Case, evidence: Score, notes: Notes) -> Ground:
    """The evidence of this moment with the reviewer's notes. Raises Refusal for a note on nothing."""
    findings = [each for each in fetch_findings(db, case.agency_id) if each.is_open]
    written = _checked(notes, evidence)
    return Ground(
        **evidence.model_dump(include=set(Ground.model_fields) - {"criteria"}),
        criteria=tuple(
            _criterion(each, evidence, findings, written.get(each.crit_code, "")) for each in evidence.criteria
        ),
    )


def decided(
    moment: Moment,
    kind: DecisionKind,
    case: Case,
    to: CaseState,
    evidence: Score,
    who: Stands,
    *,
    notes: Notes = NO_NOTES,
    today: date,
) -> Decision:
    """Write the decision down beside its move, in the same act. Raises Refusal where the words state another band."""
    refuse_another_band(who.reason, evidence.band, "Your reason")
    decision = Decision(
        decision_id=new_id(),
        recorded_at=moment.recorded_at,
        kind=kind,
        case_id=case.case_id,
        agency_id=case.agency_id,
        decided_on=today,
        deciding_body=fetch_settings(moment.db).operating_body,
        from_state=case.state,
        to_state=to,
        first=who.first,
        decided_by=who.decided_by,
        reason=who.reason,
        ground=ground_of(moment.db, case, evidence, notes),
    )
    insert_decision(moment.db, decision)
    return decision


def summary(evidence: Score) -> dict[str, object]:
    """For the trail: the headline with its n. The rest stands beside the decision, and can be recomputed."""
    return {
        "band": evidence.band.value,
        "points": None if evidence.points is None else evidence.points.as_json(),
        "workers": evidence.workers,
        "partners": evidence.partners,
        "method": evidence.method,
        "as_of": evidence.as_of.isoformat(),
        "known_at": evidence.known_at.isoformat(timespec="microseconds"),
    }


def refuse_another_band(text: str, band: Band, what: str) -> None:
    """Refuse words that state a band other than the computed one: "strong" alone, or beside "band" or "rated".

    The same word in other company stays free ("strong locks", "fair recruitment"), and so does what is denied ("not
    weak"). This is a courtesy to the writer: whatever is written, the headline shown is the computed one.
    """
    for other, word in WORDS.items():
        if other is not band and _states(text, word):
            raise Refusal(
                f"{what} states another headline than the computed one, which is {band.value.replace('_', ' ')}: "
                f"“{word}”. Nobody types the headline; say what you saw instead."
            )


def _states(text: str, word: str) -> bool:
    plain = " ".join(re.findall(r"[\w']+|[.;:!?]", text.casefold()))
    if plain.strip(" .;:!?") == word:
        return True
    after = rf"\b{SPEAKS_OF_IT}\b(?: [\w']+){{0,4}}?(?: :)? (?P<after>{word})\b"
    near = rf"{after}|\b(?P<before>{word})(?: [\w']+)? {SPEAKS_OF_IT}\b"
    for found in re.finditer(near, plain):
        start = found.start("after") if found["after"] else found.start("before")
        if not re.search(DENIED, plain[:start]):
            return True
    return False


def _checked(notes: Notes, evidence: Score) -> Notes:
    known = {each.crit_code for each in evidence.criteria}
    written = {code: note.strip() for code, note in notes.items() if note.strip()}
    for code, note in written.items():
        if code not in known:
            raise Refusal(f"The standard has no criterion {code!r} to write a note on.")
        if len(note) > LONGEST_NOTE:
            raise Refusal(f"The note on {code} is longer than {LONGEST_NOTE} characters: shorten it.")
        refuse_another_band(note, evidence.band, f"Your note on {code}")
    return written


def _criterion(scored: CriterionScore, evidence: Score, findings: list[Finding], note: str) -> CriterionGround:
    grades = [finding.grade for finding in findings if finding.crit_code == scored.crit_code]
    return CriterionGround(
        crit_code=scored.crit_code,
        applicable=scored.applicable,
        worker=scored.worker,
        documents=scored.documents,
        indicators=tuple(
            IndicatorGround(code=each.code, n=each.n, reported=each.k > 0, outcome=each.outcome)
            for each in evidence.indicators
            if each.criterion == scored.crit_code
        ),
        open_findings=tuple(grade for grade in Grade for _ in range(grades.count(grade))),
        note=note,
    )
