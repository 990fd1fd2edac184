"""What an application states and a review looks at, beside the standard: levels of capacity building, and the five
elements of management each criterion is reviewed against. Read from `schemas/review_sheets/<standard>.toml`.

None of it is scored, so a standard's content and hash stay as they are.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from schemas.record import Record
from schemas.standard import DEFAULT

FOLDER = Path(__file__).parent / "review_sheets"


class CapacityLevel(Record):
    """How far an agency has come in a programme of capacity building; `basis` says where the level comes from."""

    code: str
    title: str
    means: str
    status: Literal["assumed", "public"]
    basis: str


class Element(Record):
    """An element of an agency's management. `asks` is the question a reviewer answers; `short` heads a column."""

    code: str
    title: str
    short: str
    asks: str
    status: Literal["assumed", "public"]
    basis: str


class ReviewSheet(Record):
    """`elements` and `capacity_levels` in the order they are shown, the lowest level first."""

    standard: str
    elements: tuple[Element, ...]
    capacity_levels: tuple[CapacityLevel, ...]

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        for listed in (self.elements, self.capacity_levels):
            if len({each.code for each in listed}) != len(listed) or not listed:
                raise ValueError("a code appears twice, or there is none")
        return self

    def element(self, code: str) -> Element:
        """Raises KeyError for a code the sheet does not have."""
        return {each.code: each for each in self.elements}[code]

    def level(self, code: str) -> CapacityLevel:
        """Raises KeyError for a code the sheet does not have."""
        return {each.code: each for each in self.capacity_levels}[code]


@cache
def load_review_sheet(standard_id: str = DEFAULT) -> ReviewSheet:
    """The sheet of that standard. Raises FileNotFoundError, or pydantic's ValidationError naming what is wrong."""
    return ReviewSheet.model_validate(tomllib.loads((FOLDER / f"{standard_id}.toml").read_text(encoding="utf-8")))
