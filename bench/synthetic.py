"""Evidence for the benchmarks: agencies, partners, batches and answered reports written straight into a store.

Reports arrive batch by batch, spread over all agencies of a partner (not clustered by agency); some are corrected,
some workers are interviewed twice, and about two fifths fall into the window.
"""

from datetime import date, datetime, timedelta

from vetting.store import Store

AS_OF = date(2026, 9, 30)
KNOWN_AT = datetime(2026, 11, 22, 9, 0)
PARTNERS = 60
PARTNERS_PER_AGENCY = 5
KINDS = ("ngo", "union", "mrc", "government", "ngo", "union", "mrc", "auditor", "employer", "ngo")
GATE_COLUMNS = ("w07", "w08", "w18", "w19", "w20", "w21")
ANSWER_COLUMNS = tuple(f"w{number:02}" for number in range(4, 23) if number != 6)

# Report i of batch b: partner b % 60; its agency is one of those that partner hears of, at random.
REPORTS = """
INSERT INTO evidence.report BY NAME
WITH drawn AS (
    SELECT i,
           i // $size AS batch,
           (i // $size) % $partners AS p,
           i % 50 = 49 AND i >= $size * $partners AS corrects,
           CASE WHEN i % 50 = 49 AND i >= $size * $partners THEN i - $size * $partners ELSE i END AS of,
           hash(of) AS h,
           hash(i, 1) % 1000 AS money
    FROM range($first, $last) AS numbers (i)
), placed AS (
    SELECT *,
           (((p - 13 * (h % 5)::BIGINT + 3600) * 43) % $partners + $partners * ((h // 8) % ($agencies // $partners)))
           ::BIGINT AS a
    FROM drawn
)
SELECT 'b0000000-0000-7000-8000-' || lpad(batch::VARCHAR, 12, '0') AS batch_id,
       (i % $size + 2)::BIGINT AS line,
       'partner-' || lpad(p::VARCHAR, 2, '0') AS partner,
       'R' || lpad(of::VARCHAR, 9, '0') AS report_id,
       'a0000000-0000-7000-8000-' || lpad(a::VARCHAR, 12, '0') AS agency_id,
       'NPL' AS origin_country,
       CASE h % 3 WHEN 0 THEN 'QAT' WHEN 1 THEN 'MYS' ELSE 'SAU' END AS destination_country,
       $newest::DATE - (hash(i, 2) % 1800)::INTEGER AS interview_date,
       'phone' AS channel,
       TRUE AS consent_use, FALSE AS consent_reviewer, FALSE AS consent_repayment, FALSE AS consent_contact,
       CASE WHEN hash(i, 3) % 10 < 4 THEN NULL
            WHEN hash(i, 3) % 10 = 4 THEN 'w' || (hash(i, 4) % 60)::VARCHAR
            ELSE 'u' || i::VARCHAR END AS worker_ref,
       CASE WHEN hash(i, 5) % 100 < 97 THEN 'self_report' ELSE 'two_sources' END AS verification,
       '{}' AS raw, 'x' AS content_hash, 1 AS method,
       date_trunc('month', $newest::DATE - (hash(i, 2) % 1800)::INTEGER - 100)::DATE AS window_month,
       date_trunc('month', $newest::DATE - (hash(i, 2) % 1800)::INTEGER - 60)::DATE AS departed_month,
       CASE WHEN money < 100 THEN NULL ELSE money < 100 + 6 * (a % 100) END AS charged,
       CASE WHEN money < 100 THEN NULL ELSE money < 100 + 6 * (a % 100) END AS w01,
       FALSE AS repaid, FALSE AS state_items_only, TRUE AS rule_in_force, FALSE AS known_w03, FALSE AS two_currencies,
       money % 10 > 2 AS known_w04, money % 10 > 1 AS known_w05,
       CASE WHEN money < 100 THEN NULL WHEN money < 100 + 6 * (a % 100) THEN (h % 9000) / 1000.0 ELSE 0 END AS months,
       CASE WHEN money < 100 THEN NULL ELSE money < 100 + 5 * (a % 100) END AS w02,
       CASE WHEN money < 100 OR money < 100 + 6 * (a % 100) THEN NULL ELSE FALSE END AS w03,
       CASE WHEN money < 100 + 6 * (a % 100) AND money >= 100 AND money % 3 > 0 THEN money % 5 > 0 END AS w06,
       {answers}
FROM placed
"""
ANSWER = (
    "CASE WHEN hash(i, {seed}) % 10 < 3 THEN NULL "
    "ELSE hash(i, {seed}) % 1000 < {share} * (a % 80) // 80 END AS {column}"
)
WORKER_KEYS = """
INSERT INTO desk.repeat
SELECT 'worker', partner, agency_id, worker_ref, $now
FROM evidence.report
WHERE worker_ref LIKE 'w%'
GROUP BY partner, agency_id, worker_ref
HAVING count(*) > 1
ORDER BY 2, 3, 4
"""
REPORT_KEYS = """
INSERT INTO desk.repeat
WITH corrected AS (
    SELECT report_id
    FROM evidence.report
    WHERE line % 50 = 1 AND report_id <> 'R' || lpad((substr(batch_id, 25)::BIGINT * $size + line - 2)::VARCHAR, 9, '0')
)
SELECT DISTINCT 'report', partner, agency_id, report_id, $now
FROM evidence.report
WHERE report_id IN (SELECT report_id FROM corrected)
ORDER BY 2, 3, 4
"""
AGENCIES = """
INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status, deployed_12m)
SELECT 'a0000000-0000-7000-8000-' || lpad(a::VARCHAR, 12, '0'), $now, 'bench', a::VARCHAR, 'Agency ' || a, 'NPL',
       'valid', 900
FROM range($agencies) AS numbers (a)
"""
BATCH = "INSERT INTO desk.batch VALUES ($batch, $now, $partner, 'bench', 'f', 'h', 1, $size, $size, 0, 0, 0, 0, 0)"
WITHDRAW = "INSERT INTO desk.batch_withdrawal VALUES ($batch, $now, 'bench', 'bench')"
TRAIL = "INSERT INTO desk.trail VALUES (1, $now, 'bench', 'cli', 'store_init', 'bench', NULL, NULL, NULL, '0', '1')"
PARTNER = "INSERT INTO desk.partner VALUES ($partner, $now, $kind, $partner)"


