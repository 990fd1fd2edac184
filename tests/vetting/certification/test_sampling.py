"""Which workers to interview: the shares of strata and the lines drawn, worked out by hand and by other means."""

import hashlib
import itertools
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.case import Corridor
from schemas.codes import Sex
from schemas.interview_draw import Stratum
from vetting.certification.sampling import apportion, draw, tickets_in_order

NPL_QAT, NPL_MYS = Corridor(origin="NPL", destination="QAT"), Corridor(origin="NPL", destination="MYS")
TOWERS = Stratum(corridor=NPL_QAT, sex=Sex.MALE, client="Pearl Towers", placed=90)


@pytest.mark.parametrize(
    ("placed", "size", "shares"),
    [
        ([90], 10, [10]),
        ([60, 30], 10, [7, 3]),  # 6.67 and 3.33
        ([50, 30, 20], 10, [5, 3, 2]),
        ([97, 2, 1], 10, [8, 1, 1]),  # the two small ones get one each, and the large one what is left
        ([45, 45], 11, [6, 5]),  # a tie goes to the first
        ([10, 0, 90], 10, [1, 0, 9]),  # nobody placed, nobody interviewed
        ([5, 4, 3, 2, 1], 3, [1, 1, 1, 0, 0]),  # more strata than interviews: the largest
        ([3, 4], 7, [3, 4]),  # everybody
        ([0, 0], 0, [0, 0]),
        ([1000, 12, 11, 10], 33, [30, 1, 1, 1]),
    ],
)
def test_interviews_are_shared_by_largest_remainder_with_at_least_one_each(placed, size, shares):
    assert apportion(placed, size) == shares


def test_more_interviews_than_workers_cannot_be_shared():
    with pytest.raises(ValueError, match="more interviews"):
        apportion([3], 4)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.data())
def test_shares_sum_to_the_size_never_exceed_a_stratum_and_leave_none_out(placed, data):
    size = data.draw(st.integers(0, sum(placed)))
    shares = apportion(placed, size)
    assert sum(shares) == size
    assert all(share <= workers for share, workers in zip(shares, placed, strict=True))
    peopled = [index for index, workers in enumerate(placed) if workers]
    if size >= len(peopled):
        assert all(shares[index] >= 1 for index in peopled)
    for one, other in itertools.combinations(peopled, 2):
        assert placed[one] <= placed[other] or shares[one] >= shares[other], "a larger stratum has no smaller share"


def test_the_lines_drawn_can_be_drawn_again_with_a_shell_alone():
    """As docs/interview-sample.md says, with the tools of any Unix machine."""
    (drawn,) = draw([TOWERS], 10, "seed")
    script = (
        "for line in $(seq 90); do "
        'echo "$(printf %s "seed|NPL|QAT|male|Pearl Towers|$line" | sha256sum | cut -c1-64) $line"; done '
        "| LC_ALL=C sort | head -20 | cut -d' ' -f2"
    )
    lines = [int(line) for line in subprocess.run(["sh", "-c", script], capture_output=True, text=True).stdout.split()]
    assert drawn.positions == tuple(lines[:10])
    assert drawn.reserves == tuple(lines[10:])


def test_the_stream_is_pinned():
    """A change to it is a new RULE: samples drawn before have to stay what they were."""
    assert tickets_in_order(TOWERS, "seed")[:5] == [48, 12, 53, 33, 72]
    first = hashlib.sha256(b"seed|NPL|QAT|male|Pearl Towers|48").hexdigest()
    others = (hashlib.sha256(f"seed|NPL|QAT|male|Pearl Towers|{line}".encode()).hexdigest() for line in range(1, 91))
    assert first == min(others)


def test_the_order_in_which_strata_were_entered_changes_nothing():
    women = TOWERS.model_copy(update={"sex": Sex.FEMALE, "placed": 30})
    abroad = TOWERS.model_copy(update={"corridor": NPL_MYS, "placed": 60})
    assert {draw(strata, 14, "s") for strata in itertools.permutations([TOWERS, women, abroad])} == {
        draw([TOWERS, women, abroad], 14, "s")
    }


def test_another_seed_draws_others_and_every_line_comes_up_alike():
    seeds = [f"{number}" for number in range(600)]
    small = TOWERS.model_copy(update={"placed": 12})
    drawn = [draw([small], 3, seed)[0].positions for seed in seeds]
    assert len(set(drawn)) > 300
    counts = [sum(line in positions for positions in drawn) for line in range(1, 13)]
    assert min(counts) > 110  # 150 expected, standard deviation 10.6
    assert max(counts) < 190
