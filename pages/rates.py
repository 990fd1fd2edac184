"""Administrators: what a dollar cost in each currency, from whom it is known, and the rates that are still missing."""

import streamlit as st

from pages.parts import rate_forms, session, tables
from schemas.codes import Role
from schemas.lookup import currencies
from vetting.exchange import OLDEST
from vetting.store.exchange_rates import newest_rates

viewer = session.require_role(Role.ADMIN)
db, today = session.db(), session.today()

st.title("Exchange rates")
st.write(
    "When a worker paid in one currency and earns in another, both are compared in dollars of the day the money was "
    f"paid. The newest rate on or before that day counts, if it is at most {OLDEST.days} days old. Without one, "
    "the average of the year stands in and is marked as approximate; else the cost stays unknown."
)
st.subheader("Add rates")
rate_forms.add(viewer)

st.subheader("The newest of each currency")
tables.show(
    newest_rates(db, viewer),
    {
        "Currency": lambda n: tables.Two(n.rate.currency, currencies()[n.rate.currency].name),
        "For one dollar": lambda n: rate_forms.per_dollar(n.rate.per_usd),
        "Of": lambda n: tables.Two(n.rate.rate_date, rate_forms.age(n.rate.rate_date, today)),
        "From": lambda n: tables.Two(rate_forms.source(n), rate_forms.KINDS[n.rate.kind]),
        "Rates since": lambda n: n.since,
    },
    empty="There is no rate at all.",
    numbers={"For one dollar"},
    key="rates",
    page=24,
)
