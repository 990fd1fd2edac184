"""What may a worker be charged by law? One record per rule, and which workers the words of a rule mean.

Caps on what employers pay are no worker fees: none is among these.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from schemas.lookup import ANY, cost_codes, countries, currencies, listed
from schemas.problem import Problem
from schemas.record import Record

EVERYBODY = "all"
CapKind = Literal["zero", "amount", "months_wage", "per_job_order", "prohibited_dest"]
CapScope = Literal["service_charge", "total_cost", "monthly_fee"]
CapUnit = Literal["once", "per_12_months", "monthly"]
# The cost codes a scope compares; a rule's `includes` come on top. Everything is part of the total cost.
SERVICE_CHARGE = tuple(code for code, cost in cost_codes().items() if cost.group == "recruitment_fee" and cost.column)


class FeeCap(Record):
    """One legal rule on what a worker may be charged.

    `rule`: its name, by which a later version replaces it. `origin`, `destination`: alpha-3, or `*` for any.
    `category`: which workers it means, `all` or a word of `cap_categories`; of a word that is not there nobody can say.
    `kind`: `zero` and `prohibited_dest` allow nothing; `amount` is in `currency`; `months_wage` in months of the
    worker's wage; of `per_job_order` the amount is on the order, which reports do not tell, so it is blank.
    `maximum`: above it the rule is surely broken; between `amount` and it nobody can say (the length of a contract, a
    tax on top, copies that differ). Of a rule per 12 months without one, nothing is surely above.
    `valid_from` and `valid_to` are blank where the day is not known; `in_force_by` is the first day by which the
    source shows it was in force.
    `cap_scope`, `includes`: which costs are compared. `binds`: the country whose licensed agencies it counts against;
    None: shown only.
    """

    rule: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")
    origin: str
    destination: str
    category: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    kind: CapKind
    amount: Decimal | None = Field(ge=0, max_digits=18, decimal_places=4)
    unit: CapUnit
    maximum: Decimal | None = Field(ge=0, max_digits=18, decimal_places=4)
    currency: str | None
    valid_from: date | None
    valid_to: date | None
    in_force_by: date | None
    cap_scope: CapScope
    includes: tuple[str, ...] = ()
    binds: str | None
    confidence: Literal["high", "medium", "low"]
    source: str = Field(min_length=1)

    @field_validator("amount", "maximum", "currency", "valid_from", "valid_to", "in_force_by", "binds", mode="before")
    @classmethod
    def _blank_is_unknown(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("includes", mode="before")
    @classmethod
    def _codes_between_strokes(cls, value: object) -> object:
        return tuple(filter(None, value.split("|"))) if isinstance(value, str) else value

    @field_validator("includes")
    @classmethod
    def _known_costs(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [code for code in value if code not in cost_codes() or not cost_codes()[code].column]
        if unknown:
            raise ValueError(f"{unknown[0]} is no cost of a fee report")
        return value

    @field_validator("origin", "destination")
    @classmethod
    def _known_place(cls, value: str) -> str:
        if value != ANY and value not in countries():
            raise ValueError(f"write a country's alpha-3 code, such as NPL, or {ANY} for any")
        return value

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str | None) -> str | None:
        if value is not None and value not in currencies():
            raise ValueError("write a currency's code, such as NPR")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.amount is None) != (self.kind == "per_job_order"):
            raise ValueError("amount: every kind but per_job_order has one, and per_job_order has none")
        if self.kind in ("zero", "prohibited_dest") and self.amount != 0:
            raise ValueError(f"amount: of the kind {self.kind} it is 0")
        if self.kind == "amount" and self.currency is None:
            raise ValueError("currency: an amount needs one")
        if self.maximum is not None and (self.amount is None or self.maximum < self.amount):
            raise ValueError("maximum: it cannot be below the amount")
        if self.binds not in (None, self.origin, self.destination) or self.binds == ANY:
            raise ValueError(
                "binds: a rule binds agencies of its origin or of its destination, or is shown only (blank)"
            )
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to: it lies before valid_from")
        return self

    @property
    def tier(self) -> int:
        """How exact the rule is, 0 the most: both places and the category, both places, origin and category, origin;
        then likewise the destination alone."""
        return 4 * (self.origin == ANY) + 2 * (self.destination == ANY) + (self.category == EVERYBODY)

    @property
    def compared(self) -> tuple[str, ...]:
        """The cost codes in its scope."""
        if self.cap_scope == "total_cost":
            return tuple(code for code, cost in cost_codes().items() if cost.column and code != "loan_interest")
        own = ("fee_destination_broker",) if self.cap_scope == "monthly_fee" else SERVICE_CHARGE
        return tuple(dict.fromkeys((*own, *self.includes)))


class CapsAdded(Record):
    """What became of a file of rules; with any problem nothing was taken. `unchanged`: known like that before."""

    rows: int
    added: int
    replaced: int
    unchanged: int
    problems: tuple[Problem, ...] = ()


class CapCategory(Record):
    """How a cap's category follows from sex and sector: a blank sex or an empty sector matches any. `sector` is an
    ISIC division or group whose codes all match. `holds` False: such a worker surely is not in the category; None:
    nobody can say. The first row that matches decides; no row: nobody can say."""

    category: str
    sex: str
    sector: str
    holds: bool | None
    valid_from: date | None
    source: str

    @field_validator("holds", "valid_from", mode="before")
    @classmethod
    def _blank(cls, value: object) -> object:
        return None if value == "" else value


@cache
def fee_caps() -> tuple[FeeCap, ...]:
    """The rules of the reference, with their sources."""
    return tuple(FeeCap.model_validate(row) for row in listed("fee_caps"))


@cache
def cap_categories() -> tuple[CapCategory, ...]:
    return tuple(CapCategory.model_validate(row) for row in listed("cap_categories"))


def clashes(caps: Sequence[FeeCap]) -> list[tuple[FeeCap, FeeCap]]:
    """Pairs that say two things of the same workers, the same scope and the same days, against the same agencies."""
    same: dict[tuple[str | None, ...], list[FeeCap]] = {}
    for cap in caps:
        same.setdefault((cap.origin, cap.destination, cap.category, cap.cap_scope, cap.binds), []).append(cap)
    return [
        (one, other)
        for group in same.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if one.binds is not None and _meet(one, other)
    ]


def _meet(one: FeeCap, other: FeeCap) -> bool:
    """Do both apply on some day, as far as their first days are known?"""
    starts = [cap.valid_from or cap.in_force_by or date.min for cap in (one, other)]
    ends = [cap.valid_to or date.max for cap in (one, other)]
    return max(starts) <= min(ends)
