"""What agencies of the sample country state of themselves, what reviews found there, and whom they interviewed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.case import Case, Corridor
from schemas.codes import AssessmentKind, Sex
from schemas.interview_draw import Stratum
from schemas.viewer import Viewer
from vetting.certification.applications import record_self_assessment, state_capacity
from vetting.certification.cases import require_case
from vetting.certification.interview_draw import count_stratum, draw_sample
from vetting.certification.reviews import record_assessment
from vetting.certification.sheets import read_review, read_self_assessment
from vetting.store import Store
from vetting.store.agencies import fetch_agency
from vetting.store.interview_draws import fetch_draws

SHEETS = Path(__file__).resolve().parents[2] / "sample_data" / "reviews"
ASSESSED_BY: Mapping[str, Any] = {
    "chosen_by": "The operating body",
    "paid_by": "The operating body, from a fund all applicants pay into",
}
# Invented firms that workers went to, by destination: one that hires mostly men, one that hires mostly women.
CLIENTS = {
    "MYS": ("Selangor Glove Works", "Ipoh Circuit Assembly"),
    "QAT": ("Pearl Towers Contracting", "Doha Linen Service"),
    "SAU": ("Najd Facility Care", "Jeddah Clinic Group"),
    "JOR": ("Irbid Freight Yard", "Zarqa Garments"),
    "ARE": ("Creek Scaffolding", "Dune Hotels"),
    "KWT": ("Burgan Maintenance", "Salmiya Care Homes"),
    "TWN": ("Hsinchu Castings", "Taichung Care Homes"),
    "HKG": ("Kowloon Logistics", "private households"),
}
MEN_OF = {"MYS": 60, "JOR": 20, "HKG": 5, "TWN": 40}  # per cent of a corridor's workers; else 70


def state(store: Store, viewer: Viewer, case_id: str, stated: Mapping[str, str], when: Mapping[str, Any]) -> None:
    """The level of capacity building, then the agency's own sheet."""
    state_capacity(store, viewer, case_id, stated["level"], stated["rests_on"], **when)
    data = (SHEETS / stated["sheet"]).read_bytes()
    record_self_assessment(store, viewer, case_id, read_self_assessment(data, stated["sheet"]), when["today"], **when)


def review(
    store: Store, viewer: Viewer, case_id: str, kind: AssessmentKind, step: Mapping[str, Any], when: Mapping[str, Any]
) -> None:
    """A review told by its sheet, completed on the day it is recorded."""
    cells = read_review((SHEETS / step["sheet"]).read_bytes(), step["sheet"])
    said: dict[str, Any] = {"assessor": step["assessor"], "completed_on": when["today"], "cells": cells}
    record_assessment(store, viewer, case_id, kind=kind, **said, **ASSESSED_BY, **when)


def interview(store: Store, viewer: Viewer, case_id: str, heard: int, when: Mapping[str, Any]) -> None:
    """Draw the sample, and count so many workers heard, stratum by stratum in their order."""
    case = require_case(store.cursor(), case_id)
    draw_sample(store, viewer, case_id, strata(store, case), seed=f"sample country, {case.recorded_at:%Y}", **when)
    for stratum in fetch_draws(store.cursor(), case_id)[-1].strata:
        now = min(heard, stratum.sample)
        if now:
            count_stratum(store, viewer, case_id, stratum.place, interviewed=now, **when)
        heard -= now


def strata(store: Store, case: Case) -> list[Stratum]:
    """The workers the register says were deployed, shared among the scope's corridors and their two clients."""
    deployed = fetch_agency(store.cursor(), case.agency_id).deployed_12m or 0
    corridors, found = case.scope.corridors, []
    for place, corridor in enumerate(corridors):
        workers = deployed // len(corridors) + (deployed % len(corridors) if place == 0 else 0)
        found += _of_corridor(corridor, workers)
    return found


def _of_corridor(corridor: Corridor, workers: int) -> list[Stratum]:
    men = workers * MEN_OF.get(corridor.destination, 70) // 100
    ours = zip((Sex.MALE, Sex.FEMALE), CLIENTS[corridor.destination], (men, workers - men), strict=True)
    return [Stratum(corridor=corridor, sex=sex, client=client, placed=placed) for sex, client, placed in ours]
