"""What stands where a release tells no figure: a sentence, never a dash, a blank or a colour alone.

A range says how much chance leaves open. Too few workers to show hides a figure, the same for no worker and for nine.
Not assessed says that no answer could be had. The three are told apart in words, on every page that shows releases.
"""

from typing import TypeVar

from schemas.release import TOO_FEW

T = TypeVar("T")

NOT_ASSESSED = "not assessed"
WIDE = "range too wide"  # why something is unclear: chance, not suppression
SIGN = "few"  # where there is room for one short word only, beside a legend


def or_too_few(told: T | None) -> T | str:
    return TOO_FEW if told is None else told


def needs(least: int) -> str:
    """Of what is told from a number of workers on that is not reached."""
    return f"{TOO_FEW}: {least} are needed"


def thin(workers: str | None, least: int) -> str:
    """Why a median or another figure that needs `least` workers is missing; `workers`: of how many it would be."""
    return TOO_FEW if workers is None else needs(least)


def steps(low: int, high: int) -> str:
    """A range always says that it is one."""
    return f"range {low} to {high} points"
