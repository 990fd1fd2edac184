"""Dates of other calendars are recognised, said, and read only when the partner says so."""

from datetime import date, timedelta

import nepali_datetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.answers import Answers, Calendar
from schemas.lookup import local_words
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, fee_csv
from vetting.intake.check import check
from vetting.intake.dates import Day, Order, read_day, read_month, say_other_day

BS, BE, EXCEL = Calendar.BIKRAM_SAMBAT, Calendar.BUDDHIST, Calendar.EXCEL_SERIAL
AUG_30, MAY_15, MARCH_27 = date(2025, 8, 30), date(2024, 5, 15), date(2023, 3, 27)

OTHER = [
    *((text, BS, AUG_30) for text in (
        "2082-05-14", "2082/5/14", "2082.05.14", "14/05/2082", "14-5-2082", "082/05/14", "०८२/०५/१४", "२०८२-०५-१४",
        "14 Bhadra 2082", "Bhadra 14, 2082", "14th bhadau, 2082", "2082 Bhadra 14", "२०८२ साल भदौ १४ गते",
        "भाद्र १४, २०८२", "2082-05-14 BS", "2082/05/14 B.S.", "(2082/05/14 वि.सं.)", "२०८२/०५/१४ वि. सं.",
        "2082-05-14 10:22",
    )),
    *((text, BE, MAY_15) for text in (
        "2567-05-15", "15/05/2567", "15 พ.ค. 2567", "15 พฤษภาคม 2567", "15 พฤษภาคม พ.ศ. 2567", "๑๕ พ.ค. ๒๕๖๗",
        "15 พ.ค. 67", "วันที่ 15/5/2567", "15 May 2567", "2567-05-15 B.E.",
    )),
    *((text, EXCEL, MARCH_27) for text in ("45012", "45012.0", "45012.43", "४५०१२")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "calendar", "day"), OTHER)
def test_a_date_of_another_calendar_is_asked_about_and_read_when_told(text: str, calendar: Calendar, day: date):
    asked = read_day(text, today=TODAY)
    assert (asked.value, asked.fault, asked.calendar, asked.then and asked.then.value) == (
        None, "other_calendar", calendar, day,
    )  # fmt: skip
    assert read_day(text, told=calendar, today=TODAY).value == day


@pytest.mark.parametrize("told", [None, *Calendar])
@pytest.mark.parametrize("text", ["2024-05-01", "1 May 2024", "2010-01-01", "2026-11-22", "1 พ.ค. 2024", "1 พ.ค. 24"])
def test_a_plainly_gregorian_date_stays_what_it_is_whatever_was_told(text: str, told: Calendar | None):
    assert read_day(text, told=told, today=TODAY) == read_day(text)
    assert read_day(text).value


@pytest.mark.parametrize(
    ("text", "told", "fault"),
    [
        ("2082-05-14", Calendar.GREGORIAN, None),  # the range says what is wrong with it
        ("45012", Calendar.GREGORIAN, "unreadable_date"),
        ("2567-05-15", BS, "other_calendar"),  # told another calendar than its own
        ("2082-05-33", BS, "impossible_date"),
        ("2082-13-01", None, "impossible_date"),
        ("2084-01-01", None, None),  # to come, by either calendar
        ("14 Bhadra 1447", None, "unreadable_date"),  # no year of Bikram Sambat that counts
        ("14 Bhadra 2024", None, "unreadable_date"),
        ("40000", None, "unreadable_date"),  # 2009, before the first interview
        ("46400", None, "unreadable_date"),  # to come
        ("1445-05-01", None, None),  # Hijri: nothing of ours
    ],
)
def test_what_no_calendar_of_the_time_that_counts_explains_is_not_explained(text: str, told, fault: str | None):
    assert read_day(text, told=told, today=TODAY).fault == fault


def test_a_day_that_exists_only_in_bikram_sambat_is_recognised():
    assert read_day("2081-03-32", today=TODAY).fault == "impossible_date"  # Asar 2081 has 31 days
    assert read_day("2082-02-31", today=TODAY).then == Day(date(2025, 6, 14))  # Jestha 2082 has 31; February never


def test_what_it_would_be_is_said():
    assert say_other_day("2082-05-14", read_day("2082-05-14", today=TODAY)) == (
        "2082-05-14 would be 30 Aug 2025 by Bikram Sambat"
    )
    two = say_other_day("05/04/2082", read_day("05/04/2082", today=TODAY))
    assert two == "05/04/2082 would be 21 Jul 2025 or 20 Aug 2025 by Bikram Sambat"
    month = say_other_day("भदौ 2082", read_month("भदौ 2082", today=TODAY), month=True)
    assert month == "भदौ 2082 would be Aug 2025 by Bikram Sambat"


def test_the_order_of_day_and_month_holds_in_every_calendar():
    days = [read_day(text, told=BS, today=TODAY) for text in ("25/04/2082", "05/04/2082")]
    assert [Order(days).settle(day).value for day in days] == [date(2025, 8, 10), date(2025, 7, 21)]
    assert Order(days[1:]).settle(days[1]).either == (date(2025, 7, 21), date(2025, 8, 20))


