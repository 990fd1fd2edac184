"""What does the house know that a check of one partner's file must know too?"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict

from schemas.agency import Agency
from schemas.answers import Answers
from schemas.setting import Limits
from vetting.intake.aliases import known_aliases
from vetting.intake.forgotten import Forgotten
from vetting.intake.passes import Passes
from vetting.intake.read import UnreadableFile, read
from vetting.store.agencies import fetch_agencies
from vetting.store.answers import remembered_columns
from vetting.store.connect import Cursor
from vetting.store.forgotten import fetch_forgotten
from vetting.store.passes import fetch_passes
from vetting.store.settings import fetch_settings


class Known(TypedDict):
    """Handed to `check` as it is: the register, the spellings that count for the partner, its lifted alarms, the
    reports that may not come back, and how large a file may be."""

    agencies: Sequence[Agency]
    aliases: Mapping[str, Collection[str]]
    passes: Passes
    forgotten: Forgotten
    limits: Limits


def known_to(db: Cursor, partner: str) -> Known:
    return Known(
        agencies=fetch_agencies(db),
        aliases=known_aliases(db, partner),
        passes=fetch_passes(db, partner),
        forgotten=fetch_forgotten(db, partner),
        limits=fetch_settings(db),
    )


def with_remembered(db: Cursor, partner: str, data: bytes, file_name: str, answers: Answers) -> Answers:
    """`answers`, with what the partner said of just these headers before where they say nothing of columns."""
    if answers.columns:
        return answers
    try:
        headers = read(data, file_name, reads=answers.read, limits=fetch_settings(db)).columns
    except UnreadableFile:  # the check says so
        return answers
    return answers.model_copy(update={"columns": remembered_columns(db, partner, headers)})
