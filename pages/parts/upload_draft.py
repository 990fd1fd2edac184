"""The file a partner is working on, and everything answered about it. It lives in this visit only, until it is
committed: a reload, or closing the browser, forgets it, and nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pages.parts import session
from schemas.answers import UNANSWERED, AgencyQuestion, Answers, Reads
from schemas.question import Question
from schemas.viewer import Viewer
from vetting.intake.agency_questions import agencies_read, agency_questions
from vetting.intake.check import Checked
from vetting.intake.groups import Group, group
from vetting.intake.questions import questions
from vetting.intake.read import Reading, read
from vetting.store.agencies import fetch_agencies
from vetting.store.answers import remembered_columns, remembered_on
from vetting.store.settings import fetch_settings

SAMPLE_ROWS = 200  # looked through for two examples of each column
FIRST_ROWS, EXAMPLES = 5, 2


@dataclass
class Run:
    """A check on its way in a worker's thread, which leaves what it found here."""

    job_id: str = ""
    checked: Checked | None = field(default=None, repr=False)
    stopped: bool = False


@dataclass(frozen=True)
class Draft:
    """`remembered`: when this partner said what these headers mean. `first`: the first rows as read; `examples`: of
    each column two different values. `read_as`: agencies taken by likeness. `left`: agencies the partner leaves
    waiting; `named`: the names of those it chose. `turn` counts the checks and undone answers, so that a widget does
    not remember what was taken back."""

    reading: Reading
    first: tuple[tuple[str, ...], ...] = ()
    examples: tuple[tuple[str, ...], ...] = ()
    remembered: datetime | None = None
    answers: Answers = UNANSWERED
    checked: Checked | None = None
    questions: tuple[Question, ...] = ()
    agencies: tuple[AgencyQuestion, ...] = ()
    read_as: tuple[AgencyQuestion, ...] = ()
    groups: tuple[Group, ...] = ()
    left: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)
    run: Run | None = None
    turn: int = 0

    @property
    def unchecked(self) -> bool:
        """Whether something was answered that the last check does not know."""
        return self.checked is not None and self.checked.answers != self.answers


@dataclass(frozen=True)
class Unread:
    """A file that could not be read, kept so that it can be tried another way."""

    data: bytes = field(repr=False)
    file_name: str
    reads: Reads
    why: str


def draft() -> Draft | None:
    kept = session.recall("draft")
    return kept if isinstance(kept, Draft) else None


def unread() -> Unread | None:
    kept = session.recall("unread")
    return kept if isinstance(kept, Unread) else None


def change(**what: Any) -> None:
    """Keep the draft with these of its fields changed."""
    if kept := draft():
        session.keep("draft", replace(kept, **what))


def stop() -> None:
    """End a check that is on its way: what it would find is of another file or of other columns."""
    if (kept := draft()) and kept.run:
        kept.run.stopped = True
        change(run=None)


def forget() -> None:
    stop()
    session.forget("draft", "unread")


def take(viewer: Viewer, data: bytes, file_name: str, told: Answers) -> None:
    """Read a file as `told` says and begin anew with it, with what is answered in it and what its partner said of these
    headers before. Raises UnreadableFile, and then what was there before is kept."""
    db = session.db()
    reading = read(data, file_name, reads=told.read, limits=fetch_settings(db))
    columns = remembered_columns(db, viewer.organisation, reading.columns)
    when = remembered_on(db, viewer.organisation, reading.columns) if columns else None
    first, examples = _looked_into(reading)
    forget()
    answers, agencies = told.model_copy(update={"columns": columns}), told.agencies
    names = {each.agency_id: each.name for each in fetch_agencies(db)} if agencies else {}
    session.keep(
        "draft",
        Draft(
            reading,
            first,
            examples,
            when,
            answers,
            left=frozenset(key for key, agency_id in agencies.items() if not agency_id),
            named={agency_id: names[agency_id] for agency_id in agencies.values() if agency_id in names},
            turn=session.recall("turn", 0),
        ),
    )
    next_turn()


def found(checked: Checked) -> None:
    """A check came to its end."""
    change(
        checked=checked,
        questions=tuple(questions(checked)),
        agencies=tuple(agency_questions(checked)),
        read_as=tuple(agencies_read(checked)),
        groups=tuple(group(checked.result.problems)),
        run=None,
    )
    next_turn()


def tell(answers: Answers) -> None:
    """Keep an answer; it counts from the next check on."""
    change(answers=answers)


def take_back(answers: Answers) -> None:
    """Keep the answers without one of them."""
    change(answers=answers)
    next_turn()


def next_turn() -> None:
    """Let every widget of the draft start from what the draft says."""
    turn = session.recall("turn", 0) + 1
    session.keep("turn", turn)
    change(turn=turn)


def _looked_into(reading: Reading) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The first rows, each with its line before it, and of each column the first different values."""
    for chunk in reading.chunks(rows=1):
        rows = chunk.head(SAMPLE_ROWS)
        first = tuple(tuple(str(cell or "") for cell in row) for row in rows.head(FIRST_ROWS).iter_rows())
        told = (rows[name].drop_nulls().unique(maintain_order=True).head(EXAMPLES) for name in rows.columns[1:])
        return first, tuple(tuple(values) for values in told)
    return (), ((),) * len(reading.columns)
