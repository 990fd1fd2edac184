"""The template is a file we would take, and the data dictionary says what the columns say."""

import re
from pathlib import Path

from schemas.fee_report import EXAMPLE, columns
from schemas.problem_codes import PROBLEMS
from schemas.spelling import plain_letters
from tests.vetting.intake.files import TODAY, addresses, agency
from vetting.intake.check import check
from vetting.intake.template import SEVERITIES, allowed, data_dictionary, template_csv, told

ROOT = Path(__file__).resolve().parents[3]


def test_the_template_has_every_column_and_its_examples_are_never_taken():
    himal = agency(licence="0123/072/73")
    result = check(template_csv(), "template.csv", agencies=(himal,), today=TODAY).result
    assert addresses(result) == [(2, "report_id", "example_row"), (3, "report_id", "example_row")]
    assert (result.rows, result.accepted, result.refused) == (2, 0, 2)
    assert template_csv().decode("utf-8-sig").splitlines()[0].split(",") == list(columns())


def test_the_examples_are_reports_we_would_take_under_a_number_of_their_own():
    himal = agency(licence="0123/072/73")
    real = template_csv().replace(EXAMPLE.encode(), b"NP-2026-")
    result = check(real, "template.csv", agencies=(himal,), today=TODAY).result
    assert (result.rows, result.accepted, addresses(result)) == (2, 2, [])


def test_the_data_dictionary_is_fresh():
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == data_dictionary(), "run `python -m vetting.intake.template > docs/data-dictionary.md`"


def test_the_catalogue_has_every_problem_with_its_title_its_message_and_what_it_stops():
    page = data_dictionary()
    for problem in PROBLEMS.values():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{problem.code}` |")]
        assert f"| {problem.title} | {told(problem)} |" in line
        assert "{" not in line
        above = page[: page.index(line)]
        assert above[above.rindex("### ") + 4 :].splitlines()[0].casefold() == SEVERITIES[problem.severity].casefold()


def test_every_list_of_allowed_values_is_in_the_dictionary():
    page = data_dictionary()
    part = page[page.index("## Allowed values") : page.index("## Other names")]
    for column in columns().values():
        if allowed(column):
            assert f"`{column.name}`" in part
        assert all(f"`{code}`" in part for code in column.allowed)


def test_the_stored_table_has_every_column_in_order():
    sql = (ROOT / "vetting/store/migrations/003_evidence_reports.sql").read_text(encoding="utf-8")
    stored = re.findall(r"^    (\w+) [A-Z]", sql, flags=re.MULTILINE)
    assert [name for name in stored[: stored.index("raw")] if name in columns()] == list(columns())


def test_no_other_name_means_two_columns():
    names = [plain_letters(word) for column in columns().values() for word in {plain_letters(w) for w in column.words}]
    assert len(names) == len(set(names))
    assert not set(names) & {plain_letters(name) for name in columns()}


def test_every_message_says_what_to_do():
    for problem in PROBLEMS.values():
        assert problem.message.rstrip().endswith((".", "{allowed}", "{detail}", "{rule}")), problem.code
