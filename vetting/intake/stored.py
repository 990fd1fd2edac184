"""What is kept of a row beside its values: the partner's own words, and a hash by which the same report is known."""

import hashlib
import json
from collections.abc import Mapping, Sequence

import polars as pl

from schemas.fee_report import columns
from vetting.intake.lexicon import BETWEEN
from vetting.intake.normalise import CONTROL

SPECIAL = r'["\\\x00-\x1f]'
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def raw_json(texts: pl.DataFrame, headers: Sequence[str], places: Mapping[str, int]) -> pl.Series:
    """Each row as a JSON object of the partner's headers; blank cells, and columns nobody knows, are left out. A column
    that only an answer fills bears our name."""
    known = [name for name, _ in sorted(places.items(), key=lambda item: item[1]) if name in texts.columns]
    known += [name for name in columns() if name in texts.columns and name not in places]
    pairs = [
        pl.concat_str(
            pl.lit(json.dumps(_key(name, headers, places), ensure_ascii=False) + ': "'),
            _escaped(texts, name),
            pl.lit('"'),
        )
        for name in known
    ]
    body = pl.concat_str(pairs, separator=", ", ignore_nulls=True) if pairs else pl.lit("")
    return texts.select(raw=pl.concat_str(pl.lit("{"), body, pl.lit("}"))).to_series()


def content_hash(values: pl.DataFrame) -> pl.Series:
    """SHA-256 over the canonical values: the same report in another spelling has the same. The agency's id is no part
    of it: after a merge it may be another entry's."""
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in columns()]
    said = values.select(pl.concat_str(parts, separator=BETWEEN)).to_series()
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in said]
    return pl.Series("content_hash", hashes, dtype=pl.String)


def _key(name: str, headers: Sequence[str], places: Mapping[str, int]) -> str:
    """The partner's header; ours where theirs is blank, stands there twice, or is our name for something else."""
    header = headers[places[name]] if name in places else name
    return name if not header.strip() or headers.count(header) > 1 or header in columns() else header


def _escaped(texts: pl.DataFrame, name: str) -> pl.Expr:
    if not texts[name].str.contains(SPECIAL).any():
        return pl.col(name)
    return pl.col(name).str.replace_all(CONTROL, "").str.replace_many(list(ESCAPES), list(ESCAPES.values()))
