"""The method's print: what it answers to a fixed battery of inputs, as hashes kept per METHOD_VERSION.

    python -m tests.vetting.scoring.method_print            record the print of a new version
    python -m tests.vetting.scoring.method_print --again    take the current version's anew, while nobody has used it

Figures are rounded to six decimals, so that another processor gives the same print. The inputs never change for a
version that is recorded: a new question is a new part.
"""

import hashlib
import json
import math
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tests.vetting.scoring.evidence import ANSWERS, CLEAN, NOW, report, scored, send, settle
from tests.vetting.scoring.tallies import NARROW, STANDARD, WIDE
from tests.vetting.scoring.test_answers import answers
from vetting.scoring.beside import months_of
from vetting.scoring.documents import Documents
from vetting.scoring.headline import evaluate
from vetting.scoring.indicators import COLUMNS, INDICATORS, METHOD_VERSION
from vetting.scoring.tally import Tally
from vetting.store import open_store
from vetting.store.migrate import migrate

PRINTS = Path(__file__).with_name("method_prints.json")
COMMAND = "python -m tests.vetting.scoring.method_print"
AGENCIES, REPORTS = 200, 240
# What is asked of each report; dollars and their rates are the tables' to answer, not the method's.
ASKED = (
    *("charged", "repaid", "state_items_only", "rule_in_force", "known_w03", "known_w04", "known_w05"),
    *("paid", "months", "two_currencies", *COLUMNS),
)
YES_NO = (True, False, None)
TOLD: dict[str, tuple[Any, ...]] = {
    "total_paid": (None, None, "0", "1", "500", "1000", "40000.0001"),
    "cost_medical_exam": (None, None, None, "0", "300"),
    "cost_visa": (None, None, "250"),
    "cost_loan_interest": (None, "900"),
    "cost_fee_subagent": (None, None, None, "0", "700"),
    "cost_deposit_bond": (None, None, None, None, "0", "1"),
    "deducted_amount": (None, None, "0", "20"),
    "reimbursed_amount": (None, None, "0", "475", "950", "1000", "38000"),
    "currency": ("NPR",),
    "wage_currency": ("NPR", "NPR", "NPR", None),
    "promised_wage": (None, "1000", "1000.02"),
    "actual_wage": (None, "500", "950", "1000"),
    "wage_period": ("month", "week", "day", None),
    "payee_type": (None, "sub_agent", "agency"),
    "loan_source": (None, "none", "family", "bank", "agency", "employer"),
    "loan_rate": (None, "2.9999", "3", "35.9999", "36"),
    "loan_rate_period": ("month", "year", None),
    "passport_holder": (None, "self", "free_access", "employer", "agency", "other"),
    "age_at_recruitment": (None, 17, 18, 40),
    "departed_month": (None, date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)),
    "recruited_month": (None, date(2014, 1, 1), date(2025, 11, 1)),
    "channel": ("in_person", "post_arrival_survey"),
    "destination_country": ("QAT", "MYS", "JPN"),
    **dict.fromkeys(
        (
            *("contract_before_departure", "contract_understood", "contract_substituted", "costs_disclosed"),
            *("orientation_received", "movement_restricted", "threats", "wages_withheld", "penalty_for_leaving"),
            *("grievance_known", "grievance_raised", "grievance_resolved", "retaliation"),
            "data_shared_without_consent",
        ),
        YES_NO,
    ),
}


def catalogue() -> Any:
    return [(i.code, i.criterion, i.t, i.w, i.gate, i.half_known, i.referral) for i in INDICATORS]


def answering() -> Any:
    """Reports, told in many ways, and what each answers."""
    rng = random.Random(1)
    found = []
    for _ in range(REPORTS):
        given = answers(**{column: rng.choice(values) for column, values in TOLD.items()})
        found.append([given[column] for column in ASKED])
    return found


def judging() -> Any:
    """Counts of many agencies, and everything judged of them."""
    rng = random.Random(2)
    result = evaluate(_counts(rng, 3000), _counts(rng, 12), _papers(rng), STANDARD)
    judged, combined = result.judged, result.combined
    arrays = (
        *(judged.n, judged.k, judged.low, judged.high, judged.outcome, judged.points, judged.with_auditors),
        *(combined.worker, combined.criteria, combined.weights, combined.principles, combined.headline),
        *(combined.coverage, combined.worker_coverage, result.gates, result.band, result.reason),
    )
    return [array.tolist() for array in arrays]


