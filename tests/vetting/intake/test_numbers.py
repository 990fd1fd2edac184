"""Which number a text means, if it surely means one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.intake.numbers import Marks, read_number, read_rate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("150000", "150000"), ("1,50,000", "150000"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("1.5 lakh", "150000"), ("1 lakh 50 thousand", "150000"), ("2 crore", "20000000"), ("150k", "150000"),
        ("৳ 1,50,000", "150000"), ("Rs. 5,00,000/-", "500000"), ("NPR 5000", "5000"), ("5000 QAR", "5000"),
        ("१,५०,०००", "150000"), ("১৫০০০০", "150000"), ("١٥٠٠٠٠", "150000"), ("١٬٥٠٠٫٥", "1500.5"), ("۵۰۰", "500"),
        ("1 500 000", "1500000"), ("1'500.50", "1500.5"), ("1.500.000", "1500000"), ("12,5", "12.5"), ("0.500", "0.5"),
        ("1500.000", "1500"), ("1.5E+05", "150000"), ("83333.33333333333", "83333.3333"), ("nil", "0"), ("-0", "0"),
    ],
)  # fmt: skip
def test_what_can_be_read_one_way_is_understood(text: str, value: str):
    assert read_number(text).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("५ लाख", "500000"), ("१ लाख ५० हजार", "150000"), ("2 करोड", "20000000"), ("1.5 lakhs", "150000"),
        ("৫ লাখ", "500000"), ("১ লক্ষ ২০ হাজার", "120000"), ("২ কোটি", "20000000"), ("৫ লাখ টাকা", "500000"),
        ("5 พัน", "5000"), ("5 หมื่น", "50000"), ("1แสน5หมื่น", "150000"), ("5 หมื่นบาท", "50000"), ("2 ล้าน", "2000000"),
        ("๑๒,๕๐๐ บาท", None), ("๑๒๕๐๐ บาท", "12500"), ("500 ribu", "500000"), ("1,5 juta", "1500000"),
        ("15 jt rupiah", "15000000"), ("Rp 7.500.000", "7500000"), ("15 triệu", "15000000"), ("15tr", "15000000"),
        ("500 nghìn đồng", "500000"), ("500 ngàn", "500000"), ("120.000.000đ", "120000000"), ("5 ألف", "5000"),
        ("٥ آلاف", "5000"), ("١٬٥٠٠٬٠٠٠", "1500000"), ("مليون", None), ("5 lakh Tk", "500000"),
        ("Tk. 1,50,000/-", "150000"),
        ("निःशुल्क", "0"), ("ฟรี", "0"), ("miễn phí", "0"), ("gratis", "0"), ("مجاني", "0"), ("\u200f٥٠٠", "500"),
    ],
)  # fmt: skip
def test_units_and_words_of_other_languages_are_understood(text: str, value: str | None):
    assert read_number(text).value == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["-7", "-8", "-9", "-7.0", "-9.00", "-9,0", "−7", "–8", "－9", "-९", "−৯", "-٩", "- 9",
                                  "-9 NPR", "Rs -9", "\u200e-9", "-99.0"])  # fmt: skip
def test_a_survey_code_is_never_an_amount(text: str):
    assert (read_number(text).value, read_number(text).fault) == (None, "survey_code")


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", "3"), ("3%", "3"), ("3 %", "3"), ("٣٪", "3"), ("3,5%", "3.5"), ("3 percent", "3"), ("3 per cent", "3"),
     ("३ प्रतिशत", "3"), ("ร้อยละ 3", "3"), ("3 persen", "3"), ("2-3%", None), ("3% per month", None), ("-9", None)],
)  # fmt: skip
def test_a_rate_may_carry_its_per_cent(text: str, value: str | None):
    assert read_rate(text).value == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["2-3 lakh", "2-3 लाख", "৫ থেকে ৬ লাখ", "দেড় লাখ ৫", "5 หมื่น 6 หมื่น",
                                  "approx", "approx 5000", "~5000", "5000?", "1.2.3", "1,2,3", "12abc",
                                  "10²", "3 lakh 2 lakh", "1.500 lakh", "99999999999999999", "2024-05-01"])  # fmt: skip
def test_what_is_vague_is_asked_about(text: str):
    assert (read_number(text).value, read_number(text).fault) == (None, "vague_amount")


@pytest.mark.parametrize(("text", "fault"), [("abc", "unreadable_amount"), ("-500", "negative_amount"),
                                             ("(500)", "negative_amount"), ("-9", "survey_code"), ("−8", "survey_code"),
                                             ("-99", "survey_code")])  # fmt: skip
def test_what_is_no_amount_says_why(text: str, fault: str):
    assert read_number(text).fault == fault


def test_n_a_says_nothing_and_is_no_fault():
    assert read_number("n/a") == read_number("Unknown") == read_number("-")
    assert (read_number("n/a").value, read_number("n/a").fault) == (None, None)


def test_a_sign_that_can_mean_one_currency_only_is_kept():
    assert [read_number(text).currency for text in ("৳ 5", "RM5", "Rs 5", "$5", "5")] == [
        "BDT",
        "MYR",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["1,50,000", "20"], "1500"),  # a comma groups, so a point is for decimals
        (["1.234,56"], "1.5"),
        (["12,5"], "1.5"),
        (["7.25"], "1500"),
        (["20", "3000"], None),
        (["7.25", "7,25"], None),  # the column says both
    ],
)
def test_one_comma_before_three_digits_is_decided_by_the_column_or_not_at_all(others: list[str], value: str | None):
    marks = Marks(read_number(text) for text in others)
    settled = marks.settle(read_number("1,500")).value
    assert settled == (None if value is None else Decimal(value))


AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999999999"), places=2)


def grouped(digits: str, mark: str, indian: bool) -> str:
    head, tail = digits[:-3], digits[-3:]
    parts = []
    while head:
        size = 2 if indian else 3
        head, part = head[:-size], head[-size:]
        parts.insert(0, part)
    return mark.join([*parts, tail])


@given(
    AMOUNTS,
    st.sampled_from(["1,234.56", "1.234,56", "12,34,567.89", "1 234.56", "1234,56"]),
    st.sampled_from(["{}", " {} ", "৳ {}", "NPR {}", "{} QAR", "Rs. {}/-", "$ {}"]),
    st.sampled_from(["0", "०", "০", "٠", "۰"]),
)
def test_an_amount_written_in_any_manner_is_read_back(value: Decimal, manner: str, around: str, zero: str):
    whole, cents = f"{value:.2f}".split(".")
    text = {
        "1,234.56": f"{grouped(whole, ',', False)}.{cents}",
        "1.234,56": f"{grouped(whole, '.', False)},{cents}",
        "12,34,567.89": f"{grouped(whole, ',', True)}.{cents}",
        "1 234.56": f"{grouped(whole, ' ', False)}.{cents}",
        "1234,56": f"{whole},{cents}",
    }[manner]
    local = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)
    assert read_number(around.format(local)).value == value


@given(st.text(max_size=20))
def test_no_text_gives_a_traceback_and_every_one_a_single_answer(text: str):
    number = read_number(text)
    assert sum(each is not None for each in (number.value, number.either, number.fault)) <= 1
    assert number.value is None or number.value >= 0


# How a locale groups and marks decimals; and an amount of the same column that proves its mark.
LOCALES = {
    "en": (",", ".", False, "1,234,567"), "en_IN": (",", ".", True, "1,50,000"), "ne": (",", ".", True, "0.5"),
    "de": (".", ",", False, "1.234.567"), "id": (".", ",", False, "12,5"), "vi": (".", ",", False, "0,75"),
}  # fmt: skip


@given(st.integers(1, 999_999_999), st.sampled_from(sorted(LOCALES)), st.sampled_from(["0", "०", "০", "๐", "٠"]))
def test_a_whole_amount_of_any_locale_is_read_back_where_its_column_shows_the_mark(value: int, locale: str, zero: str):
    group, _, indian, proof = LOCALES[locale]
    text = grouped(str(value), group, indian) if value > 999 else str(value)
    text = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)
    number = read_number(text)
    assert Marks([number, read_number(proof)]).settle(number).value == value
    unsure = Marks([number]).settle(number)
    if 1_000 <= value <= 999_999 and not (indian and value > 99_999):  # one separator before three digits
        assert unsure.value is None
        assert value in (unsure.either or ())
    else:
        assert unsure.value == value
