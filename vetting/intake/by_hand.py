"""Which cells may a partner mend by hand, and what do they say now? A page of them at a time; personal ones masked.

What is typed goes into the answers and counts with the next check. A cell left as it stands, mask and all, is no edit.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.answers import Answers
from schemas.codes import Severity
from schemas.problem_codes import PROBLEMS
from vetting.intake.checked import Checked
from vetting.intake.groups import BESIDE_THE_ROWS

AT_ONCE = 200  # rows in one editor; assumed what a person can look through
BESIDE = "report_id"  # stands in every page, so that a row can be found in the partner's own papers
NOT_READY = frozenset(Severity) - {Severity.WARNING}


@dataclass(frozen=True)
class Sheet:
    """Some rows as they stand: `texts` has a row per line and a text per column, "" where a cell is blank; `wrong`
    says per line what is to be mended; `faulty` are the columns in which something is."""

    lines: tuple[int, ...]
    columns: tuple[str, ...]
    faulty: frozenset[str]
    wrong: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]


def lines_to_mend(
    checked: Checked, severities: frozenset[Severity] = NOT_READY, column: str | None = None
) -> tuple[int, ...]:
    """Every line with a problem in one of its cells. A row with too many or too few cells is put
    right by vetting.intake.ragged."""
    return tuple(_told(checked, severities, column)["line"].unique().sort())


def sheet(
    checked: Checked,
    lines: Sequence[int],
    severities: frozenset[Severity] = NOT_READY,
    column: str | None = None,
    more: Sequence[str] = (),
) -> Sheet:
    """The rows of these lines: the columns with a problem in one of them, and `more` that were asked for."""
    told = _told(checked, severities, column).filter(pl.col("line").is_in(list(lines)))
    faulty, wrong = set(told["column"]), defaultdict[int, list[str]](list)
    kinds = told.select("line", "column", pl.col("code").cast(pl.String)).unique().sort("line", "column", "code")
    for line, name, code in kinds.iter_rows():
        wrong[line].append(f"{name}: {PROBLEMS[code].title}")
    order = [*sorted(checked.places, key=lambda name: checked.places[name]), *sorted(faulty - set(checked.places))]
    shown = [BESIDE, *(name for name in order if name != BESIDE and (name in faulty or name in more))]
    parts = []
    for chunk in checked.chunks:
        texts = chunk.frame()
        texts = checked.hidden(texts.filter(pl.col("line").is_in(list(lines))))
        parts.append(
            texts.select(
                "line",
                *(
                    (pl.col(name) if name in texts.columns else pl.lit(None, dtype=pl.String)).fill_null("").alias(name)
                    for name in shown
                ),
            )
        )
    rows = pl.concat(parts).sort("line") if parts else pl.DataFrame({"line": []})
    return Sheet(
        lines=tuple(rows["line"]),
        columns=tuple(shown),
        faulty=frozenset(faulty),
        wrong=tuple("; ".join(wrong[line]) for line in rows["line"]),
        texts=tuple(tuple(row[1:]) for row in rows.iter_rows()),
    )


def mended(answers: Answers, checked: Answers, page: Sheet, edits: Mapping[int, Mapping[str, str | None]]) -> Answers:
    """`answers` with what was typed into the rows of `page`. `checked`: the answers the page shows; a cell put back to
    what it shows is as it was then."""
    cells = {line: dict(said) for line, said in answers.cells.items()}
    for row, typed in edits.items():
        line = page.lines[row]
        for name, text in typed.items():
            told = (text or "").strip()
            if told != page.texts[row][page.columns.index(name)]:
                cells.setdefault(line, {})[name] = told
            elif name in checked.cells.get(line, {}):
                cells.setdefault(line, {})[name] = checked.cells[line][name]
            else:
                cells.get(line, {}).pop(name, None)
    return answers.model_copy(update={"cells": {line: said for line, said in cells.items() if said}})


def without_cell(answers: Answers, line: int, name: str) -> Answers:
    """`answers` with one mended cell taken back."""
    cells = {
        each: {n: text for n, text in said.items() if (each, n) != (line, name)} for each, said in answers.cells.items()
    }
    return answers.model_copy(update={"cells": {each: said for each, said in cells.items() if said}})


def _told(checked: Checked, severities: frozenset[Severity], column: str | None) -> pl.DataFrame:
    told = checked.found.filter(
        pl.col("line").is_not_null(),
        pl.col("column").is_not_null(),
        ~pl.col("code").is_in(list(BESIDE_THE_ROWS)),
        pl.col("severity").is_in([severity.value for severity in severities]),
    ).with_columns(pl.col("column").cast(pl.String))
    return told if column is None else told.filter(pl.col("column") == column)
