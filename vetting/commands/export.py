"""`export register` and `export scores`: what the pages export, as a file that says what it is."""

from typing import Annotated

import typer

from schemas.codes import LicenceStatus, Role
from schemas.viewer import PUBLIC
from vetting.commands.context import OPERATOR, Counter, Database, Day, Reader, counter, operator
from vetting.disclosure.exports import register_csv, scores_csv
from vetting.registers import read_country

app = typer.Typer(help="CSV files that say what they are and from when, without formulas.", no_args_is_help=True)
Output = Annotated[
    str | None, typer.Option("--output", metavar="FILE", help="Write it there; nothing is overwritten. Default: here.")
]


@app.command()
def register(
    context: typer.Context,
    country: Annotated[str | None, typer.Option(metavar="COUNTRY", help="Only agencies licensed there.")] = None,
    status: Annotated[LicenceStatus | None, typer.Option(help="Only licences of this status.")] = None,
    output: Output = None,
    database: Database = None,
) -> None:
    """The public register: licences and certificates as they stand today."""
    here = counter(context)
    code = None if country is None else read_country(country)
    with here.store() as store:
        today = here.today(store)
        data = register_csv(store.cursor(), PUBLIC, country=code, status=status, today=today, now=here.now)
    _write(here, data, output)


@app.command()
def scores(
    context: typer.Context,
    as_of: Annotated[Day | None, typer.Option("--as-of", help="The day the window ends. Default: today.")] = None,
    role: Annotated[Reader, typer.Option(help="Live figures, or the newest release not after --as-of.")] = (
        Reader.REVIEWER
    ),
    output: Output = None,
    database: Database = None,
) -> None:
    """Every agency's band, range, workers and coverage."""
    here = counter(context)
    with here.store() as store:
        viewer = operator(OPERATOR, Role(role.value))
        data = scores_csv(store.cursor(), viewer, as_of=as_of or here.today(store), now=here.now)
    _write(here, data, output)


def _write(here: Counter, data: bytes, output: str | None) -> None:
    if output is None:
        here.say(data.decode("utf-8-sig").rstrip("\r\n"))
    else:
        here.write(output, data)
