"""A small file, computed by hand: 69 reports of two agencies, read by intake, scored, and equal to the numbers below.

River (licence 0001) has 30 workers, 15 at each of two partners. Hill (0002) has 17 workers at one partner, after a
correction, a second interview and two reports out of their windows, 9 at an auditor, and 5 at an employer who never
counts. The counts were made by reading the files in small_file/; everything after them is arithmetic:

    Wilson        (k + z²/2 -+ z·sqrt(k·(n - k)/n + z²/4)) / (n + z²),  z = 1.959963984540054, z² = 3.841458820694124
    W01 of River  (3 + 1.920729 -+ 1.959964·sqrt(3·27/30 + 0.960365)) / 33.841459 = 0.034600, 0.256211
    its points    100·(1 - 0.256211/0.5) = 48.757835, 100·(1 - 0.1/0.5) = 80, 100·(1 - 0.034600/0.5) = 93.080022
    A.2 of River  W19 and W20, halves: mid 100; d = 0.5·(100 - 62.162202), 0.5·(100 - 43.243303) = 18.918899, 28.378348
                  low = 100 - sqrt(0.7·(18.918899² + 28.378348²) + 0.3·(18.918899 + 28.378348)²) = 61.459273
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.codes import PartnerKind, Role, Via
from schemas.score import Score
from schemas.viewer import Viewer
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.scoring.score import score
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies, import_register
from vetting.store.migrate import migrate
from vetting.store.partners import add_partner

FILES = Path(__file__).parent / "small_file"
NOW, AS_OF = datetime(2026, 11, 22, 9, 0), date(2026, 9, 30)
ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")
REGISTER = (
    b"licence,name,country,status,deployed_12m\n0001,River Manpower,NPL,valid,600\n0002,Hill Manpower,NPL,valid,\n"
)
KINDS = {"sunrise": "ngo", "dockers": "union", "ledger": "auditor", "depot": "employer"}
# Hill's documents: what was covered on 1 March 2026, and what was found (a finding that was closed left no mark).
COVERED = ("A.2", "A.4", "B.1", "1.2", "2.1", "3.2")
FOUND = (("1.2", "major"), ("3.2", "minor"), ("A.4", "observation"), ("4.1", "minor"))
CLOSED = ("A.2", "major")

# code: (k, n, share, low, high, outcome)
RIVER = {
    "W01": (3, 30, 0.1, 0.034599889, 0.256210826, "unclear"),
    "W02": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W03": (0, 27, 0, 0, 0.124555030, "not_assessed"),  # a rule is in force for 3 charged, and tested for none
    "W04": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W05": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W06": (1, 2, 0.5, 0.094531206, 0.905468794, "not_assessed"),
    "W07": (1, 30, 0.033333333, 0.005908590, 0.166703910, "unclear"),
    "W08": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W09": (2, 30, 0.066666667, 0.018477024, 0.213234584, "unclear"),
    "W10": (2, 30, 0.066666667, 0.018477024, 0.213234584, "unclear"),
    "W11": (5, 30, 0.166666667, 0.073365424, 0.335643505, "unclear"),
    "W12": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W13": (1, 30, 0.033333333, 0.005908590, 0.166703910, "unclear"),
    "W14": (6, 30, 0.2, 0.095051072, 0.373056964, "unclear"),
    "W15": (3, 30, 0.1, 0.034599889, 0.256210826, "unclear"),
    "W16": (6, 30, 0.2, 0.095051072, 0.373056964, "unclear"),
    "W17": (3, 12, 0.25, 0.088941668, 0.532305335, "unclear"),
    "W18": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W19": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W20": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W21": (0, 30, 0, 0, 0.113513393, "unclear"),
    "W22": (1, 30, 0.033333333, 0.005908590, 0.166703910, "unclear"),
}
HILL = {
    "W01": (10, 16, 0.625, 0.386410405, 0.815187674, "not_met"),  # h10 says nothing of money
    "W02": (4, 15, 0.266666667, 0.108974533, 0.519504341, "not_met"),  # h09 earns in a currency without a rate
    "W03": (0, 0, None, None, None, "not_assessed"),  # no rule for Japan
    "W04": (2, 18, 0.111111111, 0.031019523, 0.327997651, "not_assessed"),  # 9, so the auditor's 9 too; 3 of 10 known
    "W05": (2, 14, 0.142857143, 0.040093921, 0.399413795, "unclear"),
    "W06": (5, 6, 0.833333333, 0.436497178, 0.969946630, "not_assessed"),  # exactly 95 % back is clean
    "W07": (5, 17, 0.294117647, 0.132799896, 0.531331101, "not_met"),
    "W08": (0, 17, 0, 0, 0.184318135, "unclear"),
    "W09": (1, 17, 0.058823529, 0.010460401, 0.269820306, "unclear"),
    "W10": (2, 16, 0.125, 0.034977488, 0.360228273, "unclear"),  # one was asked by phone, perhaps before departure
    "W11": (0, 17, 0, 0, 0.184318135, "unclear"),
    "W12": (0, 10, 0, 0, 0.277532800, "unclear"),
    "W13": (1, 3, 0.333333333, 0.061491945, 0.792340399, "not_assessed"),  # exactly 95 % of the wage is clean
    "W14": (8, 16, 0.5, 0.279995636, 0.720004364, "not_met"),
    "W15": (0, 0, None, None, None, "not_assessed"),
    "W16": (7, 15, 0.466666667, 0.248095354, 0.698830200, "unclear"),  # 3 of 6, and 4 of 9 at the auditor
    "W17": (0, 0, None, None, None, "not_assessed"),
    "W18": (0, 17, 0, 0, 0.184318135, "unclear"),
    "W19": (1, 17, 0.058823529, 0.010460401, 0.269820306, "unclear"),
    "W20": (0, 17, 0, 0, 0.184318135, "unclear"),
    "W21": (1, 17, 0.058823529, 0.010460401, 0.269820306, "not_met"),
    "W22": (0, 17, 0, 0, 0.184318135, "unclear"),
}
# criterion: (low, mid, high), workers' side, documents' side; those not named are not assessed
RIVER_CRITERIA = {
    "A.2": ((61.459272882, 100, 100), (61.459272882, 100, 100), None),
    "A.3": ((0, 100, 100), (0, 100, 100), None),
    "B.2": ((77.297321365, 100, 100), (77.297321365, 100, 100), None),
    "1.1": ((48.757834842, 80, 93.080022251), (48.757834842, 80, 93.080022251), None),
    "1.3": ((62.162202275, 100, 100), (62.162202275, 100, 100), None),
    "2.1": ((44.432030029, 88.888888889, 98.030469873), (44.432030029, 88.888888889, 98.030469873), None),
    "2.2": ((62.162202275, 100, 100), (62.162202275, 100, 100), None),
    "2.3": ((28.921805458, 77.777777778, 93.840992070), (28.921805458, 77.777777778, 93.840992070), None),
    "3.2": ((51.192115419, 76.666666667, 88.382064979), (51.192115419, 76.666666667, 88.382064979), None),
    "3.3": ((70.452256353, 96.666666667, 99.409140962), (70.452256353, 96.666666667, 99.409140962), None),
    "3.4": ((64.646800278, 81.25, 89.957408626), (64.646800278, 81.25, 89.957408626), None),
    "4.2": ((66.659218017, 93.333333333, 98.818281924), (66.659218017, 93.333333333, 98.818281924), None),
    "5.1": ((58.549226208, 77.777777778, 89.438769803), (58.549226208, 77.777777778, 89.438769803), None),
    "5.2": ((43.243303413, 100, 100), (43.243303413, 100, 100), None),
    "5.3": ((40.854962785, 72.222222222, 90.117592401), (40.854962785, 72.222222222, 90.117592401), None),
}
HILL_CRITERIA = {
    "A.2": ((24.376298692, 90.196078431, 98.256599836), (24.376298692, 90.196078431, 98.256599836), 100),
    "A.3": ((0, 0, 79.079198030), (0, 0, 79.079198030), None),
    "A.4": ((90, 90, 90), None, 90),
    "B.1": ((100, 100, 100), None, 100),
    "1.1": ((0, 0, 22.717918909), (0, 0, 22.717918909), None),
    "1.2": ((30, 30, 30), None, 30),
    "1.3": ((0, 52.380952381, 86.635359576), (0, 52.380952381, 86.635359576), None),
    "2.1": ((0, 1.960784314, 55.733367966), (0, 1.960784314, 55.733367966), 100),
    "2.2": ((38.560621664, 100, 100), (38.560621664, 100, 100), None),
    "2.3": ((10.059897875, 80.392156863, 96.513199672), (10.059897875, 80.392156863, 96.513199672), None),
    "3.2": ((53.541257818, 70, 70), (53.541257818, 87.5, 96.502251226), 70),
    "3.3": ((7.489066712, 100, 100), (7.489066712, 100, 100), None),
    "3.4": ((9.999454513, 37.5, 65.000545487), (9.999454513, 37.5, 65.000545487), None),
    "4.2": ((63.136372998, 100, 100), (63.136372998, 100, 100), None),
    "5.1": ((22.352200028, 48.148148148, 72.433849594), (22.352200028, 48.148148148, 72.433849594), None),
    "5.2": ((7.840932496, 100, 100), (7.840932496, 100, 100), None),
}
RIVER_PRINCIPLES = {
    "A": (41.267914915, 100, 100),
    "B": (77.297321365, 100, 100),
    "1": (62.084714510, 90, 96.540011125),
    "2": (56.887745982, 88.888888889, 95.798634509),
    "3": (68.103307605, 84.861111111, 90.780969949),
    "4": (66.659218017, 93.333333333, 98.818281924),
    "5": (56.130711721, 83.333333333, 91.370950934),
}
HILL_PRINCIPLES = {
    "A": (38.125432897, 60.065359477, 87.351789371),
    "B": (100, 100, 100),
    "1": (10, 27.460317460, 42.939269330),
    "2": (25.080289432, 60.784313725, 80.981950682),
    "3": (32.202650464, 69.166666667, 78.333515162),
    "4": (63.136372998, 100, 100),
    "5": (22.632060658, 74.074074074, 86.216924797),
}
EXPECTED = {
    "0001": (RIVER, RIVER_CRITERIA, RIVER_PRINCIPLES),
    "0002": (HILL, HILL_CRITERIA, HILL_PRINCIPLES),
}


@pytest.fixture(scope="module", params=["file", "attached"])
def scores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Score]]:
    """The small file, imported into an empty store and scored: by licence."""
    folder = tmp_path_factory.mktemp("small")
    store = open_store(folder / "a.duckdb", folder / "b.duckdb" if request.param == "attached" else None)
    migrate(store, NOW)
    import_register(store, ADMIN, REGISTER, "np", via=Via.CLI, now=NOW)
    for partner, kind in KINDS.items():
        add_partner(store, ADMIN, partner=partner, kind=PartnerKind(kind), name=partner, via=Via.CLI, now=NOW)
    for hours, name in enumerate(["sunrise", "dockers", "ledger", "depot", "sunrise-corrected"]):
        send(store, name, NOW + timedelta(hours=hours))
    review_hill(store)
    yield {each.licence: each for each in score(store.cursor(), as_of=AS_OF)}
    store.close()


def send(store: Store, name: str, now: datetime) -> None:
    data = (FILES / f"{name}.csv").read_bytes()
    checked = check(data, f"{name}.csv", agencies=fetch_agencies(store.cursor()), today=now.date())
    assert checked.result.accepted == checked.result.rows, checked.result.problems
    commit(store, checked, partner=name.split("-")[0], viewer=ADMIN, via=Via.CLI, now=now)


def review_hill(store: Store) -> None:
    db = store.cursor()
    (hill,) = [agency.agency_id for agency in fetch_agencies(db) if agency.licence == "0002"]
    db.execute(
        "INSERT INTO desk.assessment VALUES ('a', $now, NULL, $hill, 'document_review', $day, 'x', 'x', 'x', 'x')",
        {"now": NOW, "hill": hill, "day": date(2026, 3, 1)},
    )
    for code in COVERED:
        db.execute("INSERT INTO desk.assessed_criterion VALUES ('a', $code, '')", {"code": code})
    for code, grade in (*FOUND, CLOSED):
        db.execute(
            "INSERT INTO desk.finding VALUES ($code, $now, NULL, $hill, $code, $grade, 'seen', 'x')",
            {"code": code, "now": NOW, "hill": hill, "grade": grade},
        )
    db.execute("INSERT INTO desk.corrective_action VALUES ('A.2', $now, 'closed', NULL, '', 'x')", {"now": NOW})


def near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("licence", EXPECTED)
def test_every_indicator_is_as_computed_by_hand(scores: dict[str, Score], licence: str):
    for code, (k, n, share, low, high, outcome) in EXPECTED[licence][0].items():
        found = scores[licence].as_json()["indicators"][code]
        assert found == {
            "n": n, "k": k, "share": near(share), "low": near(low), "high": near(high), "outcome": outcome,
        }, code  # fmt: skip


@pytest.mark.parametrize("licence", EXPECTED)
def test_every_criterion_is_as_computed_by_hand(scores: dict[str, Score], licence: str):
    for code, found in scores[licence].as_json()["criteria"].items():
        points, worker, documents = EXPECTED[licence][1].get(code, ((None,) * 3, None, None))
        if (licence, code) == ("0002", "4.1"):
            assert documents is None, "a finding without a recent assessment says nothing of the rest of the criterion"
        assert found == {
            "low": near(points[0]), "mid": near(points[1]), "high": near(points[2]),
            "worker": None if worker is None else [near(each) for each in worker],
            "documents": near(documents),
        }, code  # fmt: skip


@pytest.mark.parametrize("licence", EXPECTED)
def test_every_principle_is_as_computed_by_hand(scores: dict[str, Score], licence: str):
    for code, points in EXPECTED[licence][2].items():
        low, mid, high = (near(each) for each in points)
        assert scores[licence].as_json()["principles"][code] == {"low": low, "mid": mid, "high": high}, code


def test_the_headline_of_river_is_fair(scores: dict[str, Score]):
    """Low 66.98 is under 80. W01's share is exactly its allowance, so its gate is not in doubt."""
    river = scores["0001"].as_json()
    assert river["points"] == {"low": near(66.982038112), "mid": near(90.230582524), "high": near(94.234040015)}
    assert (river["band"], river["band_reason"], river["gates"], river["contradictions"]) == ("fair", None, [], [])
    assert river["coverage"] == near(0.600833333)  # 4 + 4 + 3.3333 + 2·7.5 + 3·5 + 3·3.75 + 2.5 + 3·1.6667
    assert (river["workers"], river["partners"]) == (30, 2)
    assert river["months"] == {"n": 30, "median": 0, "p80": None, "mean": near(1 / 30)}


