"""The sample of workers to interview: how it was drawn, who of it was heard, and the forms for both."""

import streamlit as st

from pages.parts import case_forms, forms, scores, session, tables, words
from pages.parts.case_steps import fold, offered
from schemas.case import Case
from schemas.case_page import CaseAct, CasePage
from schemas.codes import Sex, Via
from schemas.interview_draw import Draw, DrawnStratum
from schemas.viewer import Viewer
from vetting.certification import interview_draw, sheets

SEXES = {Sex.FEMALE: "women", Sex.MALE: "men", Sex.OTHER: "other", Sex.UNDISCLOSED: "sex not disclosed"}
DRAW, AGAIN, COUNT = "Draw the sample", "Draw the sample again", "Count interviews"
HEADINGS = ",".join(sheets.STRATA) + "\n"


def interviews(viewer: Viewer, page: CasePage) -> None:
    st.subheader("Workers to interview", anchor=False)
    sample, drawn = page.interviews, page.draws[-1] if page.draws else None
    if sample.required is None:
        st.markdown(
            f"**{words.number(sample.interviewed)}** interviewed. How many are needed is unknown: deployments unknown."
        )
    else:
        st.markdown(
            f"**{words.number(sample.interviewed)}** of **{words.number(sample.required)}** the scheme asks for."
        )
        st.progress(min(sample.interviewed / max(sample.required, 1), 1.0))
    if drawn is None:
        st.caption("No sample is drawn." if not sample.interviewed else "Counted in all, before samples were drawn.")
    else:
        _drawn(drawn, page.agency.deployed_12m)
    if former := page.draws[:-1]:
        with st.expander(f"{words.count(len(former), 'former draw')}, kept"):
            for draw in reversed(former):
                _drawn(draw, None)
    if offered(page, CaseAct.DRAW_SAMPLE, "Draw and count"):
        if drawn:
            with fold(COUNT):
                _count(viewer, page.case, drawn)
        elif sample.interviewed:
            with fold("Record the count"):
                case_forms.count_interviews(viewer, page.case, sample)
        with fold(AGAIN if drawn else DRAW):
            _draw(viewer, page.case, drawn)


def _drawn(draw: Draw, deployed: int | None) -> None:
    """Where it stands, and all that somebody needs to draw it again."""
    columns = {
        "Stratum": lambda s: tables.Two(s.client, f"{_corridor(s)}, {SEXES[s.sex]}"),
        "Placed": lambda s: s.placed,
        "Heard": lambda s: f"{words.number(s.heard)} of {words.number(s.sample)}",
        "Lines of the agency's list": lambda s: tables.Two(_lines(sorted(s.positions)), _beside(s)),
    }
    tables.show(draw.strata, columns, empty="", numbers={"Placed", "Heard"}, key=draw.draw_id)
    listed = sum(stratum.placed for stratum in draw.strata)
    known = "" if deployed is None else f" The register says {words.number(deployed)} were deployed in 12 months."
    st.caption(
        f"Drawn {words.moment(draw.recorded_at)} by {words.literal(draw.actor)} among {words.count(listed, 'worker')} "
        f"on the agency's lists.{known}{_why(draw)} Seed `{draw.seed}`, rule `{draw.rule}`: anybody can draw it again."
    )


def _why(draw: Draw) -> str:
    return f" Drawn again because: {words.literal(draw.reason)}" if draw.reason else ""


def _lines(lines: list[int]) -> str:
    return ", ".join(str(line) for line in lines) or "nobody"


def _beside(stratum: DrawnStratum) -> str:
    reserve = f"In reserve, in this order: {_lines(list(stratum.reserves))}." if stratum.reserves else ""
    if not stratum.substituted:
        return reserve
    return f"{words.number(stratum.substituted)} heard in place of others: {stratum.why_substituted} {reserve}"


def _draw(viewer: Viewer, case: Case, drawn: Draw | None) -> None:
    covered = ", ".join(str(corridor) for corridor in case.scope.corridors)
    st.caption(
        f"A line for each corridor ({covered}), sex and client: the employer workers went to. Say how many workers "
        "the agency's own list of them holds, 0 where it placed nobody. Names of workers are never entered; a "
        "household that employs is written as “private households”."
    )
    with st.form(forms.fresh("draw"), border=True):
        typed = st.text_area(
                        f"Strata, one a line: {', '.join(sheets.STRATA)}",
            value=HEADINGS, height=160, key=forms.fresh("draw_strata"),
            help="Paste it from a spreadsheet, or type it: NPL,QAT,male,Pearl Towers,120",
        )  # fmt: skip
        sent = st.file_uploader("Or a file with the same columns", key=forms.fresh("draw_file"), max_upload_size=2)
        reason = st.text_input("Why it has to be drawn again", key=forms.fresh("draw_reason")) if drawn else ""
        if not st.form_submit_button(AGAIN if drawn else DRAW, key=forms.fresh("draw_submit")):
            return
    with forms.refusals():
        strata = (
            sheets.read_strata(typed.encode(), "strata.csv") if sent is None
            else sheets.read_strata(sent.getvalue(), sent.name)
        )  # fmt: skip
        made = interview_draw.draw_sample(
            session.store(), viewer, case.case_id, strata, seed=interview_draw.new_seed(), reason=reason,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{words.count(made.size, 'worker')} drawn in {words.count(len(made.strata), 'stratum', 'strata')}.")


def _count(viewer: Viewer, case: Case, drawn: Draw) -> None:
    by_place = {stratum.place: stratum for stratum in drawn.strata if stratum.sample}
    waits = next((at for at, stratum in enumerate(by_place.values()) if not stratum.complete), 0)
    place = st.selectbox(
        "Stratum",
        list(by_place),
        index=waits,
        format_func=lambda place: _named(by_place[place]),
        key=forms.fresh("count_stratum"),
    )
    stratum = by_place[place]
    with st.form(forms.fresh(f"count_{place}"), border=True):
        left, right = st.columns(2)
        interviewed = left.number_input(
            "Drawn workers heard so far, in all", min_value=0, value=stratum.interviewed, step=1,
            key=forms.fresh(f"count_{place}_interviewed"),
        )  # fmt: skip
        substituted = right.number_input(
            "Others heard in their place", min_value=0, value=stratum.substituted, step=1,
            help="From the reserve, in its order, as long as it lasts.", key=forms.fresh(f"count_{place}_substituted"),
        )  # fmt: skip
        reason = st.text_input(
            "Why others were heard", value=stratum.why_substituted, max_chars=500,
            key=forms.fresh(f"count_{place}_reason"),
        )  # fmt: skip
        if not st.form_submit_button("Record the count", key=forms.fresh(f"count_{place}_submit")):
            return
    with forms.refusals():
        after = interview_draw.count_stratum(
            session.store(), viewer, case.case_id, place, interviewed=int(interviewed), substituted=int(substituted),
            reason=reason, via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{after.heard} of {after.sample} heard: recorded.")


def _corridor(stratum: DrawnStratum) -> str:
    return scores.corridor(stratum.corridor.origin, stratum.corridor.destination)


def _named(stratum: DrawnStratum) -> str:
    return f"{stratum.client} · {_corridor(stratum)} · {SEXES[stratum.sex]} · {stratum.heard} of {stratum.sample} heard"
