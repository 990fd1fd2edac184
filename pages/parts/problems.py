"""What is wrong with a file, on screen: four counts, then grouped by remedy, then row by row."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import tables, words
from schemas.batch import CheckResult
from schemas.codes import Severity
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS
from vetting.intake.groups import Group, group

WORDS = {
    Severity.REFUSE_FILE: ("File refused", "red", "block"),
    Severity.REFUSE_ROW: ("Refused", "red", "cancel"),
    Severity.QUARANTINE: ("Needs your answer", "orange", "help"),
    Severity.WARNING: ("Accepted, please look", "blue", "info"),
}
# What refuses the whole file comes first, and what is accepted anyway last.
ORDER_SHOWN = {Severity.REFUSE_FILE: 0, Severity.REFUSE_ROW: 1, Severity.QUARANTINE: 1, Severity.WARNING: 2}
LINES_SHOWN, VALUES_SHOWN, GROUPS_SHOWN = 8, 4, 30


def counts(result: CheckResult) -> None:
    warnings = sum(problem.severity is Severity.WARNING for problem in result.problems)
    shown = {
        "Ready": result.accepted,
        "Need your answer": result.quarantined,
        "Refused": result.refused,
        "Warnings": warnings,
    }
    for column, (label, value) in zip(st.columns(4), shown.items(), strict=True):
        column.metric(label, words.number(value), border=True)


def by_remedy(problems: Sequence[Problem]) -> None:
    """The same mistake in many rows has one remedy: say it once. What concerns one row only stands row by row."""
    if not problems:
        st.success("Nothing is wrong with this file.", icon=":material/check_circle:")
        return
    draw_groups(group(problems))


def draw_groups(groups: Sequence[Group]) -> None:
    _section("About the whole file", [each for each in groups if each.rows == 0])
    _section("One remedy, many rows", [each for each in groups if each.rows > 1])


def row_by_row(problems: Sequence[Problem], *, key: str) -> tuple[Severity | None, str | None]:
    """Every problem at its address; what was chosen to be shown is returned: a severity, and a column of ours."""
    if not problems:
        return None, None
    st.subheader("Row by row")
    there = [severity for severity in WORDS if any(problem.severity is severity for problem in problems)]
    letters = {problem.column: problem.letter for problem in problems if problem.column}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = (
            st.pills("Show", there, format_func=lambda s: WORDS[s][0], key=f"{key}_severity") if there[1:] else None
        )
        column = st.selectbox(
            "Column",
            sorted(letters, key=lambda name: (len(letters[name] or "ZZZZ"), letters[name] or "", name)),
            index=None,
            format_func=lambda name: words.column(letters.get(name), name),
            placeholder="every column",
            key=f"{key}_column",
            width=280,
        )
    tables.show(
        sorted(
            (
                problem
                for problem in problems
                if (chosen is None or problem.severity is chosen) and (column is None or problem.column == column)
            ),
            key=lambda problem: ORDER_SHOWN[problem.severity],
        ),
        {
            "Line": lambda p: p.line,
            "Column": lambda p: words.column(p.letter, p.column) if p.column else None,
            "You wrote": lambda p: p.value,
            "What is wrong": lambda p: tables.Two(_title(p), WORDS[p.severity][0]),
            "What to do": lambda p: p.message,
        },
        empty="None of this kind.",
        numbers={"Line"},
        key=f"{key}_problems",
    )
    return chosen, column


def _section(title: str, groups: Sequence[Group]) -> None:
    if not groups:
        return
    st.subheader(title)
    for each in groups[:GROUPS_SHOWN]:
        with st.container(border=True):
            _draw(each)
    if len(groups) > GROUPS_SHOWN:
        st.caption(f"{words.number(len(groups) - GROUPS_SHOWN)} more kinds of problem stand row by row below.")


def _draw(each: Group) -> None:
    word, hue, icon = WORDS[each.severity]
    many = f"**{words.count(each.rows, 'row')}:** " if each.rows else ""
    st.markdown(f"{many}{words.literal(each.title)} :{hue}-badge[:material/{icon}: {word}]")
    st.markdown(words.literal(each.message))
    where = [f"column {each.letter} ({words.literal(each.column)})"] if each.letter and each.column else []
    if each.lines:
        more = f" and {words.number(len(each.lines) - LINES_SHOWN)} more" if len(each.lines) > LINES_SHOWN else ""
        told = ", ".join(words.number(line) for line in each.lines[:LINES_SHOWN])
        where.append(f"{'line' if each.rows == 1 else 'lines'} {told}{more}")
    if each.values:
        more = " …" if len(each.values) > VALUES_SHOWN else ""
        where.append("you wrote " + ", ".join(f"“{words.literal(v)}”" for v in each.values[:VALUES_SHOWN]) + more)
    if where:
        st.caption(" · ".join(where))


def _title(problem: Problem) -> str:
    return PROBLEMS[problem.code].title if problem.code in PROBLEMS else problem.code
