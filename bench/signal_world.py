"""A seeded country of fee reports in which it is known what is honest, and what was planted for the signals to find.

Honest reports are no easy ones: workers of one employer paid the same sum and earn the same wage, a worker to whom one
bad thing happened more often met others, some are interviewed again and slip now and then, small fees lie around the
legal cap, and some agencies share a building.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.fee_cap import fee_caps
from schemas.fee_report import Kind, columns
from schemas.signal import SignalKind
from vetting.exchange import Rates
from vetting.scoring.answers import answer
from vetting.signals.reports import YES_IS_GOOD, YES_NO
from vetting.store import Store

AS_OF, NOW = date(2026, 9, 30), datetime(2026, 11, 22, 9, 0)
PARTNERS, AGENCIES, BATCHES, HEARD = 6, 24, 6, 12
PLACES = {"NPL": ("QAT", "NPR", 10_000), "BGD": ("QAT", "BDT", 100_780)}
TYPES = {
    Kind.AMOUNT: pl.Decimal(18, 4), Kind.WAGE: pl.Decimal(18, 4), Kind.RATE: pl.Decimal(18, 4), Kind.DATE: pl.Date,
    Kind.MONTH: pl.Date, Kind.ANSWER: pl.Boolean, Kind.CONSENT: pl.Boolean, Kind.PERMISSION: pl.Boolean,
    Kind.AGE: pl.Int64,
}  # fmt: skip
AGENCY = """
INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status, valid_from, address)
VALUES ($id, $at, 'invented', $id, $id, $country, $status, $since, $address)
"""
STREETS = ("Aanbu", "Chhahari", "Dhunge", "Galli", "Jureli", "Kamal", "Lali", "Mayur", "Nilgiri", "Parijat", "Simal")
PARTS = ("East", "West", "Upper", "Lower", "Old", "New", "Inner", "Outer")
Key = tuple[SignalKind, tuple[str, ...]]  # the kind, and batch and agency, or agency and partner, or agencies


@dataclass
class World:
    """`planted`: what a perfect reader would show; `looked_at`: of how many places each kind can say something."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    agencies: list[dict[str, Any]] = field(default_factory=list)
    assessed: list[str] = field(default_factory=list)
    planted: set[Key] = field(default_factory=set)
    looked_at: Counter[SignalKind] = field(default_factory=Counter)


def world(seed: int, *, plant: bool = True) -> World:
    """The same seed gives the same honest reports, with or without what is planted."""
    rng, made = random.Random(f"world {seed}"), World()
    conduct = {
        f"agency-{a:02}": (rng.choice([0.02, 0.3, 0.7]), rng.choice([0.03, 0.15, 0.35])) for a in range(AGENCIES)
    }
    small = set(rng.sample(sorted(conduct), 4))
    for partner in range(PARTNERS):
        heard = rng.sample(sorted(conduct), HEARD)
        for number in range(BATCHES):
            _batch(rng, made, f"partner-{partner}", number, heard, conduct, small)
    _register(rng, made, conduct)
    made.assessed = [agency for agency in conduct if rng.random() < 0.4]
    for agency in made.assessed:
        made.looked_at[SignalKind.CONTRADICTION] += 1
        if conduct[agency][0] >= 0.3:  # three times what is allowed, and documents show no fault
            made.planted.add((SignalKind.CONTRADICTION, (agency,)))
    units = {(row["batch_id"], row["agency_id"]) for row in made.rows}
    for kind in (SignalKind.NEAR_COPIES, SignalKind.STRAIGHT_LINES, SignalKind.JUMP):
        made.looked_at[kind] = len(units)
    made.looked_at[SignalKind.AT_THE_CAP] = len({(row["agency_id"], row["partner"]) for row in made.rows})
    if plant:
        _plant(random.Random(f"planted {seed}"), made)
    return made


