"""A file as a resource centre keeps it: own headers, words, digits and calendar. One answer, and every row is taken."""

import csv
import io
from decimal import Decimal

import pytest

from schemas.answers import Answers, Calendar
from tests.vetting.intake.files import AGENCIES, TODAY, addresses, fee_csv
from vetting.intake.check import check

NEPALI = {
    "प्रतिवेदन नं": "क-१", "इजाजतपत्र नं": "0012/077", "मूल देश": "नेपाल", "गन्तव्य देश": "कतार",
    "अन्तर्वार्ता मिति": "२०८३/०२/०१", "अन्तर्वार्ता माध्यम": "भेटेर", "सहमति": "हो", "लिङ्ग": "महिला", "उमेर (वर्ष)": "२७",
    "मुद्रा": "रुपैयाँ", "जम्मा खर्च": "१ लाख ५० हजार", "ऋण रकम": "५० हजार", "ब्याज दर": "३%", "ब्याज अवधि": "महिना",
    "राहदानी कोसँग": "मालिक", "धम्की": "छैन",
}  # fmt: skip
BENGALI = {
    "রিপোর্ট নম্বর": "K-1", "আরএল নম্বর": "0012/077", "মূল দেশ": "নেপাল", "গন্তব্য দেশ": "কাতার",
    "সাক্ষাৎকারের তারিখ": "১৫ মে ২০২৬", "সাক্ষাৎকারের মাধ্যম": "সরাসরি", "সম্মতি": "হ্যাঁ", "লিঙ্গ": "মহিলা", "বয়স": "২৭ বছর",
    "মুদ্রা": "NPR", "মোট খরচ": "১,৫০,০০০", "ঋণের পরিমাণ": "৫০ হাজার", "সুদের হার": "৩", "সুদের মেয়াদ": "মাস",
    "পাসপোর্ট কার কাছে": "মালিক", "হুমকি": "না",
}  # fmt: skip
THAI = {
    "รหัสรายงาน": "K-1", "เลขที่ใบอนุญาต": "0012/077", "ประเทศต้นทาง": "เนปาล", "ประเทศปลายทาง": "กาตาร์",
    "วันที่สัมภาษณ์": "15 พ.ค. 2569", "วิธีสัมภาษณ์": "ตัวต่อตัว", "ความยินยอม": "ใช่", "เพศ": "หญิง", "อายุ": "27 ปี",
    "สกุลเงิน": "NPR", "ค่าใช้จ่ายทั้งหมด": "1.5 แสน", "จำนวนเงินกู้": "5 หมื่น", "อัตราดอกเบี้ย": "ร้อยละ 3",
    "ระยะเวลาดอกเบี้ย": "เดือน", "ใครถือหนังสือเดินทาง": "นายจ้าง", "ถูกข่มขู่": "ไม่",
}  # fmt: skip
VIETNAMESE = {
    "Mã phiếu": "K-1", "Số giấy phép": "0012/077", "Nước xuất xứ": "Nê-pan", "Nước đến": "Ca-ta",
    "Ngày phỏng vấn": "ngày 15 tháng 5 năm 2026", "Hình thức phỏng vấn": "trực tiếp", "Đồng ý": "Có", "Giới tính": "Nữ",
    "Tuổi": "27 tuổi", "Loại tiền": "NPR", "Tổng chi phí": "150 nghìn", "Số tiền vay": "50.000,00", "Lãi suất": "3",
    "Kỳ tính lãi": "tháng", "Ai giữ hộ chiếu": "chủ sử dụng lao động", "Bị đe dọa": "Không",
}  # fmt: skip
INDONESIAN = {
    "Nomor laporan": "K-1", "Nomor SIP3MI": "0012/077", "Negara asal": "Nepal", "Negara tujuan": "Qatar",
    "Tanggal wawancara": "15 Mei 2026", "Metode wawancara": "tatap muka", "Persetujuan": "Ya",
    "Jenis kelamin": "perempuan",
    "Umur": "27 tahun", "Mata uang": "NPR", "Total biaya": "150.000,00", "Jumlah pinjaman": "50 ribu",
    "Suku bunga": "3 persen",
    "Periode bunga": "per bulan", "Pemegang paspor": "majikan", "Ancaman": "tidak",
}  # fmt: skip
ARABIC = {
    "رقم التقرير": "K-1", "رقم الترخيص": "0012/077", "بلد المنشأ": "نيبال", "بلد المقصد": "قطر",
    "تاريخ المقابلة": "١٥ مايو ٢٠٢٦", "طريقة المقابلة": "وجهاً لوجه", "الموافقة": "نعم", "الجنس": "أنثى",
    "العمر": "٢٧ سنة",
    "العملة": "NPR", "إجمالي المدفوع": "١٥٠ ألف", "مبلغ القرض": "٥٠٬٠٠٠٫٠٠", "سعر الفائدة": "٣٪", "فترة الفائدة": "شهر",
    "من يحتفظ بجواز السفر": "الكفيل", "التهديد": "لا",
}  # fmt: skip
KOBO = {
    "_id": "K-1", "about/agency_licence": "0012/077", "about/origin_country::English (en)": "nepal",
    "about/destination_country": "qatar", "interview_date": "2026-05-15T10:22:31.123+05:45",
    "intro/consent_use *": "1", "worker/sex": "female", "Age (years)": "27.0", "money/currency": "NPR",
    "Total paid (NPR)": "1,50,000", "money/loan_amount": "50000", "Interest rate (%)": "3",
    "money/loan_rate_period": "month",
    "after/passport_holder": "employer", "after/threats": "0", "Mode of interview": "in_person",
    "payee_type/agency": "1",
}  # fmt: skip


