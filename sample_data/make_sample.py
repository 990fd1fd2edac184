"""Writes the sample country: `python sample_data/make_sample.py`. Seeded, so the same code writes the same bytes.

Dates are anchored: the newest quarter with reports is the one before ANCHOR. `vetting.sample` shifts them by whole
quarters when it loads them. `cases.toml`, `story/` and `broken/` are written by hand or by the scripts beside this.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from cast import AGENCIES, MEMBERS, PARTNERS, STORY, Cast
from workers import Storyteller

FOLDER = Path(__file__).parent
SEED = "fair-passage-1"
ANCHOR = date(2026, 10, 1)
QUARTERS = range(-16, 0)
# The others send in summer and winter.
IN_SPRING_AND_AUTUMN = frozenset({"sathi-bato", "dhansiri"})
ONCE_A_YEAR = frozenset({"return-office", "rift-valley", "quorum-lane", "elmstead", "dakshin-path"})
Row = dict[str, str]

WHO = ("report_id", "agency_licence", "agency_name", "origin_country", "destination_country", "interview_date",
       "channel", "consent_use", "consent_reviewer", "consent_repayment", "consent_contact", "worker_ref", "sex",
       "age_at_recruitment", "sector", "recruited_month", "departed_month")  # fmt: skip
COSTS = ("currency", "total_paid", "cost_fee_recruiter_service", "cost_fee_subagent", "cost_medical_exam",
         "cost_welfare_fund", "cost_travel_international", "cost_passport_id", "cost_deposit_bond",
         "cost_lump_sum_unspecified", "deducted_amount", "reimbursed_amount", "receipt_amount")  # fmt: skip
LOANS = ("payee_type", "loan_source", "loan_amount", "loan_rate", "loan_rate_period")
WAGES = ("promised_wage", "actual_wage", "wage_currency", "wage_period")
CONTRACT = ("contract_before_departure", "contract_understood", "contract_substituted", "costs_disclosed",
            "orientation_received")  # fmt: skip
HARM = ("movement_restricted", "threats", "wages_withheld", "penalty_for_leaving", "responsible")
VOICE = ("grievance_known", "grievance_raised", "grievance_resolved", "retaliation", "data_shared_without_consent")
LAST = ("passport_holder", "verification", "notes")
FULL = (*WHO, *COSTS, *LOANS, *WAGES, *CONTRACT, *HARM, *VOICE, *LAST)
ASKED = {  # each partner asks what it asks
    "return-office": (*WHO, *COSTS, *LOANS, *WAGES, *CONTRACT, "verification"),
    "harbour-house": (*WHO, "currency", "total_paid", "deducted_amount", "payee_type", "contract_understood",
                      "contract_substituted", *HARM, *VOICE, *LAST),
}  # fmt: skip
HEADINGS = {  # and calls it what it calls it
    "harbour-house": {"report_id": "Case No", "interview_date": "Date of interview", "total_paid": "Amount paid"},
    "return-office": {"destination_country": "Country of destination", "departed_month": "Month of departure"},
}
DELIMITERS = {"tangan-kita": ";", "return-office": "\t"}
BOM = frozenset({"sathi-bato"})
MISTAKES = {  # of story/with_mistakes.csv, each in a row of its own
    "SB-L002": {"interview_date": "03/04/2026"},
    "SB-L005": {"currency": "Rs"},
    "SB-L008": {"total_paid": "2-3 lakh"},
    "SB-L011": {"agency_licence": "", "agency_name": "Himchuli Setu Oversees"},
    "SB-L014": {"consent_use": "no"},
    "SB-L017": {"destination_country": "Malayzia"},
    "SB-L020": {"report_id": "SB-L019"},
    "SB-L023": {"total_paid": "-500"},
    "SB-L026": {"passport_holder": "the boss"},
    "SB-L029": {"recruited_month": "2026-06", "departed_month": "2026-01"},
    "SB-L032": {"loan_source": "moneylender", "loan_rate": "3", "loan_rate_period": ""},
    "SB-L035": {"age_at_recruitment": "-9"},
}
SHORT_FORMS = {"SAU": "KSA", "ARE": "UAE"}


def main() -> None:
    write_csv(FOLDER / "agencies.csv", register())
    write_csv(FOLDER / "partners.csv", [dict(zip(("partner", "kind", "name"), each, strict=True)) for each in PARTNERS])
    write_csv(
        FOLDER / "members.csv",
        [dict(zip(("email", "name", "role", "organisation"), each, strict=True)) for each in MEMBERS],
    )
    (FOLDER / "reports").mkdir(exist_ok=True)
    for (partner, quarter), rows in files().items():
        name = f"{partner}-{quarter_name(quarter)}.csv"
        (FOLDER / "reports" / name).write_bytes(as_sent(partner, rows))
    (FOLDER / "story").mkdir(exist_ok=True)
    for name, rows in story().items():
        (FOLDER / "story" / name).write_bytes(as_sent("sathi-bato", rows))


def story() -> dict[str, list[Row]]:
    """What a partner uploads in the browser's story: interviews of the spring, sent late; first with mistakes."""
    tell = Storyteller(f"{SEED}/story")
    agency = next(agency for agency in AGENCIES if agency.licence == STORY)
    rows = [tell.row(agency, "sathi-bato", quarter_start(-3 if place < 18 else -2), place) for place in range(36)]
    for number, row in enumerate(sorted(rows, key=lambda row: row["interview_date"]), start=1):
        row |= {"report_id": f"SB-L{number:03}", "worker_ref": f"sb-l{number:03}", "loan_source": "none"}
    rows.sort(key=lambda row: row["report_id"])
    return {"mended.csv": rows, "with_mistakes.csv": [row | MISTAKES.get(row["report_id"], {}) for row in rows]}