def counting() -> Any:
    """Stored reports of four partners, with corrections and second interviews, and the agency's score."""
    rng = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "print.duckdb")
        migrate(store, NOW)
        settle(store)
        for hour, (partner, reports) in enumerate(
            {"sunrise": 60, "dockers": 40, "ledger": 15, "depot": 5, "harbour": 1}.items()
        ):
            send(store, partner, [_stored(rng, number) for number in range(reports)], NOW + timedelta(hours=hour))
        send(store, "sunrise", [_stored(rng, number) for number in range(50, 70)], NOW + timedelta(days=1))
        found = scored(store, known_at=NOW + timedelta(days=2))
        store.close()
    told = found.as_json()
    del told["method"]
    beside = [
        *(found.rests_on, found.auditors_in, found.charged_reports, found.departed_12m, found.median_age_days),
        *([item.indicator, item.workers] for item in found.queue),
        *(corridor.model_dump(mode="json") for corridor in found.corridors),
    ]
    months = [months_of([rng.choice((0, 0.5, 1.25, 3)) for _ in range(n)], STANDARD).model_dump() for n in (49, 50, 87)]
    return [told, beside, months]


PARTS: dict[str, Callable[[], Any]] = {
    "standard": lambda: (STANDARD.id, STANDARD.content_hash),
    "catalogue": catalogue,
    "answers": answering,
    "judging": judging,
    "counting": counting,
}


def taken() -> dict[str, str]:
    """The print of the method as it is now, part by part."""
    return {name: printed(part()) for name, part in PARTS.items()}


def printed(value: Any) -> str:
    canonical = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def recorded() -> dict[str, dict[str, str]]:
    """The prints kept, by version."""
    return json.loads(PRINTS.read_text(encoding="utf-8")) if PRINTS.exists() else {}


def record(*, again: bool) -> None:
    """Keep the print of the current version; one that is kept already is replaced only when asked for."""
    kept, version, now = recorded(), str(METHOD_VERSION), taken()
    if version in kept and kept[version] != now and not again:
        sys.exit(
            f"Version {version} has another print already. Raise METHOD_VERSION, or, while nobody has been scored by "
            f"version {version} yet, say {COMMAND} --again."
        )
    PRINTS.write_text(json.dumps(kept | {version: now}, indent=2) + "\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6) + 0.0
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _counts(rng: random.Random, most: int) -> Tally:
    """Random counts of so many workers at most, small and large agencies alike."""
    workers = [int(most * rng.random() ** 3) for _ in range(AGENCIES)]
    bad = [rng.choice((0, 0, 0.02, 0.1, 0.4, 0.9)) for _ in range(AGENCIES)]
    n = np.array([[rng.choice((*(w,) * 20, w // 2, min(w, 9))) for _ in range(WIDE)] for w in workers])
    shares = [[share * rng.random() for _ in range(WIDE)] for share in bad]
    k = np.array(np.ceil(n * np.array(shares)), dtype=np.int64)
    few = {"partners": lambda w: min(w, rng.choice((1, 2, 3)))}
    columns: dict[str, Any] = {"n": n, "k": k, "unrepaid": np.array([rng.randrange(row[0] + 1) for row in k.tolist()])}
    for field in fields(Tally):
        if field.name in {"opening", "opening_partners", "verified", "investigated"}:
            most_here = {"opening": 12, "opening_partners": 2, "verified": 3, "investigated": 0.6}[field.name]
            counts = [[min(a, int(rng.random() * most_here * 1.5)) for a in row[:NARROW]] for row in k.tolist()]
            columns[field.name] = np.array(counts)
        elif field.name not in columns:
            pick = few.get(field.name, lambda w: rng.randrange(w + 1))
            columns[field.name] = np.array([pick(w) for w in workers])
    return Tally(**columns)


def _papers(rng: random.Random) -> Documents:
    wide = range(len(STANDARD.criteria))
    quiet = [rng.random() < 0.5 for _ in range(AGENCIES)]
    points = [[math.nan if q else rng.choice((math.nan, 0, 30, 70, 90, 100)) for _ in wide] for q in quiet]
    return Documents(
        points=np.array(points, dtype=np.float64),
        critical=np.array([[rng.random() < 0.004 for _ in wide] for _ in quiet]),
        major=np.array([rng.random() < 0.2 for _ in quiet]),
    )


def _stored(rng: random.Random, number: int) -> dict[str, Any]:
    """A stored report with answers of its own; every third worker is heard twice."""
    said = {code: rng.choice((False, False, False, False, True, None)) for code in ANSWERS}
    months = None if said["w02"] is None else rng.choice((0.0, 0.5, 1.5, 2.25))
    return report(
        f"R{number}",
        **CLEAN | said | {"months": months, "charged": said["w01"], "known_w04": rng.random() < 0.8},
        repaid=rng.choice((None, None, True, False)) if said["w01"] else None,
        worker_ref=f"w{number // 3}" if number % 3 else None,
        interview_date=date(2026, 9, 30) - timedelta(days=rng.randrange(-20, 760)),
        departed_month=rng.choice((None, date(2026, 1, 1))),
        window_month=rng.choice((None, date(2020, 1, 1), date(2026, 1, 1))),
        destination_country=rng.choice(("QAT", "JPN")),
        verification=rng.choice(("self_report", "receipt_seen")),
    )


if __name__ == "__main__":
    record(again="--again" in sys.argv[1:])
    print(f"The print of version {METHOD_VERSION} stands in {PRINTS.name}.")
