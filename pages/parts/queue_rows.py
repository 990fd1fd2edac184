"""The rows of the reviewers' queue, and the choice of whose turn to look at."""

from collections.abc import Sequence

from pages.parts import bands, case_words, charts, filters, links, tables
from schemas.case_page import Waiting, WaitsOn

YOURS, AGENCY, DONE, ALL = "yours", "agency", "done", "all"
LABELS = {YOURS: "For you to do", AGENCY: "Waits on the agency", DONE: "Nothing waits", ALL: "All"}
EMPTY = {
    YOURS: "Nothing waits for you. New applications, corrections and proposals of other reviewers come here.",
    AGENCY: "Nothing waits on an agency.",
    DONE: "No case has come to rest yet.",
    ALL: "There is no case yet. A reviewer opens one on an agency's page, when the agency applies.",
}
WHOSE = {
    WaitsOn.REVIEWER: "a reviewer",
    WaitsOn.SECOND_REVIEWER: "a second reviewer",
    WaitsOn.AGENCY: "the agency",
    WaitsOn.NOBODY: "nobody",
}
LATE = bands.Face("late", "schedule", "red", "")


def choose(queue: Sequence[Waiting]) -> str:
    """Whose turn to look at."""
    counts = {turn: len(chosen_lines(queue, turn)) for turn in LABELS}
    return filters.switch("turn", "Show", counts, LABELS.__getitem__)


def chosen_lines(queue: Sequence[Waiting], chosen: str) -> list[Waiting]:
    return {
        YOURS: [line for line in queue if line.yours],
        AGENCY: [line for line in queue if line.on is WaitsOn.AGENCY],
        DONE: [line for line in queue if line.on is WaitsOn.NOBODY],
        ALL: list(queue),
    }[chosen]


def draw(queue: Sequence[Waiting], *, empty: str) -> None:
    shown = charts.mode()
    columns = {
        "Agency": lambda line: tables.Two(_link(line), f"licence {line.licence}" if line.licence else ""),
        "State": lambda line: _state(line, shown),
        "What waits": lambda line: tables.Two(line.what, line.why_not),
        "Waits on": lambda line: WHOSE[line.on],
        "Since": lambda line: line.since.date(),
        "Due": lambda line: _due(line, shown),
    }
    tables.show(queue, columns, empty=empty, key="queue")


def _link(line: Waiting) -> tables.Link:
    if line.complaint_id is not None:
        return tables.Link(line.agency, links.address("complaints", complaint=line.complaint_id))
    if line.case_id is None:
        return tables.Link(line.agency, links.address("agency", agency=line.agency_id))
    return tables.Link(line.agency, links.address("case", case=line.case_id))


def _state(line: Waiting, shown: bands.Mode) -> object:
    return None if line.state is None else tables.Drawn(bands.chip(case_words.STATES[line.state], shown))


def _due(line: Waiting, shown: bands.Mode) -> object:
    if line.due_on is None:
        return None
    return tables.Two(line.due_on, tables.Drawn(bands.chip(LATE, shown)) if line.late else "")