def register() -> list[Row]:
    """The licence register, with the usual dates."""
    rows = []
    for agency in AGENCIES:
        rng = random.Random(f"{SEED}/{agency.licence}")
        since = date(rng.randint(2008, 2019), rng.randint(1, 12), rng.randint(1, 28))
        until = date(ANCHOR.year + (-1 if agency.status == "expired" else rng.randint(1, 3)), 6, 30)
        rows.append(
            {
                "licence": agency.licence,
                "name": agency.name,
                "country": agency.country,
                "status": agency.status,
                "valid_from": since.isoformat(),
                "valid_until": "" if agency.status == "unknown" else until.isoformat(),
                "address": f"{rng.randint(2, 98)} Sample Road, {agency.country}",
                "aliases": agency.aliases,
                "deployed_12m": "" if agency.deployed is None else str(agency.deployed),
            }
        )
    return rows


def files() -> dict[tuple[str, int], list[Row]]:
    """Every file that was ever sent: (partner, quarter) -> its rows, in the order of interviews."""
    tell = Storyteller(SEED)
    sent: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for partner, _, _ in PARTNERS:
        told: dict[str, list[Row]] = defaultdict(list)
        for quarter in QUARTERS:
            rng = random.Random(f"{SEED}/{partner}/{quarter}")
            rows: list[Row] = []
            for agency in AGENCIES:
                for place in due(agency, partner, quarter):
                    row = tell.row(agency, partner, quarter_start(quarter), place)
                    rows.append(
                        again(rng, tell, partner, row, told[agency.licence]) if agency.licence != STORY else row
                    )
                told[agency.licence] += [row for row in rows if row["agency_licence"] == agency.licence]
            rows = sorted(rows, key=lambda row: (row["interview_date"], row["report_id"]))
            file = (partner, sending_quarter(partner, quarter))
            new = [blemished(rng, row) for row in rows]
            if new:
                here = {row["report_id"] for row in sent[file]}
                past = {
                    row["report_id"]: row
                    for key, old in sent.items()
                    if key[0] == partner and key != file
                    for row in old
                }
                sent[file] += new + corrections(rng, [row for number, row in past.items() if number not in here])
    return sent


