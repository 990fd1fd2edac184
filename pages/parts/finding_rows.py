"""The findings of a case: what was found, where from, what became of it, on what evidence, and what may follow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from pages.parts import audit_forms, bands, case_words, evidence_rows, finding_forms, session, words
from pages.parts.offers import fold, offered
from schemas.case import CorrectiveAction, Finding
from schemas.case_page import CaseAct, CasePage, FindingRow
from schemas.codes import ActionState
from schemas.evidence import Audit, Evidence
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.certification.evidence import evidence_of_findings
from vetting.scoring import speech

STEP_ICONS: dict[ActionState, str] = {
    ActionState.AGREED: "handshake",
    ActionState.DONE: "task_alt",
    ActionState.VERIFIED: "fact_check",
    ActionState.REJECTED: "undo",
    ActionState.CLOSED: "lock",
}


def findings(viewer: Viewer, page: CasePage, standard: Standard) -> None:
    st.subheader("Findings", anchor=False)
    if not page.findings:
        st.caption("No finding has been recorded. A reviewer records one while the case is under review.")
    kept: Mapping[str, list[Evidence]] = defaultdict(list)
    for one in evidence_of_findings(session.db(), viewer, [row.finding.finding_id for row in page.findings]):
        kept[one.finding_id or ""].append(one)
    for row in sorted(page.findings, key=lambda row: not row.finding.is_open):  # open ones first, each oldest first
        _finding(viewer, row, kept[row.finding.finding_id], standard)
    if offered(page, CaseAct.RECORD_FINDING, "Record a finding"):
        with fold("Record a finding"):
            finding_forms.record(viewer, page.case, standard)
        with fold("Import findings of another scheme's audit", ":material/input:"):
            audit_forms.draw(viewer, page.case, standard)


def _finding(viewer: Viewer, row: FindingRow, kept: Sequence[Evidence], standard: Standard) -> None:
    finding = row.finding
    with st.container(border=True):
        st.markdown(f"{bands.badge(case_words.GRADES[finding.grade])} **{speech.named(standard, finding.crit_code)}**")
        st.markdown(words.literal(finding.statement))
        if finding.source:
            st.caption(f":material/input: {source(finding.source)}")
        told, done = st.columns([3, 2], gap="large")
        with told:
            _standing(row)
            for line in timeline(finding):
                st.markdown(line)
            _evidence(viewer, kept, finding)
        with done:
            if row.next_steps:
                with st.expander("What happened since", icon=":material/edit:"):
                    finding_forms.act(viewer, finding, row.next_steps)
            if finding.is_open:
                with st.expander("Add evidence", icon=":material/attach_file:"):
                    stem = f"evidence_{finding.finding_id}"
                    evidence_rows.add(viewer, stem=stem, finding_id=finding.finding_id)
            evidence_rows.take_away(viewer, kept, stem=f"evidence_{finding.finding_id}")


def source(audit: Audit) -> str:
    """What marks a finding as another scheme's."""
    return words.literal(
        f"From another scheme: {audit.scheme}, audit {audit.reference} of {words.day(audit.audited_on)} by "
        f"{audit.auditor}"
    )


def due(due_on: date | None, today: date) -> str:
    """When something is due, in days and in words."""
    if due_on is None:
        return "no date"
    days = (due_on - today).days
    if days < 0:
        return f"{words.count(-days, 'day')} late"
    return "due today" if days == 0 else f"due in {words.count(days, 'day')}"


def timeline(finding: Finding) -> list[str]:
    """What became of it, one line a step, the oldest first; Markdown."""
    first = "Imported" if finding.source else "Recorded"
    return [
        f":material/flag: {_when(finding.recorded_at, finding.actor, first)}",
        *(_step(action) for action in finding.actions),
    ]


def _step(action: CorrectiveAction) -> str:
    what = case_words.STEPS[action.state].capitalize()
    if action.due_on:
        what += f", due {words.day(action.due_on)}"
    said = _when(action.recorded_at, action.actor, what)
    return f":material/{STEP_ICONS[action.state]}: {said}  \n{words.literal(action.note)}"


def _when(moment: datetime, actor: str, what: str) -> str:
    return f"**{words.day(moment.date())}** {what} · :small[{words.literal(actor)}]"


def _standing(row: FindingRow) -> None:
    """Where it stands, and how late it is, before how it came there."""
    finding = row.finding
    said = case_words.STEPS[finding.state].capitalize()
    if not finding.is_open or row.due_on is None:
        st.markdown(f"**{said}**")
        return
    when = due(row.due_on, session.today())
    if row.overdue:
        when = f":red-badge[:material/schedule: {when}]"
    elif finding.state in (ActionState.DONE, ActionState.VERIFIED):
        when = ""  # it waits for a reviewer, whatever the date
    st.markdown(f"**{said}** · {words.day(row.due_on)} {when}")


def _evidence(viewer: Viewer, kept: Sequence[Evidence], finding: Finding) -> None:
    if kept:
        st.markdown("**Evidence**")
        evidence_rows.draw(viewer, kept)
    elif finding.is_open:
        st.caption("No evidence has been given yet.")
