"""How firm is this score? What reviewers read before they rely on it."""

from html import escape

import streamlit as st

from pages.parts import bands, charts, formulas, links, session, tables, words
from pages.parts.bands import FACES
from pages.parts.scores import points
from schemas.clocks import Clocks
from schemas.codes import Band, Channel
from schemas.robustness import ChannelShare, Firmness, LeftOut, Standing
from schemas.score import Score
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.disclosure.robustness import firmness
from vetting.scoring.channels import apart
from vetting.scoring.indicators import BY_CODE

MOST_DRAWN = 6  # partners in the picture; the table has all
FITS = 28  # letters of a partner's name in the picture
CHANNELS = {
    Channel.IN_PERSON: "in person",
    Channel.PHONE: "by phone",
    Channel.APP: "in an app",
    Channel.HOTLINE: "on a hotline",
    Channel.AUDIT_INTERVIEW: "in an audit's interview",
    Channel.POST_ARRIVAL_SURVEY: "in a survey after arrival",
    Channel.RETURN_SURVEY: "in a survey after return",
}
CHANGES_NOTHING = "For reviewers, to argue with: nothing here changes the score."


def section(viewer: Viewer, score: Score, standard: Standard, then: Clocks) -> None:
    """On the agency's page, by the clocks of its score."""
    st.subheader("How firm is this?", anchor=False)
    firm = firmness(session.db(), viewer, score.agency_id, as_of=score.as_of, known_at=score.known_at)
    st.markdown(rests(firm))
    if firm.left_out:
        _left_out(firm, standard)
    st.markdown(weighed(firm))
    past = {"as_of": then.as_of.isoformat()} if then.past else {}
    past |= {"known_at": then.known_at.isoformat()} if then.known_at else {}
    sandbox = links.WINDOWS["sandbox"]
    links.to("sandbox", "Try other weights in the sandbox", icon=sandbox.icon, agency=score.agency_id, **past)
    _channels(firm)
    st.caption(f"{CHANGES_NOTHING} {formulas.link('How firm a score is')}")


def rests(firm: Firmness) -> str:
    """Whether the band would stand without any one partner, in a sentence."""
    if not firm.left_out:
        return "No independent partner or auditor has reported yet, so there is nobody to leave out."
    if firm.official.band is Band.ON_HOLD:
        freed = [words.literal(each.name) for each in firm.left_out if each.without.band is not Band.ON_HOLD]
        return (
            f"It is on hold by what one partner reports: without {words.listed(freed)} it would not be."
            if freed
            else "It would be on hold without any one of its partners."
        )
    if firm.rests_on:
        named = [words.literal(each.name) for each in firm.rests_on]
        return f"**Rests on one partner**: without {words.listed(named)} the band would be lower."
    whom = "it" if len(firm.left_out) == 1 else "any one of them"
    return f"Heard by {words.count(len(firm.left_out), 'partner')}; without {whom} the band would be no lower."


def weighed(firm: Firmness) -> str:
    """Whether the band would stand under other weights of the principles, in sentences."""
    drawn, official = firm.weights, firm.official.band
    others = [f"{each.draws} read “{bands.word(each.band)}”" for each in drawn.bands if each.band is not official]
    said = [
        f"**Under other weights of the principles** the band is “{bands.word(official)}” in {drawn.held} of "
        f"{drawn.draws} draws{'; ' + words.listed(others, 'and') if others else ''}."
    ]
    if drawn.middle is not None:
        said.append(
            f"In 95 of 100 draws the middle lies between {drawn.middle.low:.1f} and {drawn.middle.high:.1f} points."
        )
    if official is Band.ON_HOLD:
        said.append("What holds an agency comes before every weight.")
    return f"{' '.join(said)} Draws lie around the scheme's weights, mostly within half of each (assumed)."


def _left_out(firm: Firmness, standard: Standard) -> None:
    rows = [_row(f"As scored · {bands.word(firm.official.band)}", firm.official)]
    rows += [
        _row(f"Without {_fitting(each.name)}", each.without, _note(each, firm)) for each in firm.left_out[:MOST_DRAWN]
    ]
    steps = charts.Steps(standard.bands.fair_low, standard.bands.strong_low)
    charts.draw(rows, steps, key="left_out", bar="95 % range", dot="middle", about="The headline without each partner")
    shown = charts.mode()
    columns = {
        "Without": lambda each: tables.Two(each.name, f"{words.count(each.heard, 'worker')} heard by them"),
        "Workers left": lambda each: each.workers,
        "It would read": lambda each: tables.Two(
            tables.Drawn(bands.chip(FACES[each.without.band], shown)), _because(each, firm.official)
        ),
        "Points": lambda each: points(each.without.points),
    }
    with st.expander(f"The same as a table: {words.count(len(firm.left_out), 'partner')}, left out in turn"):
        tables.show(firm.left_out, columns, empty="", numbers={"Workers left"})


def _channels(firm: Firmness) -> None:
    """Whether what workers say hangs on how they were asked."""
    if not firm.channels:
        return
    differing = apart(firm.channels)
    used = list(dict.fromkeys(CHANNELS[each.channel] for each in firm.channels))
    if differing:
        named = "; ".join(BY_CODE[code].wording for code in differing)
        said = f"what workers report hangs on it, and their ranges do not meet: {named}."
    elif len(used) == 1:
        said = f"all were heard {used[0]}."
    else:
        said = "no two channels' ranges are apart, where enough were heard to tell."
    st.markdown(f"**By interview channel**: {said}")
    columns = {
        "The worker…": lambda each: tables.Two(BY_CODE[each.indicator].wording, f"heard {CHANNELS[each.channel]}"),
        "Report it": lambda each: f"{each.k} of {each.n}",
        "Share": lambda each: "too few to say" if each.share is None else words.share(each.share),
        "95 % range": _between,
    }
    with st.expander("Fees and the other knock-out questions, by channel"):
        tables.show(firm.channels, columns, empty="", numbers={"Report it", "Share", "95 % range"}, key="channels")


def _between(each: ChannelShare) -> str | None:
    if each.low is None or each.high is None:
        return None
    return f"{words.share(each.low)} to {words.share(each.high)}"


def _row(label: str, found: Standing, note: str = "") -> charts.Row:
    low, mid, high = (None,) * 3 if found.points is None else (found.points.low, found.points.mid, found.points.high)
    return charts.Row(label, low, mid, high, None, note, "Nothing would be assessed")


def _note(each: LeftOut, firm: Firmness) -> str:
    if each.lowers:
        return "lower band"
    return "" if each.without.band is firm.official.band else "another band"


def _fitting(name: str) -> str:
    """A name that a phone's line has room for, as letters whatever it holds; the table has the whole."""
    return escape(name if len(name) <= FITS else f"{name[: FITS - 1].rstrip()}…")


def _because(each: LeftOut, official: Standing) -> str:
    """What is behind it, where there would be no band."""
    if each.lowers:
        return "lower than it is now" + (
            f". {bands.REASONS[each.without.band_reason]}" if each.without.band_reason else ""
        )
    return "as it is now" if each.without.band is official.band else ""
