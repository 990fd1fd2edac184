"""Which store is meant, and what is refused before anything is opened."""

from pathlib import Path

import pytest

from vetting.address import SAMPLE, find_address
from vetting.refusals import Refusal


def test_what_is_named_counts_before_the_environment_and_the_environment_before_the_sample():
    environ = {"VETTING_DATABASE": "/data/env.duckdb"}
    assert find_address(environ, "/data/named.duckdb").desk == Path("/data/named.duckdb")
    assert find_address(environ).desk == Path("/data/env.duckdb")
    assert find_address({}).desk == SAMPLE.absolute()


def test_only_the_default_is_not_chosen_and_may_be_filled_with_the_sample():
    assert not find_address({}).chosen
    assert find_address({"VETTING_DATABASE": str(SAMPLE)}).chosen


def test_desk_and_evidence_may_be_two_files():
    address = find_address({"VETTING_DESK": "/data/a.duckdb", "VETTING_EVIDENCE": "/data/b.duckdb"})
    assert (address.desk, address.evidence) == (Path("/data/a.duckdb"), Path("/data/b.duckdb"))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"VETTING_DESK": "postgres://host/db", "VETTING_EVIDENCE": "b.duckdb"}, "does not serve"),
        ({"VETTING_DESK": "a.duckdb", "VETTING_EVIDENCE": "ducklake:postgres:dbname=x"}, "does not serve"),
        ({"VETTING_DATABASE": "postgresql://host/db"}, "does not serve"),
        ({"VETTING_DATABASE": ""}, "set but empty"),
        ({"VETTING_DESK": "a.duckdb"}, "belong together"),
        ({"VETTING_DESK": "a.duckdb", "VETTING_EVIDENCE": "a.duckdb"}, "two files"),
        ({"VETTING_DATABASE": "x.duckdb", "VETTING_DESK": "a", "VETTING_EVIDENCE": "b"}, "two different stores"),
        ({"VETTING_DATABASE": "/"}, "is a folder"),
    ],
)
def test_an_address_that_cannot_be_served_is_refused_in_words(environ, told):
    with pytest.raises(Refusal, match=told):
        find_address(environ)
