"""A buyer's spreadsheet has no blank cell about workers: what is hidden or never told is said in words."""

import csv
import io

import pytest

from schemas.codes import Via
from schemas.release import TOO_FEW
from schemas.viewer import Viewer
from tests.vetting.disclosure.country import BUYER, NOW, REVIEWER, SUNRISE, TODAY, D, send, workers
from vetting.disclosure.exports import NEVER_TOLD, NOT_ASSESSED, NOT_TOLD, SCORE_COLUMNS, released_row, scores_csv
from vetting.disclosure.release import publish
from vetting.disclosure.released import released_json
from vetting.store import Store

OF_THE_AGENCY = ("agency_id", "licence", "name")


def exported(store: Store, viewer: Viewer = BUYER) -> dict[str, dict[str, str]]:
    publish(store, REVIEWER, as_of=D, via=Via.PAGE, now=NOW, today=TODAY)
    data = scores_csv(store.cursor(), viewer, as_of=TODAY, now=NOW).decode("utf-8-sig")
    return {row["agency_id"]: row for row in csv.DictReader(io.StringIO(data))}


@pytest.mark.parametrize("viewer", [BUYER, SUNRISE], ids=["buyer", "partner"])
def test_no_cell_of_a_released_row_is_blank(country: Store, viewer: Viewer):
    send(country, "sunrise", workers(range(60)))
    send(country, "sunrise", workers(range(100, 112), agency_id="a2", w12=True))
    send(country, "sunrise", workers(range(200, 209), agency_id="a3"))
    rows = exported(country, viewer)
    assert [row for row in rows.values() if "" in row.values()] == []
    assert {row["mid"] for row in rows.values()} == {NOT_TOLD}
    shown, thin, hidden = rows["a1"], rows["a2"], rows["a3"]
    assert (shown["workers"], shown["band_reason"], shown["months_p80"]) == ("50–99", "none", "0.0")
    assert (thin["workers"], thin["months_median"], thin["months_p80"]) == ("10–19", TOO_FEW, TOO_FEW)
    assert float(thin["low"]) < float(thin["high"])
    assert {hidden[name] for name in ("low", "high", "coverage", "workers", "partners", "months_median")} == {TOO_FEW}


@pytest.mark.parametrize("heard", [1, 9])
def test_no_worker_and_nine_are_one_row(country: Store, heard: int):
    send(country, "sunrise", workers(range(heard), w01=True, charged=True, months=3.0))
    rows = exported(country)
    nine, none = ({k: v for k, v in rows[each].items() if k not in OF_THE_AGENCY} for each in ("a1", "a4"))
    assert nine == none
    assert list(rows) == ["a1", "a2", "a3", "a4"], "in the order of their ids, whoever was heard"


def test_what_could_not_be_assessed_is_not_called_too_few(country: Store):
    send(country, "sunrise", workers(range(60)))
    publish(country, REVIEWER, as_of=D, via=Via.PAGE, now=NOW, today=TODAY)
    answer = next(each for each in released_json(country.cursor(), BUYER, as_of=TODAY) if each["agency_id"] == "a1")
    without = dict(answer) | {"points": {"low": None, "mid": None, "high": None}}
    assert (released_row(without)["low"], released_row(without)["high"]) == (NOT_ASSESSED, NOT_ASSESSED)
    unsettled = dict(answer) | {"band": "insufficient_evidence", "band_reason": None}
    assert released_row(unsettled)["band_reason"] == NOT_TOLD
    assert set(released_row(answer)) == set(SCORE_COLUMNS)
    assert {released_row(answer)[name] for name in NEVER_TOLD} == {NOT_TOLD}
