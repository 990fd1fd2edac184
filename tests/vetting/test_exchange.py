"""What a dollar was worth: check values, the order of rates, how old one may be, and that silence stays silence."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import RateKind
from schemas.exchange_rate import COLUMNS, PER_USD, exchange_rates
from tests.vetting.scoring.second_opinion_of_rates import rate
from vetting.exchange import MONEY, OLDEST, NoRate, Rates, convert, in_dollars, rates_on

TABLE = Rates()
# The currencies this must be able to convert, from 2015 on.
ASKED = (
    *("NPR", "BDT", "LKR", "MMK", "KHR", "VND", "PKR", "KES", "ETB", "INR", "IDR", "PHP", "THB", "LAK", "QAR"),
    *("AED", "SAR", "KWD", "OMR", "BHD", "JOD", "MYR", "TWD", "SGD", "HKD", "KRW", "JPY", "EUR", "GBP", "USD"),
)
AVERAGED_AT_FIRST = {"BDT", "LKR", "MMK", "KHR", "VND", "PKR", "KES", "ETB", "LAK", "KWD", "TWD"}


def listed(*rows: tuple[str, date, str, str]) -> pl.DataFrame:
    """Rates by currency, day, units per dollar and kind, all from "a bank"."""
    return pl.DataFrame(
        [(currency, day, Decimal(per_usd), "a bank", kind) for currency, day, per_usd, kind in rows],
        schema=COLUMNS,
        orient="row",
    )


def dollars(amount: str, currency: str, day: date, rates: Rates = TABLE) -> Decimal:
    return convert(Decimal(amount), currency, day, rates).usd


def test_amounts_whose_value_in_dollars_is_known():
    nepal = convert(Decimal(10000), "NPR", date(2015, 6, 30), TABLE)
    assert (round(nepal.usd, 2), nepal.kind) == (Decimal("98.24"), RateKind.PEG)  # IMF's month end would give 97.56
    taka = convert(Decimal(165000), "BDT", date(2017, 12, 31), TABLE)
    assert (round(taka.usd, 2), taka.rate, taka.source) == (Decimal("1995.16"), Decimal("82.7"), "imf_month")


def test_a_rate_amended_within_a_quarter_counts_from_the_day_it_took_effect():
    before, after = (convert(Decimal(1), "LKR", date(2022, 3, day), TABLE) for day in (14, 15))
    assert (before.rate, before.rate_date) == (Decimal("202.75"), date(2021, 12, 31))
    assert (after.rate, after.rate_date, after.source) == (Decimal(270), date(2022, 3, 15), "us_treasury")


def test_where_sources_disagree_the_answer_says_which_was_used():
    kyat = convert(Decimal(1), "MMK", date(2025, 12, 31), TABLE)
    assert (kyat.rate, kyat.source, kyat.kind) == (Decimal(3658), "us_treasury", RateKind.QUARTER_END)
    next_day = convert(Decimal(1), "MMK", date(2026, 1, 1), TABLE)
    assert (next_day.rate.quantize(Decimal(1)), next_day.source) == (Decimal(2099), "snapshot")


def test_a_sunday_takes_the_last_working_day_and_says_so():
    sunday = convert(Decimal(1), "INR", date(2024, 3, 31), TABLE)  # Easter: Good Friday was the 29th
    assert (sunday.rate_date, sunday.source, sunday.kind) == (date(2024, 3, 28), "ecb", RateKind.DAILY)


def test_dollars_need_no_rate():
    assert dollars("12.5", "USD", date(2050, 1, 1)) == Decimal("12.5")


def test_every_month_since_2015_can_be_converted_and_january_2015_mostly_by_its_average():
    """The honest list: what stands here is only approximately known, and nothing is unknown."""
    newest = exchange_rates().filter(pl.col("kind") != "annual_approximate").get_column("rate_date").max()
    months = pl.date_range(date(2015, 1, 1), newest, "1mo", eager=True)
    pairs = pl.DataFrame({"currency": ASKED}).join(pl.DataFrame({"day": months}), how="cross")
    found = pl.concat([pairs, rates_on(pairs["currency"], pairs["day"], TABLE)], how="horizontal")
    assert found.filter(pl.col("per_usd").is_null()).is_empty()
    approximate = found.filter(pl.col("kind") == "annual_approximate")
    assert approximate.get_column("day").unique().to_list() == [date(2015, 1, 1)]
    assert set(approximate["currency"]) == AVERAGED_AT_FIRST
    near = found.filter(pl.col("kind") != "annual_approximate")
    assert near.filter((pl.col("day") - pl.col("rate_date")) > OLDEST).is_empty()
    assert near.filter(pl.col("day") < pl.col("rate_date")).is_empty()


def test_beyond_the_newest_rate_nothing_is_taken_in_silence():
    last = exchange_rates().filter(pl.col("currency") == "INR", pl.col("kind") == "daily")["rate_date"].max()
    assert dollars("1", "INR", last + OLDEST) > 0
    with pytest.raises(NoRate, match=r"INR on .* the newest before it is of"):
        dollars("1", "INR", last + OLDEST + timedelta(days=1))
    with pytest.raises(NoRate, match="BDT on 2009-06-01 .* none is older"):
        dollars("1", "BDT", date(2009, 6, 1))
    with pytest.raises(NoRate, match="no exchange rate for XAU"):
        dollars("1", "XAU", date(2020, 1, 1))


def test_a_rate_counts_for_92_days_and_then_the_years_average_does():
    rates = Rates(
        added=listed(),
        table=listed(
            ("AFN", date(2024, 1, 1), "70", "month_end"),
            ("AFN", date(2024, 12, 31), "75", "annual_approximate"),
        ),
    )
    assert convert(Decimal(1), "AFN", date(2024, 4, 2), rates).rate == 70
    later = convert(Decimal(1), "AFN", date(2024, 4, 3), rates)
    assert (later.rate, later.kind) == (75, RateKind.ANNUAL_APPROXIMATE)
    assert convert(Decimal(1), "AFN", date(2024, 1, 1), rates).rate == 70
    with pytest.raises(NoRate):
        convert(Decimal(1), "AFN", date(2025, 1, 1), rates)


def test_an_added_rate_goes_before_the_table_until_it_is_too_old():
    rates = Rates(added=listed(("INR", date(2024, 1, 10), "80", "month_end")))
    tabled = {day: convert(Decimal(1), "INR", day, TABLE).rate for day in (date(2024, 1, 9), date(2024, 4, 12))}
    assert convert(Decimal(1), "INR", date(2024, 1, 9), rates).rate == tabled[date(2024, 1, 9)]
    assert convert(Decimal(1), "INR", date(2024, 1, 10), rates).rate == 80
    assert convert(Decimal(1), "INR", date(2024, 4, 11), rates).rate == 80
    assert convert(Decimal(1), "INR", date(2024, 4, 12), rates).rate == tabled[date(2024, 4, 12)]


def test_an_added_average_goes_before_the_tables_average_and_never_before_a_rate():
    rates = Rates(added=listed(("BDT", date(2015, 12, 31), "70", "annual_approximate")))
    assert convert(Decimal(1), "BDT", date(2015, 1, 5), rates).rate == 70
    assert convert(Decimal(1), "BDT", date(2015, 2, 5), rates).source == "imf_month"


def test_a_second_writing_of_the_lookup_finds_the_same_rates():
    rng, known_at = random.Random(4), datetime(2026, 11, 22)
    days = [date(2009, 1, 1) + timedelta(days=rng.randrange(6700)) for _ in range(400)]
    currencies = [rng.choice([*ASKED, "ZMW", "MMK", "LBP", None]) for _ in days]
    told = {(rng.choice(["ZMW", "NPR", "EUR", "MMK"]), rng.choice(days), rng.choice(["daily", "annual_approximate"]))
            for _ in range(60)}  # fmt: skip
    told = {(currency, day.replace(month=12, day=31) if kind != "daily" else day, kind) for currency, day, kind in told}
    added = listed(*((currency, day, str(rng.randrange(1, 900)), kind) for currency, day, kind in sorted(told)))
    found = rates_on(pl.Series(currencies, dtype=pl.String), pl.Series(days), Rates(added=added))["per_usd"]
    plain = [row | {"recorded_at": known_at} for row in added.to_dicts()]
    expected = [rate(currency, day, plain, known_at) for currency, day in zip(currencies, days, strict=True)]
    assert [value and Fraction(value) for value in found] == expected
    assert 20 < sum(value is None for value in expected) < 200, "some are unknown, most are not"


def test_of_two_averages_of_a_year_the_later_counts_and_no_row_is_doubled():
    averages = [
        ("AFN", date(2024, 12, 31), "75", "annual_approximate"),
        ("AFN", date(2024, 6, 30), "74", "annual_approximate"),
    ]
    found = rates_on(pl.Series(["AFN"] * 2), pl.Series([date(2024, 3, 1)] * 2), Rates(table=listed(*averages)))
    assert found["per_usd"].to_list() == [75, 75]


def test_rows_keep_their_order_and_what_is_blank_stays_unknown():
    currency = pl.Series(["NPR", None, "QAR", "NPR", "QAR", "ZZZ"], dtype=pl.String)
    day = pl.Series([date(2024, 5, 1), date(2024, 5, 1), None, date(2015, 6, 30), date(2024, 5, 1), date(2024, 5, 1)])
    found = rates_on(currency, day, TABLE)
    assert found.columns == ["per_usd", "rate_date", "source", "kind"]
    assert found["per_usd"].is_null().to_list() == [False, True, True, False, False, True]
    assert found["per_usd"][4] == Decimal("3.64")
    assert found["rate_date"][3] == date(2015, 6, 30)


@given(
    amount=st.decimals(0, 10**14 - 1, places=4),
    per_usd=st.decimals("0.00000001", 10**9, places=8),
    parts=st.sampled_from([1, 3]),
)
def test_a_column_of_amounts_is_converted_as_one_amount_is(amount: Decimal, per_usd: Decimal, parts: int):
    frame = pl.DataFrame({"amount": [amount], "rate": [per_usd]}, schema={"amount": MONEY, "rate": PER_USD})
    [found] = frame.select(in_dollars(pl.col("amount").to_physical() * parts, pl.col("rate"), parts=parts)).to_series()
    rates = Rates(table=listed(("AFN", date(2024, 1, 1), str(per_usd), "daily")))
    alone = convert(amount, "AFN", date(2024, 1, 1), rates).usd
    assert found == (alone if alone < 10**14 else None)  # the store has no room for more


def test_no_rows_and_no_known_currency_at_all_are_answered_too():
    nothing = pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.Date)
    assert rates_on(*nothing, TABLE).height == 0
    silent = pl.Series([None, None], dtype=pl.String), pl.Series([None, None], dtype=pl.Date)
    assert rates_on(*silent, TABLE)["kind"].to_list() == [None, None]
