"""The command line as people meet it: its own process, its exit codes, its words."""

import csv
import io
import json
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from schemas.codes import Via
from tests.vetting.accepting import accept_for
from tests.vetting.intake.files import fee_csv
from vetting.address import Address
from vetting.command_socket import Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter
from vetting.opening import open_or_create
from vetting.store import open_store

NOW = datetime(2026, 11, 22, 9, 0)
REGISTER = "id,name,rlno\n1,Orchard International,0010\n2,=HYPERLINK(1),0030\n"


class Desk:
    """Carries commands out in this process, by the function both the terminal and the dashboard use."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.environ = folder, {"VETTING_DATABASE": str(folder / "own.duckdb")}

    def __call__(self, *argv: str) -> Outcome:
        return carry_out(list(argv), Counter(folder=self.folder, now=NOW, environ=self.environ))

    def done(self, *argv: str) -> str:
        outcome = self(*argv)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return outcome.out

    def refused(self, *argv: str) -> str:
        """The one line that says why."""
        outcome = self(*argv)
        assert outcome.code == 1, outcome
        assert outcome.err.count("\n") == 1
        return outcome.err


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was created and closed."""
    path = tmp_path_factory.mktemp("empty") / "own.duckdb"
    open_or_create(Address(path, None, chosen=True), NOW, actor="test", via=Via.CLI).close()
    return path


@pytest.fixture
def vetting(tmp_path: Path, empty: Path) -> Desk:
    shutil.copy(empty, tmp_path / "own.duckdb")
    return Desk(tmp_path)


def test_a_database_is_created_once_and_then_found_up_to_date(tmp_path):
    line = Desk(tmp_path)
    assert "no database" in line.refused("agencies", "list")
    assert "was created, empty" in line.done("init")
    assert "is up to date" in line.done("init")
    assert "No agency is known" in line.done("agencies", "list")


def test_the_database_is_named_before_or_after_the_command(vetting, tmp_path):
    other = str(tmp_path / "other.duckdb")
    vetting.done("--database", other, "init")
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope", "--database", "other.duckdb")
    assert json.loads(vetting.done("--database", other, "partners", "list", "--json")) == [
        {"partner": "hope", "kind": "ngo", "name": "Hope"}
    ]
    assert json.loads(vetting.done("partners", "list", "--json")) == []


def test_a_register_is_imported_listed_and_exported_without_formulas(vetting, tmp_path):
    (tmp_path / "rl.csv").write_text(REGISTER)
    argv = ("agencies", "import", "rl.csv", "--register", "bd", "--map", "licence=rlno", "--country", "BGD", "--json")
    assert json.loads(vetting.done(*argv)) == {
        "register": "bd",
        "rows": 2,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "repeated": 0,
        "unusable": 0,
        "problems": [],
    }
    assert json.loads(vetting.done(*argv))["unchanged"] == 2
    assert "0010" in vetting.done("agencies", "list")
    rows = list(csv.DictReader(io.StringIO(vetting.done("export", "register"))))
    assert {row["name"] for row in rows} == {"Orchard International", "'=HYPERLINK(1)"}
    assert rows[0]["filters"] == "country=all; status=all"
    vetting.done("export", "register", "--output", "register.csv")
    assert "nothing is overwritten" in vetting.refused("export", "register", "--output", "register.csv")


def test_a_confirmed_spelling_is_listed_and_taken_back(vetting, tmp_path):
    (tmp_path / "rl.csv").write_text("name,licence,country\nHimal Example Overseas,0012/077,NPL\n")
    vetting.done("agencies", "import", "rl.csv", "--register", "np")
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    (agency,) = json.loads(vetting.done("agencies", "list", "--json"))
    (tmp_path / "r.csv").write_bytes(fee_csv({"agency_licence": "", "agency_name": "Snow House"}))
    told = {"agencies": {"\x1fSnow House\x1fNPL\x1fQAT": agency["agency_id"]}}
    (tmp_path / "told.json").write_text(json.dumps(told))
    assert "No spelling is confirmed" in vetting.done("agencies", "aliases", "list")
    vetting.done("reports", "import", "r.csv", "--partner", "hope", "--actor", "Ada", "--answers", "told.json")
    (alias,) = json.loads(vetting.done("agencies", "aliases", "list", "--json"))
    assert (alias["spelling"], alias["agency"], alias["actor"]) == ("Snow House", "Himal Example Overseas", "Ada")
    again = json.loads(vetting.done("reports", "check", "r.csv", "--partner", "hope", "--json"))
    assert (again["accepted"], again["problems"]) == (1, [])
    argv = ("agencies", "aliases", "retract", "snow house", "--agency", agency["agency_id"], "--actor", "Grace")
    assert "no longer stands" in vetting.done(*argv, "--reason", "another house")
    assert "taken back already" in vetting.refused(*argv, "--reason", "again")
    assert "No spelling is confirmed" in vetting.done("agencies", "aliases", "list")


