"""Creating, keeping safe and bringing back the whole database."""

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from schemas.codes import Via
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Day, counter
from vetting.intake.forget import forget_again
from vetting.opening import create_sample, open_or_create
from vetting.refusals import Refusal
from vetting.store.backup import back_up, restore_from
from vetting.store.connect import StoreLocked, open_store
from vetting.store.rewrite import rewrite
from vetting.store.settings import fetch_settings


def init(
    context: typer.Context,
    sample: Annotated[bool, typer.Option("--sample", help="Fill it with the invented sample country.")] = False,
    today: Annotated[
        Day | None, typer.Option("--today", help="With --sample: the day the sample is seen from.")
    ] = None,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Create the database, or bring an older one up to date."""
    here = counter(context)
    if today is not None and not sample:
        raise typer.BadParameter("--today goes with --sample only.")
    if here.owned is not None:
        if sample:
            raise Refusal("The dashboard has this database open. Stop it first, or name a new file with --database.")
        here.say(f"{here.owned.path} is up to date; the dashboard has it open.")
        return
    address = here.address()
    if sample:
        create_sample(address, here.now, today or here.now.date())
        here.say(f"{address.desk} holds the sample country.")
        return
    there = address.desk.exists()
    open_or_create(address, here.now, actor=actor, via=Via.CLI).close()
    here.say(f"{address.desk} {'is up to date' if there else 'was created, empty'}.")


def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write it. Nothing is overwritten.")],
    database: Database = None,
) -> None:
    """Copy the whole database into FILE while it is in use, and check the copy."""
    here = counter(context)
    with here.store() as store:
        written, head = back_up(store, here.path(file))
        until = here.today(store) + timedelta(days=fetch_settings(store.cursor()).backup_days)
    for path in written:
        here.say(f"{path} ({path.stat().st_size:,} bytes)")
    here.say(f"The copy's trail holds. Head: {head}")
    here.say(
        f"Keep it until {until.isoformat()} at the latest, then delete it: it may hold rows that are purged by then."
    )


def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup made by `backup`.")],
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Put a checked backup in the database's place. Refused while the dashboard runs; the old file is kept.

    Consents that workers had withdrawn since the backup are withdrawn in it too.
    """
    here = counter(context)
    running = Refusal("The database is in use, so nothing was restored. Stop the dashboard first, then restore.")
    if here.owned is not None:
        raise running
    address = here.address()
    try:
        kept, head = restore_from(address, here.path(file), here.now)
    except StoreLocked:
        raise running from None
    here.say(f"{address.desk} was restored from {here.path(file)}.")
    for path in kept:
        here.say(f"What was there before is kept as {path}.")
    here.say(f"Its trail holds. Head: {head}")
    if kept:
        _withdraw_again(here, kept, actor)


def _withdraw_again(here: Counter, kept: list[Path], actor: str) -> None:
    try:
        with contextlib.closing(open_store(*kept)) as before, here.store() as store:
            found = forget_again(
                store, before.cursor(), actor=actor, via=Via.CLI, now=here.now, today=here.today(store)
            )
    except (Refusal, duckdb.Error):
        here.say(
            "What was there before cannot be read, so withdraw again every consent that workers have withdrawn since "
            "the backup: the partners know which."
        )
        return
    if found:
        rewrite(here.address(), here.now)
        here.say(f"Withdrawn again, because workers had asked for it since the backup: {found}.")
