"""`reports pass`, `unpass` and `passes`: false alarms an administrator lets through, with a reason, on the trail."""

from typing import Annotated

import typer

from schemas.codes import Via
from schemas.personal_pass import PersonalPass
from vetting.commands.context import OPERATOR, Actor, Database, Json, Partner, Reason, counter, operator
from vetting.commands.tables import table
from vetting.store.passes import let_pass, list_passes, take_back

Reference = Annotated[
    str, typer.Argument(metavar="REFERENCE", help="As the check names the cell, such as phone-4f1c9a20be77.")
]


def pass_reference(
    context: typer.Context,
    reference: Reference,
    partner: Partner,
    actor: Actor,
    reason: Reason,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Let through what looked personal and is not: just this text, in this partner's files."""
    here = counter(context)
    with here.store() as store:
        viewer = operator(actor)
        passed = let_pass(store, viewer, partner, reference, reason=reason, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(passed.model_dump(mode="json"))
    else:
        here.say(f"{passed.reference} passes for {partner} from now on. They can send the file again.")


def take_pass_back(
    context: typer.Context,
    reference: Reference,
    partner: Partner,
    actor: Actor,
    reason: Reason,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Refuse files with this text again."""
    here = counter(context)
    with here.store() as store:
        viewer = operator(actor)
        taken = take_back(store, viewer, partner, reference, reason=reason, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(taken.model_dump(mode="json"))
    else:
        here.say(f"{taken.reference} does not pass for {partner} any more. What was stored meanwhile stays.")


def show_passes(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option(metavar="P", help="Only this partner's.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """What passes for whom, who said so, and why."""
    here = counter(context)
    with here.store() as store:
        standing = list_passes(store.cursor(), operator(OPERATOR), partner)
    if as_json:
        here.say_json([each.model_dump(mode="json") for each in standing])
    else:
        rows = [each.model_dump(mode="json") for each in standing]
        here.say(table(rows, list(PersonalPass.model_fields), "Nothing passes."))
