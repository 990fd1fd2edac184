"""The board of corrective actions: what is late, what waits for a reviewer, what is due, of every agency."""

import streamlit as st

from pages.parts import action_rows, session
from schemas.codes import Role
from vetting.certification.board import action_board, chosen_rows

viewer = session.require_role(Role.REVIEWER)
board = action_board(session.db(), viewer, session.today())

st.title("Corrective actions", anchor=False)
st.write(
    "Every open finding and what it waits for, the most urgent first. A finding leaves this board when it is closed."
)
chosen = action_rows.choose(board)
action_rows.draw(chosen_rows(board, chosen), anything=bool(board))
action_rows.save(viewer, chosen)
