"""The one figure that carries the product: what workers report beside what documents say, on 0 to 100.

One template for both modes; marks are chosen per mode, because Streamlit's theme colours text only.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast
from urllib.parse import quote

import plotly.graph_objects as go
import streamlit as st

from pages.parts.bands import INKS, Face, Mode

TOO_FEW = "Too few workers to show"
WORKERS_RANGE, WORKERS_MIDDLE = "workers: 95 % range", "workers: middle"
LEFT, RIGHT = -2, 104  # marks at 0 and at 100 would be cut in half without a margin
ROW, HEAD, FOOT = 46, 34, 44  # pixels

PAPER: dict[Mode, str] = {"light": "#FFFFFF", "dark": "#12191E"}
WORDS: dict[Mode, str] = {"light": "#1B2A33", "dark": "#EAF0F3"}
QUIET: dict[Mode, str] = {"light": "#4B5963", "dark": "#C0CBD2"}
RULE: dict[Mode, str] = {"light": "#D9E0E4", "dark": "#3A4A55"}
WORKERS: dict[Mode, str] = {"light": "#1F5C7A", "dark": "#8CC4E0"}
SPREAD: dict[Mode, str] = {"light": "#5C8CA5", "dark": "#5A92AE"}
PAPERWORK: dict[Mode, str] = {"light": "#8A4B08", "dark": "#F0B46C"}


class Row(NamedTuple):
    """One line of the figure. `mid` is None where a release shows the ends only; where `low` is None there is no bar,
    and `instead` stands in its place."""

    label: str
    low: float | None
    mid: float | None
    high: float | None
    documents: float | None
    note: str = ""
    instead: str = TOO_FEW


class Steps(NamedTuple):
    """Where the bands begin on 0 to 100 (the standard's own thresholds)."""

    fair: float
    strong: float


def mode() -> Mode:
    """Light or dark, as the visitor's browser shows it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def template(shown: Mode) -> go.layout.Template:
    """The one manner of every plotly figure of the house."""
    axis = {"gridcolor": RULE[shown], "zeroline": False, "fixedrange": True, "color": QUIET[shown]}
    return go.layout.Template(
        layout={
            "paper_bgcolor": PAPER[shown],
            "plot_bgcolor": PAPER[shown],
            "font": {"family": "Source Sans, sans-serif", "size": 14, "color": WORDS[shown]},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"bgcolor": PAPER[shown], "font": {"color": WORDS[shown]}, "bordercolor": RULE[shown]},
            "margin": {"l": 0, "r": 0, "t": HEAD, "b": FOOT},
            "dragmode": False,
        }
    )


def ranges(
    rows: Sequence[Row], steps: Steps, shown: Mode, bar: str = WORKERS_RANGE, dot: str = WORKERS_MIDDLE
) -> go.Figure:
    """The range figure. Labels stand above their bars, so that it reads the same on a phone. `bar`, `dot`: what they
    are."""
    figure = go.Figure()
    _grounds(figure, steps, shown)
    heard = [(line, row) for line, row in enumerate(rows) if row.low is not None and row.high is not None]
    figure.add_bar(
        name=bar,
        orientation="h",
        y=[line for line, _ in heard],
        base=[row.low for _, row in heard],
        x=[cast(float, row.high) - cast(float, row.low) for _, row in heard],
        width=0.2,
        marker={"color": SPREAD[shown], "line": {"width": 0}},
        hovertemplate="%{customdata}<extra></extra>",
        customdata=[_spoken(row) for _, row in heard],
    )
    dots = [(line, row) for line, row in heard if row.mid is not None]
    if dots:
        _marks(figure, dot, dots, "mid", {"symbol": "circle", "size": 12, "color": WORKERS[shown]})
    papers = [(line, row) for line, row in enumerate(rows) if row.documents is not None]
    if papers:
        open_diamond = {"symbol": "diamond-open", "size": 13, "color": PAPERWORK[shown], "line": {"width": 2.5}}
        _marks(figure, "documents", papers, "documents", open_diamond)
    for line, row in enumerate(rows):
        _label(figure, line - 0.34, f"{row.label}{_aside(row, shown)}", WORDS[shown])
        if row.low is None:
            _label(figure, line + 0.06, row.instead, QUIET[shown])
    figure.update_layout(
        template=template(shown),
        height=HEAD + FOOT + ROW * len(rows),
        xaxis={"range": [LEFT, RIGHT], "tickvals": [0, steps.fair, steps.strong, 100], "side": "top", "ticks": ""},
        yaxis={"range": [len(rows) - 0.5, -0.7], "showgrid": False, "showticklabels": False},
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "font": {"size": 13, "color": QUIET[shown]}},
        showlegend=True,
    )
    return figure


def draw(
    rows: Sequence[Row],
    steps: Steps,
    *,
    key: str,
    bar: str = WORKERS_RANGE,
    dot: str = WORKERS_MIDDLE,
    about: str = "Per principle",
) -> None:
    """The figure on the page, without plotly's own buttons. A table of the same stands in a fold below it. `about`:
    what its lines are, for those who cannot see it."""
    st.plotly_chart(
        ranges(rows, steps, mode(), bar, dot),
        theme=None,
        key=key,
        config={"displayModeBar": False, "scrollZoom": False},
        alt=f"{about}, from 0 to 100. " + " ".join(map(_spoken, rows)),
    )


def glyph(face: Face, low: float | None, high: float | None, shown: Mode, mid: float | None = None) -> str:
    """The same figure as one small line (SVG), in the proportions of a table's cell; empty where there is no figure."""
    if low is None or high is None:
        return ""
    mark = INKS[shown][face.hue].mark
    left, right = 6 + 1.48 * low, 6 + 1.48 * high
    dot = "" if mid is None else f'<circle cx="{6 + 1.48 * mid:.1f}" cy="12" r="5" fill="{mark}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="24" viewBox="0 0 160 24">'
        f'<line x1="6" y1="12" x2="154" y2="12" stroke="{RULE[shown]}" stroke-width="2"/>'
        f'<rect x="{left - 2:.1f}" y="8" width="{right - left + 4:.1f}" height="8" rx="4" fill="{mark}" '
        f'fill-opacity="{0.55 if dot else 1}"/>{dot}</svg>'
    )


