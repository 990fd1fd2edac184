"""Which blocks a release stands on, over time: in a real store, reports put in as intake would."""

from datetime import date, datetime, timedelta

from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from tests.vetting.disclosure.country import D, send, withdraw, worker, workers
from vetting.disclosure.release import quarter_end_before
from vetting.disclosure.standing import settle_blocks
from vetting.ids import new_id
from vetting.store import Store
from vetting.store.releases import insert_release, insert_release_blocks

MEMBERS = """
SELECT named.report_id
FROM desk.release_block AS standing
JOIN desk.block_report AS named ON named.block_id = standing.block_id
WHERE standing.release_id = $release_id
ORDER BY named.report_id
"""


def release(store: Store, as_of: date, previous: ReleaseSummary | None = None) -> tuple[ReleaseSummary, set[str]]:
    """Settle the blocks as of a day by everything known then; returns the release and the reports it stands on."""
    db, moment = store.cursor(), datetime.combine(as_of, datetime.min.time()) + timedelta(days=100)
    standing = settle_blocks(db, as_of=as_of, known_at=moment, previous=previous, k=10, recorded_at=moment)
    standard = load_standard()
    made = ReleaseSummary(
        release_id=new_id(),
        recorded_at=moment,
        as_of=as_of,
        known_at=moment,
        standard=standard.id,
        standard_hash=standard.content_hash,
        method=1,
        agencies=0,
    )
    insert_release(db, made, "rita", [])
    insert_release_blocks(db, made.release_id, standing)
    return made, {row[0] for row in db.execute(MEMBERS, {"release_id": made.release_id}).fetchall()}


def quarter_after(day: date) -> date:
    return quarter_end_before(day + timedelta(days=93))


def names(numbers: range) -> set[str]:
    return {f"r{number}" for number in numbers}


NEXT = quarter_after(D)
AFTER = quarter_after(NEXT)


def test_nine_workers_wait_for_a_tenth(country: Store):
    send(country, "sunrise", workers(range(9)))
    first, shown = release(country, D)
    assert shown == set()
    send(country, "sunrise", [worker(9, interview_date=date(2026, 8, 1))], datetime(2026, 9, 1))
    assert release(country, NEXT, first)[1] == names(range(10))


def test_what_is_shown_stays_while_others_wait(country: Store):
    send(country, "sunrise", workers(range(12)))
    first, shown = release(country, D)
    assert shown == names(range(12))
    send(country, "sunrise", workers(range(12, 17)), datetime(2026, 10, 9))
    assert release(country, NEXT, first)[1] == names(range(12))


def test_corridors_wait_apart(country: Store):
    send(country, "sunrise", workers(range(8)) + workers(range(8, 16), destination_country="SAU"))
    assert release(country, D)[1] == set()


def test_two_partners_of_whom_one_is_few(country: Store):
    send(country, "sunrise", workers(range(20)))
    send(country, "dockers", workers(range(20, 25)))
    assert release(country, D)[1] == names(range(20))


def test_reports_of_agencies_and_employers_never_enter(country: Store):
    send(country, "owner", workers(range(30)))
    assert release(country, D)[1] == set()


def test_workers_who_look_alike_without_a_reference_are_one(country: Store):
    send(country, "sunrise", workers(range(30), worker_ref=None))
    assert release(country, D)[1] == set()
    told_apart = [worker(n, worker_ref=None, age_at_recruitment=20 + n) for n in range(30, 40)]
    send(country, "sunrise", told_apart, datetime(2026, 7, 2))
    assert release(country, NEXT)[1] == names(range(40))


def test_a_correction_takes_the_whole_block_out_and_the_rest_waits_for_the_next(country: Store):
    send(country, "sunrise", workers(range(25)))
    first, shown = release(country, D)
    assert shown == names(range(25))
    send(country, "sunrise", [worker(3, w07=True)], datetime(2026, 10, 20))
    second, shown = release(country, NEXT, first)
    assert shown == set()
    assert release(country, AFTER, second)[1] == names(range(25))


def test_a_withdrawal_takes_the_whole_block_out_and_no_other(country: Store):
    send(country, "sunrise", workers(range(12)))
    batch = send(country, "dockers", workers(range(12, 30)))
    first, shown = release(country, D)
    assert shown == names(range(30))
    withdraw(country, batch, datetime(2026, 10, 20))
    second, shown = release(country, NEXT, first)
    assert shown == names(range(12))
    assert release(country, AFTER, second)[1] == names(range(12))


def test_after_a_purge_the_rest_comes_back_with_ten_left_behind(country: Store):
    """Or subtracting the release before from the release after would leave one worker."""
    send(country, "sunrise", workers(range(25)))
    first, _ = release(country, D)
    country.cursor().execute("DELETE FROM evidence.report WHERE report_id = 'r7'")
    second, shown = release(country, NEXT, first)
    assert shown == set()
    third, back = release(country, AFTER, second)
    assert back < names(range(25))
    assert len(back) == 15
    assert release(country, quarter_after(AFTER), third)[1] == back


def test_of_a_small_block_nobody_comes_back_after_a_purge(country: Store):
    send(country, "sunrise", workers(range(19)))
    first, _ = release(country, D)
    country.cursor().execute("DELETE FROM evidence.report WHERE report_id = 'r7'")
    second, _ = release(country, NEXT, first)
    send(country, "sunrise", workers(range(30, 42), interview_date=date(2026, 10, 9)), datetime(2026, 11, 1))
    assert release(country, AFTER, second)[1] == names(range(30, 42))


def test_another_block_is_not_touched_by_a_correction(country: Store):
    send(country, "sunrise", workers(range(12)))
    first, _ = release(country, D)
    send(country, "sunrise", workers(range(12, 24), interview_date=date(2026, 8, 9)), datetime(2026, 9, 20))
    second, shown = release(country, NEXT, first)
    assert shown == names(range(24))
    send(country, "sunrise", [worker(3, w07=True)], datetime(2027, 1, 20))
    assert release(country, AFTER, second)[1] == names(range(12, 24))


def test_a_block_leaves_by_age_and_its_rest_comes_back_one_release_later(country: Store):
    old, young = date(2024, 9, 2), date(2024, 11, 2)
    send(country, "sunrise", workers(range(6), interview_date=old) + workers(range(6, 22), interview_date=young))
    first, shown = release(country, D)
    assert shown == names(range(22))
    send(country, "sunrise", workers(range(22, 34), interview_date=date(2026, 8, 9)), datetime(2026, 9, 20))
    second, shown = release(country, NEXT, first)
    assert shown == names(range(22, 34))
    assert release(country, AFTER, second)[1] == names(range(22, 34))  # of 22, six are gone and four cover them


def test_reports_outside_the_window_do_not_enter(country: Store):
    send(country, "sunrise", workers(range(20), interview_date=date(2024, 6, 30)))
    send(country, "dockers", workers(range(20), interview_date=date(2026, 7, 1)))
    assert release(country, D)[1] == set()


def test_the_same_worker_of_two_releases_is_not_counted_as_new(country: Store):
    send(country, "sunrise", workers(range(12)))
    first, _ = release(country, D)
    again = [worker(n, report_id=f"again{n}", interview_date=date(2026, 8, 9)) for n in range(3, 15)]
    send(country, "sunrise", again, datetime(2026, 9, 20))
    assert release(country, NEXT, first)[1] == names(range(12))
