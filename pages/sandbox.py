"""A sandbox: what an agency's headline would be under other weights of the principles. For reviewers; kept nowhere."""

import streamlit as st

from pages.parts import clocks, formulas, links, sandbox_rows, session, words
from schemas.codes import Role
from schemas.sandbox import WATERMARK
from schemas.standard import load_standard
from vetting.disclosure.sandbox import try_weights
from vetting.refusals import NotFound, Purged, Refusal

viewer = session.require_role(Role.REVIEWER)
agency_id, standard = links.asked_agency(), load_standard()
then = clocks.asked(viewer, "sandbox", agency=agency_id)
try:
    weights = sandbox_rows.asked(standard)
    tried = try_weights(session.db(), viewer, agency_id, weights, as_of=then.as_of, known_at=then.known_at)
except NotFound as refusal:
    st.title("No such agency", anchor=False)
    st.write(str(refusal))
    st.stop()
except Purged as refusal:
    clocks.purged(refusal, "sandbox", agency=agency_id)
    st.stop()
except Refusal as refusal:
    st.title("These weights cannot be tried", anchor=False)
    st.write(words.literal(str(refusal)))
    st.button("Back to the scheme's weights", icon=":material/undo:", on_click=sandbox_rows.reset)
    st.stop()

past = {"as_of": then.as_of.isoformat()} if then.past else {}
past |= {"known_at": then.known_at.isoformat()} if then.known_at else {}
links.to("agency", tried.name, icon=":material/arrow_back:", agency=tried.about, **past)
st.title("Sandbox for weights", anchor=False)
clocks.banner(then, "sandbox", agency=agency_id)
st.markdown(
    f"**{WATERMARK}.** Weigh the principles otherwise and see what the headline of **{words.literal(tried.name)}** "
    "would be. It is kept nowhere and cannot be released or exported. A reviewer who opens this address sees the same, "
    f"with the same watermark. {formulas.link('How firm a score is')}"
)
sandbox_rows.choose(weights, standard)
sandbox_rows.draw(tried, standard)
