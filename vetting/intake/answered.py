"""A file's texts with the partner's answers in their place: one word for many rows, and single cells mended by hand.

Cells come first: what is typed into one may be a word that was answered.

What is mended is what counts and what is kept: a name that was taken out of a cell is stored nowhere.
"""

import polars as pl

from schemas.answers import Answers
from schemas.fee_report import Kind, names_of

UNITS = frozenset({*names_of(Kind.CURRENCY), "loan_rate_period", "wage_period"})


def answered(texts: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """`texts` is tidied (our names, and `line`). A column that only an answer fills is added; "" empties a cell.

    What stands for "" fills the blank cells of a unit (UNITS), which a header or the partner may say once for all rows.
    In every other column blank is unknown, and nothing said once can make many rows known.
    """
    if answers.cells:
        texts = _with_cells(texts, answers)
    for name, words in answers.words.items():
        blank = words.get("") if name in UNITS else None
        if blank and name not in texts.columns:
            texts = texts.with_columns(pl.lit(None, dtype=pl.String).alias(name))
        if name in texts.columns:
            said = pl.col(name).replace(dict(words))
            said = said.fill_null(blank) if blank else said
            texts = texts.with_columns(_filled(said).alias(name))
    return texts


def _with_cells(texts: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """Cells are few, so each column is joined with the lines that were mended in it."""
    first, last = texts["line"].min(), texts["line"].max()
    here = {line: cells for line, cells in answers.cells.items() if first is not None and first <= line <= last}  # type: ignore[operator]
    for name in dict.fromkeys(name for cells in here.values() for name in cells):
        mended = {line: cells[name].strip() for line, cells in here.items() if name in cells}
        kept = pl.col(name) if name in texts.columns else pl.lit(None, dtype=pl.String)
        said = pl.col("line").replace_strict(mended, default=None, return_dtype=pl.String)
        texts = texts.with_columns(
            pl.when(pl.col("line").is_in(list(mended))).then(_filled(said)).otherwise(kept).alias(name)
        )
    return texts


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_bytes() > 0).then(text)
