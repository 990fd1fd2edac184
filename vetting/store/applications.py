"""What agencies stated in their applications, as stored: the newest statement of a case counts."""

from schemas.application import Application, CapacityStatement, SelfAnswered, SelfAssessment
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records, fetch_rows

INSERT_CAPACITY = """
INSERT INTO desk.capacity_statement (case_id, recorded_at, level, rests_on, actor)
VALUES ($case_id, $recorded_at, $level, $rests_on, $actor)
"""
CAPACITY = """
SELECT case_id, recorded_at, level, rests_on, actor
FROM desk.capacity_statement
WHERE case_id = $case_id
ORDER BY recorded_at DESC
LIMIT 1
"""
INSERT_SELF_ASSESSMENT = """
INSERT INTO desk.self_assessment (case_id, recorded_at, received_on, actor)
VALUES ($case_id, $recorded_at, $received_on, $actor)
"""
INSERT_ANSWERS = """
INSERT INTO desk.self_assessment_answer (case_id, recorded_at, crit_code, element, answer)
SELECT $case_id, $recorded_at, unnest($crit_codes), unnest($elements), unnest($answers)
"""
SELF_ASSESSMENT = """
SELECT case_id, recorded_at, received_on, actor
FROM desk.self_assessment
WHERE case_id = $case_id
ORDER BY recorded_at DESC
LIMIT 1
"""
ANSWERS = """
SELECT crit_code, element, answer
FROM desk.self_assessment_answer
WHERE case_id = $case_id AND recorded_at = $recorded_at
ORDER BY crit_code, element
"""


def insert_capacity(db: Cursor, statement: CapacityStatement) -> None:
    db.execute(INSERT_CAPACITY, statement.model_dump())


def insert_self_assessment(db: Cursor, stated: SelfAssessment) -> None:
    about = {"case_id": stated.case_id, "recorded_at": stated.recorded_at}
    db.execute(INSERT_SELF_ASSESSMENT, about | {"received_on": stated.received_on, "actor": stated.actor})
    db.execute(
        INSERT_ANSWERS,
        about
        | {
            "crit_codes": [each.crit_code for each in stated.answers],
            "elements": [each.element for each in stated.answers],
            "answers": [each.answer.value for each in stated.answers],
        },
    )


def fetch_application(db: Cursor, case_id: str) -> Application:
    capacity = fetch_records(db, CapacityStatement, CAPACITY, {"case_id": case_id})
    stated = None
    for head in fetch_rows(db, SELF_ASSESSMENT, {"case_id": case_id}):
        about = {"case_id": case_id, "recorded_at": head["recorded_at"]}
        stated = SelfAssessment(**head, answers=tuple(fetch_records(db, SelfAnswered, ANSWERS, about)))
    return Application(capacity=capacity[0] if capacity else None, self_assessment=stated)
