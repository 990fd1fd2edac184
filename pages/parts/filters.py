"""Filters that live in the address: every option with the number of agencies it would leave, every choice a link.

The address alone says what is chosen. A widget's key carries the choice it shows, so a changed address makes it anew.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date

import streamlit as st

from pages.parts import links, session, words

OPTION = r"[A-Za-z0-9_-]{1,40}"
LIST = rf"{OPTION}(,{OPTION}){{0,40}}"


def chosen(name: str) -> tuple[str, ...]:
    """What the address asks for; what does not look like an option is as good as nothing."""
    asked = links.asked(name, LIST)
    return tuple(asked.split(",")) if asked else ()


def page() -> int:
    return int(links.asked("page", r"[1-9][0-9]{0,5}") or 1)


def choose_one(
    name: str,
    label: str,
    counts: Mapping[str, int],
    say: Callable[[str], str],
    *,
    anything: str,
    options: Sequence[str],
) -> None:
    """A list of options, each with its count."""
    now = next(iter(chosen(name)), None)
    offered: list[str | None] = [None, *options, *([now] if now and now not in options else [])]
    key = f"{name}_{now}"
    st.selectbox(
        label,
        offered,
        index=offered.index(now),
        format_func=lambda option: anything if option is None else _counted(say(option), counts.get(option, 0)),
        key=key,
        on_change=_keep,
        args=(name, key),
    )


def choose_many(
    name: str, label: str, counts: Mapping[str, int], say: Callable[[str], str], *, options: Sequence[str]
) -> None:
    """Pills, each with its count; none chosen means all."""
    now = [option for option in options if option in chosen(name)]
    key = f"{name}_{'_'.join(now)}"
    st.pills(
        label,
        options,
        selection_mode="multi",
        default=now,
        format_func=lambda option: f"{say(option)} {words.number(counts.get(option, 0))}",
        key=key,
        on_change=_keep,
        args=(name, key),
    )


def switch(name: str, label: str, counts: Mapping[str, int], say: Callable[[str], str]) -> str:
    """One of a few, always; the first stands for an address that says nothing."""
    options = list(counts)
    now = next((option for option in chosen(name) if option in counts), options[0])
    key = f"{name}_{now}"
    st.segmented_control(
        label,
        options,
        default=now,
        required=True,
        format_func=lambda option: f"{say(option)} {words.number(counts[option])}",
        key=key,
        on_change=_keep,
        args=(name, key),
    )
    return now


def choose_day(name: str, label: str) -> date | None:
    """A day, or none."""
    now = None
    with suppress(ValueError):
        now = date.fromisoformat(links.asked(name, r"[0-9]{4}-[0-9]{2}-[0-9]{2}") or "")
    key = f"{name}_{now}"
    st.date_input(
        label, value=now, format="YYYY-MM-DD", min_value=date(2000, 1, 1), key=key, on_change=_keep, args=(name, key)
    )
    return now


def turn(page_shown: int, pages: int) -> None:
    if pages > 1:
        key = f"page_{page_shown}_{pages}"
        st.pagination(pages, default=page_shown, key=key, on_change=_keep, args=("page", key))


def _keep(name: str, key: str) -> None:
    """Write a choice into the address before the page runs; another filter begins at its first page."""
    picked = session.picked(key)
    value = ",".join(picked) if isinstance(picked, list) else None if picked is None else str(picked)
    links.say_in_address(**{"page": None, name: value or None})


def _counted(said: str, count: int) -> str:
    return f"{said} ({words.number(count)})"
