"""`agencies import`, `list`, `aliases`, and `merge` and `split` for entries that are one agency."""

from pathlib import Path
from typing import Annotated

import typer

from schemas.agency import Agency
from schemas.codes import Via
from schemas.merge import MergePreview
from vetting.commands import aliases
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Json, Unfit, counter, operator
from vetting.commands.problems import problem_table
from vetting.commands.tables import table
from vetting.merging import merge, preview_merge, split
from vetting.names import fold_name
from vetting.registers import read_country
from vetting.store.agencies import fetch_agencies, import_register

app = typer.Typer(help="The agencies, as licence registers know them.", no_args_is_help=True)
app.add_typer(aliases.app, name="aliases")


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The register as CSV.")],
    register: Annotated[str, typer.Option(metavar="NAME", help="What to call the register, such as bd-bmet.")],
    map: Annotated[  # noqa: A002 - the option's name
        list[str] | None,
        typer.Option("--map", metavar="OURS=THEIRS", help="Our column is theirs: --map licence=rlno. Repeatable."),
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Licensing country of rows that name none, such as BGD.")
    ] = None,
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Add or update agencies from a licence register. The same file again changes nothing."""
    here = counter(context)
    columns, data = _columns(map or []), here.read(file)
    with here.store() as store:
        result = import_register(
            store,
            operator(actor),
            data,
            register,
            columns=columns,
            country=country,
            file_name=Path(file).name,
            via=Via.CLI,
            now=here.now,
        )
    if as_json:
        here.say_json(result.model_dump(mode="json"))
    else:
        here.say(
            f"{result.rows} rows: {result.added} agencies added, {result.changed} changed, {result.unchanged} as they "
            f"were, {result.repeated} repeated in the file, {result.unusable} not taken."
        )
        if result.problems:
            here.say(problem_table(result.problems))
    if result.rows and result.unusable == result.rows:
        raise Unfit("No row of the file could be taken.")


@app.command("list")
def list_agencies(
    context: typer.Context,
    country: Annotated[str | None, typer.Option(metavar="COUNTRY", help="Only agencies licensed there.")] = None,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only agencies with a name or alias that contains this.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """The agencies as they are known now; `with` names the licences and ids of entries that went into one."""
    here = counter(context)
    code = None if country is None else read_country(country)
    with here.store() as store:
        found = fetch_agencies(store.cursor())
    wanted = fold_name(name or "")
    rows = [
        agency.model_dump(mode="json")
        for agency in found
        if code in (None, agency.country) and any(wanted in fold_name(each) for each in (agency.name, *agency.aliases))
    ]
    if as_json:
        here.say_json(rows)
    else:
        for row in rows:
            row["with"] = " ".join((*row["merged_licences"], *row["merged_ids"]))
        columns = ("agency_id", "country", "licence", "name", "status", "register", "with")
        here.say(table(rows, columns, "No agency is known. Import a register with `agencies import`."))


@app.command("merge")
def merge_agencies(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id that goes; it resolves for ever.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The id of the agency that remains.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="How it is known that both are one agency.")],
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would change.")] = False,
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Say that two entries are one agency. Nothing is rewritten, and `agencies split` undoes it."""
    here = counter(context)
    with here.store() as store:
        found = preview_merge(store.cursor(), operator(actor), old, into)
        if preview:
            here.say_json(found.model_dump(mode="json")) if as_json else here.say(_previewed(found))
            return
        remains = merge(store, operator(actor), old, into, reason, via=Via.CLI, now=here.now, today=here.today(store))
    _say_agency(here, remains, f"{old} is part of {remains.name} ({remains.agency_id}) now.", as_json)


@app.command("split")
def split_agency(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id that went into another.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="How it is known that they are two.")],
    as_json: Json = False,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Undo one merge: the old id is an agency of its own again, as it was."""
    here = counter(context)
    with here.store() as store:
        found = split(store, operator(actor), old, reason, via=Via.CLI, now=here.now, today=here.today(store))
    _say_agency(here, found, f"{found.name} ({found.agency_id}) is an agency of its own again.", as_json)


def _say_agency(here: Counter, agency: Agency, sentence: str, as_json: bool) -> None:
    if as_json:
        here.say_json(agency.model_dump(mode="json"))
    else:
        here.say(sentence)


def _previewed(found: MergePreview) -> str:
    if found.obstacles:
        return "This merge is refused. " + " ".join(found.obstacles)
    return (
        f"{found.gone.name} ({found.gone.licence or 'no licence'}), named by {found.files} files, would go into "
        f"{found.remains.name} ({found.remains.licence or 'no licence'}), named by {found.files_of_remaining} files."
    )


def _columns(pairs: list[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        ours, mark, theirs = pair.partition("=")
        if not mark or not ours.strip() or not theirs.strip():
            raise typer.BadParameter(f"--map {pair!r}: write it as OURS=THEIRS, such as licence=rlno.")
        columns[ours.strip()] = theirs.strip()
    return columns
