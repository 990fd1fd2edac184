"""Which header is which of our columns, and why; what may mean two is offered and never taken."""

import pytest

from schemas.fee_report import columns
from schemas.lookup import listed
from schemas.spelling import plain_letters
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY, addresses, fee_csv
from vetting.intake.check import check
from vetting.intake.columns import map_columns, recognised
from vetting.intake.headers import How, read_header, say_guess

READ = {
    "report_id": "REPORT ID|report-id|_id|Report No.|রিপোর্ট নম্বর|รหัสรายงาน|mã phiếu|nomor laporan|رقم التقرير",
    "agency_licence": "Licence No.|RL No|इजाजतपत्र नं|লাইসেন্স নম্বর|เลขที่ใบอนุญาต|Số giấy phép|nomor SIP3MI|رقم الترخيص",
    "agency_name": "Recruitment agency|म्यानपावरको नाम|manpower|রিক্রুটিং এজেন্সির নাম|ชื่อบริษัทจัดหางาน|Tên công ty phái cử"
    "|Nama P3MI|مكتب الاستقدام",
    "origin_country": "Country of origin|মূল দেশ|ประเทศต้นทาง|Nước xuất xứ|Negara asal|بلد المنشأ",
    "destination_country": "Country of Work|गन्तव्य देश|গন্তব্য দেশ|ประเทศปลายทาง|nước đến|Negara tujuan|بلد المقصد",
    "interview_date": "Date of interview|अन्तर्वार्ता मिति|antarvarta miti|সাক্ষাৎকারের তারিখ|วันที่สัมภาษณ์|NGÀY PHỎNG VẤN"
    "|ngay phong van|Tanggal wawancara|tarikh temu bual|تاريخ المقابلة"
    "|Interview date (dd/mm/yyyy)|Interview date (B.S.)",
    "channel": "Mode of interview|সাক্ষাৎকারের মাধ্যম|วิธีสัมภาษณ์|hình thức phỏng vấn|metode wawancara|طريقة المقابلة",
    "consent_use": "Consent|सहमति|সম্মতি|ความยินยอม|đồng ý|Persetujuan|الموافقة|consent_use::English (en)|consent_use*",
    "sex": "Gender|लिङ्ग|লিঙ্গ|เพศ|Giới tính|Jenis kelamin|Jantina|الجنس|demographics/sex|Sex (M/F)",
    "age_at_recruitment": "Age|उमेर|বয়স|อายุ|Tuổi|Umur|usia|العمر|Age (years)|उमेर (वर्ष)",
    "currency": "Currency code|मुद्रा|মুদ্রা|สกุลเงิน|Loại tiền|Mata uang|العملة",
    "total_paid": "Total cost|Total paid (NPR)|Total paid in NPR|Total paid NPR|total_paid_npr|Total paid [Rs.]"
    "|group_x/total_paid|a/b/total_paid|costs-total_paid|data.total_paid|Total paid*|कुल खर्च|jamma kharcha"
    "|মোট খরচ|মোট খরচ (টাকা)"
    "|ค่าใช้จ่ายทั้งหมด|Tổng chi phí|Total biaya|إجمالي المدفوع|total_paid::नेपाली (ne)",
    "cost_fee_recruiter_service": "Service charge|सेवा शुल्क|সার্ভিস চার্জ|ค่าบริการจัดหางาน|Phí dịch vụ|Biaya jasa"
    "|رسوم الاستقدام",
    "cost_fee_subagent": "Broker fee|ค่านายหน้า|phí môi giới|عمولة السمسار",
    "cost_medical_exam": "Medical|स्वास्थ्य परीक्षण|মেডিকেল|ค่าตรวจสุขภาพ|Khám sức khỏe|pemeriksaan kesehatan|الفحص الطبي",
    "cost_travel_international": "Air ticket|हवाई टिकट|বিমান টিকিট|ค่าตั๋วเครื่องบิน|Vé máy bay|Tiket pesawat|تذكرة السفر",
    "cost_visa": "Visa fee|भिसा|ভিসা|ค่าวีซ่า|Phí visa|Biaya visa|التأشيرة",
    "loan_amount": "Amount borrowed|ऋण रकम|ঋণের পরিমাণ|จำนวนเงินกู้|Số tiền vay|Jumlah pinjaman|مبلغ القرض",
    "loan_rate": "Interest rate (%)|Rate of interest (per cent)|ब्याज दर|সুদের হার|อัตราดอกเบี้ย|Lãi suất|Suku bunga"
    "|سعر الفائدة",
    "promised_wage": "Promised salary|promised wage (monthly)|প্রতিশ্রুত বেতন|ค่าจ้างที่สัญญา|lương hứa hẹn|gaji dijanjikan"
    "|الراتب الموعود",
    "actual_wage": "Actual salary (QAR)|वास्तविक तलब|প্রাপ্ত বেতন|เงินเดือนที่ได้รับ|lương thực tế|gaji diterima"
    "|الراتب الفعلي",
    "contract_before_departure": "contract/contract_before_departure|Contract before leaving (yes/no)|สัญญาก่อนเดินทาง"
    "|kontrak sebelum berangkat|عقد قبل السفر",
    "passport_holder": "Who has passport|राहदानी कोसँग|পাসপোর্ট কার কাছে|ผู้ถือหนังสือเดินทาง|Ai giữ hộ chiếu|pemegang paspor",
    "notes": "Remarks|कैफियत|মন্তব্য|หมายเหตุ|Ghi chú|Catatan|ملاحظات",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "header"), [(name, word) for name, words in READ.items() for word in words.split("|")]
)
def test_a_header_is_known_in_many_spellings(name: str, header: str):
    mapped = map_columns([header])
    assert mapped.places == {name: 0}
    assert mapped.guesses[0].taken
    assert say_guess(mapped.guesses[0])
    assert recognised(header)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Amount", "total_paid"), ("biaya", "total_paid"), ("मिति", "interview_date"),
        ("Tanggal", "interview_date"),
        ("दलाल", "cost_fee_subagent"), ("Nationality", "origin_country"), ("Contract", "contract_before_departure"),
        ("Visa (yes/no)", "cost_visa"),  # not the amount
        ("Licence (date)", "agency_licence"),  # not the number
        ("origin/destination", "destination_country"),  # two things in one
        ("About the worker/Sex", "sex"), ("total_payd", "total_paid"),
        ("Favourite colour", None), ("", None), ("::", None),
    ],
)  # fmt: skip
def test_what_may_mean_two_is_offered_and_never_taken(header: str, meant: str | None):
    mapped = map_columns([header])
    assert mapped.places == {}
    assert mapped.ignored == {0: meant}


