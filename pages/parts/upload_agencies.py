"""Which agency is meant? Asked once for each text of a file that the register does not settle."""

import streamlit as st

from pages.parts import session, upload_draft, words
from pages.parts.upload_draft import Draft
from schemas.agency import Agency
from schemas.answers import AgencyCandidate, AgencyQuestion
from schemas.lookup import countries
from vetting.intake.agency_search import find_agencies
from vetting.store.agencies import fetch_agencies

CANDIDATES = 3
ANOTHER, NONE = "another", "none"


def ask(kept: Draft, question: AgencyQuestion, what: str = "an agency we are not sure about") -> None:
    """The likeliest agencies with why; another one of the register; or none, and the rows wait."""
    named = " with licence ".join(words.literal(text) for text in (question.name, question.licence) if text)
    verb = "names" if question.rows == 1 else "name"
    st.markdown(f"**{words.count(question.rows, 'row')}** {verb} {what}: **{named}**")
    key, near = f"agency_{kept.turn}_{question.key}", question.candidates[:CANDIDATES]
    options = [*(each.agency_id for each in near), ANOTHER, NONE]
    chosen = st.radio(
        f"Which agency is {question.name or question.licence}?",
        options,
        index=_index(kept, question, options),
        format_func={
            **{each.agency_id: _candidate(each) for each in near},
            ANOTHER: "Another agency of the register",
            NONE: "None of these: leave the rows waiting",
        }.__getitem__,
        captions=[*(words.literal(each.why) for each in near), "", ""],
        key=key,
        on_change=_tell,
        args=(question, key),
        label_visibility="collapsed",
    )
    if chosen == ANOTHER:
        _search(kept, question)


def read_by_likeness(kept: Draft) -> None:
    """What was taken without asking because it was nearly certain: shown, and still to be answered otherwise."""
    if not kept.read_as:
        return
    title = words.count(len(kept.read_as), "agency", "agencies")
    with st.expander(f"{title} read by likeness", icon=":material/spellcheck:"):
        st.caption(
            "Each was read as the first agency below it, because it is nearly the same. Change it if that is wrong."
        )
        for each in kept.read_as:
            ask(kept, each, "an agency that is nearly in the register")


def _search(kept: Draft, question: AgencyQuestion) -> None:
    key = f"search_{kept.turn}_{question.key}"
    typed = st.text_input("Find it by name or licence number", key=key)
    if not typed.strip():
        return
    found = find_agencies(fetch_agencies(session.db()), typed)
    if not found:
        st.caption(
            "No agency of the register is called so. Leave the rows waiting, and ask the administrator to add it."
        )
        return
    names = {each.agency_id: _said(each) for each in found}
    said = kept.answers.agencies.get(question.key)
    st.radio(
        "Agencies found",
        list(names),
        index=list(names).index(said) if said in names else None,
        format_func=names.__getitem__,
        key=f"{key}_{typed}",
        on_change=_tell_found,
        args=(question, f"{key}_{typed}", names),
    )


def _index(kept: Draft, question: AgencyQuestion, options: list[str]) -> int | None:
    said = kept.answers.agencies.get(question.key)
    if question.key in kept.left:
        return options.index(NONE)
    if said is None:
        return 0 if question in kept.read_as else None
    return options.index(said if said in options else ANOTHER)


def _tell(question: AgencyQuestion, key: str) -> None:
    picked = session.picked(key)
    names = {each.agency_id: each.name for each in question.candidates}
    _keep(question, picked if picked in names else None, names, left=picked == NONE)


def _tell_found(question: AgencyQuestion, key: str, names: dict[str, str]) -> None:
    _keep(question, session.picked(key), names, left=False)


def _keep(question: AgencyQuestion, agency_id: str | None, names: dict[str, str], *, left: bool) -> None:
    kept = upload_draft.draft()
    if kept is None:
        return
    told = {key: said for key, said in kept.answers.agencies.items() if key != question.key}
    if agency_id is not None:
        told[question.key] = agency_id
        upload_draft.change(named={**kept.named, agency_id: names[agency_id]})
    if left and question in kept.read_as:
        told[question.key] = ""  # no agency's id: the rows wait
    upload_draft.change(left=kept.left | {question.key} if left else kept.left - {question.key})
    upload_draft.tell(kept.answers.model_copy(update={"agencies": told}))


def _candidate(each: AgencyCandidate) -> str:
    return words.literal(f"{each.name}, {_licence(each.licence)}, {_country(each.country)}, {each.alike:.0f} % alike")


def _said(each: Agency) -> str:
    return words.literal(f"{each.name}, {_licence(each.licence)}, {_country(each.country)}")


def _licence(licence: str | None) -> str:
    return f"licence {licence}" if licence else "no licence number"


def _country(code: str) -> str:
    return countries()[code].name if code in countries() else code
