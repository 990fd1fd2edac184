"""How one score was made, from the counts to the band: for reviewers, to argue with."""

import streamlit as st

from pages.parts import bands, clocks, formulas, links, score_band, score_road, session, words
from schemas.codes import Role
from schemas.standard import load_standard
from vetting.disclosure.live import live_making
from vetting.refusals import NotFound, Purged

viewer = session.require_role(Role.REVIEWER)
agency_id = links.asked_agency()
then = clocks.asked(viewer, "score", agency=agency_id)
try:
    made = live_making(session.db(), viewer, agency_id, as_of=then.as_of, known_at=then.known_at)
except NotFound as refusal:
    st.title("No such agency", anchor=False)
    st.write(str(refusal))
    st.stop()
except Purged as refusal:
    clocks.purged(refusal, "score", agency=agency_id)
    st.stop()

score, standard = made.score, load_standard(made.score.standard)
links.say_in_address(as_of=score.as_of.isoformat(), known_at=score.known_at.isoformat(timespec="microseconds"))
links.to("agency", score.name, icon=":material/arrow_back:", agency=score.agency_id)
st.title("How this score was made", anchor=False)
clocks.kept(score)
st.markdown(f"**{words.literal(score.name)}** {bands.conduct(score.band)}")
st.markdown(score_band.sentence(made))
st.caption(
    f"As of {words.day(score.as_of)}, by what was known at {words.moment(score.known_at)}. Whoever opens this address "
    "sees the same."
)
score_road.picture(made, standard)
score_road.shares(made, standard)
score_road.criteria(made, standard)
score_road.weights(made, standard)
score_band.gates(made, standard)
score_band.band(made, standard)
st.subheader("Made by", anchor=False)
st.markdown(
    f"""
- **Standard** {standard.id}, whose content has the hash `{score.standard_hash}`
- **Method** version {score.method}: {formulas.link("Which reports count", "which reports count, and every formula")}
- **As of** {score.as_of.isoformat()} (D), **known at** {score.known_at.isoformat(timespec="microseconds")} UTC (K)
"""
)
