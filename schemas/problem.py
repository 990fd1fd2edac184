"""A problem has an address: line, column letter and name, the value, the rule, the remedy."""

from schemas.codes import Severity
from schemas.record import Record


class Problem(Record):
    """One thing wrong with a file. `line` counts as the partner's spreadsheet does (header = 1); None: the whole file.

    `value` is masked where it may be personal. `message` says what is wrong and what to do.
    """

    line: int | None
    column: str | None
    letter: str | None
    value: str | None
    code: str
    severity: Severity
    message: str
