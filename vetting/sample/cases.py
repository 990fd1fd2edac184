"""What did the reviewers of the sample country do? The steps of `cases.toml`, each carried out by its real act."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from schemas.case import Corridor, Scope
from schemas.codes import ActionState, AssessmentKind, CaseState, Grade, ProposalKind, Via
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.audits import import_findings
from vetting.certification.cases import move, open_case
from vetting.certification.clock import tick
from vetting.certification.decide import certify
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.holds import watch
from vetting.certification.notices import confirm_gate, record_reply
from vetting.certification.proposals import confirm, propose_clearance, propose_move
from vetting.certification.reviews import declare_tie, record_assessment
from vetting.sample import reviewing
from vetting.sample.dates import Calendar
from vetting.sample.findings import audit_of, evidence_of
from vetting.store import Store
from vetting.store.agencies import fetch_agencies

Step = Mapping[str, Any]
Event = tuple[datetime, Callable[[], object]]  # in the sample's own dates until it happens
MORNING = time(8, 0)


class Desk:
    """The reviewers' desk: knows which case, finding and proposal each later step speaks of."""

    def __init__(self, store: Store, calendar: Calendar, reviewers: Mapping[str, Viewer]) -> None:
        self._store, self._calendar, self._reviewers = store, calendar, reviewers
        self._agencies: dict[str, str] = {}
        self._cases: dict[str, str] = {}
        self._findings: dict[tuple[str, str], str] = {}
        self._proposals: dict[str, str] = {}

    def events(self, written: Mapping[str, list[dict[str, Any]]]) -> Iterator[Event]:
        """Every step with its moment; steps of one day happen in the order they are written."""
        for case in written["case"]:
            for place, step in enumerate(case["steps"]):
                yield _event(step, place, partial(self._do, case, step))
        for clearance in written["clearance"]:
            yield _event(clearance["proposed"], 0, partial(self._propose_clearance, clearance))
            confirmed = clearance["confirmed"]
            yield _event(confirmed, 0, partial(self._confirm, clearance["agency"], confirmed))
        for gate in written["confirmation"]:
            yield _event(gate["confirmed"], 0, partial(self._confirm_gate, gate))
            yield _event(gate["replied"], 0, partial(self._reply, gate))
        for look in written["look"]:
            yield _event(look, 0, partial(self._look, look))

    def _do(self, case: Step, step: Step) -> None:
        {
            "open": self._open,
            "tie": self._tie,
            "move": self._move,
            "assess": self._assess,
            "interviews": self._interviews,
            "state": self._state,
            "review": self._review,
            "finding": self._finding,
            "action": self._action,
            "import": self._import,
            "certify": self._certify,
            "propose": self._propose,
            "confirm": lambda case, step: self._confirm(case["agency"], step),
            "tick": self._tick,
        }[step["do"]](case, step)

    def _open(self, case: Step, step: Step) -> None:
        agency_id = self._agency(case["agency"])
        names = {agency.agency_id: agency.name for agency in fetch_agencies(self._store.cursor())}
        corridors = [text.split("-") for text in case["corridors"]]
        scope = Scope(
            legal_entity=names[agency_id],
            sites=("Head office",),
            sectors=tuple(case.get("sectors", ())),
            sub_agents=tuple(case.get("sub_agents", ())),
            corridors=tuple(Corridor(origin=origin, destination=destination) for origin, destination in corridors),
        )
        opened = open_case(
            self._store, self._viewer(step), agency_id=agency_id, scope=scope, reason=step["reason"], **self._when(step)
        )
        self._cases[case["agency"]] = opened.case_id

    def _tie(self, case: Step, step: Step) -> None:
        agency_id, note = self._agency(case["agency"]), step.get("note", "")
        declare_tie(self._store, self._viewer(step), agency_id, step["tied"], note, **self._when(step))

    def _move(self, case: Step, step: Step) -> None:
        to = CaseState(step["to"])
        move(self._store, self._viewer(step), self._case(case), to, step["reason"], **self._when(step))

    def _assess(self, case: Step, step: Step) -> None:
        everything = [criterion.crit_code for criterion in load_standard().criteria]
        covered = everything if step["criteria"] == "all" else step["criteria"]
        record_assessment(
            self._store,
            self._viewer(step),
            self._case(case),
            kind=AssessmentKind(step["kind"]),
            completed_on=self._calendar.day(step["on"]),
            assessor=step["assessor"],
            **reviewing.ASSESSED_BY,
            criteria=dict.fromkeys(covered, ""),
            **self._when(step),
        )

    def _interviews(self, case: Step, step: Step) -> None:
        reviewing.interview(self._store, self._viewer(step), self._case(case), step["count"], self._when(step))

    def _state(self, case: Step, step: Step) -> None:
        reviewing.state(self._store, self._viewer(step), self._case(case), step, self._when(step))

    def _review(self, case: Step, step: Step) -> None:
        kind = AssessmentKind(step["kind"])
        reviewing.review(self._store, self._viewer(step), self._case(case), kind, step, self._when(step))

    def _finding(self, case: Step, step: Step) -> None:
        found = record_finding(
            self._store,
            self._viewer(step),
            self._case(case),
            crit_code=step["crit"],
            grade=Grade(step["grade"]),
            statement=step["statement"],
            **self._when(step),
        )
        self._findings[case["agency"], step["key"]] = found.finding_id

    def _action(self, case: Step, step: Step) -> None:
        due: date | None = step.get("due")
        act_on_finding(
            self._store,
            self._viewer(step),
            self._findings[case["agency"], step["key"]],
            ActionState(step["to"]),
            step["note"],
            agreed_due=None if due is None else self._calendar.day(due),
            evidence=evidence_of(step),
            **self._when(step),
        )

    def _import(self, case: Step, step: Step) -> None:
        audit = audit_of(step, self._calendar)
        import_findings(self._store, self._viewer(step), self._case(case), audit, **self._when(step))

    def _certify(self, case: Step, step: Step) -> None:
        certify(self._store, self._viewer(step), self._case(case), step["reason"], **self._when(step))

    def _propose(self, case: Step, step: Step) -> None:
        kind = ProposalKind(step["kind"])
        proposal = propose_move(
            self._store, self._viewer(step), self._case(case), kind, step["reason"], **self._when(step)
        )
        self._proposals[case["agency"]] = proposal.proposal_id

    def _propose_clearance(self, clearance: Step) -> None:
        step, agency_id = clearance["proposed"], self._agency(clearance["agency"])
        for name in ("i", "t"):
            declare_tie(self._store, self._reviewers[name], agency_id, False, **self._when(step))
        proposal = propose_clearance(
            self._store, self._viewer(step), agency_id, clearance["indicator"], step["reason"], **self._when(step)
        )
        self._proposals[clearance["agency"]] = proposal.proposal_id

    def _confirm(self, licence: str, step: Step) -> None:
        confirm(self._store, self._viewer(step), self._proposals[licence], step["reason"], **self._when(step))

    def _confirm_gate(self, gate: Step) -> None:
        step, agency_id = gate["confirmed"], self._agency(gate["agency"])
        declare_tie(self._store, self._viewer(step), agency_id, False, **self._when(step))
        viewer = self._viewer(step)
        confirm_gate(self._store, viewer, agency_id, gate["indicator"], step["reason"], **self._when(step))

    def _reply(self, gate: Step) -> None:
        step, when = gate["replied"], self._when(gate["replied"])
        at = {"via": when["via"], "now": when["now"]}
        viewer, agency_id = self._viewer(step), self._agency(gate["agency"])
        record_reply(self._store, viewer, agency_id, gate["indicator"], step["reply"], **at)

    def _look(self, step: Step) -> None:
        """The clock looks; while a history is replayed there are no headlines that would say where."""
        when, everybody = self._when(step), [each.agency_id for each in fetch_agencies(self._store.cursor())]
        watch(self._store, now=when["now"], today=when["today"], agencies=everybody)

    def _tick(self, case: Step, step: Step) -> None:
        when = self._when(step)
        tick(self._store, now=when["now"], today=when["today"])

    def _agency(self, licence: str) -> str:
        if not self._agencies:
            known = fetch_agencies(self._store.cursor())
            self._agencies = {agency.licence: agency.agency_id for agency in known}
        return self._agencies[licence]

    def _case(self, case: Step) -> str:
        return self._cases[case["agency"]]

    def _viewer(self, step: Step) -> Viewer:
        return self._reviewers[step["by"]]

    def _when(self, step: Step) -> dict[str, Any]:
        day: date = step["on"]
        return {"via": Via.PAGE, "now": self._calendar.moment(day, MORNING), "today": self._calendar.day(day)}


def _event(step: Step, place: int, happen: Callable[[], object]) -> Event:
    """Later steps of the same day come a minute later; `store.act` keeps moments apart in any case."""
    return datetime.combine(step["on"], time(MORNING.hour, place)), happen
