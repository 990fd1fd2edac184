"""The server's door: the store is opened, then the signpost is shown to every visit."""

import streamlit as st

from vetting import routes, server

app = st.App("pages/parts/signpost.py", lifespan=server.door(), routes=routes.ROUTES)
