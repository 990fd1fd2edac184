"""`certification findings` and `certification evidence`: what is open and late, another scheme's audit, and files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schemas.board import Chosen, Stage
from schemas.codes import Role, Via
from vetting.certification.audits import AuditFile, import_findings
from vetting.certification.board import action_board, as_row, chosen_rows
from vetting.certification.evidence import Given, give_evidence, read_evidence, remove_evidence
from vetting.commands.context import OPERATOR, Actor, Database, Json, Reason, counter, operator, parse_day
from vetting.commands.problems import say_taken
from vetting.commands.tables import table
from vetting.refusals import Refusal

app = typer.Typer(help="Findings: what is due and late, and another scheme's.", no_args_is_help=True)
evidence = typer.Typer(help="Files of evidence to a finding or a case.", no_args_is_help=True)
SHOWN = ("finding_id", "agency", "criterion", "grade", "stage", "due_on", "days_late", "waits_on", "source")
CaseOption = Annotated[str, typer.Option("--case", metavar="ID", help="The case, as `certification list` shows it.")]
EvidenceId = Annotated[str, typer.Argument(metavar="EVIDENCE", help="The id that `evidence add` printed.")]


@app.command("list")
def list_findings(
    context: typer.Context,
    stage: Annotated[Stage | None, typer.Option(help="Only what waits for this.")] = None,
    agency: Annotated[str | None, typer.Option(metavar="ID", help="Only this agency's.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Every open finding, the most urgent first."""
    here = counter(context)
    with here.store() as store:
        rows = action_board(store.cursor(), operator(OPERATOR, Role.REVIEWER), here.today(store))
    told = [as_row(row) for row in chosen_rows(rows, Chosen(stage=stage, agency=agency))]
    if as_json:
        here.say_json(told)
    else:
        here.say(table(told, SHOWN, "No finding is open."))


@app.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV: criterion, grade, statement, due_on, status.")],
    case: CaseOption,
    scheme: Annotated[str, typer.Option(metavar="NAME", help="The scheme that audited.")],
    audit: Annotated[str, typer.Option(metavar="TEXT", help="The audit's number there, or its address.")],
    audited_on: Annotated[date, typer.Option("--date", parser=parse_day, metavar="YYYY-MM-DD", help="Of the audit.")],
    auditor: Annotated[str, typer.Option(metavar="NAME", help="Who audited.")],
    actor: Actor,
    words: Annotated[
        str | None, typer.Option("--map", metavar="FILE", help="CSV: theirs, ours; criteria, grades or both.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Take another scheme's findings over into a case: all of them, or, with anything wrong, nothing."""
    here = counter(context)
    mapped = None if words is None else here.read(words)
    source = AuditFile(
        data=here.read(file),
        file_name=Path(file).name,
        scheme=scheme,
        reference=audit,
        audited_on=audited_on,
        auditor=auditor,
        words=mapped,
        words_name=Path(words or "map").name,
    )
    with here.store() as store:
        viewer, today = operator(actor, Role.REVIEWER), here.today(store)
        result = import_findings(store, viewer, case, source, via=Via.CLI, now=here.now, today=today)
    said = f"{result.rows} rows: {result.added} findings added, {result.unchanged} known like that before."
    say_taken(here, result, said, as_json=as_json)


@evidence.command("add")
def add_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="PDF, PNG, JPEG, text, XLSX or DOCX.")],
    actor: Actor,
    finding: Annotated[str | None, typer.Option(metavar="ID", help="The finding it shows.")] = None,
    case: Annotated[str | None, typer.Option(metavar="ID", help="Or the case it belongs to.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Keep a file with a finding or a case. Blacken names, faces and numbers of workers first."""
    here = counter(context)
    if (finding is None) == (case is None):
        raise typer.BadParameter("give either --finding or --case.")
    given, viewer = Given(Path(file).name, here.read(file)), operator(actor, Role.REVIEWER)
    with here.store() as store:
        (kept,) = give_evidence(store, viewer, [given], case_id=case, finding_id=finding, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(kept.model_dump(mode="json"))
    else:
        here.say(f"Evidence {kept.evidence_id}: {kept.name}, {kept.size:,} bytes, SHA-256 {kept.sha256}.")


@evidence.command("read")
def read_file(
    context: typer.Context,
    evidence_id: EvidenceId,
    output: Annotated[str, typer.Option("--output", metavar="FILE", help="Write it there; nothing is overwritten.")],
    actor: Actor,
    database: Database = None,
) -> None:
    """Write a file's bytes to the disk, checked against its hash. The reading is on the trail."""
    here, path = counter(context), counter(context).path(output)
    if path.exists():
        raise Refusal(f"{path} exists already, and nothing is overwritten. Name a new file.")
    with here.store() as store:
        viewer = operator(actor, Role.REVIEWER)
        opened = read_evidence(store, viewer, evidence_id, via=Via.CLI, now=here.now)
    with path.open("xb") as written:
        written.write(opened.content)
    here.say(f"{path} ({len(opened.content):,} bytes)")


@evidence.command("remove")
def remove_file(
    context: typer.Context, evidence_id: EvidenceId, reason: Reason, actor: Actor, database: Database = None
) -> None:
    """Delete a file's bytes and names for good; that it was there, and what was decided on it, stays."""
    here = counter(context)
    with here.store() as store:
        viewer = operator(actor, Role.REVIEWER)
        remove_evidence(store, viewer, evidence_id, reason, via=Via.CLI, now=here.now)
    here.say("Removed. `purge` writes the database's file anew, so that nothing of it is left in there.")
