"""Legal caps as rows: the public table, and which of them an agency's reports were compared with."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import links, tables, words
from schemas.fee_cap import FeeCap
from schemas.lookup import ANY
from vetting.disclosure.caps import ComparedCaps
from vetting.scoring import cap_speech


def choice(code: str | None) -> str:
    return "Everywhere" if code is None else cap_speech.place(code)


def chosen(caps: Sequence[FeeCap], origin: str | None, destination: str | None, today: date | None) -> list[FeeCap]:
    """The rules for a corridor, those for any country among them; with `today`, only what has not ended by then."""
    return [
        cap
        for cap in caps
        if (origin is None or cap.origin in (origin, ANY))
        and (destination is None or cap.destination in (destination, ANY))
        and (today is None or cap.valid_to is None or cap.valid_to >= today)
    ]


def table(caps: Sequence[FeeCap]) -> None:
    """Rules that differ in their destination alone stand in one row."""
    same: dict[FeeCap, list[str]] = {}
    for cap in caps:
        same.setdefault(cap.model_copy(update={"rule": "", "destination": ""}), []).append(cap.destination)
    columns = {
        "From – to": lambda row: tables.Two(_corridor(row), cap_speech.workers(row[0])),
        "At most": lambda row: tables.Two(cap_speech.at_most(row[0]), cap_speech.since(row[0])),
        "What is compared": lambda row: tables.Two(cap_speech.COMPARED[row[0].cap_scope], _besides(row[0])),
        "Counts against": lambda row: _against(row[0]),
        "Source": lambda row: tables.Two(row[0].source, f"confidence: {row[0].confidence}"),
    }
    tables.show(
        list(same.items()), columns, empty="No rule is known for this corridor: unknown, not free.", key="caps", page=20
    )


def compared(found: ComparedCaps) -> None:
    """Behind "paid above the legal cap": the rules in words."""
    with st.expander("Which legal caps were compared?", key="legal_caps_compared"):
        for each in found.compared:
            reports = words.count(each.reports, "report")
            source = f"{each.cap.source}, confidence {each.cap.confidence}"
            st.markdown(
                f"- {words.literal(cap_speech.sentence(each.cap))} {reports} compared. Source: {words.literal(source)}."
            )
        if found.in_doubt:
            st.markdown(
                f"- Of {words.count(found.in_doubt, 'report')} a rule is in force and nobody can say which, because "
                "sex, sector or a rule's first day is not known."
            )
        if not found.compared and not found.in_doubt:
            st.write("None: of no report is a rule surely in force. Unknown is neither free nor unlimited.")
        links.to("legal_caps", "All legal caps, with their sources", icon=":material/gavel:")


def _corridor(row: tuple[FeeCap, list[str]]) -> str:
    cap, destinations = row
    named = [cap_speech.place(code) for code in destinations]
    return f"{cap_speech.place(cap.origin)} to {words.listed(named, 'and')}"


def _besides(cap: FeeCap) -> str:
    return f"with {cap_speech.includes(cap)}" if cap.includes else ""


def _against(cap: FeeCap) -> str:
    return "nobody, shown only" if cap.binds is None else f"agencies licensed in {cap_speech.place(cap.binds)}"
