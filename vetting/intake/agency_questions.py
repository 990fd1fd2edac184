"""Which agencies does a file name that the register does not settle? Asked once each, the most frequent first."""

from collections import Counter

import polars as pl

from schemas.answers import AgencyQuestion
from vetting.intake.checked import Checked
from vetting.intake.lexicon import BETWEEN, agency_key


def agency_questions(checked: Checked) -> list[AgencyQuestion]:
    """Every agency text that waits for a person, with the number of rows that say it."""
    read = checked.lexicon.frames.get("agency_id", pl.DataFrame(schema={"text": pl.String, "fault": pl.String}))
    open_keys = set(read.filter(pl.col("fault").is_not_null())["text"])
    times: Counter[str] = Counter()
    for chunk in checked.chunks:
        frame = chunk.frame()
        times.update(dict(frame.select(agency_key(frame)).to_series().value_counts().iter_rows()))
    asked = []
    for key, rows in times.most_common():
        licence, name, *_ = key.split(BETWEEN)
        if key in open_keys:
            asked.append(AgencyQuestion(key=key, licence=licence or None, name=name or None, rows=rows))
    return asked