def _batch(
    rng: random.Random, made: World, partner: str, number: int, heard: list[str],
    conduct: dict[str, tuple[float, float]], small: set[str],
) -> None:  # fmt: skip
    batch, first = f"{partner}-{number}", AS_OF - timedelta(days=90 * (BATCHES - number))
    for agency in heard:
        charged, bad = conduct[agency]
        employers = [
            (rng.random() < 0.6, _fee(rng, agency, small), 900 + 50 * rng.randrange(12), rng.choice([0.5, 1, 2]))
            for _ in range(3)
        ]
        earlier = [row for row in made.rows if row["partner"] == partner and row["agency_id"] == agency]
        for _ in range(rng.randint(7, 14)):
            again = rng.choice(earlier) if earlier and rng.random() < 0.1 else None
            uniform, fee, wage, mood = rng.choice(employers)
            paid = 0 if rng.random() >= charged else fee if uniform else _fee(rng, agency, small)
            mood *= rng.choice([0.4, 0.4, 2.0])
            row = _report(rng, made, batch, partner, agency, first, paid, wage, min(0.9, bad * mood))
            if again is not None:
                told = {name: value for name, value in again.items() if name in YES_NO or name in ("total_paid",)}
                slip = {name: rng.choice([True, False]) for name in YES_NO if rng.random() < 0.03}
                row |= told | slip | {"worker_ref": again["worker_ref"]}
            made.rows.append(row)


def _fee(rng: random.Random, agency: str, small: set[str]) -> int:
    """Log-normal, mostly round; at some agencies around the legal cap."""
    cap = PLACES[_country(agency)][2]
    drawn = rng.lognormvariate(0, 0.5) * cap * (1.2 if agency in small else 8)
    step = 5_000 if rng.random() < 0.6 else 1_000
    return max(step, round(drawn / step) * step)


def _report(
    rng: random.Random,
    made: World,
    batch: str,
    partner: str,
    agency: str,
    first: date,
    paid: int,
    wage: int,
    bad: float,
) -> dict[str, Any]:
    number, country = len(made.rows), _country(agency)
    interview = first + timedelta(days=rng.randrange(80))
    month = (interview - timedelta(days=rng.randint(150, 500))).replace(day=1)
    row: dict[str, Any] = {
        "batch_id": batch, "line": number, "partner": partner, "agency_id": agency, "report_id": f"R{number}",
        "agency_country": country, "origin_country": country, "destination_country": PLACES[country][0],
        "interview_date": interview, "channel": "return_survey", "worker_ref": f"w{number}", "recruited_month": month,
        "departed_month": month, "age_at_recruitment": rng.randint(19, 45), "currency": PLACES[country][1],
        "total_paid": paid, "promised_wage": wage, "actual_wage": wage if rng.random() >= bad else wage - 200,
        "wage_currency": "QAR", "wage_period": "month", "verification": "self_report",
        "passport_holder": "employer" if rng.random() < bad else "self",
    }  # fmt: skip
    if paid:
        row["payee_type"] = rng.choice(["agency", "sub_agent"])
        row["loan_source"] = rng.choice(["none", "family", "bank", "moneylender"])
        row["loan_amount"] = None if row["loan_source"] == "none" else paid // 2
        row["receipt_amount"] = rng.choice([None, None, paid, round(paid / 2000) * 1000 or None])
        row["reimbursed_amount"] = 0
    row |= {name: None if rng.random() < 0.08 else (name in YES_IS_GOOD) != (rng.random() < bad) for name in YES_NO}
    if row["grievance_raised"] is not True:
        row["grievance_resolved"] = None
    return row


