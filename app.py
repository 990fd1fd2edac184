"""The server's door: the store is opened, then the signpost is shown to every visit."""

import streamlit as st

from vetting import server

app = st.App("pages/parts/signpost.py", lifespan=server.door())
