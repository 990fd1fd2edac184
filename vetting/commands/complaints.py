"""`complaints`: what came in by telephone or letter, where each complaint stands, its answer and the agency's reply."""

from datetime import date
from typing import Annotated, Any

import typer

from schemas.codes import Role, Via
from schemas.complaint import DECIDED, ComplaintFile, ComplaintState, Draft, Reporter, Subject
from vetting.certification import complaint_publishing as publishing
from vetting.certification import complaint_review as review
from vetting.certification.complaint_moves import NAMED
from vetting.certification.complaints import file_complaint, grouped
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Json, Reason, counter, operator
from vetting.commands.tables import table
from vetting.disclosure.complaints import ComplaintLine, complaint_list
from vetting.refusals import Refusal
from vetting.store.merges import resolve

app = typer.Typer(help="Complaints about agencies, their answers and the agencies' replies.", no_args_is_help=True)
S = ComplaintState
ComplaintId = Annotated[str, typer.Argument(metavar="COMPLAINT", help="Its id, as `complaints list` shows it.")]
Shown = Annotated[
    bool | None,
    typer.Option("--public/--held-back", help="Whether everybody may read that there is this complaint."),
]


def parse_month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no month. Write it as 2026-03.") from None


@app.command("file")
def file_one(
    context: typer.Context,
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's id, as `agencies list` shows it.")],
    subject: Annotated[Subject, typer.Argument(metavar="SUBJECT", help=", ".join(Subject))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is said, without names and numbers of people.")],
    actor: Actor,
    month: Annotated[
        date | None, typer.Option(parser=parse_month, metavar="YYYY-MM", help="When it happened, if known.")
    ] = None,
    origin: Annotated[str | None, typer.Option(metavar="NPL", help="Where the worker was recruited.")] = None,
    destination: Annotated[str | None, typer.Option(metavar="QAT", help="Where the work is.")] = None,
    who: Annotated[Reporter | None, typer.Option(help="Who says it, if they want to say.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Write down what somebody says by telephone or letter. Prints two codes, once, for whoever complains."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    draft = Draft(
        agency_id=agency, subject=subject, text=text, happened_in=month, origin=origin, destination=destination,
        reporter=who,
    )  # fmt: skip
    with here.store() as store:
        kept = file_complaint(
            store, reviewer, draft, visit="", via=Via.CLI, now=here.now, today=here.today(store)
        )  # fmt: skip
    if as_json:
        return here.say_json(kept.model_dump())
    here.say(f"Complaint {kept.complaint_id} is kept.")
    return here.say(f"For whoever complains: reference {grouped(kept.reference)}, code {grouped(kept.secret)}.")


@app.command("list")
def list_complaints(
    context: typer.Context,
    agency: Annotated[str | None, typer.Option(metavar="ID", help="Only about this agency.")] = None,
    state: Annotated[ComplaintState | None, typer.Option(help="Only complaints in this state.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Every complaint with its clock, without what was written; what is late comes first."""
    here = counter(context)
    with here.store() as store:
        db = store.cursor()
        wanted = None if agency is None else resolve(db, agency)
        lines = complaint_list(db, operator(OPERATOR, Role.REVIEWER), today=here.today(store))
    rows = [
        _row(line) for line in lines if wanted in (None, line.agency.agency_id) and state in (None, line.file.state)
    ]
    if as_json:
        return here.say_json(rows)
    columns = ("complaint_id", "agency", "subject", "state", "since", "due_on", "late", "shown")
    return here.say(table(rows, columns, "There is no complaint."))


@app.command("move")
def move(
    context: typer.Context,
    complaint: ComplaintId,
    to: Annotated[ComplaintState, typer.Argument(metavar="STATE", help="Where it shall go.")],
    reason: Reason,
    actor: Actor,
    answer: Annotated[str, typer.Option(help="With not_admissible: what whoever complained reads.")] = "",
    shown: Shown = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Take it under review, send its answer back, do not look into it, or confirm the outcome that was proposed."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    at: dict[str, Any] = {"via": Via.CLI, "now": here.now}
    with here.store() as store:
        match to:
            case S.UNDER_REVIEW if shown is None:
                file = review.send_back(store, reviewer, complaint, reason, **at)
            case S.UNDER_REVIEW:
                file = review.take_up(store, reviewer, complaint, reason, shown=bool(shown), **at)
            case S.NOT_ADMISSIBLE:
                file = review.dismiss(store, reviewer, complaint, reason, answer, **at)
            case S.SUBSTANTIATED | S.NOT_SUBSTANTIATED:
                file = review.confirm_outcome(store, reviewer, complaint, reason, expected=to, **at)
            case _:
                raise Refusal("An outcome is proposed with `complaints answer`; `reported` is where each begins.")
    _say(here, file, as_json)


@app.command("answer")
def answer_one(
    context: typer.Context,
    complaint: ComplaintId,
    outcome: Annotated[ComplaintState, typer.Argument(metavar="OUTCOME", help=" or ".join(sorted(DECIDED)))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What everybody will read.")],
    reason: Reason,
    actor: Actor,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Propose an outcome with its answer. A second, different reviewer confirms it with `complaints move`."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    with here.store() as store:
        file = review.propose_outcome(
            store, reviewer, complaint, outcome, reason, text, via=Via.CLI, now=here.now
        )  # fmt: skip
    _say(here, file, as_json)


@app.command("reply")
def reply(
    context: typer.Context,
    complaint: ComplaintId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the agency replied, in its own words.")],
    actor: Actor,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Keep what the agency replied: it is read beside the complaint."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    with here.store() as store:
        kept = publishing.record_reply(store, reviewer, complaint, text, via=Via.CLI, now=here.now)
    if as_json:
        here.say_json(kept.model_dump(mode="json"))
    else:
        here.say("The reply is kept.")


@app.command("show")
def show(
    context: typer.Context,
    complaint: ComplaintId,
    reason: Reason,
    actor: Actor,
    shown: Annotated[bool, typer.Option("--public/--held-back")] = True,
    summary: Annotated[str, typer.Option(metavar="TEXT", help="In a reviewer's words, for everybody.")] = "",
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Let everybody read that there is this complaint, or no longer."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    with here.store() as store:
        file = publishing.show(
            store, reviewer, complaint, reason, shown=shown, summary=summary, via=Via.CLI, now=here.now
        )  # fmt: skip
    _say(here, file, as_json)


def _row(line: ComplaintLine) -> dict[str, object]:
    file = line.file
    return {
        "complaint_id": file.complaint.complaint_id,
        "reference": grouped(file.complaint.reference),
        "agency_id": line.agency.agency_id,
        "agency": line.agency.name,
        "subject": file.complaint.subject.value,
        "state": file.state.value,
        "since": file.since.isoformat(timespec="minutes"),
        "due_on": None if line.due_on is None else line.due_on.isoformat(),
        "late": line.late,
        "shown": file.shown,
        "replies": len(file.replies),
    }


def _say(here: Counter, file: ComplaintFile, as_json: bool) -> None:
    if as_json:
        here.say_json(file.model_dump(mode="json"))
    else:
        here.say(f"Complaint {file.complaint.complaint_id} is {NAMED[file.state]}.")
