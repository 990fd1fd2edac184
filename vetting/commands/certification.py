"""`certification`: cases, one reviewer's moves, the decisions two stand behind, and what the clock alone does."""

from typing import Annotated

import typer

from schemas.case import Case, Corridor, Proposal, Scope
from schemas.codes import CaseState, ProposalKind, Role, Via
from schemas.viewer import Viewer
from vetting.certification.cases import move, open_case, require_case
from vetting.certification.clock import tick
from vetting.certification.decide import certify
from vetting.certification.holds import watch
from vetting.certification.moves import HOLDING, named
from vetting.certification.proposals import confirm, drop, propose_move
from vetting.certification.waiting import case_queue
from vetting.commands import appeals, application, certificates, findings, holds
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Json, counter, operator
from vetting.commands.tables import table
from vetting.refusals import NotFound
from vetting.scoring.live import rescore
from vetting.store import Cursor
from vetting.store.certificates import fetch_certificates
from vetting.store.happened import fetch_newest
from vetting.store.merges import resolve
from vetting.store.proposals import fetch_open_proposal, fetch_open_proposals

app = typer.Typer(help="Cases: from an application to a certificate and its end.", no_args_is_help=True)
app.command("hold")(holds.hold)
app.command("reply")(holds.reply)
application.register(app)
app.add_typer(findings.app, name="findings")
app.add_typer(findings.evidence, name="evidence")
app.command("check")(certificates.check)
app.command("certificate")(certificates.certificate)
app.command("decisions")(appeals.list_decisions)
app.command("appeal")(appeals.appeal)
app.command("decide-appeal")(appeals.decide)
TWO_REVIEWERS = {
    CaseState.WITHDRAWN: ProposalKind.WITHDRAW,
    CaseState.CERTIFIED: ProposalKind.REINSTATE,
}
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever asks later.")]
Seen = Annotated[
    int | None,
    typer.Option("--seen", metavar="SEQ", help="Refuse, and say what changed, if the case changed since this entry."),
]
CaseId = Annotated[str, typer.Argument(metavar="CASE", help="The case's id, as `certification list` shows it.")]


