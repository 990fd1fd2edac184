"""The sections of one case, top to bottom: who, scope, what waits, both sides by criterion, ties, history."""

from collections.abc import Set

import streamlit as st

from pages.parts import agency_head, bands, case_forms, case_words, charts, scores, tables, words
from pages.parts.queue_rows import WHOSE
from schemas.case import Move
from schemas.case_page import CasePage, CriterionRow
from schemas.viewer import Viewer
from vetting.scoring import speech


def who(page: CasePage) -> None:
    """The agency, the case's state, and whose turn it is."""
    agency_head.draw(page.agency, page.agency.status, page.standing, page.score.band, kicker="Case")
    turn, state = page.waiting, case_words.STATES[page.case.state]
    due = f" · due {words.day(turn.due_on)}" if turn.due_on else ""
    late = " :red-badge[:material/schedule: late]" if turn.late else ""
    st.markdown(
        f"{bands.badge(state)} since {words.day(page.case.since.date())} · waits on **{WHOSE[turn.on]}** "
        f"since {words.day(turn.since.date())}{due}{late}"
    )
    st.markdown(words.literal(turn.what) + (f" {words.literal(turn.why_not)}" if turn.why_not else ""))


def obstacles(page: CasePage) -> None:
    """What in the evidence keeps this case from a certificate, whoever decides."""
    st.subheader("What stands in the way of a certificate", anchor=False)
    if not page.obstacles:
        st.markdown(":green[:material/check_circle:] Nothing in the evidence stands in the way.")
    else:
        st.markdown("\n".join(f"- {words.literal(sentence)}" for sentence in page.obstacles))


def both_sides(page: CasePage) -> None:
    """Workers against documents, criterion by criterion; the worse one counts."""
    st.subheader("Workers against documents, criterion by criterion", anchor=False)
    shown, unsaid = charts.mode(), {row.crit_code for row in page.grid if row.unsaid}
    columns = {
        "Criterion": lambda row: f"{row.crit_code} {row.title}",
        "Workers": lambda row: tables.Two(scores.side(row.worker), _adverse(row)),
        "Documents": lambda row: tables.Two(scores.papers(row.documents), _paper(row, unsaid)),
        "Note": lambda row: _flag(row, shown),
    }
    tables.show(page.criteria, columns, empty="The standard has no criteria.")
    st.caption(f"Points from 0 to 100: low – middle – high. {speech.CHANCE_ONLY}")


def ties(viewer: Viewer, page: CasePage) -> None:
    st.subheader("Ties", anchor=False)
    columns = {
        "Reviewer": lambda tie: tie.reviewer,
        "Declared": lambda tie: "has a tie" if tie.tied else "no tie",
        "Note": lambda tie: tie.note,
        "When": lambda tie: tie.recorded_at.date(),
    }
    tables.show(page.ties, columns, empty="Nobody has declared yet whether they have a tie with this agency.")
    with st.expander("Declare yours", icon=":material/edit:", expanded=page.your_tie is None):
        case_forms.declare_tie(viewer, page.agency.agency_id, page.your_tie)


def history(page: CasePage) -> None:
    st.subheader("How it came here", anchor=False)
    columns = {
        "When": lambda move: move.recorded_at,
        "To": lambda move: case_words.STATES[move.to_state].word,
        "By": lambda move: move.actor,
        "Reason": lambda move: tables.Two(move.reason, _rests_on(move)),
    }
    tables.show(list(reversed(page.moves)), columns, empty="The case has not moved yet.", key="moves")


def _adverse(row: CriterionRow) -> str:
    said = [each for each in row.indicators if each.k]
    return "; ".join(speech.reported(each) for each in said)


def _paper(row: CriterionRow, unsaid: Set[str]) -> str:
    said = [f"assessed {words.day(row.assessed_on)}" if row.assessed_on else "not assessed on paper"]
    if row.worst_open:
        said.append(f"{case_words.GRADES[row.worst_open].word.lower()} finding open")
    if row.crit_code in unsaid:
        said.append("a review found that it does not conform, and no finding says so")
    return "; ".join(said)


def _flag(row: CriterionRow, shown: bands.Mode) -> object:
    if row.contradiction:
        return tables.Drawn(bands.chip(bands.Face("Contradiction", "compare_arrows", "red", ""), shown))
    return tables.Drawn("") if row.applicable else "not applicable"


def _rests_on(move: Move) -> str:
    return f"Rests on: {'; '.join(move.evidence)}" if move.evidence else ""
