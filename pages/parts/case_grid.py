"""Reviews on paper and on site: who made, chose and paid them, and what they found element by element."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import bands, case_application, case_words, cell_editor, charts, forms, session, tables, words
from pages.parts.case_steps import fold, offered
from schemas.case import Assessment, Case
from schemas.case_page import CaseAct, CasePage
from schemas.codes import AssessmentKind, Via
from schemas.review_codes import CellResult
from schemas.review_grid import ANSWERED, Cell, GridCell, GridRow
from schemas.review_sheet import ReviewSheet, load_review_sheet
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.certification import reviews, sheets

COUNTED = {
    CellResult.CONFORMS: "conform",
    CellResult.DOES_NOT_CONFORM: "do not conform",
    CellResult.NOT_APPLICABLE: "do not apply",
    CellResult.NOT_ASSESSED: "are not assessed",
}
RECORD, OWN_SHEET = "Record a review", "Record the agency's self-assessment"


def assessments(viewer: Viewer, page: CasePage, standard: Standard) -> None:
    """Every review, then what the newest answers say."""
    st.subheader("Reviews on paper and on site", anchor="assessments")
    columns = {
        "Kind": lambda a: case_words.KINDS[a.kind],
        "Completed": lambda a: a.completed_on,
        "Assessor": lambda a: tables.Two(a.assessor, _visits(a)),
        "Chosen by": lambda a: a.chosen_by,
        "Paid by": lambda a: a.paid_by,
        "Counts for": lambda a: tables.Two(_covered(a, standard), _answered(a)),
    }
    tables.show(page.assessments, columns, empty="Nothing has been assessed on paper yet. A reviewer records it here.")
    _elements(page)
    if offered(page, CaseAct.RECORD_ASSESSMENT, RECORD):
        with fold(RECORD):
            _record(viewer, page.case)
    if offered(page, CaseAct.RECORD_SELF_ASSESSMENT, OWN_SHEET, told=False):
        with fold(OWN_SHEET):
            case_application.record_self_assessment(viewer, page.case)


def _elements(page: CasePage) -> None:
    """Counts first, then what does not conform, then every cell."""
    sheet, cells = load_review_sheet(page.case.standard), [cell for row in page.grid for cell in row.cells]
    if not any(cell.seen or cell.said for cell in cells):
        st.caption("No review has looked at criteria element by element yet; a criterion may be covered as a whole.")
        return
    found = [CellResult.NOT_ASSESSED if cell.seen is None else cell.seen.result for cell in cells]
    counts = [f"**{found.count(result)}** {said}" for result, said in COUNTED.items()]
    st.markdown(f"Of {len(cells)} elements, by the newest answers: {', '.join(counts)}.")
    wrong = [
        (row, cell.seen, cell) for row in page.grid for cell in row.cells
        if cell.seen and cell.seen.result is CellResult.DOES_NOT_CONFORM
    ]  # fmt: skip
    columns = {
        "Criterion": lambda line: f"{line[0].crit_code} {line[0].title}",
        "Does not conform": lambda line: tables.Two(sheet.element(line[1].element).title, line[1].note),
        "Seen": lambda line: tables.Two(line[1].completed_on, case_words.KINDS[line[1].kind]),
        "The agency says": lambda line: _own_word(line[2]),
        "Finding": lambda line: "none recorded since: record one" if line[0].unsaid else "recorded",
    }
    if wrong:
        tables.show(wrong, columns, empty="", key="wrong")
    with st.expander("Every criterion, element by element"):
        _grid(page.grid, sheet)


def _grid(rows: Sequence[GridRow], sheet: ReviewSheet) -> None:
    shown = charts.mode()
    columns = {"Criterion": lambda row: f"{row.crit_code} {row.title}"} | {
        element.title: lambda row, place=place: _cell(row.cells[place], shown)
        for place, element in enumerate(sheet.elements)
    }
    tables.show(rows, columns, empty="")
    st.caption("A criterion counts as assessed once all five elements have an answer. Not assessed is not a pass.")


def _cell(cell: GridCell, shown: bands.Mode) -> tables.Two:
    face = case_words.RESULTS[CellResult.NOT_ASSESSED if cell.seen is None else cell.seen.result]
    note = cell.seen.note if cell.seen else ""
    own = "" if cell.said is None else f"Agency: {_own_word(cell)}"
    return tables.Two(tables.Drawn(bands.chip(face, shown)), tables.Two(note, own) if note else own)


def _own_word(cell: GridCell) -> str:
    return "not stated" if cell.said is None else case_words.SELF_ANSWERS[cell.said]


def _record(viewer: Viewer, case: Case) -> None:
    st.caption(
        "One answer for each element of each criterion. What does not conform, and what does not apply, takes a note; "
        "the note of a line goes with each of its answers, and a sheet has one for each cell."
    )
    cell_editor.blank("review", sheets.blank_review(), "review.csv")
    with st.form(forms.fresh("assessment"), border=True):
        kind = st.radio(
            "Kind",
            list(AssessmentKind),
            format_func=case_words.KINDS.__getitem__,
            horizontal=True,
            key=forms.fresh("assessment_kind"),
        )
        done_on = st.date_input(
            "Completed on", value=session.today(), format="YYYY-MM-DD", key=forms.fresh("assessment_day")
        )
        left, middle, right = st.columns(3)
        assessor = left.text_input("Assessor", key=forms.fresh("assessment_assessor"), max_chars=200)
        chosen_by = middle.text_input("Chosen by", key=forms.fresh("assessment_chosen_by"), max_chars=200)
        paid_by = right.text_input("Paid by", key=forms.fresh("assessment_paid_by"), max_chars=200)
        sent = cell_editor.sheet("review")
        said = {result: face.word for result, face in case_words.RESULTS.items()}
        filled = cell_editor.grid("review", case.standard, said, CellResult.NOT_ASSESSED, notes=True)
        if not st.form_submit_button("Record the review", key=forms.fresh("assessment_submit")):
            return
    with forms.refusals():
        cells = (
            [
                Cell(crit_code=code, element=element, result=result, note=note if result in ANSWERED else "")
                for code, element, result, note in filled
            ]
            if sent is None
            else sheets.read_review(sent.getvalue(), sent.name)
        )
        reviews.record_assessment(
            session.store(), viewer, case.case_id, kind=kind, completed_on=done_on, assessor=assessor,
            chosen_by=chosen_by, paid_by=paid_by, cells=cells,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{case_words.KINDS[kind]} of {words.day(done_on)} recorded.")


def _visits(assessment: Assessment) -> str:
    before = assessment.visits_before
    return f"came {words.count(before, 'time')} before" if before else "first time at this agency"


def _covered(assessment: Assessment, standard: Standard) -> str:
    if not assessment.criteria:
        return "no criterion in full"
    every = [criterion.crit_code for criterion in standard.criteria]
    left_out = [code for code in every if code not in assessment.criteria]
    if len(left_out) < len(every) / 2:
        return f"every criterion but {', '.join(left_out)}" if left_out else "every criterion"
    return ", ".join(code for code in every if code in assessment.criteria)


def _answered(assessment: Assessment) -> str:
    if not assessment.cells:
        return "as a whole, not element by element"
    return f"{assessment.answered} of {assessment.cells} elements answered"