def _register(rng: random.Random, made: World, conduct: dict[str, tuple[float, float]]) -> None:
    """The agencies workers speak of among 300 more: lost licences, buildings of eight, and neighbours by chance."""
    ids = [*conduct, *(f"other-{number:03}" for number in range(300))]
    for place, agency in enumerate(ids):
        since = date(2005, 1, 1) + timedelta(days=rng.randrange(6500))
        status = "valid" if agency in conduct else rng.choices(["valid", "cancelled", "expired"], (75, 15, 10))[0]
        house = f"{rng.randint(1, 400)} {rng.choice(PARTS)} {rng.choice(STREETS)} {rng.choice(STREETS)} Marg"
        if place % 40 < 8 and place > 100:
            house = f"{place // 40} Old Trade Centre Marg"
        told = {"address": house, "since": since, "status": status, "country": _country(agency), "id": agency}
        made.agencies.append(told)
    made.looked_at[SignalKind.REGISTERED_AGAIN] = len(ids)


def _plant(rng: random.Random, made: World) -> None:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in made.rows:
        groups.setdefault((row["batch_id"], row["agency_id"]), []).append(row)
    units = [unit for unit in sorted(groups) if len(groups[unit]) >= 8]
    taken = rng.sample(units, 20)
    for unit in taken[:6]:  # six copies of one report, about 5 % of its batch
        rows = rng.sample(groups[unit], 7)
        kept = {
            "report_id",
            "line",
            "worker_ref",
            "interview_date",
            "age_at_recruitment",
            "recruited_month",
            "departed_month",
        }
        for copy in rows[1:]:
            copy |= {name: value for name, value in rows[0].items() if name not in kept}
            copy.update(dict.fromkeys(copy.keys() - rows[0].keys()))
            name = rng.choice(YES_NO)
            copy[name] = not copy[name] if rng.random() < 0.5 and copy[name] is not None else copy[name]
        made.planted.add((SignalKind.NEAR_COPIES, unit))
    for unit in taken[6:12]:  # four rows ticked from top to bottom
        word = rng.random() < 0.5
        for row in rng.sample(groups[unit], 4):
            row |= dict.fromkeys(YES_NO, word) | ({"grievance_resolved": None} if not word else {})
        made.planted.add((SignalKind.STRAIGHT_LINES, unit))
    for unit in taken[12:16]:  # told what to say: exactly the cap, in seven of ten of a partner's reports of an agency
        partner = groups[unit][0]["partner"]
        for row in made.rows:
            if row["agency_id"] == unit[1] and row["partner"] == partner and rng.random() < 0.7:
                row["total_paid"] = PLACES[_country(unit[1])][2]
        made.planted.add((SignalKind.AT_THE_CAP, (unit[1], partner)))
    for unit in taken[16:18]:  # the workers of an earlier batch are heard again, and all is well
        _sent_again(rng, made, unit, groups, turned=True)
    for unit in taken[18:20]:  # many more reports, of workers heard before
        _sent_again(rng, made, unit, groups, turned=False)
    _rename(rng, made)


def _sent_again(
    rng: random.Random,
    made: World,
    unit: tuple[str, str],
    groups: dict[tuple[str, str], list[dict[str, Any]]],
    *,
    turned: bool,
) -> None:
    """In a batch of its own after all others."""
    partner = unit[0].rpartition("-")[0]
    known = [row for row in made.rows if row["partner"] == partner and row["agency_id"] == unit[1]]
    # Workers whose answers turn are no more than usual, so that their number does not give them away.
    for row in rng.sample(known, min(len(known), 40))[: 12 if turned else 40]:
        number = len(made.rows)
        again = row | {"batch_id": f"{partner}-{BATCHES}", "line": number, "report_id": f"R{number}"}
        if turned:
            row |= {"contract_understood": False, "orientation_received": False, "costs_disclosed": False}
            again |= {"contract_understood": True, "orientation_received": True, "costs_disclosed": True}
        made.rows.append(again | {"interview_date": AS_OF - timedelta(days=2)})
    made.planted.add((SignalKind.JUMP, (f"{partner}-{BATCHES}", unit[1])))


