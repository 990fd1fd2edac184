"""What the law lets a worker be charged, rule by rule, with the source and how sure it is: open to everybody."""

import streamlit as st

from pages.parts import cap_rows, links, session
from vetting.scoring import cap_speech
from vetting.store.fee_caps import fetch_caps

caps = fetch_caps(session.db())

links.to("method", "How scores are made", icon=":material/arrow_back:")
st.title("Legal caps on what workers may be charged", anchor=False)
st.write(
    "A cap is the most the law lets a worker be charged. Employers should pay everything: whatever a worker paid "
    "counts as a fee, and a cap only says whether it was also unlawful. Where no rule is known to be in force, nobody "
    "is said to be below it."
)
st.info(
    "Caps on what **employers** pay for recruitment, such as those of Saudi Arabia, Qatar and Kuwait for domestic "
    "workers, are not worker fees. They are not in this table and never make a worker's payment lawful.",
    icon=":material/info:",
)
origins = sorted({cap.origin for cap in caps}, key=cap_speech.place)
destinations = sorted({cap.destination for cap in caps}, key=cap_speech.place)
left, right, beside = st.columns([2, 2, 2], vertical_alignment="bottom")
origin = left.selectbox("From", [None, *origins], format_func=cap_rows.choice)
destination = right.selectbox("To", [None, *destinations], format_func=cap_rows.choice)
ended = beside.toggle("Also rules that have ended", key="ended", bind="query-params")
cap_rows.table(cap_rows.chosen(caps, origin, destination, None if ended else session.today()))
st.markdown(
    """
**How to read it.** *In force by*: the first day a source shows the rule; whether it held before is not known.
*Surely broken above*: between the two amounts nothing is said, because of a tax on top or because copies differ.
*Counts against*: the rule is held against agencies licensed there, on the day the worker was recruited; other rules are
shown only. *Confidence* is high where the text or the ministry's list was read, medium where a newspaper or a lawyer
tells it, low where it was not checked.
"""
)
