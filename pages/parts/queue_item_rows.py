"""The agencies of which workers report something a reviewer has to look into now."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import links, tables, words
from vetting.disclosure.queue_items import Queued
from vetting.scoring.speech import THEY

AT_ONCE = "Refer at once to those who protect people."


def draw(queue: Sequence[Queued]) -> None:
    columns = {
        "Agency": lambda queued: tables.Two(
            tables.Link(queued.agency.name, links.address("agency", agency=queued.agency.agency_id)),
            f"licence {queued.agency.licence}" if queued.agency.licence else "",
        ),
        "Workers report that": lambda queued: tables.Two(_said(queued), AT_ONCE if queued.referral else ""),
        "Stops the agency": lambda queued: "on hold" if queued.gates else "not yet",
        "Newest reports": lambda queued: None if queued.since is None else queued.since.date(),
    }
    tables.show(queue, columns, empty="Workers report nothing of this kind.", key="queue_items", page=20)
    if queue:
        st.caption(
            "Reported, not found. An answer stays here though the same worker takes it back later. A clearance by two "
            "reviewers answers what was received up to it; the answers stay in every share."
        )


def _said(queued: Queued) -> str:
    opened = [THEY[code] for code in queued.gates]
    answers = [f"{THEY[item.indicator]} ({words.number(item.workers)})" for item in queued.items]
    return "; ".join(opened + answers)
