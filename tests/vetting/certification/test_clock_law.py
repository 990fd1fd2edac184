"""The law of the clock: whenever it ticks, and however seldom, a certificate stands as if it had ticked every day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.case import Assessment, Case, Certificate, CorrectiveAction, Finding
from schemas.codes import ActionState, AssessmentKind, CaseState, Grade
from schemas.standard import load_standard
from tests.vetting.certification.desks import AGENCY, SCOPE
from vetting.certification.clock import Facts, due_of

ZONE = ZoneInfo("Asia/Kathmandu")
BEGIN = datetime(2026, 11, 22, 9, 0)
ISSUED = date(2026, 11, 22)
STANDARD = load_standard()
DAYS = 1200  # past the three years of a certificate
CASE = Case(
    case_id="case",
    recorded_at=BEGIN,
    agency_id=AGENCY,
    scope=SCOPE,
    standard=STANDARD.id,
    standard_hash=STANDARD.content_hash,
    interviews_required=10,
    opened_by="asha@example.org",
    state=CaseState.CERTIFIED,
    since=BEGIN,
)
CERTIFICATE = Certificate(
    number="FP-2026-0001",
    recorded_at=BEGIN,
    case_id="case",
    agency_id=AGENCY,
    scope=SCOPE,
    issued_on=ISSUED,
    expires_on=date(2029, 11, 22),
    deciding_body="Council",
    standard=STANDARD.id,
    standard_hash=STANDARD.content_hash,
    recommended_by="a",
    decided_by="b",
    reason="r",
)
OWED = list(ActionState)
days = st.sampled_from(range(1, DAYS))  # evenly, where `integers` would keep to the small ones
minutes = st.builds(lambda day, minute: BEGIN + timedelta(days=day, minutes=minute), days, st.integers(0, 1439))


def visit(recorded_at: datetime) -> Assessment:
    return Assessment(
        assessment_id="a",
        recorded_at=recorded_at,
        case_id="case",
        agency_id=AGENCY,
        kind=AssessmentKind.ON_SITE_REVIEW,
        completed_on=recorded_at.date(),
        assessor="x",
        chosen_by="x",
        paid_by="x",
        actor="x",
        criteria=("1.1",),
        visits_before=0,
    )


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding and what became of it, in any order a desk could write, an agreed date near or far."""
    recorded_at = draw(minutes)
    steps, at = [], recorded_at
    for state in draw(st.lists(st.sampled_from(OWED), max_size=4)):
        at += timedelta(minutes=draw(st.sampled_from(range(1, 150))) * 24 * 60 + draw(st.integers(0, 1439)))
        due = at.date() + timedelta(days=draw(st.sampled_from(range(200)))) if state is ActionState.AGREED else None
        steps.append(CorrectiveAction(recorded_at=at, state=state, due_on=due, note="n", actor="x"))
    return Finding(
        finding_id="f",
        recorded_at=recorded_at,
        case_id="case",
        agency_id=AGENCY,
        crit_code="1.1",
        grade=draw(st.sampled_from(list(Grade))),
        statement="s",
        actor="x",
        actions=tuple(steps),
    )


facts = st.builds(Facts, st.lists(findings(), max_size=2), st.lists(minutes.map(visit), max_size=4))


def by_then(known: Facts, at: datetime) -> Facts:
    """What had been written by that moment."""
    return Facts(
        [
            each.model_copy(update={"actions": tuple(step for step in each.actions if step.recorded_at <= at)})
            for each in known.findings
            if each.recorded_at <= at
        ],
        [each for each in known.assessments if each.recorded_at <= at],
    )


def first_minute(day: int) -> datetime:
    """UTC of midnight in Kathmandu, which is 18:15 of the day before."""
    return datetime.combine(ISSUED + timedelta(days=day - 1), time(18, 15))


def ticking(known: Facts, days: list[int]) -> tuple[CaseState, list[tuple[CaseState, date]]]:
    """The case after ticks at the beginning of these days, and what each wrote."""
    case, written = CASE, []
    for day in days:
        at = first_minute(day)
        due = due_of(case, CERTIFICATE, by_then(known, at), ISSUED + timedelta(days=day), ZONE)
        if due is not None and case.state is not CaseState.EXPIRED:
            written.append((due.to_state, due.since))
            case = case.model_copy(update={"state": due.to_state, "since": at})
    return case.state, written


@settings(max_examples=250, deadline=None)
@given(facts, st.sets(days, max_size=3), days)
def test_ticking_at_any_moments_ends_where_ticking_daily_ends(known: Facts, seldom: set[int], last: int):
    facts_on = {(each - BEGIN).days + offset for each in _moments(known) for offset in (0, 1, 2)}
    dues = {(day - ISSUED).days + offset for day in _days(known) for offset in (0, 1, 2)}
    # Nothing changes on other days, and ticking on them is left out for speed; a few are drawn at random.
    daily = sorted(day for day in facts_on | dues | seldom | {last} if 1 <= day <= last)
    every, wrote = ticking(known, daily)
    few, fewer = ticking(known, sorted(day for day in seldom | {last} if day <= last))
    assert few == every
    assert [step for step in wrote if step[0] is every][-1:] == [step for step in fewer if step[0] is few][-1:], (
        "and it holds since the same day"
    )


def _moments(known: Facts) -> list[datetime]:
    steps = [step.recorded_at for finding in known.findings for step in finding.actions]
    return [*steps, *(each.recorded_at for each in (*known.findings, *known.assessments))]


def _days(known: Facts) -> list[date]:
    """Every day something could fall due on."""
    starts = [each.recorded_at.date() for each in known.findings]
    agreed = [step.due_on for finding in known.findings for step in finding.actions if step.due_on]
    visits = [each.completed_on for each in known.assessments]
    years = [day + timedelta(days=365 + leap) for day in [ISSUED, *visits] for leap in (0, 1)]
    return [*agreed, *years, *(day + timedelta(days=days) for day in starts for days in (30, 90)), date(2029, 11, 22)]
