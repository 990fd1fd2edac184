"""Whether something may be written down about a case now, and the fold its form stands in."""

from contextlib import AbstractContextManager

import streamlit as st

from pages.parts import forms, words
from schemas.case_page import CaseAct, CasePage


def offered(page: CasePage, act: CaseAct, label: str, *, told: bool = True) -> bool:
    """Whether this may be written down now; if not, the reason is said, unless nobody would look for it any more
    (`told`)."""
    step = next(step for step in page.steps if step.act is act)
    if told and not step.allowed:
        st.caption(f":material/block: {label}: not now. {words.literal(' '.join(step.why_not))}")
    return step.allowed


def fold(label: str, icon: str = ":material/edit:") -> AbstractContextManager[object]:
    return st.expander(label, icon=icon, key=f"fold_{label}")


def evidence(key: str) -> tuple[str, ...]:
    """What a move rests on, by the name each is filed under; none is asked for."""
    said = st.text_area(
        "What it rests on, one a line (may stay empty)", height=80, max_chars=forms.LONGEST_REASON,
        key=forms.fresh(f"{key}_evidence"), help="Documents, letters, findings: by the name they are filed under.",
    )  # fmt: skip
    return tuple(line.strip() for line in said.splitlines() if line.strip())
