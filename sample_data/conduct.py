"""How do agencies of the sample country treat workers? Shares of workers by kind of conduct, and what things cost."""

from typing import NamedTuple


class Conduct(NamedTuple):
    """Shares of workers to whom it happens. `repaid`: of those charged; `sub_agent`, `dear_loan`: likewise."""

    charged: float = 0.0
    repaid: float = 0.0
    sub_agent: float = 0.0
    dear_loan: float = 0.0
    deposit: float = 0.0
    deducted: float = 0.0
    passport: float = 0.0
    restricted: float = 0.0
    threats: float = 0.0
    withheld: float = 0.0
    penalty: float = 0.0
    no_contract: float = 0.01
    not_understood: float = 0.02
    substituted: float = 0.0
    short_wage: float = 0.03
    no_orientation: float = 0.05
    costs_hidden: float = 0.05
    no_channel: float = 0.10
    raised: float = 0.06
    unresolved: float = 0.10
    retaliation: float = 0.0
    data_shared: float = 0.01
    minor: float = 0.0


CLEAN = Conduct()
CHARGING = Conduct(
    charged=0.82, repaid=0.04, sub_agent=0.55, dear_loan=0.40, deposit=0.05, deducted=0.08, passport=0.05,
    restricted=0.02, penalty=0.10, withheld=0.02, no_contract=0.18, not_understood=0.35, substituted=0.12,
    short_wage=0.30, no_orientation=0.35, costs_hidden=0.55, no_channel=0.60, raised=0.12, unresolved=0.70,
    data_shared=0.05,
)  # fmt: skip
CONDUCTS = {
    "clean": CLEAN,
    "sound": Conduct(
        charged=0.035, repaid=0.5, sub_agent=0.3, not_understood=0.10, substituted=0.02, short_wage=0.10,
        no_orientation=0.18, costs_hidden=0.20, no_channel=0.35, unresolved=0.3, penalty=0.02, data_shared=0.03,
    ),
    "patchy": Conduct(
        no_contract=0.15, not_understood=0.30, substituted=0.10, short_wage=0.25, no_orientation=0.45,
        costs_hidden=0.45, no_channel=0.55, raised=0.1, unresolved=0.5, penalty=0.13, data_shared=0.15,
    ),
    "charging": CHARGING,
    "small_charging": CHARGING._replace(charged=0.55, passport=0.0, restricted=0.0, withheld=0.0, retaliation=0.0),
    "mixed": CHARGING._replace(
        charged=0.18, sub_agent=0.3, passport=0.03, restricted=0.0, withheld=0.0, costs_hidden=0.25, no_contract=0.05,
        substituted=0.04, short_wage=0.10, penalty=0.03, not_understood=0.12, no_orientation=0.2, no_channel=0.4,
    ),
    "repaying": CHARGING._replace(
        charged=0.60, repaid=0.99, sub_agent=0.60, dear_loan=0.45, deposit=0.12, passport=0.0, restricted=0.0,
        withheld=0.0, penalty=0.22, no_contract=0.40, not_understood=0.45, substituted=0.25, short_wage=0.45,
        no_orientation=0.6, costs_hidden=0.7, no_channel=0.7,
    ),
    "harsh": CHARGING._replace(
        charged=0.70, passport=0.75, restricted=0.30, threats=0.15, withheld=0.28, penalty=0.45, retaliation=0.06,
        substituted=0.35, data_shared=0.12,
    ),
    "costs_only": CLEAN._replace(charged=0.05, no_orientation=0.1),
    "hotline_gates": CHARGING._replace(charged=0.4, passport=0.25, restricted=0.10, threats=0.05, withheld=0.12),
    "minors": CHARGING._replace(charged=0.5, passport=0.5, restricted=0.2, minor=0.2),
}  # fmt: skip


