"""Build `exchange_rates.csv` anew. Run by hand when the lists have grown, and look at what changed:

    python -m schemas.reference.make_exchange_rates FOLDER

FOLDER holds the lists as their publishers give them, under the names of LISTS: the euro rates of the European Central
Bank, the month ends and yearly averages of the International Monetary Fund, the quarterly rates of the United States
Treasury with their amendments, and monthly snapshots. The order of the sources is applied here, so that whoever reads
the table only looks for the newest row: of a currency the bank publishes, its daily cross rates and nothing else; of a
fixed currency, what it is fixed to; of the others the rest, and on one day the Treasury's before anybody's. Yearly
averages are kept beside them, for days no rate was found for.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import NamedTuple

FIRST_DAY = date(2014, 12, 24)  # so that the first days of 2015 find the working day before
FIRST_AVERAGE = date(2010, 1, 1)  # interviews are taken from then on; until 2015 there is only the year's average
LISTS = {  # each may be several files, such as one for each span of years
    "ecb": "fx_ecb_*.zip",
    "imf_month": "fx_imf_monthly_*.csv",
    "imf_year": "fx_imf_annual_*.csv",
    "us_treasury": "fx_us_treasury_*.csv",
    "snapshot": "fx_*_snapshots_*.csv",
}
# Where workers go to and come from, as far as the European Central Bank publishes a rate of the day.
DAILY = (
    *("AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "IDR", "ILS", "INR", "JPY", "KRW"),
    *("MXN", "MYR", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB"),
)
# Fixed to the dollar by their central banks, all through the years of the table.
FIXED = {
    "AED": Decimal("3.6725"),
    "BHD": Decimal("0.376"),
    "JOD": Decimal("0.709"),
    "OMR": Decimal("0.3845"),
    "QAR": Decimal("3.64"),
    "SAR": Decimal("3.75"),
}
NPR_PER_INR = Decimal("1.6")  # fixed by Nepal Rastra Bank since 1993
# The others, by the names of the Treasury's list.
LISTED = {
    "BDT": ("Bangladesh-Taka",),
    "BND": ("Brunei-Dollar",),
    "EGP": ("Egypt-Pound",),
    "ETB": ("Ethiopia-Birr",),
    "GHS": ("Ghana-Cedi",),
    "IQD": ("Iraq-Dinar",),
    "KES": ("Kenya-Shilling",),
    "KHR": ("Cambodia-Riel",),
    "KWD": ("Kuwait-Dinar",),
    "LAK": ("Laos-Kip",),
    "LBP": ("Lebanon-Pound",),
    "LKR": ("Sri Lanka-Rupee",),
    "LYD": ("Libya-Dinar",),
    "MMK": ("Burma-Kyat", "Myanmar-Kyat"),
    "MUR": ("Mauritius-Rupee",),
    "MVR": ("Maldives-Rufiyaa",),
    "PKR": ("Pakistan-Rupee",),
    "TWD": ("Taiwan-Dollar",),
    "UGX": ("Uganda-Shilling",),
    "VND": ("Vietnam-Dong",),
}
TREASURY_NAMES = {name: currency for currency, names in LISTED.items() for name in names}
AVERAGED = {*DAILY, *LISTED, "NPR"}
EURO_AREA = "U2"  # the Fund lists a currency under every country that uses it; only its issuer's line is taken
DIGITS = Context(prec=7, rounding=ROUND_HALF_EVEN)  # of a cross rate; the bank publishes five or six
PLACES = Decimal("0.00000001")  # as the table is read: DECIMAL(18, 8)


class Rate(NamedTuple):
    """One line of the table: so many units of `currency` were one dollar."""

    currency: str
    rate_date: date
    per_usd: Decimal
    source: str
    kind: str


def make_rates(folder: Path) -> list[Rate]:
    """Every rate of the table, by currency and day. Raises FileNotFoundError, KeyError for a list of another shape."""
    daily = list(_daily(_euro_rates(folder)))
    last = max(rate.rate_date for rate in daily)
    months = [
        date(year, month, 1)
        for year in range(FIRST_AVERAGE.year, last.year + 1)
        for month in range(1, 13)
        if date(year, month, 1) <= last
    ]
    fixed = [
        Rate(currency, month, per_usd, "central_bank", "peg") for currency, per_usd in FIXED.items() for month in months
    ]
    nepal = [
        Rate("NPR", rate.rate_date, DIGITS.multiply(rate.per_usd, NPR_PER_INR), "ecb", "peg")
        for rate in daily
        if rate.currency == "INR"
    ]
    return sorted([*daily, *nepal, *fixed, *_listed(folder), *_yearly(folder)])


def write(rates: list[Rate], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(Rate._fields)
        for rate in rates:
            table.writerow((rate.currency, rate.rate_date, _plain(rate.per_usd), rate.source, rate.kind))


def _daily(euro_rates: list[dict[str, str]]) -> Iterator[Rate]:
    """Cross rates: what a euro costs in the currency, by what it costs in dollars."""
    for row in euro_rates:
        day, dollars = date.fromisoformat(row["Date"]), Decimal(row["USD"])
        if day < FIRST_DAY:
            continue
        for currency in DAILY:
            euros = Decimal(1) if currency == "EUR" else Decimal(row[currency])
            yield Rate(currency, day, DIGITS.divide(euros, dollars), "ecb", "daily")


def _listed(folder: Path) -> Iterator[Rate]:
    """Of one day the first that speaks: Treasury, Fund, snapshot."""
    found: dict[tuple[str, date], Rate] = {}
    for rate in (*_treasury(folder), *_month_ends(folder), *_snapshots(folder)):
        if rate.rate_date >= FIRST_DAY:
            found.setdefault((rate.currency, rate.rate_date), rate)
    yield from found.values()


def _treasury(folder: Path) -> Iterator[Rate]:
    """By the day a rate took effect, never by its quarter: rates are amended in between, and the newest list speaks."""
    rows = sorted(_rows(folder, "us_treasury"), key=lambda row: row["Record Date"], reverse=True)
    for row in rows:
        currency = TREASURY_NAMES.get(row["Country - Currency Description"])
        if currency:
            day = date.fromisoformat(row["Effective Date"])
            yield Rate(currency, day, Decimal(row["Exchange Rate"]), "us_treasury", "quarter_end")


def _month_ends(folder: Path) -> Iterator[Rate]:
    for row in _rows(folder, "imf_month"):
        if row["Currency"] in LISTED:
            yield Rate(row["Currency"], date.fromisoformat(row["Date"]), Decimal(row["Rate"]), "imf_month", "month_end")


def _snapshots(folder: Path) -> Iterator[Rate]:
    for row in _rows(folder, "snapshot"):
        if row["currency"] in LISTED:
            day = date.fromisoformat(row["date"])
            yield Rate(row["currency"], day, Decimal(row["lcu_per_usd"]), "snapshot", "month_end")


def _yearly(folder: Path) -> Iterator[Rate]:
    """Averages, dated by the last day of their year."""
    for row in _rows(folder, "imf_year"):
        day, currency = date.fromisoformat(row["Date"]), row["Currency"]
        issuer = EURO_AREA if currency == "EUR" else currency[:2]
        if currency in AVERAGED and row["Country code"] == issuer and day >= FIRST_AVERAGE:
            yield Rate(currency, day, Decimal(row["Rate"]), "imf_year", "annual_approximate")


def _euro_rates(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for file in _files(folder, "ecb"):
        with zipfile.ZipFile(file) as archive:
            rows += csv.DictReader(io.StringIO(archive.read(archive.namelist()[0]).decode("utf-8")))
    return rows


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for file in _files(folder, name):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows += csv.DictReader(lines)
    return rows


def _files(folder: Path, name: str) -> list[Path]:
    found = sorted(folder.glob(LISTS[name]))
    if not found:
        raise FileNotFoundError(f"{folder} has no file {LISTS[name]}.")
    return found


def _plain(per_usd: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{per_usd.quantize(PLACES):f}"
    return text.rstrip("0").rstrip(".")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the lists are: python -m schemas.reference.make_exchange_rates FOLDER")
    write(make_rates(Path(sys.argv[1])), Path(__file__).with_name("exchange_rates.csv"))
