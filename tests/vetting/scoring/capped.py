"""One report, the legal rules a test gives, and what is made of both."""

from decimal import Decimal
from typing import Any

import polars as pl

from schemas.fee_cap import FeeCap, fee_caps
from tests.vetting.scoring.test_answers import AMOUNTS, BLANK, RATES, SCHEMA
from vetting.exchange import Rates
from vetting.scoring.answers import ANSWERS, answer

ABOVE, BELOW, UNKNOWN = True, False, None
CAP = {
    "rule": "cap", "origin": "NPL", "destination": "QAT", "category": "all", "kind": "amount", "amount": "1000",
    "unit": "once", "maximum": "", "currency": "NPR", "valid_from": "2020-01-01", "valid_to": "", "in_force_by": "",
    "cap_scope": "service_charge", "binds": "NPL", "confidence": "high", "source": "made up",
}  # fmt: skip
WAGE = {"wage_currency": "NPR", "wage_period": "month", "actual_wage": "600"}


def rules(*changes: dict[str, str]) -> list[FeeCap]:
    """One made-up rule per change: NPR 1,000 of service charge from Nepal to Qatar since 2020."""
    return [FeeCap.model_validate(CAP | {"rule": f"cap{place}"} | change) for place, change in enumerate(changes)]


def compared(caps: list[FeeCap] | None, rates: Rates = RATES, **given: Any) -> dict[str, Any]:
    """The answers of a report in rupees that says only what is given; amounts may be written as text."""
    said = {"currency": "NPR"} | given
    row = BLANK | {k: Decimal(v) if k in AMOUNTS and v is not None else v for k, v in said.items()}
    return (
        answer(pl.DataFrame([row], schema_overrides=SCHEMA), rates, fee_caps() if caps is None else caps)
        .select(ANSWERS)
        .row(0, named=True)
    )


def w03(caps: list[FeeCap] | None, rates: Rates = RATES, **given: Any) -> bool | None:
    return compared(caps, rates, **given)["w03"]
