"""The sandbox's weights, in the address and in fields, and what would become of a headline, watermarked."""

from collections.abc import Iterable
from urllib.parse import quote

import streamlit as st

from pages.parts import bands, charts, links, session, tables, words
from pages.parts.bands import FACES
from pages.parts.clocks import ANYTHING
from pages.parts.scores import points
from schemas.robustness import Standing
from schemas.sandbox import WATERMARK, Sandbox, WouldBe
from schemas.standard import Standard
from vetting.refusals import Refusal
from vetting.scoring.reweighing import MOST_GIVEN

BETWEEN = "-"
MARK = quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="190"><text x="16" y="150" fill="#808080" '
    f'fill-opacity=".32" font-family="sans-serif" font-size="21" transform="rotate(-18 16 150)">{WATERMARK}</text>'
    "</svg>"
)
STYLE = f'<style>.st-key-sandbox::after {{ content: ""; position: absolute; inset: 0; pointer-events: none; \
z-index: 9; background-image: url("data:image/svg+xml,{MARK}"); }} .st-key-sandbox {{ position: relative; }}</style>'


def asked(standard: Standard) -> dict[str, float]:
    """The weights of the address, in the order of the standard (weights=20-10-30-15-15-5-5); without them the
    scheme's. Refusal for what is no list of so many numbers."""
    codes, text = [each.code for each in standard.principles], links.asked("weights", ANYTHING)
    if text is None:
        return {each.code: float(each.weight) for each in standard.principles}
    try:
        return dict(zip(codes, map(float, text.split(BETWEEN)), strict=True))
    except ValueError:
        example = written(each.weight for each in standard.principles)
        raise Refusal(
            f"“{text}” are no weights. The address takes {len(codes)} numbers, as weights={example}."
        ) from None


def written(weights: Iterable[float]) -> str:
    return BETWEEN.join(f"{weight:g}" for weight in weights)


def choose(weights: dict[str, float], standard: Standard) -> None:
    """One field a principle; what is chosen goes into the address."""
    name = written(weights.values())
    keys = {code: f"weight_{code}_{name}" for code in weights}
    with st.form("weights"):
        places = st.columns(2)
        for place, principle in enumerate(standard.principles):
            places[2 * place // len(keys)].number_input(
                f"{principle.code} {principle.short} (the scheme: {principle.weight:g})",
                min_value=0.0,
                max_value=float(MOST_GIVEN),
                value=weights[principle.code],
                step=1.0,
                format="%g",
                key=keys[principle.code],
            )
        st.form_submit_button("Try these weights", on_click=_keep, args=(keys,))
    st.button("Back to the scheme's weights", icon=":material/undo:", on_click=reset)


def reset() -> None:
    links.say_in_address(weights=None)


def draw(tried: Sandbox, standard: Standard) -> None:
    """Both headlines, under a watermark in words and look."""
    st.html(STYLE)
    with st.container(border=True, key="sandbox"):
        st.markdown(f"#### :material/science: {WATERMARK}")
        st.markdown(_said(tried))
        rows = [_row("The scheme's score", tried.official), _row("Sandbox, no score", tried.would_be)]
        steps = charts.Steps(standard.bands.fair_low, standard.bands.strong_low)
        charts.draw(rows, steps, key="tried", bar="95 % range", dot="middle", about=WATERMARK)
        shown = charts.mode()
        lines = [
            ("The scheme's score", tried.official, tried.official_coverage),
            (WATERMARK, tried.would_be, tried.would_be.worker_coverage),
        ]
        columns = {
            "Headline": lambda line: line[0],
            "Band": lambda line: tables.Drawn(bands.chip(FACES[line[1].band], shown)),
            "Points": lambda line: points(line[1].points),
            "Assessed by workers": lambda line: words.share(line[2]),
        }
        tables.show(lines, columns, empty="", numbers={"Assessed by workers"})
        columns = {
            "Principle": lambda each: f"{each.code} {each.title}",
            "The scheme's weight": lambda each: f"{each.weight:g}",
            "Weight here, out of 100": lambda each: f"{tried.weights[each.code]:.1f}",
        }
        with st.expander("The weights, out of 100"):
            tables.show(standard.principles, columns, empty="", numbers=set(columns) - {"Principle"})


def _said(tried: Sandbox) -> str:
    if tried.scheme:
        return "These are the scheme's own weights: nothing changes."
    official, here = bands.word(tried.official.band), bands.word(tried.would_be.band)
    band = f"the band stays “{official}”" if official == here else f"“{official}” would read “{here}”"
    summed = f" The weights sum to {tried.given:g} and are counted out of 100." if abs(tried.given - 100) > 1e-9 else ""
    return f"Under these weights {band}.{summed}"


def _row(label: str, found: Standing | WouldBe) -> charts.Row:
    low, mid, high = (None,) * 3 if found.points is None else (found.points.low, found.points.mid, found.points.high)
    return charts.Row(f"{label} · {bands.word(found.band)}", low, mid, high, None, "", "Nothing is assessed")


def _keep(keys: dict[str, str]) -> None:
    """Write what was chosen into the address before the page runs."""
    links.say_in_address(weights=written(float(session.picked(key) or 0) for key in keys.values()))
