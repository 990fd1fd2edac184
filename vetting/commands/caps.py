"""`caps import` and `caps list`: the legal rules on what workers may be charged."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from schemas.codes import Via
from vetting.commands.context import OPERATOR, Actor, Database, Json, counter, operator, parse_moment
from vetting.commands.problems import say_taken
from vetting.commands.tables import table
from vetting.registers import read_country
from vetting.store.fee_caps import add_caps, fetch_caps

app = typer.Typer(help="Legal caps on what workers may be charged.", no_args_is_help=True)
SHOWN = (
    "rule",
    "category",
    "kind",
    "amount",
    "unit",
    "currency",
    "cap_scope",
    "binds",
    "since",
    "valid_to",
    "confidence",
)


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV: the columns of `caps list --json`.")],
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Add legal rules from a file, or replace rules of the same name: all of it, or, with anything wrong, nothing."""
    here = counter(context)
    data = here.read(file)
    with here.store() as store:
        result = add_caps(store, operator(actor), data, Path(file).name, via=Via.CLI, now=here.now)
    said = (
        f"{result.rows} rows: {result.added} rules added, {result.replaced} replaced, {result.unchanged} known like "
        "that before."
    )
    say_taken(here, result, said, as_json=as_json)


@app.command("list")
def list_caps(
    context: typer.Context,
    country: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Only rules of this origin or destination.")
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=parse_moment, metavar="MOMENT", help="As known then (UTC)."),
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """The rules of the reference and those added. Caps on what employers pay are not among them."""
    here = counter(context)
    code = None if country is None else read_country(country)
    with here.store() as store:
        caps = [c for c in fetch_caps(store.cursor(), known_at) if code in (None, c.origin, c.destination)]
    if as_json:
        here.say_json([cap.model_dump(mode="json") for cap in caps])
    else:
        rows = [cap.model_dump() | {"since": cap.valid_from or cap.in_force_by} for cap in caps]
        here.say(table(rows, SHOWN, "No rule is known."))
