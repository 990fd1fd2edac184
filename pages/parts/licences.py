"""How a licence and a certificate are shown: in the register's rows, and as the answer to "is it real?"."""

import streamlit as st

from pages.parts import bands, case_words, charts, tables, words
from pages.parts.scores import country
from schemas.case import PublicCertificate
from schemas.release import CertificateCheck, RegisterEntry


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


def answer(found: CertificateCheck) -> None:
    """Whose certificate it is, what it covers and how it stands today."""
    held, agency = found.certificate, found.agency
    face = case_words.STATES[held.status]
    with st.container(border=True):
        st.markdown(f"{bands.badge(face)}  **{words.literal(held.number)}**")
        st.markdown(f"### {words.literal(agency.name)}")
        st.caption(f"{country(agency.country)}, licence {words.literal(agency.licence)}")
        if not held.valid:
            st.warning(f"Not valid today. {held.why}", icon=f":material/{face.icon}:")
        st.markdown(
            f"Issued {words.day(held.issued_on)} by {words.literal(held.deciding_body)}{_running(held)}. "
            f"{bands.badge(bands.LICENCES[agency.status])}"
        )
        st.caption(f"It covers: {words.literal(_scope(held))}")


def _until(held: PublicCertificate) -> str:
    return f"runs until {words.day(held.expires_on)}" if held.valid else f"since {words.day(held.since)}"


def _running(held: PublicCertificate) -> str:
    return f"; it runs until {words.day(held.expires_on)}" if held.valid else ""


def _scope(held: PublicCertificate) -> str:
    scope = held.scope
    corridors = [f"{country(corridor.origin)} to {country(corridor.destination)}" for corridor in scope.corridors]
    parts = [scope.legal_entity, *scope.sites, *corridors, *(f"sub-agent {name}" for name in scope.sub_agents)]
    return "; ".join(part for part in parts if part)