def test_a_batch_sent_before_the_terms_were_accepted_is_taken_with_a_warning(vetting, tmp_path):
    (tmp_path / "rl.csv").write_text("name,licence,country\nHimal Example Overseas,0012/077,NPL\n")
    vetting.done("agencies", "import", "rl.csv", "--register", "np")
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    sent = ("reports", "import", "r.csv", "--partner", "hope", "--actor", "Ada")
    (tmp_path / "r.csv").write_bytes(fee_csv({}))
    assert "Warning: hope has not accepted consent-1 and sharing-1. The batch says so." in vetting.done(*sent)
    (tmp_path / "r.csv").write_bytes(fee_csv({}, {}))
    terms = json.loads(vetting.done(*sent, "--json"))["terms"]
    assert (terms["consent_id"], terms["sharing_id"], terms["accepted"]) == ("consent-1", "sharing-1", False)
    assert json.loads(vetting.done(*sent, "--json"))["terms"] is None, "nothing new is no batch"
    with closing(open_store(tmp_path / "own.duckdb")) as store:
        accept_for(store, "hope", NOW)
    (tmp_path / "r.csv").write_bytes(fee_csv({}, {}, {}))
    assert "Warning" not in vetting.done(*sent)


def test_members_come_and_go_under_the_name_that_was_given(vetting):
    vetting.done("members", "add", "ada@example.org", "--role", "reviewer", "--actor", "Grace")
    vetting.done("members", "suspend", "ada@example.org", "--reason", "left")
    (member,) = json.loads(vetting.done("members", "list", "--json"))
    assert (member["email"], member["state"]) == ("ada@example.org", "suspended")


def test_the_trail_is_proved_and_a_wrong_head_is_refused(vetting):
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    told = json.loads(vetting.done("trail", "verify", "--json"))
    assert told["sound"] is True
    assert told["head"] in vetting.done("trail", "verify", "--head", told["head"])
    vetting.done("partners", "add", "help", "--kind", "ngo", "--name", "Help")
    assert "1 entry after it, all chained." in vetting.done("trail", "verify", "--head", told["head"].upper())
    refused = vetting.refused("trail", "verify", "--head", "0" * 64)
    assert "the hash you gave is the hash of none of its entries" in refused
    assert vetting("trail", "verify", "--head", "abc").code == 2


def test_the_trail_goes_out_as_a_file_and_a_statement_that_prove_it(vetting, tmp_path):
    head = json.loads(vetting.done("trail", "head", "--json"))
    assert head["hash"] in vetting.done("trail", "head")
    assert head["hash"] in vetting.done("trail", "publish", "--to", "head.txt", "--actor", "ada")
    assert head["hash"] in (tmp_path / "head.txt").read_text()
    assert "entries 1 to 2" in vetting.done("trail", "export", "trail.jsonl", "--actor", "ada")
    assert "1 entry after it" in vetting.done("trail", "verify", "--file", "trail.jsonl", "--head", head["hash"])
    assert "begins at entry 2" in vetting.done("trail", "export", "two.jsonl", "--from", "2") + vetting.done(
        "trail", "verify", "--file", "two.jsonl"
    )
    assert "There is no file" in vetting.refused("trail", "verify", "--file", "none.jsonl")
    assert "is no entry of a trail" in vetting.refused("trail", "verify", "--file", "head.txt")
    assert "nothing is overwritten" in vetting.refused("trail", "export", "trail.jsonl")
    assert "Nobody is to get it" in vetting.refused("trail", "send")
    vetting.done("settings", "set", "head_recipients", "ada@union.example")
    assert "No mail server is named" in vetting.refused("trail", "send")
    assert json.loads(vetting.done("trail", "verify", "--json"))["entries"] == 5


def test_an_altered_entry_is_named(vetting, tmp_path):
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    with duckdb.connect(str(tmp_path / "own.duckdb")) as db:
        db.execute("UPDATE desk.trail SET after = '{}' WHERE seq = 2")
    assert "Entry 2 was altered" in vetting.refused("trail", "verify")


def test_a_backup_is_restored(vetting, tmp_path):
    vetting.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    told = vetting.done("backup", "monday.duckdb")
    until = NOW.date() + timedelta(days=90)
    assert f"Keep it until {until.isoformat()} at the latest, then delete it" in told
    vetting.done("settings", "set", "backup_days", "30")
    shorter = (NOW.date() + timedelta(days=30)).isoformat()
    assert f"Keep it until {shorter} at the latest" in vetting.done("backup", "tuesday-to-be.duckdb")
    vetting.done("partners", "add", "later", "--kind", "ngo", "--name", "Later")
    vetting.done("restore", "monday.duckdb")
    assert [partner["partner"] for partner in json.loads(vetting.done("partners", "list", "--json"))] == ["hope"]
    assert "no backup" in vetting.refused("restore", "tuesday.duckdb")


