"""Whether something may be written down on a case now: a fold with its form, or the reason why not."""

from contextlib import AbstractContextManager

import streamlit as st

from pages.parts import words
from schemas.case_page import CaseAct, CasePage


def offered(page: CasePage, act: CaseAct, label: str) -> bool:
    """Whether this may be written down now; if not, the reason is said."""
    step = next(step for step in page.steps if step.act is act)
    if not step.allowed:
        st.caption(f":material/block: {label}: not now. {words.literal(' '.join(step.why_not))}")
    return step.allowed


def fold(label: str, icon: str = ":material/edit:") -> AbstractContextManager[object]:
    return st.expander(label, icon=icon, key=f"fold_{label}")
