"""Words of many languages stand for a code only where they can mean nothing else."""

import pytest

from schemas.fee_report import columns
from schemas.lookup import country_code, listed, local_words
from schemas.spelling import plain_letters
from vetting.intake.words import SPELLINGS, _codes, read_word

# Column, what is read, and the words it is read from.
READ: tuple[tuple[str, object, str], ...] = (
    ("threats", True, "Yes|Y|हो|हजुर|হ্যাঁ|জি|ใช่|Có|ya|Iya|نعم|✓|1|1.0|sí|YES."),
    ("threats", False, "no|होइन|छैन|না|ไม่ใช่|ไม่มี|Không|Tidak|لا|0"),
    ("threats", None, "n/a|थाहा छैन|জানি না|ไม่ทราบ|Không biết|tidak tahu|لا أعرف|DK"),
    ("consent_use", True, "হ্যাঁ|có|हो|ใช่|نعم"),
    ("sex", "female", "F|Woman|महिला|মহিলা|หญิง|Nữ|perempuan|wanita|أنثى"),
    ("sex", "male", "M|पुरुष|পুরুষ|ชาย|nam|laki-laki|Lelaki|ذكر"),
    ("channel", "in_person", "In person|face-to-face|भेटेर|সরাসরি|ตัวต่อตัว|Trực tiếp|tatap muka|وجهاً لوجه"),
    ("channel", "phone", "Telephone|फोन|ফোন|โทรศัพท์|điện thoại|telepon|هاتف"),
    ("payee_type", "sub_agent", "Sub-agent|दलाल|dalal|দালাল|นายหน้า|môi giới|calo|سمسار"),
    ("payee_type", "relative", "family|आफन्त|আত্মীয়|ญาติ|họ hàng|kerabat|أقارب"),
    ("loan_source", "family", "relatives|परिवार|পরিবার|ครอบครัว|gia đình|keluarga|عائلة"),
    ("loan_source", "moneylender", "Money lender|महाजन|মহাজন|rentenir|vay nặng lãi"),
    ("passport_holder", "employer", "Employer|मालिक|নিয়োগকর্তা|นายจ้าง|majikan|الكفيل"),
    ("passport_holder", "self", "me|आफै|নিজে|ตัวเอง|bản thân|sendiri"),
    ("wage_period", "month", "per month|मासिक|প্রতি মাসে|รายเดือน|hàng tháng|per bulan|شهرياً"),
    ("loan_rate_period", "year", "p.a.|वार्षिक|বছর|ต่อปี|hàng năm|setahun|سنوي"),
    ("age_at_recruitment", 27, "27|27.0|27 years old|27 yrs.|२७ वर्ष|২৭ বছর|๒๗ ปี|27 tuổi|27 tahun|٢٧ سنة"),
    ("age_at_recruitment", None, "ไม่ทราบ|n/a"),
    ("responsible", "unknown", "unknown|không biết|ไม่ทราบ"),
    ("currency", "NPR", "NPR|NRs.|रुपैयाँ"),
    ("currency", "BDT", "Tk.|টাকা"),
    ("origin_country", "NPL", "NP|nepal|नेपाल|নেপাল|เนปาล|Nê-pan|نيبال"),
    ("destination_country", "SAU", "KSA|K.S.A.|साउदी अरब|সৌদি আরব|ซาอุดีอาระเบีย|Ả Rập Xê Út|Arab Saudi|السعودية"),
    ("destination_country", "ARE", "UAE|U.A.E.|युएई|সংযুক্ত আরব আমিরাত|الإمارات|Dubai|دبي"),
    ("destination_country", "MMR", "Burma|พม่า|เมียนมา"),
    ("destination_country", "KOR", "South Korea|दक्षिण कोरिया|Hàn Quốc|Korea Selatan|เกาหลีใต้"),
)


@pytest.mark.parametrize(("name", "value", "text"), [(n, v, w) for n, v, words in READ for w in words.split("|")])
def test_a_word_that_can_mean_one_thing_is_understood(name: str, value: object, text: str):
    meaning = read_word(columns()[name], text)
    assert (meaning.value, meaning.fault) == (value, None)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("threats", "perhaps", "unreadable_value"),
        ("threats", "tak", "unreadable_value"),  # no in Malay, yes in Polish
        ("threats", "-9.0", "survey_code"),
        ("consent_use", "ไม่", "no_consent"),
        ("consent_use", "थाहा छैन", "no_consent"),
        ("payee_type", "sponsor", "unreadable_value"),  # the broker in Indonesia, the employer in the Gulf
        ("loan_source", "साहु", "unreadable_value"),  # who lends, or who employs
        ("age_at_recruitment", "27-30", "unreadable_value"),
        ("age_at_recruitment", "−९", "survey_code"),
        ("destination_country", "Korea", "unknown_country"),  # two of them
        ("destination_country", "Gulf", "unknown_country"),
        ("destination_country", "Congo", None),
        ("currency", "ريال", "ambiguous_currency"),
        ("currency", "रु", "ambiguous_currency"),
    ],
)
def test_a_word_that_can_mean_two_is_not(name: str, text: str, fault: str | None):
    assert read_word(columns()[name], text).fault == fault


@pytest.mark.parametrize("name", sorted({row["list"] for row in listed("local_words")}))
def test_no_word_of_a_list_means_two_things(name: str):
    said: dict[str, set[str]] = {}
    for row in listed("local_words"):
        if row["list"] == name:
            for word in row["words"].split("|"):
                assert plain_letters(word), row
                said.setdefault(plain_letters(word), set()).add(row["code"])
    assert {word: codes for word, codes in said.items() if len(codes) > 1} == {}


def test_every_code_of_the_lists_exists_and_no_list_contradicts_another():
    shared = local_words("*")
    assert set(shared.values()) <= {code for column in columns().values() for code in column.allowed}
    for name, column in columns().items():
        if not column.allowed:
            continue
        own = local_words(name)
        assert set(own.values()) <= set(column.allowed), name
        english = {plain_letters(word): code for word, code in SPELLINGS.get(name, {}).items()}
        for word, code in {**{w: c for w, c in shared.items() if c in column.allowed}, **own, **english}.items():
            assert _codes(name)[word] == code, (name, word)


def test_no_name_of_a_country_is_two_countries():
    said: dict[str, set[str]] = {}
    for row in listed("country_aliases"):
        said.setdefault(plain_letters(row["alias"]), set()).add(row["alpha3"])
    assert {alias: codes for alias, codes in said.items() if len(codes) > 1} == {}
    assert country_code("Nê-pan") == "NPL"
