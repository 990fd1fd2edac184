"""`rates import` and `rates convert`: what an amount was worth in dollars on a day, and rates the table lacks."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from schemas.codes import Via
from schemas.exchange_rate import Conversion
from schemas.lookup import ambiguous_currency, currency_code
from vetting.commands.context import (
    OPERATOR,
    Actor,
    Counter,
    Database,
    Json,
    counter,
    operator,
    parse_day,
    parse_moment,
)
from vetting.commands.problems import say_taken
from vetting.exchange import convert
from vetting.refusals import Refusal
from vetting.store.exchange_rates import add_rates, fetch_rates

AMOUNT = re.compile(r"[0-9]{1,14}(\.[0-9]{1,4})?")

app = typer.Typer(help="Exchange rates, and amounts in dollars.", no_args_is_help=True)


def _amount(text: str) -> Decimal:
    """As the store has room for: 14 digits, and four after the point."""
    if not AMOUNT.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no amount. Write it in digits with a point, such as 10000.50.")
    return Decimal(text)


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV: currency, rate_date, per_usd, source, kind.")],
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Add exchange rates from a file: all of it, or, when anything is wrong with it, nothing."""
    here = counter(context)
    data = here.read(file)
    with here.store() as store:
        result = add_rates(
            store, operator(actor), data, Path(file).name, today=here.today(store), via=Via.CLI, now=here.now
        )
    said = f"{result.rows} rows: {result.added} rates added, {result.unchanged} known like that before."
    say_taken(here, result, said, as_json=as_json)


@app.command("convert")
def convert_amount(
    context: typer.Context,
    amount: Annotated[Decimal, typer.Argument(metavar="AMOUNT", parser=_amount, help="Such as 10000.")],
    currency: Annotated[str, typer.Argument(metavar="CURRENCY", help="ISO 4217, such as NPR.")],
    day: Annotated[date, typer.Argument(metavar="DATE", parser=parse_day, help="The day the money changed hands.")],
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=parse_moment, metavar="MOMENT", help="Only rates known then (UTC)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As it does in any case.")] = False,  # noqa: ARG001
    database: Database = None,
) -> None:
    """Say, as JSON, an amount in dollars with the rate, its day, source and kind; refused where there is no rate."""
    here = counter(context)
    code = currency_code(currency)
    if code is None:
        may_mean = ambiguous_currency(currency)
        hint = f"It may be {', '.join(may_mean)}: write which." if may_mean else "Write a code of ISO 4217, as NPR."
        raise Refusal(f"{currency!r} is no currency for certain. {hint}")
    with here.store() as store:
        _say(here, convert(amount, code, day, fetch_rates(store.cursor(), known_at)))


def _say(here: Counter, found: Conversion) -> None:
    here.say_json(found.model_dump(mode="json") | {"usd": float(found.usd), "rate": float(found.rate)})
