"""Is a telephone number written in this text?

Digits that stand together are judged by how they are written, by the word before them, and by whether the
`phonenumbers` library knows such a mobile number in a country workers leave or go to (its own data, offline).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata

FEWEST, FEWEST_SAID = 8, 7  # digits; assumed: no corridor's mobile number has fewer than eight
SUBSCRIBER = 8  # where whole numbers have eight digits, people write them as 5541 2098
# Countries of origin and destination in the reports partners send (assumed; a number with its country code is found
# whatever the country).
WITH_TRUNK_ZERO = ("BD", "PK", "LK", "PH", "ID", "VN", "TH", "MM", "KH", "MY", "SA", "AE", "JO", "LB", "IL", "TW", "KR",
                   "JP", "KE", "UG", "ET", "GH", "NG", "GB")  # fmt: skip
BARE = ("NP", "IN")  # ten digits, written without a zero before them
SHORT = ("QA", "KW", "BH", "OM", "SG", "HK")  # eight digits

DIGITS = re.compile(r"(?<![\w/])(?<!\d[.,])(?:\+|00 ?)?\(?\d(?:[ ().-]{0,2}\d){6,16}(?!\w)")
SAID = re.compile(
    r"(?:\b(?:phone|tel|telp|telepon|telefon|mobile|cell|call(?:ed)?|whats ?app|wa|viber|imo|zalo|line id|contact|hp|"
    r"hubungi|nomor hp|reach(?:ed)?|hotline|sđt|sdt|gọi|goi|số máy|đt)\b|điện thoại|dien thoai|liên hệ|lien he|số ở|"
    r"फोन|मोबाइल|सम्पर्क|ह्वाट्सएप|भाइबर|नम्बर|ফোন|মোবাইল|যোগাযোগ|হোয়াটসঅ্যাপ|โทร|เบอร์|هاتف|جوال|موبايل|اتصل)"
    r"[^\d\n]{0,25}$|\b(?:number|nomor|no) (?:is|di|at|on)\b[^\d\n]{0,16}$",
    re.IGNORECASE,
)
# Numbers of papers and sums of money stand after these, and before those.
REFERRED = re.compile(
    r"(?:\b(?:receipt|invoice|voucher|order|case|licen[cs]e|lot|ref|reference|file|batch|contract|complaint|visa|"
    r"kuitansi|kasus|faktur|biên lai|hồ sơ|hợp đồng|rl)|रसिद|मुद्दा|बिल|রসিদ|মামলা|बीजक)"
    r"(?:\W{0,2}(?:no|number|num|nr|nomor|số|नं|नम्बर|নং|নম্বর))?[\s.:#-]{0,3}$",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(r"(?:\b(?:[A-Z]{3}|Rs|Rp|Tk|RM|USD)\.?|[$€৳₹₨₫฿])\s?$")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+|[1-9]\d?(?:[ ]\d{2})*[ ]\d{3}")
YEARS = re.compile(r"(?:19|20)\d\d\s?[ -]\s?(?:19|20)\d\d")


def phones(text: str) -> Iterator[re.Match[str]]:
    """Every telephone number of a text whose digits are ASCII; dates are expected to be blanked."""
    for found in DIGITS.finditer(text):
        if _is_phone(found[0], text[: found.start()]):
            yield found


def is_international(text: str) -> bool:
    """Is the whole text a number with its country code?"""
    found = DIGITS.fullmatch(text)
    return found is not None and _with_country_code(found[0], _digits(found[0]))


def reads_as_money(written: str, before: str) -> bool:
    """Sums, two sums beside one another, and years, however many digits they have together."""
    digits = _digits(written)
    if digits.endswith("000") or YEARS.fullmatch(written) or MONEY_BEFORE.search(before):
        return True
    if THOUSANDS.fullmatch(written):
        return True
    parts = re.findall(r"\d+", written)
    return len(parts) > 1 and all(len(part) > 3 and part.endswith("00") for part in parts)


def is_referred(before: str) -> bool:
    """Does the word before say that this is the number of a paper?"""
    return REFERRED.search(before[-40:]) is not None


def _is_phone(written: str, before: str) -> bool:
    digits = _digits(written)
    if _with_country_code(written, digits):
        return True
    if SAID.search(before[-60:]):
        return len(digits) >= FEWEST_SAID and not digits.endswith("000") and not YEARS.fullmatch(written)
    if len(digits) < FEWEST or is_referred(before) or (digits[0] != "0" and reads_as_money(written, before)):
        return False
    if digits.startswith("0"):
        return _is_mobile(digits, WITH_TRUNK_ZERO) or _is_landline(written, digits)
    if len(digits) == SUBSCRIBER:
        return re.fullmatch(r"\d{4}[ -]\d{4}", written) is not None and _is_mobile(digits, SHORT)
    return _is_mobile(digits, BARE)


def _with_country_code(written: str, digits: str) -> bool:
    """With a plus, any number that is long enough: half a number is as good as a whole one to those who know more."""
    if written.startswith("+"):
        return len(digits) >= FEWEST and not digits.endswith("0000")
    return written.startswith("00") and _is_valid(f"+{digits[2:]}", None)


@lru_cache(maxsize=10_000)
def _is_mobile(digits: str, regions: tuple[str, ...]) -> bool:
    number = digits.lstrip("0")
    return any(_mobile(region).fullmatch(number) and _is_valid(digits, region) for region in regions)


def _is_landline(written: str, digits: str) -> bool:
    """An area's code with its zero, set apart as people write it: 024 3825 7741, (021) 5550 1432."""
    apart = re.fullmatch(r"\(?0\d{1,4}\)?[ .-]{1,2}\d{3,4}[ .-]?\d{3,4}", written) is not None
    return apart and any(_is_valid(digits, region) for region in (*WITH_TRUNK_ZERO, *BARE))


@cache
def _mobile(region: str) -> re.Pattern[str]:
    """The library's own pattern, tried first: reading a number in twenty countries is slow."""
    metadata = PhoneMetadata.metadata_for_region(region)
    pattern = metadata.mobile.national_number_pattern if metadata and metadata.mobile else None
    return re.compile(pattern or "(?!)")


@lru_cache(maxsize=10_000)
def _is_valid(text: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except NumberParseException:
        return False


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)
