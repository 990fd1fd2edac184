"""Publishing a release: what will be frozen, the confirmation, and the list of those there are."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import forms, session, tables, words
from schemas.codes import Via
from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.release import publish as publish_release


def publish(viewer: Viewer, due: date | None) -> None:
    """Say exactly what would be frozen, and freeze it once that is confirmed."""
    rule = load_standard().disclosure
    if due is None:
        st.info(
            "The newest quarter that may be released has been released. The next becomes due "
            f"{rule.release_lag_days} days after the quarter's end.",
            icon=":material/event_available:",
        )
        return
    with st.container(border=True):
        st.subheader(f"Next: as of {words.day(due)}", anchor=False)
        st.markdown(
            f"""
- Bands and figures of every agency with at least **{rule.k} distinct workers** together, by what is known now.
- Workers who are too few wait for a later release. Nobody can tell none from fewer than {rule.k}.
- Counts, shares and ranges are rounded; single reports, exact numbers and knock-out criteria stay with reviewers.
- Buyers and partners read it at once. It can never be changed or taken back.
"""
        )
        with st.form("publish", border=False):
            confirmed = st.checkbox(f"Freeze and publish the figures as of {words.day(due)}", key="publish_confirmed")
            if not st.form_submit_button(f"Publish the release as of {words.day(due)}", key="publish_submit"):
                return
        if not confirmed:
            st.error("Tick the box to confirm: a release can never be taken back.", icon=":material/check_box:")
            return
        with forms.refusals(), st.spinner("Freezing the figures…"):
            release = publish_release(
                session.store(), viewer, as_of=due, via=Via.PAGE, now=session.now(), today=session.today()
            )
            forms.done(
                f"Released as of {words.day(release.as_of)}: {words.count(release.agencies, 'agency', 'agencies')}."
            )


def listed(releases: Sequence[ReleaseSummary]) -> None:
    columns = {
        "As of": lambda r: r.as_of,
        "Frozen": lambda r: r.recorded_at,
        "By what was known at": lambda r: r.known_at,
        "Agencies shown": lambda r: r.agencies,
        "Standard, method": lambda r: f"{r.standard}, {r.method}",
    }
    tables.show(
        releases, columns, empty="Nothing has been released yet; buyers see no figures.",
        numbers={"Agencies shown"}, key="releases",
    )  # fmt: skip
