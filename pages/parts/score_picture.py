"""How the criteria add up to the headline: one block per criterion, as wide as its weight and as high as its points."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from pages.parts import charts
from pages.parts.bands import INKS, Mode

Points = tuple[float, float, float]  # low, mid, high
HEIGHT = 400  # pixels
COUNTED = {"workers": "what workers say counts", "documents": "what documents say counts", "both": "partly each"}


class Block(NamedTuple):
    """One assessed criterion: its share of the whole (all sum to 1), its range in points, which side counted."""

    crit_code: str
    title: str
    principle: str
    share: float
    low: float
    mid: float
    high: float
    counted: str  # a key of COUNTED


def figure(blocks: Sequence[Block], headline: Points, steps: charts.Steps, shown: Mode) -> go.Figure:
    """Blocks side by side over 0 to 100 % of the weight; the headline's range lies behind them, its middle a line."""
    drawn = go.Figure()
    low, mid, high = headline
    colours = {"workers": charts.SPREAD[shown], "documents": charts.PAPERWORK[shown], "both": charts.QUIET[shown]}
    starts = [100 * sum(each.share for each in blocks[:place]) for place in range(len(blocks))]
    for counted, name in COUNTED.items():
        own = [(start, each) for start, each in zip(starts, blocks, strict=True) if each.counted == counted]
        if own:
            drawn.add_bar(
                name=name,
                x=[start + 50 * each.share for start, each in own],
                y=[each.mid for _, each in own],
                width=[100 * each.share for _, each in own],
                marker={"color": colours[counted], "opacity": 0.85, "line": {"width": 1, "color": charts.PAPER[shown]}},
                customdata=[said(each) for _, each in own],
                hovertemplate="%{customdata}<extra></extra>",
            )
    drawn.add_scatter(
        name="its 95 % range",
        mode="markers",
        x=[start + 50 * each.share for start, each in zip(starts, blocks, strict=True)],
        y=[each.mid for each in blocks],
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.mid for each in blocks],
            "arrayminus": [each.mid - each.low for each in blocks],
            "color": charts.WORDS[shown],
            "thickness": 1.4,
            "width": 3,
        },
        marker={"size": 4, "color": charts.WORDS[shown]},
        hoverinfo="skip",
        cliponaxis=False,
    )
    drawn.add_hrect(y0=low, y1=high, fillcolor=INKS[shown]["gray"].mark, opacity=0.28, line_width=0, layer="above")
    drawn.add_hline(y=mid, line={"color": charts.WORDS[shown], "width": 1.5, "dash": "dash"})
    drawn.add_annotation(
        x=100,
        y=high,
        xanchor="right",
        yanchor="bottom",
        text=f"<b>headline {low:.0f} to {high:.0f}</b>",
        showarrow=False,
        bgcolor=charts.PAPER[shown],
        opacity=0.92,
        font={"size": 12.5, "color": charts.WORDS[shown]},
    )
    _principles(drawn, blocks, starts, shown)
    drawn.update_layout(
        template=charts.template(shown),
        height=HEIGHT,
        barmode="overlay",
        bargap=0,
        xaxis={"range": [0, 100], "showgrid": False, "showticklabels": False, "ticks": ""},
        yaxis={"range": [0, 104], "tickvals": [0, steps.fair, steps.strong, 100], "title": {"text": "points"}},
        legend={"orientation": "h", "x": 0, "y": -0.1, "yanchor": "top", "font": {"size": 13}},
        margin={"l": 46, "r": 4, "t": 14, "b": 72},
    )
    return drawn


def draw(blocks: Sequence[Block], headline: Points, steps: charts.Steps) -> None:
    st.plotly_chart(
        figure(blocks, headline, steps, charts.mode()),
        theme=None,
        key="how_it_adds_up",
        config={"displayModeBar": False, "scrollZoom": False},
        alt="Each criterion as wide as its weight and as high as its points. " + " ".join(map(said, blocks)),
    )


def said(block: Block) -> str:
    """One block in words."""
    return (
        f"{block.crit_code} {block.title}: {block.low:.0f} to {block.high:.0f} points, middle {block.mid:.0f}, "
        f"{100 * block.share:.1f} % of the weight; {COUNTED[block.counted]}."
    )


def _principles(drawn: go.Figure, blocks: Sequence[Block], starts: Sequence[float], shown: Mode) -> None:
    """Under the blocks of each principle its code, and a line where the next one begins."""
    for code in dict.fromkeys(each.principle for each in blocks):
        own = [(start, each.share) for start, each in zip(starts, blocks, strict=True) if each.principle == code]
        begins, ends = own[0][0], own[-1][0] + 100 * own[-1][1]
        drawn.add_annotation(
            x=(begins + ends) / 2,
            y=0,
            yanchor="top",
            yshift=-4,
            text=f"<b>{code}</b>",
            showarrow=False,
            font={"size": 13, "color": charts.WORDS[shown]},
        )
        if begins:
            drawn.add_vline(x=begins, line={"color": charts.WORDS[shown], "width": 1}, opacity=0.5)
