"""The forms in which reviewers act on one complaint. Each says what it will do and shows a refusal as it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import streamlit as st

from pages.parts import forms, session, words
from schemas.codes import Via
from schemas.complaint import DECIDED, ComplaintMove, ComplaintState
from schemas.viewer import Viewer
from vetting.certification import complaint_publishing as publishing
from vetting.certification import complaint_review as review
from vetting.disclosure.complaints import ComplaintPage

S = ComplaintState
SHOWN = "Everybody may read of it: its subject, its month, where it stands"
HELD = "Hold it back: even that much would point to whoever complained"
OUTCOMES = {S.SUBSTANTIATED: "Substantiated", S.NOT_SUBSTANTIATED: "Not substantiated"}
NO_NAMES = (
    "It must name no person and nothing that leads to whoever complained; the reason stays on the trail for good."
)


def draw(viewer: Viewer, page: ComplaintPage) -> None:
    file = page.line.file
    match file.state:
        case S.REPORTED:
            _take_up(viewer, page, "Take it under review")
            _dismiss(viewer, page)
        case S.UNDER_REVIEW:
            _propose(viewer, page)
            if not file.shown:
                _dismiss(viewer, page)
        case S.PROPOSED:
            _second_half(viewer, page, file.moves[-1])
        case _:
            _take_up(viewer, page, "Take it up again")
    if file.state not in (S.REPORTED, S.NOT_ADMISSIBLE):
        _reply(viewer, page)
        _show(viewer, page)


def _take_up(viewer: Viewer, page: ComplaintPage, title: str) -> None:
    with _fold(title, open_=page.line.file.state is S.REPORTED), st.form(forms.fresh("take_up"), border=False):
        shown = st.radio("Who may know of it", [SHOWN, HELD], index=None, key=forms.fresh("take_up_shown"))
        reason = _reason("take_up")
        if not st.form_submit_button(title, key=forms.fresh("take_up_submit")):
            return
        if shown is None:
            st.error("Choose who may know of it first.", icon=":material/touch_app:")
            return
    _do(lambda: review.take_up(
        session.store(), viewer, _id(page), reason, shown=shown == SHOWN, via=Via.PAGE, now=session.now()
    ), "The complaint is under review.")  # fmt: skip


def _dismiss(viewer: Viewer, page: ComplaintPage) -> None:
    title = "Do not look into it"
    with _fold(title), st.form(forms.fresh("dismiss"), border=False):
        st.caption("Where it is about nobody, about nothing the scheme asks for, or sent to drown others.")
        answer = st.text_area(
            "Answer, which only whoever complained reads", max_chars=forms.LONGEST_REASON, height=90,
            key=forms.fresh("dismiss_answer"),
        )  # fmt: skip
        reason = _reason("dismiss")
        if not st.form_submit_button(title, key=forms.fresh("dismiss_submit")):
            return
    _do(lambda: review.dismiss(
        session.store(), viewer, _id(page), reason, answer, via=Via.PAGE, now=session.now()
    ), "It is not looked into.")  # fmt: skip


def _propose(viewer: Viewer, page: ComplaintPage) -> None:
    title = "Propose an outcome"
    with _fold(title, open_=True), st.form(forms.fresh("propose"), border=False):
        outcome = st.radio(
            "Outcome", list(OUTCOMES), index=None, horizontal=True, format_func=OUTCOMES.__getitem__,
            key=forms.fresh("propose_outcome"),
        )  # fmt: skip
        answer = st.text_area(
            "Answer, which everybody reads", max_chars=forms.LONGEST_REASON, height=110,
            placeholder="What was looked at, and what came of it", help=NO_NAMES, key=forms.fresh("propose_answer"),
        )  # fmt: skip
        reason = _reason("propose")
        st.caption("Nothing happens until a second, different reviewer confirms it.")
        if not st.form_submit_button(title, key=forms.fresh("propose_submit")):
            return
        if outcome is None:
            st.error("Choose the outcome first.", icon=":material/touch_app:")
            return
    _do(lambda: review.propose_outcome(
        session.store(), viewer, _id(page), outcome, reason, answer, via=Via.PAGE, now=session.now()
    ), "Proposed: a second reviewer confirms it.")  # fmt: skip


def _second_half(viewer: Viewer, page: ComplaintPage, proposed: ComplaintMove) -> None:
    with st.container(border=True):
        st.markdown(
            words.literal(f"{proposed.actor} proposes: {OUTCOMES[proposed.outcome or S.NOT_SUBSTANTIATED].lower()}.")
        )
        st.markdown(f"**Answer:** {words.quoted(proposed.answer or '')}")
    confirming = forms.with_reason(
        "confirm_outcome", button="Confirm the outcome",
        consequence="I have read what was written and the answer, and am not the one who proposed it.",
    )  # fmt: skip
    if confirming is not None:
        _do(lambda: review.confirm_outcome(
            session.store(), viewer, _id(page), confirming, via=Via.PAGE, now=session.now()
        ), "The outcome stands.")  # fmt: skip
    with _fold("Send it back"):
        back = forms.with_reason(
            "send_back", button="Send it back", consequence="The answer falls, and the complaint stays under review."
        )
        if back is not None:
            _do(lambda: review.send_back(
                session.store(), viewer, _id(page), back, via=Via.PAGE, now=session.now()
            ), "Sent back.")  # fmt: skip


def _reply(viewer: Viewer, page: ComplaintPage) -> None:
    title = "Record the agency's reply"
    with _fold(title), st.form(forms.fresh("complaint_reply"), border=False):
        reply = st.text_area(
            "What the agency says, in its own words", max_chars=forms.LONGEST_REASON, key=forms.fresh("reply_text")
        )
        st.caption("It is read beside the complaint, as it stands. One that names a person is refused; read it for "
                   "anything else that points to somebody.")  # fmt: skip
        if not st.form_submit_button(title, key=forms.fresh("reply_submit")):
            return
    _do(lambda: publishing.record_reply(
        session.store(), viewer, _id(page), reply, via=Via.PAGE, now=session.now()
    ), "The agency's reply is kept.")  # fmt: skip


def _show(viewer: Viewer, page: ComplaintPage) -> None:
    showing = page.line.file.showing
    held = page.line.file.state in DECIDED and not page.line.file.shown
    with _fold("Who may know of it", open_=held), st.form(forms.fresh("show"), border=False):
        shown = st.radio(
            "Who may know of it", [SHOWN, HELD], index=0 if page.line.file.shown else 1, key=forms.fresh("show_shown"),
            label_visibility="collapsed",
        )  # fmt: skip
        summary = st.text_area(
            "Summary for everybody, if more than the subject can be said without danger", height=90,
            value=(showing.summary if showing else None) or "", max_chars=forms.LONGEST_REASON, help=NO_NAMES,
            key=forms.fresh("show_summary"),
        )  # fmt: skip
        reason = _reason("show")
        if not st.form_submit_button("Set it", key=forms.fresh("show_submit")):
            return
    _do(lambda: publishing.show(
        session.store(), viewer, _id(page), reason, shown=shown == SHOWN, summary=summary, via=Via.PAGE,
        now=session.now(),
    ), "Set.")  # fmt: skip


def _do(act: Callable[[], object], done: str) -> None:
    with forms.refusals():
        act()
        forms.done(done)


def _reason(key: str) -> str:
    return st.text_area(
        "Reason", max_chars=forms.LONGEST_REASON, height=90, help=NO_NAMES, key=forms.fresh(f"{key}_reason")
    )


def _fold(title: str, *, open_: bool = False) -> AbstractContextManager[object]:
    return st.expander(title, icon=":material/edit:", expanded=open_, key=f"fold_{title}")


def _id(page: ComplaintPage) -> str:
    return page.line.file.complaint.complaint_id
