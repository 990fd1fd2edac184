"""Which agencies does a file name that the register does not settle? Asked once each, the most frequent first."""

from collections import Counter

import polars as pl

from schemas.answers import AgencyQuestion
from vetting.intake.agencies import READ_AS
from vetting.intake.checked import Checked
from vetting.intake.lexicon import BETWEEN, agency_key


def agency_questions(checked: Checked) -> list[AgencyQuestion]:
    """Every agency text that waits for a person, with the number of rows that say it and the three likeliest."""
    return _questions(checked, pl.col("value").is_null() & pl.col("fault").is_not_null())


def agencies_read(checked: Checked) -> list[AgencyQuestion]:
    """Every agency text that was taken by likeness, as a question that can still be answered otherwise. The first
    candidate is the one it was read as."""
    return _questions(checked, pl.col("fault") == READ_AS)


def _questions(checked: Checked, chosen: pl.Expr) -> list[AgencyQuestion]:
    read = checked.lexicon.frames.get("agency_id")
    keys = set() if read is None else set(read.filter(chosen)["text"])
    if not keys:
        return []
    times: Counter[str] = Counter()
    for chunk in checked.chunks:
        frame = chunk.frame()
        times.update(dict(frame.select(agency_key(frame)).to_series().value_counts().iter_rows()))
    asked = []
    for key, rows in times.most_common():
        if key in keys:
            licence, name, *_ = key.split(BETWEEN)
            likeliest = checked.lexicon.candidates.get(key, ())
            asked.append(
                AgencyQuestion(key=key, licence=licence or None, name=name or None, rows=rows, candidates=likeliest)
            )
    return asked
