"""The forms in which an administrator finds two entries, sees what merging them means, confirms, and undoes it."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.parts import forms, session
from pages.parts.scores import country
from schemas.agency import Agency, Merged
from schemas.codes import Via
from schemas.merge import MergePreview
from schemas.release import RegisterEntry
from schemas.viewer import Viewer
from vetting.disclosure.register import search_register
from vetting.merging import merge, preview_merge, split

SHOWN = 10  # entries to choose from: assumed enough when the search is by likeness


def merge_two(viewer: Viewer) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        gone = _find(viewer, "The entry that goes", "merge_gone")
    with right:
        remains = _find(viewer, "The agency that remains", "merge_remains")
    if gone is None or remains is None:
        return
    found = preview_merge(session.db(), viewer, gone.agency_id, remains.agency_id)
    for obstacle in found.obstacles:
        st.error(obstacle, icon=":material/block:")
    if found.obstacles:
        return
    _preview(found)
    _confirm(
        partial(merge, session.store(), viewer, gone.agency_id, remains.agency_id),
        button="Merge",
        consequence=f"From now on {found.gone.name} counts as {found.remains.name}, until somebody splits them again.",
        label="How is it known that both are one agency?",
        said=f"{found.gone.name} is part of {found.remains.name} now.",
    )


def split_one(viewer: Viewer, standing: Sequence[Merged]) -> None:
    chosen = st.selectbox("Entry", standing, format_func=lambda m: f"{m.name}, {m.licence or 'no licence number'}")
    _confirm(
        partial(split, session.store(), viewer, chosen.agency_id),
        button="Split",
        consequence=f"{chosen.name} is an agency of its own again, as it was.",
        label="How is it known that they are two?",
        said=f"{chosen.name} is an agency of its own again.",
    )


def _confirm(deed: Callable[..., Agency], *, button: str, consequence: str, label: str, said: str) -> None:
    """The deed, once it has a reason and is confirmed; then say that it is done, or why not."""
    reason = forms.with_reason(button.lower(), button=button, consequence=consequence, label=label)
    if reason is not None:
        with forms.refusals():
            deed(reason, via=Via.PAGE, now=session.now(), today=session.today())
            forms.done(said)


def _find(viewer: Viewer, label: str, key: str) -> RegisterEntry | None:
    text = st.text_input(label, key=forms.fresh(key), max_chars=100, placeholder="Name or licence")
    if not text.strip():
        return None
    entries = search_register(session.db(), viewer, today=session.today(), text=text).entries[:SHOWN]
    if not entries:
        st.caption("No agency has a name or licence like that.")
        return None
    return st.selectbox(f"{label}: which one", entries, format_func=_said, key=forms.fresh(f"{key}_which"))


def _said(entry: RegisterEntry) -> str:
    return f"{entry.name}, {entry.licence or 'no licence number'}, {country(entry.country)}"


def _preview(found: MergePreview) -> None:
    with st.container(border=True):
        st.markdown("**What would change**")
        st.text(f"{_named(found.gone)} goes into {_named(found.remains)}, which keeps its licence and status.")
        st.text(f"Files that name the entry that goes: {found.files}.")
        st.text(f"Files that name the agency that remains: {found.files_of_remaining}.")
        if found.certificates:
            st.text(f"Certificates of the past that go along: {', '.join(found.certificates)}.")
        st.caption("Released figures stay as published; the next release treats both as one.")


def _named(agency: Agency) -> str:
    return f"{agency.name} ({agency.licence or 'no licence number'})"
