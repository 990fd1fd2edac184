"""What buyers find: the directory over the newest release."""

from datetime import date, datetime

import pytest

from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Filters, ReleasedFigure, ReleaseSummary, Steps
from schemas.standard import load_standard
from tests.vetting.disclosure.country import AGENCY, BUYER, TODAY, D
from tests.vetting.disclosure.test_register import certify
from vetting.disclosure.directory import directory
from vetting.disclosure.figure import too_few
from vetting.disclosure.released import past_bands, released_agency, released_figures
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agency
from vetting.store.releases import insert_blocks, insert_release, insert_release_blocks

SHOWN = {"a1": (Band.FAIR, "QAT"), "a2": (Band.WEAK, "QAT"), "a3": (Band.WEAK, "SAU")}


def put_release(store: Store, as_of: date, shown: dict[str, tuple[Band, str]]) -> ReleaseSummary:
    """A release with figures made by hand: 20–49 workers each, 60 to 80 points."""
    db, standard = store.cursor(), load_standard()
    at = datetime.combine(as_of, datetime.min.time())
    made = ReleaseSummary(
        release_id=f"release-{as_of}", recorded_at=at, as_of=as_of, known_at=at, standard=standard.id,
        standard_hash=standard.content_hash, method=1, agencies=len(shown),
    )  # fmt: skip
    figures = [figure(store, made, agency_id, band) for agency_id, (band, _) in shown.items()]
    insert_release(db, made, "rita", figures)
    rows = [
        {"block_id": f"{as_of}-{agency_id}", "agency_id": agency_id, "origin": "NPL", "destination": destination}
        | {"batch_id": "b", "report_id": f"{as_of}-{agency_id}"}
        for agency_id, (_, destination) in shown.items()
    ]
    insert_blocks(db, rows, at)
    insert_release_blocks(db, made.release_id, [row["block_id"] for row in rows])
    return made


def figure(store: Store, release: ReleaseSummary, agency_id: str, band: Band) -> ReleasedFigure:
    told = {
        "band": band,
        "band_reason": None,
        "workers": "20–49",
        "points": Steps(low=60, high=80),
        "newest": "2026 H1",
    }
    return too_few(fetch_agency(store.cursor(), agency_id), release, load_standard()).model_copy(update=told)


@pytest.fixture
def released(country: Store) -> Store:
    put_release(country, D, SHOWN)
    return country


def ids(store: Store, **filters: object) -> list[str]:
    found = directory(store.cursor(), BUYER, today=TODAY, filters=Filters.model_validate(filters))
    return [entry.agency_id for entry in found.entries]


def test_every_agency_of_the_register_appears_by_name(released: Store):
    found = directory(released.cursor(), BUYER, today=TODAY)
    assert [entry.agency_id for entry in found.entries] == ["a3", "a2", "a1", "a4"]
    assert found.release is not None
    assert (found.release.as_of, found.release.agencies, found.total) == (D, 3, 4)
    unshown = found.entries[-1]
    assert (unshown.workers, unshown.band_reason, unshown.points) == (TOO_FEW, BandReason.TOO_FEW_WORKERS, None)
    assert (unshown.newest, unshown.corridors) == (None, ())


def test_before_the_first_release_the_directory_shows_licences_and_says_so(country: Store):
    found = directory(country.cursor(), BUYER, today=TODAY)
    assert found.release is None
    assert found.total == 4
    assert {entry.workers for entry in found.entries} == {TOO_FEW}


def test_filters_by_corridor_band_certificate_and_licence(released: Store):
    certify(released)
    assert ids(released, corridor=("NPL-QAT",)) == ["a2", "a1"]
    assert ids(released, corridor=("NPL-QAT", "NPL-SAU")) == ["a3", "a2", "a1"]
    assert ids(released, band=("weak",)) == ["a3", "a2"]
    assert ids(released, band=("weak",), corridor=("NPL-QAT",)) == ["a2"]
    assert ids(released, certificate=("certified",)) == ["a2"]
    assert ids(released, certificate=("none",), licence=("valid",)) == ["a3", "a1", "a4"]
    assert ids(released, licence=("suspended",)) == []


