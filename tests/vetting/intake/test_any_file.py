"""Whatever is sent, a check answers with problems and never with a traceback, and keeps the partner's own words."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.fee_report import columns
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY, fee_csv
from vetting.intake.check import check

HEADER = ",".join(columns()).encode() + b"\n"
ODD = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=15)
TEXTS = st.one_of(
    st.sampled_from(["", "yes", "no", "-9", "1.5 lakh", "2-3", "1.500", "12,5", "2026-01-02", "03/04/2026", "NPL",
                     "QAT", "Rs", "NPR", "phone", "n/a", "=1+1", "9841234567", "0012/077", "W-1", "१२", "  ",
                     '"', "\\", "\n"]),
    ODD,
)  # fmt: skip


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(body: bytes):
    result = check(HEADER + body, "a.csv", agencies=AGENCIES, today=TODAY).result
    assert result.rows == result.accepted + result.quarantined + result.refused


@settings(max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from(list(columns())), TEXTS, max_size=12), min_size=1, max_size=6))
def test_no_cells_give_a_traceback_and_every_row_is_accounted_for(rows: list[dict[str, str]]):
    found = check(fee_csv(*rows, header=tuple(columns())), "a.csv", agencies=AGENCIES, today=TODAY)
    result = found.result
    assert result.rows == result.accepted + result.quarantined + result.refused
    assert (found.ready.height, found.quarantined.height) == (result.accepted, result.quarantined)
    assert all(problem.message for problem in result.problems)
    if not result.file_refused:
        grave = {problem.line for problem in result.problems if problem.severity != "warning"}
        assert len(grave) == result.quarantined + result.refused


@settings(max_examples=150)
@given(ODD, ODD)
def test_raw_is_what_the_partner_wrote(name: str, licence: str):
    """Of a row that waits for a person: trimmed, control characters gone, blank cells left out."""
    data = fee_csv({"agency_name": f"x{name}x", "agency_licence": f"y{licence}y"})
    (raw,) = check(data, "a.csv", agencies=(), today=TODAY).quarantined["raw"].to_list()
    told = json.loads(raw)
    clean = "".join(sign for sign in name if sign in "\t\n\r" or (sign >= " " and sign != "\x7f"))
    assert told["agency_name"] == f"x{clean}x"
    assert set(told) == {header for header, value in GOOD.items() if value} | {"agency_name"}
