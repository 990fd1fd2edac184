"""The day on which the sample country is played."""

from datetime import date, datetime

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