def _rename(rng: random.Random, made: World) -> None:
    """Six agencies that lost their licence come back: same address, written otherwise, or same telephone."""
    gone = [each for each in made.agencies if each["status"] != "valid" and "Trade" not in each["address"]]
    for number, old in enumerate(rng.sample(gone, 6)):
        house, _, rest = old["address"].partition(" ")
        phone = f"+977 98510{rng.randint(10000, 99999)}"
        address = f"House No. {house}, {rest.replace('Marg', 'Marga')}" if number % 3 else f"Ward {number}, {phone}"
        old["address"] = old["address"] if number % 3 else f"{old['address']}, tel {phone.removeprefix('+977 ')}"
        old["country"] = "NPL" if number % 3 == 0 else old["country"]
        since = old["since"] + timedelta(days=900)
        again = {
            "address": address,
            "since": since,
            "status": "valid",
            "country": old["country"],
            "id": f"again-{number}",
        }
        made.agencies.append(again)
        made.planted.add((SignalKind.REGISTERED_AGAIN, (old["id"], again["id"])))


def _country(agency: str) -> str:
    return "NPL" if int(agency[-2:]) % 2 else "BGD"


def settle(store: Store, made: World) -> None:
    """Put a world into an empty store."""
    db, long_ago = store.cursor(), NOW - timedelta(days=2000)
    for each in made.agencies:
        db.execute(AGENCY, each | {"at": long_ago})
    for partner in sorted({row["partner"] for row in made.rows}):
        db.execute("INSERT INTO desk.partner VALUES ($p, $at, 'ngo', $p)", {"p": partner, "at": long_ago})
    for place, batch in enumerate(sorted({row["batch_id"] for row in made.rows}, key=lambda name: (name[-1], name))):
        values = {"batch": batch, "partner": batch.rpartition("-")[0], "at": NOW - timedelta(days=60, hours=-place)}
        db.execute(
            "INSERT INTO desk.batch VALUES ($batch, $at, $partner, 'a', 'f', 'h', 1, 0, 0, 0, 0, 0, 0, 0)", values
        )
    for number, agency in enumerate(made.assessed):
        values = {"id": f"s{number}", "agency": agency, "at": NOW - timedelta(days=40), "on": date(2026, 6, 1)}
        db.execute(
            "INSERT INTO desk.assessment VALUES ($id, $at, NULL, $agency, 'on_site_review', $on, 'x', 'x', 'x', 'a')",
            values,
        )
        db.execute("INSERT INTO desk.assessed_criterion VALUES ($id, '1.1', '')", {"id": f"s{number}"})
    db.execute(
        "INSERT INTO desk.trail VALUES (1, $at, 'a', 'cli', 'store_init', 'x', NULL, NULL, NULL, '0', '1')", {"at": NOW}
    )
    keys = Counter((row["partner"], row["agency_id"], row["worker_ref"]) for row in made.rows)
    for key, times in sorted(keys.items()):
        if times > 1:
            db.execute(
                "INSERT INTO desk.repeat VALUES ('worker', $p, $a, $k, $at)",
                dict(zip("pak", key, strict=True)) | {"at": NOW},
            )
    schema = {name: TYPES.get(column.kind, pl.String) for name, column in columns().items()}
    always = {"consent_use": True, "consent_reviewer": False, "consent_repayment": False, "consent_contact": False}
    stored = {"raw": "{}", "content_hash": "h", "method": 1}
    rows = [dict.fromkeys(schema) | always | _typed(row, schema) | stored for row in made.rows]
    frame = pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
    db.register("reports_of_a_world", answer(frame, Rates(), fee_caps()).drop("agency_country").to_arrow())
    db.execute("INSERT INTO evidence.report BY NAME SELECT * FROM reports_of_a_world")
    db.unregister("reports_of_a_world")


def _typed(row: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    money = {name for name, kind in schema.items() if kind == pl.Decimal(18, 4)}
    return {name: Decimal(value) if name in money and value is not None else value for name, value in row.items()}
