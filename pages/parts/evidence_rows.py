"""Evidence on screen: what was given, getting one file, giving more, and removing one that should not be here.

A file is never shown, only given back to be saved, as bytes of no particular kind: no browser renders or runs it.
"""

from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, session, words
from schemas.case_page import CasePage
from schemas.codes import Via
from schemas.evidence import Evidence, FileKind
from schemas.viewer import Viewer
from vetting.certification.evidence import LONGEST_TITLE, Given, evidence_of_case, give_evidence, read_evidence
from vetting.certification.evidence import remove_evidence as remove
from vetting.certification.moves import ENDED
from vetting.store.settings import fetch_settings

KINDS = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "picture",
    FileKind.JPEG: "picture",
    FileKind.TEXT: "text",
    FileKind.XLSX: "Excel workbook",
    FileKind.DOCX: "Word document",
}
ENDINGS = ["pdf", "png", "jpg", "jpeg", "txt", "csv", "xlsx", "docx"]
NO_KIND = "application/octet-stream"
BLACKEN = "Blacken names, faces, signatures, passport and phone numbers of workers before you choose a file."
BLACKENED = "Nothing in these files names or shows a worker, or it is blackened."


def of_case(viewer: Viewer, page: CasePage) -> None:
    """What was given to the case itself, beside its findings."""
    st.subheader("Evidence to the case", anchor=False)
    kept = evidence_of_case(session.db(), viewer, page.case.case_id)
    if not kept:
        st.caption("No file has been given to the case itself. Those of its findings stand with each finding.")
    draw(viewer, kept)
    if page.case.state not in ENDED:
        with st.expander("Add a file or name a document", icon=":material/attach_file:", key="fold_case_evidence"):
            add(viewer, stem="case_evidence", case_id=page.case.case_id)
    take_away(viewer, kept, stem="case_evidence")


def draw(viewer: Viewer, kept: Sequence[Evidence]) -> None:
    """Each piece, with a button that gets a file. What was got is offered for saving until the page is drawn anew."""
    for one in kept:
        with st.container(gap="xxsmall"):
            if one.sha256 is None:
                st.markdown(f":material/menu_book: {words.literal(one.name)}")
                st.caption(f"A document kept elsewhere, named {_by(one)}")
            elif not one.is_there:
                gone = words.day(one.removed_at.date()) if one.removed_at else ""
                st.markdown(":material/hide_source: A file that was removed")
                st.caption(f"Given {_by(one)}, removed {gone} · SHA-256 {one.sha256[:12]}…")
            else:
                _file(viewer, one)


def fields(stem: str) -> tuple[list[Given], bool]:
    """Inside a form: files, a document's title, and the word that nobody is named in them. True: all was said."""
    most = fetch_settings(session.db()).evidence_file_mb
    sent = st.file_uploader(
        "Files", ENDINGS, accept_multiple_files=True, max_upload_size=most, key=forms.fresh(f"{stem}_files"),
        help="PDF, PNG, JPEG, TXT, CSV, XLSX or DOCX, told by their content; no macros, no web pages, no SVG.",
    )  # fmt: skip
    st.caption(f":material/visibility_off: {BLACKEN}")
    clean = st.checkbox(BLACKENED, key=forms.fresh(f"{stem}_blackened"))
    title = st.text_input(
        "Or a document kept elsewhere: its name, and where it lies",
        max_chars=LONGEST_TITLE,
        key=forms.fresh(f"{stem}_title"),
    )
    given = [Given(each.name, each.getvalue()) for each in sent or []]
    return given + ([Given(title)] if title.strip() else []), clean or not given


def said_clean(clean: bool) -> bool:
    """Say what is missing before a file is kept."""
    if not clean:
        st.error(f"Look through the files and tick: {BLACKENED}", icon=":material/visibility_off:")
    return clean


def add(viewer: Viewer, *, stem: str, case_id: str | None = None, finding_id: str | None = None) -> None:
    with st.form(forms.fresh(stem), border=False):
        given, clean = fields(stem)
        if not st.form_submit_button("Keep as evidence", key=forms.fresh(f"{stem}_submit")):
            return
    if not said_clean(clean):
        return
    with forms.refusals():
        give_evidence(
            session.store(), viewer, given, case_id=case_id, finding_id=finding_id, via=Via.PAGE, now=session.now()
        )
        forms.done(f"{words.count(len(given), 'piece')} of evidence kept.")


def take_away(viewer: Viewer, kept: Sequence[Evidence], *, stem: str) -> None:
    """Deleting a file that names a worker, or should not be here: for good, with a reason."""
    there = {one.evidence_id: one.name for one in kept if one.sha256 and one.is_there}
    if not there:
        return
    with st.expander("Remove a file", icon=":material/delete:", key=f"fold_remove_{stem}"):
        chosen = st.selectbox("File", list(there), format_func=there.__getitem__, key=forms.fresh(f"{stem}_remove"))
        reason = forms.with_reason(
            f"{stem}_removing",
            button="Remove it for good",
            label="Why it must go, without repeating what it tells",
            consequence="Its content and its name are deleted. That it was here, and what was decided on it, stays.",
        )
        if reason is not None:
            with forms.refusals():
                remove(session.store(), viewer, chosen, reason, via=Via.PAGE, now=session.now())
                forms.done("The file is removed.")


def _file(viewer: Viewer, one: Evidence) -> None:
    got = st.button(
        words.literal(one.name), icon=":material/draft:", key=f"get_{one.evidence_id}", type="tertiary",
        help="Get this file. That you did is kept on the trail.",
    )  # fmt: skip
    what = KINDS[one.kind] if one.kind else ""
    st.caption(f"{what}, {size(one.size or 0)} · given {_by(one)} · SHA-256 {(one.sha256 or '')[:12]}…")
    if not got:
        return
    with forms.refusals():
        opened = read_evidence(session.store(), viewer, one.evidence_id, via=Via.PAGE, now=session.now())
        st.download_button(
            f"Save {words.literal(opened.name)}", opened.content, opened.name, NO_KIND, icon=":material/download:",
            on_click="ignore", key=f"save_{one.evidence_id}",
        )  # fmt: skip
        st.caption("It is what was given: its bytes match its SHA-256. That you opened it is on the trail.")


def size(held: int) -> str:
    """900 bytes, 12 kB, 3.4 MB."""
    if held < 1024:
        return words.count(held, "byte")
    kilobytes = held / 1024
    return f"{kilobytes:.0f} kB" if kilobytes < 1000 else f"{kilobytes / 1024:.1f} MB"


def _by(one: Evidence) -> str:
    return f"{words.day(one.recorded_at.date())} by {words.literal(one.actor)}"
