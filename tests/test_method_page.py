"""docs/method.md is run: each section's examples, by the real functions, so that a wrong number in it fails."""

import doctest
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.vetting.scoring.examples import asking_how_firm, hearing

PAGE = Path(__file__).parents[1] / "docs" / "method.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
BEGINS = "How to read the examples"  # its imports are every section's
WITHOUT = {"What it does not say", "How well the ranges hold"}  # the second is what a simulation printed


def run(section: str, text: str, words: dict[str, Any]) -> str:
    """What is wrong with a section's examples; "" when they are as the real functions say."""
    said: list[str] = []
    for example in EXAMPLE.findall(text):
        found = doctest.DocTestParser().get_doctest(example, words, section, str(PAGE), 0)
        doctest.DocTestRunner(verbose=False).run(found, out=said.append, clear_globs=False)
        words |= found.globs
    return "".join(said)


@pytest.fixture
def words(migrated: Path, tmp_path: Path) -> dict[str, Any]:
    """What stands before every section: the imports of the page's beginning, and two words that need a store."""
    stores = iter(range(1000))

    def empty() -> Path:
        return Path(shutil.copy(migrated / "fair-passage.duckdb", tmp_path / f"{next(stores)}.duckdb"))

    given: dict[str, Any] = {"heard": hearing(empty), "firm": asking_how_firm(empty)}
    assert not run(BEGINS, SECTIONS[BEGINS], given)
    return given


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_are_what_the_functions_say(section: str, words: dict[str, Any]):
    assert not (wrong := run(section, SECTIONS[section], words)), wrong


@pytest.mark.parametrize("section", sorted(SECTIONS.keys() - WITHOUT))
def test_every_section_has_an_example(section: str):
    assert EXAMPLE.search(SECTIONS[section]), f"{section}: no worked example"


def test_a_wrong_number_in_the_page_fails(words: dict[str, Any]):
    right = next(text for text in SECTIONS.values() if "(85.0" not in text and "0.0138" in text)
    assert "Failed example" in run("changed", right.replace("0.0138", "0.0139"), words)


def test_every_formula_names_where_it_lives():
    named = set(re.findall(r"`(\w+\.py)`", TEXT))
    kept = {path.name for path in (PAGE.parents[1] / "vetting" / "scoring").glob("*.py")}
    assert named <= kept, f"docs/method.md names modules that are gone: {sorted(named - kept)}"
