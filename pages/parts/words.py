"""How numbers, days and roles are written on screen, the same everywhere."""

import re
from datetime import date, datetime
from decimal import Decimal

from schemas.codes import PartnerKind, Role
from schemas.lookup import sectors

NOTHING = "–"
THIN_SPACE = "\u2009"

ROLES = {
    Role.PUBLIC: "visitor",
    Role.BUYER: "buyer",
    Role.PARTNER: "partner",
    Role.REVIEWER: "reviewer",
    Role.ADMIN: "administrator",
}
PARTNER_KINDS = {
    PartnerKind.NGO: "non-governmental organisation",
    PartnerKind.UNION: "union",
    PartnerKind.MRC: "migrant resource centre",
    PartnerKind.GOVERNMENT: "government body",
    PartnerKind.AUDITOR: "auditor",
    PartnerKind.EMPLOYER: "employer",
    PartnerKind.AGENCY: "recruitment agency",
}


def number(value: int) -> str:
    """4 digits and more in groups, by a thin space: 12 345."""
    return f"{value:,}".replace(",", THIN_SPACE)


def amount(value: Decimal) -> str:
    """An amount of money to two places, none where they are nought: 150 000, 1 200.50."""
    return f"{value:,.2f}".removesuffix(".00").replace(",", THIN_SPACE)


def day(value: date | None) -> str:
    """14 Mar 2028."""
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"


def moment(value: datetime) -> str:
    """14 Mar 2028, 09:05 UTC: what is stored is UTC, and says so."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def share(value: float) -> str:
    """82 %, with a space that does not break."""
    return f"{value * 100:.0f}\u00a0%"


def months_paid(workers: str, median: float, p80: float | None, figure: str) -> str:
    """What half of the workers and one in five paid, in months of wage. `workers`: of whom it is known; `figure`: how
    a number is written, "{:.1f}"."""
    half = (
        "half or more paid nothing" if median == 0 else f"half paid **{figure.format(median)} months** of wage or more"
    )
    if p80 is None:
        return f"Of {workers} whose cost and wage are known, {half}."
    fifth = "four in five paid nothing" if p80 == 0 else f"one in five paid {figure.format(p80)} months or more"
    return f"Of {workers} whose cost and wage are known, {half}, and {fifth}."


def count(value: int, one: str, many: str | None = None) -> str:
    """1 row, 2 rows."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listed(parts: list[str], joint: str = "or") -> str:
    """a, b or c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def column(letter: str | None, name: str) -> str:
    """F interview_date: as a spreadsheet names it, and as its header does, never torn apart at a line's end."""
    return f"{letter}\N{NO-BREAK SPACE}{name}" if letter else name


def cell(value: object) -> str:
    """Whatever stands in a table's cell, as text."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def ago(day: date, today: date) -> str:
    """How long something has waited: today, 1 day, 204 days."""
    return "since today" if day >= today else count((today - day).days, "day")


def till(day: date, today: date) -> str:
    """How far a day is, or how long past: 39 days late, today, in 24 days."""
    left = (day - today).days
    if left < 0:
        return f"{count(-left, 'day')} late"
    return "today" if left == 0 else f"in {count(left, 'day')}"


def literal(text: str) -> str:
    """What a person wrote, for where Streamlit would read it as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!:$<>|~^=])", r"\\\1", text)


def quoted(text: str) -> str:
    """What a person wrote, as a quotation that keeps its lines."""
    return "“" + "  \n".join(literal(line) for line in text.splitlines()) + "”"


def sector(code: str) -> str:
    """A sector of the fee reports with its title, as "9700 Private households"."""
    known = sectors().get(code)
    return f"{code} {known.title}" if known else code
