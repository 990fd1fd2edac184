"""A reviewer reads single reports: what may be opened, the reason for it, and the one report that is open.

What is open is kept for as long as the page is looked at. Leaving it, reloading it or signing in as somebody else
closes it, and opening it again is another act.
"""

from typing import NamedTuple

import streamlit as st

from pages.parts import forms, report_sides, report_words, session, tables, words
from pages.parts.firmness import CHANNELS
from pages.parts.rate_forms import KINDS, SOURCES
from schemas.codes import Via
from schemas.single_report import Converted, Readable, SingleReport
from schemas.viewer import Viewer
from vetting.disclosure.single_reports import open_report, report_views
from vetting.scoring.indicators import BY_CODE
from vetting.scoring.speech import THEY
from vetting.store.partners import fetch_partners

NEVER = "Reports about workers under 18 are never shown, whoever agreed."


class Opened(NamedTuple):
    """Who opened which report of which case, why, and of which choice."""

    viewer: Viewer
    case_id: str
    reason: str
    adverse: str | None
    report: SingleReport


def say(readable: Readable) -> None:
    """How many of the reports may be opened, or why none."""
    if not readable.counted:
        st.write("No report counts for this agency today.")
    elif not readable.readable:
        st.write(f"No worker of this agency has consented to a reviewer reading the report. {NEVER}")
    else:
        counted = words.count(readable.counted, "report that counts", "reports that count")
        st.write(
            f"Of {counted} for this agency today, **{words.number(readable.readable)}** may be opened: the worker "
            f"agreed that a reviewer reads it. {NEVER}"
        )
    if readable.why_not:
        session.forget(session.OPEN_REPORT)
        with st.container(border=True):
            st.markdown(":material/block: **You cannot open a report of this case now.**")
            st.markdown("\n".join(f"- {words.literal(reason)}" for reason in readable.why_not))


def opened(viewer: Viewer, case_id: str) -> Opened | None:
    """What this person has open here."""
    kept: Opened | None = session.recall(session.OPEN_REPORT)
    return kept if kept and (kept.viewer, kept.case_id) == (viewer, case_id) else None


def choose(viewer: Viewer, case_id: str, readable: Readable) -> None:
    """Which reports, why, and the button that opens the first of them."""
    adverse = st.selectbox(
        "Which reports",
        [None, *readable.adverse],
        format_func=lambda code: f"{_about(code)} ({words.number(readable.adverse.get(code, readable.readable))})",
        key="report_adverse",
    )
    st.caption("In the reason, write no name and nothing a worker said: the trail is kept for ever.")
    reason = forms.with_reason(
        "open_report",
        button="Open the first report",
        label="Why do you read them?",
        consequence="Each report I open is kept on the trail with my name and this reason.",
    )
    if reason is not None:
        _open(viewer, case_id, 1, adverse, reason)


def show(viewer: Viewer, kept: Opened) -> None:
    """The one report that is open, and the ways on from it."""
    report = kept.report
    st.subheader(f"Report {words.number(report.place)} of {words.number(report.total)}", anchor=False)
    chosen = f"{_about(kept.adverse)}. " if kept.adverse else ""
    st.caption(f"{chosen}Opened {words.moment(report.opened_at)}, as the trail says.")
    _ways(viewer, kept)
    _where_from(report)
    left, right = st.columns(2, gap="large")
    with left:
        _reports(report)
    with right:
        _money(report)
    if report.notes:
        st.markdown("**Notes of the partner**")
        st.markdown("> " + words.literal(report.notes).replace("\n", "  \n> "))
    st.markdown("**What the partner wrote, and what it was understood as**")
    report_sides.draw(report.sides, wrote="The partner wrote")
    st.caption("A column that is not listed was left blank: nobody knows. The worker's reference is not shown.")


