"""`reports read`, `check`, `import`, `withdraw` and `forget`; and the passes of false alarms."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from schemas.answers import UNANSWERED, Answers, Reads
from schemas.batch import CheckResult, Receipt
from schemas.codes import Role, Via
from schemas.setting import Limits
from vetting.commands import passes, retention
from vetting.commands.context import Actor, Counter, Database, Json, Partner, Reason, Unfit, counter, operator
from vetting.commands.problems import problem_table
from vetting.intake.check import Checked, check
from vetting.intake.commit import commit
from vetting.intake.known import known_to, with_remembered
from vetting.intake.read import LIMITS, read
from vetting.intake.withdraw import withdraw
from vetting.refusals import Refusal
from vetting.store import Store
from vetting.store.connect import StoreLocked
from vetting.store.partners import fetch_partner
from vetting.store.settings import fetch_settings
from vetting.store.terms import fetch_batch_terms

app = typer.Typer(help="Fee reports: the files partners send.", no_args_is_help=True)
File = Annotated[str, typer.Argument(metavar="FILE", help="Fee reports as CSV or as an Excel workbook.")]
AnswersFile = Annotated[
    str | None, typer.Option("--answers", metavar="JSON", help="What the partner answered about the file.")
]
app.command("pass")(passes.pass_reference)
app.command("unpass")(passes.take_pass_back)
app.command("passes")(passes.show_passes)
app.command("forget")(retention.forget_report)


@app.command("read")
def read_file(
    context: typer.Context,
    file: File,
    encoding: Annotated[str | None, typer.Option(metavar="E", help="The text's encoding, such as cp1252.")] = None,
    delimiter: Annotated[str | None, typer.Option(metavar="D", help="What separates the cells; tab for a tab.")] = None,
    header_line: Annotated[int | None, typer.Option(metavar="N", min=1, help="The line of the header.")] = None,
    footer_lines: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Lines at the end that are no rows, such as totals.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="S", help="The name of a workbook's sheet.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """What the reader understood, before any mapping. Always JSON. What is not given is guessed."""
    here = counter(context)
    mark = "\t" if delimiter in ("tab", "\\t") else delimiter
    told = Reads(encoding=encoding, delimiter=mark, header_line=header_line, footer_lines=footer_lines, sheet=sheet)
    here.say_json(read(here.read(file), Path(file).name, reads=told, limits=_limits(here)).as_json())


@app.command("check")
def check_file(
    context: typer.Context,
    file: File,
    partner: Partner,
    answers: AnswersFile = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Everything wrong with a file, at once. Writes nothing."""
    here = counter(context)
    with here.store() as store:
        checked = _checked(here, store, file, partner, answers)
    _say_result(here, checked.result, {}, as_json)


@app.command("import")
def import_file(
    context: typer.Context,
    file: File,
    partner: Partner,
    actor: Actor,
    answers: AnswersFile = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Check and commit one batch, whole or not at all, and print its receipt."""
    here = counter(context)
    with here.store() as store:
        checked = _checked(here, store, file, partner, answers)
        if checked.result.file_refused:
            _say_result(here, checked.result, {"batch": None, "superseded": 0, "duplicates": 0, "terms": None}, as_json)
        receipt = commit(store, checked, partner=partner, viewer=operator(actor), via=Via.CLI, now=here.now)
        terms = fetch_batch_terms(store.cursor(), receipt.batch_id) if receipt.batch_id else None
    more = {
        "batch": receipt.batch_id,
        "superseded": receipt.superseded,
        "duplicates": receipt.duplicates,
        "terms": terms and terms.model_dump(mode="json", exclude={"batch_id", "recorded_at"}),
    }
    if not as_json:
        here.say(_receipt(receipt))
        if terms and not terms.accepted:
            here.say(
                f"Warning: {partner} has not accepted {terms.consent_id} and {terms.sharing_id}. The batch says so. "
                'Ask a member of theirs to accept them on the page "Consent and terms".'
            )
    _say_result(here, receipt.result, more, as_json)


@app.command("withdraw")
def withdraw_batch(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="The batch's id, as its receipt names it.")],
    actor: Actor,
    reason: Reason,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Withdraw a batch: scores return to what they were without it."""
    here = counter(context)
    with here.store() as store:
        viewer, today = operator(actor, Role.ADMIN), here.today(store)
        withdraw(store, batch, viewer=viewer, via=Via.CLI, now=here.now, reason=reason, today=today)
    if as_json:
        here.say_json({"batch": batch, "withdrawn": True})
    else:
        here.say(f"Batch {batch} is withdrawn.")


def _checked(here: Counter, store: Store, file: str, partner: str, answers: str | None) -> Checked:
    db = store.cursor()
    fetch_partner(db, partner)
    data, name = here.read(file), Path(file).name
    told = UNANSWERED if answers is None else _answers(here.read(answers), answers)
    told = with_remembered(db, partner, data, name, told)
    return check(data, name, today=here.today(store), answers=told, **known_to(db, partner))


def _limits(here: Counter) -> Limits:
    """As this installation sets them; a file can be read where there is no store too."""
    try:
        with here.store() as store:
            return fetch_settings(store.cursor())
    except StoreLocked:
        raise
    except Refusal:
        return LIMITS


def _answers(data: bytes, name: str) -> Answers:
    try:
        return Answers.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Refusal(f"{name} holds no answers that can be read: {where}: {first['msg']}.") from None


def _say_result(here: Counter, result: CheckResult, more: dict[str, Any], as_json: bool) -> None:
    """The shape that is promised, or the same in words; a file refused whole ends the command with 1."""
    if as_json:
        here.say_json(result.model_dump(mode="json") | more)
    else:
        here.say(
            f"{result.rows} rows: {result.accepted} accepted, {result.quarantined} set aside for a person to decide, "
            f"{result.refused} refused."
        )
        if result.problems:
            here.say(problem_table(result.problems))
    if result.file_refused:
        raise Unfit("The file as a whole is refused: nothing of it can be stored until that is mended.")


def _receipt(receipt: Receipt) -> str:
    if receipt.batch_id is None:
        return f"Nothing new: {receipt.duplicates} reports were stored already, so there is no batch."
    lines = [
        f"Batch {receipt.batch_id}: {receipt.superseded} corrections, {receipt.duplicates} stored already.",
        *(
            f"  {agency.name} ({agency.licence or 'no licence number'}): {agency.reports} reports; "
            f"{agency.own_workers} of your workers count."
            for agency in receipt.agencies
        ),
    ]
    return "\n".join(lines)
