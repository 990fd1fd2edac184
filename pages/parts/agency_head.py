"""Who an agency is: name, licence, other names, and three separate badges: licence, certificate, conduct."""

import streamlit as st

from pages.parts import bands, case_words, certificates, words
from pages.parts.scores import country
from schemas.agency import Agency
from schemas.case import PublicCertificate
from schemas.codes import Band, LicenceStatus


def draw(
    agency: Agency,
    licence: LicenceStatus,
    certificate: PublicCertificate | None,
    band: Band | None,
    *,
    kicker: str = "",
) -> None:
    """`licence` as it is today, whatever the register said last; `band` is None where nothing was released yet."""
    if kicker:
        st.caption(kicker)
    st.title(words.literal(agency.name), anchor=False)
    parts = [country(agency.country), f"licence {agency.licence}" if agency.licence else "no licence number known"]
    if agency.aliases:
        parts.append(f"also known as {', '.join(agency.aliases)}")
    st.caption(words.literal(" · ".join(parts)))
    badges = [bands.badge(bands.LICENCES[licence], _licence(agency, licence))]
    badges.append(bands.badge(case_words.certificate_face(certificate), _certificate(certificate)))
    badges.append(bands.conduct(band) if band else bands.badge(bands.NOT_RELEASED))
    st.markdown(" ".join(badges))
    if certificate is not None:
        certificates.files(certificate.number, public_answer=True)


def _licence(agency: Agency, licence: LicenceStatus) -> str | None:
    if licence is LicenceStatus.VALID and agency.valid_until:
        return f"Licence valid to {words.day(agency.valid_until)}"
    return None


def _certificate(certificate: PublicCertificate | None) -> str | None:
    if certificate is None or not certificate.valid:
        return None
    return f"Certified to {words.day(certificate.expires_on)}"
