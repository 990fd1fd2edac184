"""Consent wording and data-sharing terms as a partner reads them, and the form in which it accepts them."""

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.parts import forms, links, session, words
from schemas.codes import Via
from schemas.consent import Acceptance, Terms, TermsKind
from schemas.person import Partner
from schemas.viewer import Viewer
from vetting.store.terms import accept_terms, fetch_acceptances, terms_in_force, terms_to_accept

TITLES = {TermsKind.CONSENT: "Consent wording", TermsKind.SHARING: "Data-sharing terms"}
HEADINGS = {"# ": "#### ", "## ": "##### "}
BEFORE = "Accept the consent wording and the data-sharing terms first; your file stays here meanwhile."


def ask(viewer: Viewer, partner: Partner) -> bool:
    """On the way to a commit: what is not accepted yet, to read and to accept. True when there is nothing to accept."""
    due = terms_to_accept(session.db(), partner.partner)
    if due:
        with st.container(border=True):
            st.subheader("Before you send: read and accept")
            st.write(
                "There is a new version. Read it and accept it once; you can go on with your file below meanwhile."
            )
            for each in due:
                read(each, opened=False)
            accept(viewer, partner, due)
    return not due


def own(viewer: Viewer, partner: Partner) -> None:
    """Everything that counts for a partner now, and what it accepted before."""
    db = session.db()
    in_force, due = terms_in_force(db, partner.partner), terms_to_accept(db, partner.partner)
    accepted = {each.terms_id: each for each in fetch_acceptances(db, viewer)}
    st.write(
        "What you read to a worker before you ask, and what you and the operating body promise each other. A new "
        "version asks you once to accept it. Each batch keeps under which version it was sent."
    )
    if due:
        st.warning(f"Not accepted yet: {words.listed(list(map(title, due)), 'and')}.", icon=":material/edit_document:")
    for each in in_force.values():
        read(each, opened=True, said=accepted.get(each.terms_id))
    if due:
        accept(viewer, partner, due)
    links.to("privacy", "How workers are protected, and how long things are kept", icon=links.WINDOWS["privacy"].icon)


def read(each: Terms, *, opened: bool, said: Acceptance | None = None) -> None:
    """One version, unfolded or not, with its hash and who accepted it."""
    with st.expander(title(each), expanded=opened, icon=":material/description:", key=f"read_{each.terms_id}"):
        st.markdown(plainly(each.text))
        told = f"{published(each)}. SHA-256 of the text `{each.hash}`."
        if said is not None:
            told += f" Accepted {words.moment(said.recorded_at)} by {words.literal(said.actor)}."
        st.caption(told)
        st.download_button(
            "This text to print",
            each.text,
            f"{each.terms_id}.txt",
            "text/plain",
            icon=":material/download:",
            key=f"print_{each.terms_id}",
            on_click="ignore",
        )


def accept(viewer: Viewer, partner: Partner, due: Sequence[Terms]) -> None:
    """One act for all that is due: the person who accepts stands on the trail, with the hash of each text."""
    named = words.listed(list(map(title, due)), "and")
    with st.form(forms.fresh("accept_terms"), border=False):
        agreed = st.checkbox(
            f"I have read {'this' if len(due) == 1 else 'them'}, and accept for {partner.name}: {named}.",
            key=forms.fresh("agreed"),
        )
        if not st.form_submit_button("Accept", type="primary", icon=":material/check:", key=forms.fresh("accept")):
            return
    if not agreed:
        st.error("Tick the box first: it says what you accept, and for whom.", icon=":material/check_box:")
        return
    with forms.refusals():
        accept_terms(session.store(), viewer, [each.hash for each in due], via=Via.PAGE, now=session.now())
        forms.done(f"Accepted for {partner.name}: {named}.")


def title(each: Terms) -> str:
    """Consent wording, version 1."""
    return f"{TITLES[each.kind]}, version {each.version}"


def published(each: Terms) -> str:
    if each.recorded_at is None:
        return "Comes with the program"
    return f"Published {words.moment(each.recorded_at)} by {words.literal(each.actor)}"


def plainly(text: str) -> str:
    """The text as Markdown in which only headings and lists are drawn; whatever else was written stands as it is."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for mark, drawn in {**HEADINGS, "- ": "- "}.items():
            if line.startswith(mark):
                yield drawn + words.literal(line.removeprefix(mark))
                break
        else:
            yield words.literal(line.strip())