def fill(store: Store, *, agencies: int, reports: int) -> None:
    """`agencies` is rounded down to a multiple of 60; the batches are of equal size, twenty or more per partner."""
    db = store.cursor()
    size = max(100, reports // (PARTNERS * 20) // 50 * 50)
    begun = KNOWN_AT - timedelta(days=2000)
    db.execute(AGENCIES, {"agencies": agencies // PARTNERS * PARTNERS, "now": begun})
    for p in range(PARTNERS):
        db.execute(PARTNER, {"partner": f"partner-{p:02}", "now": begun, "kind": KINDS[p % len(KINDS)]})
    answers = ",\n       ".join(
        ANSWER.format(seed=100 + n, share=60 if column in GATE_COLUMNS else 500, column=column)
        for n, column in enumerate(ANSWER_COLUMNS)
    )
    statement = REPORTS.replace("{answers}", answers)
    for first in range(0, reports, 1_000_000):
        values = {"first": first, "last": min(first + 1_000_000, reports), "size": size, "partners": PARTNERS}
        db.execute(statement, values | {"agencies": agencies // PARTNERS * PARTNERS, "newest": AS_OF})
    for batch in range(-(-reports // size)):
        name, moment = f"b0000000-0000-7000-8000-{batch:012}", KNOWN_AT - timedelta(days=1900) + timedelta(hours=batch)
        db.execute(BATCH, {"batch": name, "now": moment, "partner": f"partner-{batch % PARTNERS:02}", "size": size})
        if batch % 97 == 96:
            db.execute(WITHDRAW, {"batch": name, "now": KNOWN_AT})
    db.execute(WORKER_KEYS, {"now": KNOWN_AT})
    db.execute(REPORT_KEYS, {"now": KNOWN_AT, "size": size})
    db.execute(TRAIL, {"now": KNOWN_AT})  # the newest moment a score knows of
