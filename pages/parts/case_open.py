"""The form that opens a case: what a certificate would cover, and why."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, links, session, words
from pages.parts.scores import corridor
from schemas.case import Corridor, Scope
from schemas.codes import Via
from schemas.lookup import countries, sectors
from schemas.viewer import Viewer
from vetting.certification import cases


def draw(viewer: Viewer, agency_id: str, name: str, known: Sequence[tuple[str, str]]) -> None:
    """`known`: the corridors workers have been heard on."""
    codes = list(countries())
    with st.form("open_case_form", border=False):
        entity = st.text_input("Legal entity", value=name, max_chars=200, key="case_entity")
        sites = st.text_area("Sites, one a line", height=80, key="case_sites")
        ways = st.multiselect(
            "Corridors workers were heard on",
            list(known),
            default=list(known),
            format_func=lambda way: corridor(*way),
            key="case_corridors",
        )
        left, right = st.columns(2)
        origin = left.selectbox(
            "Another corridor, from", codes, index=None, format_func=_country, key="case_origin", placeholder="None"
        )
        destination = right.selectbox(
            "to", codes, index=None, format_func=_country, key="case_destination", placeholder="None"
        )
        fields = st.multiselect(
            "Sectors of the jobs (not stated: leave empty)",
            list(sectors()),
            format_func=words.sector,
            key="case_sectors",
        )
        agents = st.text_area("Sub-agents covered, one a line (none: leave empty)", height=80, key="case_agents")
        deployed = st.number_input(
            "Workers deployed in the last 12 months, as the application says (where the register does not)",
            min_value=0,
            value=None,
            step=1,
            key="case_deployed",
        )
        reason = st.text_area("Reason", height=80, max_chars=forms.LONGEST_REASON, key="case_reason")
        if not st.form_submit_button("Open the case as a draft", key="case_submit"):
            return
    chosen = [*ways, *([(origin, destination)] if origin and destination else [])]
    scope = Scope(
        legal_entity=entity,
        sites=tuple(sites.splitlines()),
        corridors=tuple(Corridor(origin=start, destination=end) for start, end in chosen),
        sub_agents=tuple(agents.splitlines()),
        sectors=tuple(fields),
    )
    with forms.refusals():
        opened = cases.open_case(
            session.store(), viewer, agency_id=agency_id, scope=scope, reason=reason, deployed_12m=deployed,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        session.say("The case is open, as a draft.")
        links.go("case", case=opened.case_id)


def _country(alpha3: str) -> str:
    return countries()[alpha3].name
