"""`agencies aliases list` and `agencies aliases retract`."""

from typing import Annotated

import typer

from schemas.codes import Via
from vetting.commands.context import Actor, Database, Json, Reason, counter, operator
from vetting.commands.tables import table
from vetting.store.agencies import fetch_agencies
from vetting.store.aliases import fetch_aliases, retract_alias

app = typer.Typer(help="Spellings of agencies' names that partners confirmed.", no_args_is_help=True)


@app.command("list")
def list_aliases(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Every confirmed spelling in force, with who confirmed it and when."""
    here = counter(context)
    with here.store() as store:
        db = store.cursor()
        names = {agency.agency_id: agency.name for agency in fetch_agencies(db)}
        rows = [
            alias.model_dump(mode="json") | {"agency": names.get(alias.agency_id, "")} for alias in fetch_aliases(db)
        ]
    if as_json:
        here.say_json(rows)
    else:
        columns = ("spelling", "agency", "agency_id", "partner", "actor", "recorded_at")
        here.say(table(rows, columns, "No spelling is confirmed. Partners confirm them when they send a file."))


@app.command("retract")
def retract(
    context: typer.Context,
    spelling: Annotated[str, typer.Argument(metavar="SPELLING", help="As `agencies aliases list` shows it.")],
    agency: Annotated[str, typer.Option(metavar="ID", help="The agency it was confirmed for.")],
    actor: Actor,
    reason: Reason,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Take back a confirmed spelling: from now on it is asked about again."""
    here = counter(context)
    with here.store() as store:
        ended = retract_alias(
            store, operator(actor), spelling=spelling, agency_id=agency, reason=reason, via=Via.CLI, now=here.now
        )
    if as_json:
        here.say_json({"spelling": spelling, "agency_id": agency, "retracted": len(ended)})
    else:
        here.say(f"{spelling} no longer stands for the agency {agency}.")
