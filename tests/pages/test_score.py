"""How a score was made, on a reviewer's page: the numbers are those of `score --json`, down to the counts."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import formulas
from schemas.codes import Grade, Outcome, Role, Via
from schemas.standard import load_standard
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, ASHA, Desk
from vetting.certification.findings import record_finding
from vetting.disclosure.live import live_making, live_score
from vetting.disclosure.release import publish
from vetting.scoring.indicators import BY_CODE

SeenBy = Callable[..., AppTest]
STANDARD = load_standard()
NO_BREAK = "\N{NO-BREAK SPACE}"


def rows(app: AppTest, heading: str) -> list[dict[str, str]]:
    """The table whose first column is called so: its rows as read aloud, by heading."""
    for table in app.get("html"):
        body = table.proto.body
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', body)
        if heads and unescape(heads[0]) == heading:
            cells = [re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(<td.*?)</tr>", body)]
            return [dict(zip(map(unescape, heads), map(plain, row), strict=True)) for row in cells]
    raise AssertionError(f"no table begins with {heading!r}")


def plain(html: str) -> str:
    text = re.sub(r"<span aria-hidden='true'.*?</span>", "", html)
    return unescape(re.sub(r"<[^>]+>", " ", text)).replace(NO_BREAK, " ").strip()


@pytest.fixture
def heard(desk: Desk) -> Desk:
    """480 workers, some of whom report fees, wages withheld and no contract; a minor finding in the documents."""
    case = desk.under_review()
    when = desk.when | {"via": Via.PAGE}
    record_finding(
        desk.store, ASHA, case.case_id, crit_code="2.1", grade=Grade.MINOR, statement="Copies are kept.", **when
    )
    desk.assess(case, criteria=dict.fromkeys(("2.1", "B.1", "1.1"), "Seen."))
    desk.report("sunrise", reports=120, interviewed=date(2026, 6, 1), w01=4, w19=3, w10=100, w04=50)
    desk.report("dockers", reports=60, interviewed=date(2026, 6, 1), w01=9, w02=2, w16=60)
    return desk


def said_by_command(desk: Desk) -> dict:
    """What `score --json` prints of the agency."""
    score = live_score(desk.store.cursor(), ASHA, AGENCY, as_of=desk.today)
    return json.loads(json.dumps(score.as_json()))


def test_indicators_are_those_of_the_command_line(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    assert not app.exception
    told = said_by_command(heard)["indicators"]
    shown = dict(zip(told, rows(app, "The worker…"), strict=False))
    assert len(rows(app, "The worker…")) == len(told) == 22
    for code, row in shown.items():
        own, indicator = told[code], BY_CODE[code]
        assert row["The worker…"].startswith(f"{indicator.criterion} {indicator.wording}")
        assert row["k of n"] == f"{own['k']} of {own['n']}"
        assert row["Share"] == f"{100 * own['share']:.1f} %"
        assert row["95 % range"] == f"{100 * own['low']:.1f} – {100 * own['high']:.1f} %"
        assert (row["Allowance"], row["Worst share"]) == (f"{100 * indicator.t:.1f} %", f"{100 * indicator.w:.1f} %")
        assert (row["Points"] == "not assessed") is (own["outcome"] == Outcome.NOT_ASSESSED)
    assert {own["outcome"] for own in told.values()} >= {"met", "not_met", "unclear"}


def test_criteria_principles_and_headline_are_those_of_the_command_line(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    told, assessed = said_by_command(heard), 0
    by_criterion = [row for row in rows(app, "Criterion") if "Which counts" in row]
    for (code, own), row in zip(told["criteria"].items(), by_criterion, strict=True):
        assert row["Criterion"].startswith(code)
        assert row["Points"] in ("–", three([own["low"], own["mid"], own["high"]]))
        assert row["Workers"] == three(own["worker"])
        assert row["Documents"] == ("not assessed" if own["documents"] is None else f"{own['documents']:.0f}")
        assessed += own["mid"] is not None
    assert assessed > 10
    assert {row["Which counts"] for row in by_criterion} >= {"workers", "documents", "not assessed"}
    for (code, own), row in zip(told["principles"].items(), rows(app, "Principle"), strict=True):
        assert row["Principle"].startswith(code)
        assert row["Points"] == three([own["low"], own["mid"], own["high"]])
    said, points = words_of(app), told["points"]
    assert f"The shares' points add up to the middle: **{points['mid']:.2f}**" in said
    for end in ("low", "high"):
        assert re.search(rf"The {end} end: .* = \*\*{points[end]:.2f}\*\*", said)
    assert f"**Coverage** {100 * told['coverage']:.1f} % of the weight is assessed" in said


def three(points: list[float | None] | None) -> str:
    if points is None or points[1] is None:
        return "not assessed"
    return " – ".join(f"{point:.1f}" for point in points)


def test_the_rule_that_decides_gives_the_band(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    tried, band = rows(app, "Rule"), said_by_command(heard)["band"]
    [decides] = [row for row in tried if "and decides" in row["Here"]]
    assert decides["Gives"].startswith("On hold" if band == "on_hold" else band.capitalize())
    before = tried[: tried.index(decides)]
    assert all("does not hold" in row["Here"] for row in before)
    [fees] = [row for row in rows_of_gates(app) if row["The worker…"] == "was charged anything"]
    assert fees["Reports that count"] == "13"
    assert fees["Partners"] == "2"


def rows_of_gates(app: AppTest) -> list[dict[str, str]]:
    for table in app.get("html"):
        if "Reports that count" in table.proto.body:
            body = table.proto.body
            heads = list(map(unescape, re.findall(r'<th scope="col"[^>]*>(.*?)</th>', body)))
            cells = [re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(<td.*?)</tr>", body)]
            return [dict(zip(heads, map(plain, row), strict=True)) for row in cells]
    raise AssertionError("no table of gates")


def test_the_parts_add_up_to_what_they_are_parts_of(heard: Desk):
    """Added up by plain Python from the counts' ranges, and held against the score itself."""
    made = live_making(heard.store.cursor(), ASHA, AGENCY, as_of=heard.today)
    rho, points = STANDARD.measuring.correlation, made.score.points
    assert sum(part.share for part in made.headline.parts) == pytest.approx(1)
    assert sum(part.mid for part in made.headline.parts) == pytest.approx(points.mid)
    for reach, end, sign in (("down", points.low, -1), ("up", points.high, 1)):
        own = [getattr(part, reach) for part in made.headline.parts]
        root = ((1 - rho) * sum(each**2 for each in own) + rho * sum(own) ** 2) ** 0.5
        assert points.mid + sign * root == pytest.approx(end)
        told = getattr(made.headline, reach)
        assert (told.squares, told.total) == pytest.approx((sum(each**2 for each in own), sum(own)))
    for part in made.headline.parts:
        criterion = made.score.criterion(part.crit_code)
        if criterion.range is None:
            assert (part.weight, part.share) == (0, 0)
        else:
            assert part.weight == criterion.weight
            assert part.down == pytest.approx(part.share * (criterion.range.mid - criterion.range.low))
    for code, total in made.principles.items():
        assert total.range == next(each.range for each in made.score.principles if each.code == code)
    assert [rule.band for rule in made.rules if rule.decides] == [made.score.band]
    assert made.score == live_score(heard.store.cursor(), ASHA, AGENCY, as_of=heard.today)