def glyph_image(face: Face, low: float | None, high: float | None, shown: Mode, mid: float | None = None) -> str:
    """The glyph as HTML for a table's cell, with the range in words for those who cannot see it."""
    drawn = glyph(face, low, high, shown, mid)
    if not drawn:
        return ""
    said = f"{low:.0f} to {high:.0f} points" + ("" if mid is None else f", middle {mid:.0f}")
    return f'<img src="data:image/svg+xml,{quote(drawn)}" width="160" height="24" alt="{said}" title="{said}">'


def _grounds(figure: go.Figure, steps: Steps, shown: Mode) -> None:
    for start, end, name, hue in (
        (0, steps.fair, "weak", "orange"),
        (steps.fair, steps.strong, "fair", "blue"),
        (steps.strong, 100, "strong", "green"),
    ):
        ink = INKS[shown][hue]
        figure.add_vrect(x0=start, x1=end, fillcolor=ink.ground, opacity=0.6, line_width=0, layer="below")
        figure.add_annotation(
            x=(start + end) / 2, y=1, xref="x", yref="paper", yanchor="bottom", yshift=14, text=name, showarrow=False,
            font={"size": 13, "color": ink.word},
        )  # fmt: skip


def _marks(figure: go.Figure, name: str, points: list[tuple[int, Row]], field: str, marker: dict[str, object]) -> None:
    figure.add_scatter(
        name=name,
        mode="markers",
        x=[getattr(row, field) for _, row in points],
        y=[line for line, _ in points],
        marker=marker,
        customdata=[_spoken(row) for _, row in points],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _label(figure: go.Figure, y: float, text: str, colour: str) -> None:
    figure.add_annotation(
        x=0,
        y=y,
        xanchor="left",
        align="left",
        text=text,
        showarrow=False,
        xshift=2,
        font={"size": 13.5, "color": colour},
    )


def _aside(row: Row, shown: Mode) -> str:
    return f'  <span style="color:{INKS[shown]["red"].word}">{row.note}</span>' if row.note else ""


def _spoken(row: Row) -> str:
    """One row in words: for those who cannot see the figure, and for the pointer resting on it."""
    if row.low is None or row.high is None:
        heard = row.instead[0].lower() + row.instead[1:]
    else:
        middle = "" if row.mid is None else f", middle {row.mid:.0f}"
        heard = f"{'range' if row.mid is None else 'workers'} {row.low:.0f} to {row.high:.0f}{middle}"
    papers = "" if row.documents is None else f"; documents {row.documents:.0f}"
    return f"{row.label}: {heard}{papers}."
