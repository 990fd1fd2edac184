"""What do the documents say? Points per criterion from assessments and open findings, as known at K."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from schemas.clocks import months_before
from schemas.codes import Grade
from schemas.standard import Standard
from vetting.scoring.tally import Bools, Floats, Ints
from vetting.store import Cursor

ASSESSED = """
SELECT DISTINCT assessment.agency_id, assessed.crit_code
FROM desk.assessment AS assessment
JOIN desk.assessed_criterion AS assessed ON assessed.assessment_id = assessment.assessment_id
WHERE assessment.recorded_at <= $known_at
  AND assessment.completed_on > $completed_from
  AND assessment.completed_on <= $as_of
ORDER BY assessment.agency_id, assessed.crit_code
"""
OPEN_FINDINGS = """
WITH newest AS (
    SELECT finding_id, arg_max(state, recorded_at) AS state
    FROM desk.corrective_action
    WHERE recorded_at <= $known_at
    GROUP BY finding_id
)
SELECT finding.agency_id, finding.crit_code, finding.grade
FROM desk.finding AS finding
LEFT JOIN newest ON newest.finding_id = finding.finding_id
WHERE finding.recorded_at <= $known_at
  AND newest.state IS DISTINCT FROM 'closed'
ORDER BY finding.agency_id, finding.crit_code, finding.grade
"""
WORST_FIRST = (Grade.CRITICAL, Grade.MAJOR, Grade.MINOR, Grade.OBSERVATION)


@dataclass(frozen=True)
class Documents:
    """A row per agency, a column per criterion of the standard. `points` is NaN where no assessment of the last 36
    months covered the criterion; `critical` marks open critical findings, covered or not."""

    points: Floats
    critical: Bools
    major: Bools

    def take(self, rows: Ints) -> "Documents":
        return Documents(self.points[rows], self.critical[rows], self.major[rows])


def read_documents(
    db: Cursor,
    agencies: list[str],
    standard: Standard,
    merged: Mapping[str, str],
    *,
    as_of: date,
    known_at: datetime,
) -> Documents:
    """Documents' side: by the worst open finding of any assessment: none 100, observation 90, minor 70, major 30,
    critical 0. A finding is open until its newest corrective action says closed. What stands under the id of an entry
    that is part of another agency (`merged`) speaks of that one."""
    row = {agency: index for index, agency in enumerate(agencies)}
    row |= {gone: row[remains] for gone, remains in merged.items() if remains in row}
    column = {criterion.crit_code: index for index, criterion in enumerate(standard.criteria)}
    covered = np.zeros((len(agencies), len(column)), dtype=np.bool_)
    worst = np.full(covered.shape, len(WORST_FIRST), dtype=np.int64)
    completed_from = months_before(as_of, standard.scheme.documents_age.value)
    values = {"known_at": known_at, "as_of": as_of, "completed_from": completed_from}
    for agency, criterion in db.execute(ASSESSED, values).fetchall():
        if agency in row and criterion in column:
            covered[row[agency], column[criterion]] = True
    for agency, criterion, grade in db.execute(OPEN_FINDINGS, {"known_at": known_at}).fetchall():
        if agency in row and criterion in column:
            place = row[agency], column[criterion]
            worst[place] = min(worst[place], WORST_FIRST.index(Grade(grade)))
    by_rank = np.array([standard.documents.points(grade) for grade in (*WORST_FIRST, None)], dtype=np.float64)
    return Documents(
        points=np.where(covered, by_rank[worst], np.nan),
        critical=worst == WORST_FIRST.index(Grade.CRITICAL),
        major=np.asarray((worst == WORST_FIRST.index(Grade.MAJOR)).any(axis=1)),
    )
