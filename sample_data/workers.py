"""What would one worker have told? One row of canonical values, drawn from how the agency treats workers.

Shares are spread evenly (`Turns`) instead of drawn by chance, so that any stretch of quarters shows nearly the share
that was meant; money is drawn: log-normal, with round local sums and a spike at zero.
"""

import math
import random
from collections import defaultdict
from datetime import date

from cast import Cast
from conduct import CLEAN, CONDUCTS, CURRENCY, PER_DOLLAR, ROUND, SPIKES, Conduct, Corridor, corridor

LETTERS = "abcdefghkmnpqrstuvwxyz"
ORIGINS = frozenset(CURRENCY)
SELF_DECLARING = frozenset({"elmstead", "dakshin-path"})  # they report about themselves, and all is well
HOME_WAGES = {"return-office": 1.0, "sathi-bato": 0.4, "dhansiri": 0.4, "rift-valley": 0.4}
CHANNELS = {
    "sathi-bato": ("in_person", "return_survey", "post_arrival_survey"),
    "dhansiri": ("phone", "in_person", "return_survey"),
    "lantern": ("post_arrival_survey", "phone", "app"),
    "tangan-kita": ("in_person", "post_arrival_survey"),
    "return-office": ("return_survey",),
    "rift-valley": ("in_person", "phone"),
    "harbour-house": ("hotline", "phone"),
    "quorum-lane": ("audit_interview",),
    "elmstead": ("in_person",),
    "dakshin-path": ("phone",),
}
WOMEN = {"97": 0.95, "14": 0.85, "86": 0.7, "26": 0.6, "41": 0.02, "0126": 0.2, "031": 0.0}
NOTES = (
    "Paid in three parts before departure.",
    "The money was handed over in the village.",
    "The receipt shows less than was paid.",
    "Says the contract was read aloud at the airport.",
    "The employer paid ticket and visa.",
)


class Turns:
    """Spreads a share evenly: of every ten workers at 0.3, three."""

    def __init__(self, seed: str) -> None:
        self._rng = random.Random(seed)
        self._sums: dict[str, float] = {}

    def come(self, what: str, share: float) -> bool:
        total = self._sums.setdefault(what, self._rng.random() * 0.98 if 0.05 <= share < 1 else 0.0) + share
        self._sums[what] = total - 1 if total >= 1 - 1e-9 else total
        return total >= 1 - 1e-9


