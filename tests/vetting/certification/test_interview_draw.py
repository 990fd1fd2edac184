"""The sample of a case: drawn once, kept when it is drawn again, and complete only when each stratum is."""

import json

import pytest

from schemas.case import Corridor
from schemas.codes import Sex
from tests.vetting.certification.desks import ASHA, OTHERS, STRATA, Desk
from vetting.certification.interview_draw import count_stratum, draw_sample, new_seed
from vetting.certification.obstacles import interview_sample, obstacles
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.interview_draws import fetch_draws

MEN = STRATA[0].model_copy(update={"placed": 150})
WOMEN = MEN.model_copy(update={"sex": Sex.FEMALE, "client": "Gulf Linen", "placed": 50})
NEWEST = "SELECT action, subject, before, after, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"


def count(desk: Desk, case, place: int, interviewed: int, substituted: int = 0, reason: str = ""):
    said = {"interviewed": interviewed, "substituted": substituted, "reason": reason}
    return count_stratum(desk.store, ASHA, case.case_id, place, **said, **desk.when)


def test_a_draw_is_one_act_with_its_seed_and_what_it_drew(desk: Desk):
    case, trail = desk.under_review(), desk.count("trail")
    drawn = desk.draw(case, [MEN, WOMEN])
    assert desk.count("trail") == trail + 1
    assert (drawn.size, drawn.rule, drawn.seed) == (15, "sha256-1", "seed")  # the square root of 200, rounded up
    assert [(s.sex, s.sample, len(s.positions), len(s.reserves)) for s in drawn.strata] == [
        (Sex.FEMALE, 4, 4, 4),
        (Sex.MALE, 11, 11, 11),
    ]
    assert fetch_draws(desk.store.cursor(), case.case_id) == [drawn]
    action, subject, before, after, _ = desk.store.cursor().execute(NEWEST).fetchone()
    assert (action, subject, before) == ("sample_draw", case.case_id, None)
    said = json.loads(after)
    assert (said["seed"], said["size"]) == ("seed", 15)
    assert said["strata"][0] == {"stratum": "NPL QAT female Gulf Linen", "placed": 50, "sample": 4}


def test_drawing_again_takes_a_reason_keeps_the_former_draw_and_counts_anew(desk: Desk):
    case = desk.under_review()
    first = desk.draw(case, [MEN])
    count(desk, case, 1, 3)
    with pytest.raises(Refusal, match="Say why"):
        desk.draw(case, [MEN, WOMEN])
    second = desk.draw(case, [MEN, WOMEN], reason="The list of women was missing.")
    kept = fetch_draws(desk.store.cursor(), case.case_id)
    assert [draw.draw_id for draw in kept] == [first.draw_id, second.draw_id]
    assert (kept[0].heard, kept[1].heard, kept[1].reason) == (3, 0, "The list of women was missing.")
    assert interview_sample(desk.store.cursor(), case).interviewed == 0


def test_the_sample_is_complete_only_when_each_stratum_is(desk: Desk):
    case = desk.under_review()
    desk.assess(case)
    desk.draw(case, [MEN, WOMEN])
    count(desk, case, 2, 11)
    sample = interview_sample(desk.store.cursor(), case)
    assert (sample.required, sample.interviewed, sample.complete) == (15, 11, False)
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == [
        "The worker-interview sample is incomplete: 11 of 15 workers interviewed, 4 to go."
    ]
    with pytest.raises(Refusal, match="Of this stratum 11 were drawn, and 15 cannot have been heard"):
        count(desk, case, 2, 15)
    count(desk, case, 1, 4)
    assert fetch_draws(desk.store.cursor(), case.case_id)[-1].complete
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == []
    count(desk, case, 1, 3)
    assert not interview_sample(desk.store.cursor(), case).complete, "a count may be corrected"


def test_a_substitution_takes_a_reason_and_stays_told_apart(desk: Desk):
    case = desk.under_review()
    desk.draw(case)
    with pytest.raises(Refusal, match="why others were heard"):
        count(desk, case, 1, 8, 2)
    with pytest.raises(Refusal, match="11 cannot have been heard"):
        count(desk, case, 1, 8, 3, "Two went home.")
    with pytest.raises(Refusal, match="below zero"):
        count(desk, case, 1, 8, -1)
    trail = desk.count("trail")
    count(desk, case, 1, 8, 2, "Two went home; the next two on the list were heard.")
    assert desk.count("trail") == trail + 1
    (stratum,) = fetch_draws(desk.store.cursor(), case.case_id)[0].strata
    assert (stratum.interviewed, stratum.substituted, stratum.complete) == (8, 2, True)
    assert stratum.why_substituted.startswith("Two went home")
    _, _, before, after, reason = desk.store.cursor().execute(NEWEST).fetchone()
    assert (json.loads(before)["interviewed"], json.loads(after)["substituted"]) == (0, 2)
    assert reason.startswith("Two went home")


BAD = [
    ([MEN, MEN.model_copy(update={"corridor": Corridor(origin="NPL", destination="MYS")})], "does not cover NPL-MYS"),
    ([], "covers NPL-QAT, and no stratum does"),
    ([MEN, MEN.model_copy(update={"client": " Pearl  Towers "})], "There twice: NPL QAT male Pearl Towers"),
    ([MEN.model_copy(update={"client": " "})], "Name the client"),
    ([MEN.model_copy(update={"client": "call +977 9841234567"})], "private households"),
    ([MEN.model_copy(update={"placed": 9})], "asks for 10 interviews, and the strata hold 9 workers"),
    ([MEN.model_copy(update={"placed": 2_000_000})], "look at the number again"),
]


@pytest.mark.parametrize(("strata", "sentence"), BAD)
def test_strata_that_leave_something_out_or_name_somebody_are_refused_without_a_trace(desk: Desk, strata, sentence):
    case, trail = desk.under_review(), desk.count("trail")
    with pytest.raises(Refusal, match=sentence) as refusal:
        desk.draw(case, strata)
    assert "9841234567" not in str(refusal.value)
    assert (desk.count("trail"), desk.count("interview_draw")) == (trail, 0)


def test_the_sample_is_never_smaller_than_what_the_register_asks_for(desk: Desk):
    desk.register(deployed_12m=400)
    case = desk.under_review()
    assert desk.draw(case, [MEN]).size == 20


def test_a_stratum_with_nobody_in_it_is_said_and_asks_for_nobody(desk: Desk):
    case = desk.under_review()
    drawn = desk.draw(case, [MEN, WOMEN.model_copy(update={"placed": 0})])
    assert [(s.placed, s.sample, s.complete) for s in drawn.strata] == [(0, 0, True), (150, 13, False)]


def test_counting_comes_after_drawing_and_knows_its_strata(desk: Desk):
    case = desk.under_review()
    with pytest.raises(Refusal, match="Draw the sample first"):
        count(desk, case, 1, 1)
    desk.draw(case)
    with pytest.raises(NotFound, match="numbered from 1 to 1"):
        count(desk, case, 2, 1)


def test_only_reviewers_draw_and_count(desk: Desk):
    case = desk.under_review()
    desk.draw(case)
    trail = desk.count("trail")
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            draw_sample(desk.store, other, case.case_id, [MEN], seed="s", reason="Again.", **desk.when)
        with pytest.raises(NotPermitted):
            count_stratum(desk.store, other, case.case_id, 1, interviewed=1, **desk.when)
    assert desk.count("trail") == trail


def test_nobody_chooses_the_seed():
    assert len({new_seed() for _ in range(50)}) == 50
    assert len(new_seed()) == 32
