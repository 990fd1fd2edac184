"""`purge`, and `reports forget`: what is deleted for good."""

from typing import Annotated

import typer

from schemas.codes import Role, Via
from schemas.purge import PurgeCounts
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Json, Partner, Reason, counter, operator
from vetting.intake.forget import forget
from vetting.retention import purge, would_purge
from vetting.store.purges import rewrite_is_due
from vetting.store.rewrite import rewrite

WORDS = {
    "reports": "reports, each stored version counted",
    "row_texts": "texts of rows as partners wrote them",
    "waiting_rows": "rows that were set aside",
    "problem_texts": "values and details in receipts",
    "work_notes": "notes of long work that ended",
    "complaint_texts": "texts of complaints, with the codes to ask after them",
}


def purge_all(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    actor: Actor = OPERATOR,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Delete what is older than the settings allow, and write the database's file anew."""
    here = counter(context)
    with here.store() as store:
        viewer, today = operator(actor), here.today(store)
        if dry_run:
            counts = would_purge(store.cursor(), viewer, now=here.now, today=today)
        else:
            counts = purge(store, viewer, via=Via.CLI, now=here.now, today=today)
        due = not dry_run and rewrite_is_due(store.cursor())
    if as_json:
        here.say_json(counts.model_dump())
    else:
        here.say(_said(counts, "Would be deleted" if dry_run else "Deleted"))
    if due:
        _rewritten(here)


def forget_report(
    context: typer.Context,
    partner: Partner,
    report_id: Annotated[str, typer.Option("--report-id", metavar="R", help="As it stands in the partner's file.")],
    actor: Actor,
    reason: Reason,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Delete one report for good, because its worker's consent was withdrawn."""
    here = counter(context)
    with here.store() as store:
        counts = forget(
            store,
            partner,
            report_id,
            viewer=operator(actor, Role.ADMIN),
            via=Via.CLI,
            now=here.now,
            today=here.today(store),
            reason=reason,
        )
    if as_json:
        here.say_json(counts.model_dump())
    else:
        here.say(_said(counts, "Deleted"))
    _rewritten(here)


def _said(counts: PurgeCounts, verb: str) -> str:
    if counts.nothing:
        return "Nothing has passed its time."
    told = [f"  {number:,} {WORDS[name]}" for name, number in counts.model_dump().items() if number]
    return "\n".join([f"{verb}:", *told])


def _rewritten(here: Counter) -> None:
    """The dashboard's file is written anew at its next start: it cannot be exchanged under it."""
    if here.owned is None:
        rewrite(here.address(), here.now)
        here.note("The database's file was written anew: nothing of it is left in there. Backups may still hold it.")
    else:
        here.note(
            "Traces may stay in the database's file until the dashboard is started again, which writes it anew. "
            "Backups may still hold it."
        )
