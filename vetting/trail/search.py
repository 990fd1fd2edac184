"""Reading the trail: which entries are about this, by whom, of what kind, between which days."""

from datetime import datetime, time, timedelta
from typing import Any

from schemas.codes import Role
from schemas.trail import Asked, TrailPage, TrailRow
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
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
    return TrailPage(rows=tuple(rows), total=total, page=page, pages=pages, stretch=found)


def actions_seen(db: Cursor, viewer: Viewer) -> dict[str, int]:
    """How many entries there are of each kind."""
    require(viewer, Role.ADMIN, Role.REVIEWER)
    return {row["action"]: row["entries"] for row in fetch_rows(db, ACTIONS, {})}


def _begin(day: Any) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min)
