"""The counts as arrays: one row per agency, or per agency without one of its partners.

Counts only add up, so leaving a partner out is a subtraction. Partners of independent kinds and auditors are kept
apart, because auditors are counted in an indicator only where too few workers come from elsewhere.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.codes import PartnerKind
from vetting.scoring.indicators import COLUMNS, GATES

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

SELF_DECLARED = frozenset({PartnerKind.AGENCY, PartnerKind.EMPLOYER})
INDEPENDENT = frozenset(PartnerKind) - SELF_DECLARED - {PartnerKind.AUDITOR}


@dataclass(frozen=True)
class Tally:
    """Counts of one side. Rows are agencies (or whatever is judged); n and k have a column per indicator, what opens
    gates a column per gate. `told`: workers with an adverse answer in any report, though a later one takes it back."""

    workers: Ints
    partners: Ints
    departed: Ints
    n: Ints
    k: Ints
    unrepaid: Ints
    opening: Ints
    opening_partners: Ints
    told: Ints
    verified: Ints
    investigated: Ints
    charged: Ints
    charged_ruled: Ints
    known_w03: Ints
    known_w04: Ints
    known_w05: Ints
    state_items_only: Ints
    two_currencies: Ints

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(**{f.name: getattr(self, f.name) - getattr(other, f.name) for f in fields(self)})

    def take(self, rows: Ints) -> "Tally":
        return Tally(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def only(self, rows: Bools) -> "Tally":
        """Zero everywhere else."""
        return Tally(
            **{
                f.name: np.where(rows.reshape(-1, *[1] * (getattr(self, f.name).ndim - 1)), getattr(self, f.name), 0)
                for f in fields(self)
            }
        )

    def totals(self, owner: Ints, size: int) -> "Tally":
        """Rows added up by their owner."""
        summed = {}
        for f in fields(self):
            column = getattr(self, f.name)
            total = np.zeros((size, *column.shape[1:]), dtype=np.int64)
            np.add.at(total, owner, column)
            summed[f.name] = total
        return Tally(**summed)


@dataclass(frozen=True)
class Groups:
    """One row per agency and partner: who it is, and its tally. `agency` indexes the list of agencies."""

    agency: Ints
    partner: tuple[str, ...]
    independent: Bools
    auditor: Bools
    newest: npt.NDArray[np.datetime64]
    months: Floats  # months of wage of each worker, one group after the other
    months_counts: Ints
    tally: Tally

    @property
    def counting(self) -> Bools:
        return self.independent | self.auditor


def groups(rows: pl.DataFrame, agencies: list[str]) -> Groups:
    """The measured rows of these agencies as arrays."""
    place = {agency: index for index, agency in enumerate(agencies)}
    rows = rows.filter(pl.col("agency_id").is_in(agencies))
    opening, told, verified, investigated = (
        _columns(rows, [f"{level}_{gate.column}" for gate in GATES])
        for level in ("open", "told", "verified", "investigated")
    )
    kinds, months = rows.get_column("kind"), rows.get_column("months")
    single = {
        name: rows.get_column(name).to_numpy().astype(np.int64)
        for name in (
            "workers",
            "departed",
            "unrepaid",
            "charged",
            "charged_ruled",
            "known_w03",
            "known_w04",
            "known_w05",
        )
    }
    tally = Tally(
        **single,
        partners=np.ones(len(rows), dtype=np.int64),
        n=_columns(rows, [f"n_{column}" for column in COLUMNS]),
        k=_columns(rows, [f"k_{column}" for column in COLUMNS]),
        opening=opening,
        opening_partners=(opening > 0).astype(np.int64),
        told=told,
        verified=verified,
        investigated=investigated,
        state_items_only=rows.get_column("state_items_only").to_numpy().astype(np.int64),
        two_currencies=rows.get_column("two_currencies").to_numpy().astype(np.int64),
    )
    return Groups(
        agency=np.array([place[agency] for agency in rows.get_column("agency_id")], dtype=np.int64),
        partner=tuple(rows.get_column("partner")),
        independent=kinds.is_in(sorted(INDEPENDENT)).to_numpy(),
        auditor=(kinds == PartnerKind.AUDITOR).to_numpy(),
        newest=rows.get_column("newest").to_numpy().astype("datetime64[D]"),
        months=months.explode().drop_nulls().to_numpy(),
        months_counts=months.list.len().fill_null(0).to_numpy().astype(np.int64),
        tally=tally,
    )


def _columns(rows: pl.DataFrame, names: list[str]) -> Ints:
    return np.ascontiguousarray(rows.select(names).to_numpy().astype(np.int64)).reshape(len(rows), len(names))
