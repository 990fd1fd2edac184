"""Reading the trail: which entries are about this, by whom, of what kind, between which days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from schemas.codes import Action, Role
from schemas.trail import Asked, TrailLine, TrailPage, TrailRow
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.store.agencies import fetch_agencies
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records, fetch_rows
from vetting.trail.chain import COLUMNS

PAGE = 25  # entries
BETWEEN = """
($since IS NULL OR recorded_at >= $since) AND ($until IS NULL OR recorded_at < $until)
"""
FOUND = f"""
FROM desk.trail
WHERE {BETWEEN}
    AND ($subject = '' OR contains(lower(subject), lower($subject)))
    AND ($actor = '' OR contains(lower(actor), lower($actor)))
    AND ($action IS NULL OR action = $action)
"""
COUNT = f"SELECT count(*) AS total {FOUND}"
LIST = f"SELECT {COLUMNS} {FOUND} ORDER BY seq DESC LIMIT $most OFFSET $skipped"
STRETCH = f"SELECT min(seq) AS first, max(seq) AS last FROM desk.trail WHERE {BETWEEN}"
CASES = "SELECT case_id, agency_id FROM desk.case WHERE case_id IN (SELECT unnest($subjects))"
# What administrators do or look after. Of all else they read that it happened: cases, findings and figures are for
# reviewers (design, what each role may see).
OF_ADMINISTRATORS = frozenset(
    {
        Action.STORE_INIT,
        Action.SETTING_SET,
        Action.AGENCIES_IMPORT,
        Action.ALIAS_RETRACT,
        Action.AGENCY_MERGE,
        Action.AGENCY_SPLIT,
        Action.MEMBER_ADD,
        Action.MEMBER_SUSPEND,
        Action.PARTNER_ADD,
        Action.PURGE,
        Action.ALARM_LIFT,
        Action.ALARM_RESTORE,
        Action.RATES_ADD,
        Action.CAPS_ADD,
        Action.TERMS_PUBLISH,
        Action.TERMS_ACCEPT,
        Action.TRAIL_EXPORT,
        Action.HEAD_PUBLISH,
    }
)
ACTIONS = "SELECT action, count(*) AS entries FROM desk.trail GROUP BY action ORDER BY action"


def find_entries(db: Cursor, viewer: Viewer, asked: Asked, page: int = 1) -> TrailPage:
    """The entries asked for, newest first, for administrators and reviewers; a page that is not there is the last."""
    require(viewer, Role.ADMIN, Role.REVIEWER)
    days = {"since": _begin(asked.since), "until": _begin(asked.until and asked.until + timedelta(days=1))}
    wanted = days | {"subject": asked.subject.strip(), "actor": asked.actor.strip(), "action": asked.action}
    total = int(fetch_rows(db, COUNT, wanted)[0]["total"])
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    rows = fetch_records(db, TrailRow, LIST, wanted | {"most": PAGE, "skipped": (page - 1) * PAGE})
    stretch = fetch_rows(db, STRETCH, days)[0]
    found = None if stretch["first"] is None else (stretch["first"], stretch["last"])
    return TrailPage(lines=tuple(_read(db, viewer, rows)), total=total, page=page, pages=pages, stretch=found)


def actions_seen(db: Cursor, viewer: Viewer) -> dict[str, int]:
    """How many entries there are of each kind."""
    require(viewer, Role.ADMIN, Role.REVIEWER)
    return {row["action"]: row["entries"] for row in fetch_rows(db, ACTIONS, {})}


def _read(db: Cursor, viewer: Viewer, rows: Sequence[TrailRow]) -> list[TrailLine]:
    names = {agency.agency_id: agency.name for agency in fetch_agencies(db)}
    found = fetch_rows(db, CASES, {"subjects": [row.subject for row in rows]})
    cases = {row["case_id"]: names.get(row["agency_id"], "") for row in found}
    lines = []
    for row in rows:
        about = "agency" if row.subject in names else "case" if row.subject in cases else ""
        name = names.get(row.subject) or cases.get(row.subject) or ""
        if viewer.role is Role.REVIEWER or row.action in OF_ADMINISTRATORS:
            lines.append(TrailLine(row=row, about=about, name=name))
        else:
            bare = row.model_copy(update={"before": None, "after": None, "reason": None})
            lines.append(TrailLine(row=bare, about=about, name=name, told=False))
    return lines


def _begin(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min)
