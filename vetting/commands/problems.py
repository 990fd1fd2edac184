"""What is wrong with a file, as the command line says it."""

from typing import Protocol

from schemas.codes import Severity
from schemas.problem import Problem
from vetting.commands.context import Counter, Unfit

SHOWN = 50


class Judged(Protocol):
    """What came of a file that is taken whole or not at all."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    def model_dump(self, *, mode: str) -> dict[str, object]: ...


def say_taken(here: Counter, result: Judged, said: str, *, as_json: bool) -> None:
    """Say what was taken, or everything that is wrong; ends with 1 when nothing was taken."""
    if as_json:
        here.say_json(result.model_dump(mode="json"))
    else:
        here.say(problem_table(result.problems) if result.problems else said)
    if result.problems:
        raise Unfit("Nothing was taken. Mend the file and import it again.")


def problem_table(problems: tuple[Problem, ...]) -> str:
    """The first problems, the gravest first, each with its address."""
    gravity = list(Severity)
    worst = sorted(problems, key=lambda problem: gravity.index(problem.severity))
    lines = [_sentence(problem) for problem in worst[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"… and {len(problems) - SHOWN} more; --json has them all.")
    return "\n".join(lines)


def _sentence(problem: Problem) -> str:
    where = [] if problem.line is None else [f"line {problem.line}"]
    if problem.column is not None:
        where.append(f"column {problem.letter or '?'} ({problem.column})")
    value = "" if not problem.value else f" {problem.value!r}"
    return f"{problem.severity.value}: {', '.join(where) or 'the file'}:{value} {problem.message} [{problem.code}]"
