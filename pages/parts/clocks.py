"""Looking back: which day and which knowledge a page shows. The address says it, so that the link can be shared."""

from datetime import date, datetime, time

import streamlit as st

from pages.parts import links, session, words
from schemas.clocks import Clocks, end_of, read_moment
from schemas.codes import Role
from schemas.fee_report import FIRST_INTERVIEW
from schemas.score import Score
from schemas.viewer import Viewer
from vetting.disclosure.clocks import first_record, set_clocks
from vetting.disclosure.live import kept_note
from vetting.refusals import Purged, Refusal

ANYTHING = r"(?s:.{1,80})"  # what is no day or moment is refused in words, never taken for today
FOR_REVIEWERS = "Past days are for reviewers. You read the newest release, which states its day and when it was frozen."


def asked(viewer: Viewer, window: str, **params: str) -> Clocks:
    """What the address asks for; ends the run politely, with a way back, where that cannot be answered."""
    today = session.today()
    day, moment = links.asked("as_of", ANYTHING), links.asked("known_at", ANYTHING)
    if day is None and moment is None:
        return Clocks(as_of=today)
    if viewer.role is not Role.REVIEWER:
        st.info(FOR_REVIEWERS, icon=":material/history:")
        return Clocks(as_of=today)
    try:
        return set_clocks(
            session.db(),
            viewer,
            as_of=None if day is None else _day(day),
            known_at=None if moment is None else _moment(moment),
            today=today,
            now=session.now(),
        )
    except Refusal as refusal:
        st.title("This cannot be looked back at", anchor=False)
        st.write(words.literal(str(refusal)))
        _back(window, **params)
        st.stop()


def banner(clocks: Clocks, window: str, **params: str) -> None:
    """While the past is shown: which, and the way back."""
    if clocks.past:
        with st.container(border=True, key="past"):
            st.markdown(f"#### :material/history: {said(clocks)}")
            _back(window, **params)


def kept(score: Score) -> None:
    """Above an answer that was kept, because rows behind it have been purged since."""
    if told := kept_note(score):
        more = (
            " How firm it was, which legal rules its reports were compared with, and signals cannot be told any more."
        )
        st.info(words.literal(told + more), icon=":material/auto_delete:")


def purged(refusal: Purged, window: str, **params: str) -> None:
    """In the place of an answer that was not kept: what can be asked instead, and the way back."""
    st.title("This answer was not kept", anchor=False)
    st.write(words.literal(str(refusal)))
    _back(window, **params)


def choose(clocks: Clocks) -> None:
    """Two clocks to set. The moment is optional in both its parts: a date means its end."""
    shown = clocks.known_at
    whole_day = shown is None or shown == end_of(shown.date())
    now, name = session.now(), f"{clocks.as_of}_{shown}"
    first = min(first_record(session.db()) or now, now)
    keys = {part: f"{part}_{name}" for part in ("day", "known", "time")}
    with st.popover("Look at another day", icon=":material/history:"), st.form("clocks", border=False):
        st.date_input(
            "As of the end of",
            clocks.as_of,
            min_value=FIRST_INTERVIEW,
            max_value=session.today(),
            format="YYYY-MM-DD",
            key=keys["day"],
        )
        st.date_input(
            "By what was known at the end of (blank: known now)",
            None if shown is None else shown.date(),
            min_value=first.date(),
            max_value=now.date(),
            format="YYYY-MM-DD",
            key=keys["known"],
        )
        st.time_input(
            "or at this time of that day, UTC",
            None if whole_day or shown is None else shown.time(),
            step=60,
            key=keys["time"],
        )
        st.form_submit_button("Look", on_click=_keep, args=(keys,))


def said(clocks: Clocks) -> str:
    known = "now" if clocks.known_at is None else f"on {_known(clocks.known_at)}"
    return f"You look at {words.day(clocks.as_of)} as known {known}"


def _keep(keys: dict[str, str]) -> None:
    """Write what was chosen into the address before the page runs."""
    day, known, at = (session.picked(keys[part]) for part in ("day", "known", "time"))
    moment = None if known is None else end_of(known) if at is None else datetime.combine(known, at)
    today = day is None or day == session.today()
    links.say_in_address(
        as_of=None if today and moment is None else (day or session.today()).isoformat(),
        known_at=None if moment is None else _written(moment),
    )


def _back(window: str, **params: str) -> None:
    links.to(window, "Back to today", icon=":material/today:", **params)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"“{text}” is no day. The address takes one as as_of=2026-03-31.") from None


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except ValueError:
        raise Refusal(
            f"“{text}” is no moment. The address takes one as known_at=2026-03-31, which means its end, or as "
            "known_at=2026-03-31T12:00 (UTC)."
        ) from None


def _known(moment: datetime) -> str:
    if moment == end_of(moment.date()):
        return words.day(moment.date())
    exact = "minutes" if moment.time() == time(moment.hour, moment.minute) else "seconds"
    return f"{words.day(moment.date())} at {moment.time().isoformat(exact)} UTC"


def _written(moment: datetime) -> str:
    return (moment.date() if moment == end_of(moment.date()) else moment).isoformat()
