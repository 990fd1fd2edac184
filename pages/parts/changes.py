"""What a partner's reports changed: the release that knows them beside the one before, and when the next is due."""

import streamlit as st

from pages.parts import bands, charts, links, session, tables, untold, words
from pages.parts.bands import FACES
from pages.parts.scores import country
from schemas.own_change import AgencyChange, OwnChanges, ShownAgency
from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.changes import own_changes

LATER = "waits for a later release"


def draw(viewer: Viewer, batch_id: str | None = None) -> None:
    """Of one batch, or of everything the partner sent."""
    st.subheader("What your reports changed" if batch_id is None else "What this batch changed")
    asked = links.asked("release") if batch_id else None
    when = {"today": session.today(), "now": session.now()}
    found = own_changes(session.db(), viewer, batch_id=batch_id, release_id=asked, **when)
    if not found.counts:
        st.info(
            "Reports of agencies and employers about their own recruitment are kept and shown apart. They count in no "
            "release.",
            icon=":material/info:",
        )
        return
    if found.release is None:
        st.info(f"Nothing yet: figures change only with a release. {_due(found)}", icon=":material/event:")
        return
    if batch_id:
        _choose(found, found.release)
    if not found.agencies:
        st.caption("No report of these stands today, so there is nothing to show.")
        return
    _table(found, found.release)
    if not batch_id:
        st.caption(f"Figures change only with a release. {_due(found)}")


def _choose(found: OwnChanges, release: ReleaseSummary) -> None:
    """The newest release that knows the batch, or an earlier one that does."""
    if not found.releases[1:]:
        return
    named = {each.release_id: f"as of {words.day(each.as_of)}" for each in found.releases}
    key = f"release_{release.release_id}"
    st.selectbox(
        "Release",
        list(named),
        index=list(named).index(release.release_id),
        format_func=lambda release_id: named[release_id],
        key=key,
        on_change=lambda: links.say_in_address(release=session.picked(key)),
    )


def _table(found: OwnChanges, release: ReleaseSummary) -> None:
    shown = charts.mode()
    columns = {
        "Agency": lambda c: tables.Two(
            tables.Link(c.name, links.address("agency", agency=c.agency_id)), f"licence {c.licence}"
        ),
        "Release before": lambda c: _said(c.before, shown),
        "This release": lambda c: "as before" if c.now == c.before else _said(c.now, shown),
        "Your reports": lambda c: tables.Two(words.count(c.in_time, "report") + " in time", _standing(c)),
    }
    before = f", beside the release as of {words.day(found.before.as_of)}" if found.before else ""
    if found.before is None:
        del columns["Release before"]
    changed = sum(each.changed for each in found.agencies)
    told = f"{words.number(changed)} of {words.count(len(found.agencies), 'agency', 'agencies')} changed. "
    st.markdown(f"The release as of **{words.day(release.as_of)}**{before}. {told if found.before else ''}")
    tables.show(found.agencies, columns, empty="", key="changes", page=20)
    standard = load_standard()
    st.caption(
        f"In time are interviews of the {standard.measuring.window_months} months up to {words.day(release.as_of)} "
        f"that you had sent by {words.moment(release.known_at)}. Workers enter a release together, at least "
        f"{standard.disclosure.k} on a corridor; which of them are in it is told to nobody, so that none is found out. "
        "Reports of others may have changed a figure too."
    )


def _said(shown: ShownAgency | None, mode: bands.Mode) -> tables.Two | None:
    if shown is None:
        return None  # there was no release before, and then there is no such column
    if not shown.shown:
        return tables.Two(tables.Drawn(bands.chip(FACES[shown.band], mode)), charts.TOO_FEW)
    points = untold.steps(shown.points.low, shown.points.high) if shown.points else untold.NOT_ASSESSED
    return tables.Two(tables.Drawn(bands.chip(FACES[shown.band], mode)), f"{shown.workers} workers, {points}")


def _standing(change: AgencyChange) -> str:
    """What may be known of one's own reports from the corridors that are shown to everybody."""
    if not change.in_time:
        return LATER
    if not change.waiting:
        return "their corridor is shown" if len(change.corridors) == 1 else "their corridors are shown"
    if len(change.waiting) == len(change.corridors):
        return f"too few workers to show: {LATER}"
    return f"{words.listed([_corridor(each) for each in change.waiting], 'and')} {LATER}"


def _corridor(corridor: str) -> str:
    origin, destination = corridor.split("-")
    return f"{country(origin)} to {country(destination)}"


def _due(found: OwnChanges) -> str:
    coming = found.coming
    when = f"is due from {words.day(coming.due)}" if coming.due > session.today() else "is due now"
    return (
        f"The next release is as of {words.day(coming.as_of)} and {when}; interviews after that day wait for a later "
        "one."
    )
