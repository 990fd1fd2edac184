"""Which code does this word mean? Lists of codes, yes and no, countries, currencies, sectors, ages."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from schemas.fee_report import OLDEST, YOUNGEST, Column, Kind
from schemas.lookup import ambiguous_currency, country_code, currency_code, sector_code
from vetting.intake.meaning import Meaning
from vetting.intake.numbers import NOTHING, SURVEY_CODES, ascii_text

YES = frozenset({"yes", "y", "true", "t", "1", "oui", "si", "sí", "ya", "có", "हो", "হ্যাঁ", "ใช่", "نعم", "✓", "✔"})
NO = frozenset({"no", "n", "false", "f", "0", "non", "tidak", "không", "होइन", "না", "ไม่", "لا", "✗", "✘"})
UNSAID = NOTHING | {"dk", "no answer", "not applicable", "refused"}

# Other spellings of codes, folded as `_plain` does. Only words that can mean nothing else.
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
    plain = re.sub(r"[\s\-]+", "_", text.casefold().strip(". "))
    plain = SPELLINGS.get(column.name, {}).get(plain, plain)
    if plain in column.allowed:
        return Meaning(plain)
    if not column.required and text.casefold() in UNSAID:
        return Meaning()
    return _not_understood(text)


def _consent(text: str) -> Meaning:
    """Whatever is not yes is no consent."""
    return Meaning(True) if _folded(text) in YES else Meaning(fault="no_consent")


def _answer(text: str) -> Meaning:
    plain = _folded(text)
    if plain in YES or plain in NO:
        return Meaning(plain in YES)
    return Meaning() if plain in UNSAID else _not_understood(text)


def _sector(text: str) -> Meaning:
    code = sector_code(text)
    if code is not None:
        return Meaning(code)
    return Meaning() if text.casefold() in UNSAID else _not_understood(text)


def _currency(text: str) -> Meaning:
    code = currency_code(text)
    if code is not None:
        return Meaning(code)
    if several := ambiguous_currency(text):
        return Meaning(fault="ambiguous_currency", detail=", ".join(several))
    return Meaning() if text.casefold() in UNSAID else _not_understood(text, "unknown_currency")


def _age(text: str) -> Meaning:
    plain = ascii_text(text)
    if plain.casefold() in UNSAID:
        return Meaning()
    found = re.fullmatch(r"(\d{1,3})(?:\.0+)?(?:\s*(?:years?|yrs?)(?:\s*old)?\.?)?", plain, re.IGNORECASE)
    if found is None:
        return _not_understood(text)
    age = int(found[1])
    return Meaning(age) if YOUNGEST <= age <= OLDEST else Meaning(fault="out_of_range")


def _folded(text: str) -> str:
    return ascii_text(text).casefold().rstrip(".!")


def _not_understood(text: str, fault: str = "unreadable_value") -> Meaning:
    return Meaning(fault="survey_code" if ascii_text(text) in SURVEY_CODES else fault)
