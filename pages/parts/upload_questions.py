"""Answer once, mend many: the questions of a checked file, each settled for all its rows by one choice."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import session, upload_agencies, upload_draft, words
from pages.parts.upload_draft import Draft
from schemas.answers import AgencyQuestion
from schemas.question import Ask, Question
from vetting.intake.groups import Group
from vetting.intake.questions import answer, answered_by

AT_ONCE = 15
ANOTHER = "another"
BUTTONS = 8  # choices that stand side by side; more are found in a list
OF_AGENCIES = frozenset({"unmatched_agency", "ambiguous_agency", "agency_conflict"})


def draw(kept: Draft) -> None:
    """The questions, those that mend most rows first."""
    asked: Sequence[Question | AgencyQuestion] = sorted((*kept.questions, *kept.agencies), key=lambda each: -each.rows)
    if not asked:
        return
    st.subheader("Answer once, mend many")
    open_now = sum(not _is_answered(kept, each) for each in asked)
    st.caption(
        f"{words.count(len(asked), 'question')}, the ones that mend most rows first. Nothing is chosen for you; "
        "what you do not answer waits."
        if open_now
        else "All of them are answered. Check again, and your answers are put in every row."
    )
    pages = -(-len(asked) // AT_ONCE)
    page = st.pagination(pages, key=f"questions_page_{kept.turn}") if pages > 1 else 1
    for each in asked[(page - 1) * AT_ONCE : page * AT_ONCE]:
        with st.container(border=True):
            if isinstance(each, AgencyQuestion):
                upload_agencies.ask(kept, each)
            else:
                _ask(kept, each)


def without_asked(kept: Draft) -> list[Group]:
    """The groups of problems that no question settles."""
    asked: dict[tuple[str | None, str], int] = {}
    for each in kept.questions:
        for name in each.columns:
            asked[name, each.code] = asked.get((name, each.code), 0) + each.rows
    return [
        each
        for each in kept.groups
        if each.rows > asked.get((each.column, each.code), 0) and not (kept.agencies and each.code in OF_AGENCIES)
    ]


def _is_answered(kept: Draft, each: Question | AgencyQuestion) -> bool:
    if isinstance(each, AgencyQuestion):
        return each.key in kept.answers.agencies or each.key in kept.left
    return answered_by(kept.answers, each) is not None


def _ask(kept: Draft, question: Question) -> None:
    told, control = st.columns(2, vertical_alignment="center", gap="medium")
    with told:
        st.markdown(f"**{words.count(question.rows, 'row')}** {_sentence(question)}")
        st.caption(_where(question))
    with control:
        _choose(kept, question)


def _choose(kept: Draft, question: Question) -> None:
    labels = {choice.value: choice.label for choice in question.choices}
    key, said = f"ask_{kept.turn}_{question.key}", answered_by(kept.answers, question)
    if question.named:
        near = [*labels][: question.named]
        options = {code: f"Yes, all in {code}" if len(near) == 1 else labels[code] for code in near}
        options |= {ANOTHER: "Another currency"}
        picked = st.pills(
            _label(question),
            list(options),
            default=said if said in near else ANOTHER if said else None,
            format_func=options.__getitem__,
            key=f"named_{key}",
            on_change=_tell_named,
            args=(question, f"named_{key}"),
            label_visibility="collapsed",
        )
        if picked != ANOTHER:
            return
    if len(labels) <= BUTTONS:
        st.pills(
            _label(question),
            list(labels),
            default=said if said in labels else None,
            format_func=labels.__getitem__,
            key=key,
            on_change=_tell,
            args=(question, key),
            label_visibility="collapsed",
            wrap=True,
        )
    else:
        st.selectbox(
            _label(question),
            list(labels),
            index=list(labels).index(said) if said in labels else None,
            format_func=labels.__getitem__,
            placeholder="Choose one, or type to find it",
            key=key,
            on_change=_tell,
            args=(question, key),
            label_visibility="collapsed",
        )


def _tell_named(question: Question, key: str) -> None:
    picked = session.picked(key)
    if kept := upload_draft.draft():
        upload_draft.tell(answer(kept.answers, question, None if picked == ANOTHER else picked))


def _tell(question: Question, key: str) -> None:
    if kept := upload_draft.draft():
        upload_draft.tell(answer(kept.answers, question, session.picked(key)))


def _label(question: Question) -> str:
    """For those who hear the page: what the choice is for."""
    return f"{' and '.join(question.columns)}: {question.written or 'the whole column'}"


def _sentence(question: Question) -> str:
    columns = zip(question.columns, question.letters, strict=True)
    where = words.listed([words.literal(words.column(letter, name)) for name, letter in columns], "and")
    wrote = f"`{question.written}`" if question.written else ""
    say, have, leave = ("says", "has", "leaves") if question.rows == 1 else ("say", "have", "leave")
    match question.ask, question.code:
        case Ask.MARK, _:
            return f"{have} an amount in {where} that can be read two ways. What marks decimals in this column?"
        case Ask.ORDER, _:
            return f"{have} a date in {where} that can be read two ways. What comes first in this column?"
        case Ask.CALENDAR, _:
            return f"{have} a date in {where} that seems to be of another calendar. Which one is this column's?"
        case _, "survey_code":
            return f"{say} {wrote} in {where}: a survey code for no answer."
        case _, "no_consent":
            return f"{say} {wrote} in {where}. What does it say of the worker's consent?"
        case _, "missing_value" | "wage_incomplete" if question.headers:
            return f"{leave} {where} blank. {_headers(question)}"
        case _, "missing_value" | "rate_without_period" | "wage_incomplete":
            return f"{leave} {where} blank, although it is needed. What is it, in all of them?"
        case _, "ambiguous_currency":
            codes = words.listed([choice.value for choice in question.choices])
            return f"{say} {wrote} in {where}; choose {codes} for all."
    return f"{say} {wrote} in {where}, which is not understood. What does it stand for?"


def _headers(question: Question) -> str:
    """What the headers say of the currency, as a question."""
    said = list(dict.fromkeys(unit for _, unit in question.headers))
    told = words.listed([f"{letter} says {words.literal(unit)}" for letter, unit in question.headers], "and")
    one = question.choices[0].value if question.named == 1 else None
    column, its = ("Column", "its") if len(question.headers) == 1 else ("Columns:", "their")
    if len(said) == 1 and one:
        return f"{column} {told}: are all {its} amounts in {one}?"
    return f"{column} {told}: which currency are all {its} amounts in?"


def _where(question: Question) -> str:
    lines = ", ".join(words.number(line) for line in question.lines)
    more = (
        f" and {words.number(question.rows - len(question.lines))} more" if question.rows > len(question.lines) else ""
    )
    return f"{'Line' if question.rows == 1 else 'Lines'} {lines}{more}"
