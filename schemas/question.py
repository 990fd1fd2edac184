"""A question that one answer settles for many rows: what a word, a decimal mark, a day's order or a calendar means."""

from enum import StrEnum

from schemas.record import Record


class Ask(StrEnum):
    """What is asked: the field of schemas.answers.Answers that the answer goes into."""

    WORD = "words"
    MARK = "marks"
    ORDER = "orders"
    CALENDAR = "calendars"


class Choice(Record):
    """`value` is what goes into the answers ("" leaves the cell blank); `label` says it to a person."""

    value: str
    label: str


class Question(Record):
    """`columns`: ours, with the same letters of theirs beside them (None where the file has no such column).

    `written`: the words asked about ("" are blank cells); None: the whole column. `rows` are distinct, `lines` the
    first of them. `choices`: the likeliest first, never one chosen beforehand. `headers`: of the blank cells of a
    currency, the letters of the columns whose header names one, with what it says; the first `named` choices are these.
    """

    ask: Ask
    code: str
    columns: tuple[str, ...]
    letters: tuple[str | None, ...]
    written: str | None
    rows: int
    lines: tuple[int, ...]
    choices: tuple[Choice, ...]
    headers: tuple[tuple[str, str], ...] = ()
    named: int = 0

    @property
    def key(self) -> str:
        """The same for the same question of the same file."""
        return "|".join((self.ask, self.code, ",".join(self.columns), self.written or ""))
