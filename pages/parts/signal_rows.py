"""The agencies of which workers report something a reviewer has to look into now."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import links, tables, words
from vetting.disclosure.signals import Signal
from vetting.scoring.speech import THEY

AT_ONCE = "Refer at once to those who protect people."


def draw(signals: Sequence[Signal]) -> None:
    columns = {
        "Agency": lambda signal: tables.Two(
            tables.Link(signal.agency.name, links.address("agency", agency=signal.agency.agency_id)),
            f"licence {signal.agency.licence}" if signal.agency.licence else "",
        ),
        "Workers report that": lambda signal: tables.Two(_said(signal), AT_ONCE if signal.referral else ""),
        "Stops the agency": lambda signal: "on hold" if signal.gates else "not yet",
        "Newest reports": lambda signal: None if signal.since is None else signal.since.date(),
    }
    tables.show(signals, columns, empty="Workers report nothing of this kind.", key="signals", page=20)
    if signals:
        st.caption(
            "Reported, not found. An answer stays here though the same worker takes it back later. A clearance by two "
            "reviewers answers what was received up to it; the answers stay in every share."
        )


def _said(signal: Signal) -> str:
    opened = [THEY[code] for code in signal.gates]
    answers = [f"{THEY[answer.indicator]} ({words.number(answer.workers)})" for answer in signal.answers]
    return "; ".join(opened + answers)
