"""How a score is made, and what it does not tell you: open to everybody."""

import streamlit as st

from pages.parts import formulas, links, session, standard_list, tables
from schemas.standard import load_standard
from vetting.store.settings import fetch_settings

standard = load_standard()
measuring, bands, shown = standard.measuring, standard.bands, standard.disclosure
body = fetch_settings(session.db()).operating_body

st.title("How scores are made")
st.write(
    f"{body} runs a certification scheme built on the public IRIS principles. It is not IOM's certificate. A score is "
    "computed from what workers report and from what documents show; nobody types it."
)

formulas.draw_asked()
st.subheader("What workers report")
st.markdown(
    f"""
- Partners (organisations that workers trust) interview workers and send **fee reports**. Reports of agencies and
  employers about themselves are kept and shown apart, and never counted.
- Reports of the last **{measuring.window_months} months** count, each worker once. Under
  **{measuring.min_workers} workers** there is no answer, and no answer is never a pass.
- From each share of workers we state the **range** the truth lies in, 95 times in 100, and judge by the range's end,
  not by its middle.
- What a worker paid is also compared with the law.
"""
)
links.to("legal_caps", "Legal caps on what workers may be charged", icon=":material/gavel:")

st.subheader("What documents show")
st.write(
    "Reviewers check the agency's papers criterion by criterion and record findings. Workers and documents are shown "
    "apart. Where they differ, the worse one counts: paper never cancels workers."
)

st.subheader("The headline")
tables.show(
    [
        ("Strong", f"The whole range is at {bands.strong_low:g} points or more, and few or no workers report fees."),
        ("Fair", f"The whole range is at {bands.fair_low:g} points or more."),
        ("Weak", f"The range lies below {bands.fair_low:g} points."),
        (
            "On hold: reports under review",
            "One knock-out criterion is open, such as fees, a withheld passport, threats.",
        ),
        (
            "Not enough evidence",
            "Too few workers, too little of the standard assessed, or the range is too wide to say.",
        ),
    ],
    {"Band": lambda row: row[0], "What it means": lambda row: row[1]},
    empty="",
)

st.subheader("What you see, and when")
st.write(
    f"Buyers and partners read releases: figures frozen as of a quarter's end at least {shown.release_lag_days} days "
    f"back. Fewer than {shown.k} workers are never shown, and counts are rounded, so that no worker can be found. "
    "A licence, a certificate and a hold change at once."
)

links.to("privacy", "How workers are protected", icon=links.WINDOWS["privacy"].icon)

st.subheader("What a score does not tell you")
st.markdown(
    """
- The range covers chance only, not whom partners chose to ask. Workers who were never reached are not in it.
- It says what workers placed by an agency report. Some acts are the employer's, not the agency's.
- A report is an allegation until a reviewer has found it substantiated; the agency's reply stands beside it.
- The risk of a country or a sector is no part of it.
- The share of workers charged follows the idea of SDG indicator 10.7.1, and is not the official survey.
"""
)

standard_list.draw(standard)
formulas.draw()