def test_repaid_workers_are_told_as_left_out_and_what_a_gate_lacks(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", reports=60, interviewed=date(2026, 6, 1), w07=1)
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    [passport] = [row for row in rows_of_gates(app) if "passport" in row["The worker…"]]
    assert passport["Reports that count"] == "1"
    assert "Lacks a lower end above the allowance; 2 reports; 2 partners (or 2 verified, or 10 reports)." in " ".join(
        passport["Gate"].split()
    )


def test_the_address_names_day_and_knowledge_and_keeps_its_answer(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    kept = {name: app.query_params[name] for name in ("as_of", "known_at")}
    asked = {name: value[0] if isinstance(value, list) else value for name, value in kept.items()}
    before = words_of(app)
    heard.report("dockers", reports=200, interviewed=date(2026, 7, 1), w01=200)
    again = words_of(seen_by(Role.REVIEWER, "score", agency=AGENCY, **asked))
    assert again == before
    assert words_of(seen_by(Role.REVIEWER, "score", agency=AGENCY)) != before


def test_an_agency_nobody_was_heard_about_has_nothing_to_add_up(desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", agency=AGENCY)
    assert not app.exception
    said = words_of(app)
    assert "there is nothing to add up" in said
    assert "Fewer than 10 workers were heard." in said


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "Which agency?"),
        ({"agency": "nobody"}, "No such agency"),
        ({"agency": AGENCY, "as_of": "2026-13-01"}, "This cannot be looked back at"),
        ({"agency": AGENCY, "known_at": "yesterday"}, "This cannot be looked back at"),
    ],
)
def test_what_cannot_be_shown_is_told_politely(asked: dict, title: str, desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "score", **asked)
    assert not app.exception
    assert [each.value for each in app.title] == [title]


def test_standard_hash_and_method_stand_on_the_page(heard: Desk, seen_by: SeenBy):
    said = words_of(seen_by(Role.REVIEWER, "score", agency=AGENCY))
    assert STANDARD.id in said
    assert STANDARD.content_hash in said
    assert "version 1" in said


def test_every_formula_linked_to_stands_on_the_public_page(heard: Desk, seen_by: SeenBy):
    linked = re.findall(r"\(method\?formula=([a-z0-9-]+)\)", words_of(seen_by(Role.REVIEWER, "score", agency=AGENCY)))
    anchors = {section.anchor for section in formulas.sections()}
    assert len(set(linked)) >= 6
    assert set(linked) <= anchors
    public = seen_by(None, "method")
    assert not public.exception
    assert "Wilson 95 % interval" in words_of(public)


def test_the_public_page_shows_the_formula_that_was_asked_for_first(house, seen_by: SeenBy):
    asked = seen_by(None, "method", formula="gates")
    assert not asked.exception
    assert asked.subheader[0].value == "Gates"
    assert seen_by(None, "method", formula="nonsense").subheader[0].value == "What workers report"


def test_a_buyer_reads_how_it_was_made_and_no_count(heard: Desk, seen_by: SeenBy):
    publish(heard.store, ASHA, **heard.when)
    app = seen_by(Role.BUYER, "agency", agency=AGENCY)
    assert not app.exception
    said = words_of(app)
    assert "How this was made" in [each.value for each in app.subheader]
    assert STANDARD.content_hash[:8] in said
    assert "method version 1" in said
    assert not re.search(r"\b(180|300|480|13 of|4 of|9 of)\b", said)
    assert "It is for reviewers" in words_of(seen_by(Role.BUYER, "score", agency=AGENCY))
