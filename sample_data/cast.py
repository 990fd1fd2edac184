"""Who lives in the sample country? Agencies, partners and people, all invented.

Countries, currencies and corridors are real because checks know only real ones; every agency, organisation and person
is made up, and licence numbers lie outside the ranges that real registers use.
"""

from typing import NamedTuple


class Cast(NamedTuple):
    """`reporters`: partner -> reports per quarter. `until`: the last quarter with reports (-1 = the newest)."""

    country: str
    licence: str
    name: str
    aliases: str
    deployed: int | None
    status: str
    corridors: tuple[str, ...]
    sector: str
    conduct: str
    reporters: dict[str, float]
    since: int = -16
    until: int = -1


PARTNERS = (
    ("sathi-bato", "mrc", "Sathi Bato Resource Centre"),
    ("dhansiri", "union", "Dhansiri Migrant Workers Union"),
    ("lantern", "ngo", "Lantern for Gulf Migrants"),
    ("tangan-kita", "union", "Tangan Kita Migrant Union"),
    ("return-office", "government", "Provincial Office for Returning Workers"),
    ("rift-valley", "mrc", "Rift and Highland Migrant Centre"),
    ("harbour-house", "ngo", "Harbour House for Domestic Workers"),
    ("quorum-lane", "auditor", "Quorum Lane Social Audit"),
    ("elmstead", "employer", "Elmstead Glove Works"),
    ("dakshin-path", "agency", "Dakshin Path Manpower (self-declared)"),
)

MEMBERS = (
    ("ines.marlow@aldersund.example", "Ines Marlow", "reviewer", "Aldersund Institute"),
    ("tobias.okello@aldersund.example", "Tobias Okello", "reviewer", "Aldersund Institute"),
    ("asmita.gharti@sathi-bato.example", "Asmita Gharti", "partner", "sathi-bato"),
    ("rahim.sarder@dhansiri.example", "Rahim Sarder", "partner", "dhansiri"),
    ("freja.lund@norrlind.example", "Freja Lund", "buyer", "Norrlind Apparel"),
    ("marcel.dufour@castellane.example", "Marcel Dufour", "buyer", "Castellane Home"),
    ("noor.admin@aldersund.example", "Noor Vandersteen", "admin", "Aldersund Institute"),
)

SB, DH, LN, TK, RO, RV, HH = (code for code, _, _ in PARTNERS[:7])
QL, EL, DP = (code for code, _, _ in PARTNERS[7:])
STORY = "9021/065/66"

