"""The second step of sending a file: which of the partner's columns was taken for what, and the way to change it."""

from collections.abc import Mapping

import streamlit as st

from pages.parts import session, upload_draft, upload_reading, upload_run, upload_steps, words
from pages.parts.upload_draft import Draft
from schemas.fee_report import columns as canonical
from schemas.viewer import Viewer
from vetting.intake.columns import Mapped, map_columns
from vetting.intake.personal import example
from vetting.intake.read import column_letter

AT_ONCE = 20  # columns on one page
LEFT_OUT = ""
EXAMPLE = 40  # signs of an example that are shown
LOOK, ALL, USED, OUT = "To look at", "All", "Used", "Left out"


def draw(viewer: Viewer) -> None:
    kept = upload_draft.draft()
    if kept is None:
        return
    mapped = map_columns(kept.reading.columns, kept.answers.columns)
    upload_steps.say_what_was_read(kept.reading)
    if kept.remembered:
        st.info(
            f"Columns are taken as you mapped these headers on {words.day(kept.remembered.date())}. Change what is "
            "different now.",
            icon=":material/history:",
        )
    upload_reading.draw(viewer, kept)
    _what_is_wrong(kept, mapped)
    if st.button("Check the file", type="primary", icon=":material/fact_check:"):
        upload_run.start(viewer, kept)
        st.rerun()
    _each(kept, mapped)


def _what_is_wrong(kept: Draft, mapped: Mapped) -> None:
    """What would refuse the file as a whole, said before any check."""
    titles = kept.reading.columns
    for name, near in mapped.missing.items():
        need = f"The column {name} is missing, and every report needs it. {canonical()[name].rule}"
        with st.container(border=True):
            st.error(words.literal(need), icon=":material/view_column:")
            if near is not None:
                _one_click(kept, near, name, f"Your column {_named(near, titles[near])} is {name}", "missing")
    for name, places in mapped.twice.items():
        both = " and ".join(_named(place, titles[place]) for place in places)
        st.error(
            words.literal(f"Columns {both} are both taken for {name}. Leave one of them out below."),
            icon=":material/content_copy:",
        )


def _each(kept: Draft, mapped: Mapped) -> None:
    """Every column of theirs, those that need a look first, a page at a time."""
    taken = {place: name for name, place in mapped.places.items()}
    claimed = {place: name for name, places in mapped.twice.items() for place in places}
    every = range(len(kept.reading.columns))
    look = [place for place in every if place in claimed or mapped.ignored.get(place)]
    sets = {
        LOOK: look,
        ALL: look + [place for place in every if place not in look],
        USED: [place for place in every if place in taken or place in claimed],
        OUT: [place for place in every if place in mapped.ignored],
    }
    st.subheader("What your columns were taken for")
    shown = st.pills(
        "Show",
        [name for name, places in sets.items() if places],
        format_func=lambda name: f"{name} ({len(sets[name])})",
        key="columns_shown",
    )
    st.caption(
        f"{words.count(len(mapped.places), 'column')} of yours used, {words.number(len(mapped.ignored))} left out. "
        "What is left out is neither checked nor stored."
    )
    places = sets[shown or ALL]
    pages = -(-len(places) // AT_ONCE)
    page = st.pagination(pages, key=f"columns_page_{shown}") if pages > 1 else 1
    with st.container(border=True, gap="small"):
        for place in places[(page - 1) * AT_ONCE : page * AT_ONCE]:
            _column(kept, place, claimed.get(place) or taken.get(place), mapped.ignored.get(place), mapped.places)


def _column(kept: Draft, place: int, name: str | None, meant: str | None, used: Mapping[str, int]) -> None:
    title, key = kept.reading.columns[place], f"column_{kept.turn}_{place}"
    with st.container(gap="xsmall"):
        theirs, ours = st.columns([2, 3], vertical_alignment="center", gap="small")
        with theirs:
            kind = None if name is None else canonical()[name].kind
            examples = ", ".join(_short(example(kind, value)) for value in kept.examples[place])
            said = words.literal(f"such as {examples}") if examples else "blank in the first rows"
            st.markdown(f"**{words.literal(_named(place, title))}**  \n:small[{said}]")
        with ours:
            st.selectbox(
                f"{_named(place, title)}: taken for",
                [LEFT_OUT, *canonical()],
                index=0 if name is None else 1 + list(canonical()).index(name),
                format_func=lambda each: _plain(each, place, used),
                key=key,
                on_change=_choose,
                args=(kept, place, key),
                label_visibility="collapsed",
            )
            if meant and name is None:
                _one_click(kept, place, meant, f"Did you mean {meant}?", "meant")


def _one_click(kept: Draft, place: int, name: str, label: str, why: str) -> None:
    st.button(label, key=f"{why}_{kept.turn}_{place}_{name}", on_click=_map, args=(kept, place, name))


def _choose(kept: Draft, place: int, key: str) -> None:
    _map(kept, place, session.picked(key))


def _map(kept: Draft, place: int, name: str) -> None:
    """Take a column for this from now on. What the last check said is of other columns: it goes."""
    guess = map_columns(kept.reading.columns, {at: said for at, said in kept.answers.columns.items() if at != place})
    own = next((ours for ours, at in guess.places.items() if at == place), LEFT_OUT)
    told = {at: said for at, said in kept.answers.columns.items() if at != place}
    if name != own or any(place in places for places in guess.twice.values()):
        told[place] = name
    upload_draft.stop()
    upload_draft.change(answers=kept.answers.model_copy(update={"columns": told}), checked=None)
    upload_draft.next_turn()


def _plain(name: str, place: int, used: Mapping[str, int]) -> str:
    """Our column in plain words; one that is used already says by which of theirs."""
    if name == LEFT_OUT:
        return "Leave it out"
    by = used.get(name)
    beside = f" (now {column_letter(by)})" if by is not None and by != place else ""
    return f"{name}{beside}: {canonical()[name].rule.split('. ')[0].rstrip('.')}"


def _named(place: int, title: str) -> str:
    return words.column(column_letter(place), title or "(no header)")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= EXAMPLE else line[: EXAMPLE - 1] + "…"
