"""A row with too many or too few cells, put into its columns by hand. Until then nothing of it is taken.

It counts with the next check as soon as something is said of its cells (Answers.cells): then its row is what was said,
and nothing else of it.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from schemas.answers import Answers
from vetting.intake.blocks import Ragged


def rows_put_right(ragged: Sequence[Ragged], answers: Answers, width: int) -> Iterator[pl.DataFrame]:
    """The rows of which a partner said what stands in them, blank, for the answers to fill: `line` and `width` columns,
    named as a reading's."""
    lines = [row.line for row in ragged if row.line in answers.cells]
    if lines:
        yield pl.DataFrame({"line": lines}).with_columns(
            pl.lit(None, dtype=pl.String).alias(str(place)) for place in range(width)
        )


def still_ragged(ragged: Sequence[Ragged], answers: Answers) -> list[Ragged]:
    return [row for row in ragged if row.line not in answers.cells]


def aligned(cells: Sequence[str], width: int, place: int, delimiter: str) -> tuple[str, ...]:
    """The cells as `width` columns have them, if at `place` (0 is A) cells are missing, or one was torn into pieces
    because it holds the delimiter."""
    surplus = len(cells) - width
    if surplus <= 0:
        return (*cells[:place], *[""] * -surplus, *cells[place:])
    torn = cells[place : place + surplus + 1]
    whole = delimiter.join(torn) if any(cell.strip() for cell in torn[1:]) else torn[0]
    return (*cells[:place], whole, *cells[place + surplus + 1 :])


def put_right(answers: Answers, line: int, columns: Mapping[str, int], cells: Sequence[str]) -> Answers:
    """`answers` with this row: of `cells`, one for each of the file's columns, those that are ours (`columns`: ours to
    the place of theirs)."""
    said = {name: cells[place].strip() for name, place in columns.items()}
    return answers.model_copy(update={"cells": {**answers.cells, line: said}})


def taken_back(answers: Answers, line: int) -> Answers:
    """`answers` without anything said of this row."""
    return answers.model_copy(update={"cells": {each: said for each, said in answers.cells.items() if each != line}})
