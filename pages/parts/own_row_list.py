"""The rows of a partner's own batch: fifty at a time, and one from start to end."""

import streamlit as st

from pages.parts import filters, links, report_sides, session, tables, words
from pages.parts.scores import corridor
from schemas.single_report import OwnRow
from schemas.viewer import Viewer
from vetting.disclosure.own_rows import own_row, own_rows

LINE = r"[1-9][0-9]{0,8}"


def one(viewer: Viewer, batch_id: str) -> bool:
    """Draw the row that the address asks for; False when it asks for none."""
    line = links.asked("line", LINE)
    if line is None:
        return False
    links.to("batches", "The batch", icon=":material/arrow_back:", batch=batch_id)
    sides = own_row(session.db(), viewer, batch_id, int(line))
    st.subheader(f"Line {words.number(int(line))} of your file", anchor=False)
    report_sides.draw(sides, wrote="You wrote")
    st.caption("A column that is not listed was left blank: nobody knows. Only you see this row as it stands here.")
    return True


def draw(viewer: Viewer, batch_id: str) -> None:
    """What was stored of a batch, as a list."""
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
    return None if row.amount_paid is None else f"{row.currency or ''} {words.amount(row.amount_paid)}".strip()
