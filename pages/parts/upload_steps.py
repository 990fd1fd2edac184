"""Where a partner is in sending a file: four steps that can be walked back."""

from enum import IntEnum

import streamlit as st

from pages.parts import links, session, upload_draft, words
from vetting.intake.dialect import DELIMITERS
from vetting.intake.read import Reading


class Step(IntEnum):
    FILE = 1
    COLUMNS = 2
    CHECK = 3
    RECEIPT = 4


NAMES = {Step.FILE: "File", Step.COLUMNS: "Columns", Step.CHECK: "Check", Step.RECEIPT: "Receipt"}


def current(*, receipt_asked: bool) -> Step:
    """The step shown: the receipt when the address asks for one, else the one walked to, as far as the file is."""
    if receipt_asked:
        return Step.RECEIPT
    return min(Step(session.recall("upload_step", Step.FILE)), _reach())


def draw(step: Step) -> None:
    """The four steps as buttons; those not reached yet cannot be pressed."""
    with st.container(horizontal=True, gap="small"):
        for each, name in NAMES.items():
            st.button(
                f"{each} {name}",
                key=f"step_{each.value}",
                type="primary" if each is step else "secondary",
                disabled=each > _reach() and each is not step,
                on_click=walk,
                args=(each,),
            )


def walk(step: Step) -> None:
    """Go to a step; away from a receipt, its address is left behind."""
    links.say_in_address(batch=None, job=None)
    session.keep("upload_step", step)


def hand_over(job_id: str) -> None:
    """The file is with the job worker: from here on the address says what is waited for."""
    upload_draft.forget()
    session.forget("upload_step")
    links.say_in_address(job=job_id)
    st.rerun()


def say_what_was_read(reading: Reading, rows: int | None = None) -> None:
    """The line that stands over every step before the commit."""
    parts = [f"**{words.literal(reading.file_name)}**"]
    if rows is not None:
        parts.append(words.count(rows, "row"))
    separated = f"separated by {DELIMITERS.get(reading.delimiter, reading.delimiter)}"
    parts += [
        words.count(len(reading.columns), "column"),
        f"header on line {reading.header_line}",
        *([f"{words.count(len(reading.footer), 'line')} below the table left out"] if reading.footer else []),
        separated if reading.sheet is None else f"sheet {words.literal(reading.sheet)}",
        "**nothing has been saved yet**",
    ]
    st.markdown(" · ".join(parts))


def _reach() -> Step:
    kept = upload_draft.draft()
    if kept is None:
        return Step.FILE
    return Step.COLUMNS if kept.checked is None and kept.run is None else Step.CHECK
