"""Which code does this word mean? Lists of codes, yes and no, countries, currencies, sectors, ages."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from schemas.fee_report import OLDEST, YOUNGEST, Column, Kind, columns
from schemas.lookup import ambiguous_currency, country_code, currency_code, local_words, sector_code
from schemas.spelling import folded, plain_letters
from vetting.intake.meaning import Meaning
from vetting.intake.numbers import ascii_text, is_survey_code, says_nothing

YES = frozenset({"yes", "y", "true", "t", "1", "oui", "si", "✓", "✔", "☑"})
NO = frozenset({"no", "n", "false", "f", "0", "non", "✗", "✘", "☐"})
UNSAID = frozenset({"dk", "no answer", "not applicable", "refused"})

# Other English spellings of codes; other languages' are in local_words.csv. Only words that can mean nothing else.
SPELLINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "channel": {
            "face_to_face": "in_person", "in_person_interview": "in_person", "inperson": "in_person",
            "telephone": "phone", "phone_call": "phone", "call": "phone", "mobile_app": "app",
            "audit": "audit_interview", "post_arrival": "post_arrival_survey", "return": "return_survey",
        },
        "sex": {"f": "female", "woman": "female", "m": "male", "man": "male", "x": "other"},
        "responsible": {"subagent": "sub_agent", "recruiter": "agency"},
        "payee_type": {
            "subagent": "sub_agent", "broker": "sub_agent", "agent": "sub_agent", "recruiter": "agency",
            "training_center": "training_centre", "hospital": "clinic", "family": "relative",
        },
        "loan_source": {
            "no_loan": "none", "no": "none", "money_lender": "moneylender", "relative": "family", "relatives": "family",
            "recruiter": "agency", "microfinance": "mfi", "cooperative": "mfi",
        },
        "loan_rate_period": {"monthly": "month", "per_month": "month", "pm": "month", "yearly": "year",
                             "annual": "year", "annually": "year", "per_year": "year", "pa": "year"},
        "wage_period": {"daily": "day", "per_day": "day", "weekly": "week", "per_week": "week", "monthly": "month",
                        "per_month": "month"},
        "passport_holder": {"worker": "self", "me": "self", "myself": "self", "recruiter": "agency",
                            "safe_with_free_access": "free_access"},
        "verification": {"self_reported": "self_report", "receipt": "receipt_seen"},
    }
)  # fmt: skip


def read_word(column: Column, text: str) -> Meaning:
    """What a cell of a list-like column says."""
    match column.kind:
        case Kind.CODE:
            return _code(column, text)
        case Kind.CONSENT:
            return _consent(text)
        case Kind.PERMISSION | Kind.ANSWER:
            return _answer(text)
        case Kind.COUNTRY:
            code = country_code(text)
            return Meaning(code) if code else _not_understood(text, "unknown_country")
        case Kind.SECTOR:
            return _sector(text)
        case Kind.CURRENCY:
            return _currency(text)
        case Kind.AGE:
            return _age(text)
    raise AssertionError(column.kind)


def _code(column: Column, text: str) -> Meaning:
    code = _codes(column.name).get(plain_letters(text))
    if code is not None:
        return Meaning(code)
    return Meaning() if not column.required and _is_unsaid(text) else _not_understood(text)


def _consent(text: str) -> Meaning:
    """Whatever is not yes is no consent."""
    return Meaning(True) if _yes_or_no(text) else Meaning(fault="no_consent")


def _answer(text: str) -> Meaning:
    said = _yes_or_no(text)
    if said is not None:
        return Meaning(said)
    return Meaning() if _is_unsaid(text) else _not_understood(text)


def _sector(text: str) -> Meaning:
    code = sector_code(text)
    if code is not None:
        return Meaning(code)
    return Meaning() if _is_unsaid(text) else _not_understood(text)


def _currency(text: str) -> Meaning:
    code = currency_code(text)
    if code is not None:
        return Meaning(code)
    if several := ambiguous_currency(text):
        return Meaning(fault="ambiguous_currency", detail=", ".join(several))
    return Meaning() if _is_unsaid(text) else _not_understood(text, "unknown_currency")


def _age(text: str) -> Meaning:
    plain = ascii_text(text)
    if _is_unsaid(text):
        return Meaning()
    found = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?\s*(\D*)", plain)
    if found is None or (found[2] and plain_letters(found[2]) not in local_words("years")):
        return _not_understood(text)
    age = int(found[1])
    return Meaning(age) if YOUNGEST <= age <= OLDEST else Meaning(fault="out_of_range")


def _yes_or_no(text: str) -> bool | None:
    plain = folded(ascii_text(text)).rstrip(".!")
    plain = re.sub(r"\.0+$", "", plain)  # as spreadsheets write 1
    if plain in YES or plain in NO:
        return plain in YES
    said = local_words("answer").get(plain_letters(plain))
    return None if said is None else said == "yes"


def _is_unsaid(text: str) -> bool:
    plain = ascii_text(text)
    return says_nothing(plain) or plain.casefold() in UNSAID


@cache
def _codes(name: str) -> Mapping[str, str]:
    """Every spelling of a column's codes, as `plain_letters` folds it."""
    allowed = columns()[name].allowed
    shared = {word: code for word, code in local_words("*").items() if code in allowed}
    own = {plain_letters(word): code for word, code in SPELLINGS.get(name, {}).items()}
    return shared | dict(local_words(name)) | own | {plain_letters(code): code for code in allowed}


def _not_understood(text: str, fault: str = "unreadable_value") -> Meaning:
    return Meaning(fault="survey_code" if is_survey_code(ascii_text(text)) else fault)
