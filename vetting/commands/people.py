"""`members`, `partners` and `settings`: who may sign in, who sends reports, and how this installation is set."""

from typing import Annotated

import typer

from schemas.codes import PartnerKind, Role, Via
from vetting.commands.context import OPERATOR, Actor, Database, Json, counter, operator
from vetting.commands.tables import table
from vetting.refusals import Refusal
from vetting.store.members import add_member, fetch_members, suspend_member
from vetting.store.partners import add_partner, fetch_partners
from vetting.store.settings import fetch_settings, set_setting

members = typer.Typer(help="Who may sign in, and as what.", no_args_is_help=True)
partners = typer.Typer(help="Who sends fee reports.", no_args_is_help=True)
settings = typer.Typer(
    help="The operating body's name, the time zone its days begin in, and how large a file may be.",
    no_args_is_help=True,
)


@members.command("add")
def add_a_member(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    role: Annotated[Role, typer.Option(help="What the member may do.")],
    organisation: Annotated[
        str, typer.Option(metavar="O", help="For a partner's member the partner's code; else free text.")
    ] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="How to address the person.")] = "",
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Let a person sign in, or change what a member is."""
    here = counter(context)
    with here.store() as store:
        member = add_member(
            store,
            operator(actor),
            email=email,
            name=name,
            role=role,
            organisation=organisation,
            via=Via.CLI,
            now=here.now,
        )
    if as_json:
        here.say_json(member.model_dump(mode="json"))
    else:
        here.say(f"{member.email} may sign in as {member.role}.")


@members.command("suspend")
def suspend_a_member(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    reason: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Stop a member from signing in."""
    here = counter(context)
    with here.store() as store:
        member = suspend_member(store, operator(actor), email, reason=reason, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(member.model_dump(mode="json"))
    else:
        here.say(f"{member.email} is suspended.")


@members.command("list")
def list_members(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """All members."""
    here = counter(context)
    with here.store() as store:
        rows = [member.model_dump(mode="json") for member in fetch_members(store.cursor(), operator(OPERATOR))]
    if as_json:
        here.say_json(rows)
    else:
        columns = ("email", "name", "role", "organisation", "state")
        here.say(table(rows, columns, "There is no member yet. Add one with `members add`."))


@partners.command("add")
def add_a_partner(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Short and lasting; it is stored with every report.")],
    kind: Annotated[PartnerKind, typer.Option(help="Employers' and agencies' reports are kept but never counted.")],
    name: Annotated[str, typer.Option(metavar="NAME")],
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Register a partner, or give one a new kind or name."""
    here = counter(context)
    with here.store() as store:
        partner = add_partner(store, operator(actor), partner=code, kind=kind, name=name, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(partner.model_dump(mode="json"))
    else:
        here.say(f"{partner.partner} is registered: {partner.name}, {partner.kind}.")


@partners.command("list")
def list_partners(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """All partners."""
    here = counter(context)
    with here.store() as store:
        rows = [partner.model_dump(mode="json") for partner in fetch_partners(store.cursor())]
    if as_json:
        here.say_json(rows)
    else:
        here.say(table(rows, ("partner", "kind", "name"), "There is no partner yet. Register one with `partners add`."))


@settings.command("list")
def list_settings(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Every setting as it stands."""
    here = counter(context)
    with here.store() as store:
        values = fetch_settings(store.cursor()).model_dump(mode="json")
    if as_json:
        here.say_json(values)
    else:
        here.say(table([{"setting": key, "value": value} for key, value in values.items()], ("setting", "value"), ""))


@settings.command("set")
def set_a_setting(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Set one, as `settings list` names it."""
    here = counter(context)
    if name == "sample":
        raise Refusal("Only `init --sample` makes a sample database: it lets every visitor play its persons.")
    with here.store() as store:
        set_setting(store, operator(actor), name, value, via=Via.CLI, now=here.now)
    here.say(f"{name} is now {value}.")