def test_the_headline_of_hill_is_weak(scores: dict[str, Score]):
    """Nine of its ten charged workers were not repaid: one short of ten, and all of one partner, so no gate opens."""
    hill = scores["0002"].as_json()
    assert hill["points"] == {"low": near(36.095763413), "mid": near(55.191104783), "high": near(67.020776918)}
    assert (hill["band"], hill["band_reason"], hill["gates"], hill["contradictions"]) == ("weak", None, [], ["2.1"])
    assert hill["coverage"] == near(0.699166667)
    assert (hill["workers"], hill["partners"]) == (26, 2)
    # 0 six times, 0.1, 0.1, 5000.01/50000, 1, 1, 80000/(10000·52/12), 2, 3 and h11's: the eighth of fifteen.
    # h11 paid NPR 50,000 and earns QAR 700: (50000 / 136.9656) / (700 / 3.64) = 1.898287, by the rupee of 31 Dec 2024
    assert hill["months"] == {"n": 15, "median": near(0.1), "p80": None, "mean": near(0.736296061)}


def test_what_stands_beside_the_scores(scores: dict[str, Score]):
    river, hill = scores["0001"], scores["0002"]
    assert (river.worker_coverage, hill.worker_coverage) == (near(0.600833333), near(0.550833333))
    # 15 interviews on 2025-11-15 (319 days before) and 15 on 2026-06-15 (107): the middle lies between them
    assert (river.newest_age_days, river.median_age_days) == (107, 213)
    assert (river.departed_12m, river.heard_share) == (15, near(15 / 600))
    assert (hill.departed_12m, hill.heard_share) == (0, None)
    assert (hill.charged_reports, hill.state_items_only, hill.two_currencies) == (10, 1, 1)
    assert (hill.self_declared_workers, hill.indicator("W07").self_declared) == (5, 5)
    assert hill.auditors_in == ("W16",)
    assert set(river.rests_on) == {"dockers", "sunrise"}
    # W07: h11 said in March 2025 that the employer held the passport, and a year later no more: reviewers look at both.
    assert [(item.indicator, item.workers, item.referral) for item in hill.queue] == [
        ("W01", 9, False), ("W07", 11, False), ("W19", 1, False), ("W21", 1, True),
    ]  # fmt: skip
    [corridor] = hill.corridors
    assert (corridor.origin, corridor.destination, corridor.workers) == ("NPL", "JPN", 26)
    assert (corridor.charged, corridor.charged_n, corridor.months) == (10, 16, hill.months)
