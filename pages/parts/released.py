"""The pieces of a released figure: what buyers and partners see, in words and grid steps, with its date."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import bands, charts, tables, untold, words
from pages.parts.bands import FACES, Face
from pages.parts.scores import OUTCOMES, corridor
from schemas.codes import Band, Outcome
from schemas.hold import ShownReply
from schemas.release import (
    PastBand,
    ReleasedCorridor,
    ReleasedFigure,
    ReleasedIndicator,
    ReleasedPrinciple,
    ReleaseSummary,
    Steps,
    Word,
)
from schemas.standard import Disclosure, Standard
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE

WORDS: dict[Word, Face] = {
    Word.STRONG: FACES[Band.STRONG],
    Word.FAIR: FACES[Band.FAIR],
    Word.WEAK: FACES[Band.WEAK],
    Word.UNCLEAR: Face(f"Unclear: {untold.WIDE}", "contrast", "gray", ""),
    Word.NOT_ASSESSED: Face("Not assessed", "remove", "gray", ""),
    Word.NOT_APPLICABLE: Face("Not applicable", "remove", "gray", ""),
}
ASK_FIRST = "Ask for repayment and remedy before ending business."
# Few answers are told to within five, and the range must hold of all of them; the band does not tell any apart.
COUNTED_EXACTLY = (
    "The range is wider than the one that decided the band: it allows for every count that is told alike, to within "
    "five answers of each partner's workers."
)
# Why it is unsettled is told by no release (docs/privacy.md), but that it is not for want of workers.
UNSETTLED = "Enough workers were heard, but the range is too wide, or too much is in doubt, to name a band."


def headline(figure: ReleasedFigure, replies: Sequence[ShownReply] = ()) -> None:
    """The band and its range, or why there is none; while it is on hold, what to do and what the agency says."""
    face = FACES[figure.band]
    with st.container(border=True):
        st.markdown(f"#### :{face.hue}[:material/{face.icon}:] {face.word}")
        if figure.points:
            st.markdown(f"Range **{_steps(figure.points)}**, rounded outward to 10.")
        if not figure.shown:
            st.markdown(f"{charts.TOO_FEW}. That is no verdict, and never a pass.")
        elif figure.band_reason:
            st.markdown(bands.REASONS[figure.band_reason])
        elif figure.band is Band.INSUFFICIENT_EVIDENCE:
            st.markdown(UNSETTLED)
        if figure.band is Band.ON_HOLD:
            st.markdown(f"**{ASK_FIRST}** Workers lose most when a buyer simply leaves.")
        for each in replies:
            st.markdown(f"**The agency replies** ({words.day(each.recorded_at.date())}):  \n{words.quoted(each.reply)}")
        if figure.points:
            st.caption(speech.CHANCE_ONLY)
        if figure.points and figure.band in (Band.STRONG, Band.FAIR):
            st.caption(COUNTED_EXACTLY)


def principles(figure: ReleasedFigure, standard: Standard) -> None:
    said = {each.code: each for each in figure.principles}
    if any(each.steps for each in figure.principles):
        least = standard.disclosure.principles_from
        rows = [_row(f"{p.code}  {p.short}", said[p.code], least) for p in standard.principles if p.code in said]
        charts.draw(
            rows,
            charts.Steps(standard.bands.fair_low, standard.bands.strong_low),
            key="ranges",
            bar="range, the worse of both sides",
        )
        st.caption("Bars: the range, rounded outward to 20 points. Ranges that overlap are not ranked.")
        with st.expander("The same as a table"):
            _principles(figure, standard)
    else:
        _principles(figure, standard)


def why(figure: ReleasedFigure) -> None:
    """Indicator by indicator, on the grid."""
    shown = charts.mode()
    columns = {
        "Criterion": lambda i: i.criterion,
        "Workers placed by this agency report that the worker…": lambda i: BY_CODE[i.code].wording,
        "Share of workers": lambda i: untold.or_too_few(i.share and tables.Two(i.share, f"of {i.n} workers")),
        "Outcome": lambda i: _outcome(i, shown),
    }
    tables.show(figure.indicators, columns, empty=f"{charts.TOO_FEW}.")


def reality(figure: ReleasedFigure) -> None:
    st.subheader("How much of reality is this?", anchor=False)
    if not figure.shown:
        st.markdown(f"**{charts.TOO_FEW}.**")
        st.caption("It may be none, or fewer than ten.")
        return
    st.metric("Workers heard", figure.workers)
    st.markdown(f"**Of those deployed in 12 months:** {figure.heard or 'deployments unknown'}")
    partners = {None: untold.TOO_FEW, "1": "1 partner"}.get(figure.partners, f"{figure.partners} partners")
    st.markdown(f"**By** {partners}")
    half = f", half of it since {figure.median_age}" if figure.median_age else ""
    st.markdown(f"**Newest evidence** {untold.or_too_few(figure.newest)}{half}")
    st.markdown(
        f"**Coverage** about {_percent(figure.coverage)} of the standard assessed, "
        f"{_percent(figure.worker_coverage)} by workers"
    )


def cost(figure: ReleasedFigure, shown: Disclosure) -> None:
    st.subheader("Cost of the job", anchor=False)
    if figure.months.median is None:
        thin = untold.thin(figure.months.n, shown.median_from)
        st.markdown(f"{thin[0].upper()}{thin[1:]}.")
        return
    known = f"{figure.months.n} workers"
    st.markdown(words.months_paid(known, figure.months.median, figure.months.p80, "about {:g}"))
    st.caption(f"To half a month; those who paid nothing included. {speech.OURS}")


def history(past: Sequence[PastBand]) -> None:
    """Bands over releases, oldest first; the figures of a past release are never recomputed."""
    st.subheader("Over time", anchor=False)
    if not past:
        st.caption("No release shows this agency yet.")
        return
    st.html(_strip(past, charts.mode()))
    used = dict.fromkeys((_sign(each), _sign_says(each)) for each in past)
    st.caption(" · ".join(f"{sign}: {said[0].lower()}{said[1:]}" for sign, said in used))
    with st.expander("The same as a table"):
        columns = {
            "As of": lambda p: p.as_of,
            "Conduct": lambda p: bands.word(p.band),
            "Range": lambda p: _steps(p.points) if p.points else _no_range(p.workers),
            "Workers": lambda p: p.workers,
        }
        tables.show(list(reversed(past)), columns, empty="")


def corridors(figure: ReleasedFigure, shown: Disclosure) -> None:
    columns = {
        "Corridor": lambda c: corridor(c.origin, c.destination),
        "Workers": lambda c: c.workers,
        "Charged anything": lambda c: untold.or_too_few(c.charged and tables.Two(c.charged, f"of {c.charged_n}")),
        "Median cost": lambda c: _months(c, c.months.median, "months", shown.median_from),
        "One in five paid": lambda c: _months(c, c.months.p80, "months or more", shown.p80_from),
    }
    tables.show(figure.corridors, columns, empty=f"{charts.TOO_FEW} on any corridor.")
    st.caption(f"Cost in months of wage, those who paid nothing included. {speech.OURS}")


def _months(corridor: ReleasedCorridor, value: float | None, unit: str, least: int) -> tables.Two | str:
    if value is None:
        return untold.thin(corridor.months.n, least)
    return tables.Two(f"{value:g} {unit}", f"of {corridor.months.n}")


def made(figure: ReleasedFigure, release: ReleaseSummary, standard: Standard) -> None:
    """How a released figure was made, in words: nothing here says more than the figure does."""
    asked, shown = standard.measuring, standard.disclosure
    st.subheader("How this was made", anchor=False)
    st.markdown(
        f"""
