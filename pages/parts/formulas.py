"""The method, formula by formula, as docs/method.md states it: one text for readers, tests and pages."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from pages.parts import links

PAGE = Path(__file__).parents[2] / "docs" / "method.md"
EXAMPLE = re.compile(r"^```python\n.*?^```$", re.MULTILINE | re.DOTALL)
MODULES = re.compile(r" \(`[^)]*\)$")


class Section(NamedTuple):
    """One heading of the page: its title without the modules it names, its words, its worked examples."""

    title: str
    words: str
    examples: str

    @property
    def anchor(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


@cache
def sections() -> tuple[Section, ...]:
    """In the order of the page."""
    found = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return tuple(
        Section(MODULES.sub("", title), EXAMPLE.sub("", text).strip(), "\n\n".join(EXAMPLE.findall(text)))
        for title, text in found
    )


def draw() -> None:
    """Every formula in words, its examples in a fold."""
    st.header("Every formula", anchor="formulas")
    for section in sections():
        st.subheader(section.title, anchor=section.anchor)
        st.markdown(section.words)
        if section.examples:
            first = section is sections()[0]
            with st.expander("What every example begins with" if first else "Worked example"):
                st.markdown(section.examples)


def draw_asked() -> None:
    """The one formula that the address asks for, before everything else: whoever follows a link wants that."""
    wanted = links.asked("formula")
    for section in sections():
        if section.anchor == wanted:
            with st.container(border=True):
                st.subheader(section.title, anchor=False)
                st.markdown(section.words)
                st.markdown(section.examples)


def link(title: str, label: str | None = None) -> str:
    """Markdown that leads to one formula. Raises KeyError for a section the page does not have."""
    anchor = {section.title: section.anchor for section in sections()}[title]
    address = links.address("method", formula=anchor)
    return f"[{label or f'The formula: {title[0].lower()}{title[1:]}'}]({address})"
