"""`release publish` and `release list`."""

from datetime import datetime
from typing import Annotated

import typer

from schemas.codes import Role, Via
from vetting.commands.context import OPERATOR, Actor, Database, Day, Json, counter, operator, parse_moment
from vetting.commands.tables import table
from vetting.disclosure.release import list_releases, publish

app = typer.Typer(help="What buyers and partners see: frozen figures.", no_args_is_help=True)


@app.command("publish")
def publish_release(
    context: typer.Context,
    actor: Actor,
    as_of: Annotated[
        Day | None, typer.Option("--as-of", help="A quarter's end at least 90 days back. Default: the newest.")
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=parse_moment, metavar="T", help="By what was known then. Default: now."),
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Freeze and publish what buyers see."""
    here = counter(context)
    with here.store() as store:
        summary = publish(
            store,
            operator(actor, Role.REVIEWER),
            as_of=as_of,
            known_at=known_at,
            via=Via.CLI,
            now=here.now,
            today=here.today(store),
        )
    if as_json:
        here.say_json(summary.model_dump(mode="json"))
    else:
        here.say(f"Release {summary.release_id} as of {summary.as_of}: {summary.agencies} agencies are shown.")


@app.command("list")
def list_all(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Every release, newest first."""
    here = counter(context)
    with here.store() as store:
        rows = [one.model_dump(mode="json") for one in list_releases(store.cursor(), operator(OPERATOR, Role.REVIEWER))]
    if as_json:
        here.say_json(rows)
    else:
        here.say(table(rows, ("release_id", "as_of", "known_at", "agencies"), "Nothing has been released yet."))
