"""What came of reading a licence register into the house."""

from schemas.problem import Problem
from schemas.record import Record


class ImportResult(Record):
    """`rows` = added + changed + unchanged + repeated + unusable.

    `repeated` rows name an agency that an earlier line of the same file has already described. `unusable` rows could
    not be taken; each has a problem that says why. `changed` agencies got a new version, and the old one is kept.
    """

    register: str
    rows: int
    added: int
    changed: int
    unchanged: int
    repeated: int
    unusable: int
    problems: tuple[Problem, ...]
