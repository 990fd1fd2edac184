"""The single reports of one case: a reviewer opens one at a time, gives a reason, and every opening is on the trail.

Which may be opened: those that count for the case's agency today (never withdrawn, corrected or waiting ones, and no
agency's or employer's own), whose worker agreed that a reviewer reads the report (`consent_reviewer`). Reports about
workers under 18 are never opened, whoever agreed: by the age told or by the indicator's answer, in this report or in
another counted one of the same worker.

ASSUMPTION: reading serves a review, so it is open where findings are recorded: from document review until the
certificate ends. A draft or an application is no reason yet to read what workers said, an ended case none any more. A
reviewer must have declared to have no tie with the agency: silence is no such declaration.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.case import Case
from schemas.codes import Action, Role, Via
from schemas.fee_report import Kind, names_of
from schemas.single_report import Converted, Readable, ReportView, SingleReport
from schemas.standard import load_standard
from schemas.trail import Entry, TrailRow
from schemas.viewer import Viewer
from vetting import trail
from vetting.certification.cases import require_case
from vetting.certification.clock import standing_case
from vetting.certification.moves import HOLDING, UNDER_REVIEW, named
from vetting.certification.obstacles import refuse_if_any
from vetting.certification.reviewers import act_as_reviewer, obstacles_of_person, require_reason
from vetting.disclosure.roles import require
from vetting.disclosure.sides import sides
from vetting.refusals import NotFound
from vetting.scoring.counted import counted, of_merged, window
from vetting.scoring.indicators import CODES, COLUMNS
from vetting.scoring.score import newest_moment
from vetting.scoring.tally import SELF_DECLARED
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.answers import fetch_answers
from vetting.store.merges import fetch_merged, members
from vetting.store.rows import fetch_rows

ADULT = 18  # years: whoever is younger is a child (Convention on the Rights of the Child, article 1), as in W21
# A reviewer needs neither the partner's name for the worker nor what else the worker agreed to.
HIDDEN = frozenset({"report_id", "worker_ref", "notes", *names_of(Kind.CONSENT, Kind.PERMISSION)})
OPEN = """, heard AS (
    SELECT counted.*, kinds.kind AS partner_kind,
           coalesce(counted.age_at_recruitment < $adult, FALSE) OR coalesce(counted.w21, FALSE) AS young
    FROM counted
    JOIN kinds ON kinds.partner = counted.partner
    WHERE NOT list_contains($self_declared, kinds.kind)
), readable AS (
    SELECT heard.*
    FROM heard
    ANTI JOIN (SELECT partner, worker_ref FROM heard WHERE young AND worker_ref IS NOT NULL) AS minor
        ON minor.partner = heard.partner AND minor.worker_ref = heard.worker_ref
    WHERE heard.consent_use AND heard.consent_reviewer AND NOT heard.young
)
"""
LIST = counted(
    f"""{OPEN}
