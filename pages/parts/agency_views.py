"""One agency by role: reviewers see it live with everything behind it, buyers and partners as the release shows it."""

from datetime import date

import streamlit as st

from pages.parts import (
    agency_head,
    cap_rows,
    case_open,
    case_words,
    gate_forms,
    links,
    released,
    scores,
    session,
    signal_rows,
    tables,
    words,
)
from schemas.case_page import Waiting
from schemas.score import Score
from schemas.standard import Standard, load_standard
from schemas.viewer import Viewer
from vetting.certification.gates import gate_page
from vetting.certification.page import case_page
from vetting.certification.waiting import case_queue
from vetting.disclosure.caps import compared_caps
from vetting.disclosure.live import live_score
from vetting.disclosure.released import past_bands, released_agency


def live(viewer: Viewer, agency_id: str) -> None:
    """Live figures for reviewers; releases stand beside them as what everybody else reads."""
    db, today = session.db(), session.today()
    shown = released_agency(db, viewer, agency_id, today=today)
    score = live_score(db, viewer, agency_id, as_of=today)
    standard = load_standard(score.standard)
    agency_head.draw(shown.agency, shown.licence_status, shown.certificate, score.band)
    left, right = st.columns([2, 1], gap="large")
    with left:
        scores.stops(score, standard)
        gates = gate_page(db, viewer, score)
        gate_forms.cleared(gates.cleared, score, standard)
        gate_forms.decide(viewer, gates)
        st.subheader("What workers say, and what documents say", anchor=False)
        scores.sides(score, standard)
    with right:
        scores.reality(score)
        scores.cost(score)
        released.history(past_bands(db, viewer, agency_id))
    st.subheader("Why: principle by principle", anchor=False)
    scores.why(score, standard)
    cap_rows.compared(compared_caps(db, viewer, agency_id, as_of=today))
    st.subheader("Corridors and cost", anchor=False)
    scores.corridors(score)
    signal_rows.section(viewer, agency_id)
    _cases(viewer, agency_id, score, today)
    moment = score.known_at.isoformat(timespec="microseconds")
    links.to(
        "score",
        "How this score was made",
        icon=links.WINDOWS["score"].icon,
        agency=score.agency_id,
        as_of=score.as_of.isoformat(),
        known_at=moment,
    )
    st.caption(_made(score, standard))


def as_released(viewer: Viewer, agency_id: str) -> None:
    """What the newest release shows, and licence and certificate as they are today."""
    db, today = session.db(), session.today()
    shown = released_agency(db, viewer, agency_id, today=today)
    figure = shown.figure
    agency_head.draw(shown.agency, shown.licence_status, shown.certificate, figure.band if figure else None)
    st.caption(released.stamp(shown.release))
    if figure is None:
        return
    standard = load_standard(figure.standard)
    left, right = st.columns([2, 1], gap="large")
    with left:
        released.headline(figure)
        if figure.shown:
            st.subheader("How it stands, principle by principle", anchor=False)
            released.principles(figure, standard)
    with right:
        released.reality(figure)
        released.cost(figure)
        released.history(past_bands(db, viewer, agency_id))
    if figure.shown:
        st.subheader("Why: indicator by indicator", anchor=False)
        released.why(figure)
        st.subheader("Corridors and cost", anchor=False)
        released.corridors(figure)
    if shown.release is not None:
        released.made(figure, shown.release, standard)
    links.to("method", "How scores are made, and what they do not tell you", icon=":material/function:")


def _cases(viewer: Viewer, agency_id: str, score: Score, today: date) -> None:
    """This agency's cases, and the findings against it."""
    st.subheader("Cases and findings", anchor=False)
    db = session.db()
    own = [line for line in case_queue(db, viewer, today) if line.agency_id == agency_id]
    columns = {
        "Case": _case,
        "What waits": lambda line: line.what,
        "Since": lambda line: line.since.date(),
    }
    tables.show(own, columns, empty="There is no case. A reviewer opens one when the agency applies.")
    cases = [line.case_id for line in own if line.case_id]
    if cases:
        columns = {
            "Finding": lambda row: tables.Two(
                f"{case_words.GRADES[row.finding.grade].word} on {row.finding.crit_code}", row.finding.statement
            ),
            "State": lambda row: case_words.STEPS[row.finding.state],
            "Recorded": lambda row: row.finding.recorded_at.date(),
            "Due": lambda row: row.due_on if row.finding.is_open else None,
        }
        findings = case_page(db, viewer, cases[0], today).findings
        tables.show(findings, columns, empty="No finding has been recorded against this agency.")
    with st.expander("Open a case", icon=":material/create_new_folder:", key="open_case"):
        case_open.draw(viewer, agency_id, score.name, [(each.origin, each.destination) for each in score.corridors])


def _case(line: Waiting) -> object:
    if line.case_id is None or line.state is None:
        return "about the agency"
    return tables.Link(case_words.STATES[line.state].word, links.address("case", case=line.case_id))


def _made(score: Score, standard: Standard) -> str:
    return (
        f"Live as of {words.day(score.as_of)}, by what was known at {words.moment(score.known_at)} · "
        f"standard {standard.id} ({score.standard_hash[:8]}) · method {score.method}"
    )
