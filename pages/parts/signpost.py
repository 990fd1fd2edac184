"""What every visit passes first: the page's frame, and the navigation for this person's role."""

from pathlib import Path

import streamlit as st

from pages.parts import frame, links, session

st.set_page_config(page_title="Fair Passage", page_icon=frame.MARK, layout="wide")
role = session.viewer().role
who = session.person()
windows = []
for name, window in links.WINDOWS.items():
    if not Path(__file__).parent.joinpath(links.file_of(name)).exists():
        continue
    title = who.email if name == "sign_in" and who else window.title
    shown = window.listed and role in window.roles
    windows.append(
        st.Page(
            links.file_of(name),
            title=title,
            icon=window.icon,
            default=name == links.HOME,
            visibility="visible" if shown else "hidden",
        )
    )
page = st.navigation(windows, position="top")
frame.draw(sample=session.is_sample())
session.remember_sample_person()
page.run()
