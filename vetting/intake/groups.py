"""Which problems have one remedy in common? "312 rows: …" comes before row by row, so that one mends many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.codes import Severity
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS

# These speak of the header or of what stands below the table, not of a row: each is a group of its own.
BESIDE_THE_ROWS = frozenset({"missing_column", "duplicate_column", "ignored_column", "footer_left_out"})
ORDER = {Severity.REFUSE_FILE: 0, Severity.REFUSE_ROW: 1, Severity.QUARANTINE: 2, Severity.WARNING: 3}


@dataclass(frozen=True)
class Group:
    """Problems of one kind in one column. `rows` are distinct lines (0: it is about the file and none of its rows)."""

    code: str
    severity: Severity
    title: str
    column: str | None
    letter: str | None
    rows: int
    lines: tuple[int, ...]
    values: tuple[str, ...]  # the most frequent first, as masked
    message: str


def group(problems: Sequence[Problem]) -> list[Group]:
    """The gravest first, then those that touch most rows."""
    kinds: dict[tuple[Severity, str, str | None, str], list[Problem]] = {}
    for problem in problems:
        own = problem.message if problem.code in BESIDE_THE_ROWS else ""
        kinds.setdefault((problem.severity, problem.code, problem.column, own), []).append(problem)
    groups = [_group(members) for members in kinds.values()]
    return sorted(groups, key=lambda g: (ORDER[g.severity], -g.rows, g.title, g.column or ""))


def worst_by_line(problems: Sequence[Problem]) -> dict[int, Severity]:
    """What becomes of each line that has a problem: the gravest of its problems decides."""
    worst: dict[int, Severity] = {}
    for problem in problems:
        if problem.line is not None:
            known = worst.get(problem.line, Severity.WARNING)
            worst[problem.line] = min(known, problem.severity, key=ORDER.__getitem__)
    return worst


def _group(members: Sequence[Problem]) -> Group:
    first = members[0]
    of_rows = first.code not in BESIDE_THE_ROWS
    lines = sorted({problem.line for problem in members if of_rows and problem.line is not None})
    values = Counter(problem.value for problem in members if problem.value)
    return Group(
        code=first.code,
        severity=first.severity,
        title=PROBLEMS[first.code].title if first.code in PROBLEMS else first.code,
        column=first.column,
        letter=first.letter,
        rows=len(lines),
        lines=tuple(lines),
        values=tuple(value for value, _ in values.most_common()),
        message=Counter(problem.message for problem in members).most_common(1)[0][0],
    )
