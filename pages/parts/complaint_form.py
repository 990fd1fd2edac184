"""Complaining about one agency: whom to turn to at once, the form, what to leave out, and the receipt."""

from datetime import date

import streamlit as st

from pages.parts import complaint_words, forms, links, scores, session, words
from schemas.clocks import months_before
from schemas.codes import Via
from schemas.complaint import LONGEST_TEXT, SUBJECTS, Draft, Receipt, Reporter
from schemas.lookup import countries
from schemas.release import RegisterEntry
from schemas.setting import Settings
from schemas.viewer import PUBLIC
from vetting.certification.complaint_clock import month_of
from vetting.certification.complaints import file_complaint, grouped, own_names
from vetting.intake.personal_spots import spots, title
from vetting.refusals import Refusal
from vetting.store.agencies import fetch_agency

MONTHS = 36  # offered to choose from
AT_ONCE = (
    "**Is somebody in danger now?** Violence, being locked in, a child at work: do not wait for us, a complaint is "
    "read within days. Turn to the police or the emergency number where the person is, to the embassy or consulate of "
    "their country, or to a union or migrant resource centre."
)
UNSAID = "I would rather not say"
NO_NAMES = (
    "Leave out names, phone numbers, addresses and numbers of papers, your own too: we do not ask who you are, and "
    "the agency must not find out."
)


def at_once(settings: Settings, *, urgent: bool) -> None:
    own = f"\n\n{words.literal(settings.urgent_help)}" if settings.urgent_help else ""
    (st.error if urgent else st.info)(AT_ONCE + own, icon=":material/emergency:")


def draw(entry: RegisterEntry, settings: Settings) -> None:
    """The form, about one agency; what was typed stays until it is kept."""
    st.subheader("Complain about this agency", anchor=False)
    subject = st.selectbox(
        "What is it about?",
        list(SUBJECTS),
        index=None,
        format_func=lambda each: SUBJECTS[each].wording,
        placeholder="Choose what is nearest",
        key=forms.fresh("complain_subject"),
    )
    at_once(settings, urgent=subject is not None and SUBJECTS[subject].urgent)
    with st.form(forms.fresh("complain"), border=True):
        text = st.text_area(
            "What happened?",
            height=180,
            max_chars=LONGEST_TEXT,
            placeholder="In your own words, in any language",
            help="Only reviewers read this. It is never published.",
            key=forms.fresh("complain_text"),
        )
        st.caption(NO_NAMES)
        when, origin, destination, who = _details()
        sent = st.form_submit_button("Send the complaint", type="primary", key=forms.fresh("complain_submit"))
    if not sent:
        return
    if subject is None:
        st.error("Choose what it is about. What you wrote is still there.", icon=":material/touch_app:")
        return
    _send(entry, Draft(
        agency_id=entry.agency_id, subject=subject, text=text, happened_in=when, origin=origin,
        destination=destination, reporter=who,
    ))  # fmt: skip


def receipt(kept: Receipt) -> None:
    """Shown as long as this page is looked at, and never again."""
    with st.container(border=True):
        st.markdown(":green[:material/check_circle:] **Your complaint has been received.**")
        left, right = st.columns(2)
        left.markdown("Reference")
        left.code(grouped(kept.reference), language=None)
        right.markdown("Follow-up code")
        right.code(grouped(kept.secret), language=None)
        st.markdown(
            "Write both down now, and keep them where nobody from the agency can see them: they are shown **once**. "
            "With them you read here what became of your complaint. We keep no name and no way to reach you, so "
            "without the codes nobody can tell you."
        )
        links.to("complain", "Ask later what became of it", icon=":material/search_activity:", reference=kept.reference)


def _details() -> tuple[date | None, str | None, str | None, Reporter | None]:
    """What may be left open."""
    this_month = month_of(session.today())
    months = [months_before(this_month, back) for back in range(MONTHS)]
    known = sorted(countries(), key=scores.country)
    left, right = st.columns(2)
    when = left.selectbox(
        "When, if you know", [None, *months], key=forms.fresh("complain_when"),
        format_func=lambda each: complaint_words.month(each) if each else UNSAID,
    )  # fmt: skip
    who = right.selectbox(
        "Who are you, if you want to say", [None, *Reporter], key=forms.fresh("complain_who"),
        format_func=lambda each: complaint_words.REPORTERS[each] if each else UNSAID,
    )  # fmt: skip
    chosen = [
        column.selectbox(
            label, [None, *known], key=forms.fresh(f"complain_{name}"),
            format_func=lambda each: scores.country(each) if each else UNSAID,
        )
        for column, label, name in zip(
            st.columns(2), ("Recruited in", "To work in"), ("origin", "destination"), strict=True
        )
    ]  # fmt: skip
    return when, chosen[0], chosen[1], who


def _send(entry: RegisterEntry, draft: Draft) -> None:
    """Everybody files as nobody, also who is signed in."""
    try:
        kept = file_complaint(
            session.store(), PUBLIC, draft, visit=session.visit(), via=Via.PAGE, now=session.now(),
            today=session.today(),
        )  # fmt: skip
    except Refusal as refusal:
        st.error(words.literal(str(refusal)), icon=":material/block:")
        _marked(entry, draft.text)
        return
    session.keep(session.COMPLAINT_RECEIPT, kept)
    forms.done("Your complaint has been received.")


def _marked(entry: RegisterEntry, text: str) -> None:
    """The text with the places that keep it from being sent."""
    agency = fetch_agency(session.db(), entry.agency_id)
    found = spots(text, own_names(agency))
    if not found:
        return
    said, end = "", 0
    for spot in found:
        held = words.literal(text[spot.start : spot.end]).replace("\n", " ")
        said += words.literal(text[end : spot.start]) + f":orange-background[{held}] *({title(spot.code)})*"
        end = spot.end
    said += words.literal(text[end:])
    with st.container(border=True):
        st.markdown("**Take out what is marked.** What you wrote is still in the form, and has not been kept.")
        st.markdown(said.replace("\n", "  \n"))