def due(agency: Cast, partner: str, quarter: int) -> range:
    """Which of this partner's workers of this agency are heard in this quarter; fractions add up over quarters."""
    rate = agency.reporters.get(partner, 0.0)
    if not agency.since <= quarter <= agency.until:
        return range(0)
    return range(int(rate * (quarter - agency.since) + 1e-9), int(rate * (quarter - agency.since + 1) + 1e-9))


def again(rng: random.Random, tell: Storyteller, partner: str, row: Row, told: Sequence[Row]) -> Row:
    """Now and then the worker was heard before: the same pseudonym, person and recruitment, a later interview."""
    earlier = [old for old in told if old["worker_ref"] and old["departed_month"] < row["interview_date"][:7]]
    if not earlier or rng.random() >= 0.05:
        return row
    fresh = ("report_id", "interview_date", "channel", "passport_holder", "verification", "notes")
    return rng.choice(earlier) | {name: row[name] for name in fresh}


def corrections(rng: random.Random, past: Sequence[Row]) -> list[Row]:
    """A few reports of earlier files are sent again under their number: some corrected, some just sent twice."""
    old = [row for row in past if row["agency_licence"] != STORY]
    found = []
    for row in rng.sample(old, min(len(old), 2)) if rng.random() < 0.7 else []:
        change = rng.random()
        if change < 0.4 and row["total_paid"] != "0":
            found.append(row | {"deducted_amount": "0", "notes": "Corrected after a second call."})
        elif change < 0.6:
            found.append(row | {"consent_contact": "yes"})
        else:
            found.append(dict(row))
    return found


def blemished(rng: random.Random, row: Row) -> Row:
    """Real files are never without mistakes: about one row in fifty has one that a person must decide about."""
    if rng.random() >= 0.03 or row["agency_licence"] == STORY or row["total_paid"] == "0":
        return row
    mistakes: list[Row] = [{"consent_use": "no"}, {"total_paid": "2-3 lakh"}, {"total_paid": "-9"}]
    mistakes.append({"agency_licence": "", "agency_name": row["agency_name"].split()[0] + " Oversea"})
    mistakes += [{"currency": "Rs"}] if row["currency"] in {"NPR", "INR", "LKR"} else []
    return row | rng.choice(mistakes)


def as_sent(partner: str, rows: Iterable[Row]) -> bytes:
    """The file in the partner's own manner: its columns and headings, delimiter, byte order mark and spellings."""
    names = ASKED.get(partner, FULL)
    headings = HEADINGS.get(partner, {})
    written = [{headings.get(name, name): _spelt(partner, name, row.get(name, "")) for name in names} for row in rows]
    text = csv_text(written, DELIMITERS.get(partner, ","))
    return text.encode("utf-8-sig" if partner in BOM else "utf-8")


def _spelt(partner: str, name: str, value: str) -> str:
    if partner == "dhansiri" and name == "total_paid" and value.isdigit() and len(value) > 5:
        return f"{value[:-5]},{value[-5:-3]},{value[-3:]}"  # 1,50,000
    if partner in ("lantern", "dhansiri") and name == "destination_country":
        return SHORT_FORMS.get(value, value)
    return value


def csv_text(rows: Sequence[Row], delimiter: str = ",") -> str:
    from io import StringIO

    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(csv_text(rows), encoding="utf-8", newline="")


def quarter_start(quarter: int) -> date:
    index = ANCHOR.year * 12 + ANCHOR.month - 1 + 3 * quarter
    return date(index // 12, index % 12 + 1, 1)


def quarter_name(quarter: int) -> str:
    start = quarter_start(quarter)
    return f"{start.year}-q{start.month // 3 + 1}"


def sending_quarter(partner: str, quarter: int) -> int:
    """Partners send half a year or a year at once; the newest quarter has been sent by all."""
    if partner in ONCE_A_YEAR:
        return quarter + (-1 - quarter) % 4
    return min(quarter + quarter % 2, QUARTERS[-1]) if partner in IN_SPRING_AND_AUTUMN else quarter + (quarter + 1) % 2


if __name__ == "__main__":
    main()
