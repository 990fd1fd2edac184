"""What one text of a column was understood to say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Meaning:
    """`value` None without a fault: the cell says nothing. `fault`: a code of schemas.problem_codes, with `detail`.

    `currency`: what an amount's own sign stands for.
    """

    value: str | bool | int | Decimal | date | None = None
    fault: str | None = None
    detail: str | None = None
    currency: str | None = None
