"""From everything the sample country ever released nobody is found, and nothing is counted."""

from tests.vetting.disclosure.adversary.structure import figures, found_groups
from tests.vetting.disclosure.adversary.values import ALONE, LINKED, narrow_counts
from tests.vetting.disclosure.adversary.worlds import remember
from vetting.store import Store
from vetting.store.releases import fetch_releases


def test_nobody_is_found_in_the_sample_and_no_adverse_count_is_known(own_country: Store):
    remember(own_country)
    made = sorted(fetch_releases(own_country.cursor()), key=lambda release: release.as_of)
    told = figures(own_country, made)
    assert len(made) > 1
    assert len(told) > 100
    assert found_groups(told) == []
    assert narrow_counts(own_country, made, [*ALONE, *LINKED]) == []
