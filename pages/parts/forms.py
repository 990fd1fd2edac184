"""Pieces in which people act: what a refusal looks like, and an act that needs a reason and a confirmation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts import session
from vetting.refusals import Refusal

LONGEST_REASON = 2000


@contextmanager
def refusals() -> Iterator[None]:
    """Show a refusal where it happens, as the sentence it is. Anything else is a bug and goes through."""
    try:
        yield
    except Refusal as refusal:
        st.error(str(refusal), icon=":material/block:")


def done(message: str) -> None:
    """Say on the next run what has just been done, and run again so that everything shows the new state."""
    session.say(message)
    session.keep("acts_done", session.recall("acts_done", 0) + 1)
    st.rerun()


def fresh(key: str) -> str:
    """A widget's key that changes with every act, so that nothing typed for one act is still there for the next."""
    return f"{key}_{session.recall('acts_done', 0)}"


def with_reason(
    key: str,
    *,
    button: str,
    consequence: str,
    label: str = "Reason",
    help: str | None = None,
    before: Callable[[], None] | None = None,
) -> str | None:
    """A form that gives its reason once the person has written one and confirmed the consequence; else None. `before`
    draws what stands above the reason."""
    with st.form(fresh(key), border=True):
        if before is not None:
            before()
        reason = st.text_area(label, max_chars=LONGEST_REASON, help=help, height=90, key=fresh(f"{key}_reason"))
        confirmed = st.checkbox(consequence, key=fresh(f"{key}_confirmed"))
        if not st.form_submit_button(button, key=fresh(f"{key}_submit")):
            return None
    if not reason.strip():
        st.error("Write a reason: it is kept on the trail and shown to those concerned.", icon=":material/edit_note:")
        return None
    if not confirmed:
        st.error(f"Tick the box to confirm: {consequence}", icon=":material/check_box:")
        return None
    return reason.strip()


def turn(key: str, page: int, pages: int) -> None:
    """Leaf through something the data layer gives page by page; what is shown is remembered under `key`."""
    if pages > 1:
        turned = st.pagination(pages, default=page, key=f"{key}_{pages}")
        if turned != page:
            session.keep(key, turned)
            st.rerun()
