"""Reports leave the store by one road, `vetting.disclosure`: nothing else names their tables, hands out their rows, or
lets a page or a command ask the store itself."""

import ast
import importlib
import inspect
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.fee_report import columns
from schemas.record import Record
from tests.test_house import ROOT, calls, imported, modules, name

# The only rooms whose statements may name the tables of worker reports.
ROOMS = ("vetting/disclosure/", "vetting/scoring/", "vetting/intake/", "vetting/store/")
TABLES = re.compile(r"evidence[\"'\s]*\.[\"'\s]*(report|quarantine)\b", re.IGNORECASE)
COUNTED = "vetting.scoring.counted"  # the statement that signals and scores read reports by, without naming a table
ROWS, MAPPINGS = (list, tuple, set, Sequence, Iterator), (dict, Mapping)
FRAMES = ("polars", "pandas", "pyarrow", "duckdb")
# What only the row of a report says, under the names it has in records; counts and figures have none of these.
OF_A_ROW = {
    *("report_id", "worker_ref", "notes", "raw", "sex", "age_at_recruitment", "interview_date", "recruited_month"),
    *("departed_month", "written", "texts"),
    *(
        column
        for column in columns()
        if column.startswith(("cost_", "consent_", "loan_")) or column.endswith("_amount")
    ),
}
# The doors by which a row leaves the store, and to whom.
DOORS = {
    "vetting.disclosure.single_reports.open_report": "a reviewer, one report at a time, on the trail",
    "vetting.disclosure.single_reports.report_views": "reviewers: the numbers of reports that were opened",
    "vetting.disclosure.own_rows.own_row": "the partner that sent it",
    "vetting.disclosure.own_rows.own_rows": "the partner that sent them",
    "vetting.disclosure.waiting.own_waiting": "the partner that sent them",
    "vetting.disclosure.waiting.own_waiting_texts": "the partner that sent them",
}
# The file a partner has in its hands just now: nothing of it has been stored.
IN_HAND = {"vetting.intake.check.check", "vetting.intake.by_hand.sheet", "vetting.intake.questions.questions"}
# What may hold anything, and holds nothing a worker said.
NO_WORKERS = {
    "vetting.disclosure.exports.released_row": "columns of a release",
    "vetting.disclosure.exports.score_row": "columns of the score",
    "vetting.disclosure.released.released_json": "a release on its grid",
    "vetting.store.answers.fetch_answers": "what a partner said of its columns and words",
    "vetting.store.exchange_rates.fetch_rates": "exchange rates",
    "vetting.certification.page.case_page": "of how many workers on an agency's lists to interview how many",
    "vetting.certification.interview_draw.count_stratum": "the same",
    "vetting.certification.interview_draw.draw_sample": "the same",
    "vetting.certification.sheets.read_strata": "the same",
    "vetting.store.interview_draws.fetch_draws": "the same",
    "vetting.jobs.fetch_job": "how far a long piece of work is, and the batch it made",
}


def statements(path: Path) -> Iterator[str]:
    """Every text in the code of a file, with what stands beside it pasted together; docstrings are no code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        if isinstance(node, ast.BinOp | ast.JoinedStr):
            yield _pasted(node)


def _pasted(node: ast.AST) -> str:
    """What is known of a text that is put together from pieces, in their order."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(map(_pasted, ast.iter_child_nodes(node)))


def dotted(path: Path) -> str:
    return name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@cache
def readers() -> frozenset[str]:
    """The modules outside disclosure that read rows of reports: those that name a table, those that build on the
    statement of counted reports, and whoever asks one of the signals' readers."""
    found = {dotted(path) for path in modules("vetting") if any(TABLES.search(text) for text in statements(path))}
    found |= {dotted(path) for path in modules("vetting") if COUNTED in imported(path)}
    found |= {dotted(path) for path in modules("vetting/signals")}
    return frozenset(each for each in found if not each.startswith("vetting.disclosure"))


def doorways() -> list[Path]:
    return [*modules("pages", "vetting/commands"), ROOT / "vetting/exports.py", ROOT / "vetting/__main__.py"]


@pytest.mark.parametrize("path", [path for path in modules() if not name(path).startswith(ROOMS)], ids=name)
def test_the_tables_of_reports_are_named_only_in_the_rooms_that_guard_them(path: Path):
    assert not [text for text in statements(path) if TABLES.search(text)]


@pytest.mark.parametrize("path", doorways(), ids=name)
def test_pages_and_commands_ask_no_reader_of_reports_and_speak_no_sql(path: Path):
    assert not imported(path) & readers(), "what workers report leaves through vetting.disclosure"
    assert not [
        call for call, _ in calls(path) if call.split(".")[-1] in {"execute", "executemany", "sql", "fetch_rows"}
    ]
    if name(path).startswith("pages/"):
        assert not re.search(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b", path.read_text(encoding="utf-8"))


def test_the_readers_of_reports_are_found():
    """Else the rule above would hold of nothing."""
    assert {COUNTED, "vetting.store.reports", "vetting.scoring.measure", "vetting.signals.reports"} <= readers()


def test_what_pages_and_commands_can_call_hands_out_no_row_but_at_the_doors():
    """By the types of what comes back, followed into every record: a column of a report, a frame or an untyped value
    may come from the functions listed above alone. A door nobody uses any more must leave the list."""
    found = {full for full, function in called() if rowlike(function)}
    known = set(DOORS) | IN_HAND | set(NO_WORKERS)
    assert found == known, "a row of a report leaves at the doors of disclosure only"


def called() -> Iterator[tuple[str, Any]]:
    """Every function of `vetting` that a page or a command can call, by its full name."""
    for path in doorways():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("vetting"):
                continue
            for alias in node.names:
                held = getattr(importlib.import_module(node.module or ""), alias.name, None)
                held = held or importlib.import_module(f"{node.module}.{alias.name}")
                used = _attributes(tree, alias.asname or alias.name) if isinstance(held, ModuleType) else {""}
                for attribute in used:
                    function = getattr(held, attribute, None) if attribute else held
                    if inspect.isfunction(function) and not function.__module__.startswith("vetting.commands"):
                        yield f"{function.__module__}.{function.__name__}", inspect.unwrap(function)


def rowlike(function: Any) -> bool:
    told = typing.get_type_hints(function).get("return")
    return any(field in OF_A_ROW or field == "*" for field in _fields(told, set()))


def _attributes(tree: ast.Module, module: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module
    }


def _fields(told: Any, seen: set[Any]) -> Iterator[str]:
    """The names of all fields of all records in a type; `*` for a frame, for rows without a type, for anything."""
    if told in seen:
        return
    seen.add(told)
    parts = typing.get_args(told)
    rows = typing.get_origin(told) in ROWS and any(typing.get_origin(part) in MAPPINGS for part in parts)
    if rows or told in (Any, object) or getattr(told, "__module__", "").split(".")[0] in FRAMES:
        yield "*"
    for part in parts:
        yield from _fields(part, seen)
    if isinstance(told, type) and told.__module__.split(".")[0] in ("vetting", "schemas"):
        for field, kind in _annotated(told).items():
            yield field
            yield from _fields(kind, seen)


def _annotated(told: type) -> dict[str, Any]:
    if issubclass(told, Record):
        return {field: about.annotation for field, about in told.model_fields.items()}
    return typing.get_type_hints(told)
