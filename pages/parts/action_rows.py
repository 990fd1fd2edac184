"""The rows of the board of corrective actions, its filters in the address, and the same rows as a file."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.parts import bands, case_words, charts, filters, links, session, tables, words
from pages.parts.finding_rows import due, source
from pages.parts.queue_rows import WHOSE
from schemas.board import BoardRow, Chosen, Stage
from schemas.case_page import WaitsOn
from schemas.codes import Grade
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.board import board_csv, chosen_rows
from vetting.scoring import speech

ALL = "all"
STAGES: dict[Stage, bands.Face] = {
    Stage.LATE: bands.Face("Late", "schedule", "red", ""),
    Stage.TO_VERIFY: bands.Face("To verify", "fact_check", "blue", ""),
    Stage.TO_CLOSE: bands.Face("To close", "lock", "blue", ""),
    Stage.TO_AGREE: bands.Face("Nothing agreed yet", "handshake", "orange", ""),
    Stage.DUE: bands.Face("Due", "event", "gray", ""),
    Stage.RESTS: bands.Face("Rests: no case under way", "bedtime", "gray", ""),
    Stage.NO_DATE: bands.Face("Observation", "visibility", "gray", ""),
}
EMPTY = (
    "No finding is open. Reviewers record findings on a case, or import those of another scheme's audit; each stands "
    "here until it is closed."
)
NONE_CHOSEN = "No open finding fits these filters. Take one of them away."


def choose(board: Sequence[BoardRow]) -> Chosen:
    """What to look at: a stage, grades, an agency, an owner; each with the number of rows it would leave."""
    if not board:
        return Chosen()
    owners, agencies = (
        {_slug(row.owner): row.owner for row in board},
        {row.finding.agency_id: row.agency for row in board},
    )
    asked = Chosen(
        grades=tuple(each for each in filters.chosen("grade") if each in tuple(Grade)),
        agency=next(iter(filters.chosen("agency")), None),
        owner=owners.get(next(iter(filters.chosen("owner")), "")),
    )
    left = chosen_rows(board, asked)
    there = Counter(row.stage for row in left)
    counts = {ALL: len(left)} | {stage.value: there[stage] for stage in Stage if there[stage]}
    if (now := next(iter(filters.chosen("stage")), "")) in tuple(Stage):
        counts.setdefault(now, 0)
    stage = filters.switch("stage", "Show", counts, lambda each: "All" if each == ALL else STAGES[Stage(each)].word)
    chosen = asked.model_copy(update={"stage": None if stage == ALL else Stage(stage)})
    beside = st.columns([2, 1, 1], vertical_alignment="bottom")
    with beside[0]:
        fit = chosen_rows(board, chosen.model_copy(update={"grades": ()}))
        counted = Counter(row.finding.grade.value for row in fit)
        filters.choose_many(
            "grade", "Grade", counted, lambda each: case_words.GRADES[Grade(each)].word, options=[*map(str, Grade)]
        )
    with beside[1]:
        fit = chosen_rows(board, chosen.model_copy(update={"agency": None}))
        counted = Counter(row.finding.agency_id for row in fit)
        names = sorted(agencies, key=lambda each: agencies[each].casefold())
        filters.choose_one(
            "agency", "Agency", counted, lambda each: agencies.get(each, "another agency"),
            anything="All agencies", options=names,
        )  # fmt: skip
    with beside[2]:
        fit = chosen_rows(board, chosen.model_copy(update={"owner": None}))
        counted = Counter(_slug(row.owner) for row in fit)
        filters.choose_one(
            "owner", "Recorded by", counted, lambda each: owners.get(each, "somebody else"),
            anything="All reviewers", options=sorted(owners),
        )  # fmt: skip
    return chosen


def draw(rows: Sequence[BoardRow], *, anything: bool) -> None:
    shown, standard = charts.mode(), load_standard()
    columns = {
        "Waits for": lambda row: tables.Two(tables.Drawn(bands.chip(STAGES[row.stage], shown)), _on(row)),
        "Due": _due,
        "Agency": lambda row: tables.Two(_link(row), f"licence {row.licence}" if row.licence else ""),
        "Grade": lambda row: tables.Drawn(bands.chip(case_words.GRADES[row.finding.grade], shown)),
        "Finding": lambda row: tables.Two(
            row.finding.statement, _about(row, speech.named(standard, row.finding.crit_code))
        ),
        "Recorded by": lambda row: row.owner,
    }
    tables.show(rows, columns, empty=NONE_CHOSEN if anything else EMPTY, key="actions")


def save(viewer: Viewer, chosen: Chosen) -> None:
    """The chosen rows as a file."""
    st.download_button(
        "These rows as CSV",
        partial(_csv, viewer, chosen),
        f"corrective-actions-{session.today().isoformat()}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _csv(viewer: Viewer, chosen: Chosen) -> bytes:
    return board_csv(session.db(), viewer, chosen, today=session.today(), now=session.now())


def _on(row: BoardRow) -> str:
    return "" if row.on is WaitsOn.NOBODY else f"on {WHOSE[row.on]} since {words.day(row.since.date())}"


def _due(row: BoardRow) -> object:
    """The day and how far it is; what was delivered waits for a reviewer, whatever the day."""
    if row.due_on is None:
        return None
    if row.stage is Stage.RESTS:
        return tables.Two(row.due_on, "not followed up")
    if row.finding.delivered:
        return tables.Two(row.due_on, "delivered")
    return tables.Two(row.due_on, due(row.due_on, session.today()))


def _about(row: BoardRow, criterion: str) -> str:
    """Which criterion, what the last step said, and whose finding it is if it is not ours."""
    said = [criterion, row.finding.actions[-1].note if row.finding.actions else ""]
    return " · ".join([*filter(None, said), *([f"from {source(row.finding.source)}"] if row.finding.source else [])])


def _link(row: BoardRow) -> tables.Link:
    if row.finding.case_id is None:
        return tables.Link(row.agency, links.address("agency", agency=row.finding.agency_id))
    return tables.Link(row.agency, links.address("case", case=row.finding.case_id))


def _slug(actor: str) -> str:
    """A reviewer as an address can carry them."""
    return re.sub(r"[^a-z0-9]+", "-", actor.casefold())[:40].strip("-")