def test_options_stand_beside_their_counts_given_the_other_filters(released: Store):
    certify(released)
    chosen = Filters(corridor=("NPL-QAT",))
    options = directory(released.cursor(), BUYER, today=TODAY, filters=chosen).options
    assert options["corridor"] == {"NPL-QAT": 2, "NPL-SAU": 1}
    assert options["band"] == {"fair": 1, "insufficient_evidence": 0, "weak": 1}
    assert options["certificate"] == {"certified": 1, "none": 1}
    assert options["licence"] == {"valid": 2}


def test_a_misspelt_name_finds_the_agency_and_the_filters_still_hold(released: Store):
    assert ids(released, text="anapurna jobs")[0] == "a3"
    assert ids(released, text="002") == ["a2"]
    assert ids(released, text="anapurna", corridor=("NPL-QAT",)) == []


def test_licence_and_certificate_are_as_they_are_today_whatever_was_released(released: Store):
    values = {"agency_id": "a1", "licence": "001", "name": "Himal Everest", "status": "cancelled", "deployed": None}
    released.cursor().execute(AGENCY, values | {"at": datetime(2026, 11, 1), "until": None, "aliases": ""})
    certify(released, "suspended")
    by_id = {entry.agency_id: entry for entry in directory(released.cursor(), BUYER, today=TODAY).entries}
    assert by_id["a1"].licence_status == "cancelled"
    assert by_id["a1"].band is Band.FAIR
    assert by_id["a2"].certificate is not None
    assert by_id["a2"].certificate.status == "suspended"


def test_one_agency_and_its_past_bands(released: Store):
    put_release(released, date(2026, 9, 30), {"a4": (Band.STRONG, "QAT")})
    db = released.cursor()
    told = released_agency(db, BUYER, "a1", today=TODAY)
    assert told.figure is not None
    assert (told.figure.workers, told.figure.shown) == (TOO_FEW, False)
    then = released_agency(db, BUYER, "a1", today=TODAY, release_id=f"release-{D}")
    assert then.figure is not None
    assert then.figure.band is Band.FAIR
    assert [(past.as_of, past.band, past.workers) for past in past_bands(db, BUYER, "a1")] == [
        (D, Band.FAIR, "20–49"),
        (date(2026, 9, 30), Band.INSUFFICIENT_EVIDENCE, TOO_FEW),
    ]


def test_an_agency_that_is_not_there_is_refused(released: Store):
    for read in (lambda: released_agency(released.cursor(), BUYER, "zz", today=TODAY),
                 lambda: past_bands(released.cursor(), BUYER, "zz"),
                 lambda: released_figures(released.cursor(), BUYER, as_of=TODAY, agency_id="zz")):  # fmt: skip
        with pytest.raises(NotFound):
            read()
    with pytest.raises(Refusal, match="no such release"):
        released_agency(released.cursor(), BUYER, "a1", today=TODAY, release_id="zz")


def test_figures_come_from_the_newest_release_not_after_the_day(released: Store):
    put_release(released, date(2026, 9, 30), {"a4": (Band.STRONG, "QAT")})
    db = released.cursor()
    band = lambda day: {f.agency_id: f.band for f in released_figures(db, BUYER, as_of=day)}["a4"]  # noqa: E731
    assert band(date(2026, 9, 30)) is Band.STRONG
    assert band(date(2026, 9, 29)) is Band.INSUFFICIENT_EVIDENCE
    with pytest.raises(Refusal, match="Nothing was released as of 2026-06-29 or earlier"):
        released_figures(db, BUYER, as_of=date(2026, 6, 29))


def test_buyers_cannot_ask_what_was_known_at_another_moment(released: Store):
    with pytest.raises(NotPermitted, match="for reviewers"):
        released_figures(released.cursor(), BUYER, as_of=TODAY, known_at=datetime(2026, 8, 1))
