"""`certification sheet`, `capacity`, `self-assess`, `review`, `draw`, `interviews`: what goes before a decision."""

from pathlib import Path
from typing import Annotated, Any

import typer

from schemas.codes import AssessmentKind, Role, Via
from schemas.interview_draw import Draw
from vetting.certification import sheets
from vetting.certification.applications import record_self_assessment, state_capacity
from vetting.certification.cases import require_case
from vetting.certification.interview_draw import count_stratum, draw_sample, new_seed
from vetting.certification.reviews import record_assessment
from vetting.commands.context import Actor, Counter, Database, Day, Json, counter, operator
from vetting.commands.tables import table
from vetting.refusals import Refusal
from vetting.store import Store
from vetting.store.interview_draws import fetch_draws

CaseId = Annotated[str, typer.Argument(metavar="CASE", help="The case's id, as `certification list` shows it.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="A CSV file or workbook with one line for each answer.")]
BLANK = {"review": sheets.blank_review, "self-assessment": sheets.blank_self_assessment}


def register(app: typer.Typer) -> None:
    """Add these commands to `certification`."""
    app.command("sheet")(sheet)
    app.command("capacity")(capacity)
    app.command("self-assess")(self_assess)
    app.command("review")(review)
    app.command("draw")(draw)
    app.command("interviews")(interviews)


def sheet(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="review, or self-assessment.")],
) -> None:
    """Say an empty sheet to fill in, as CSV: every criterion, element by element."""
    if kind not in BLANK:
        raise typer.BadParameter(f"{kind!r}: write one of {', '.join(BLANK)}.")
    counter(context).say("\n".join(BLANK[kind]().splitlines()))


def capacity(
    context: typer.Context,
    case_id: CaseId,
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="none, entry, level_1, level_2 or level_3.")],
    rests_on: Annotated[str, typer.Option("--rests-on", metavar="TEXT", help="A letter, a certificate, its own word.")],
    actor: Actor,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """State the level of capacity building the agency says it has reached."""
    here = counter(context)
    with here.store() as store:
        said = state_capacity(store, operator(actor, Role.REVIEWER), case_id, level, rests_on, **_when(here, store))
    _say(here, said.model_dump(mode="json"), f"The level {said.level} is recorded.", as_json)


def self_assess(
    context: typer.Context,
    case_id: CaseId,
    file: File,
    actor: Actor,
    received: Annotated[Day | None, typer.Option("--received", help="The day it came in. Default: today.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Keep what the agency says of itself (criterion, element, answer). It counts in no score."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    answers = sheets.read_self_assessment(here.read(file), Path(file).name)
    with here.store() as store:
        day = received or here.today(store)
        said = record_self_assessment(store, reviewer, case_id, answers, day, **_when(here, store))
    _say(here, said.model_dump(mode="json"), f"The self-assessment is kept: {len(said.answers)} lines.", as_json)


def review(
    context: typer.Context,
    case_id: CaseId,
    file: File,
    kind: Annotated[AssessmentKind, typer.Option(help="On paper or on site.")],
    assessor: Annotated[str, typer.Option(metavar="NAME", help="Who assessed.")],
    chosen_by: Annotated[str, typer.Option(metavar="NAME", help="Who chose the assessor.")],
    paid_by: Annotated[str, typer.Option(metavar="NAME", help="Who paid the assessor.")],
    actor: Actor,
    completed: Annotated[Day | None, typer.Option("--completed", help="The day it ended. Default: today.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Record a review from its sheet (criterion, element, result, note)."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    cells = sheets.read_review(here.read(file), Path(file).name)
    with here.store() as store:
        made = record_assessment(
            store,
            reviewer,
            case_id,
            kind=kind,
            completed_on=completed or here.today(store),
            assessor=assessor,
            chosen_by=chosen_by,
            paid_by=paid_by,
            cells=cells,
            **_when(here, store),
        )
    counts = ", ".join(made.criteria) or "none in full"
    _say(here, made.model_dump(mode="json"), f"The review is recorded. Criteria it counts for: {counts}.", as_json)


def draw(
    context: typer.Context,
    case_id: CaseId,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="The strata to draw among; left out, the sample is shown.")
    ] = None,
    actor: Annotated[str, typer.Option("--actor", metavar="NAME", help="Who draws, as the trail will name them.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it has to be drawn again.")] = "",
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Draw the sample of workers to interview among strata (origin, destination, sex, client, placed), or show it."""
    here = counter(context)
    with here.store() as store:
        if file is None:
            drawn = _newest(store, case_id)
        else:
            reviewer, strata = operator(actor, Role.REVIEWER), sheets.read_strata(here.read(file), Path(file).name)
            drawn = draw_sample(store, reviewer, case_id, strata, seed=new_seed(), reason=reason, **_when(here, store))
    _say(here, drawn.model_dump(mode="json"), _as_table(drawn), as_json)


def interviews(
    context: typer.Context,
    case_id: CaseId,
    stratum: Annotated[int, typer.Argument(metavar="STRATUM", min=1, help="Its number, as `certification draw` says.")],
    heard: Annotated[int, typer.Argument(metavar="HEARD", help="Drawn workers heard so far, in all.")],
    actor: Actor,
    substituted: Annotated[int, typer.Option(metavar="N", help="Others heard in place of drawn workers.")] = 0,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why others were heard.")] = "",
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Count the workers of a stratum that were heard so far."""
    here, reviewer = counter(context), operator(actor, Role.REVIEWER)
    with here.store() as store:
        after = count_stratum(
            store,
            reviewer,
            case_id,
            stratum,
            interviewed=heard,
            substituted=substituted,
            reason=reason,
            **_when(here, store),
        )
    _say(here, after.model_dump(mode="json"), f"{after.heard} of {after.sample} of this stratum are heard.", as_json)


def _when(here: Counter, store: Store) -> dict[str, Any]:
    return {"via": Via.CLI, "now": here.now, "today": here.today(store)}


def _newest(store: Store, case_id: str) -> Draw:
    db = store.cursor()
    draws = fetch_draws(db, require_case(db, case_id).case_id)
    if not draws:
        raise Refusal("No sample is drawn for this case yet. Give the file of its strata.")
    return draws[-1]


def _as_table(drawn: Draw) -> str:
    rows = [
        {
            "stratum": stratum.place,
            "corridor": str(stratum.corridor),
            "sex": stratum.sex.value,
            "client": stratum.client,
            "placed": stratum.placed,
            "heard": f"{stratum.heard} of {stratum.sample}",
            "lines": ", ".join(str(line) for line in sorted(stratum.positions)) or "nobody",
        }
        for stratum in drawn.strata
    ]
    return f"Seed {drawn.seed}, rule {drawn.rule}.\n" + table(rows, list(rows[0]), "")


def _say(here: Counter, record: dict[str, Any], sentence: str, as_json: bool) -> None:
    if as_json:
        here.say_json(record)
    else:
        here.say(sentence)
