"""How a licence and a certificate are shown in the register's rows."""

from pages.parts import bands, case_words, charts, tables, words
from schemas.case import PublicCertificate
from schemas.release import RegisterEntry


def licence(entry: RegisterEntry) -> tables.Two:
    """The licence as it stands today, and until when it runs."""
    face = bands.LICENCES[entry.status]
    until = f"until {words.day(entry.valid_until)}" if entry.valid_until else "no end on record"
    return tables.Two(tables.Drawn(bands.chip(face, charts.mode())), until)


def certificate(entry: RegisterEntry) -> tables.Two | None:
    """The certificate's state today and its number; nothing where there never was one."""
    held = entry.certificate
    if held is None:
        return None
    chip = bands.chip(case_words.STATES[held.status], charts.mode())
    return tables.Two(tables.Drawn(chip), f"{held.number}, {_until(held)}")


def _until(held: PublicCertificate) -> str:
    return f"runs until {words.day(held.expires_on)}" if held.valid else f"since {words.day(held.since)}"
