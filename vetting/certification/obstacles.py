"""What stands in the way of a certificate? Every obstacle at once, each a sentence that says which and what to do.

Computed inside the act that asks, from what its own transaction sees: nobody types the headline, and nobody is
certified on silence.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from schemas.agency import Agency
from schemas.case import BLOCKING, Case, Interviews
from schemas.codes import Band, CaseState, LicenceStatus
from schemas.score import Score
from schemas.setting import Settings
from schemas.standard import load_standard
from vetting.certification.keys import key_in_use
from vetting.certification.nonconforming import obstacles_of_review
from vetting.certification.reviewers import obstacles_of_person, obstacles_of_second
from vetting.certification.signing import check_address
from vetting.refusals import NotFound, OnGrounds, Refusal
from vetting.scoring.indicators import BY_CODE
from vetting.scoring.score import score
from vetting.store import Cursor
from vetting.store.agencies import fetch_agency
from vetting.store.cases import fetch_case, fetch_interviews, fetch_moves
from vetting.store.findings import fetch_findings
from vetting.store.settings import fetch_settings

UNLICENSED = frozenset({LicenceStatus.SUSPENDED, LicenceStatus.CANCELLED, LicenceStatus.EXPIRED})
WHY_INSUFFICIENT = {
    "too_few_workers": "too few workers were heard; more reports by partners are needed",
    "low_coverage": "too little was measured; reports that answer what is not assessed yet are needed",
    "gate_in_doubt": "a knock-out criterion is in doubt; look into the adverse reports",
    "range_too_wide": "the range is too wide; more workers have to be heard",
}


class Obstructed(OnGrounds):
    """A decision is refused; `obstacles` are all the reasons there are."""

    def __init__(self, what: str, obstacles: Sequence[str]) -> None:
        lines = "\n".join(f"- {obstacle}" for obstacle in obstacles)
        super().__init__(f"{what} yet:\n\n{lines}", obstacles)


def refuse_if_any(what: str, obstacles: Sequence[str]) -> None:
    """`what` cannot be, as a sentence without its end: "This case cannot be recommended"."""
    if obstacles:
        raise Obstructed(what, obstacles)


def obstacles(db: Cursor, case_id: str, today: date) -> list[str]:
    """What in the evidence keeps this case from a certificate, whoever decides."""
    case = fetch_case(db, case_id)
    if case is None:
        raise NotFound(f"There is no case {case_id!r}.")
    return obstacles_in_evidence(db, case, live_score(db, case.agency_id, today))


def obstacles_to_recommend(db: Cursor, case: Case, reviewer: str, evidence: Score) -> list[str]:
    found = obstacles_in_evidence(db, case, evidence)
    return found + obstacles_of_person(db, case.agency_id, reviewer)


def obstacles_to_certify(db: Cursor, case: Case, decider: str, evidence: Score) -> list[str]:
    """Everything, the two people included: the one who recommended, and the one who would decide."""
    found = obstacles_in_evidence(db, case, evidence)
    if fetch_settings(db).operating_body == Settings().operating_body:
        found.append(
            "The operating body has no name yet, and a certificate says who decided: an administrator sets it."
        )
    for needed in (lambda: check_address(db, ""), lambda: key_in_use(db)):
        try:
            needed()
        except Refusal as lacking:
            found.append(str(lacking))
    return found + obstacles_of_second(db, case.agency_id, first=recommended_by(db, case), second=decider)


def obstacles_in_evidence(db: Cursor, case: Case, evidence: Score) -> list[str]:
    return [
        *_licence(fetch_agency(db, case.agency_id), evidence.as_of),
        *_findings(db, case),
        *obstacles_of_review(db, case),
        *_gates(evidence),
        *_band(evidence),
        *_interviews(db, case),
        *_paper(evidence),
    ]


def live_score(db: Cursor, agency_id: str, today: date) -> Score:
    """The score at the newest moment this transaction sees."""
    return score(db, as_of=today, agencies=[agency_id])[0]


def interview_sample(db: Cursor, case: Case) -> Interviews:
    """The size fixed at the opening, or drawn; where nobody knew it at the opening, never under the rule over what the
    register says by now."""
    sample = fetch_interviews(db, case)
    deployed = fetch_agency(db, case.agency_id).deployed_12m
    if case.interviews_required is not None or deployed is None:
        return sample
    rule = load_standard(case.standard).interviews_required(deployed)
    return sample.model_copy(update={"required": max(sample.required or 0, rule)})


def recommended_by(db: Cursor, case: Case) -> str:
    """Who recommended the case as it now stands."""
    recommended = [move.actor for move in fetch_moves(db, case.case_id) if move.to_state is CaseState.RECOMMENDED]
    if not recommended:
        raise Refusal("Nobody has recommended this case yet: that is the first reviewer's half of a certificate.")
    return recommended[-1]


def _licence(agency: Agency, today: date) -> Iterator[str]:
    """An unknown status is no obstacle of its own: a register may not say. One that was valid runs out by itself."""
    ran_out = agency.status is LicenceStatus.VALID and agency.valid_until is not None and agency.valid_until < today
    status = LicenceStatus.EXPIRED if ran_out else agency.status
    if status in UNLICENSED:
        yield (
            f"Licence {agency.licence or '(no number)'} is {status.value} in the register, and an agency without a "
            "licence is not certified: import the register anew if that has changed."
        )


def _findings(db: Cursor, case: Case) -> Iterator[str]:
    for finding in fetch_findings(db, case.agency_id):
        if finding.is_open and finding.grade in BLOCKING:
            source = f" ({finding.source.said})" if finding.source else ""
            yield (
                f"A {finding.grade.value} finding on criterion {finding.crit_code} is open{source}: "
                "see it corrected and close it with a note on the evidence."
            )


def _gates(evidence: Score) -> Iterator[str]:
    for gate in evidence.gates:
        if not gate.startswith("finding:"):  # a critical finding has its own sentence
            known = BY_CODE[gate]
            yield (
                f"A gate is open on criterion {known.criterion}: workers report that the worker {known.wording}. Look "
                "into it and see workers repaid or protected; two reviewers can then clear it."
            )


def _band(evidence: Score) -> Iterator[str]:
    if evidence.band is Band.WEAK:
        yield "The band is weak, and a certificate takes strong or fair: what workers report has to improve first."
    elif evidence.band is Band.INSUFFICIENT_EVIDENCE:
        why = WHY_INSUFFICIENT[evidence.band_reason.value] if evidence.band_reason else "more evidence is needed"
        yield f"The evidence is insufficient for a band, and a certificate takes strong or fair: {why}."
    elif evidence.band is Band.ON_HOLD and not evidence.gates:  # an open gate has its own sentence
        yield "The band is on hold, and a certificate takes strong or fair: whatever holds it has to be resolved."


def _interviews(db: Cursor, case: Case) -> Iterator[str]:
    sample = interview_sample(db, case)
    if sample.required is None:
        yield (
            "How many workers to interview is unknown, because nobody has said how many the agency deployed in the "
            "last 12 months: draw the sample from the agency's lists, or import a register that says it, in the column "
            "deployed_12m."
        )
    elif not sample.complete:
        yield (
            f"The worker-interview sample is incomplete: {sample.interviewed} of {sample.required} workers "
            f"interviewed, {sample.required - sample.interviewed} to go."
        )


def _paper(evidence: Score) -> Iterator[str]:
    missing = [each.crit_code for each in evidence.criteria if each.applicable and each.documents is None]
    if missing:
        months = load_standard().scheme.documents_age.value
        which, them = ("criterion", "it") if len(missing) == 1 else ("criteria", "them")
        yield (
            f"Not assessed on paper within {months} months: {which} {', '.join(missing)}. "
            f"Record an assessment that covers {them}."
        )
