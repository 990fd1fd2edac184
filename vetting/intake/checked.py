"""A file after its check: what is wrong with it, and the rows that are ready until somebody commits them.

The texts of a large file are kept compressed and read again chunk by chunk, so that a million rows fit.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from schemas.answers import UNANSWERED, Answers
from schemas.batch import CheckResult
from schemas.codes import Severity
from schemas.fee_cap import FeeCap, fee_caps
from schemas.fee_report import Kind, columns
from schemas.record import Record
from vetting.exchange import Rates
from vetting.intake.lexicon import Lexicon
from vetting.intake.normalise import normalise
from vetting.intake.personal import masked
from vetting.intake.read import Ragged, Reading, column_letter
from vetting.intake.stored import content_hash, raw_json
from vetting.intake.wording import PERSONAL, say_problems, say_value
from vetting.scoring.answers import ANSWERS, answer
from vetting.scoring.indicators import METHOD_VERSION

SLICE = 50_000  # rows whose raw texts are written out at once
REPORT = ("line", *columns(), "agency_id", "raw", "content_hash", "method", *ANSWERS)


class Cell(Record):
    """What the partner wrote, and what was made of it (None: nothing)."""

    column: str
    letter: str
    raw: str
    normalised: str | None


class Beside(Record):
    """One row of a preview. `state`: accepted, quarantined or refused."""

    line: int
    state: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Chunk:
    """Some rows: their texts as compressed Arrow, and which of them are refused or wait for a person."""

    texts: bytes = field(repr=False)
    refused: pl.Series = field(repr=False)
    waiting: pl.Series = field(repr=False)

    def frame(self) -> pl.DataFrame:
        return unpacked(self.texts)


def packed(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="lz4")
    return buffer.getvalue()


def unpacked(texts: bytes) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(texts))


@dataclass(frozen=True)
class Checked:
    """`found`: the problems (wording.FOUND). `ragged`: every row whose number of cells is not the header's, those that
    were put right too. `reading` is None when the file could not be read at all."""

    file_name: str
    file_hash: str
    today: date
    rows: int
    reading: Reading | None = field(repr=False, default=None)
    places: Mapping[str, int] = field(repr=False, default_factory=dict)
    ragged: tuple[Ragged, ...] = field(repr=False, default=())
    chunks: tuple[Chunk, ...] = field(repr=False, default=())
    found: pl.DataFrame = field(repr=False, default_factory=pl.DataFrame)
    answers: Answers = field(repr=False, default=UNANSWERED)
    lexicon: Lexicon = field(repr=False, default_factory=Lexicon)
    agency_countries: Mapping[str, str] = field(repr=False, default_factory=dict)

    @cached_property
    def file_refused(self) -> bool:
        return bool((self.found["severity"] == Severity.REFUSE_FILE.value).any())

    @cached_property
    def result(self) -> CheckResult:
        """Counts and problems. Of a file refused as a whole, every row is refused."""
        accepted = sum(int((~(chunk.refused | chunk.waiting)).sum()) for chunk in self.chunks)
        quarantined = sum(int(chunk.waiting.sum()) for chunk in self.chunks)
        if self.file_refused:
            accepted = quarantined = 0
        return CheckResult.model_construct(
            rows=self.rows,
            accepted=accepted,
            quarantined=quarantined,
            refused=self.rows - accepted - quarantined,
            file_refused=self.file_refused,
            problems=tuple(say_problems(self.found, self.places)),
        )

    @cached_property
    def personal(self) -> Mapping[str, frozenset[int]]:
        """Ours to the lines whose cell is personal: such a cell is shown nowhere but masked."""
        told = self.found.filter(pl.col("code").is_in(PERSONAL), pl.col("column").is_not_null())
        return {
            str(name): frozenset(lines["line"]) for (name,), lines in told.select("column", "line").group_by("column")
        }

    def hidden(self, texts: pl.DataFrame) -> pl.DataFrame:
        """Tidied texts with their personal cells masked."""
        return texts.with_columns(
            pl.when(pl.col("line").is_in(list(lines))).then(masked(pl.col(name))).otherwise(pl.col(name)).alias(name)
            for name, lines in self.personal.items()
            if name in texts.columns
        )

    @property
    def ready(self) -> pl.DataFrame:
        """All rows that would be stored, by the exchange rates and legal caps of the reference alone: the columns of
        evidence.report without batch and partner."""
        return pl.concat(list(self.ready_chunks(Rates(), fee_caps())) or [pl.DataFrame()])

    @property
    def quarantined(self) -> pl.DataFrame:
        """The rows a person must decide about: `line`, `report_id`, `raw`."""
        return pl.concat(list(self.quarantined_chunks()) or [pl.DataFrame()])

    def ready_chunks(self, rates: Rates, caps: Sequence[FeeCap]) -> Iterator[pl.DataFrame]:
        for texts, verdicts in self._slices():
            texts = texts.filter(~verdicts["refused"] & ~verdicts["waiting"])
            values, _ = normalise(texts, self.lexicon)
            country = pl.col("agency_id").replace_strict(
                dict(self.agency_countries), default=None, return_dtype=pl.String
            )
            kept = values.with_columns(
                self._raw(texts), content_hash(values), method=METHOD_VERSION, agency_country=country
            )
            yield answer(kept, rates, caps).select(REPORT)

    def quarantined_chunks(self) -> Iterator[pl.DataFrame]:
        for texts, verdicts in self._slices():
            texts = texts.filter(verdicts["waiting"])
            named = pl.col("report_id") if "report_id" in texts.columns else pl.lit(None, dtype=pl.String)
            yield texts.select("line", named.alias("report_id"), self._raw(texts))

    def preview(self, rows: int = 20) -> list[Beside]:
        """The first rows: every cell that is not blank, raw beside normalised."""
        shown: list[Beside] = []
        for chunk in self.chunks:
            texts = chunk.frame().head(rows - len(shown))
            values, _ = normalise(texts, self.lexicon)
            for place, text in enumerate(self.hidden(texts).iter_rows(named=True)):
                state = "refused" if chunk.refused[place] else "quarantined" if chunk.waiting[place] else "accepted"
                cells = self._cells(text, values.row(place, named=True))
                shown.append(Beside(line=text["line"], state=state, cells=cells))
            if len(shown) >= rows:
                break
        return shown

    def _cells(self, texts: Mapping[str, Any], values: Mapping[str, object]) -> tuple[Cell, ...]:
        hidden = {name for name, lines in self.personal.items() if texts["line"] in lines}
        return tuple(
            Cell(
                column=name,
                letter=column_letter(place),
                raw=texts[name],
                normalised=None if name in hidden else _said(name, values[name]),
            )
            for name, place in self.places.items()
            if texts.get(name) is not None
        )

    def _slices(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """Texts and their verdicts, a slice at a time; nothing of a file that is refused."""
        for chunk in () if self.file_refused else self.chunks:
            texts = chunk.frame()
            verdicts = pl.DataFrame({"refused": chunk.refused, "waiting": chunk.waiting})
            for start in range(0, texts.height, SLICE):
                yield texts.slice(start, SLICE), verdicts.slice(start, SLICE)

    def _raw(self, texts: pl.DataFrame) -> pl.Series:
        return raw_json(texts, () if self.reading is None else self.reading.columns, self.places)


def _said(column: str, value: object) -> str | None:
    """A month is kept as its first day and shown as the month that was written."""
    said = say_value(value)
    return said[: len("2026-05")] if said and columns()[column].kind is Kind.MONTH else said
