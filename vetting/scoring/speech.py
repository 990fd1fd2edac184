"""How is a figure said in words? One wording for every page, so that no code or percentage stands without its meaning.

"Workers placed by this agency report …": some acts are the employer's. A report is never told as guilt.
"""

from schemas.codes import Outcome
from schemas.score import IndicatorScore, Score
from schemas.standard import Standard
from vetting.scoring.indicators import BY_CODE

FEES = "W01"
REPAY = "Whoever was charged is to be repaid in full."
CHANCE_ONLY = "The range covers chance only, not whom partners chose to ask."
FINDING = "finding:"  # a gate held open by a critical finding is named so, with the criterion after it


def outcome_words(code: str, outcome: Outcome, adverse: bool | None) -> str:
    """What an outcome reads as. `adverse`: at least one worker reports it; None: a release does not tell.

    One reported fee always reads as fees, and where nobody may know whether there was one, there is no "no sign".
    """
    if code == FEES and adverse:
        return "workers report fees"
    if code == FEES and adverse is None and outcome is Outcome.MET:
        return "few workers or none report fees"
    if code == FEES and adverse is None and outcome is Outcome.NOT_MET:
        return "workers report fees"
    return {
        Outcome.MET: "no sign of this",
        Outcome.NOT_MET: "workers report this",
        Outcome.UNCLEAR: "unclear",
        Outcome.NOT_ASSESSED: "not assessed",
    }[outcome]


def wording(code: str) -> str:
    """was charged anything (never a code alone)."""
    return BY_CODE[code].wording


def counted(indicator: IndicatorScore) -> str:
    """12 of 60 workers; none asked."""
    return f"{indicator.k} of {indicator.n} workers" if indicator.n else "no worker could say"


def why_not_assessed(indicator: IndicatorScore, min_workers: int) -> str:
    """The sentence behind "not assessed"; empty where it is assessed."""
    if indicator.outcome is not Outcome.NOT_ASSESSED:
        return ""
    if indicator.n < min_workers:
        return f"Fewer than {min_workers} workers could say."
    return "Too few of those who were charged could say; the others alone cannot speak for all."


def gate_sentence(score: Score, standard: Standard, gate: str) -> str:
    """What holds one gate open, by its criterion and in counts."""
    if gate.startswith(FINDING):
        crit_code = gate.removeprefix(FINDING)
        return f"**{named(standard, crit_code)}**: a critical finding is open."
    indicator = score.indicator(gate)
    said = f"**{named(standard, indicator.criterion)}**: {counted(indicator)} report: {BY_CODE[gate].wording}."
    return f"{said} {REPAY}" if gate == FEES else said


def signal_sentence(score: Score, standard: Standard, code: str, workers: int) -> str:
    """An adverse answer to a knock-out criterion that opens nothing by itself."""
    reporting = "1 worker reports" if workers == 1 else f"{workers} workers report"
    return f"**{named(standard, BY_CODE[code].criterion)}**: {reporting}: {BY_CODE[code].wording}."


def contradiction_sentence(score: Score, standard: Standard, crit_code: str) -> str:
    """Documents say well, workers say otherwise: both, in one line."""
    against = [each for each in score.indicators if each.criterion == crit_code and each.outcome is Outcome.NOT_MET]
    said = "; ".join(f"{counted(each)} report: {BY_CODE[each.code].wording}" for each in against)
    return f"**{named(standard, crit_code)}**: documents show no fault, and {said}."


def named(standard: Standard, crit_code: str) -> str:
    """1.1 Workers pay nothing."""
    return f"{crit_code} {standard.criterion(crit_code).title}"
