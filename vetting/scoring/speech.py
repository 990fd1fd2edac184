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
OURS = "Ours, in the manner of SDG indicator 10.7.1; not the official survey."
FINDING = "finding:"  # a gate held open by a critical finding is named so, with the criterion after it

# The catalogue says what "the worker …" met; a sentence about several of them needs its own words.
THEY = {
    "W01": "they were charged fees or costs",
    "W02": "they bore more than one month's wage",
    "W03": "they paid above the legal cap",
    "W04": "they paid a sub-agent",
    "W05": "they borrowed from agency or employer, or at 36 % a year or more, or left a deposit or bond",
    "W06": "they got back less than 95 % of what was charged",
    "W07": "their passport is held by employer or agency",
    "W08": "they were restricted in movement",
    "W09": "they face a penalty for leaving, beyond lawful notice",
    "W10": "they had no contract before departure",
    "W11": "they did not understand the contract",
    "W12": "their contract was substituted",
    "W13": "they earn under 95 % of the promised wage",
    "W14": "they had no orientation",
    "W15": "they were not told the costs",
    "W16": "they knew no grievance channel",
    "W17": "they raised a grievance that was not resolved",
    "W18": "they met retaliation",
    "W19": "their wages were withheld",
    "W20": "they were threatened",
    "W21": "they were under 18 when recruited",
    "W22": "their data was shared without consent",
}


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


def counted(indicator: IndicatorScore) -> str:
    """12 of 60 workers; none asked."""
    return f"{indicator.k} of {indicator.n} workers" if indicator.n else "no worker could say"


def reported(indicator: IndicatorScore) -> str:
    """12 of 60 workers report that they were charged fees or costs."""
    verb = "reports" if indicator.k == 1 else "report"
    return f"{counted(indicator)} {verb} that {THEY[indicator.code]}"


def beside_outcome(indicator: IndicatorScore, min_workers: int) -> str:
    """What must be said beside an outcome: the duty to repay, or why nothing was assessed."""
    if indicator.code == FEES and indicator.k:
        return REPAY
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
    said = f"**{named(standard, indicator.criterion)}**: {reported(indicator)}."
    return f"{said} {REPAY}" if gate == FEES else said


def queue_item_sentence(score: Score, standard: Standard, code: str, workers: int) -> str:
    """An adverse answer to a knock-out criterion that opens nothing by itself."""
    reporting = "1 worker reports" if workers == 1 else f"{workers} workers report"
    said = f"**{named(standard, BY_CODE[code].criterion)}**: {reporting} that {THEY[code]}."
    return f"{said} {REPAY}" if code == FEES else said


def contradiction_sentence(score: Score, standard: Standard, crit_code: str) -> str:
    """Documents say well, workers say otherwise: both, in one line."""
    against = [each for each in score.indicators if each.criterion == crit_code and each.outcome is Outcome.NOT_MET]
    said = "; ".join(reported(each) for each in against)
    return f"**{named(standard, crit_code)}**: documents show no fault, yet {said}."


def named(standard: Standard, crit_code: str) -> str:
    """1.1 Workers pay nothing."""
    return f"{crit_code} {standard.criterion(crit_code).title}"
