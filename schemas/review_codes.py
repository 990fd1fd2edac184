"""The words of reviews, element by element: what was found, and what the agency says of itself."""

from enum import StrEnum


class CellResult(StrEnum):
    """What a review found of one element of management under one criterion. Not assessed is not a pass."""

    CONFORMS = "conforms"
    DOES_NOT_CONFORM = "does_not_conform"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"


class SelfAnswer(StrEnum):
    """What an agency says of itself, of the same. Not answered is not the same as not in place."""

    IN_PLACE = "in_place"
    PARTLY = "partly"
    NOT_IN_PLACE = "not_in_place"
    NOT_ANSWERED = "not_answered"