class Storyteller:
    """Rows of canonical text values for one seed; the same calls in the same order give the same rows."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._turns: dict[str, Turns] = {}
        self._numbers: dict[str, int] = defaultdict(int)

    def number(self, partner: str) -> int:
        self._numbers[partner] += 1
        return self._numbers[partner]

    def row(self, agency: Cast, partner: str, quarter_start: date, place: int) -> dict[str, str]:
        """`place`: the how-manieth worker of this agency and partner, so that corridors and sexes take turns."""
        number = self.number(partner)
        rng = random.Random(f"{self._seed}/{partner}/{number}")
        turns = self._turns.setdefault(agency.licence, Turns(f"{self._seed}/{agency.licence}"))
        conduct = CLEAN if partner in SELF_DECLARING else CONDUCTS[agency.conduct]
        other = agency.corridors[place % len(agency.corridors)]
        origin, destination = (agency.country, other) if other not in ORIGINS else (other, agency.country)
        money = corridor(origin, destination)
        home = rng.random() < HOME_WAGES.get(partner, 0.0)
        row = self._person(rng, turns, agency, partner, number, quarter_start, conduct)
        row |= {"origin_country": origin, "destination_country": destination, "currency": CURRENCY[origin]}
        row |= _costs(rng, turns, conduct, money, CURRENCY[origin])
        row |= _wages(rng, turns, conduct, money, CURRENCY[origin] if home else None)
        row |= _answers(turns, conduct)
        if agency.conduct == "small_charging":
            row["verification"] = "self_report"
        if agency.conduct == "harsh" and turns.come("investigated", 0.04):
            row["verification"] = "investigated"
        return row

    def _person(
        self,
        rng: random.Random,
        turns: Turns,
        agency: Cast,
        partner: str,
        number: int,
        quarter_start: date,
        conduct: Conduct,
    ) -> dict[str, str]:
        interview = _month(quarter_start, rng.randrange(3)).replace(day=rng.randint(1, 25))
        recruited = _month(interview, -rng.randint(5, 20))
        departed = _month(recruited, rng.randint(1, 3))
        initials = "".join(word[0] for word in partner.split("-"))
        minor = turns.come("minor", conduct.minor)
        return {
            "report_id": f"{initials.upper()}-{number:05}",
            "agency_licence": agency.licence,
            "agency_name": agency.name,
            "interview_date": interview.isoformat(),
            "channel": rng.choice(CHANNELS[partner]),
            "consent_use": "yes",
            "consent_reviewer": "yes" if rng.random() < 0.6 else "no",
            "consent_repayment": "yes" if rng.random() < 0.5 else "no",
            "consent_contact": "yes" if rng.random() < 0.3 else "no",
            "worker_ref": ""
            if rng.random() < 0.03
            else f"{initials}-{number:04}-{rng.choice(LETTERS)}{rng.choice(LETTERS)}",
            "sex": "female" if rng.random() < WOMEN.get(agency.sector, 0.15) else "male",
            "age_at_recruitment": str(rng.randint(16, 17) if minor else min(49, 19 + int(rng.expovariate(1 / 8)))),
            "sector": agency.sector,
            "recruited_month": f"{recruited:%Y-%m}",
            "departed_month": f"{departed:%Y-%m}",
            "verification": rng.choices(("self_report", "receipt_seen", "two_sources"), (80, 12, 8))[0],
            "notes": rng.choice(NOTES[:4] if conduct.charged > 0.1 else NOTES[4:]) if rng.random() < 0.06 else "",
        }


def _costs(rng: random.Random, turns: Turns, conduct: Conduct, money: Corridor, currency: str) -> dict[str, str]:
    if not turns.come("charged", conduct.charged):
        return {"total_paid": "0", "loan_source": "none" if rng.random() < 0.8 else ""}
    unit = ROUND[currency]
    paid = _paid(rng, money, currency, unit)
    row = {"total_paid": str(paid), "payee_type": "agency"}
    items = {"fee_recruiter_service": 0.55, "medical_exam": 0.05, "passport_id": 0.03, "travel_international": 0.2}
    if turns.come("sub_agent", conduct.sub_agent):
        row["payee_type"] = "sub_agent"
        items = {"fee_subagent": 0.6, "fee_recruiter_service": 0.15, "medical_exam": 0.05, "welfare_fund": 0.02}
    if turns.come("deposit", conduct.deposit):
        row["cost_deposit_bond"] = str(unit)
    style = rng.random()
    if style < 0.30 and "cost_deposit_bond" not in row:
        row["cost_lump_sum_unspecified"] = str(paid)
    elif style < 0.60:
        row |= {f"cost_{code}": str(round(paid * share / 100) * 100) for code, share in items.items()}
    deducted = turns.come("deducted", conduct.deducted)
    row["deducted_amount"] = str(unit) if deducted else "0"
    if turns.come("repaid", conduct.repaid):
        row["reimbursed_amount"] = str(paid + (unit if deducted else 0))
    elif rng.random() < 0.8:
        row["reimbursed_amount"] = str(paid // 5) if rng.random() < 0.08 else "0"
    if money.cap is not None and rng.random() < 0.5:
        row["receipt_amount"] = str(min(money.cap, paid))
    return row | _loan(rng, turns, conduct, paid)


def _paid(rng: random.Random, money: Corridor, currency: str, unit: int) -> int:
    if currency in SPIKES and rng.random() < 0.25:
        return rng.choice(SPIKES[currency])
    median = math.log(money.cost) - money.sigma**2 / 2
    drawn = rng.lognormvariate(median, money.sigma)
    return max(unit, round(drawn / unit) * unit) if rng.random() < 0.7 else max(unit, round(drawn / 100) * 100)


def _loan(rng: random.Random, turns: Turns, conduct: Conduct, paid: int) -> dict[str, str]:
    if turns.come("dear_loan", conduct.dear_loan):
        if rng.random() < 0.15:
            return {"loan_source": "agency", "loan_amount": str(paid // 2)}
        rate, period = rng.choice((("3", "month"), ("5", "month"), ("60", "year"), ("36", "year")))
        return {"loan_source": "moneylender", "loan_amount": str(paid), "loan_rate": rate, "loan_rate_period": period}
    if rng.random() < 0.45:
        return {"loan_source": "none"}
    source, rate = rng.choice((("family", ""), ("family", ""), ("bank", "14"), ("mfi", "24")))
    return {
        "loan_source": source,
        "loan_amount": str(paid // 2),
        "loan_rate": rate,
        "loan_rate_period": "year" if rate else "",
    }


def _wages(rng: random.Random, turns: Turns, conduct: Conduct, money: Corridor, home: str | None) -> dict[str, str]:
    short = turns.come("short_wage", conduct.short_wage)
    wage = money.wage * (1 + rng.randint(-2, 4) / 20)
    if home is not None:
        wage = wage / PER_DOLLAR[money.wage_currency] * PER_DOLLAR[home]
    step = 10 ** max(0, int(math.log10(wage)) - 1)
    promised = round(wage / step) * step
    return {
        "promised_wage": str(promised),
        "actual_wage": str(round(promised * 0.8) if short else promised),
        "wage_currency": home or money.wage_currency,
        "wage_period": "month",
    }


def _answers(turns: Turns, conduct: Conduct) -> dict[str, str]:
    def said(what: str, share: float) -> str:
        return "yes" if turns.come(what, share) else "no"

    def unless(what: str, share: float) -> str:
        return "no" if turns.come(what, share) else "yes"

    row = {
        "contract_before_departure": unless("no_contract", conduct.no_contract),
        "contract_understood": unless("not_understood", conduct.not_understood),
        "contract_substituted": said("substituted", conduct.substituted),
        "costs_disclosed": unless("costs_hidden", conduct.costs_hidden),
        "orientation_received": unless("no_orientation", conduct.no_orientation),
        "movement_restricted": said("restricted", conduct.restricted),
        "threats": said("threats", conduct.threats),
        "wages_withheld": said("withheld", conduct.withheld),
        "penalty_for_leaving": said("penalty", conduct.penalty),
        "grievance_known": unless("no_channel", conduct.no_channel),
        "grievance_raised": said("raised", conduct.raised),
        "retaliation": said("retaliation", conduct.retaliation),
        "data_shared_without_consent": said("data_shared", conduct.data_shared),
        "passport_holder": "employer" if turns.come("passport", conduct.passport) else "self",
    }
    if row["grievance_raised"] == "yes":
        row["grievance_resolved"] = unless("unresolved", conduct.unresolved)
    if "yes" in (row["movement_restricted"], row["threats"], row["wages_withheld"], row["penalty_for_leaving"]):
        row["responsible"] = "agency" if turns.come("by_agency", 0.4) else "employer"
    return row


def _month(day: date, months: int) -> date:
    """The first day of the month that many months away."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
