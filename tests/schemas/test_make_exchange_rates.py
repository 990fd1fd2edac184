"""The table of rates is built from lists in their publishers' shapes; here small ones, invented."""

import csv
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.exchange_rate import TABLE, exchange_rates
from schemas.reference.make_exchange_rates import DAILY, FIXED, LISTED, LISTS, Rate, make_rates, write

EURO = {"EUR": "1", "INR": "80", "GBP": "0.8"}  # by the euro; every other currency of the bank is at 2
IMF = "Date,Rate,Currency,Frequency,Source,Country code,Country\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = {name: tmp_path / pattern.replace("*", "invented") for name, pattern in LISTS.items()}
    with zipfile.ZipFile(names["ecb"], "w") as archive:
        listed = ["USD", *(currency for currency in DAILY if currency != "EUR"), "HRK"]
        days = {"2015-01-05": "1.25", "2015-01-02": "1.2", "2014-12-24": "1.2", "2014-12-23": "1.2"}
        lines = [",".join(["Date", *listed, ""])]
        for day, dollars in days.items():
            lines.append(",".join([day, dollars, *(EURO.get(currency, "2") for currency in listed[1:-1]), "N/A", ""]))
        archive.writestr("eurofxref-hist.csv", "\n".join(lines))
    names["imf_month"].write_text(
        IMF + "2015-01-31,100,BDT,M,IMF,BD,Bangladesh\n2015-01-31,99,INR,M,IMF,IN,India\n"
        "2015-01-31,0.294950448324681,KWD,M,IMF,KW,Kuwait\n2014-11-30,98,BDT,M,IMF,BD,Bangladesh\n"
    )
    names["imf_year"].write_text(
        IMF + "2009-12-31,60,BDT,A,IMF,BD,Bangladesh\n2015-12-31,101.5,BDT,A,IMF,BD,Bangladesh\n"
        "2015-12-31,0.91,EUR,A,IMF,XK,Kosovo\n2015-12-31,0.9,EUR,A,IMF,U2,Euro Area\n2015-12-31,7,AFN,A,IMF,AF,Afghan\n"
    )
    names["us_treasury"].write_text(
        "\ufeffRecord Date,Country - Currency Description,Exchange Rate,Effective Date\n"
        "2021-12-31,Sri Lanka-Rupee,202.75,2021-12-31\n2021-12-31,Sri Lanka-Rupee,270.0,2022-03-15\n"
        "2021-12-31,Burma-Kyat,1800,2022-01-01\n2022-03-31,Myanmar-Kyat,1850,2022-03-31\n"
        "2021-12-31,Nowhere-Mark,5,2021-12-31\n2022-03-31,Bangladesh-Taka,86.5,2022-03-31\n"
        "2022-06-30,Bangladesh-Taka,87,2022-03-31\n"
    )
    names["snapshot"].write_text(
        "date,currency,lcu_per_usd\n2022-03-31,BDT,85\n2022-04-01,BDT,86.123456789\n2022-04-01,INR,76\n"
    )
    return tmp_path


def of(rates: list[Rate], currency: str, kind: str | None = None) -> list[tuple[date, str, str, str]]:
    return [
        (r.rate_date, str(r.per_usd), r.source, r.kind)
        for r in rates
        if r.currency == currency and kind in (None, r.kind)
    ]


def test_a_daily_rate_is_a_cross_rate_through_the_euro(folder: Path):
    rates = make_rates(folder)
    assert of(rates, "INR") == [
        (date(2014, 12, 24), "66.66667", "ecb", "daily"),
        (date(2015, 1, 2), "66.66667", "ecb", "daily"),
        (date(2015, 1, 5), "64", "ecb", "daily"),
    ]
    assert of(rates, "EUR", "daily")[-1] == (date(2015, 1, 5), "0.8", "ecb", "daily")


def test_nepals_rupee_follows_indias_and_says_that_it_is_a_peg(folder: Path):
    assert of(make_rates(folder), "NPR")[-1] == (date(2015, 1, 5), "102.4", "ecb", "peg")


def test_a_fixed_currency_stands_there_once_a_month_to_the_newest_day(folder: Path):
    riyal = of(make_rates(folder), "QAR")
    assert riyal[0] == (date(2010, 1, 1), "3.64", "central_bank", "peg")
    assert riyal[-1] == (date(2015, 1, 1), "3.64", "central_bank", "peg")
    assert len(riyal) == 61


def test_treasury_speaks_by_the_day_a_rate_took_effect_and_by_its_newest_list(folder: Path):
    rates = make_rates(folder)
    assert of(rates, "LKR") == [
        (date(2021, 12, 31), "202.75", "us_treasury", "quarter_end"),
        (date(2022, 3, 15), "270.0", "us_treasury", "quarter_end"),
    ]
    assert [row[1] for row in of(rates, "MMK")] == ["1800", "1850"], "one currency, two names of its country"
    assert of(rates, "BDT", "quarter_end") == [(date(2022, 3, 31), "87", "us_treasury", "quarter_end")]


def test_on_one_day_treasury_goes_before_the_snapshot_which_follows_it(folder: Path):
    rates = make_rates(folder)
    assert [row[0] for row in of(rates, "BDT", "month_end")] == [date(2015, 1, 31), date(2022, 4, 1)]
    assert not [row for row in of(rates, "INR") if row[2] != "ecb"], "what the bank publishes, nobody else is asked for"


def test_yearly_averages_are_the_issuers_and_of_the_years_that_count(folder: Path):
    rates = make_rates(folder)
    assert of(rates, "EUR", "annual_approximate") == [(date(2015, 12, 31), "0.9", "imf_year", "annual_approximate")]
    assert [row[0].year for row in of(rates, "BDT", "annual_approximate")] == [2015]
    assert of(rates, "AFN") == []


def test_a_list_may_be_several_files_and_must_be_there(folder: Path):
    (folder / "fx_us_treasury_2023.csv").write_text(
        "Record Date,Country - Currency Description,Exchange Rate,Effective Date\n"
        "2023-03-31,Sri Lanka-Rupee,324,2023-03-31\n"
    )
    assert [row[1] for row in of(make_rates(folder), "LKR")] == ["202.75", "270.0", "324"]
    for file in folder.glob("fx_imf_annual_*"):
        file.unlink()
    with pytest.raises(FileNotFoundError, match="has no file fx_imf_annual"):
        make_rates(folder)


def test_it_is_written_in_order_with_eight_places_at_most(folder: Path):
    write(make_rates(folder), folder / "rates.csv")
    with (folder / "rates.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows == sorted(rows, key=lambda row: (row["currency"], row["rate_date"]))
    assert {row["per_usd"] for row in rows if row["currency"] == "KWD"} == {"0.29495045"}
    assert {row["per_usd"] for row in rows if row["currency"] == "BDT"} >= {"86.12345679", "100"}


def test_the_table_that_comes_with_the_house_has_one_rate_a_day_and_every_currency_it_should():
    table = exchange_rates()
    assert set(table["currency"]) == {*DAILY, *FIXED, *LISTED, "NPR"}
    assert table.null_count().sum_horizontal().item() == 0
    assert table["per_usd"].min() > 0
    averaged = table["kind"] == "annual_approximate"
    assert table.filter(~averaged).select("currency", "rate_date").is_unique().all()
    assert table.filter(averaged).select("currency", "rate_date").is_unique().all()
    assert TABLE.stat().st_size < 3_000_000
    assert set(table.filter(table["currency"] == "AED")["per_usd"]) == {Decimal("3.6725")}
