"""The findings of a case: what was found, where from, what became of it, on what evidence, and what may follow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

import streamlit as st

from pages.parts import audit_forms, bands, case_words, evidence_rows, finding_forms, session, words
from pages.parts.case_steps import fold, offered
from schemas.case import Finding
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
STYLE = """
<style>
.fp-steps { list-style: none; margin: 0 !important; padding: 0 !important; font-size: .925rem; }
.fp-steps li { display: flex; gap: .6rem; padding: 0 0 .55rem; margin: 0 !important; position: relative; }
.fp-steps li:not(:last-child)::before { content: ""; position: absolute; left: .55rem; top: 1.35rem; bottom: .05rem;
  border-left: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.fp-steps .i { font-family: 'Material Symbols Rounded'; font-size: 1.15rem; line-height: 1.3; width: 1.15rem;
  overflow: hidden; flex: none; opacity: .8; }
.fp-steps small { opacity: .75; font-size: .82rem; overflow-wrap: anywhere; }
.fp-steps p { margin: .1rem 0 0; font-size: inherit; overflow-wrap: break-word; }
</style>
"""


def findings(viewer: Viewer, page: CasePage, standard: Standard) -> None:
    st.subheader("Findings", anchor="findings")
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
            st.caption(f":material/input: From another scheme: {words.literal(source(finding.source))}")
        told, done = st.columns([3, 2], gap="large")
        with told:
            _standing(row)
            st.html(timeline(finding))
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
    """What marks a finding as another scheme's, in plain text."""
    return f"{audit.scheme}, audit {audit.reference} of {words.day(audit.audited_on)} by {audit.auditor}"


def due(due_on: date, today: date) -> str:
    """How far a date is, in words."""
    days = (due_on - today).days
    if days < 0:
        return f"{words.count(-days, 'day')} late"
    return "today" if days == 0 else f"in {words.count(days, 'day')}"


def timeline(finding: Finding) -> str:
    """What became of it, one step below the other, the oldest first; HTML in which what people wrote is escaped."""
    first = "Imported" if finding.source else "Recorded"
    steps = [_line("flag", finding.recorded_at, first, finding.actor, "")]
    for action in finding.actions:
        until = f", due {words.day(action.due_on)}" if action.due_on else ""
        what = case_words.HAPPENED[action.state] + until
        steps.append(_line(STEP_ICONS[action.state], action.recorded_at, what, action.actor, action.note))
    return f'{STYLE}<ol class="fp-steps">{"".join(steps)}</ol>'


def _line(icon: str, moment: datetime, what: str, actor: str, note: str) -> str:
    said = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<li><span class="i" aria-hidden="true">{icon}</span><div><b>{words.day(moment.date())}</b> {escape(what)} '
        f"<small>{escape(actor)}</small>{said}</div></li>"
    )


def _standing(row: FindingRow) -> None:
    """Where it stands, and how late it is, before how it came there."""
    finding = row.finding
    said = f"**{case_words.standing(finding).capitalize()}**"
    if row.due_on is not None and row.overdue:
        late = f"{due(row.due_on, session.today())}, was due {words.day(row.due_on)}"
        said += f" :red-badge[:material/schedule: {late}]"
    elif row.due_on is not None and finding.is_open and not finding.delivered:
        said += f" · due {words.day(row.due_on)}, {due(row.due_on, session.today())}"
    st.markdown(said)


def _evidence(viewer: Viewer, kept: Sequence[Evidence], finding: Finding) -> None:
    if kept:
        st.markdown("**Evidence**")
        evidence_rows.draw(viewer, kept)
    elif finding.is_open:
        st.caption("No evidence has been given yet.")
