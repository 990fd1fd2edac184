"""`score`: live figures for reviewers, or what the newest release shows buyers."""

from datetime import datetime
from typing import Annotated

import typer

from schemas.codes import Role
from vetting.commands.context import OPERATOR, Database, Day, Json, Reader, counter, operator, parse_moment
from vetting.commands.tables import csv_text
from vetting.disclosure.clocks import set_clocks
from vetting.disclosure.exports import SCORE_COLUMNS, released_row, score_row
from vetting.disclosure.live import kept_note, live_score, live_scores
from vetting.disclosure.released import released_json
from vetting.refusals import Refusal
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies, fetch_agency
from vetting.store.merges import fetch_standing


def score(
    context: typer.Context,
    as_of: Annotated[Day | None, typer.Option("--as-of", help="The day the window ends. Default: today.")] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option(
            "--known-at", parser=parse_moment, metavar="T", help="By what was known then, UTC; a day means its end."
        ),
    ] = None,
    agency: Annotated[str | None, typer.Option(metavar="ID", help="One agency: its id or its licence number.")] = None,
    role: Annotated[Reader, typer.Option(help="buyer answers from the newest release not after --as-of.")] = (
        Reader.REVIEWER
    ),
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Say it as CSV, which is the default.")] = False,
    database: Database = None,
) -> None:
    """Scores as CSV, or with every indicator as JSON."""
    here = counter(context)
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    with here.store() as store:
        db, today = store.cursor(), here.today(store)
        wanted = None if agency is None else _agency_id(db, agency)
        if role is Reader.BUYER:
            buyer = operator(OPERATOR, Role.BUYER)
            day = as_of or today
            answers = released_json(db, buyer, as_of=day, known_at=known_at, agency_id=wanted, now=here.now)
        else:
            reviewer = operator(OPERATOR, Role.REVIEWER)
            then = set_clocks(db, reviewer, as_of=as_of, known_at=known_at, today=today, now=here.now)
            scores = (
                live_scores(db, reviewer, as_of=then.as_of, known_at=then.known_at)
                if wanted is None
                else [live_score(db, reviewer, wanted, as_of=then.as_of, known_at=then.known_at)]
            )
            answers = [one.as_json() for one in scores]
            for note in sorted({kept_note(one) for one in scores if one.kept_on}):
                here.note(note)
    if as_json:
        here.say_json(answers)
    else:
        as_row = released_row if role is Reader.BUYER else score_row
        here.say(csv_text([as_row(answer) for answer in answers], SCORE_COLUMNS))


def _agency_id(db: Cursor, text: str) -> str:
    """By id, else by a licence number that one agency alone has. An old id stays as it is: at an earlier moment it
    may have been its own agency."""
    entries = [(agency.agency_id, agency.licence) for agency in fetch_agencies(db)]
    entries += [(merged.agency_id, merged.licence) for merged in fetch_standing(db)]
    found = [entry for entry, licence in entries if text in (entry, licence)]
    if len(found) > 1:
        raise Refusal(f"{len(found)} agencies have the licence number {text!r}, in several countries. Give the id.")
    return found[0] if found else fetch_agency(db, text).agency_id
