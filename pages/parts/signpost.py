"""What every visit passes first: the page's frame, and the navigation for this person's role."""

import streamlit as st

from pages.parts import frame, links, session

st.set_page_config(page_title=frame.HOUSE, page_icon=frame.MARK, layout="wide")
role, who = session.viewer().role, session.person()
windows = []
for name, window in links.WINDOWS.items():
    at_the_door = name == links.DOOR and who is not None
    windows.append(
        st.Page(
            links.file_of(name),
            title=who.name if at_the_door else window.title,
            icon=":material/account_circle:" if at_the_door else window.icon,
            url_path="home" if name == links.HOME else None,
            default=name == links.HOME,
            visibility="visible" if window.listed and role in window.roles else "hidden",
        )
    )
# The home page stands at the bare address, and Streamlit would not know it by its own name: a second entry does.
windows.append(st.Page(links.file_of(links.HOME), title=links.WINDOWS[links.HOME].title, visibility="hidden"))
page = st.navigation(windows, position="top")
st.set_page_config(page_title=f"{page.title} · {frame.HOUSE}", page_icon=frame.MARK, layout="wide")
frame.draw(sample=session.is_sample())
session.remember_sample_person()
session.arrive(page.title)
page.run()
