"""How an administrator adds exchange rates, and how a rate is written on screen."""

from datetime import date
from decimal import Decimal

import streamlit as st

from pages.parts import forms, session, tables, words
from schemas.codes import RateKind, Via
from schemas.exchange_rate import COLUMNS, NewestRate
from schemas.viewer import Viewer
from vetting.exchange import OLDEST
from vetting.store.exchange_rates import add_rates, check_rates

KINDS = {
    RateKind.DAILY: "rate of the day",
    RateKind.MONTH_END: "once a month",
    RateKind.QUARTER_END: "once a quarter",
    RateKind.ANNUAL_APPROXIMATE: "average of the year, approximate",
    RateKind.PEG: "fixed to another currency",
}
SOURCES = {
    "ecb": "European Central Bank",
    "central_bank": "Its central bank",
    "imf_month": "International Monetary Fund",
    "imf_year": "International Monetary Fund",
    "us_treasury": "United States Treasury",
    "snapshot": "Monthly snapshot of market rates",
}
EXAMPLE = ",".join(COLUMNS) + "\nNPR,2026-10-31,141.25,Nepal Rastra Bank,month_end\n"


def add(viewer: Viewer) -> None:
    """A file is judged as soon as it is chosen; the button says how many rates it adds."""
    said, chosen = st.columns(2, gap="large")
    with said:
        st.write(
            f"A CSV file or workbook with the columns {words.listed([f'`{name}`' for name in COLUMNS], 'and')}: how "
            "many units were one dollar, on which day, who published it, and of what kind it is. An added rate goes "
            "before those that came with the program. What is stored already keeps its rate."
        )
        st.caption("  \n".join(f"`{kind}`: {meaning}" for kind, meaning in KINDS.items()))
    with chosen:
        sent = st.file_uploader("Your file of rates", key=forms.fresh("rates_file"), max_upload_size=5)
        st.download_button(
            "An example of such a file", EXAMPLE, "exchange-rates.csv", "text/csv", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip
    if sent is None:
        return
    with forms.refusals():
        found = check_rates(session.db(), viewer, sent.getvalue(), sent.name, today=session.today())
        if found.problems:
            problems = words.count(len(found.problems), "problem")
            st.error(f"{problems}. Nothing of the file is taken until they are mended.", icon=":material/block:")
            tables.show(
                found.problems,
                {
                    "Line": lambda p: p.line,
                    "Column": lambda p: words.column(p.letter, p.column),
                    "You wrote": lambda p: p.value,
                    "What to do": lambda p: p.message,
                },
                empty="",
                numbers={"Line"},
                key="rate_problems",
            )
            return
        with chosen:
            known = f", {words.number(found.unchanged)} known already" if found.unchanged else ""
            st.write(f"{words.count(found.rows, 'rate')} can be read{known}.")
            button = f"Add {words.count(found.added, 'rate')}"
            if not found.added or not st.button(button, type="primary", key=forms.fresh("rates_add")):
                return
        done = add_rates(
            session.store(),
            viewer,
            sent.getvalue(),
            sent.name,
            today=session.today(),
            via=Via.PAGE,
            now=session.now(),
        )
        forms.done(f"{words.count(done.added, 'rate')} added. Reports that come from now on use them.")


def source(newest: NewestRate) -> str:
    """Who published it, in words; of an added rate also who added it."""
    if newest.actor is None or newest.recorded_at is None:
        return SOURCES[newest.rate.source]
    return f"{newest.rate.source}, added by {newest.actor} on {words.day(newest.recorded_at.date())}"


def per_dollar(per_usd: Decimal) -> str:
    """Four places, two from a hundred on: 0.3090, 63.6222, 26 100.49."""
    places = 2 if per_usd >= 100 else 4
    whole, rest = f"{per_usd:.{places}f}".split(".")
    return f"{words.number(int(whole))}.{rest}"


def age(day: date, today: date) -> str:
    return "too old for today" if today - day > OLDEST else ""
