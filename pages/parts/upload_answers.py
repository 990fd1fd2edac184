"""What a partner answered about a file so far, each with a way to take it back."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from pages.parts import upload_draft, words
from pages.parts.upload_draft import Draft
from schemas.answers import Answers
from vetting.intake.by_hand import without_cell
from vetting.intake.lexicon import BETWEEN
from vetting.intake.questions import CALENDARS
from vetting.intake.ragged import taken_back

SHOWN = 30
MARKS = {".": "a point marks decimals", ",": "a comma marks decimals"}
ORDERS = {"day": "the day comes first", "month": "the month comes first"}


class Said(NamedTuple):
    """One answer in words, and the answers without it."""

    words: str
    without: Answers


def draw(kept: Draft) -> None:
    said = list(_said(kept))
    if not said:
        return
    with st.expander(f"Your answers so far ({words.number(len(said))})", icon=":material/history_edu:"):
        for place, each in enumerate(said[:SHOWN]):
            told, back = st.columns([5, 1], vertical_alignment="center")
            told.markdown(words.literal(each.words))
            back.button(
                "Take back",
                key=f"back_{kept.turn}_{place}",
                help=f"Take back: {each.words}",
                on_click=upload_draft.take_back,
                args=(each.without,),
            )
        if len(said) > SHOWN:
            st.caption(f"{words.number(len(said) - SHOWN)} more stand below these; take back some to see them.")


def _said(kept: Draft) -> Iterator[Said]:
    answers = kept.answers
    for field, meanings in (("marks", MARKS), ("orders", ORDERS), ("calendars", CALENDARS)):
        told = getattr(answers, field)
        for name, value in told.items():
            rest = {each: said for each, said in told.items() if each != name}
            yield Said(f"{name}: {meanings[value]}", answers.model_copy(update={field: rest}))
    for name, words_of in answers.words.items():
        for written, meant in words_of.items():
            rest = {each: said for each, said in words_of.items() if each != written}
            others = {each: said for each, said in answers.words.items() if each != name}
            yield Said(
                f"{name}: {f'“{written}”' if written else 'blank cells'} {'is' if written else 'are'} "
                f"{meant or 'left blank'}",
                answers.model_copy(update={"words": {**others, name: rest} if rest else others}),
            )
    for key, agency_id in answers.agencies.items():
        licence, name, *_ = key.split(BETWEEN)
        rest = {each: said for each, said in answers.agencies.items() if each != key}
        yield Said(
            f"The agency “{name or licence}” is {kept.named.get(agency_id, agency_id) or 'none of those offered'}",
            answers.model_copy(update={"agencies": rest}),
        )
    ragged = {row.line for row in kept.checked.ragged} if kept.checked else set()
    for line in sorted(answers.cells.keys() & ragged):
        yield Said(f"Line {line}: its cells put into their columns", taken_back(answers, line))
    for line, cells in sorted((line, cells) for line, cells in answers.cells.items() if line not in ragged):
        for name, text in cells.items():
            yield Said(
                f"Line {line}, {name}: {f'“{text}”' if text else 'left blank'}", without_cell(answers, line, name)
            )
