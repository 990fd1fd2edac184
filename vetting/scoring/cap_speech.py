"""How is a legal rule on fees said in words? The same for reviewers' scores and for the public table."""

from decimal import Decimal

from schemas.fee_cap import EVERYBODY, CapScope, CapUnit, FeeCap
from schemas.lookup import ANY, cost_codes, countries

SCOPES: dict[CapScope, str] = {
    "service_charge": "service charge",
    "total_cost": "total cost",
    "monthly_fee": "monthly fee",
}
COMPARED: dict[CapScope, str] = {
    "service_charge": "what agencies, sub-agents and brokers charge for the job",
    "total_cost": "everything the worker paid",
    "monthly_fee": "the monthly fee at the destination",
}
NOTHING: dict[CapScope, str] = {
    "service_charge": "no service charge",
    "total_cost": "no cost at all",
    "monthly_fee": "no monthly fee",
}
UNITS: dict[CapUnit, str] = {"once": "", "per_12_months": " per 12 months", "monthly": " a month"}
WORKERS = {
    EVERYBODY: "all workers",
    "women_domestic": "women in domestic work",
    "household_service": "household service workers",
    "land_based": "land-based workers",
    "land": "workers on land",
    "ten_job_types": "ten types of jobs",
    "monthly_fee_y1": "first year",
    "monthly_fee_y2": "second year",
    "monthly_fee_y3plus": "third year and later",
    "intern": "interns",
    "skilled": "skilled workers",
    "re_entry": "workers who return",
    "returnee_scheme": "scheme for returnees",
    "seafarer": "seafarers",
    "sea_crew": "crews at sea",
    "h2b": "H-2B workers",
    "temporary_farm_and_non_farm": "H-2A and H-2B workers",
    "domestic": "domestic workers",
    "not_domestic": "all but domestic workers",
    "boesl": "through the state agency BOESL",
    "boesl_professional": "professionals, through the state agency BOESL",
    "boesl_skilled": "skilled workers, through the state agency BOESL",
    "boesl_garment": "garment workers, through the state agency BOESL",
    "direct_employment": "employed directly, without an agency",
}


def place(code: str) -> str:
    return "any country" if code == ANY else countries()[code].name


def workers(cap: FeeCap) -> str:
    """Whom the rule means."""
    return WORKERS.get(cap.category, cap.category.replace("_", " "))


def at_most(cap: FeeCap, of: str = "") -> str:
    """10,000 NPR; nothing; 1.5 months' wage per 12 months, at most 3 in all. `of` is said after the amount: " service
    charge"."""
    if cap.kind in ("zero", "prohibited_dest"):
        return NOTHING[cap.cap_scope] if of else "nothing"
    if cap.amount is None:
        return f"the amount on the job order{of and ' as'}{of}"
    amount, unit = figure(cap.amount), UNITS[cap.unit]
    if cap.kind == "months_wage":
        months = "month's" if cap.amount <= 1 else "months'"
        said = f"{amount} {months} wage{unit}{of and ' as'}{of}"
        return said if cap.maximum is None else f"{said}, at most {figure(cap.maximum)} in all"
    said = f"{amount} {cap.currency}{of}{unit}"
    return said if cap.maximum is None else f"{said} (surely broken above {figure(cap.maximum)})"


def since(cap: FeeCap) -> str:
    """since 2015-07-06; in force by 2018-01-15, until 2022-07-05; first day not known."""
    if cap.valid_from is not None:
        begun = f"since {cap.valid_from}"
    else:
        begun = "first day not known" if cap.in_force_by is None else f"in force by {cap.in_force_by}"
    return begun if cap.valid_to is None else f"{begun}, until {cap.valid_to}"


def includes(cap: FeeCap) -> str:
    """What is compared besides the scope's own costs."""
    return ", ".join(cost_codes()[code].label.lower() for code in cap.includes)


def sentence(cap: FeeCap) -> str:
    """Nepal to Qatar: 10,000 NPR service charge, since 2015-07-06."""
    whom = "" if cap.category == EVERYBODY else f" ({workers(cap)})"
    limit = at_most(cap, f" {SCOPES[cap.cap_scope]}")
    return f"{place(cap.origin)} to {place(cap.destination)}{whom}: {limit}, {since(cap)}."


def figure(amount: Decimal) -> str:
    """10,000; 1.5"""
    return f"{amount:,f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"
