"""A file's texts with the partner's answers in their place: one word for many rows, and single cells mended by hand.

Cells come first: what is typed into one may be a word that was answered. A word answered for "" stands in every cell
that is blank; the page asks so only for units (a currency, a period), because elsewhere blank is an answer: unknown.

What is mended is what counts and what is kept: a name that was taken out of a cell is stored nowhere.
"""

import polars as pl

from schemas.answers import Answers


def answered(texts: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """`texts` is tidied (our names, and `line`). A column that only an answer fills is added; "" empties a cell."""
    if answers.cells:
        texts = _with_cells(texts, answers)
    for name, words in answers.words.items():
        blank = pl.lit(words.get("") or None, dtype=pl.String)
        if name in texts.columns:
            said = _filled(pl.col(name).replace(dict(words)))
            texts = texts.with_columns(pl.when(pl.col(name).is_null()).then(blank).otherwise(said).alias(name))
        elif words.get(""):
            texts = texts.with_columns(blank.alias(name))
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
