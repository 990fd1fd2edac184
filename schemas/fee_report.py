"""What does a fee report hold? One row is one worker's account of one recruitment.

`COLUMNS` is the single source: the template, the data dictionary, the checks and the stored table follow it.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from schemas.codes import (
    Channel,
    LoanSource,
    PassportHolder,
    PayeeType,
    RatePeriod,
    Responsible,
    Sex,
    Verification,
    WagePeriod,
)
from schemas.fee_report_words import WORDS
from schemas.lookup import cost_codes, header_words
from schemas.record import Record

FIRST_INTERVIEW = date(2010, 1, 1)
LONGEST_ID = 64
EXAMPLE = "EXAMPLE-"  # how the report_id of the template's examples begins: such a row is never taken
YOUNGEST, OLDEST = 10, 80
AMOUNT_DIGITS, AMOUNT_SCALE = 18, 4  # DECIMAL(18, 4)
TOLERANCE = "1.05"  # known items may exceed total_paid by 5 %


class Kind(StrEnum):
    """What a cell of the column must be."""

    REPORT_ID = "text of at most 64 characters"
    REFERENCE = "pseudonym of at most 64 characters"
    AGENCY = "text"
    TEXT = "free text"
    COUNTRY = "country"
    DATE = "date"
    MONTH = "month (YYYY-MM)"
    CODE = "one of a list"
    CONSENT = "yes"
    PERMISSION = "yes, no or blank (blank is no)"
    ANSWER = "yes, no or blank (blank is unknown, never no)"
    AGE = "whole number"
    SECTOR = "sector code"
    CURRENCY = "currency code"
    AMOUNT = "amount of 0 or more"
    RATE = "number of 0 or more"
    WAGE = "amount above 0"


MONEY_KINDS = frozenset({Kind.AMOUNT, Kind.RATE, Kind.WAGE})


class Column(Record):
    """`required`: a row without it is refused. `words`: what partners also call it."""

    name: str
    kind: Kind
    rule: str
    example: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (*WORDS.get(self.name, ()), *header_words(self.name, "known"))


def _code(name: str, codes: type[StrEnum], rule: str, example: str = "", *, required: bool = False) -> Column:
    allowed = tuple(code.value for code in codes)
    return Column(name=name, kind=Kind.CODE, rule=rule, example=example, required=required, allowed=allowed)


def _before() -> Iterator[Column]:
    """Who, where and when."""

    def column(name: str, kind: Kind, rule: str, example: str = "", required: bool = False) -> Column:
        return Column(name=name, kind=kind, rule=rule, example=example, required=required)

    yield column(
        "report_id",
        Kind.REPORT_ID,
        "Your own number of the report, used once. The same number in a later file corrects the earlier report.",
        "NP-2026-0001",
        True,
    )
    yield column(
        "agency_licence",
        Kind.AGENCY,
        "The agency's licence number exactly as in its register, leading zeros kept. This or agency_name is needed.",
        "0123/072/73",
    )
    yield column("agency_name", Kind.AGENCY, "The agency's name as in its register.", "Himal Example Overseas")
    yield column(
        "origin_country",
        Kind.COUNTRY,
        "Where the worker was recruited: ISO 3166-1 alpha-3, alpha-2, a name or a common short form.",
        "NPL",
        True,
    )
    yield column(
        "destination_country",
        Kind.COUNTRY,
        "Where the work is, written like origin_country. The same country only with two different regions.",
        "QAT",
        True,
    )
    yield column("origin_region", Kind.TEXT, "Region of origin; needed for recruitment within one country.")
    yield column("destination_region", Kind.TEXT, "Region of the work; needed for recruitment within one country.")
    yield column(
        "interview_date",
        Kind.DATE,
        "The day the worker told it, from 2010-01-01 to today, as YYYY-MM-DD. A date that could be read two ways is "
        "asked about, never guessed.",
        "2026-05-14",
        True,
    )
    yield _code("channel", Channel, "How the worker was heard.", "in_person", required=True)
    yield column(
        "consent_use", Kind.CONSENT, "The worker agreed to this use. Without yes the row is refused.", "yes", True
    )
    yield column(
        "consent_reviewer", Kind.PERMISSION, "A reviewer may read the single report only with this consent.", "yes"
    )
    yield column("consent_repayment", Kind.PERMISSION, "The report may be used to claim repayment.", "yes")
    yield column("consent_contact", Kind.PERMISSION, "The worker may be contacted again through you.", "no")
    yield column(
        "worker_ref",
        Kind.REFERENCE,
        "Your own pseudonym of the worker, one token without spaces, with a digit in it. Never a name, phone, "
        "passport, national number (9 or more digits) or e-mail: these refuse the file.",
        "W-0417",
    )
    yield _code("sex", Sex, "As the worker said it.", "female")
    yield column("age_at_recruitment", Kind.AGE, "Years of age when recruited, 10 to 80.", "27")
    yield column("sector", Kind.SECTOR, "Kind of work: an ISIC code (revision 4), or a common word for it.", "41")
    yield column("recruited_month", Kind.MONTH, "Month of recruitment: not after departure.", "2025-09")
    yield column("departed_month", Kind.MONTH, "Month of departure: not after the interview.", "2026-01")


def _money() -> Iterator[Column]:
    yield Column(
        name="currency",
        kind=Kind.CURRENCY,
        rule='ISO 4217 code of every amount below up to loan_amount; required when one is given. "Rs" or "$" alone '
        "is ambiguous.",
        example="NPR",
    )
    yield _amount("total_paid", "What worker and family paid in all, before and after departure.", "150000")
    for code in cost_codes().values():
        if code.column:
            yield _amount(f"cost_{code.code}", f"{code.label}. Blank is unknown, 0 is free.")
    yield _amount("deducted_amount", "What was later taken from pay for any of this.", "0")
    yield _amount("reimbursed_amount", "What the worker got back.", "0")
    yield _amount("receipt_amount", "What the receipts say, which may differ from what was paid.", "10000")
    yield _code("responsible", Responsible, "Whose act were restriction, penalty, withheld wages and threats?")
    yield _code("payee_type", PayeeType, "Who took most of the money.", "agency")
    yield _code("loan_source", LoanSource, "Who lent money for the recruitment; none if nobody did.", "moneylender")
    yield _amount("loan_amount", "What was borrowed.", "100000")
    yield Column(name="loan_rate", kind=Kind.RATE, rule="Interest in per cent, per loan_rate_period.", example="3")
    yield _code("loan_rate_period", RatePeriod, "Needed with loan_rate.", "month")
    yield Column(name="promised_wage", kind=Kind.WAGE, rule="Wage promised, per wage_period.", example="1200")
    yield Column(name="actual_wage", kind=Kind.WAGE, rule="Wage received, per wage_period.", example="1000")
    yield Column(name="wage_currency", kind=Kind.CURRENCY, rule="ISO 4217 code of both wages.", example="QAR")
    yield _code("wage_period", WagePeriod, "What both wages are for.", "month")


def _amount(name: str, rule: str, example: str = "") -> Column:
    return Column(name=name, kind=Kind.AMOUNT, rule=rule, example=example)


ANSWERS = MappingProxyType(
    {
        "contract_before_departure": "The worker had a contract before departure.",
        "contract_understood": "The worker understood the contract.",
        "contract_substituted": "Another contract took the place of the one agreed.",
        "costs_disclosed": "The costs were told before the worker agreed.",
        "orientation_received": "The worker had an orientation.",
        "movement_restricted": "The worker could not move freely.",
        "threats": "The worker was threatened.",
        "wages_withheld": "Wages were withheld.",
        "penalty_for_leaving": "Leaving has a penalty beyond lawful notice.",
        "grievance_known": "The worker knew a way to complain.",
        "grievance_raised": "The worker raised a grievance.",
        "grievance_resolved": "It was resolved (ignored unless grievance_raised is yes).",
        "retaliation": "The worker suffered for complaining.",
        "data_shared_without_consent": "The worker's data were shared without consent.",
    }
)


def _after() -> Iterator[Column]:
    for name, rule in ANSWERS.items():
        yield Column(name=name, kind=Kind.ANSWER, rule=rule)
    yield _code("passport_holder", PassportHolder, "Who has the passport.", "self")
    yield _code("verification", Verification, "How far you checked the account. Blank is self_report.", "self_report")
    yield Column(
        name="notes",
        kind=Kind.TEXT,
        rule="Free text, never shown beyond reviewers. No names, phones, e-mails, passports or national numbers.",
    )


@cache
def columns() -> MappingProxyType[str, Column]:
    """Every canonical column by name, in the order of the template and of the stored table."""
    return MappingProxyType({column.name: column for column in (*_before(), *_money(), *_after())})


def names_of(*kinds: Kind) -> tuple[str, ...]:
    return tuple(column.name for column in columns().values() if column.kind in kinds)