class Corridor(NamedTuple):
    """`cost`: median worker-paid cost in the origin's currency; `cap`: what receipts show; `wage`: a month's wage in
    `wage_currency`."""

    cost: int
    sigma: float
    cap: int | None
    wage: int
    wage_currency: str


ROUND = {
    "NPR": 10_000, "BDT": 10_000, "PHP": 5_000, "INR": 5_000, "IDR": 1_000_000, "LKR": 10_000, "KES": 5_000,
    "ETB": 1_000, "VND": 5_000_000,
}  # fmt: skip
SPIKES = {"NPR": (100_000, 120_000, 150_000), "BDT": (300_000, 400_000, 500_000), "INR": (60_000, 100_000)}
CURRENCY = {
    "NPL": "NPR", "BGD": "BDT", "PHL": "PHP", "IND": "INR", "IDN": "IDR", "LKA": "LKR", "KEN": "KES", "ETH": "ETB",
    "VNM": "VND",
}  # fmt: skip
PER_DOLLAR = {
    "NPR": 133, "BDT": 110, "PHP": 56, "INR": 83, "IDR": 15_800, "LKR": 300, "KES": 130, "ETB": 57, "VND": 25_000,
    "MYR": 4.5, "SAR": 3.75, "QAR": 3.64, "AED": 3.67, "KWD": 0.31, "OMR": 0.38, "JOD": 0.71, "SGD": 1.34, "HKD": 7.8,
    "TWD": 32, "KRW": 1350, "JPY": 150, "PLN": 4,
}  # fmt: skip
WAGE = {  # currency and a month's wage at the destination
    "MYS": ("MYR", 1700), "SAU": ("SAR", 1300), "QAT": ("QAR", 1300), "ARE": ("AED", 1300), "KWT": ("KWD", 105),
    "OMN": ("OMR", 120), "JOR": ("JOD", 270), "SGP": ("SGD", 800), "HKG": ("HKD", 5000), "TWN": ("TWD", 27_500),
    "KOR": ("KRW", 2_060_000), "JPN": ("JPY", 190_000), "POL": ("PLN", 4300),
}  # fmt: skip
# Mean worker-paid cost in US dollars, as surveys of costs report them (rounded); other corridors by origin.
COST_USD = {
    ("BGD", "SAU"): 3900, ("BGD", "MYS"): 3800, ("BGD", "QAT"): 3400, ("BGD", "KWT"): 3100, ("BGD", "SGP"): 5200,
    ("BGD", "JOR"): 1100, ("NPL", "QAT"): 1100, ("NPL", "MYS"): 1150, ("IND", "QAT"): 1150, ("IND", "KWT"): 1250,
    ("PHL", "QAT"): 480, ("ETH", "SAU"): 990, ("VNM", "TWN"): 4500, ("VNM", "JPN"): 5500,
}  # fmt: skip
COST_BY_ORIGIN = {
    "BGD": 3400, "NPL": 1200, "IND": 1100, "PHL": 700, "IDN": 900, "LKA": 450, "KEN": 700, "ETH": 800, "VNM": 3000,
}  # fmt: skip
CAPS = {("NPL", d): 10_000 for d in ("MYS", "QAT", "SAU", "ARE", "KWT")} | {
    ("BGD", "SAU"): 165_000, ("BGD", "MYS"): 78_990, ("BGD", "QAT"): 100_780, ("BGD", "ARE"): 107_780,
    ("BGD", "OMN"): 100_780, ("BGD", "SGP"): 262_270,
} | {("IND", d): 30_000 for d in ("QAT", "ARE", "SAU", "SGP", "MYS")}  # fmt: skip


def corridor(origin: str, destination: str) -> Corridor:
    usd = COST_USD.get((origin, destination), COST_BY_ORIGIN[origin])
    currency, wage = WAGE[destination]
    cost = round(usd * PER_DOLLAR[CURRENCY[origin]])
    return Corridor(cost, 0.6 if origin == "BGD" else 0.55, CAPS.get((origin, destination)), wage, currency)
