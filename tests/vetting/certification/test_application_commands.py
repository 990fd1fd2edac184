"""What goes before a decision, on the command line: the same acts, told as people and as programs read them."""

from pathlib import Path

from tests.vetting.certification.desks import ASHA, Desk
from tests.vetting.certification.test_command import run, said
from vetting.certification.page import case_page

ACTOR = ("--actor", "asha@example.org")
STRATA = "origin,destination,sex,client,placed\nNPL,QAT,male,Pearl Towers,150\nNPL,QAT,female,Gulf Linen,50\n"
WHO = ("--kind", "on_site_review", "--assessor", "Field Audits", "--chosen-by", "the council", "--paid-by", "a fund")


def kept(tmp_path: Path, name: str, text: str) -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / name)


def test_a_sample_is_drawn_shown_and_counted(desk: Desk, tmp_path: Path):
    case, file = desk.under_review(), kept(tmp_path, "strata.csv", STRATA)
    assert "No sample is drawn" in run(desk, "draw", case.case_id).err
    drawn = said(run(desk, "draw", case.case_id, file, *ACTOR, "--json"))
    assert (drawn["size"], drawn["rule"], len(drawn["seed"])) == (15, "sha256-1", 32)
    assert [stratum["sample"] for stratum in drawn["strata"]] == [4, 11]
    again = run(desk, "draw", case.case_id, file, *ACTOR)
    assert (again.code, again.out) == (1, "")
    assert "Say why it has to be drawn again" in again.err
    shown = run(desk, "draw", case.case_id).out
    assert f"Seed {drawn['seed']}, rule sha256-1." in shown
    assert "0 of 11" in shown
    assert "4 of 4 of this stratum are heard." in run(desk, "interviews", case.case_id, "1", "4", *ACTOR).out
    beyond = run(desk, "interviews", case.case_id, "2", "9", "--substituted", "2", *ACTOR)
    assert "Say why others were heard" in beyond.err
    why = ("--reason", "Two went home.")
    after = said(run(desk, "interviews", case.case_id, "2", "9", "--substituted", "2", *why, *ACTOR, "--json"))
    assert (after["interviewed"], after["substituted"]) == (9, 2)


def test_a_sheet_with_faults_ends_with_1_and_all_of_them(desk: Desk, tmp_path: Path):
    case = desk.under_review()
    file = kept(tmp_path, "strata.csv", STRATA.replace("150", "many").replace("female", "lady"))
    refused = run(desk, "draw", case.case_id, file, *ACTOR)
    assert refused.code == 1
    assert "Line 2, column E (placed)" in refused.err
    assert "Line 3, column C (sex)" in refused.err


def test_a_review_and_what_the_agency_says_come_from_sheets(desk: Desk, tmp_path: Path):
    case = desk.under_review()
    blank = run(desk, "sheet", "review").out
    assert blank.startswith("criterion,element,result,note,what is asked,element asks\n")
    filled = "\n".join(
        line.replace(",,,", ",conforms,,", 1) if line.startswith("B.1,") else line for line in blank.split("\n")
    )
    made = said(run(desk, "review", case.case_id, kept(tmp_path, "r.csv", filled), *WHO, *ACTOR, "--json"))
    assert (made["criteria"], made["answered"], made["cells"]) == (["B.1"], 5, 120)
    own = kept(tmp_path, "s.csv", "criterion,element,answer\nB.1,policies,partly\n")
    assert "1 lines" in run(desk, "self-assess", case.case_id, own, *ACTOR, "--received", "2026-11-20").out
    level = run(desk, "capacity", case.case_id, "level_1", "--rests-on", "A letter.", *ACTOR)
    assert "level_1 is recorded" in level.out
    page = case_page(desk.store.cursor(), ASHA, case.case_id, desk.today)
    (row,) = [row for row in page.grid if row.crit_code == "B.1"]
    assert [(cell.seen.result, cell.said) for cell in row.cells[:2] if cell.seen] == [
        ("conforms", "partly"),
        ("conforms", None),
    ]
    assert page.application.capacity is not None
    assert page.application.capacity.level == "level_1"


def test_a_move_and_an_opening_take_evidence_and_sectors(desk: Desk):
    scope = ("--entity", "One Agency Ltd", "--site", "Head office", "--corridor", "npl-qat", "--sector", "41")
    why = ("--reason", "So decided.")
    opened = said(run(desk, "open", "agency-one", *scope, *why, *ACTOR, "--json"))
    assert opened["scope"]["sectors"] == ["41"]
    run(desk, "move", opened["case_id"], "applied", "--evidence", "licence.pdf", *why, *ACTOR)
    page = case_page(desk.store.cursor(), ASHA, opened["case_id"], desk.today)
    assert page.moves[-1].evidence == ("licence.pdf",)
