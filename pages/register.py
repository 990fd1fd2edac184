"""x"""
import streamlit as st
st.title("Register")
