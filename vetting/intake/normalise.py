"""From texts to values, a chunk at a time; what could not be understood comes back as faults, cell by cell."""

from collections.abc import Iterator, Mapping

import polars as pl

from schemas.codes import Verification
from schemas.fee_report import MONEY_KINDS, Kind, columns, names_of
from vetting.intake.lexicon import MONEY, TYPES, VERBATIM, Lexicon, agency_key

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
FAULTS = {"row": pl.UInt32(), "column": pl.String(), "code": pl.String(), "detail": pl.String()}


def tidy(chunk: pl.DataFrame, places: Mapping[str, int]) -> pl.DataFrame:
    """Our names, trimmed cells, blank as null. Columns nobody knows, and columns that are empty throughout, go."""
    written = {name: place for name, place in places.items() if chunk[str(place)].null_count() < chunk.height}
    return chunk.select("line", *(_trimmed(name, place) for name, place in written.items()))


def normalise(chunk: pl.DataFrame, lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The chunk's canonical values with `line` and `agency_id`, and its faults (`row`, `column`, `code`, `detail`)."""
    chunk = chunk.with_columns(agency_key(chunk))
    agency = _looked_up("agency_key", lexicon.frames["agency_id"]).alias("agency_id")
    values = chunk.select("line", agency, *(_values(chunk, name, lexicon) for name in columns()))
    values = values.with_columns(
        pl.when(pl.col("grievance_raised")).then(pl.col("grievance_resolved")).alias("grievance_resolved"),
        pl.col("verification").fill_null(Verification.SELF_REPORT.value),
        *(pl.col(name).fill_null(value=False) for name in names_of(Kind.PERMISSION)),
    )
    return values, pl.concat([pl.DataFrame(schema=FAULTS), *_faults(chunk, values, lexicon)])


def _trimmed(name: str, place: int) -> pl.Expr:
    text = pl.col(str(place)).str.strip_chars()
    if columns()[name].kind in VERBATIM:
        text = text.str.replace_all(CONTROL, "")
    return pl.when(text.str.len_bytes() > 0).then(text).alias(name)


def _values(chunk: pl.DataFrame, name: str, lexicon: Lexicon) -> pl.Expr:
    kind = columns()[name].kind
    if name not in chunk.columns:
        return pl.lit(None, dtype=TYPES.get(kind, pl.String())).alias(name)
    if kind in VERBATIM:
        return pl.col(name)
    read = lexicon.frames.get(name)
    if kind not in MONEY_KINDS:
        return _looked_up(name, read)
    plain = pl.col(name).cast(MONEY, strict=False)
    if read is None or read.is_empty():
        return plain
    return pl.when(pl.col(name).is_in(read["text"].implode())).then(_looked_up(name, read)).otherwise(plain)


def _looked_up(name: str, read: pl.DataFrame | None) -> pl.Expr:
    known = None if read is None else read.filter(pl.col("value").is_not_null())
    if known is None or known.is_empty():
        return pl.lit(None, dtype=pl.String() if read is None else read.schema["value"]).alias(name)
    return pl.col(name).replace_strict(known["text"], known["value"], default=None, return_dtype=known.schema["value"])


def _faults(chunk: pl.DataFrame, values: pl.DataFrame, lexicon: Lexicon) -> Iterator[pl.DataFrame]:
    rows = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    for name, read in lexicon.frames.items():
        faulty = read.filter(pl.col("fault").is_not_null()).select("text", "detail", code="fault")
        column = "agency_key" if name == "agency_id" else name
        if faulty.is_empty() or column not in chunk.columns:
            continue
        found = chunk.select(rows, text=column).join(faulty, on="text", maintain_order="left")
        if name == "agency_id":
            where = (
                pl.when(_said(chunk, "agency_licence")).then(pl.lit("agency_licence")).otherwise(pl.lit("agency_name"))
            )
            found = found.join(chunk.select(rows, column=where), on="row", maintain_order="left")
        else:
            found = found.with_columns(column=pl.lit(name))
        yield found.select(FAULTS.keys())
    for name in names_of(Kind.AMOUNT, Kind.WAGE):
        if name in lexicon.frames and name in chunk.columns:
            yield from _conflicts(chunk, values, name, lexicon.frames[name], rows)


def _conflicts(
    chunk: pl.DataFrame, values: pl.DataFrame, name: str, read: pl.DataFrame, rows: pl.Expr
) -> Iterator[pl.DataFrame]:
    """Amounts whose own sign stands for another currency than the row's."""
    signed = read.filter(pl.col("currency").is_not_null()).select("text", sign="currency")
    if signed.is_empty():
        return
    currency = "wage_currency" if columns()[name].kind is Kind.WAGE else "currency"
    found = chunk.select(rows, values[currency].alias("stated"), text=name).join(
        signed, on="text", maintain_order="left"
    )
    yield found.filter(pl.col("sign") != pl.col("stated")).select(
        "row", column=pl.lit(name), code=pl.lit("currency_conflict"), detail="sign"
    )


def _said(chunk: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).is_not_null() if name in chunk.columns else pl.lit(value=False)
