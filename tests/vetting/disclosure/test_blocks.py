"""Who may enter a release together."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vetting.disclosure.blocks import Waiting, Worker, enough, form_blocks, may_enter

K = 10
Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))


def heard(partner: str, quarter: date, numbers: range) -> list[Waiting]:
    return [Waiting("b", f"{partner}{n}-{quarter}", quarter, Worker(partner, f"r{n}")) for n in numbers]


def sizes(blocks: list[list[Waiting]]) -> list[int]:
    return [len({report.worker for report in block}) for block in blocks]


def test_nine_workers_wait_and_ten_enter():
    assert form_blocks(heard("sunrise", Q1, range(9)), set(), K) == []
    assert sizes(form_blocks(heard("sunrise", Q1, range(10)), set(), K)) == [10]


def test_one_worker_heard_ten_times_is_one_worker():
    again = [
        report._replace(report_id=f"{report.report_id}-{n}")
        for n in range(10)
        for report in heard("sunrise", Q1, range(1))
    ]
    assert form_blocks(again, set(), K) == []


def test_the_same_reference_at_two_partners_is_two_workers():
    both = heard("sunrise", Q1, range(10)) + heard("dockers", Q1, range(10))
    assert sizes(form_blocks(both, set(), K)) == [20]


def test_leaving_out_any_one_partner_none_or_at_least_ten_remain():
    assert enough({"sunrise": 10}, K)
    assert not enough({"sunrise": 30, "dockers": 9}, K)
    assert enough({"sunrise": 30, "dockers": 10}, K)
    assert enough({"sunrise": 5, "dockers": 5, "harbour": 5}, K)
    assert not enough({"sunrise": 5, "dockers": 5}, K)
    assert not enough({}, K)


def test_a_partner_with_few_workers_waits_and_does_not_keep_the_others_out():
    blocks = form_blocks(heard("sunrise", Q1, range(12)) + heard("dockers", Q1, range(3)), set(), K)
    assert [{report.worker.partner for report in block} for block in blocks] == [{"sunrise"}]
    assert sizes(blocks) == [12]


def test_those_left_waiting_enter_with_later_quarters():
    waiting = heard("sunrise", Q1, range(12)) + heard("dockers", Q1, range(3)) + heard("dockers", Q2, range(3, 11))
    blocks = form_blocks(waiting, set(), K)
    assert sizes(blocks) == [12, 11]
    assert {report.quarter for report in blocks[1]} == {Q1, Q2}


def test_blocks_are_the_smallest_runs_of_whole_quarters_oldest_first():
    waiting = (
        heard("sunrise", Q1, range(6))
        + heard("sunrise", Q2, range(6, 12))
        + heard("sunrise", Q3, range(12, 25))
        + heard("sunrise", Q4, range(25, 28))
    )
    blocks = form_blocks(reversed(waiting), set(), K)
    assert [{report.quarter for report in block} for block in blocks] == [{Q1, Q2}, {Q3}]
    assert sizes(blocks) == [12, 13]


def test_an_old_quarter_that_cannot_enter_does_not_keep_a_later_one_out():
    waiting = heard("dockers", Q1, range(3)) + heard("sunrise", Q2, range(20))
    assert sizes(form_blocks(waiting, set(), K)) == [20]


def test_second_interviews_of_known_workers_do_not_carry_few_new_ones_in():
    """Or subtracting the earlier release from the later would leave these few."""
    known = {Worker("sunrise", f"r{n}") for n in range(9)}
    assert form_blocks(heard("sunrise", Q2, range(12)), known, K) == []
    assert sizes(form_blocks(heard("sunrise", Q2, range(19)), known, K)) == [19]


def test_second_interviews_of_enough_known_workers_enter_alone():
    known = {Worker("sunrise", f"r{n}") for n in range(12)}
    assert sizes(form_blocks(heard("sunrise", Q2, range(12)), known, K)) == [12]


def test_few_new_workers_of_an_old_quarter_do_not_keep_a_later_one_out():
    known = {Worker("sunrise", f"r{n}") for n in range(12)}
    waiting = heard("sunrise", Q1, range(20, 23)) + heard("sunrise", Q2, range(12))
    assert [{report.quarter for report in block} for block in form_blocks(waiting, known, K)] == [{Q2}]


QUARTERS = [Q1, Q2, Q3, Q4]
reports = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(QUARTERS), st.integers(0, 40)), max_size=120, unique=True
).map(lambda rows: [Waiting("b", f"{p}{q}{n}", q, Worker(p, f"r{n}")) for p, q, n in rows])


@given(waiting=reports, known=st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=40))
def test_every_block_holds_the_rule_and_no_report_is_in_two(waiting: list[Waiting], known: set[tuple[str, int]]):
    seen = {Worker(partner, f"r{n}") for partner, n in known}
    blocks = form_blocks(waiting, seen, K)
    members = [report for block in blocks for report in block]
    assert len(members) == len(set(members))
    assert set(members) <= set(waiting)
    for block in blocks:
        assert may_enter(block, seen, K)
        for partner in "abc":
            rest = {report.worker for report in block if report.worker.partner != partner}
            assert len(rest) == 0 or len(rest) >= K
        seen |= {report.worker for report in block}


@given(waiting=reports, data=st.data())
def test_the_order_in_which_reports_come_changes_nothing(waiting: list[Waiting], data: st.DataObject):
    shuffled = data.draw(st.permutations(waiting))
    assert [set(block) for block in form_blocks(shuffled, set(), K)] == [
        set(block) for block in form_blocks(waiting, set(), K)
    ]
