"""From the headline to the band: what holds each gate, and the rules in their order with the one that decided."""

import streamlit as st

from pages.parts import bands, charts, formulas, tables, words
from pages.parts.bands import FACES, Face
from pages.parts.score_road import fold, fraction
from pages.parts.scores import points
from schemas.codes import Band, Outcome
from schemas.making import Making, Opening, RuleTried
from schemas.standard import Standard
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE

HELD, NOT_HELD, NOT_TRIED = "holds", "does not hold", "not reached"


def gates(made: Making, standard: Standard) -> None:
    st.subheader("4. Gates: what stops an agency whatever its points", anchor=False)
    rules = standard.gates
    st.markdown(
        "A gate opens when one report against it is investigated and found so; or when the lower end of the share lies "
        f"above the allowance, with at least {rules.min_adverse} reports that count, and these come from "
        f"{rules.min_partners} partners, or {rules.min_verified} of them are verified, or there are "
        f"{rules.min_adverse_uncorroborated}. Reports answered by a clearance, and workers repaid, no longer count. "
        f"{formulas.link('Gates')}"
    )
    shown = charts.mode()
    columns = {
        "The worker…": lambda o: BY_CODE[o.indicator].wording,
        "Lower end, allowance": lambda o: f"{fraction(o.low)}, {fraction(BY_CODE[o.indicator].t)}",
        "Reports that count": lambda o: tables.Two(o.adverse, f"{o.left_out} left out" if o.left_out else ""),
        "Partners": lambda o: o.partners,
        "Verified": lambda o: o.verified,
        "Investigated": lambda o: o.investigated,
        "Gate": lambda o: tables.Two(_gate(o, shown), would_open(o, standard)),
    }
    counts = {"Lower end, allowance", "Reports that count", "Partners", "Verified", "Investigated"}
    opened = [each for each in made.openings if each.open]
    if made.score.gates:
        st.markdown("\n".join(f"- {speech.gate_sentence(made.score, standard, gate)}" for gate in made.score.gates))
    with fold("gates", f"All {len(made.openings)} gates: {len(opened) or 'none'} open"):
        tables.show(made.openings, columns, empty="", numbers=counts)
    if not made.critical:
        st.markdown("No critical finding is open; one would put it on hold by itself.")


def band(made: Making, standard: Standard) -> None:
    st.subheader("5. The band: the first rule that holds", anchor=False)
    decided = next(place for place, rule in enumerate(made.rules) if rule.decides)
    face = FACES[made.score.band]
    st.markdown(f"{bands.badge(face)} by rule {decided + 1} of {len(made.rules)}. {formulas.link('Band')}")
    said = dict(zip((rule.name for rule in made.rules), wording(standard).values(), strict=True))
    columns = {
        "Rule": lambda r: tables.Two(f"{r[0] + 1}. {said[r[1].name]}", here(r[1].name, made, standard)),
        "Here": lambda r: _held(r, decided),
        "Gives": lambda r: bands.word(r[1].band),
    }
    tables.show(list(enumerate(made.rules)), columns, empty="")
    rests = made.score.rests_on
    if rests:
        st.markdown(f"It rests on one partner: without {' or without '.join(rests)} the band would be lower.")
    else:
        st.markdown("It does not rest on one partner: leaving out any one would not lower the band.")
    st.markdown(formulas.link("Rests on one partner"))


def wording(standard: Standard) -> dict[str, str]:
    """The rules by name, in their order, with the standard's own numbers."""
    b = standard.bands
    return {
        "gate_open": "A gate is open, or a critical finding.",
        "too_few_workers": f"Fewer than {b.min_workers} workers were heard.",
        "low_coverage": f"Workers assessed less than {words.share(b.min_worker_coverage)} of the weight, or one of "
        "what must be assessed is not: fees, passports, movement, wages, threats.",
        "weak": f"The middle is under {b.weak_mid:g} and the high end under {b.weak_high:g}.",
        "gate_in_doubt": f"On a knock-out criterion {b.doubt_adverse} or more report it, and the share is above the "
        "allowance.",
        "strong": f"The low end is at {b.strong_low:g} or more, there is no sign of fees, no major finding is open, "
        f"{b.strong_partners} partners report, and no indicator relies on auditors.",
        "fair": f"The low end is at {b.fair_low:g} or more.",
        "surely_weak": f"High and low end are at most {b.weak_width:g} points apart.",
        "range_too_wide": "Nothing else holds: the range is too wide to say.",
    }


