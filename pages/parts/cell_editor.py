"""Filling in a grid of criteria and elements: from a sheet, or cell by cell on the page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts import forms
from schemas.review_sheet import load_review_sheet
from schemas.standard import load_standard

Answer = TypeVar("Answer", bound=StrEnum)
CRITERION, NOTE = "Criterion", "Note"
LARGEST_SHEET = 2  # MB


def blank(key: str, text: str, file_name: str) -> None:
    """The empty sheet, to be filled in elsewhere. It stands outside of a form, which takes no such button."""
    st.download_button(
        "The empty sheet, to fill in elsewhere", text, file_name, "text/csv", icon=":material/download:",
        on_click="ignore", key=f"{key}_blank",
    )  # fmt: skip


def sheet(key: str) -> UploadedFile | None:
    """A filled-in sheet, if one is sent: it stands in place of the grid below."""
    return st.file_uploader(
        "A filled-in sheet (CSV or workbook), in place of the grid below",
        key=forms.fresh(f"{key}_sheet"), max_upload_size=LARGEST_SHEET,
    )  # fmt: skip


def grid(
    key: str, standard_id: str, said: Mapping[Answer, str], unset: Answer, *, notes: bool = False
) -> list[tuple[str, str, Answer, str]]:
    """A row per criterion, a choice per element; gives criterion, element, answer and the row's note for every cell."""
    standard, elements = load_standard(standard_id), load_review_sheet(standard_id).elements
    codes = [criterion.crit_code for criterion in standard.criteria]
    titles = [f"{criterion.crit_code} {criterion.title}" for criterion in standard.criteria]
    asked = {each.short: said[unset] for each in elements} | ({NOTE: ""} if notes else {})
    empty = pd.DataFrame({CRITERION: titles} | asked)
    filled = st.data_editor(
        empty,
        hide_index=True,
        height="content",
        disabled=[CRITERION],
        column_config={CRITERION: st.column_config.TextColumn(pinned=True, width=310)}
        | {
            each.short: st.column_config.SelectboxColumn(
                options=list(said.values()), required=True, help=f"{each.title}. {each.asks}"
            )
            for each in elements
        }
        | ({NOTE: st.column_config.TextColumn(max_chars=500, width="large")} if notes else {}),
        key=forms.fresh(f"{key}_grid"),
    )
    meant = {word: answer for answer, word in said.items()}
    return [
        (code, each.code, meant[row[each.short]], str(row.get(NOTE) or ""))
        for code, row in zip(codes, filled.to_dict("records"), strict=True)
        for each in elements
    ]
