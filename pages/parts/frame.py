"""The frame around every page: the house's name, its measures, and whether the data is invented."""

import streamlit as st

HOUSE = "Fair Passage"
# Streamlit has no setting for these: a reading width, titles that fit a phone, and quiet words that stay readable.
MEASURES = """
<style>
.stMainBlockContainer { max-width: 84rem; margin: 0 auto; }
[data-testid="stCaptionContainer"] { opacity: .85; }
.stMain [data-testid="stMarkdownContainer"] > p, .stMain [data-testid="stMarkdownContainer"] > ul { max-width: 48rem; }
.stMain [data-testid="stButtonGroup"] button[aria-pressed="true"], .stMain button[data-variant][data-selected="true"] {
  color: inherit !important; font-weight: 600; }
@media (max-width: 640px) {
  .stHorizontalBlock:has(.stMetric) > .stColumn { min-width: calc(50% - 1rem); }
  .stButtonGroup [role="radiogroup"] { flex-wrap: wrap; row-gap: .25rem; }
  h1 { font-size: 1.6rem !important; }
  h2 { font-size: 1.25rem !important; }
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
}
</style>
"""
# Drawn here: a Material icon as the tab's picture would be fetched from outside.
MARK = """<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 25 30">
<path d="M3 21 C8 8 17 8 22 21" fill="none" stroke="#3E86AB" stroke-width="3" stroke-linecap="round"/>
<path d="M3 25.5 H22" stroke="#3E86AB" stroke-width="3" stroke-linecap="round"/></svg>"""
NAME = """<svg xmlns="http://www.w3.org/2000/svg" width="150" height="28" viewBox="0 0 150 28">
<path d="M3 21 C8 8 17 8 22 21" fill="none" stroke="{mark}" stroke-width="2.6" stroke-linecap="round"/>
<path d="M3 24.5 H22" stroke="{mark}" stroke-width="2.6" stroke-linecap="round"/>
<text x="31" y="20.5" font-family="Source Sans, Source Sans Pro, sans-serif" font-size="17" font-weight="600"
 fill="{text}">Fair Passage</text></svg>"""


# In the dark the accent is too deep for small words, so the chosen tab takes the colour of links.
DARK = '<style>[role="tab"][aria-selected="true"] p { color: #9CCBE4; }</style>'


def draw(*, sample: bool) -> None:
    dark = st.context.theme.type == "dark"
    st.html(MEASURES + (DARK if dark else ""))
    st.logo(NAME.format(mark="#7FB8D6" if dark else "#1F5C7A", text="#EAF0F3" if dark else "#1B2A33"), size="medium")
    if sample:
        st.caption(":material/science: Sample data: an invented country. No agency or worker here is real.")
