"""What is wrong with a file of fee reports? Everything, at once, each problem with its address. Writes nothing."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import TypeVar

import polars as pl

from schemas.agency import Agency
from schemas.answers import UNANSWERED, Answers
from schemas.fee_report import Kind
from schemas.setting import Limits
from vetting.intake.across import Across
from vetting.intake.agencies import NO_ALIASES
from vetting.intake.answered import answered
from vetting.intake.checked import Checked, Chunk, packed, unpacked
from vetting.intake.columns import AGENCY, Mapped, map_columns
from vetting.intake.forgotten import NONE_FORGOTTEN, Forgotten, refuse_forgotten
from vetting.intake.lexicon import Survey
from vetting.intake.normalise import tidy
from vetting.intake.passes import NO_PASSES, Passes
from vetting.intake.personal import mask, personal
from vetting.intake.progress import Progress, silent
from vetting.intake.ragged import rows_put_right, still_ragged
from vetting.intake.read import CHUNK_ROWS, LIMITS, Ragged, Reading, UnreadableFile, column_letter, read
from vetting.intake.wording import FOUND, found

__all__ = ["Checked", "check"]
T = TypeVar("T")


def check(
    data: bytes,
    file_name: str,
    *,
    agencies: Sequence[Agency],
    today: date,
    answers: Answers = UNANSWERED,
    aliases: Mapping[str, Collection[str]] = NO_ALIASES,
    passes: Passes = NO_PASSES,
    forgotten: Forgotten = NONE_FORGOTTEN,
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> Checked:
    """Read, map, normalise and check a whole file, as its partner's `answers` and `passes` say; what was `forgotten`
    does not come back.

    `aliases`: the spellings of agencies that count for this partner (store.aliases). `progress` is told after every
    chunk; what it raises ends the check. Never raises for what a partner did wrong: it is a problem.
    """
    from vetting.intake.judge import judge  # pandera takes most of a second to import; only a check needs it

    file_hash = hashlib.sha256(data).hexdigest()
    try:
        reading = read(data, file_name, reads=answers.read, limits=limits)
        mapped, ragged, survey = map_columns(reading.columns, answers.columns), list[Ragged](), Survey(passes)
        kept: list[bytes] = []
        lines, read_rows = reading.text.count(b"\n"), 0  # how many rows there will be is not known before they are read
        for texts in ahead(_texts(reading, mapped, ragged, answers)):
            texts = answered(texts, answers)
            survey.add(texts)
            kept.append(packed(texts))
            read_rows += texts.height
            progress(read_rows, 2 * max(lines, read_rows), "Reading every row.")
    except UnreadableFile as error:
        problem = found("unreadable_file", detail=str(error))
        return Checked(file_name, file_hash, today, 0, found=pl.DataFrame([problem], schema=FOUND))
    lexicon, across = survey.lexicon(agencies, today, answers, aliases), Across()
    chunks: list[Chunk] = []
    problems: list[pl.DataFrame] = []
    absent = frozenset(mapped.missing)
    judging = ahead(judge(unpacked(each), lexicon, today=today, absent=absent) for each in kept)
    for compressed, judged in zip(kept, judging, strict=True):
        judged = refuse_forgotten(judged, forgotten)
        across.add(judged.values)
        problems.append(judged.problems)
        chunks.append(Chunk(compressed, judged.refused, judged.waiting))
        done = sum(chunk.refused.len() for chunk in chunks)
        progress(read_rows + done, 2 * read_rows, "Checking every row.")
        del judged  # its values would stay beside the next chunk's
    unread = still_ragged(ragged, answers)
    rows = sum(chunk.refused.len() for chunk in chunks) + len(unread)
    of_the_file = pl.DataFrame([*_of_the_file(reading, mapped, unread, rows)], schema=FOUND)
    return Checked(
        file_name=file_name,
        file_hash=file_hash,
        today=today,
        rows=rows,
        reading=reading,
        places=mapped.places,
        ragged=tuple(ragged),
        chunks=tuple(chunks),
        found=pl.concat([of_the_file, *problems, across.problems()]),
        lexicon=lexicon,
        agency_countries={agency.agency_id: agency.country for agency in agencies},
        answers=answers,
    )


def ahead(source: Iterator[T]) -> Iterator[T]:
    """The same items, the next one made in another thread while this one is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, source, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, source, None)
            yield item


def _texts(reading: Reading, mapped: Mapped, ragged: list[Ragged], answers: Answers) -> Iterator[pl.DataFrame]:
    """Tidied chunks, and after them the rows put right by hand. Unknown columns are read too: a row in which only they
    say something is no blank row."""
    tidied = partial(tidy, places=mapped.places)
    for chunk in reading.chunks(rows=CHUNK_ROWS, prepare=tidied, ragged=ragged):
        if chunk.height:
            yield chunk
    yield from map(tidied, rows_put_right(ragged, answers, len(reading.columns)))


def _of_the_file(reading: Reading, mapped: Mapped, ragged: Sequence[Ragged], rows: int) -> Iterator[dict[str, object]]:
    header = reading.header_line
    if rows == 0:
        yield found("no_rows")
    for name, near in mapped.missing.items():
        need = " (or `agency_name`)" if name == AGENCY[0] else ""
        need += ", and every report needs it. Add it, or give your own column that name."
        hint = "" if near is None else f' Your column {column_letter(near)} "{_title(reading, near)}" looks like it.'
        yield found("missing_column", line=header, column=name, detail=need + hint)
    for name, places in mapped.twice.items():
        said = " and ".join(f'{column_letter(place)} "{_title(reading, place)}"' for place in places)
        yield found("duplicate_column", line=header, column=name, detail=f"Columns {said}", place=places[-1])
    for place, meant in mapped.ignored.items():
        title = _title(reading, place)
        hint = "" if meant is None else f" Did you mean `{meant}`? Then give it that name."
        yield found(
            "ignored_column",
            line=header,
            detail=(f'"{title}" is not one we know' if title else "has no header")
            + f": it is left out, neither checked nor stored.{hint}",
            value=title,
            place=place,
        )
    if reading.footer:
        yield _of_the_footer(reading)
    width = len(reading.columns)
    for row in ragged:
        detail = f"The row has {len(row.cells)} cells and the header {width}."
        yield found("ragged_row", line=row.line, detail=detail)


def _of_the_footer(reading: Reading) -> dict[str, object]:
    """What was left out below the table, so that nobody misses a row."""
    lines = len(reading.footer)
    said = "One line below the table was" if lines == 1 else f"{lines} lines below the table were"
    return found("footer_left_out", line=reading.footer_line, detail=said)


def _title(reading: Reading, place: int) -> str:
    """A header, masked where it is personal: in a file without headers a report stands in their place."""
    title = reading.columns[place]
    return mask(title) if personal(Kind.TEXT, title) else title