SAID = {
    "origin_country": "NPL", "destination_country": "QAT", "channel": "in_person", "sex": "female",
    "age_at_recruitment": 27, "currency": "NPR", "loan_rate_period": "month", "passport_holder": "employer",
    "threats": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "calendar"),
    [(NEPALI, Calendar.BIKRAM_SAMBAT), (BENGALI, None), (THAI, Calendar.BUDDHIST), (VIETNAMESE, None),
     (INDONESIAN, None), (ARABIC, None), (KOBO, None)],
    ids=["ne", "bn", "th", "vi", "id", "ar", "kobo"],
)  # fmt: skip
def test_a_file_in_its_own_language_is_taken_after_one_answer(file: dict[str, str], calendar: Calendar | None):
    text = io.StringIO()
    csv.writer(text).writerows([file.keys(), file.values()])
    data = text.getvalue().encode()
    asked = [code for _, _, code in addresses(check(data, "a.csv", agencies=AGENCIES, today=TODAY).result)]
    assert [code for code in asked if code != "ignored_column"] == (["other_calendar"] if calendar else [])
    answers = Answers(calendars={"interview_date": calendar} if calendar else {})
    found = check(data, "a.csv", agencies=AGENCIES, today=TODAY, answers=answers)
    (row,) = found.ready.to_dicts()
    assert {name: row[name] for name in SAID} == SAID
    assert str(row["interview_date"]) == "2026-05-15"
    assert (row["total_paid"], row["loan_amount"], row["loan_rate"]) == (Decimal(150_000), Decimal(50_000), Decimal(3))


@pytest.mark.parametrize("text", ["१५००००", "১৫০০০০", "๑๕๐๐๐๐", "١٥٠٠٠٠", "۱۵۰۰۰۰"])
def test_a_plain_amount_in_local_digits_is_no_blank(text: str):
    (row,) = check(fee_csv({"total_paid": text}), "a.csv", agencies=AGENCIES, today=TODAY).ready.to_dicts()
    assert row["total_paid"] == Decimal(150_000)