@app.command("list")
def list_cases(
    context: typer.Context,
    agency: Annotated[str | None, typer.Option(metavar="ID", help="Only this agency's.")] = None,
    state: Annotated[CaseState | None, typer.Option(help="Only cases in this state.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Every case: what waits on whom, and since when; what is late comes first."""
    here = counter(context)
    with here.store() as store:
        db = store.cursor()
        queue = case_queue(db, _reviewer(OPERATOR), here.today(store))
        wanted = None if agency is None else resolve(db, agency)
        numbers = {each.case_id: each.number for each in fetch_certificates(db)}
        lines = [line for line in queue if wanted in (None, line.agency_id) and state in (None, line.state)]
        newest = {agency_id: fetch_newest(db, agency_id) for agency_id in {line.agency_id for line in lines}}
    rows = [
        line.model_dump(mode="json", exclude={"yours", "why_not"})
        | {"certificate": numbers.get(line.case_id or ""), "seen": newest[line.agency_id]}
        for line in lines
    ]
    if as_json:
        here.say_json(rows)
    else:
        columns = ("case_id", "agency", "state", "certificate", "on", "what", "since", "due_on")
        here.say(table(rows, columns, "There is no case. Open one with `certification open`."))


@app.command("open")
def open_a_case(
    context: typer.Context,
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's id, as `agencies list` shows it.")],
    entity: Annotated[str, typer.Option(metavar="NAME", help="The legal entity that applies.")],
    site: Annotated[list[str], typer.Option(metavar="PLACE", help="A site that is covered. Repeatable.")],
    corridor: Annotated[list[str], typer.Option(metavar="BGD-SAU", help="A corridor that is covered. Repeatable.")],
    reason: Reason,
    actor: Actor,
    sector: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="A sector that is covered, by its ISIC code. Repeatable.")
    ] = None,
    sub_agent: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A sub-agent that is covered. Repeatable.")
    ] = None,
    deployed: Annotated[
        int | None, typer.Option(min=0, help="Workers deployed in 12 months, where the register does not say.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Open a draft case with its scope."""
    here = counter(context)
    corridors = tuple(_corridor(text) for text in corridor)
    scope = Scope(
        legal_entity=entity,
        sites=tuple(site),
        corridors=corridors,
        sub_agents=tuple(sub_agent or ()),
        sectors=tuple(sector or ()),
    )
    with here.store() as store:
        case = open_case(
            store,
            _reviewer(actor),
            agency_id=agency,
            scope=scope,
            reason=reason,
            deployed_12m=deployed,
            via=Via.CLI,
            now=here.now,
            today=here.today(store),
        )
    _say_case(here, case, as_json)


@app.command("move")
def move_a_case(
    context: typer.Context,
    case_id: CaseId,
    to: Annotated[CaseState, typer.Argument(metavar="STATE", help="Where it shall go.")],
    reason: Reason,
    actor: Actor,
    evidence: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="What it rests on, as it is filed. Repeatable.")
    ] = None,
    seen: Seen = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Move a case. Withdrawing and reinstating are only proposed here: a second reviewer decides."""
    here, viewer = counter(context), _reviewer(actor)
    with here.store() as store:
        today, held = here.today(store), require_case(store.cursor(), case_id).state in HOLDING
        if held and to in TWO_REVIEWERS:
            kind = TWO_REVIEWERS[to]
            proposal = propose_move(
                store, viewer, case_id, kind, reason, seen=seen, via=Via.CLI, now=here.now, today=today
            )
            return _say_proposal(here, proposal, "is proposed; a second reviewer decides", as_json)
        case = move(
            store,
            viewer,
            case_id,
            to,
            reason,
            evidence=evidence or (),
            seen=seen,
            via=Via.CLI,
            now=here.now,
            today=today,
        )
    return _say_case(here, case, as_json)


@app.command("decide")
def decide_a_case(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="CASE", help="A case, or the id of a proposal.")],
    reason: Reason,
    actor: Actor,
    against: Annotated[bool, typer.Option("--against", help="Turn the proposal down instead.")] = False,
    seen: Seen = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """The second reviewer's half: certify a recommended case, or confirm what another reviewer proposed."""
    here, viewer = counter(context), _reviewer(actor)
    with here.store() as store:
        today, proposal = here.today(store), _waiting_proposal(store.cursor(), subject)
        if proposal is not None:
            act = drop if against else confirm
            done = act(store, viewer, proposal.proposal_id, reason, seen=seen, via=Via.CLI, now=here.now, today=today)
            return _say_proposal(here, done, "was turned down" if against else "was confirmed", as_json)
        if against:
            raise NotFound("No proposal waits here. A recommended case is sent back, or declined, with `move`.")
        certificate = certify(store, viewer, subject, reason, seen=seen, via=Via.CLI, now=here.now, today=today)
    if as_json:
        return here.say_json(certificate.model_dump(mode="json"))
    return here.say(
        f"Certificate {certificate.number} was issued by {certificate.deciding_body}, "
        f"valid until {certificate.expires_on}."
    )


@app.command("tick")
def let_time_pass(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Write down what time alone has done: expiry, overdue corrections, lapsed surveillance, gates and holds."""
    here = counter(context)
    with here.store() as store:
        today = here.today(store)
        moves = tick(store, now=here.now, today=today)
        rescore(store, None, today)
        looks = watch(store, now=here.now, today=today)
    if as_json:
        here.say_json([each.model_dump(mode="json") for each in (*moves, *looks)])
        return
    for due in moves:
        here.say(f"{due.case_id} is {named(due.to_state)}. {due.reason}")
    for look in looks:
        here.say(holds.as_said(look))
    if not (moves or looks):
        here.say("Nothing is due.")


def _reviewer(actor: str) -> Viewer:
    return operator(actor, Role.REVIEWER)


def _corridor(text: str) -> Corridor:
    origin, mark, destination = text.strip().upper().partition("-")
    if not mark:
        raise typer.BadParameter(f"--corridor {text!r}: write it as ORIGIN-DESTINATION, such as BGD-SAU.")
    return Corridor(origin=origin, destination=destination)


def _waiting_proposal(db: Cursor, subject: str) -> Proposal | None:
    """The open proposal of this id, else the one that waits on this case."""
    of_case = (each for each in fetch_open_proposals(db) if each.case_id == subject)
    return fetch_open_proposal(db, subject) or next(of_case, None)


def _say_case(here: Counter, case: Case, as_json: bool) -> None:
    if as_json:
        here.say_json(case.model_dump(mode="json"))
    else:
        here.say(f"Case {case.case_id} is {named(case.state)}.")


def _say_proposal(here: Counter, proposal: Proposal, what: str, as_json: bool) -> None:
    if as_json:
        here.say_json(proposal.model_dump(mode="json"))
    else:
        here.say(f"Proposal {proposal.proposal_id} ({proposal.kind.value.replace('_', ' ')}) {what}.")