def views(viewer: Viewer, case_id: str) -> None:
    """Who has opened what in this case so far."""
    seen = report_views(session.db(), viewer, case_id)
    with st.expander(f"Opened so far: {words.count(len(seen), 'report')}", icon=":material/history:"):
        columns = {
            "When": lambda view: view.recorded_at,
            "By": lambda view: view.actor,
            "Report": lambda view: tables.Two(view.report_id, f"batch {view.batch_id}"),
            "Why": lambda view: view.reason,
        }
        tables.show(seen, columns, empty="Nobody has opened a report in this case yet.", key="views", page=20)


def _open(viewer: Viewer, case_id: str, place: int, adverse: str | None, reason: str) -> None:
    """Open one, which the trail keeps, and show it in place of what was open."""
    with forms.refusals():
        report = open_report(
            session.store(), viewer, case_id, place=place, adverse=adverse, reason=reason, via=Via.PAGE,
            now=session.now(), today=session.today(),
        )  # fmt: skip
        session.keep(session.OPEN_REPORT, Opened(viewer, case_id, reason, adverse, report))
        st.rerun()


def _ways(viewer: Viewer, kept: Opened) -> None:
    report = kept.report
    with st.container(horizontal=True):
        for label, icon, place in (
            ("Previous", "arrow_back", report.place - 1),
            ("Next", "arrow_forward", report.place + 1),
        ):
            there = 1 <= place <= report.total
            if st.button(label, icon=f":material/{icon}:", disabled=not there, key=f"report_{label.lower()}"):
                _open(viewer, kept.case_id, place, kept.adverse, kept.reason)
        if st.button("Close", icon=":material/close:", key="report_close"):
            session.forget(session.OPEN_REPORT)
            st.rerun()


def _where_from(report: SingleReport) -> None:
    names = {each.partner: each.name for each in fetch_partners(session.db())}
    partner = f"{names.get(report.partner, report.partner)}, {words.PARTNER_KINDS[report.partner_kind]}"
    lines = {
        "Partner": words.literal(partner),
        "Heard": f"{words.day(report.interview_date)}, {CHANNELS[report.channel]}",
        "Verification": report_words.VERIFIED[report.verification],
        "Responsible": (
            f"{report_words.RESPONSIBLE[report.responsible]}, for restriction, penalty, withheld wages or threats"
            if report.responsible
            else "not told"
        ),
        "Received": f"{words.day(report.received_at.date())} as `{report.report_id}` of batch `{report.batch_id}`",
    }
    st.markdown("  \n".join(f"**{what}** {said}" for what, said in lines.items()))


def _reports(report: SingleReport) -> None:
    st.markdown("**The worker reports**")
    said = [f"- {words.literal(BY_CODE[code].wording)}" for code in report.adverse]
    st.markdown("\n".join(said) or "Nothing adverse.")
    unknown = len(BY_CODE) - len(report.adverse) - len(report.clean)
    st.caption(
        f"Reported, not found. Of {len(BY_CODE)} signs, {len(report.clean)} are answered without a fault, and on "
        f"{unknown} this report says nothing."
    )


def _money(report: SingleReport) -> None:
    st.markdown("**Money**")
    own = "" if report.amount_paid is None else f"{report.currency} {words.amount(report.amount_paid)}, that is "
    st.markdown(f"Paid: {own}{_dollars(report.paid)}")
    st.markdown(f"A month's wage: {_dollars(report.wage)}")


def _dollars(amount: Converted | None) -> str:
    if amount is None or amount.usd is None:
        return "not known in dollars"
    per, source = f"{amount.per_usd.normalize():f}", SOURCES.get(amount.source, amount.source)
    return (
        f"**USD {words.amount(amount.usd)}** (at {words.literal(per)} {amount.currency} for one dollar on "
        f"{words.day(amount.rate_date)}; {KINDS[amount.kind]}; source: {words.literal(source)})"
    )


def _about(code: str | None) -> str:
    return "All that may be opened" if code is None else f"Those that report that {THEY[code]}"