def test_two_files_serve_as_well_as_one(tmp_path):
    line = Desk(tmp_path)
    line.environ = {"VETTING_DESK": str(tmp_path / "a.duckdb"), "VETTING_EVIDENCE": str(tmp_path / "b.duckdb")}
    line.done("init")
    line.done("partners", "add", "hope", "--kind", "ngo", "--name", "Hope")
    line.done("backup", "monday.duckdb")
    line.done("restore", "monday.duckdb")
    assert "hope" in line.done("partners", "list")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("agencies", "import", "none.csv", "--register", "x"), "There is no file"),
        (("agencies", "import", ".", "--register", "x"), "cannot be read"),
        (("reports", "check", "none.csv", "--partner", "hope"), "no partner 'hope'"),
        (("reports", "read", "none.csv"), "There is no file"),
        (("reports", "withdraw", "none", "--actor", "a", "--reason", "r"), "no batch"),
        (("score", "--agency", "none"), "no agency"),
        (("score", "--role", "buyer"), "Nothing was released"),
        (("certification", "move", "none", "applied", "--actor", "a", "--reason", "r"), "no case"),
        (("members", "suspend", "nobody@example.org"), "no member"),
        (("release", "publish", "--as-of", "2026-02-03", "--actor", "a"), "no quarter's end"),
        (("score", "--as-of", "2999-01-01"), "has not come yet"),
        (("score", "--as-of", "0001-01-01"), "No fee report is older"),
        (("score", "--known-at", "2999-01-01"), "Nobody knows yet"),
        (("score", "--known-at", "2001-01-01"), "Nothing had been recorded"),
        (("settings", "set", "sample", "true"), "init --sample"),
        (("--database", "/etc/hostname", "partners", "list"), "cannot be opened"),
        (("--database", "desk.duckdb", "init"), "ambiguous"),
        (("--database", "postgres://host/db", "partners", "list"), "does not serve"),
        (("--database", ".", "partners", "list"), "is a folder"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(vetting, argv, told):
    assert told in vetting.refused(*argv)


@pytest.mark.parametrize(
    "argv",
    [
        ("dance",),
        ("partners", "add", "hope", "--kind", "choir", "--name", "Hope"),
        ("partners", "add", "hope"),
        ("score", "--as-of", "31.12.2026"),
        ("score", "--known-at", "yesterday"),
        ("score", "--role", "admin"),
        ("agencies", "import", "x.csv", "--register", "x", "--map", "licence"),
        ("init", "--today", "2026-01-01"),
        ("reports", "import", "x.csv", "--partner", "hope"),
    ],
)
def test_wrong_usage_ends_with_two_and_no_traceback(vetting, argv):
    result = vetting(*argv)
    assert (result.code, result.out) == (2, "")
    assert "--help" in result.err


def test_another_programs_database_is_left_as_it_was(vetting, tmp_path):
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE theirs (a INTEGER)")
    assert "no store of Fair Passage" in vetting.refused("--database", str(path), "partners", "list")
    assert "tables of something else" in vetting.refused("--database", str(path), "init")
    with duckdb.connect(str(path)) as db:
        assert db.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall() == [
            ("main", "theirs")
        ]


def test_every_command_has_its_help(vetting, capsys):
    for argv in ((), ("agencies", "import"), ("score",), ("release", "publish"), ("restore",)):
        assert vetting(*argv, "--help").code == 0
        assert "--database" in capsys.readouterr().out


def test_the_program_itself_answers_refuses_and_corrects(terminal, tmp_path):
    assert (terminal("init").returncode, terminal("partners", "list", "--json").stdout) == (0, "[]\n")
    refused = terminal("reports", "read", "none.csv")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"There is no file {tmp_path / 'none.csv'}.\n"
    assert terminal("dance").returncode == 2


def test_a_file_held_by_a_program_that_takes_no_commands_is_said_plainly(terminal, tmp_path, empty, in_another_process):
    shutil.copy(empty, tmp_path / "own.duckdb")
    with in_another_process(tmp_path / "own.duckdb"):
        result = terminal("partners", "list")
    assert result.returncode == 1
    assert "in use by another process, and that process takes no commands" in result.stderr


def test_a_file_is_read_as_it_is_said_to_be_read(vetting, tmp_path):
    """Limits come from the store where there is one."""
    (tmp_path / "b.csv").write_text("name,n\nAsha,1\nus,\n")
    (tmp_path / "a.csv").write_bytes("Fees\nname|note\nZoë|a;b\n".encode("cp1252"))
    assert json.loads(vetting.done("reports", "read", "a.csv")) == {
        "encoding": "cp1252", "delimiter": "|", "header_line": 2, "columns": ["name", "note"], "rows": [["Zoë", "a;b"]],
        "footer": [],
    }  # fmt: skip
    last = json.loads(vetting.done("reports", "read", "b.csv", "--footer-lines", "1"))
    assert (last["rows"], last["footer"]) == ([["Asha", "1"]], [["us", ""]])
    chosen = vetting.done(
        "reports", "read", "a.csv", "--encoding", "cp1250", "--delimiter", "tab", "--header-line", "1"
    )
    assert json.loads(chosen)["columns"] == ["Fees"]
    assert "text line 3" in vetting.refused("reports", "read", "a.csv", "--encoding", "utf-8")
    vetting.done("settings", "set", "most_columns", "1", "--actor", "ana@example.org")
    assert "2 columns, and the limit is 1" in vetting.refused("reports", "read", "a.csv")
