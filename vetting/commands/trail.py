"""`trail verify`."""

from typing import Annotated

import typer

from vetting import trail
from vetting.commands.context import Database, Json, Unfit, counter

app = typer.Typer(help="The chained trail of every act.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The chained trail of every act."""


@app.command()
def verify(
    context: typer.Context,
    head: Annotated[str | None, typer.Option(metavar="HASH", help="The head hash as it was published.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Prove that no entry was altered, removed, inserted or moved; or name the first bad one."""
    here = counter(context)
    with here.store() as store:
        found, flaw = trail.verify(store.cursor(), head)
    if as_json:
        here.say_json({"head": found, "sound": flaw is None, "flaw": flaw})
    elif flaw is None:
        here.say(f"The trail holds. Head: {found}")
    if flaw is not None:
        raise Unfit(flaw)
