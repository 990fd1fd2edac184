"""Entries of the trail in words, and the file that proves them."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.parts import filters, links, session, tables, words
from schemas.codes import Action, Role, Via
from schemas.setting import Settings
from schemas.trail import TrailLine, TrailPage, TrailRow
from schemas.viewer import Viewer
from vetting.trail.lines import exported_bytes

ACTS: Mapping[Action, str] = {
    Action.STORE_INIT: "The database was made",
    Action.SETTING_SET: "A setting was set",
    Action.AGENCIES_IMPORT: "A register was imported",
    Action.ALIAS_RETRACT: "A spelling was taken back",
    Action.AGENCY_MERGE: "Two entries became one agency",
    Action.AGENCY_SPLIT: "A merge was taken back",
    Action.MEMBER_ADD: "A member was added or changed",
    Action.MEMBER_SUSPEND: "A member was suspended",
    Action.PARTNER_ADD: "A partner was registered or changed",
    Action.BATCH_COMMIT: "A batch was committed",
    Action.BATCH_WITHDRAW: "A batch was withdrawn",
    Action.REPORT_FORGET: "A withdrawn consent was carried out",
    Action.PURGE: "What had passed its time was deleted",
    Action.ROWS_LEAVE_OUT: "Rows were left out",
    Action.ROWS_TAKE_UP: "Rows were taken up again",
    Action.ALARM_LIFT: "A false alarm was lifted",
    Action.ALARM_RESTORE: "An alarm was restored",
    Action.CASE_OPEN: "A case was opened",
    Action.CASE_MOVE: "A case moved",
    Action.TIE_DECLARE: "A reviewer said whether they have a tie",
    Action.ASSESSMENT_RECORD: "An assessment was recorded",
    Action.INTERVIEWS_COUNT: "Interviews were counted",
    Action.FINDING_RECORD: "A finding was recorded",
    Action.CORRECTIVE_ACTION: "A corrective action took a step",
    Action.PROPOSE: "A decision was proposed",
    Action.PROPOSAL_DROP: "A proposal was dropped",
    Action.GATE_CLEAR: "A gate was cleared",
    Action.GATE_SEE: "A gate opened or closed",
    Action.GATE_CONFIRM: "A gate was confirmed",
    Action.AGENCY_REPLY: "An agency's reply was recorded",
    Action.CERTIFY: "A certificate was issued",
    Action.RELEASE_PUBLISH: "A release was published",
    Action.RATES_ADD: "Exchange rates were added",
    Action.CAPS_ADD: "Legal caps were added",
    Action.REPORT_VIEW: "A single report was opened",
    Action.TERMS_PUBLISH: "Terms were published",
    Action.TERMS_ACCEPT: "Terms were accepted",
    Action.TRAIL_EXPORT: "The trail was exported",
    Action.HEAD_PUBLISH: "The trail's head was published",
    Action.CAPACITY_STATE: "A level of capacity building was recorded",
    Action.SELF_ASSESSMENT_RECORD: "An agency's self-assessment was recorded",
    Action.SAMPLE_DRAW: "Workers to interview were drawn",
    Action.FINDINGS_IMPORT: "Findings of another audit were imported",
    Action.EVIDENCE_ADD: "Evidence was added",
    Action.EVIDENCE_READ: "Evidence was read",
    Action.EVIDENCE_REMOVE: "A file of evidence was removed",
    Action.KEY_ROTATE: "A new signing key began",
    Action.KEY_COMPROMISE: "A signing key was declared compromised",
    Action.CERTIFICATES_SIGN: "Certificates were signed",
    Action.ATTEMPT_REFUSED: "An attempt was refused",
    Action.APPEAL_RECORD: "An appeal was received",
    Action.APPEAL_PROPOSE: "An answer to an appeal was proposed",
    Action.APPEAL_DECIDE: "An appeal was decided",
    Action.COMPLAINT_FILE: "A complaint was filed",
    Action.COMPLAINT_VIEW: "A complaint was read",
    Action.COMPLAINT_MOVE: "A complaint moved",
    Action.COMPLAINT_SHOW: "A complaint was published",
    Action.COMPLAINT_REPLY: "An agency's reply to a complaint was recorded",
}
DOORS = {Via.PAGE: "on a page", Via.CLI: "by command", Via.CLOCK: "by the clock"}
NOBODY = "No entry fits. Take a filter away."
FOR_REVIEWERS = "what exactly is for reviewers"
LONGEST_DOWNLOAD = 50_000  # entries, about 30 MB; assumed: what a browser takes without trouble
HOW = (
    "The SHA-256 of a line is the hash of its entry, and the next line names it as `previous_hash`. So anybody can "
    "check the file line by line, or with `python -m vetting trail verify --file FILE`. Only what follows without a "
    "gap can be proved: a file holds whole days, whatever else is searched for here."
)


def act(value: str) -> str:
    """What happened, in words; an act that has none yet as its own name."""
    known = {action.value: said for action, said in ACTS.items()}
    return known.get(value, value.replace("_", " ").capitalize())


def choose_action(counts: Mapping[str, int]) -> str | None:
    filters.choose_one("action", "What", counts, act, anything="Anything", options=sorted(counts, key=act))
    return next((each for each in filters.chosen("action") if each in counts), None)


def draw(found: TrailPage, viewer: Viewer) -> None:
    columns = {
        "What": lambda line: tables.Two(act(line.row.action), _subject(line, viewer)),
        "When": lambda line: tables.Two(line.row.recorded_at, f"entry {words.number(line.row.seq)}"),
        "By": lambda line: tables.Two(line.row.actor, DOORS[line.row.via]),
        "Why": lambda line: line.row.reason,
        "Changed": _changed,
    }
    tables.show(found.lines, columns, empty=NOBODY)
    if found.lines:
        st.caption(f"{words.count(found.total, 'entry', 'entries')}, the newest first.")


def prove(viewer: Viewer, found: TrailPage) -> None:
    """The stretch of the days chosen, as a file; an act."""
    if found.stretch is None:
        st.caption("There is no entry of these days.")
        return
    first, last = found.stretch
    st.write(HOW)
    if viewer.role is not Role.REVIEWER:
        st.caption("Reviewers take the file here; administrators with `python -m vetting trail export FILE`.")
    elif last - first >= LONGEST_DOWNLOAD:
        st.caption("These days have too many entries for a download. Choose fewer, or ask an administrator.")
    else:
        st.download_button(
            f"Take entries {words.number(first)} to {words.number(last)} as a file",
            lambda: exported_bytes(session.store(), viewer, first, last, via=Via.PAGE, now=session.now()),
            file_name=f"trail-{first}-{last}.jsonl",
            mime="application/x-ndjson",
            icon=":material/download:",
            key="trail_file",
        )
        st.caption("That you took it is on the trail.")


def yesterday(head: TrailRow | None, settings: Settings) -> None:
    """What everybody may keep, so that nobody can change the trail up to it unseen."""
    body = words.literal(settings.operating_body)
    if head is None:
        st.write(f"What {body} does is written into a chained trail. Its head will stand here from tomorrow on.")
        return
    st.write(
        f"What {body} does is written into a chained trail: whoever keeps its head can show later that nothing before "
        "it was altered or removed. The head as yesterday ended:"
    )
    st.code(head.hash, language=None, wrap_lines=True)


def _subject(line: TrailLine, viewer: Viewer) -> object:
    if line.about == "agency":
        return (
            tables.Link(line.name, links.address("agency", agency=line.row.subject)) if _reviews(viewer) else line.name
        )
    if line.about == "case":
        said = f"case of {line.name}"
        return tables.Link(said, links.address("case", case=line.row.subject)) if _reviews(viewer) else said
    return line.row.subject


def _reviews(viewer: Viewer) -> bool:
    return viewer.role is Role.REVIEWER


def _changed(line: TrailLine) -> object:
    """Folded: every value before and after, and the hash."""
    if not line.told:
        return tables.Two("", FOR_REVIEWERS)
    before, after = (dict(_flat(json.loads(each or "{}"))) for each in (line.row.before, line.row.after))
    said = [_one(name, before.get(name), after.get(name)) for name in {**before, **after}]
    said.append(f"<li>hash <code>{line.row.hash}</code></li>")
    return tables.Drawn(
        f"<details><summary>{len(said) - 1 or 'no'} value{'' if len(said) == 2 else 's'}</summary>"
        f'<ul class="fp-said">{"".join(said)}</ul></details>'
    )


def _one(name: str, before: str | None, after: str | None) -> str:
    label = escape(name.replace("_", " "))
    if before is None or after is None or before == after:
        only = after if after is not None else f"{before} (before)"
        return f"<li>{label}: {escape(str(only))}</li>"
    return f"<li>{label}: {escape(before)} → {escape(after)}</li>"


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name} {key}".strip())
    elif isinstance(value, list):
        yield name, "; ".join(", ".join(said for _, said in _flat(each)) for each in value) or words.NOTHING
    else:
        yield name, words.cell(value)
