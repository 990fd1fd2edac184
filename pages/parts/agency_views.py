"""One agency by role: reviewers see it live with everything behind it, buyers and partners as the release shows it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import (
    agency_head,
    cap_rows,
    case_open,
    case_words,
    clocks,
    complaint_rows,
    firmness,
    forms,
    gate_forms,
    links,
    released,
    scores,
    session,
    signal_rows,
    tables,
    words,
)
from schemas.case import Finding
from schemas.case_page import Waiting
from schemas.clocks import Clocks
from schemas.score import Score
from schemas.standard import Standard, load_standard
from schemas.viewer import Viewer
from vetting.certification.gates import gate_page
from vetting.certification.notices import hold_page
from vetting.certification.page import case_page
from vetting.certification.waiting import case_queue
from vetting.disclosure.caps import compared_caps
from vetting.disclosure.live import live_score
from vetting.disclosure.past import past_agency
from vetting.disclosure.released import past_bands, released_agency


def live(viewer: Viewer, agency_id: str, then: Clocks) -> None:
    """Live figures for reviewers; releases stand beside them as what everybody else reads. Of the past, as it was."""
    db = session.db()
    score = live_score(db, viewer, agency_id, as_of=then.as_of, known_at=then.known_at)
    now = None if then.past else session.now()
    shown = past_agency(db, viewer, agency_id, as_of=then.as_of, known_at=score.known_at, now=now)
    standard = load_standard(score.standard)
    agency_head.draw(shown.agency, shown.licence_status, shown.certificate, score.band)
    clocks.choose(then)
    clocks.kept(score)
    left, right = st.columns([2, 1], gap="large")
    with left:
        scores.stops(score, standard)
        gates = gate_page(db, viewer, score)
        gate_forms.cleared(gates.cleared, score, standard)
        gate_forms.hold(viewer, hold_page(db, viewer, score, now or score.known_at), agency_id, act=not then.past)
        if not then.past:
            gate_forms.decide(viewer, gates)
        st.subheader("What workers say, and what documents say", anchor=False)
        scores.sides(score, standard)
    with right:
        scores.reality(score)
        scores.cost(score)
        released.history(shown.bands)
    st.subheader("Why: principle by principle", anchor=False)
    scores.why(score, standard)
    if score.kept_on is None:
        cap_rows.compared(compared_caps(db, viewer, agency_id, as_of=then.as_of, known_at=then.known_at))
        firmness.section(viewer, score, standard, then)
    st.subheader("Corridors and cost", anchor=False)
    scores.corridors(score)
    if score.kept_on is None:
        with forms.refusals():  # signals are seen among everybody's reports: another agency's may be gone
            signal_rows.section(viewer, agency_id, then)
    if then.past:
        _past_findings(shown.findings)
    else:
        _cases(viewer, agency_id, score, then.as_of)
    complaint_rows.section(viewer, agency_id, then.as_of, score.known_at if then.past else None)
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
    shown = released_agency(db, viewer, agency_id, today=today, now=session.now())
    figure = shown.figure
    agency_head.draw(shown.agency, shown.licence_status, shown.certificate, figure.band if figure else None)
    st.caption(released.stamp(shown.release))
    if figure is None:
        complaint_rows.section(viewer, agency_id, today)
        return
    standard = load_standard(figure.standard)
    left, right = st.columns([2, 1], gap="large")
    with left:
        released.headline(figure, shown.replies)
        if figure.shown:
            st.subheader("How it stands, principle by principle", anchor=False)
            released.principles(figure, standard)
    with right:
        released.reality(figure)
        released.cost(figure, standard.disclosure)
        released.history(past_bands(db, viewer, agency_id, now=session.now()))
    if figure.shown:
        st.subheader("Why: indicator by indicator", anchor=False)
        released.why(figure)
        st.subheader("Corridors and cost", anchor=False)
        released.corridors(figure, standard.disclosure)
    if shown.release is not None:
        released.made(figure, shown.release, standard)
    complaint_rows.section(viewer, agency_id, today)
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
            "Finding": lambda row: _found(row.finding),
            "State": lambda row: case_words.standing(row.finding),
            "Recorded": lambda row: row.finding.recorded_at.date(),
            "Due": lambda row: row.due_on if row.finding.is_open else None,
        }
        findings = case_page(db, viewer, cases[0], today).findings
        tables.show(findings, columns, empty="No finding has been recorded against this agency.")
    with st.expander("Open a case", icon=":material/create_new_folder:", key="open_case"):
        case_open.draw(viewer, agency_id, score.name, [(each.origin, each.destination) for each in score.corridors])


def _past_findings(findings: Sequence[Finding]) -> None:
    """As the score of that moment took them; whose turn it is in a case is told of today alone."""
    st.subheader("Findings known then", anchor=False)
    columns = {
        "Finding": _found,
        "State": lambda finding: case_words.standing(finding),
        "Recorded": lambda finding: finding.recorded_at.date(),
    }
    tables.show(findings, columns, empty="No finding against this agency had been recorded.")
    st.caption("Cases, and what waits on whom, are shown as of today only.")


def _found(finding: Finding) -> tables.Two:
    source = f" ({finding.source.said})" if finding.source else ""
    return tables.Two(f"{case_words.GRADES[finding.grade].word} on {finding.crit_code}", finding.statement + source)


def _case(line: Waiting) -> object:
    if line.case_id is None or line.state is None:
        return "about the agency"
    return tables.Link(case_words.STATES[line.state].word, links.address("case", case=line.case_id))


def _made(score: Score, standard: Standard) -> str:
    return (
        f"As of {words.day(score.as_of)}, by what was known at {words.moment(score.known_at)} · "
        f"standard {standard.id} ({score.standard_hash[:8]}) · method {score.method}"
    )
