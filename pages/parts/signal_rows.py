"""Signals as rows: what was seen, how often chance would bring it, and whose it is."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts import filters, links, session, tables, words
from schemas.clocks import Clocks
from schemas.signal import SignalKind
from schemas.viewer import Viewer
from vetting.disclosure.signals import Shown, signals

KINDS = {
    SignalKind.NEAR_COPIES: "Near copies",
    SignalKind.STRAIGHT_LINES: "One word to every question",
    SignalKind.AT_THE_CAP: "Exactly the legal cap",
    SignalKind.JUMP: "Sudden jump, nobody new",
    SignalKind.CONTRADICTION: "Documents say otherwise",
    SignalKind.REGISTERED_AGAIN: "Registered again?",
}
HOW = {
    SignalKind.NEAR_COPIES: "Pairs of reports in the batch, times how often two of this partner about this agency "
    "agree in their answers and in their amounts, or how often two from different batches do.",
    SignalKind.STRAIGHT_LINES: "For each report, how often other partners' reports answer so, question by question.",
    SignalKind.AT_THE_CAP: "As often as the most frequent other round amount between half and twice the cap, and once "
    "more.",
    SignalKind.JUMP: "Of workers heard again as many turn one way as the other; of reports as many as in the partner's "
    "other batches.",
    SignalKind.CONTRADICTION: "As many workers as the indicator allows for recording error.",
    SignalKind.REGISTERED_AGAIN: "Newer agencies of the country, times how often two agencies there share the same.",
}
NOT_A_JUDGEMENT = (
    "Signals are reasons to look, not findings. They change no score, no band and no gate, and each can have an honest "
    "cause."
)
FEW = 5  # on an agency's page, where much else stands
EMPTY = (
    "Nothing in the evidence is more than chance would bring. Signals appear here once batches or registers bring some."
)


def section(viewer: Viewer, agency_id: str, then: Clocks) -> None:
    """The signals about one agency, on its page."""
    st.subheader("Signals", anchor=False)
    found = signals(session.db(), viewer, as_of=then.as_of, known_at=then.known_at, agency_id=agency_id)
    draw(found, empty="Nothing about this agency is more than chance would bring.", about=agency_id)


def choose(shown: Sequence[Shown]) -> list[Shown]:
    """Draw the filters by kind and partner, and return what they leave."""
    kinds = {kind.value: sum(each.signal.kind is kind for each in shown) for kind in SignalKind}
    partners = {each.signal.partner: each.partner for each in shown if each.signal.partner}
    from_partner = {code: sum(each.signal.partner == code for each in shown) for code in partners}
    offered = [kind for kind, count in kinds.items() if count]
    left, right = st.columns([2, 1])
    with left:
        filters.choose_many("kind", "Kind", kinds, lambda kind: KINDS[SignalKind(kind)], options=offered)
    with right:
        by_name = sorted(partners, key=partners.__getitem__)
        filters.choose_one(
            "partner", "Partner", from_partner, lambda code: partners.get(code, code), anything="Any", options=by_name
        )
    kind, partner = filters.chosen("kind"), next(iter(filters.chosen("partner")), None)
    kept = [each for each in shown if not kind or each.signal.kind.value in kind]
    return [each for each in kept if partner in (None, each.signal.partner)]


def draw(shown: Sequence[Shown], *, empty: str = EMPTY, about: str | None = None) -> None:
    """The table. `about`: the agency whose page it is, which needs not be named again; there, a few at a time."""
    columns: dict[str, Callable[[Shown], object]] = {
        "Signal": lambda each: tables.Two(KINDS[each.signal.kind], each.signal.sentence)
    }
    if about is None or any(set(each.signal.agencies) - {about} for each in shown):
        columns["Agency"] = lambda each: _agency(each, about)
    if any(each.partner for each in shown):
        columns["Partner"] = lambda each: each.partner or None
    columns |= {
        "Seen": lambda each: tables.Two(
            words.number(each.signal.count),
            f"of\u00a0{words.number(each.signal.among)}" if each.signal.among > 1 else "",
        ),
        "By chance": lambda each: tables.Two(_expected(each.signal.expected), _chance(each.signal.chance)),
    }
    tables.show(shown, columns, empty=empty, key="signals", page=20 if about is None else FEW)
    if shown:
        st.caption(NOT_A_JUDGEMENT)
        with st.expander("What chance would bring, kind by kind"):
            there = {each.signal.kind for each in shown}
            st.markdown("\n".join(f"- **{KINDS[kind]}**: {HOW[kind]}" for kind in SignalKind if kind in there))


def _agency(each: Shown, about: str | None) -> object:
    others = [agency for agency in reversed(each.signal.agencies) if agency != about]
    linked = [tables.Link(each.agencies[agency], links.address("agency", agency=agency)) for agency in others]
    if not linked:
        return None
    return tables.Two(linked[0], linked[1] if len(linked) > 1 else "")


def _expected(value: float) -> str:
    return f"{value:.1f}" if value >= 0.05 else "under 0.1"


def _chance(value: float) -> str:
    """One in so many; what is not rare is said as a share."""
    if value > 0.05:
        return words.share(value)
    return f"1 in {words.number(round(1 / value))}" if value > 1e-6 else "under 1 in a million"
