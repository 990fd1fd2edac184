"""Is a passport's number or a national identity number written in this text?

Each pattern names what its shape was taken from; `assumed` where it is common knowledge without a document at hand.
Shapes that are only digits, nine or more on end, need no pattern of their own: Bangladesh (10, 13 or 17), Indonesia
(16), Vietnam (12), Sri Lanka (12), Qatar (11), Saudi Arabia (10), Kuwait (12), Bahrain (9).
"""

import re
from collections.abc import Iterator

from schemas.lookup import ambiguous_currency, currency_code
from vetting.intake.phones import is_referred, reads_as_money

LONG = 9  # digits on end; design: nine or more look like a national number

# ICAO Doc 9303: up to nine letters and digits. One to three letters before the digits as the corridors' states issue
# them (assumed).
PASSPORT = re.compile(r"(?<![\w/-])([A-Z]\d{7,8}|[A-Z]{2}\d{6,7}|[A-Z]{3}\d{6})[A-Z]?(?![\w/-])")
PASSPORT_SAID = re.compile(
    r"(?:\b(?:passport|paspor|pasaporte|pp|hc|ho chieu)|hộ chiếu|पासपोर्ट|राहदानी|পাসপোর্ট|หนังสือเดินทาง|جواز(?: سفر)?)"
    r"(\W{0,3}(?:(?:(?:is|number|num|no|nr|nomor|số|so)\b|नम्बर|नं|নম্বর|নং|เลขที่|رقم)\W{0,3})?)"
    r"((?=[A-Z0-9 ]*\d{5})[A-Z]{0,3} ?\d{5,9}[A-Z]?)\b",
    re.IGNORECASE,
)
NATIONAL = tuple(
    re.compile(rf"(?<![\w/-])(?:{shape})(?![\w/-])", re.IGNORECASE)
    for shape in (
        r"\d{2,3}[-/]\d{2}[-/]\d{2}[-/]\d{5}",  # Nepal, citizenship: district, office, year, serial; assumed
        r"\d{3}-\d{3}-\d{3}-\d",  # Nepal, national identity card: ten digits; assumed
        r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]",  # India, PAN (Income Tax Department: five letters, four digits, letter)
        r"\d{4}-\d{4}-\d{4}-\d{4}",  # Philippines, PhilSys card number: sixteen digits (PSA); also a payment card's
        r"\d{4}-\d{7}-\d",  # Philippines, UMID common reference number; assumed
        r"\d{2}-\d{7}-\d",  # Philippines, SSS; assumed
        r"0\d{2}[ .]\d{3}[ .]\d{3}[ .]\d{3}",  # Vietnam, CCCD: province 001 to 096 first (Decree 137/2015)
        r"\d-\d{4}-\d{5}-\d{2}-\d",  # Thailand: thirteen digits as printed on the card
        r"\d{9}[VX]",  # Sri Lanka, until 2016 (Department for Registration of Persons)
        r"\d{1,2}/[A-Z]{3,12} ?\([A-Z]{1,6}\) ?\d{6}",  # Myanmar, NRC: state, township, kind, number
        r"\d{6}-\d{2}-\d{4}",  # Malaysia, MyKad: birth, place, serial (National Registration Department)
        r"784[- ]?(?:19|20)\d{2}[- ]?\d{7}[- ]?\d",  # United Arab Emirates: 784 is the country by ISO 3166-1
        r"\d{5}-\d{7}-\d",  # Pakistan, CNIC (NADRA)
        r"\d{6}-[1-8]\d{6}",  # Republic of Korea; assumed
        r"[A-Z]{1,2}\d{6} ?\([0-9A]\)",  # Hong Kong, HKID (Immigration Department)
        r"[STFGM]\d{7}[A-Z]",  # Singapore, NRIC and FIN; assumed
        r"[A-Z][A-D89]\d{8}",  # Taiwan, resident certificate; assumed
    )
)
AADHAAR = re.compile(r"(?<![\w/.,-])[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?![\w/-])")  # India (UIDAI: twelve, Verhoeff's check)
NATIONAL_SAID = re.compile(
    r"(?:\b(?:citizenship|aadha+r|nid|national id\w*|identity (?:card|number|no)|nric|ic|qid|iqama|emirates id|"
    r"civil id|cpr|hkid|philsys|umid|sss|nik|ktp|kk|identitas|cccd|cmnd|cmtnd|arc|nrc)\b|căn cước|can cuoc|"
    r"định danh|thẻ cư trú|chứng minh nhân dân|नागरिकता|ना\.?\s?प्र|परिचयपत्र|परिचय पत्र|कतार आइडी|"
    r"পরিচয়পত্র|পরিচয়পত্র|এনআইডি|ভোটার|"
    r"ইকামা|জন্ম নিবন্ধন|บัตรประชาชน|เลขประจำตัว|هوية|إقامة|اقامة)[^\d\n]{0,22}"
    r"([A-Z]{0,2}\d(?:[\s/.()-]{0,2}\d){5,18})",
    re.IGNORECASE,
)
DIGITS = re.compile(rf"(?<![\w/])(?<!\d[.,-])\d{{{LONG},20}}(?![\w/])(?!-\d)")

# Verhoeff, "Error Detecting Decimal Codes" (1969): the dihedral group's table, and the permutation of each place.
TIMES = ("0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
         "5987604321", "6598710432", "7659821043", "8765932104", "9876543210")  # fmt: skip
PERMUTED = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415",
            "7046913258")  # fmt: skip


def passports(text: str) -> Iterator[re.Match[str]]:
    for found in PASSPORT_SAID.finditer(text):
        told, number = found[1], found[2].replace(" ", "")
        plain = number.isdigit() and not re.search(r"\w", told)  # "passport 15000" may be its price
        if not plain or (len(number) > 6 and not number.endswith("00")):
            yield found
    for found in PASSPORT.finditer(text):
        if not _is_amount(found[1]):
            yield found


def national_numbers(text: str) -> Iterator[re.Match[str]]:
    """By a shape no other number has, by its check digit, or by the word before it."""
    for shape in NATIONAL:
        yield from shape.finditer(text)
    for found in AADHAAR.finditer(text):
        if verhoeff(re.sub(r"\D", "", found[0])):
            yield found
    for found in NATIONAL_SAID.finditer(text):
        if not found[1].endswith("000"):
            yield found


def long_numbers(text: str) -> Iterator[re.Match[str]]:
    """Nine digits or more on end that are no sum of money, and that no word before them calls a paper's number."""
    for found in DIGITS.finditer(text):
        before = text[: found.start()]
        if not reads_as_money(found[0], before) and not is_referred(before):
            yield found


def verhoeff(digits: str) -> bool:
    """Does the last digit check the others?"""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(TIMES[check][int(PERMUTED[place % 8][int(digit)])])
    return check == 0


def _is_amount(text: str) -> bool:
    """An amount behind its currency, such as NPR150000."""
    letters = text.rstrip("0123456789")
    return currency_code(letters) is not None or bool(ambiguous_currency(letters))