def here(name: str, made: Making, standard: Standard) -> str:
    """What stands here for the rule to be held against."""
    score, found = made.score, made.headline.range
    silent = [code for code in standard.bands.must_be_assessed if score.indicator(code).outcome is Outcome.NOT_ASSESSED]
    low, mid, high = ["not assessed"] * 3 if found is None else [f"{end:.2f}" for end in found.as_json().values()]
    doubted = [score.indicator(code) for code in made.in_doubt]
    fees = score.indicator(speech.FEES)
    return {
        "gate_open": f"Here: {len(score.gates)} open." if score.gates else "Here: none open.",
        "too_few_workers": f"Here: {score.workers}.",
        "low_coverage": f"Here: {fraction(score.worker_coverage)}; "
        + (f"not assessed: {', '.join(BY_CODE[code].wording for code in silent)}." if silent else "all assessed."),
        "weak": f"Here: middle {mid}, high end {high}.",
        "gate_in_doubt": "Here: "
        + ("; ".join(f"{speech.counted(each)} ({BY_CODE[each.code].wording})" for each in doubted) or "none")
        + ".",
        "strong": f"Here: low end {low}; fees: {speech.outcome_words(fees.code, fees.outcome, fees.k > 0)}; "
        f"{'a' if made.major else 'no'} major finding open; {score.partners} partners; "
        f"{len(score.auditors_in) or 'no'} indicators rely on auditors.",
        "fair": f"Here: {low}.",
        "surely_weak": "Here: " + ("not assessed." if found is None else f"{found.high - found.low:.2f} points apart."),
        "range_too_wide": "",
    }[name]


def would_open(opening: Opening, standard: Standard) -> str:
    """What is missing for the gate to open."""
    if opening.open:
        return ""
    rules, lacks = standard.gates, []
    if not opening.not_met:
        lacks.append("a lower end above the allowance")
    if not opening.several:
        lacks.append(f"{rules.min_adverse} reports")
    if not opening.corroborated:
        lacks.append(
            f"{rules.min_partners} partners (or {rules.min_verified} verified, or {rules.min_adverse_uncorroborated} "
            "reports)"
        )
    return f"Lacks {'; '.join(lacks)}."


def _gate(opening: Opening, shown: bands.Mode) -> tables.Drawn:
    face = Face("open", "front_hand", "red", "") if opening.open else Face("not open", "remove", "gray", "")
    return tables.Drawn(bands.chip(face, shown))


def _held(tried: tuple[int, RuleTried], decided: int) -> tables.Two:
    place, rule = tried
    if rule.decides:
        return tables.Two(tables.Drawn(bands.chip(FACES[rule.band], charts.mode(), HELD)), "and decides")
    if place > decided:
        return tables.Two(NOT_TRIED, f"alone it {'would hold' if rule.holds else 'would not'}")
    return tables.Two(NOT_HELD, "")


def sentence(made: Making) -> str:
    """The whole road in one breath."""
    score = made.score
    assessed = sum(each.outcome is not Outcome.NOT_ASSESSED for each in score.indicators)
    applicable = [each for each in score.criteria if each.applicable]
    spoken = sum(each.range is not None for each in applicable)
    head = (
        f"{score.workers} workers were heard by {score.partners} partners. {assessed} of {len(score.indicators)} "
        f"indicators and {spoken} of {len(applicable)} criteria could be assessed. Together: {points(score.points)}."
    )
    if score.band is Band.ON_HOLD:
        return f"{head} A gate is open, and that comes before every number."
    return head
