"""A file's texts with the partner's answers in their place: one word for many rows, and single cells mended by hand.

What is mended is what counts and what is kept: a name that was taken out of a cell is stored nowhere.
"""

import polars as pl

from schemas.answers import Answers


def answered(texts: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """`texts` is tidied (our names, and `line`). A column that only an answer fills is added; "" empties a cell."""
    for name, words in answers.words.items():
        if name in texts.columns:
            said = pl.col(name).replace(dict(words))
            texts = texts.with_columns(_filled(said).alias(name))
    return _with_cells(texts, answers) if answers.cells else texts


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
