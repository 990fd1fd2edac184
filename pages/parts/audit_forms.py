"""Importing another scheme's findings into a case: a file is judged when it is chosen, then taken as a whole."""

import csv
import io

import streamlit as st

from pages.parts import case_words, forms, session, tables, words
from schemas.case import Case
from schemas.codes import Grade, Via
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.audit_file import COLUMNS, Status
from vetting.certification.audits import LONGEST, AuditFile, check_audit, import_findings

EXAMPLE = ",".join(COLUMNS) + "\n3.2,minor,Contracts of the newest group are in one language only.,2027-03-31,agreed\n"
MOST_MB = 5


def draw(viewer: Viewer, case: Case, standard: Standard) -> None:
    file = _asked(standard)
    if file is None:
        return
    with forms.refusals():
        found = check_audit(session.db(), viewer, case.case_id, file, today=session.today())
        if found.problems:
            problems = words.count(len(found.problems), "problem")
            st.error(f"{problems}. Nothing of the file is taken until they are mended.", icon=":material/block:")
            tables.show(
                found.problems,
                {
                    "Line": lambda p: p.line,
                    "Column": lambda p: words.column(p.letter, p.column),
                    "They wrote": lambda p: p.value,
                    "What to do": lambda p: p.message,
                },
                empty="",
                numbers={"Line"},
                key="audit_problems",
            )
            return
        known = f", {words.number(found.unchanged)} imported before" if found.unchanged else ""
        st.write(f"{words.count(found.rows, 'finding')} can be read{known}.")
        button = f"Import {words.count(found.added, 'finding')}"
        if not found.added or not st.button(button, type="primary", key=forms.fresh("audit_import")):
            return
        done = import_findings(
            session.store(), viewer, case.case_id, file, via=Via.PAGE, now=session.now(), today=session.today()
        )
        forms.done(f"{words.count(done.added, 'finding')} imported from {file.scheme}.")


def _asked(standard: Standard) -> AuditFile | None:
    """Where the findings come from, and the files; None until enough is said to judge them."""
    st.write(
        f"A CSV file or workbook with the columns {words.listed([f'`{name}`' for name in COLUMNS], 'and')}. Every "
        "finding keeps the mark of where it comes from. The same file a second time adds nothing."
    )
    left, right = st.columns(2)
    scheme = left.text_input("Scheme that audited", key=forms.fresh("audit_scheme"), max_chars=LONGEST)
    reference = right.text_input(
        "The audit's number there, or its address", key=forms.fresh("audit_reference"), max_chars=LONGEST
    )
    auditor = left.text_input("Who audited", key=forms.fresh("audit_auditor"), max_chars=LONGEST)
    audited_on = right.date_input(
        "Day of the audit", value=None, max_value=session.today(), format="YYYY-MM-DD", key=forms.fresh("audit_day")
    )
    sent = left.file_uploader("Their findings", ["csv", "xlsx"], key=forms.fresh("audit_file"), max_upload_size=MOST_MB)
    words_sent = right.file_uploader(
        "What their words mean, if they are not ours", ["csv", "xlsx"], key=forms.fresh("audit_map"),
        max_upload_size=MOST_MB, help="Two columns, theirs and ours: of criteria, of grades, or of both.",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            "An example of such a file", EXAMPLE, "findings.csv", "text/csv", icon=":material/download:",
            on_click="ignore", key="audit_example",
        )  # fmt: skip
        st.download_button(
            "A map to fill in", _blank_map(standard), "map.csv", "text/csv", icon=":material/download:",
            on_click="ignore", key="audit_blank_map",
        )  # fmt: skip
    st.caption(
        f"`grade`: {words.listed([f'`{each}`' for each in Grade])}. `status`: "
        f"{words.listed([f'`{each}`' for each in Status])}; blank is open. What they closed comes in as closed, and "
        "you stand behind that. An open finding without a date is due by our scheme, counted from the import."
    )
    if sent is None:
        return None
    if not (scheme.strip() and reference.strip() and auditor.strip() and audited_on):
        st.info("Say which scheme, which audit, who audited and when: the file is read then.", icon=":material/edit:")
        return None
    return AuditFile(
        data=sent.getvalue(),
        file_name=sent.name,
        scheme=scheme,
        reference=reference,
        audited_on=audited_on,
        auditor=auditor,
        words=None if words_sent is None else words_sent.getvalue(),
        words_name="map" if words_sent is None else words_sent.name,
    )


def _blank_map(standard: Standard) -> str:
    """Every criterion and grade of ours, with the place for their word; a third column says what ours mean."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("theirs", "ours", "meaning"))
    writer.writerows(("", criterion.crit_code, criterion.title) for criterion in standard.criteria)
    writer.writerows(("", grade.value, case_words.GRADES[grade].word) for grade in Grade)
    return text.getvalue()
