"""The pieces of a live score on a reviewer's page: what stops it, both sides, why, and how much of reality it is."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import bands, charts, tables, words
from pages.parts.bands import FACES, Face
from schemas.codes import Band, Outcome
from schemas.lookup import countries
from schemas.score import CorridorFigure, CriterionScore, IndicatorScore, Range, Score
from schemas.standard import Standard
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE

FEW = 3
OUTCOMES: dict[Outcome, Face] = {
    Outcome.MET: Face("", "check_circle", "green", ""),
    Outcome.NOT_MET: Face("", "warning", "orange", ""),
    Outcome.UNCLEAR: Face("", "contrast", "gray", ""),
    Outcome.NOT_ASSESSED: Face("", "remove", "gray", ""),
}


def stops(score: Score, standard: Standard) -> None:
    """What stands against this agency, in sentences, before any figure."""
    with st.container(border=True):
        if score.gates:
            st.markdown(f"#### :red[:material/front_hand:] {bands.word(Band.ON_HOLD)}")
            said = [f"- {speech.gate_sentence(score, standard, gate)}{_at_once(gate)}" for gate in score.gates]
            st.markdown("\n".join(said))
            st.caption("Reported, not found: two reviewers clear it, with a reason. Repayment and remedy come first.")
        else:
            face = FACES[score.band]
            st.markdown(f"#### :{face.hue}[:material/{face.icon}:] {face.word}: {points(score.points)}")
            if score.band_reason:
                st.markdown(bands.REASONS[score.band_reason])
            st.caption("No knock-out criterion is open.")
    waiting = [item for item in score.queue if item.indicator not in score.gates]
    if waiting:
        with st.container(border=True):
            st.markdown("**For a reviewer to look into now**")
            for item in waiting:
                said = speech.queue_item_sentence(score, standard, item.indicator, item.workers)
                st.markdown(f"- {said}{_at_once(item.indicator)}")


def sides(score: Score, standard: Standard) -> None:
    """What workers say and what documents say, per principle, and the same as a table."""
    disagreeing = {standard.criterion(crit_code).principle for crit_code in score.contradictions}
    by_code = {each.code: each for each in score.principles}
    rows = []
    for principle in standard.principles:
        said = by_code[principle.code]
        low, mid, high = (None,) * 3 if said.worker is None else (said.worker.low, said.worker.mid, said.worker.high)
        note = "contradiction" if principle.code in disagreeing else ""
        rows.append(charts.Row(f"{principle.code}  {principle.short}", low, mid, high, said.documents, note))
    charts.draw(rows, charts.Steps(standard.bands.fair_low, standard.bands.strong_low), key="ranges")
    _contradictions([speech.contradiction_sentence(score, standard, code) for code in score.contradictions])
    if all(each.documents is None for each in score.criteria):
        st.caption("No document has been assessed yet, so that none can contradict workers.")
    elif not score.contradictions:
        st.caption("No contradiction: nowhere do documents show no fault while workers surely report one.")
    st.caption(f"Bars: the 95 % range of what workers report. The worse of the two sides counts. {speech.CHANCE_ONLY}")
    with st.expander("The same as a table"):
        columns = {
            "Principle": lambda p: f"{p.code} {p.title}",
            "Workers": lambda p: side(by_code[p.code].worker),
            "Documents": lambda p: papers(by_code[p.code].documents),
            "The worse, which counts": lambda p: side(by_code[p.code].range),
        }
        tables.show(standard.principles, columns, empty="", numbers={"Workers", "Documents", "The worse, which counts"})


def _contradictions(sentences: Sequence[str]) -> None:
    """The first few at once, many in a fold."""
    for sentence in sentences[:FEW]:
        st.markdown(f":material/compare_arrows: {sentence}")
    if more := sentences[FEW:]:
        with st.expander(f"{words.count(len(more), 'more contradiction')}: documents say well, workers otherwise"):
            st.markdown("\n".join(f"- {sentence}" for sentence in more))


def why(score: Score, standard: Standard) -> None:
    """From principle to criterion to indicator to counts, one fold each; the open folds stand in the address."""
    by_code = {each.code: each for each in score.principles}
    for principle in standard.principles:
        label = f"**{principle.code} {principle.short}** · {points(by_code[principle.code].range)}"
        with st.expander(label, key=f"principle_{principle.code}", bind="query-params"):
            codes = {criterion.crit_code for criterion in standard.criteria_of(principle.code)}
            _criteria([each for each in score.criteria if each.crit_code in codes], standard)
            _indicators([each for each in score.indicators if each.criterion in codes], standard)


def reality(score: Score) -> None:
    """No number without its n: who was heard, by whom, how long ago, and on how much of the standard."""
    st.subheader("How much of reality is this?", anchor=False)
    st.metric("Workers heard", words.number(score.workers))
    st.caption("Each worker of a partner once; the same person at two partners counts twice.")
    if score.deployed_12m is None:
        st.markdown("Deployments unknown: nobody says how many workers this agency placed.")
    elif score.heard_share is None:
        st.markdown("The register says that nobody was deployed in the last 12 months.")
    else:
        st.markdown(
            f"**{words.number(score.departed_12m)}** of those who left in the last 12 months were heard, out of "
            f"**{words.number(score.deployed_12m or 0)}** deployed"
        )
        st.progress(min(score.heard_share, 1.0))
    st.markdown(f"**Heard by** {words.count(score.partners, 'partner')}{_rests(score)}")
    newest = words.day(score.newest_interview)
    st.markdown(f"**Newest interview** {newest}{_age(score)}")
    by_workers = words.share(score.worker_coverage)
    st.markdown(f"**Coverage** {words.share(score.coverage)} of the standard assessed, {by_workers} by workers")
    if score.auditors_in:
        of_whom = words.listed([f"“{BY_CODE[code].wording}”" for code in score.auditors_in], "and")
        st.markdown(f"**Relies on auditors**, so at most fair: too few workers of other partners could say: {of_whom}.")
    if score.self_declared_workers:
        count = words.count(score.self_declared_workers, "worker")
        st.caption(f"Shown apart, not counted: {count} reported by agencies or employers.")


def cost(score: Score) -> None:
    st.subheader("Cost of the job", anchor=False)
    months, workers = score.months, words.count(score.workers, "worker")
    known = f"{words.number(months.n)} of {workers}"
    if months.median is None:
        st.markdown("Not known: no worker's cost and wage are both known.")
    elif not score.months_speak:
        st.markdown(
            f"Cost and wage are known of {known}, but of too few of those who were charged: a figure would let the "
            "uncharged speak for all."
        )
    else:
        st.markdown(words.months_paid(known, months.median, months.p80, "{:.1f}"))
        st.caption(f"On average {months.mean:.1f} months, those who paid nothing included.")
    asked = score.indicator(speech.FEES)
    if asked.share is not None:
        st.markdown(f"**{words.share(asked.share)}** were charged anything: {speech.counted(asked)}.")
    if score.charged_reports:
        charged = words.count(score.charged_reports, "report", "reports")
        state_items = words.number(score.state_items_only)
        st.caption(f"Of {charged} of a charge, {state_items} tell of state or passport items only.")
    else:
        st.caption("No report tells of a charge, so none of one for state or passport items only.")
    if score.two_currencies:
        mixed = words.count(score.two_currencies, "report")
        st.caption(f"{mixed} in two currencies without an exchange rate: their cost is unknown.")
    st.caption(speech.OURS)


def corridors(score: Score) -> None:
    columns = {
        "Corridor": lambda c: corridor(c.origin, c.destination),
        "Workers": lambda c: c.workers,
        "Charged anything": _charged,
        "Cost known of": lambda c: c.months.n,
        "Median cost": lambda c: _months(c, c.months.median),
        "One in five paid at least": lambda c: _months(c, c.months.p80),
        "Mean": lambda c: _months(c, c.months.mean),
    }
    tables.show(score.corridors, columns, empty="No worker has been heard yet.", numbers={"Workers", "Cost known of"})
    st.caption(f"Cost in months of wage, those who paid nothing included. {speech.OURS}")


def country(alpha3: str) -> str:
    known = countries().get(alpha3)
    return known.name if known else alpha3


def corridor(origin: str, destination: str) -> str:
    return f"{country(origin)} to {country(destination)}"


def _criteria(criteria: list[CriterionScore], standard: Standard) -> None:
    columns = {
        "Criterion": lambda c: speech.named(standard, c.crit_code),
        "Workers": lambda c: side(c.worker),
        "Documents": lambda c: papers(c.documents),
        "The worse, which counts": lambda c: side(c.range) if c.applicable else "not applicable",
        "Weight": lambda c: f"{c.weight:.1f}",
    }
    tables.show(criteria, columns, empty="", numbers={"Workers", "Documents", "The worse, which counts", "Weight"})
    st.caption("Points from 0 to 100: low – middle – high.")


def _indicators(indicators: list[IndicatorScore], standard: Standard) -> None:
    least, shown = standard.measuring.min_workers, charts.mode()
    columns = {
        "Criterion": lambda i: i.criterion,
        "Workers placed by this agency report that the worker…": lambda i: tables.Two(
            BY_CODE[i.code].wording, "knock-out criterion" if BY_CODE[i.code].gate else ""
        ),
        "Heard": lambda i: tables.Two(speech.counted(i), _besides(i)),
        "Share, 95 % range": _share,
        "Outcome": lambda i: tables.Two(
            tables.Drawn(bands.chip(OUTCOMES[i.outcome], shown, speech.outcome_words(i.code, i.outcome, i.k > 0))),
            speech.beside_outcome(i, least),
        ),
    }
    tables.show(indicators, columns, empty="Workers are not asked about this: documents only.")


def points(value: Range | None) -> str:
    return "not assessed" if value is None else f"{value.low:.0f} to {value.high:.0f} points, middle {value.mid:.0f}"


def side(value: Range | None) -> str:
    return "not assessed" if value is None else f"{value.low:.0f} – {value.mid:.0f} – {value.high:.0f}"


def papers(value: float | None) -> str:
    return "not assessed" if value is None else f"{value:.0f}"


def _at_once(gate: str) -> str:
    """Under 18, violence and confinement are referred, whether or not they stop the agency."""
    refer = gate in BY_CODE and BY_CODE[gate].referral
    return " :red[:material/emergency_home: Refer at once.]" if refer else ""


def _share(indicator: IndicatorScore) -> str | None:
    if indicator.share is None or indicator.low is None or indicator.high is None:
        return None
    return f"{words.share(indicator.share)} ({words.share(indicator.low)} to {words.share(indicator.high)})"


def _charged(corridor: CorridorFigure) -> str | None:
    if corridor.share_charged is None:
        return None
    charged = f"{words.number(corridor.charged)} of {words.number(corridor.charged_n)}"
    return f"{charged} ({words.share(corridor.share_charged)})"


def _months(corridor: CorridorFigure, value: float | None) -> str | None:
    """Nothing where the uncharged alone would speak for all."""
    return None if value is None or not corridor.months_speak else f"{value:.1f} months"


def _besides(indicator: IndicatorScore) -> str:
    """Whose workers are among those heard only for want of others, and whose never are."""
    said = ["auditors' workers among them"] if indicator.with_auditors else []
    if indicator.self_declared:
        said.append(f"{words.number(indicator.self_declared)} more by agencies or employers, not counted")
    return "; ".join(said)


def _rests(score: Score) -> str:
    """Nothing is lower than on hold, so that a hold rests on nobody: one partner alone may have opened it."""
    if score.band is Band.ON_HOLD or not score.partners:
        return ""
    if not score.rests_on:
        whom = "it" if score.partners == 1 else "any one of them"
        return f" · without {whom} the band would be no lower"
    return f" · **rests on one partner**: without {words.listed(list(score.rests_on))} the band would be lower"


def _age(score: Score) -> str:
    if score.median_age_days is None:
        return ""
    return f" · median age {words.count(round(score.median_age_days / 30.4), 'month')}"
