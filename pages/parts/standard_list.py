"""The standard as it is scored against: every criterion in plain words, with its evidence and the weights."""

import streamlit as st

from pages.parts import tables, words
from schemas.standard import Standard


def draw(standard: Standard) -> None:
    st.subheader("The standard, criterion by criterion")
    st.caption(f"{standard.title}. {standard.note}")
    titles = {principle.code: principle.title for principle in standard.principles}
    tables.show(
        standard.criteria,
        {
            "Criterion": lambda c: tables.Two(f"{c.crit_code} {c.title}", titles[c.principle]),
            "What is asked": lambda c: c.wording,
            "Evidence": lambda c: c.evidence,
        },
        empty="The standard has no criteria.",
        key="criteria",
    )
    weights = ", ".join(f"{p.code} {p.weight}" for p in standard.principles)
    st.caption(f"Weights of the principles, out of {words.number(100)}: {weights}.")
