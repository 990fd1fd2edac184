"""The rows of the reviewers' queue: whose turn it is, since when and until when, and the way to where it is done."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import bands, case_words, charts, filters, links, tables, words
from schemas.case_page import Waiting, WaitsOn
from schemas.codes import CaseState

YOURS, OTHERS, AGENCY, CLOCK, LATE, ENDED, ALL = "yours", "others", "agency", "clock", "late", "ended", "all"
LABELS = {
    YOURS: "For you to do",
    OTHERS: "Other reviewers",
    AGENCY: "The agency",
    CLOCK: "The clock",
    LATE: "Late",
    ALL: "All",
}
HEADINGS = {
    YOURS: "Waits for you",
    OTHERS: "Waits for another reviewer",
    AGENCY: "Waits for the agency",
    CLOCK: "Waits for the clock",
    ENDED: "Has ended",
}
EMPTY = {
    YOURS: "Nothing waits for you. New applications, corrections and proposals of other reviewers come here.",
    OTHERS: "Nothing waits for another reviewer. What you may not do yourself stands here.",
    AGENCY: "Nothing waits on an agency.",
    CLOCK: "No certificate is valid yet. Their next dates come here.",
    LATE: "Nothing is late.",
    ENDED: "No case has ended yet.",
    ALL: "There is no case yet. A reviewer opens one on an agency's page, when the agency applies.",
}
WHOSE = {
    WaitsOn.REVIEWER: "a reviewer",
    WaitsOn.SECOND_REVIEWER: "a second reviewer",
    WaitsOn.AGENCY: "the agency",
    WaitsOn.CLOCK: "the clock",
    WaitsOn.NOBODY: "nobody",
}


def group(line: Waiting) -> str:
    """Whose turn it is, as this viewer sees it."""
    if line.yours:
        return YOURS
    return {WaitsOn.AGENCY: AGENCY, WaitsOn.CLOCK: CLOCK, WaitsOn.NOBODY: ENDED}.get(line.on, OTHERS)


def choose(queue: Sequence[Waiting]) -> str:
    """Whose turn to look at."""
    counts = {turn: len(chosen_lines(queue, turn)) for turn in LABELS}
    return filters.switch("turn", "Show", counts, LABELS.__getitem__)


def choose_state(queue: Sequence[Waiting]) -> list[Waiting]:
    """The lines in the state that the address names."""
    counts = {state.value: sum(line.state is state for line in queue) for state in CaseState}
    there = [state for state, lines in counts.items() if lines]
    filters.choose_one("state", "State", counts, _state_word, anything="Any state", options=there)
    chosen = next((each for each in filters.chosen("state") if each in counts), None)
    return [line for line in queue if chosen in (None, line.state)]


def chosen_lines(queue: Sequence[Waiting], chosen: str) -> list[Waiting]:
    if chosen == LATE:
        return [line for line in queue if line.late]
    return [line for line in queue if chosen in (ALL, group(line))]


def draw_groups(queue: Sequence[Waiting], chosen: str, today: date) -> None:
    """One table, or with "all" one for each whose turn it is."""
    if chosen != ALL or not queue:
        draw(queue, empty=EMPTY[chosen], today=today, key=chosen)
        return
    for each, heading in HEADINGS.items():
        if lines := chosen_lines(queue, each):
            st.subheader(f"{heading}: {words.number(len(lines))}", anchor=False)
            draw(lines, empty="", today=today, key=each)


def draw(queue: Sequence[Waiting], *, empty: str, today: date, key: str) -> None:
    shown = charts.mode()
    columns = {
        "Agency": lambda line: tables.Two(_link(line), f"licence {line.licence}" if line.licence else ""),
        "State": lambda line: _state(line, shown),
        "What waits": lambda line: tables.Two(line.what, line.why_not),
        "Waits on": lambda line: "you" if line.yours else WHOSE[line.on],
        "Since": lambda line: tables.Two(line.since.date(), words.ago(line.since.date(), today)),
        "Due": lambda line: due(line.due_on, today, shown),
    }
    tables.show(queue, columns, empty=empty, key=f"queue_{key}")


def _link(line: Waiting) -> tables.Link:
    """To the complaint, or to the case, at the section where it is done."""
    if line.complaint_id is not None:
        return tables.Link(line.agency, links.address("complaints", complaint=line.complaint_id))
    if line.case_id is None:
        return tables.Link(line.agency, links.address("agency", agency=line.agency_id))
    there = f"#{line.section}" if line.section else ""
    return tables.Link(line.agency, links.address("case", case=line.case_id) + there)


def _state(line: Waiting, shown: bands.Mode) -> object:
    return None if line.state is None else tables.Drawn(bands.chip(case_words.STATES[line.state], shown))


def _state_word(state: str) -> str:
    return case_words.STATES[CaseState(state)].word


def due(day: date | None, today: date, shown: bands.Mode) -> object:
    """Until when something waits, and how long that is or is past."""
    if day is None:
        return None
    said = words.till(day, today)
    late = bands.Face(said, "schedule", "red", "")
    return tables.Two(day, tables.Drawn(bands.chip(late, shown)) if day < today else said)
