"""What a decision would rest on, said once more where it is taken, and the reviewer's notes beside criteria."""

import streamlit as st

from pages.parts import bands, forms, scores, words
from schemas.case_page import CasePage
from schemas.standard import load_standard
from vetting.certification.ground import LONGEST_NOTE
from vetting.scoring import speech


class Notes:
    """Notes on the criteria of one decision; of an act that is none (`page` is None) there are none to write."""

    def __init__(self, key: str, page: CasePage | object | None) -> None:
        self._key = f"{key}_notes"
        self._page = page if isinstance(page, CasePage) else None
        self._chosen: list[str] = []
        self.written: dict[str, str] = {}

    def choose(self) -> None:
        """Above the form: what it rests on, and which criteria to write on."""
        if self._page is None:
            return
        st.markdown(f"**It rests on what is computed at that moment.** Now: {_headline(self._page)}")
        standard = load_standard(self._page.case.standard)
        self._chosen = st.multiselect(
            "Criteria to write a note on, if any",
            [row.crit_code for row in self._page.criteria if row.applicable],
            format_func=lambda code: speech.named(standard, code),
            key=forms.fresh(self._key),
            help="The computed ranges and outcomes of every criterion are kept with the decision in any case.",
        )

    def write(self) -> None:
        """In the form: one note for each criterion chosen."""
        for code in self._chosen:
            self.written[code] = st.text_input(
                f"Note on {code}", max_chars=LONGEST_NOTE, key=forms.fresh(f"{self._key}_{code}")
            )


def _headline(page: CasePage) -> str:
    """The headline with its n, and how much of the standard either side speaks to."""
    score = page.score
    applicable = [row for row in page.criteria if row.applicable]
    heard, seen = (sum(side is not None for side in sides) for sides in _sides(page))
    points = f", {scores.points(score.points)}" if score.points else ""
    return (
        f"{bands.badge(bands.FACES[score.band])}{points}, from {words.count(score.workers, 'worker')} of "
        f"{words.count(score.partners, 'partner')}. Of {len(applicable)} criteria workers speak to {heard} and "
        f"documents to {seen}; {_findings(page)}."
    )


def _sides(page: CasePage) -> tuple[list[object], list[object]]:
    rows = [row for row in page.criteria if row.applicable]
    return [row.worker for row in rows], [row.documents for row in rows]


def _findings(page: CasePage) -> str:
    still_open = sum(row.finding.is_open for row in page.findings)
    return f"{words.count(still_open, 'finding')} open" if still_open else "no finding is open"
