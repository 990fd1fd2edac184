"""For administrators: every version of the consent wording and the terms, who accepted it, and publishing another."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, session, tables, terms_texts, words
from schemas.codes import Via
from schemas.consent import EVERYBODY, Acceptance, Terms, TermsKind
from schemas.person import Partner
from schemas.viewer import Viewer
from vetting.store.terms import LONGEST_TEXT, fetch_acceptances, fetch_terms, publish_terms, terms_in_force

ALL = "all partners"


def draw(viewer: Viewer, partners: Sequence[Partner]) -> None:
    """The list, newest first, and one version in full with who accepted it."""
    db = session.db()
    versions, accepted = fetch_terms(db, viewer)[::-1], fetch_acceptances(db, viewer)
    names = {each.partner: each.name for each in partners}
    holds = Counter(each.terms_id for code in names for each in terms_in_force(db, code).values())
    said = Counter(each.terms_id for each in accepted)
    tables.show(
        versions,
        {
            "Version": lambda t: tables.Two(terms_texts.title(t), f"{t.terms_id}, SHA-256 {t.hash[:8]}"),
            "For": lambda t: names.get(t.partner, ALL),
            "Published": lambda t: tables.Two(_when(t), t.actor if t.recorded_at else ""),
            "Why": lambda t: t.reason,
            "Holds now for": lambda t: words.count(holds[t.terms_id], "partner"),
            "Accepted by": lambda t: words.count(said[t.terms_id], "partner"),
        },
        empty="",
        key="versions",
    )
    chosen = st.selectbox(
        "Read a version, and who accepted it", versions, index=None, format_func=terms_texts.title,
        placeholder="Choose one", key=forms.fresh("version"),
    )  # fmt: skip
    if chosen is not None:
        _one(chosen, partners, [each for each in accepted if each.terms_id == chosen.terms_id])


def publish(viewer: Viewer, partners: Sequence[Partner]) -> None:
    """The text, how it will look, why, and what it brings about."""
    names = {each.partner: each.name for each in partners}
    left, right = st.columns(2)
    kind = left.selectbox(
        "Which text", list(TermsKind), format_func=terms_texts.TITLES.__getitem__, key=forms.fresh("terms_kind")
    )
    partner = right.selectbox(
        "For whom", [EVERYBODY, *names], format_func=lambda code: names.get(code, ALL), key=forms.fresh("terms_for")
    )
    now = terms_in_force(session.db(), partner)[kind]
    write, look = st.columns(2, gap="large")
    text = write.text_area(
        "The new text",
        now.text,
        height=520,
        max_chars=LONGEST_TEXT,
        help="A line that begins with # is a heading, one that begins with - a point of a list. An empty line parts "
        "paragraphs. Everything else stands as you write it.",
        key=forms.fresh(f"terms_text_{now.terms_id}_{partner}"),
    )
    with look:
        st.caption("How it will be read")
        with st.container(border=True, height=520):
            st.markdown(terms_texts.plainly(text))
    for_whom = names.get(partner, ALL)
    if partner == EVERYBODY and (own := _with_their_own(kind, names)):
        st.warning(
            f"{words.literal(words.listed(own, 'and'))} {'has a text' if len(own) == 1 else 'have texts'} of their "
            "own. This one takes its place. Publish theirs again afterwards, if it is to stay.",
            icon=":material/info:",
        )
    reason = forms.with_reason(
        "publish_terms",
        button="Publish the new version",
        label="Why is there a new version?",
        consequence=f"It counts for {for_whom} at once: nobody there can commit a file before a member accepts it.",
    )
    if reason is None:
        return
    with forms.refusals():
        made = publish_terms(
            session.store(), viewer, kind, partner, text, reason=reason, via=Via.PAGE, now=session.now()
        )
        forms.done(f"{terms_texts.title(made)} is published for {for_whom}.")


def _one(chosen: Terms, partners: Sequence[Partner], accepted: Sequence[Acceptance]) -> None:
    terms_texts.read(chosen, opened=True)
    said = {each.partner: each for each in accepted}
    concerned = [each for each in partners if chosen.partner in (EVERYBODY, each.partner)]
    tables.show(
        concerned,
        {
            "Partner": lambda p: tables.Two(p.name, p.partner),
            "Accepted": lambda p: said[p.partner].recorded_at if p.partner in said else "not accepted",
            "By": lambda p: said[p.partner].actor if p.partner in said else None,
        },
        empty="No partner is registered yet.",
        key=f"accepted_{chosen.terms_id}",
    )


def _with_their_own(kind: TermsKind, names: dict[str, str]) -> list[str]:
    """Partners whose text in force is for them alone."""
    return [name for code, name in names.items() if terms_in_force(session.db(), code)[kind].partner != EVERYBODY]


def _when(each: Terms) -> object:
    return "comes with the program" if each.recorded_at is None else each.recorded_at