@pytest.mark.parametrize(
    ("text", "told", "month"),
    [
        ("2082-05", BS, date(2025, 8, 1)),  # 17 August to 16 September: the month it begins in
        ("भदौ 2082", BS, date(2025, 8, 1)),
        ("Asoj 2082", BS, date(2025, 9, 1)),
        ("2082-05-20", BS, date(2025, 9, 1)),  # a whole date is its own month
        ("05/2568", BE, date(2025, 5, 1)),
        ("พ.ค. 2568", BE, date(2025, 5, 1)),
        ("45012", EXCEL, date(2023, 3, 1)),
    ],
)
def test_a_month_of_another_calendar_is_asked_about_and_read_when_told(text: str, told: Calendar, month: date):
    asked = read_month(text, today=TODAY)
    assert (asked.fault, asked.calendar) == ("other_calendar", told)
    assert read_month(text, told=told, today=TODAY).value == month


@given(st.dates(date(2010, 1, 1), TODAY))
def test_a_month_of_bikram_sambat_never_comes_after_the_day_it_was_told_on(day: date):
    nepali = nepali_datetime.date.from_datetime_date(day)
    read = read_month(f"{nepali.year}-{nepali.month:02}", told=BS, today=TODAY).value
    assert read is not None
    assert day.replace(day=1) - timedelta(days=31) <= read <= day


# Known from elsewhere: the earthquake of Gorkha, the constitution's promulgation, and three new years.
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2072-01-12", date(2015, 4, 25)), ("2072-06-03", date(2015, 9, 20)), ("2077-01-01", date(2020, 4, 13)),
        ("2081-01-01", date(2024, 4, 13)), ("2082-01-01", date(2025, 4, 14)),
    ],
)  # fmt: skip
def test_days_that_nepal_remembers(text: str, day: date):
    assert read_day(text, told=BS, today=TODAY).value == day


ROMAN = (
    "Baisakh",
    "Jestha",
    "Asar",
    "Shrawn",
    "Bhadra",
    "Asoj",
    "Kartik",
    "Mangsir",
    "Poush",
    "Magh",
    "Falgun",
    "Chaitra",
)
NEPALI = ("वैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत")
THAI = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
BENGALI = ("জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর",
           "ডিসেম্বর")  # fmt: skip
ARABIC = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
LEVANT = ("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
          "تشرين الثاني", "كانون الأول")  # fmt: skip
INDONESIAN = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
              "November", "Desember")  # fmt: skip
MALAY = (
    "Januari",
    "Februari",
    "Mac",
    "April",
    "Mei",
    "Jun",
    "Julai",
    "Ogos",
    "September",
    "Oktober",
    "November",
    "Disember",
)


def local(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() and sign.isascii() else sign for sign in text)


def spellings(day: date) -> list[tuple[str, Calendar]]:
    nepali = nepali_datetime.date.from_datetime_date(day)
    year, month, of_month = nepali.year, nepali.month, nepali.day
    return [
        (f"{year}-{month:02}-{of_month:02}", BS),
        (local(f"{year}/{month}/{of_month}", "०"), BS),
        (f"{of_month} {ROMAN[month - 1]} {year}", BS),
        (local(f"{year} {NEPALI[month - 1]} {of_month} गते", "०"), BS),
        (f"{day.year + 543}-{day.month:02}-{day.day:02}", BE),
        (f"{day.day} {THAI[day.month - 1]} {day.year + 543}", BE),
        (local(f"{day.day} {THAI[day.month - 1]} {(day.year + 543) % 100}", "๐"), BE),
        (str((day - date(1899, 12, 30)).days), EXCEL),
        (day.isoformat(), BS),
        (f"ngày {day.day} tháng {day.month} năm {day.year}", BE),
        (local(f"{day.day} {BENGALI[day.month - 1]} {day.year}", "০"), BS),
        (local(f"{day.day} {ARABIC[day.month - 1]} {day.year}", "٠"), BS),
        (f"{day.day} {LEVANT[day.month - 1]} {day.year}", BE),
        (f"{day.day} {INDONESIAN[day.month - 1]} {day.year}", EXCEL),
        (f"{day.day:02} {MALAY[day.month - 1]} {day.year}", BS),
    ]


@given(st.dates(date(2010, 1, 1), TODAY), st.integers(0, 14))
def test_a_day_in_any_spelling_and_calendar_is_read_back_once_its_column_is_told(day: date, which: int):
    text, calendar = spellings(day)[which]
    assert read_day(text, told=calendar, today=TODAY).value == day
    unsaid = read_day(text, today=TODAY)
    assert day in (unsaid.value, unsaid.then and unsaid.then.value)


def test_the_whole_column_is_read_by_the_calendar_that_was_told():
    rows = [{"interview_date": text} for text in ("2083-02-01", "2026-05-14", "१ जेठ २०८३", "2569-05-14")]
    asked = check(fee_csv(*rows), "a.csv", agencies=AGENCIES, today=TODAY)
    where = [(line, "interview_date", "other_calendar") for line in (2, 4, 5)]
    assert addresses(asked.result) == where
    assert asked.result.quarantined == 3
    assert "2083-02-01 would be 15 May 2026 by Bikram Sambat" in asked.result.problems[0].message
    answers = Answers(calendars={"interview_date": BS})
    told = check(fee_csv(*rows), "a.csv", agencies=AGENCIES, today=TODAY, answers=answers)
    assert addresses(told.result) == where[2:]
    assert [day.isoformat() for day in told.ready["interview_date"]] == ["2026-05-15", "2026-05-14", "2026-05-15"]


def test_no_name_is_two_months():
    assert not set(local_words("month")) & set(local_words("bikram_sambat"))
    assert not (set(local_words("month")) | set(local_words("bikram_sambat"))) & set(local_words("date_sign"))