AGENCIES = (
    # Nepal: licence "number/year/year" in Bikram Sambat
    Cast("NPL", STORY, "Himchuli Setu Overseas Pvt. Ltd.", "Himchuli Setu Manpower", 196, "valid",
         ("MYS",), "22", "clean", {SB: 0.75, TK: 1.5}, -5, -2),
    Cast("NPL", "9014/061/62", "Ramaroshan Employment Services Pvt. Ltd.", "Ramaroshan Overseas", 820, "valid",
         ("QAT", "MYS"), "55", "clean", {SB: 7, LN: 4, TK: 3}),
    Cast("NPL", "9007/058/59", "Tilicho Karya International Pvt. Ltd.", "", 640, "valid",
         ("ARE", "QAT"), "41", "sound", {SB: 5, LN: 5}),
    Cast("NPL", "9033/067/68", "Dhorpatan Yatra Recruitment Pvt. Ltd.", "Dhorpatan Recruiters", 1500, "valid",
         ("QAT", "SAU"), "41", "charging", {SB: 9, LN: 6}),
    Cast("NPL", "0945/070/71", "Sundarijal Path Human Resources Pvt. Ltd.", "Chautari Overseas", 300, "valid",
         ("MYS",), "22", "repaying", {SB: 5, TK: 4}),
    Cast("NPL", "0958/070/71", "Gosaithan Manpower Bridge Pvt. Ltd.", "Gosaithan Bridge", None, "valid",
         ("SAU",), "80", "mixed", {SB: 1.5, LN: 1.2}),
    Cast("NPL", "0962/071/72", "Phoksundo Shram Services Pvt. Ltd.", "", 220, "valid",
         ("QAT",), "81", "small_charging", {LN: 1.4}),
    Cast("NPL", "0971/072/73", "Kalinchok Udyam Overseas Pvt. Ltd.", "", 90, "valid",
         ("ARE",), "55", "clean", {SB: 0.8, QL: 2.5}),
    Cast("NPL", "0979/072/73", "Rara Sagar Employment Pvt. Ltd.", "Rara Sagar Overseas", None, "expired",
         ("MYS",), "C", "charging", {SB: 3}, -16, -7),
    Cast("NPL", "0983/073/74", "Mai Pokhari International Services Pvt. Ltd.", "", 410, "suspended",
         ("SAU", "KWT"), "97", "harsh", {SB: 4, HH: 3}),
    Cast("NPL", "0991/074/75", "Bhumlu Deurali Recruiters Pvt. Ltd.", "", 60, "valid", ("QAT",), "41", "clean", {}),
    Cast("NPL", "0996/075/76", "Ilam Chautari Works Pvt. Ltd.", "Chautari Overseas", None, "valid",
         ("KOR",), "C", "costs_only", {RO: 3}),
    # Bangladesh: recruiting licence with leading zeros
    Cast("BGD", "09012", "Dakshin Path Manpower Ltd.", "Dakshin Path Overseas", 2400, "valid",
         ("SAU", "MYS"), "41", "charging", {DH: 10, LN: 5, DP: 2.5}),
    Cast("BGD", "09027", "Meghdol International Recruiting", "Meghdol Overseas|Meghdol Intl", 1800, "valid",
         ("SAU", "QAT"), "81", "charging", {DH: 8, LN: 6}),
    Cast("BGD", "09031", "Shimulpur Overseas Services", "", 950, "valid",
         ("MYS",), "22", "repaying", {DH: 5, TK: 5, EL: 2}),
    Cast("BGD", "09044", "Nodi Bondor Employment House", "", 520, "valid", ("JOR",), "14", "clean", {DH: 7, LN: 3}),
    Cast("BGD", "09058", "Kashphul Human Resource Ltd.", "Kashphul HR", 700, "valid",
         ("ARE", "SAU"), "41", "harsh", {DH: 6, LN: 4}),
    Cast("BGD", "09063", "Torongo Jonoshokti Agency", "", None, "valid", ("MYS",), "C", "mixed", {DH: 1.3, TK: 1.1}),
    Cast("BGD", "09071", "Boshonto Bela Recruiting House", "", 130, "valid",
         ("SGP",), "41", "small_charging", {DH: 1.2}),
    Cast("BGD", "09085", "Padmokuri Overseas Ltd.", "", 380, "cancelled", ("OMN", "SAU"), "41", "charging",
         {DH: 5}, -16, -6),
    Cast("BGD", "09092", "Sonali Aal Migration Services", "", 240, "valid", ("SAU",), "97", "hotline_gates", {HH: 3}),
    Cast("BGD", "09103", "Chandradip Workforce Ltd.", "", None, "valid", ("MYS",), "31", "sound", {DH: 3, TK: 3}),
    Cast("BGD", "09117", "Haor Bangla Recruiters", "", 75, "unknown", ("QAT",), "41", "clean", {DH: 0.6}),
    Cast("BGD", "09126", "Neel Akash Jatra Ltd.", "Neel Akash Travels", None, "valid", ("KWT",), "81", "charging", {}),
    # Philippines
    Cast("PHL", "DMW-901-LB-2021-R", "Tala Sinag Manpower Services Inc.", "Tala Sinag", 1300, "valid",
         ("SAU", "QAT"), "86", "clean", {HH: 6, LN: 6}),
    Cast("PHL", "DMW-907-LB-2019-R", "Bagong Layag International Inc.", "", 2100, "valid",
         ("TWN", "KOR"), "26", "sound", {RO: 5, HH: 4}),
    Cast("PHL", "DMW-913-LB-2020-R", "Hiraya Global Placement Corp.", "Hiraya Placement", 880, "valid",
         ("SAU", "KWT"), "97", "harsh", {HH: 8, LN: 3}),
    Cast("PHL", "DMW-918-LB-2022-R", "Dalampasigan Overseas Recruitment Inc.", "", 450, "valid",
         ("QAT",), "55", "clean", {LN: 4, HH: 3}),
    Cast("PHL", "DMW-924-LB-2018-R", "Kaagapay Isla Employment Inc.", "", None, "valid",
         ("POL",), "C", "costs_only", {RO: 4}),
    Cast("PHL", "DMW-931-LB-2017-R", "Amihan Crew and Land Services Inc.", "", 310, "suspended",
         ("TWN",), "031", "mixed", {RO: 1.5, HH: 1}),
    Cast("PHL", "DMW-936-LB-2023-R", "Lakbay Tulay Manpower Corp.", "", 160, "valid", ("ARE",), "97", "clean",
         {HH: 1}, -8),
    Cast("PHL", "DMW-942-LB-2016-R", "Sampaguita Norte Placement Inc.", "", 540, "expired", ("SAU",), "97", "charging",
         {HH: 3}, -16, -9),
    # India: recruiting agent
    Cast("IND", "B-9012/KER/PER/300/5/2014", "Kuttanad Harbour Recruits", "Kuttanad Harbour", 760, "valid",
         ("QAT", "ARE"), "41", "sound", {LN: 7, RO: 3}),
    Cast("IND", "B-9020/TN/PART/1000/5/2011", "Thamirabarani Workforce Agency", "", 1100, "valid",
         ("SGP", "MYS"), "41", "charging", {TK: 6, RO: 4}),
    Cast("IND", "B-9035/UP/PER/100/5/2018", "Sarayu Tat Overseas", "", None, "valid", ("SAU",), "41", "mixed",
         {LN: 1.6, RO: 1}),
    Cast("IND", "B-9041/MUM/COM/1000/5/2009", "Sahyadri Setu Placements", "Sahyadri Placements", 1400, "valid",
         ("ARE", "KWT"), "55", "clean", {LN: 7, QL: 2}),
    Cast("IND", "B-9056/DEL/PER/300/5/2020", "Aravali Udaan Consultants", "", 90, "valid", ("QAT",), "81",
         "small_charging", {LN: 1.3}),
    Cast("IND", "B-9063/PUN/PER/100/5/2021", "Panjab Dariya Recruiters", "", None, "cancelled", ("ARE",), "49",
         "charging", {}),
    # Indonesia
    Cast("IDN", "KEP.0901/2019", "PT. Cakrawala Jaladri Nusa", "Cakrawala Jaladri", 1250, "valid",
         ("MYS", "HKG"), "97", "repaying", {TK: 5, HH: 5}),
    Cast("IDN", "KEP.0917/2020", "PT. Lentera Samudra Karya", "", 680, "valid", ("TWN", "HKG"), "97", "clean",
         {HH: 6, TK: 1}),
    Cast("IDN", "KEP.0924/2018", "PT. Gemilang Rantau Abadi", "Gemilang Rantau", 930, "valid", ("MYS",), "0126",
         "charging", {TK: 7, HH: 2}, -16, -3),
    Cast("IDN", "KEP.0938/2021", "PT. Bahtera Pelangi Timur", "", None, "valid", ("SGP",), "97", "hotline_gates",
         {HH: 2}),
    Cast("IDN", "KEP.0942/2022", "PT. Seruni Lintas Negeri", "", 110, "valid", ("MYS",), "0126", "mixed", {TK: 2.2}),
    # Sri Lanka
    Cast("LKA", "LIC-9087", "Kadupul Foreign Employment (Pvt) Ltd.", "", 420, "valid", ("KWT", "SAU"), "97", "harsh",
         {HH: 5, LN: 2}),
    Cast("LKA", "LIC-9091", "Nelumvila Agencies (Pvt) Ltd.", "Nelumvila", 350, "valid", ("JOR", "QAT"), "14", "sound",
         {LN: 4, HH: 2}),
    Cast("LKA", "LIC-9105", "Ran Mudda Placements (Pvt) Ltd.", "", None, "valid", ("ARE",), "97", "small_charging",
         {HH: 1.2}),
    Cast("LKA", "LIC-9110", "Samanala Path Lanka (Pvt) Ltd.", "", 45, "valid", ("KWT",), "97", "clean", {}),
    # Kenya and Ethiopia
    Cast("KEN", "NEA/0903/2018", "Tausi Bridge Agency Ltd.", "", 390, "valid", ("SAU", "QAT"), "97", "harsh",
         {RV: 5, LN: 3}),
    Cast("KEN", "NEA/0911/2020", "Mwangaza Safari Placement Ltd.", "Mwangaza Placement", 270, "valid",
         ("QAT", "ARE"), "80", "clean", {RV: 4, LN: 4}),
    Cast("KEN", "NEA/0926/2021", "Nyota Saba Recruiters Ltd.", "", None, "valid", ("SAU",), "97", "patchy", {RV: 1.6}),
    Cast("ETH", "MOLS/0905/11", "Abay Dildiy Employment PLC", "", 600, "valid", ("SAU", "JOR"), "97", "charging",
         {RV: 6, HH: 3}),
    Cast("ETH", "MOLS/0914/12", "Entoto Berhan Placement PLC", "", 180, "valid", ("ARE",), "97", "sound",
         {RV: 3, HH: 2}),
    Cast("ETH", "MOLS/0920/13", "Simien Guzo Agency PLC", "", None, "unknown", ("JOR",), "97", "minors", {RV: 2}),
    # Viet Nam
    Cast("VNM", "0987/LDTBXH-GP", "Hoa Dai Duong Manpower JSC", "Hoa Dai Duong", 1600, "valid", ("TWN", "JPN"), "C",
         "charging", {TK: 1, RO: 5}),
    Cast("VNM", "0992/LDTBXH-GP", "Canh Buom Xanh Overseas JSC", "", 230, "valid", ("JPN",), "C", "costs_only",
         {RO: 3}),
    # Agencies licensed where the work is
    Cast("MYS", "0981C", "Agensi Pekerjaan Jalur Cendana Sdn Bhd", "Jalur Cendana", 900, "valid", ("NPL", "BGD"), "22",
         "clean", {TK: 8, SB: 4}),
    Cast("MYS", "0994C", "Agensi Pekerjaan Kolam Biru Sdn Bhd", "", 500, "valid", ("IDN", "BGD"), "C", "repaying",
         {TK: 5, EL: 3}),
    Cast("SGP", "99C0123", "Pelangi Quay Employment Pte. Ltd.", "", 340, "valid", ("IDN", "PHL"), "97", "sound",
         {HH: 5, TK: 2}),
    Cast("SAU", "SA-90417", "Wadi Noor Recruitment Office", "", None, "valid", ("ETH",), "97", "hotline_gates",
         {HH: 2}),
    Cast("ARE", "AE-90733", "Falaj Gate Labour Supply LLC", "Falaj Gate", 650, "valid", ("IND", "NPL"), "41",
         "charging", {LN: 6, RO: 2}),
)  # fmt: skip
