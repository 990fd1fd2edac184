"""Tables of words and numbers that wrap, read well aloud, and become cards on a phone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, TypeVar

import streamlit as st

from pages.parts import words

Row = TypeVar("Row")
PAGE = 50

STYLE = """
<style>
.fp { width: 100%; border-collapse: collapse; font-size: .925rem; margin: 0; }
.fp th { text-align: left; font-weight: 600; font-size: .82rem; opacity: .8; padding: .45rem .75rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 35%, transparent); vertical-align: bottom; }
.fp td { padding: .5rem .75rem; vertical-align: top; overflow-wrap: break-word; text-align: left;
  border-bottom: 1px solid color-mix(in srgb, currentColor 16%, transparent); }
.fp th.n, .fp td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.fp a { color: inherit; font-weight: 600; text-decoration-thickness: 1px; text-underline-offset: .18em; }
.fp td small { display: block; font-weight: 400; opacity: .75; font-size: .82rem; }
.fp-box { border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  border-radius: .35rem; overflow-x: auto; }
.fp-box tr:last-child td { border-bottom: 0; }
@media (max-width: 640px) {
  .fp thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .fp tr { display: block; padding: .6rem .75rem;
    border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
  .fp tbody tr:last-child { border-bottom: 0; }
  .fp td, .fp td.n { display: grid; grid-template-columns: 38% 1fr; gap: .5rem; border: 0; padding: .15rem 0;
    text-align: left; white-space: normal; overflow-wrap: anywhere; }
  .fp td::before { content: attr(data-label); opacity: .75; font-size: .82rem; }
  .fp td:first-child { font-weight: 600; display: block; padding-bottom: .3rem; }
  .fp td:first-child::before { display: none; }
  .fp td.n:first-child::before { display: inline; content: attr(data-label) " "; font-size: 1em; opacity: 1; }
  .fp td.none { display: none; }
}
</style>
"""


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere (an address of pages.parts.links)."""

    label: str
    address: str


@dataclass(frozen=True)
class Two:
    """A cell of two lines: what matters, and below it, smaller, what explains it."""

    first: object
    second: object


@dataclass(frozen=True)
class Drawn:
    """A cell drawn by one of our own parts. Its HTML is taken as it is: the part has escaped what people wrote."""

    html: str


def show(
    rows: Sequence[Row],
    columns: Mapping[str, Callable[[Row], object]],
    *,
    empty: str,
    numbers: frozenset[str] | set[str] = frozenset(),
    key: str = "",
    page: int = PAGE,
) -> None:
    """Draw `rows`, one column per heading; `empty` is the sentence shown when there are none.

    `numbers` are the headings whose cells stand to the right. More than `page` rows are turned page by page, which
    needs a `key`.
    """
    if not rows:
        st.caption(empty)
        return
    start = 0
    foot = st.empty
    if len(rows) > page:
        above = st.container()
        turned = st.pagination(-(-len(rows) // page), key=f"{key}_page")
        start = (turned - 1) * page
        last = min(start + page, len(rows))
        st.caption(f"{words.number(start + 1)} to {words.number(last)} of {words.number(len(rows))}")
        foot = above.empty
    foot().html(STYLE + _table(rows[start : start + page], columns, numbers))


def _table(
    rows: Sequence[Any], columns: Mapping[str, Callable[[Any], object]], numbers: frozenset[str] | set[str]
) -> str:
    head = "".join(f'<th scope="col"{_right(label, numbers)}>{escape(label)}</th>' for label in columns)
    body = "".join(
        "<tr>" + "".join(_cell(label, read(row), numbers) for label, read in columns.items()) + "</tr>" for row in rows
    )
    return f'<div class="fp-box"><table class="fp"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _right(label: str, numbers: frozenset[str] | set[str]) -> str:
    return ' class="n"' if label in numbers else ""


def _cell(label: str, value: object, numbers: frozenset[str] | set[str]) -> str:
    kinds = [kind for kind, holds in (("n", label in numbers), ("none", value in (None, "", Drawn("")))) if holds]
    classes = f' class="{" ".join(kinds)}"' if kinds else ""
    return f'<td{classes} data-label="{escape(label, quote=True)}"><span>{_inner(value)}</span></td>'


def _inner(value: object) -> str:
    if isinstance(value, Link):
        return f'<a href="{escape(value.address, quote=True)}" target="_self">{escape(value.label)}</a>'
    if isinstance(value, Two):
        return _inner(value.first) + ("" if value.second in (None, "") else f"<small>{_inner(value.second)}</small>")
    if isinstance(value, Drawn):
        return value.html
    if isinstance(value, date):
        return f'<span style="white-space:nowrap">{escape(words.cell(value))}</span>'
    return escape(words.cell(value))
