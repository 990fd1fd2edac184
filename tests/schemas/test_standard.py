"""The standard is data, and it is complete."""

import pytest
from pydantic import ValidationError

from schemas import standard
from schemas.codes import Grade
from schemas.standard import load_standard

TEXT = (standard.FOLDER / "iris-style-1.toml").read_text(encoding="utf-8")


def test_weights_of_the_principles_are_those_of_the_design():
    weights = {principle.code: principle.weight for principle in load_standard().principles}
    assert weights == {"A": 20, "B": 10, "1": 30, "2": 15, "3": 15, "4": 5, "5": 5}


def test_all_twenty_four_criteria_are_there_in_order():
    assert " ".join(criterion.crit_code for criterion in load_standard().criteria) == (
        "A.1 A.2 A.3 A.4 A.5 B.1 B.2 B.3 1.1 1.2 1.3 1.4 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 5.1 5.2 5.3"
    )


def test_every_criterion_has_wording_and_expected_evidence_and_nobody_claims_the_official_text():
    for criterion in load_standard().criteria:
        assert criterion.title
        assert criterion.wording.endswith(".")
        assert criterion.evidence.endswith(".")
        assert criterion.official_ref is None
        assert criterion.verified_against_standard is False
        assert criterion.crit_code.startswith(criterion.principle)


def test_the_numbers_of_the_method():
    found = load_standard()
    assert (found.measuring.window_months, found.measuring.recruitment_months) == (24, 60)
    assert (found.measuring.min_workers, found.measuring.correlation, found.measuring.z) == (10, 0.3, 1.959963984540054)
    assert (found.bands.strong_low, found.bands.fair_low, found.bands.weak_mid, found.bands.weak_high) == (
        80,
        60,
        60,
        80,
    )
    assert (found.bands.weak_width, found.bands.min_worker_coverage) == (15, 0.5)
    assert found.bands.must_be_assessed == ("W01", "W07", "W08", "W19", "W20")
    assert (found.disclosure.k, found.disclosure.release_lag_days, found.disclosure.hold_days) == (10, 90, 14)
    assert found.documents.points(None) == 100
    assert [found.documents.points(grade) for grade in Grade] == [0, 30, 70, 90]


def test_every_value_of_the_scheme_says_whether_it_is_assumed_and_on_what_basis():
    scheme = load_standard().scheme.model_dump()
    assert scheme["certificate_validity"]["value"] == 36
    assert scheme["surveillance_interval"]["value"] == 12
    assert scheme["documents_age"]["value"] == 36
    assert [name for name, value in scheme.items() if value["status"] == "public"] == ["deferral_window"]
    assert all(value["basis"] for value in scheme.values())


@pytest.mark.parametrize(("deployed", "sample"), [(0, 10), (100, 10), (101, 11), (400, 20), (401, 21), (10_000, 100)])
def test_the_interview_sample_is_the_square_root_but_never_under_ten(deployed: int, sample: int):
    assert load_standard().interviews_required(deployed) == sample


def test_deadlines_by_grade():
    due = {grade.value: load_standard().due_days(grade) for grade in Grade}
    assert due == {"critical": 30, "major": 90, "minor": 180, "observation": None}


def test_an_unknown_key_is_refused():
    with pytest.raises(ValidationError, match="strong_lo"):
        standard.parse(TEXT.replace("strong_low", "strong_lo"))


def test_weights_that_do_not_sum_to_a_hundred_are_refused():
    with pytest.raises(ValidationError, match="sum to 100"):
        standard.parse(TEXT.replace("weight = 30", "weight = 31"))


def test_the_hash_changes_with_the_content_and_not_with_comments():
    found = load_standard()
    assert len(found.content_hash) == 64
    assert standard.parse(TEXT + "\n# a remark\n").content_hash == found.content_hash
    assert standard.parse(TEXT.replace("strong_low = 80", "strong_low = 81")).content_hash != found.content_hash