SELECT batch_id, line, {", ".join(COLUMNS)}
FROM readable
ORDER BY interview_date DESC, recorded_at DESC, batch_id, line
""",
    some=True,
    merged=True,
)
ONE = counted(f"{OPEN} SELECT * FROM readable WHERE batch_id = $batch_id AND line = $line", some=True, merged=True)
HEARD = counted(f"{OPEN} SELECT count(*) AS reports FROM heard", some=True, merged=True)


def readable_reports(db: Cursor, viewer: Viewer, case_id: str, today: date) -> Readable:
    """How many reports a reviewer may open in this case as of today, in counts alone: no row is read by this.

    Raises NotPermitted, NotFound for a case that is not there.
    """
    require(viewer, Role.REVIEWER)
    case = standing_case(db, case_id, today)
    asked = _asked(db, case.agency_id, today)
    found = fetch_rows(db, LIST, asked)
    adverse = Counter(code for row in found for code in CODES if row[code.lower()])
    return Readable(
        agency=fetch_agency(db, case.agency_id).name,
        counted=fetch_rows(db, HEARD, asked)[0]["reports"],
        readable=len(found),
        adverse={code: adverse[code] for code in CODES if adverse[code]},
        why_not=tuple(_obstacles(db, viewer, case)),
    )


def open_report(
    store: Store,
    viewer: Viewer,
    case_id: str,
    *,
    place: int = 1,
    adverse: str | None = None,
    reason: str,
    via: Via,
    now: datetime,
    today: date,
) -> SingleReport:
    """Open one report: the `place`-th (from 1) of those that may be opened, the newest interview first; with `adverse`,
    of those that report what this indicator asks about.

    The only way to a single report, and an act: its trail row names the case, the reviewer, the reason and, by batch
    and number, the report; nothing of what it says. Raises NotPermitted; Refusal without a reason, with a tie or
    without a word about it, in a case that is not under review; NotFound for a case or a place that is not there.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, SingleReport]:
        case = standing_case(moment.db, case_id, today)
        refuse_if_any("No single report of this case can be opened", _obstacles(moment.db, viewer, case))
        asked = _asked(moment.db, case.agency_id, today)
        found = [row for row in fetch_rows(moment.db, LIST, asked) if adverse is None or row.get(adverse.lower())]
        if not 1 <= place <= len(found):
            raise NotFound(f"There is no report {place} here: {len(found)} can be opened. Choose again.")
        chosen = {name: found[place - 1][name] for name in ("batch_id", "line")}
        row = fetch_rows(moment.db, ONE, asked | chosen)[0]
        told = fetch_answers(moment.db, row["batch_id"]).get("headers", {})
        report = _report(row, told, moment.recorded_at, place, len(found))
        after = {"agency": case.agency_id, "batch": report.batch_id, "report": report.report_id, "shown": 1}
        after |= {"place": place, "total": len(found), "adverse": adverse}
        return Entry(action=Action.REPORT_VIEW, subject=case_id, after=after, reason=reason), report

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def report_views(db: Cursor, viewer: Viewer, case_id: str) -> list[ReportView]:
    """Who opened which report of this case and why, the newest first."""
    require(viewer, Role.REVIEWER)
    require_case(db, case_id)
    seen = [row for row in trail.fetch_about(db, case_id) if row.action is Action.REPORT_VIEW]
    return [_view(row) for row in reversed(seen)]


def _obstacles(db: Cursor, viewer: Viewer, case: Case) -> list[str]:
    """What keeps this reviewer from opening a report of this case."""
    found = obstacles_of_person(db, case.agency_id, viewer.actor)
    if case.state not in UNDER_REVIEW | HOLDING:
        found.insert(
            0, f"The case is {named(case.state)}: reports are read for a review, or while a certificate stands."
        )
    return found


def _asked(db: Cursor, agency_id: str, today: date) -> dict[str, Any]:
    """The parameters of the statements above: of the agency and every entry that went into it, as known now."""
    known_at = newest_moment(db)
    merged = fetch_merged(db, known_at)
    entries = members(merged, [merged.get(agency_id, agency_id)])
    people = {"adult": ADULT, "self_declared": sorted(SELF_DECLARED)}
    return window(load_standard(), today, known_at, entries) | of_merged(merged) | people


def _report(
    row: Mapping[str, Any], told: Mapping[str, str], opened_at: datetime, place: int, total: int
) -> SingleReport:
    return SingleReport(
        opened_at=opened_at,
        place=place,
        total=total,
        batch_id=row["batch_id"],
        report_id=row["report_id"],
        received_at=row["recorded_at"],
        partner=row["partner"],
        partner_kind=row["partner_kind"],
        interview_date=row["interview_date"],
        channel=row["channel"],
        verification=row["verification"],
        responsible=row["responsible"],
        notes=row["notes"],
        currency=row["currency"],
        amount_paid=row["paid"],
        paid=_converted(row, "paid", row["currency"]),
        wage=_converted(row, "wage", row["wage_currency"]),
        adverse=tuple(code for code in CODES if row[code.lower()] is True),
        clean=tuple(code for code in CODES if row[code.lower()] is False),
        sides=sides(row, told, HIDDEN),
    )


def _converted(row: Mapping[str, Any], amount: str, currency: str | None) -> Converted | None:
    """None where no rate was known when the report was stored."""
    if currency is None or row[f"{amount}_per_usd"] is None:
        return None
    return Converted(
        currency=currency,
        usd=row[f"{amount}_usd"],
        per_usd=row[f"{amount}_per_usd"],
        rate_date=row[f"{amount}_rate_date"],
        source=row[f"{amount}_rate_source"],
        kind=row[f"{amount}_rate_kind"],
    )


def _view(row: TrailRow) -> ReportView:
    shown = json.loads(row.after or "{}")
    return ReportView(
        recorded_at=row.recorded_at,
        actor=row.actor,
        batch_id=shown["batch"],
        report_id=shown["report"],
        reason=row.reason or "",
    )
