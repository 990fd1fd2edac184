"""The house stays a house: imports point one way, and each rule of where things live is held here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.parts import links

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {"schemas": {"schemas"}, "vetting": {"vetting", "schemas"}, "pages": {"pages", "vetting", "schemas"}}
# The wall clock is read at the doors only, and passed on from there.
CLOCKS = {"pages/parts/session.py", "vetting/__main__.py", "vetting/server.py"}
SESSION = "pages/parts/session.py"
LONGEST_FILE, LONGEST_PAGE = 300, 80


def modules(*rooms: str) -> list[Path]:
    return [path for room in rooms or MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Every dotted module a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", modules(), ids=name)
def test_imports_point_one_way(path: Path):
    room = path.relative_to(ROOT).parts[0]
    first = {module.split(".")[0] for module in imported(path)}
    assert first & (MAY_IMPORT.keys() | {"tests", "bench", "sample_data", "app"}) <= MAY_IMPORT[room]
    if room != "pages":
        assert "streamlit" not in first, "Streamlit lives under app.py and pages/ only"
    if room != "vetting":
        assert "duckdb" not in first, "DuckDB lives under vetting only"


@pytest.mark.parametrize("path", [p for p in modules() if name(p) not in CLOCKS], ids=name)
def test_the_wall_clock_is_read_only_at_the_doors(path: Path):
    clocks = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time", "datetime.datetime.now"}
    assert not {call for call, _ in calls(path)} & clocks


@pytest.mark.parametrize("path", [p for p in modules("pages") if name(p) != SESSION], ids=name)
def test_session_state_and_caches_live_in_one_module(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "session_state" not in text
    assert "cache_data" not in text
    assert "cache_resource" not in text


@pytest.mark.parametrize("path", modules("vetting"), ids=name)
def test_no_value_is_pasted_into_sql(path: Path):
    """`execute` takes a constant or a text assembled from constants; ATTACH and SET, which take no parameters, are
    confined to the store's own connecting and backing up."""
    if name(path) in {"vetting/store/connect.py", "vetting/store/backup.py", "vetting/store/migrate.py"}:
        return
    for called, call in calls(path):
        if called.split(".")[-1] in {"execute", "executemany", "sql"} and call.args:
            text = call.args[0]
            assert not isinstance(text, ast.BinOp | ast.JoinedStr), f"line {call.lineno}: SQL built inside execute("
            if isinstance(text, ast.Call):
                assert ast.unparse(text.func).split(".")[-1] != "format", f"line {call.lineno}: SQL built by format("


@pytest.mark.parametrize("path", modules(), ids=name)
def test_files_are_one_idea_long(path: Path):
    longest = LONGEST_PAGE if path.parent == ROOT / "pages" else LONGEST_FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_the_scripts_folder_shadows_no_standard_module():
    import sys

    assert not {path.stem for path in (ROOT / "pages" / "parts").glob("*.py")} & sys.stdlib_module_names


def test_the_signpost_knows_every_page():
    """The signpost shows the windows that `links` names, and nothing stands in pages/ that it does not name."""
    signpost = (ROOT / "pages" / "parts" / "signpost.py").read_text(encoding="utf-8")
    assert "links.WINDOWS" in signpost
    assert set(links.WINDOWS) == {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_the_server_door_holds_nothing_else():
    body = [
        node for node in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body if not isinstance(node, ast.Expr)
    ]
    assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Assign) for node in body)


def test_no_module_is_called_utils_or_helpers():
    assert not [name(path) for path in modules() if path.stem in {"utils", "helpers", "misc", "common"}]


def test_docs_and_code_speak_of_the_project_alone():
    """No machine's path, no package host and no neighbour folder: a newcomer has none of them."""
    own = {"tests/test_house.py"}
    told = re.compile(r"\.\./shared|/work/|/root/|/tmp/plan|pypi-more")
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT).as_posix()
        if path.suffix in {".py", ".md", ".toml", ".txt", ".sql", ".csv", ".json"} and relative not in own:
            if relative.startswith((".venv/", ".git/", "var/")) or not path.is_file():
                continue
            assert not told.search(path.read_text(encoding="utf-8")), relative
