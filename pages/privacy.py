"""How workers who report are protected: what is collected, who reads it, and how long it is kept. Open to everybody."""

import streamlit as st

from pages.parts import links, protection, session, terms_texts, trail_rows, words
from schemas.consent import TermsKind
from schemas.standard import load_standard
from vetting.store.settings import fetch_settings
from vetting.store.terms import terms_in_force
from vetting.trail.publish import head_of_yesterday

db = session.db()
standard, settings = load_standard(), fetch_settings(db)
shown = standard.disclosure
body = words.literal(settings.operating_body)
consent = terms_in_force(db)[TermsKind.CONSENT]

st.title("How workers are protected")
st.write(
    "A worker who reports a fee can be punished for it. So nobody who reads here, not a brand, not an agency, not "
    "another partner, may be able to find out who reported."
)

st.subheader("What is collected")
st.markdown(
    f"""
- Organisations that workers trust (partners) ask them what they paid, what they were promised and how they were
  treated, and send the answers to {body}.
- **No names**, phone, passport or identity numbers. A file in which one is found is refused as a whole. That search is
  a net, not a proof, so partners are told not to write them at all.
- A worker is asked first, and only a yes is taken. Three more questions are separate: may a reviewer read the single
  report, may it be used to claim money back, may the partner get in touch again. No answer means no.
- Whoever takes the consent back is left out of every result from then on.
"""
)
with st.expander("What a worker is told before the first question", icon=":material/record_voice_over:"):
    st.markdown(terms_texts.plainly(consent.text))
    st.caption(f"{terms_texts.title(consent)}. Some partners read a version of their own.")

st.subheader("Who reads what")
protection.who_reads_what(shown)

st.subheader(f"{shown.k} workers, or nothing")
st.markdown(
    f"""
- Figures are shown of **{shown.k} workers or more** of one partner, so that no partner can find others by taking its
  own workers away. How many of them say a thing is told to within five at best.
  No worker at all and {shown.k - 1} workers look the same: "too few workers to show".
- Everybody but reviewers reads **releases**: figures frozen as of the end of a quarter, at least
  **{shown.release_lag_days} days** back, so that a change cannot be tied to one person's visit.
- Numbers are rounded, and there is no breakdown but by corridor: none by sex, age, sector or month.
"""
)

st.subheader("What is never done")
st.markdown(
    """
- Single reports are never exported, sold or published, and nobody can post one here without a partner.
- An agency is never told who reported, how many, or when.
- A report is never called guilt: it is reported, under review, or substantiated by a reviewer.
"""
)

st.subheader("How long it is kept")
protection.how_long(settings, standard.measuring)
st.markdown(
    f"**Backups may hold rows for up to {words.count(settings.backup_days, 'day')} after they were deleted from the "
    "database.** The administrator deletes backups that are older than that, and whoever restores one deletes again "
    "what was due. Deleting is written into the trail; who was deleted is not."
)
st.subheader("Nothing is changed afterwards")
trail_rows.yesterday(head_of_yesterday(db, settings, session.today()), settings)
links.to("method", "How scores are made, and what they do not tell you", icon=links.WINDOWS["method"].icon)
