"""From words on a command line to what was said and how it ended: the one function both roads take."""

import typer

from vetting.command_socket import Outcome
from vetting.commands import (
    agencies,
    caps,
    certification,
    complaints,
    export,
    keys,
    people,
    rates,
    release,
    reports,
    retention,
    scores,
    trail,
    upkeep,
)
from vetting.commands.context import Counter, Database
from vetting.refusals import Refusal
from vetting.store.connect import StoreLocked

PROGRAM = "python -m vetting"

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command()(upkeep.init)
app.add_typer(agencies.app, name="agencies")
app.add_typer(people.members, name="members")
app.add_typer(people.partners, name="partners")
app.add_typer(people.settings, name="settings")
app.add_typer(reports.app, name="reports")
app.command()(scores.score)
app.add_typer(release.app, name="release")
app.add_typer(certification.app, name="certification")
app.add_typer(keys.app, name="keys")
app.add_typer(complaints.app, name="complaints")
app.add_typer(rates.app, name="rates")
app.add_typer(caps.app, name="caps")
app.add_typer(trail.app, name="trail")
app.add_typer(export.app, name="export")
app.command()(upkeep.backup)
app.command()(upkeep.restore)
app.command("purge")(retention.purge_all)


@app.callback()
def fair_passage(database: Database = None) -> None:
    """Agency vetting for ethical recruitment, from the operator's side.

    A command opens the database itself; while the dashboard has it, the dashboard carries the command out.
    Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
    """


def carry_out(argv: list[str], counter: Counter) -> Outcome:
    """Carry a command out at `counter`. Raises StoreLocked when another process owns the database."""
    try:
        ended = app(args=argv, prog_name=PROGRAM, standalone_mode=False, obj=counter)
    except typer.TyperException as misuse:
        said = misuse.format_message().replace("Value error, ", "")
        return Outcome("", f"{said}\n`{PROGRAM} --help` shows the commands.\n", misuse.exit_code)
    except StoreLocked:
        raise
    except Refusal as refusal:
        return Outcome("".join(counter.said), f"{' '.join(str(refusal).split())}\n", 1)
    except OSError as error:
        return Outcome("".join(counter.said), f"{error.filename or 'A file'}: {error.strerror or error}.\n", 1)
    return Outcome("".join(counter.said), "".join(counter.noted), ended if isinstance(ended, int) else 0)
