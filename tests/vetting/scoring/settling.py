"""How a random world of fee reports is put into a store: table by table, answered by the real `answer`."""

from collections import Counter, defaultdict
from datetime import timedelta

import polars as pl

from tests.vetting.scoring.second_opinion_of_counting import World
from tests.vetting.scoring.worlds import AGENCY, ENTRIES, MONEY, NOW, YES_NO
from vetting.scoring.answers import answer
from vetting.store import Store
from vetting.store.exchange_rates import fetch_rates
from vetting.store.fee_caps import fetch_caps


def settle(store: Store, made: World) -> None:
    """Put a world into a store, table by table, answered by the real `answer`."""
    db = store.cursor()
    put = lambda statement, **values: db.execute(statement, values)  # noqa: E731
    long_ago = NOW - timedelta(days=900)
    for entry in ENTRIES:
        put(
            "INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status) "
            "VALUES ($id, $at, 'register', '0001', 'One Agency', 'NPL', 'valid')",
            id=entry,
            at=long_ago,
        )
    for m in made.merges:
        put(
            "INSERT INTO desk.agency_merge VALUES ($gone, $at, $into, 'a', 'r')",
            gone=m["agency_id"],
            at=m["recorded_at"],
            into=m["into_id"],
        )
    for partner, kind in made.kinds.items():
        put("INSERT INTO desk.partner VALUES ($p, $at, $kind, $p)", p=partner, at=long_ago, kind=kind)
    keys = {(row["partner"], row["recorded_at"], row["withdrawn_at"]) for row in made.reports}
    for partner, at, gone in sorted(keys, key=lambda key: (key[1], key[0])):
        batch = f"{partner}-{at:%Y%m%d%H}"
        put(
            "INSERT INTO desk.batch VALUES ($b, $at, $p, 'a', 'f', 'h', 1, 0, 0, 0, 0, 0, 0, 0)",
            b=batch,
            at=at,
            p=partner,
        )
        if gone:
            put("INSERT INTO desk.batch_withdrawal VALUES ($b, $at, 'a', 'r')", b=batch, at=gone)
    for i, f in enumerate(made.findings):
        put(
            "INSERT INTO desk.finding VALUES ($id, $at, NULL, $agency, $crit, $grade, 's', 'a')",
            id=f"f{i}",
            at=f["recorded_at"],
            agency=f.get("agency_id", AGENCY),
            crit=f["crit_code"],
            grade=f["grade"],
        )
        if f["closed_at"]:
            put(
                "INSERT INTO desk.corrective_action VALUES ($id, $at, 'closed', NULL, 'n', 'a')",
                id=f"f{i}",
                at=f["closed_at"],
            )
    for i, a in enumerate(made.assessments):
        put(
            "INSERT INTO desk.assessment VALUES ($id, $at, NULL, $agency, 'on_site_review', $on, 'x', 'x', 'x', 'a')",
            id=f"a{i}",
            at=a["recorded_at"],
            agency=a.get("agency_id", AGENCY),
            on=a["completed_on"],
        )
        for crit in a["criteria"]:
            put("INSERT INTO desk.assessed_criterion VALUES ($id, $crit, '')", id=f"a{i}", crit=crit)
    for c in made.clearances:
        put(
            "INSERT OR IGNORE INTO desk.clearance VALUES ($agency, $code, $at, 'a', 'b', 'r')",
            agency=c.get("agency_id", AGENCY),
            code=c["indicator"],
            at=c["recorded_at"],
        )
    for r in made.rates:
        put(
            "INSERT OR IGNORE INTO desk.exchange_rate VALUES "
            "($currency, $rate_date, $kind, $recorded_at, $per_usd, $source, 'a')",
            **r,
        )
    for cap in made.caps:
        put(
            f"INSERT OR IGNORE INTO desk.fee_cap ({', '.join(cap)}, actor) "
            f"VALUES ({', '.join(f'${name}' for name in cap)}, 'a')",
            **{name: None if value == "" and name != "includes" else value for name, value in cap.items()},
        )
    settle_repeats(db, made)
    for at in sorted({row["recorded_at"] for row in made.reports}):
        rows = frame(made).filter(pl.Series(row["recorded_at"] == at for row in made.reports))
        answered = answer(rows, fetch_rates(db, at), fetch_caps(db, at)).drop("agency_country")
        db.register("reports_of_a_world", answered.to_arrow())
        db.execute("INSERT INTO evidence.report BY NAME SELECT * FROM reports_of_a_world")


def settle_repeats(db, made: World) -> None:  # noqa: ANN001
    reports, workers, agencies = Counter(), Counter(), defaultdict(set)
    for row in made.reports:
        reports[row["partner"], row["report_id"]] += 1
        agencies[row["partner"], row["report_id"]].add(row["agency_id"])
        if row["worker_ref"]:
            workers[row["partner"], row["agency_id"], row["worker_ref"]] += 1
    repeats = [("worker", *key) for key, times in workers.items() if times > 1]
    for (partner, report_id), times in reports.items():
        repeats += [("report", partner, agency, report_id) for agency in agencies[partner, report_id] if times > 1]
    for kind, partner, agency, key in sorted(repeats):
        db.execute(
            "INSERT INTO desk.repeat VALUES ($kind, $partner, $agency, $key, $at)",
            {"kind": kind, "partner": partner, "agency": agency, "key": key, "at": NOW},
        )


def frame(made: World) -> pl.DataFrame:
    """The world's reports as intake would hand them over: typed canonical columns."""
    drop = {"recorded_at", "withdrawn_at"}
    rows = [
        {k: v for k, v in row.items() if k not in drop}
        | {
            "batch_id": f"{row['partner']}-{row['recorded_at']:%Y%m%d%H}",
            "line": i + 2,
            "agency_licence": "0001",
            "agency_name": None,
            "origin_region": None,
            "destination_region": None,
            "consent_use": True,
            "consent_reviewer": False,
            "consent_repayment": False,
            "consent_contact": False,
            "raw": "{}",
            "content_hash": "h",
            "method": 1,
        }
        for i, row in enumerate(made.reports)
    ]
    texts = [
        "worker_ref",
        "sex",
        "sector",
        "payee_type",
        "loan_source",
        "loan_rate_period",
        "wage_currency",
        "wage_period",
        "passport_holder",
        "agency_name",
        "origin_region",
        "destination_region",
        "responsible",
        "notes",
    ]
    amounts = [c for c in rows[0] if c.startswith("cost_")] + [
        "total_paid",
        "deducted_amount",
        "reimbursed_amount",
        "receipt_amount",
        "loan_amount",
        "loan_rate",
        "promised_wage",
        "actual_wage",
    ]
    overrides = (
        dict.fromkeys(texts, pl.String)
        | dict.fromkeys(amounts, MONEY)
        | dict.fromkeys(YES_NO, pl.Boolean)
        | {"recruited_month": pl.Date, "departed_month": pl.Date, "age_at_recruitment": pl.Int64}
    )
    return pl.DataFrame(rows, schema_overrides=overrides, infer_schema_length=None)