- **Release** as of {words.day(release.as_of)}, frozen {words.moment(release.recorded_at)}. It stays as it is; new
  reports are in the next one.
- **Who counts**: workers interviewed in the {asked.window_months} months before that day, each once, and only in groups
  of at least {shown.k} of one partner. What agencies and employers report of themselves never counts.
- **What is said**: the share of workers, with the range chance leaves; documents beside it; where they differ, the
  worse counts. The band is the first rule that holds, and a knock-out criterion comes before all others.
- **Told apart**: a *range* is what chance and rounding leave open; *{untold.TOO_FEW}* hides a figure, and stands
  for no worker and for {shown.k - 1} alike; *{untold.NOT_ASSESSED}* is no answer, and no pass.
- **Rounding**: of each partner's workers, how many say a thing is known to within five. The figure is worked out at
  both ends, and told as far as it holds of both; then in steps, ranges outward, so that no worker can be found.
- **By** standard {figure.standard} (`{figure.standard_hash[:8]}`) and method version {figure.method}.
"""
    )


def stamp(release: ReleaseSummary | None) -> str:
    """Which release this is; figures never stand without their date."""
    if release is None:
        return "Nothing has been released yet. A reviewer publishes the first release."
    return (
        f"Release as of {words.day(release.as_of)}, frozen {words.moment(release.recorded_at)} · "
        f"standard {release.standard} · method {release.method}"
    )


def _row(label: str, said: ReleasedPrinciple, least: int) -> charts.Row:
    if said.steps is None:
        return charts.Row(label, *(None,) * 4, instead=f"{WORDS[said.word].word}; {_no_steps(said, least)}")
    return charts.Row(label, said.steps.low, None, said.steps.high, None)


def _principles(figure: ReleasedFigure, standard: Standard) -> None:
    shown = charts.mode()
    titles = {principle.code: principle for principle in standard.principles}
    columns = {
        "Principle": lambda p: f"{p.code} {titles[p.code].short}",
        "In a word": lambda p: tables.Drawn(bands.chip(WORDS[p.word], shown)),
        "Range": lambda p: _steps(p.steps) if p.steps else _no_steps(p, standard.disclosure.principles_from),
    }
    tables.show(figure.principles, columns, empty=f"{charts.TOO_FEW}.")


def _outcome(indicator: ReleasedIndicator, shown: bands.Mode) -> tables.Drawn:
    said = speech.outcome_words(indicator.code, indicator.outcome, None)
    if indicator.outcome is Outcome.UNCLEAR:
        said = f"{said}: {untold.WIDE}"
    return tables.Drawn(bands.chip(OUTCOMES[indicator.outcome], shown, said))


def _strip(past: Sequence[PastBand], shown: bands.Mode) -> str:
    cells = "".join(
        f'<span role="img" aria-label="{words.day(each.as_of)}: {_sign_says(each)}" '
        f'title="{words.day(each.as_of)}: {_sign_says(each)}" style="background:{ink.ground};color:{ink.word};'
        f'border-bottom:3px solid {ink.mark};padding:.15rem 0;width:2.1rem;text-align:center;font-size:.9rem">'
        f"{_sign(each)}</span>"
        for each in past
        for ink in [bands.INKS[shown][FACES[each.band].hue]]
    )
    ends = f"{words.day(past[0].as_of)} to {words.day(past[-1].as_of)}"
    return f'<div style="display:flex;flex-wrap:wrap;gap:.2rem">{cells}</div><small>{ends}</small>'


def _sign(past: PastBand) -> str:
    """One short word for the strip; suppression has its own, so that it does not look like an unsettled band."""
    return untold.SIGN if past.workers == untold.TOO_FEW else FACES[past.band].short


def _sign_says(past: PastBand) -> str:
    return untold.TOO_FEW if past.workers == untold.TOO_FEW else FACES[past.band].word


def _steps(value: Steps) -> str:
    return f"{value.low} to {value.high} points"


def _no_range(workers: str) -> str:
    return untold.TOO_FEW if workers == untold.TOO_FEW else untold.NOT_ASSESSED


def _no_steps(said: ReleasedPrinciple, least: int) -> str:
    """Why a principle has no range in a release."""
    if said.word is Word.NOT_APPLICABLE:
        return "no range"
    return untold.TOO_FEW if said.word is Word.NOT_ASSESSED else untold.needs(least)


def _percent(value: int | None) -> str:
    return untold.TOO_FEW if value is None else f"{value} %"
