"""What the public page on the protection of workers says in tables: who reads what, and how long things are kept."""

from typing import NamedTuple

from pages.parts import tables, words
from schemas.setting import Settings
from schemas.standard import Disclosure, Measuring


class Reader(NamedTuple):
    who: str
    reads: str
    never: str


class Kept(NamedTuple):
    what: str
    how_long: str
    why: str


def readers(shown: Disclosure) -> list[Reader]:
    """The roles of the house in plain words."""
    return [
        Reader(
            "Everybody, without signing in",
            "Licences, certificates and decisions that were published. Of a complaint that reviewers let be read: what "
            "it is about, its month, the answer and the agency's reply.",
            "Anything a worker reported, and what was written in a complaint.",
        ),
        Reader(
            "Brand buyers",
            f"Also released figures: of {shown.k} workers or more, rounded.",
            "A single report, who reported, today's figures, which partner heard whom.",
        ),
        Reader(
            "Partners who send reports",
            "Released figures, and their own files, rows and receipts.",
            "What others sent.",
        ),
        Reader(
            "Reviewers of the operating body",
            "Today's figures, cases and findings. A single report only where its worker agreed to it, for one case at "
            "a time; each reading is written down with the reviewer's name. Reports of minors are never listed.",
            "A worker's name: it is not there.",
        ),
        Reader(
            "Administrators",
            "Members, settings and backups.",
            "Figures and reports, on any page. Whoever runs the server holds the database, and is trusted with it.",
        ),
    ]


def who_reads_what(shown: Disclosure) -> None:
    columns = {"Who": lambda r: r.who, "Reads": lambda r: r.reads, "Never reads": lambda r: r.never}
    tables.show(readers(shown), columns, empty="")


def kept(settings: Settings, measuring: Measuring) -> list[Kept]:
    return [
        Kept(
            "Files as they were sent",
            words.count(settings.upload_days, "day"),
            "To clear up a mistake in reading them.",
        ),
        Kept(
            "Rows: single reports",
            words.count(settings.row_months, "month"),
            f"Figures look back {measuring.window_months} months.",
        ),
        Kept(
            "Complaints: what was written, and the codes to ask after them",
            words.count(settings.complaint_months, "month"),
            "To look into them. What came of them stays.",
        ),
        Kept(
            "Backups",
            words.count(settings.backup_days, "day"),
            "To bring the database back after a fault.",
        ),
        Kept(
            "Released figures, decisions, certificates and the trail of acts",
            "for good",
            "So that a decision can be explained and challenged later. They name no worker.",
        ),
    ]


def how_long(settings: Settings, measuring: Measuring) -> None:
    columns = {"What": lambda k: k.what, "Kept for": lambda k: k.how_long, "Why": lambda k: k.why}
    tables.show(kept(settings, measuring), columns, empty="")
