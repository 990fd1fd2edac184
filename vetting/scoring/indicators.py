"""What are the 22 signs we compute from workers' reports? The catalogue of method version 1.

`t` is the allowance for recording error: up to that share reads as "no sign of it". `w` is the worst share, where
points reach 0. Both are assumed (docs/method.md argues them); changing one raises METHOD_VERSION.
"""

from typing import NamedTuple

METHOD_VERSION = 1


class Indicator(NamedTuple):
    """`wording` completes "Workers placed by this agency report that the worker …". `half_known`: not assessed when
    the condition itself is known for fewer than half of the charged reports. `referral`: a single adverse answer goes
    at once to those who protect people."""

    code: str
    criterion: str
    wording: str
    eligible: str
    t: float
    w: float
    gate: bool = False
    half_known: bool = False
    referral: bool = False

    @property
    def column(self) -> str:
        """Where a stored report keeps its answer."""
        return self.code.lower()


DEPARTED = "an answer, and departed by the interview"

INDICATORS: tuple[Indicator, ...] = (
    Indicator("W01", "1.1", "was charged anything", "charged, or known not charged", 0.10, 0.50, gate=True),
    Indicator("W02", "1.1", "bore more than one month's wage", "months of wage known", 0.05, 0.30),
    Indicator(
        "W03",
        "A.1",
        "paid above the legal cap",
        "cap test known, or a rule is in force and known not charged",
        0.05,
        0.25,
        half_known=True,
    ),
    Indicator(
        "W04", "B.2", "paid a sub-agent", "payee or fee known, or known not charged", 0.10, 0.50, half_known=True
    ),
    Indicator(
        "W05",
        "1.3",
        "borrowed from agency or employer, or at 36 % a year or more, or left a deposit or bond",
        "adverse; or known not charged; or no loan or the family's; or another source below 36 % a year",
        0.05,
        0.30,
        half_known=True,
    ),
    Indicator("W06", "1.4", "got back less than 95 % of what was charged", "charged, and repayment known", 0.20, 0.80),
    Indicator("W07", "2.1", "has the passport held by employer or agency", "an answer", 0.05, 0.30, gate=True),
    # ASSUMPTION: "confinement" is a restriction of movement, "violence" the threat of it; both are referred at once.
    Indicator("W08", "2.2", "was restricted in movement", "an answer", 0.05, 0.30, gate=True, referral=True),
    Indicator("W09", "2.3", "faces a penalty for leaving, beyond lawful notice", "an answer", 0.05, 0.30),
    Indicator("W10", "3.2", "had no contract before departure", DEPARTED, 0.10, 0.50),
    Indicator("W11", "3.2", "did not understand the contract", "an answer", 0.10, 0.50),
    Indicator("W12", "3.3", "had the contract substituted", "an answer", 0.05, 0.30),
    Indicator(
        "W13",
        "3.3",
        "earns under 95 % of the promised wage",
        "both wages, same currency and period",
        0.10,
        0.50,
    ),
    Indicator("W14", "3.4", "had no orientation", DEPARTED, 0.20, 0.80),
    Indicator("W15", "3.4", "was not told the costs", DEPARTED, 0.20, 0.80),
    Indicator("W16", "5.1", "knew no grievance channel", "an answer", 0.30, 0.90),
    Indicator("W17", "5.3", "raised a grievance that was not resolved", "raised, and outcome known", 0.30, 0.90),
    Indicator("W18", "5.2", "met retaliation", "an answer", 0.02, 0.20, gate=True),
    Indicator("W19", "A.2", "had wages withheld", "an answer", 0.05, 0.30, gate=True),
    Indicator("W20", "A.2", "was threatened", "an answer", 0.02, 0.20, gate=True, referral=True),
    Indicator("W21", "A.3", "was under 18", "age known", 0.01, 0.05, gate=True, referral=True),
    Indicator("W22", "4.2", "had data shared without consent", "an answer", 0.10, 0.50),
)

CODES = tuple(indicator.code for indicator in INDICATORS)
COLUMNS = tuple(indicator.column for indicator in INDICATORS)
GATES = tuple(indicator for indicator in INDICATORS if indicator.gate)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
