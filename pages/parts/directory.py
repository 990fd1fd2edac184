"""The directory's rows: agency, licence, certificate, conduct, the small range, and what it rests on."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import bands, case_words, charts, filters, links, released, tables, untold, words
from pages.parts.bands import FACES
from pages.parts.scores import corridor, country
from schemas.case import PublicCertificate
from schemas.codes import Band, CaseState, LicenceStatus
from schemas.live import LiveDirectory, LiveEntry
from schemas.release import Directory, DirectoryEntry, Filters

CERTIFICATES = [CaseState.CERTIFIED, CaseState.SUSPENDED, CaseState.WITHDRAWN, CaseState.EXPIRED, "none"]
NOBODY = "No agency fits these filters. Take one away, or try another spelling: small misspellings are found."
NO_REGISTER = "There is no agency yet. An administrator imports a licence register."


def asked(text: str) -> Filters:
    """What is searched and chosen, as the data layer takes it."""
    return Filters(
        text=text.strip(),
        corridor=filters.chosen("corridor"),
        band=filters.chosen("band"),
        certificate=filters.chosen("certificate"),
        licence=filters.chosen("licence"),
    )


def corridors(found: Directory) -> None:
    counts = found.options["corridor"]
    filters.choose_one("corridor", "Corridor", counts, _way, anything="Any corridor", options=sorted(counts, key=_way))


def certificates(found: Directory | LiveDirectory) -> None:
    filters.choose_one(
        "certificate",
        "Certificate",
        found.options["certificate"],
        lambda option: "Not certified" if option == "none" else case_words.STATES[CaseState(option)].word,
        anything="Any",
        options=CERTIFICATES,
    )


def licences(found: Directory | LiveDirectory) -> None:
    filters.choose_one(
        "licence",
        "Licence",
        found.options["licence"],
        lambda option: bands.LICENCES[LicenceStatus(option)].word,
        anything="Any",
        options=list(LicenceStatus),
    )


def conduct(found: Directory | LiveDirectory) -> None:
    filters.choose_many(
        "band", "Conduct", found.options["band"], lambda option: bands.word(Band(option)), options=list(Band)
    )


def released_rows(entries: Sequence[DirectoryEntry], *, any_chosen: bool) -> None:
    """As the newest release shows them."""
    shown = charts.mode()
    columns = {
        "Agency": _agency,
        "Licence": lambda e: tables.Drawn(
            bands.chip(bands.LICENCES[e.licence_status], shown, _state(e.licence_status))
        ),
        "Certificate": lambda e: _certificate(e.certificate, shown),
        "Conduct": lambda e: tables.Two(tables.Drawn(bands.chip(FACES[e.band], shown)), _what_now(e)),
        "Points 0–100": lambda e: _released_glyph(e, shown),
        "Workers heard": lambda e: tables.Two(e.workers, f"newest {e.newest}" if e.newest else ""),
    }
    tables.show(entries, columns, empty=NOBODY if any_chosen else NO_REGISTER)


def live_rows(entries: Sequence[LiveEntry], *, any_chosen: bool) -> None:
    """As reviewers see them now."""
    shown = charts.mode()
    columns = {
        "Agency": _agency,
        "Licence": lambda e: tables.Drawn(
            bands.chip(bands.LICENCES[e.licence_status], shown, _state(e.licence_status))
        ),
        "Certificate": lambda e: _certificate(e.certificate, shown),
        "Conduct, live": lambda e: tables.Drawn(bands.chip(FACES[_band(e)], shown)),
        "Points 0–100": lambda e: _live_glyph(e, shown),
        "Workers heard": lambda e: tables.Two(*_heard(e)),
    }
    tables.show(entries, columns, empty=NOBODY if any_chosen else NO_REGISTER)


def legend(total: int) -> None:
    st.caption(f"{words.count(total, 'agency', 'agencies')} · ranges that overlap are not ranked")


def _way(option: str) -> str:
    origin, _, destination = option.partition("-")
    return corridor(origin, destination)


def _agency(entry: DirectoryEntry | LiveEntry) -> tables.Two:
    known = f" · also known as {', '.join(entry.aliases)}" if entry.aliases else ""
    licence = f" · licence {entry.licence}" if entry.licence else ""
    link = tables.Link(entry.name, links.address("agency", agency=entry.agency_id))
    return tables.Two(link, f"{country(entry.country)}{licence}{known}")


def _what_now(entry: DirectoryEntry) -> str:
    """What to do while it is on hold, and whether there is a reply to read on its page."""
    if entry.band is not Band.ON_HOLD:
        return ""
    return released.ASK_FIRST + (" The agency has replied." if entry.replied else "")


def _state(licence: LicenceStatus | CaseState) -> str:
    """Under its heading one word is enough."""
    return licence.value.capitalize()


def _certificate(certificate: PublicCertificate | None, shown: bands.Mode) -> tables.Drawn | str:
    if certificate is None:
        return "not certified"
    return tables.Drawn(bands.chip(case_words.certificate_face(certificate), shown, _state(certificate.status)))


def _band(entry: LiveEntry) -> Band:
    return Band.INSUFFICIENT_EVIDENCE if entry.headline is None else entry.headline.band


def _released_glyph(entry: DirectoryEntry, shown: bands.Mode) -> tables.Two | str:
    """The range, drawn and in words; else why there is none."""
    if entry.points is None:
        return untold.TOO_FEW if entry.workers == untold.TOO_FEW else untold.NOT_ASSESSED
    low, high = entry.points.low, entry.points.high
    return tables.Two(_glyph(entry.band, low, high, None, shown), untold.steps(low, high))


def _live_glyph(entry: LiveEntry, shown: bands.Mode) -> tables.Drawn | str:
    points = None if entry.headline is None else entry.headline.points
    if points is None:
        return untold.NOT_ASSESSED
    return _glyph(_band(entry), points.low, points.high, points.mid, shown)


def _glyph(band: Band, low: float | None, high: float | None, mid: float | None, shown: bands.Mode) -> tables.Drawn:
    return tables.Drawn(charts.glyph_image(FACES[band], low, high, shown, mid))


def _heard(entry: LiveEntry) -> tuple[str, str]:
    if entry.headline is None or not entry.headline.workers:
        return "none yet", ""
    by = words.count(entry.headline.partners, "partner")
    return words.number(entry.headline.workers), f"by {by}, newest {words.day(entry.headline.newest_interview)}"
