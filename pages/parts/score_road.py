"""The road from counts to the headline, step by step, as it was gone: every number is the score's own."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import bands, charts, formulas, score_picture, tables, words
from pages.parts.scores import OUTCOMES, papers, points
from schemas.making import Making, Sum
from schemas.score import CriterionScore, IndicatorScore, Range
from schemas.standard import Standard
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE

TO = "\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def picture(made: Making, standard: Standard) -> None:
    """How the criteria add up, and which are not in it."""
    st.subheader("How the criteria add up", anchor=False)
    total, by_code = made.headline, {each.crit_code: each for each in made.score.criteria}
    if total.range is None:
        st.markdown("Nothing could be assessed yet, so there is nothing to add up.")
        return
    blocks = []
    for part in total.parts:
        found = by_code[part.crit_code].range
        if part.share and found is not None:
            criterion = standard.criterion(part.crit_code)
            blocks.append(
                score_picture.Block(
                    *(part.crit_code, criterion.title, criterion.principle, part.share),
                    *(found.low, found.mid, found.high, made.sides[part.crit_code]),
                )
            )
    steps = charts.Steps(standard.bands.fair_low, standard.bands.strong_low)
    score_picture.draw(blocks, (total.range.low, total.range.mid, total.range.high), steps)
    st.caption(
        "Each block is a criterion: as wide as its weight, as high as its points. The dashed line is their mean, the "
        "middle of the headline; the grey band is its range."
    )
    st.caption(" · ".join(f"{each.code} {each.short}" for each in standard.principles))
    missing = [each.crit_code for each in made.score.criteria if each.applicable and each.range is None]
    outside = [each.crit_code for each in made.score.criteria if not each.applicable]
    if missing:
        st.markdown(f"**Not assessed, so not in it:** {', '.join(missing)}. That is no pass: coverage says so.")
    if outside:
        st.markdown(f"**Not applicable, so out of every weight:** {', '.join(outside)}.")


def shares(made: Making, standard: Standard) -> None:
    st.subheader("1. From counts to shares and points", anchor=False)
    st.markdown(
        "Of the workers who could say (n), so many answered adversely (k). The range is where the true share lies, 95 "
        "times in 100. It is held against the allowance for recording error; points fall from 100 to 0 at the worst "
        f"share. {formulas.link('Indicators')} · {formulas.link('One worker once')}"
    )
    shown, least = charts.mode(), standard.measuring.min_workers
    columns = {
        "The worker…": lambda i: tables.Two(f"{i.criterion} {BY_CODE[i.code].wording}", _who(i)),
        "k of n": lambda i: f"{i.k} of {i.n}",
        "Share": lambda i: None if i.share is None else fraction(i.share),
        "95 % range": lambda i: None if i.low is None else f"{100 * i.low:.1f}{TO}{fraction(i.high)}",
        "Allowance": lambda i: fraction(BY_CODE[i.code].t),
        "Worst share": lambda i: fraction(BY_CODE[i.code].w),
        "Outcome": lambda i: tables.Two(
            tables.Drawn(bands.chip(OUTCOMES[i.outcome], shown, speech.outcome_words(i.code, i.outcome, i.k > 0))),
            _why_not(i, made, least),
        ),
        "Points": lambda i: three(i.points),
    }
    with fold("indicators", f"All {len(made.score.indicators)} indicators, with their counts"):
        tables.show(made.score.indicators, columns, empty="", numbers=set(columns) - {"The worker…", "Outcome"})


def criteria(made: Making, standard: Standard) -> None:
    st.subheader("2. From indicators to criteria", anchor=False)
    st.markdown(
        "What workers say on a criterion is combined from its indicators, in equal parts; what documents say comes "
        "from the worst open finding. Where both speak, the worse counts, place by place. "
        f"{formulas.link('Criteria')} · {formulas.link('Combining')}"
    )
    columns = {
        "Criterion": lambda c: speech.named(standard, c.crit_code),
        "Workers": lambda c: three(c.worker),
        "Documents": lambda c: papers(c.documents),
        "Which counts": lambda c: _which(c, made),
        "Points": lambda c: three(c.range) if c.applicable else None,
    }
    with fold("criteria", f"All {len(made.score.criteria)} criteria, each side and which counts"):
        tables.show(made.score.criteria, columns, empty="", numbers={"Workers", "Documents", "Points"})


def weights(made: Making, standard: Standard) -> None:
    st.subheader("3. From criteria to principles and the headline", anchor=False)
    st.markdown(
        "Each principle's weight is shared by its applicable criteria; the weights of those assessed are then divided "
        "by their sum. A criterion adds its share times its points; how far it reaches down and up is added with one "
        f"common correlation of {standard.measuring.correlation:g}. {formulas.link('Weights and coverage')} · "
        f"{formulas.link('Combining')}"
    )
    given = {each.crit_code: each.weight for each in made.score.criteria}
    columns = {
        "Criterion": lambda p: speech.named(standard, p.crit_code),
        "Weight": lambda p: f"{given[p.crit_code]:.2f}",
        "Share": lambda p: f"{100 * p.share:.2f} %" if p.share else "not assessed",
        "Adds to the middle": lambda p: f"{p.mid:.2f}" if p.share else None,
        "Reaches down": lambda p: f"{p.down:.2f}" if p.share else None,
        "Reaches up": lambda p: f"{p.up:.2f}" if p.share else None,
    }
    with fold("weights", "What each criterion adds"):
        tables.show(made.headline.parts, columns, empty="", numbers=set(columns) - {"Criterion"})
    if made.headline.range is not None:
        st.markdown(_added_up(made.headline, standard.measuring.correlation))
    columns = {
        "Principle": lambda p: f"{p.code} {p.title}",
        "Weight": lambda p: p.weight,
        "Assessed of it": lambda p: f"{sum(part.weight for part in made.principles[p.code].parts):.2f}",
        "Points": lambda p: three(made.principles[p.code].range),
    }
    with fold("principles", "The same by principle"):
        tables.show(standard.principles, columns, empty="", numbers=set(columns) - {"Principle"})
    st.markdown(
        f"**Coverage** {fraction(made.score.coverage)} of the weight is assessed, "
        f"{fraction(made.score.worker_coverage)} by workers."
    )


def fold(name: str, label: str) -> DeltaGenerator:
    """A table behind its sentence; the open folds stand in the address."""
    return st.expander(label, key=f"fold_{name}", bind="query-params")


def fraction(value: float | None) -> str:
    """12.5 %, with a space that does not break."""
    return words.NOTHING if value is None else f"{100 * value:.1f}\N{NO-BREAK SPACE}%"


def three(value: Range | None) -> str:
    return "not assessed" if value is None else TO.join(f"{end:.1f}" for end in (value.low, value.mid, value.high))


def _added_up(total: Sum, correlation: float) -> str:
    """The two ends, with the sums they come from written out."""
    lines = [f"The shares' points add up to the middle: **{total.range.mid:.2f}**."]
    for end, sign, reach in (("low", MINUS, "down"), ("high", "+", "up")):
        own = getattr(total, reach)
        root = f"√({1 - correlation:g} · {own.squares:.2f} + {correlation:g} · {own.total:.2f}²)"
        lines.append(f"The {end} end: {total.range.mid:.2f} {sign} {root} = **{getattr(total.range, end):.2f}**.")
    return "\n".join(f"- {line}" for line in lines) + f"\n\n**Headline: {points(total.range)}.**"


def _who(indicator: IndicatorScore) -> str:
    said = ["knock-out criterion"] if BY_CODE[indicator.code].gate else []
    said += ["auditors' workers among them"] if indicator.with_auditors else []
    said += [f"{indicator.self_declared} more by agencies or employers, not counted"] if indicator.self_declared else []
    return "; ".join(said)


def _why_not(indicator: IndicatorScore, made: Making, least: int) -> str:
    condition = made.condition(indicator.code)
    if indicator.n >= least and condition is not None and not condition.enough:
        known = f"Of {condition.charged} who were charged, {condition.told} could say"
        return f"{known}; the others alone cannot speak for all."
    return speech.beside_outcome(indicator, least)


def _which(criterion: CriterionScore, made: Making) -> str:
    if not criterion.applicable:
        return "not applicable"
    side = made.sides.get(criterion.crit_code, "not assessed")
    return "each in part" if side == "both" else side
