"""Who may enter a release together, and who may come back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vetting.disclosure.blocks import Waiting, Worker, coming_back, form_blocks

K = 10
Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))


def heard(partner: str, quarter: date, numbers: range) -> list[Waiting]:
    return [Waiting("b", f"{partner}{n}-{quarter}", quarter, Worker(partner, f"r{n}")) for n in numbers]


def sizes(blocks: list[list[Waiting]]) -> list[int]:
    return [len({report.worker for report in block}) for block in blocks]


def test_nine_workers_wait_and_ten_enter():
    assert form_blocks(heard("sunrise", Q1, range(9)), K) == []
    assert sizes(form_blocks(heard("sunrise", Q1, range(10)), K)) == [10]


def test_one_worker_heard_ten_times_is_one_worker():
    again = [
        report._replace(report_id=f"{report.report_id}-{n}")
        for n in range(10)
        for report in heard("sunrise", Q1, range(1))
    ]
    assert form_blocks(again, K) == []


def test_every_partners_workers_make_blocks_of_their_own():
    both = heard("sunrise", Q1, range(10)) + heard("dockers", Q1, range(12))
    assert sizes(form_blocks(both, K)) == [12, 10]
    assert sizes(form_blocks(heard("sunrise", Q1, range(12)) + heard("dockers", Q1, range(9)), K)) == [12]
    assert form_blocks(heard("sunrise", Q1, range(7)) + heard("dockers", Q1, range(7)), K) == []


def test_those_left_waiting_enter_with_later_quarters():
    waiting = heard("sunrise", Q1, range(12)) + heard("dockers", Q1, range(3)) + heard("dockers", Q2, range(3, 11))
    blocks = form_blocks(waiting, K)
    assert sizes(blocks) == [11, 12]
    assert {report.quarter for report in blocks[0]} == {Q1, Q2}


def test_blocks_are_the_smallest_runs_of_whole_quarters_oldest_first():
    waiting = (
        heard("sunrise", Q1, range(6))
        + heard("sunrise", Q2, range(6, 12))
        + heard("sunrise", Q3, range(12, 25))
        + heard("sunrise", Q4, range(25, 28))
    )
    blocks = form_blocks(reversed(waiting), K)
    assert [{report.quarter for report in block} for block in blocks] == [{Q1, Q2}, {Q3}]
    assert sizes(blocks) == [12, 13]


def test_a_worker_enters_with_every_interview_in_the_quarter_of_the_first():
    waiting = heard("sunrise", Q1, range(10)) + heard("sunrise", Q3, range(5, 12))
    (block,) = form_blocks(waiting, K)
    assert sizes([block]) == [10]
    assert len(block) == 15


def present(numbers: range, quarter: date = Q1) -> dict[Worker, date]:
    return {Worker("sunrise", f"r{n:02d}"): quarter for n in numbers}


def test_a_block_comes_back_whole_or_leaves_ten_behind():
    assert coming_back(present(range(12)), 12, K) == set(present(range(12)))
    assert coming_back(present(range(19)), 20, K) == set(present(range(9, 19)))
    assert coming_back(present(range(18)), 19, K) == set()
    assert coming_back(present(range(10)), 20, K) == set(present(range(10)))
    assert coming_back(present(range(9)), 20, K) == set()


def test_those_heard_first_stay_behind_first():
    mixed = present(range(5), Q2) | present(range(5, 25), Q1)
    rest = coming_back(mixed, 26, K)
    assert len(rest) == 16
    assert set(present(range(5), Q2)) <= rest


QUARTERS = [Q1, Q2, Q3, Q4]
reports = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(QUARTERS), st.integers(0, 40)), max_size=120, unique=True
).map(lambda rows: [Waiting("b", f"{p}{q}{n}", q, Worker(p, f"r{n}")) for p, q, n in rows])


@given(waiting=reports)
def test_every_block_is_ten_of_one_partner_and_nobody_is_in_two(waiting: list[Waiting]):
    seen = set[Worker]()
    for block in form_blocks(waiting, K):
        members = {report.worker for report in block}
        assert len(members) >= K
        assert len({worker.partner for worker in members}) == 1
        assert not members & seen
        assert {report for report in waiting if report.worker in members} == set(block)
        seen |= members
    left = {report.worker for report in waiting} - seen
    assert all(sum(worker.partner == partner for worker in left) < K for partner in "abc")


@given(waiting=reports, data=st.data())
def test_the_order_in_which_reports_come_changes_nothing(waiting: list[Waiting], data: st.DataObject):
    shuffled = data.draw(st.permutations(waiting))
    assert [set(block) for block in form_blocks(shuffled, K)] == [set(block) for block in form_blocks(waiting, K)]


@given(size=st.integers(10, 60), gone=st.integers(0, 60))
def test_whoever_comes_back_and_whoever_stays_behind_are_ten_or_none(size: int, gone: int):
    rest = coming_back(present(range(max(0, size - gone))), size, K)
    assert len(rest) == 0 or len(rest) >= K
    assert len(rest) in {0, size} or size - len(rest) >= K
