"""`certification hold` and `certification reply`: confirm an open gate, and keep what the agency replied."""

from typing import Annotated

import typer

from schemas.codes import Role, Via
from schemas.hold import Look
from vetting.certification.notices import confirm_gate, record_reply
from vetting.commands.context import Actor, Database, Json, Reason, counter, operator

Agency = Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's id, as `agencies list` shows it.")]
Gate = Annotated[str, typer.Argument(metavar="GATE", help="The indicator whose gate is open, such as W07.")]


def hold(
    context: typer.Context,
    agency: Agency,
    gate: Gate,
    reason: Reason,
    actor: Actor,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Confirm an open gate: the agency goes on hold at the next weekly hour. Says the notice to send to it."""
    here = counter(context)
    with here.store() as store:
        reviewer, today = operator(actor, Role.REVIEWER), here.today(store)
        confirmed = confirm_gate(store, reviewer, agency, gate.upper(), reason, via=Via.CLI, now=here.now, today=today)
    if as_json:
        here.say_json(confirmed.model_dump(mode="json"))
    else:
        here.say(f"Confirmed. Send this to the agency, which may reply until {confirmed.reply_by}:\n")
        here.say(confirmed.notice)


def reply(
    context: typer.Context,
    agency: Agency,
    gate: Gate,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the agency replied, in its own words.")],
    actor: Actor,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Keep what the agency replied to a notice: shown to whoever reads releases while the agency is on hold."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    with here.store() as store:
        kept = record_reply(store, reviewer, agency, gate.upper(), text, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(kept.model_dump(mode="json"))
    else:
        here.say("The reply is kept.")


def as_said(look: Look) -> str:
    """What the clock wrote down of one agency, in a line."""
    said = [f"{gate} is open" for gate in look.opened] + [f"{gate} is open no more" for gate in look.ended]
    if look.effective_at is not None:
        said.append(f"{'on hold' if look.on_hold else 'off hold'} from {look.effective_at:%Y-%m-%d %H:%M} UTC")
    return f"{look.agency_id}: {'; '.join(said)}."
