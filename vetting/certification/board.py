"""What is due, what is late, what waits for a reviewer? Every open finding of every agency, the most urgent first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from schemas.agency import Agency
from schemas.board import BoardRow, Chosen, Stage
from schemas.case import Finding
from schemas.case_page import WaitsOn
from schemas.codes import ActionState, Grade, Role
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.moves import ENDED
from vetting.certification.periods import due_on, is_overdue
from vetting.disclosure.roles import require
from vetting.exports import Sidecar, export_csv
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.cases import fetch_cases
from vetting.store.findings import fetch_findings

COLUMNS = (
    "agency_id",
    "agency",
    "licence",
    "case_id",
    "finding_id",
    "criterion",
    "grade",
    "statement",
    "source",
    "state",
    "stage",
    "waits_on",
    "since",
    "due_on",
    "days_late",
    "owner",
)
STAGES, GRADES = tuple(Stage), tuple(Grade)
BY_STATE = {
    None: Stage.TO_AGREE,
    ActionState.AGREED: Stage.DUE,
    ActionState.DONE: Stage.TO_VERIFY,
    ActionState.VERIFIED: Stage.TO_CLOSE,
    ActionState.REJECTED: Stage.DUE,
}
ON_REVIEWER = (Stage.TO_VERIFY, Stage.TO_CLOSE, Stage.TO_AGREE)


def action_board(db: Cursor, viewer: Viewer, today: date) -> list[BoardRow]:
    """Every open finding: what is late first, the gravest and longest late of it first; then what reviewers owe, in the
    order it has waited; then what is due, the nearest date first; last what rests, and what asks for nothing."""
    require(viewer, Role.REVIEWER)
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)}
    under_way = {case.agency_id for case in fetch_cases(db) if case.state not in ENDED}
    rows = [
        _row(finding, agencies[finding.agency_id], today, rests=finding.agency_id not in under_way)
        for finding in fetch_findings(db)
        if finding.is_open and finding.agency_id in agencies
    ]
    return sorted(rows, key=_urgency)


def chosen_rows(rows: Sequence[BoardRow], chosen: Chosen) -> list[BoardRow]:
    return [
        row
        for row in rows
        if chosen.stage in (None, row.stage)
        and (not chosen.grades or row.finding.grade in chosen.grades)
        and chosen.agency in (None, row.finding.agency_id)
        and chosen.owner in (None, row.owner)
    ]


def board_csv(db: Cursor, viewer: Viewer, chosen: Chosen, *, today: date, now: datetime) -> bytes:
    """The chosen rows as a file that says what it is and from when."""
    rows = [as_row(row) for row in chosen_rows(action_board(db, viewer, today), chosen)]
    sidecar = Sidecar(filters=chosen.said, as_of=today, standard=load_standard().id, exported_at=now)
    return export_csv(rows, COLUMNS, sidecar)


def as_row(row: BoardRow) -> dict[str, str | int | None]:
    """One row in plain values, for a file or the command line."""
    finding = row.finding
    return {
        "agency_id": finding.agency_id,
        "agency": row.agency,
        "licence": row.licence,
        "case_id": finding.case_id,
        "finding_id": finding.finding_id,
        "criterion": finding.crit_code,
        "grade": finding.grade.value,
        "statement": finding.statement,
        "source": finding.source.said if finding.source else "our own review",
        "state": finding.state.value if finding.state else "open",
        "stage": row.stage.value,
        "waits_on": row.on.value,
        "since": row.since.isoformat(timespec="seconds"),
        "due_on": None if row.due_on is None else row.due_on.isoformat(),
        "days_late": None if row.days is None else max(-row.days, 0),
        "owner": row.owner,
    }


def _row(finding: Finding, agency: Agency, today: date, *, rests: bool) -> BoardRow:
    standard = load_standard()
    due = due_on(finding, standard)
    stage = Stage.LATE if is_overdue(finding, standard, today) else BY_STATE[finding.state]
    if finding.grade is Grade.OBSERVATION and finding.state is None:
        stage = Stage.NO_DATE
    elif rests:
        stage = Stage.RESTS
    return BoardRow(
        finding=finding,
        agency=agency.name,
        licence=agency.licence,
        stage=stage,
        on=_waits_on(finding, stage),
        due_on=due,
        days=None if due is None else (due - today).days,
        owner=finding.actor,
        since=finding.actions[-1].recorded_at if finding.actions else finding.recorded_at,
    )


def _waits_on(finding: Finding, stage: Stage) -> WaitsOn:
    """What is late waits on the agency, unless nobody has agreed with it what to do."""
    if stage in (Stage.NO_DATE, Stage.RESTS):
        return WaitsOn.NOBODY
    return WaitsOn.REVIEWER if stage in ON_REVIEWER or finding.state is None else WaitsOn.AGENCY


def _urgency(row: BoardRow) -> tuple[Any, ...]:
    grade = GRADES.index(row.finding.grade)
    by_date = row.due_on or date.max
    waited = row.since.isoformat() if row.stage in ON_REVIEWER else ""
    first = grade if row.stage is Stage.LATE else 0
    return STAGES.index(row.stage), first, waited, by_date, grade, row.agency, row.finding.finding_id
