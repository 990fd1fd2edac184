"""The rows of a partner's own batch: fifty at a time, and one from start to end."""

import streamlit as st

from pages.parts import filters, links, report_sides, session, tables, words
from pages.parts.scores import corridor
from schemas.single_report import OwnRow
from schemas.viewer import Viewer
from vetting.disclosure.own_rows import own_row, own_rows

LINE = r"[1-9][0-9]{0,8}"


def draw(viewer: Viewer, batch_id: str) -> None:
    """The list, or the one row that the address asks for."""
    line = links.asked("line", LINE)
    if line is not None:
        st.subheader(f"Line {words.number(int(line))} of your file", anchor=False)
        links.to("batches", "All rows of this batch", icon=":material/arrow_back:", batch=batch_id)
        report_sides.draw(own_row(session.db(), viewer, batch_id, int(line)), wrote="You wrote")
        st.caption("A column that is not listed was left blank: nobody knows. Only you see this row as it stands here.")
        return
    st.subheader("Your rows", anchor=False)
    shown = own_rows(session.db(), viewer, batch_id, page=filters.page())
    tables.show(
        shown.rows,
        {
            "Report": lambda row: tables.Two(
                tables.Link(row.report_id, links.address("batches", batch=batch_id, line=str(row.line))),
                f"line {words.number(row.line)}",
            ),
            "Agency": lambda row: row.agency,
            "Corridor": lambda row: corridor(row.origin_country, row.destination_country),
            "Heard": lambda row: row.interview_date,
            "Paid": _paid,
            "Standing": lambda row: (
                f"corrected {words.day(row.corrected_at.date())}" if row.corrected_at else "as you sent it"
            ),
        },
        empty="No row of this batch was accepted.",
        numbers={"Paid"},
        page=len(shown.rows) or 1,
    )
    if shown.pages > 1:
        st.caption(f"{words.count(shown.total, 'row')}, fifty at a time.")
    filters.turn(shown.page, shown.pages)


def _paid(row: OwnRow) -> str | None:
    if row.amount_paid is None:
        return None
    return (
        f"{row.currency or ''} {f'{row.amount_paid:,.2f}'.removesuffix('.00').replace(',', words.THIN_SPACE)}".strip()
    )
