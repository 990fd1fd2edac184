"""Which reports may not come back, because their worker's consent was withdrawn? Known by a keyed hash alone.

The key (desk.personal_key) never leaves the store, so the hashes tell nothing to those who have only them, and no
number of a forgotten report is kept.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from schemas.codes import Severity
from vetting.intake.wording import FOUND, found

if TYPE_CHECKING:  # pandera takes most of a second to import; only a check needs it
    from vetting.intake.judge import Judged

CODE = "consent_withdrawn"


@dataclass(frozen=True)
class Forgotten:
    """One partner's."""

    key: str = field(default="", repr=False)
    partner: str = ""
    references: frozenset[str] = frozenset()

    def reference(self, report_id: str) -> str:
        """The same hash as vetting.store.purging makes in SQL."""
        return hashlib.sha256(f"{self.key}\n{self.partner}\n{report_id}".encode()).hexdigest()

    def among(self, report_ids: Iterable[str | None]) -> list[bool]:
        """Of each: may it not come back?"""
        return [each is not None and self.reference(each) in self.references for each in report_ids]


NONE_FORGOTTEN = Forgotten()


def refuse_forgotten(judged: "Judged", forgotten: Forgotten) -> "Judged":
    """`judged` with every row refused that reports what was forgotten. Nothing else is said of such a row, and its
    values are not looked at any further: a receipt would keep them. What refuses the whole file still does."""
    if not forgotten.references:
        return judged
    back = pl.Series(forgotten.among(judged.values["report_id"]), dtype=pl.Boolean)
    lines = judged.values["line"].filter(back)
    told = pl.DataFrame([found(CODE, line=line, column="report_id") for line in lines], schema=FOUND)
    of_others = judged.problems.filter(
        ~pl.col("line").is_in(lines.implode()) | (pl.col("severity") == Severity.REFUSE_FILE.value)
    )
    return replace(
        judged,
        values=judged.values.filter(~back),
        problems=pl.concat([of_others, told]),
        refused=judged.refused | back,
        waiting=judged.waiting & ~back,
    )
