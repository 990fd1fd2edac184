"""Count and judge some agencies, without making records: what a score and the kept headlines have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from schemas.standard import Standard
from vetting.scoring.counted import window
from vetting.scoring.documents import Documents, read_documents
from vetting.scoring.headline import Result, evaluate, rests_on
from vetting.scoring.judge import PLACE
from vetting.scoring.kept import refuse_purged
from vetting.scoring.measure import measure
from vetting.scoring.tally import Bools, Groups, Tally, groups
from vetting.store import Cursor
from vetting.store.merges import fetch_merged

REGISTER = """
SELECT agency_id,
       arg_max(licence, recorded_at) AS licence,
       arg_max(name, recorded_at) AS name,
       arg_max_null(deployed_12m, recorded_at) AS deployed_12m
FROM desk.agency
WHERE recorded_at <= $known_at
GROUP BY agency_id
ORDER BY agency_id
"""


@dataclass(frozen=True)
class Evaluated:
    """All that was judged of some agencies: their rows on the register, arrays in the same order, and how to count
    more about them."""

    standard: Standard
    as_of: date
    known_at: datetime
    agencies: list[tuple[str, str, str, int | None]]
    parameters: dict[str, Any]
    merged: Mapping[str, str]
    groups: Groups
    independent: Tally
    auditors: Tally
    documents: Documents
    result: Result
    rests: Bools

    @property
    def ids(self) -> list[str]:
        return [agency for agency, _, _, _ in self.agencies]

    def joined(self, code: str) -> Bools:
        """Of each agency: are auditors counted in this indicator?"""
        return np.asarray(self.result.judged.with_auditors[:, PLACE[code]])

    def with_auditors(self, code: str) -> list[str]:
        """The agencies in whose indicator auditors are counted."""
        return [self.agencies[int(row)][0] for row in np.flatnonzero(self.joined(code))]


def evaluate_agencies(
    db: Cursor,
    standard: Standard,
    *,
    as_of: date,
    known_at: datetime,
    agencies: Sequence[str] | None = None,
    blocks: Sequence[str] | None = None,
    while_purging: bool = False,
) -> Evaluated:
    """`agencies`: all on the register known at K unless named, unknown ids left out; the id of an entry that is part
    of another agency as known at K means that one. `blocks`: only their members. Raises Purged where rows behind an
    answer are gone; `while_purging`: not, for what is made again when they are."""
    if not while_purging:
        refuse_purged(db, as_of, known_at, agencies)
    merged = fetch_merged(db, known_at)
    register = [row for row in db.execute(REGISTER, {"known_at": known_at}).fetchall() if row[0] not in merged]
    asked = None if agencies is None else {merged.get(agency, agency) for agency in agencies}
    known = [row for row in register if asked is None or row[0] in asked]
    ids = [row[0] for row in known]
    parameters = window(standard, as_of, known_at, None if asked is None else ids, blocks)
    measured = groups(measure(db, parameters, merged), ids)
    documents = read_documents(db, ids, standard, merged, as_of=as_of, known_at=known_at)
    independent = measured.tally.only(measured.independent).totals(measured.agency, len(ids))
    auditors = measured.tally.only(measured.auditor).totals(measured.agency, len(ids))
    result = evaluate(independent, auditors, documents, standard)
    return Evaluated(
        standard=standard,
        as_of=as_of,
        known_at=known_at,
        agencies=known,
        parameters=parameters,
        merged=merged,
        groups=measured,
        independent=independent,
        auditors=auditors,
        documents=documents,
        result=result,
        rests=rests_on(measured, independent, auditors, documents, result, standard),
    )
