"""`certification decisions`, `appeal` and `decide-appeal`: what was decided, and what agencies say against it."""

from datetime import date
from typing import Annotated

import typer

from schemas.codes import AppealOutcome, Role, Via
from schemas.decision import DecisionRow
from vetting.certification import appeals
from vetting.certification.decisions import case_decisions
from vetting.commands.context import OPERATOR, Actor, Database, Day, Json, Reason, counter, operator
from vetting.commands.tables import table


def list_decisions(
    context: typer.Context,
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="The case's id, as `certification list` shows it.")],
    as_json: Json = False,
    database: Database = None,
) -> None:
    """What was decided about a case, what it rested on, and any appeal; newest first."""
    here = counter(context)
    with here.store() as store:
        found = case_decisions(store.cursor(), operator(OPERATOR, Role.REVIEWER), case_id, here.today(store))
    if as_json:
        here.say_json([row.model_dump(mode="json", exclude={"why_not"}) for row in found])
    else:
        columns = ("decision_id", "kind", "decided_on", "first", "decided_by", "band", "workers", "appeal")
        here.say(table([_line(row) for row in found], columns, "Nothing has been decided about this case yet."))


def appeal(
    context: typer.Context,
    decision_id: Annotated[str, typer.Argument(metavar="DECISION", help="Its id, as `certification decisions` shows.")],
    ground: Annotated[str, typer.Option(metavar="TEXT", help="On what ground, in the agency's words.")],
    actor: Actor,
    received: Annotated[Day | None, typer.Option(help="The day it came in. Default: today.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Record that the agency appeals against a decision; its clock runs from then on."""
    here = counter(context)
    with here.store() as store:
        today: date = here.today(store)
        made = appeals.record_appeal(
            store,
            operator(actor, Role.REVIEWER),
            decision_id,
            received_on=received or today,
            ground=ground,
            via=Via.CLI,
            now=here.now,
            today=today,
        )
    if as_json:
        here.say_json(made.model_dump(mode="json"))
    else:
        here.say(f"Appeal {made.appeal_id} is recorded; it is to be decided by {made.decide_by}.")


def decide(
    context: typer.Context,
    appeal_id: Annotated[str, typer.Argument(metavar="APPEAL", help="Its id, as `certification decisions` shows.")],
    outcome: Annotated[AppealOutcome, typer.Argument(metavar="OUTCOME", help="upheld or dismissed.")],
    reason: Reason,
    actor: Actor,
    seen: Annotated[
        int | None,
        typer.Option("--seen", metavar="SEQ", help="Refuse, and say what changed, if the case changed since."),
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say how an appeal shall end. It ends when a second reviewer says the same; who decided before does neither."""
    here = counter(context)
    with here.store() as store:
        said = appeals.decide_appeal(
            store,
            operator(actor, Role.REVIEWER),
            appeal_id,
            outcome,
            reason,
            seen=seen,
            via=Via.CLI,
            now=here.now,
            today=here.today(store),
        )
    if as_json:
        here.say_json(said.model_dump(mode="json"))
    elif said.outcome is None:
        here.say(f"Said: {outcome.value}. It ends so when a second reviewer says the same.")
    else:
        here.say(f"The appeal was {said.outcome.value}.")


def _line(row: DecisionRow) -> dict[str, object]:
    made, kept = row.appeal, row.decision
    appealed = "" if made is None else (made.outcome.value if made.outcome else f"open until {made.decide_by}")
    said = kept.model_dump(mode="json", include={"decision_id", "kind", "decided_on", "first", "decided_by"})
    return said | {"band": kept.ground.band.value, "workers": kept.ground.workers, "appeal": appealed}