def test_the_answers_of_a_question_with_many_are_no_columns_of_ours():
    assert map_columns(["payee_type/agency", "loan_source/employer", "payee/relative"]).places == {}


def test_each_place_says_why():
    headers = ["report_id", "Sex", "Country of work", "Total paid (NPR)", "interveiw date", "biaya", "colour"]
    mapped = map_columns(headers, {6: "notes"})
    assert {place: (guess.name, guess.how) for place, guess in mapped.guesses.items()} == {
        0: ("report_id", How.SAME),
        1: ("sex", How.NAME),
        2: ("destination_country", How.WORD),
        3: ("total_paid", How.PART),
        4: ("interview_date", How.ALIKE),
        6: ("notes", How.TOLD),
    }
    assert mapped.ignored == {4: "interview_date", 5: None}  # what "biaya" may mean is another column's already
    assert mapped.missing["interview_date"] == 4
    assert mapped.units == {"total_paid": "NPR"}
    assert say_guess(mapped.guesses[3]).startswith(
        '"Total paid" means it; "(NPR)" around it was left out. The currency'
    )


def test_the_surest_of_two_is_taken_and_two_alike_are_asked_about():
    assert map_columns(["Total cost", "total_paid"]).places == {"total_paid": 1}
    assert map_columns(["Age (years)", "Age"]).places == {"age_at_recruitment": 1}
    assert map_columns(["Total paid (NPR)", "Total paid (QAR)"]).twice == {"total_paid": (0, 1)}
    assert map_columns(["Host country", "Country of work"]).twice == {"destination_country": (0, 1)}


def test_answers_win_over_every_guess():
    mapped = map_columns(["total_paid", "wie", "Total cost"], {0: "", 1: "channel"})
    assert mapped.places == {"channel": 1, "total_paid": 2}
    assert map_columns(["total_paid", "mine"], {1: "total_paid"}).places == {"total_paid": 1}


def test_the_currency_of_a_header_is_never_the_currency_of_the_rows():
    header = tuple(name for name in GOOD if name != "currency")
    data = fee_csv({}, header=header).replace(b"total_paid", b"Total paid (NPR)", 1)
    found = check(data, "a.csv", agencies=AGENCIES, today=TODAY)
    assert [problem[1:] for problem in addresses(found.result)] == [("currency", "missing_value")]


def test_no_known_word_means_two_columns_and_no_doubtful_one_is_known():
    known = {plain_letters(word): name for name, column in columns().items() for word in (name, *column.words)}
    words = [plain_letters(word) for column in columns().values() for word in {*map(plain_letters, column.words)}]
    assert len(words) == len(set(words))
    assert "" not in known
    rows = listed("header_words")
    assert {row["column"] for row in rows} <= set(columns())
    assert {row["certainty"] for row in rows} == {"known", "maybe"}
    doubtful = {plain_letters(word) for row in rows if row["certainty"] == "maybe" for word in row["words"].split("|")}
    assert not doubtful & set(known)


def test_a_header_is_read_the_same_in_any_case_and_punctuation():
    for word, name in (("Ngày_phỏng-vấn", "interview_date"), ("تاريخ المُقابلة", "interview_date"), ("أجرٌ", None)):
        guess = read_header(word)
        assert (guess and guess.name) == name
