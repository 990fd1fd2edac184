"""Is this certificate real? Where people ask it, the one answer, and the certificate itself to take away."""

import streamlit as st

from pages.parts import bands, forms, links, session, words
from pages.parts.bands import Face
from pages.parts.scores import country
from schemas.case import PublicCertificate
from schemas.certificate import CertificateCheck, CheckWord
from vetting.certification.check import LONGEST, check_certificate
from vetting.certification.paper import as_pdf
from vetting.certification.public import signed_certificate
from vetting.certification.signing import as_file
from vetting.disclosure.register import register_entry
from vetting.refusals import NotFound, Refusal

ANSWERS: dict[CheckWord, Face] = {
    CheckWord.VALID: Face("Valid", "verified", "green", ""),
    CheckWord.SUSPENDED: Face("Suspended", "pause_circle", "red", ""),
    CheckWord.WITHDRAWN: Face("Withdrawn", "cancel", "red", ""),
    CheckWord.EXPIRED: Face("Expired", "event_busy", "gray", ""),
    CheckWord.ALTERED: Face("Altered", "gpp_bad", "red", ""),
    CheckWord.UNKNOWN: Face("Unknown", "help", "gray", ""),
}
LONGEST_LINK = 300  # characters; a certificate's own has about 60


def came_with_one() -> bool:
    """Whether this visit began with a link to a certificate, as the code on it is: then the answer comes first."""
    if session.recall("came_with_one") is None:
        session.keep("came_with_one", links.asked("certificate", r".{1,300}") is not None)
    return bool(session.recall("came_with_one"))


def ask() -> None:
    """Take a number, a link or the file, and answer as of now. A link may bring the number along."""
    said = st.text_input(
        "Its number, or the link in its code",
        key="certificate",
        bind="query-params",
        max_chars=LONGEST_LINK,
        placeholder="FP-2026-0001",
        icon=":material/verified:",
    )
    file = _file()
    if not (file or (said or "").strip()):
        st.caption("The answer is how the certificate stands today, on the register and not on paper.")
        return
    db, viewer, today = session.db(), session.viewer(), session.today()
    _answer(check_certificate(db, viewer, file or said or "", today=today))


def files(number: str, *, public_answer: bool = False) -> None:
    """The certificate as PDF and as signed file, for anybody; one older than signing has neither, and says so.

    `public_answer`: with the way to what everybody is told of it.
    """
    try:
        signed = signed_certificate(session.db(), session.viewer(), number)
    except NotFound as refusal:
        st.caption(str(refusal))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        try:
            _download(f"{number}.pdf", "Certificate (PDF)", as_pdf(signed), "application/pdf", "picture_as_pdf")
        except Refusal as refusal:
            st.caption(str(refusal))
        _download(f"{number}.json", "Signed file (JSON)", as_file(signed), "application/json", "data_object")
        if public_answer:
            links.to(
                "register", "What everybody is told of it", icon=links.WINDOWS["register"].icon, certificate=number
            )


def _file() -> str | bytes:
    with st.expander("Or check the file of a certificate", icon=":material/upload_file:"):
        st.write("Its signed file (JSON) must say exactly what was issued. Choose it, or paste what is in it.")
        sent = st.file_uploader("The file", type="json", max_upload_size=1, key="certificate_file")
        pasted = st.text_area("What is in the file", max_chars=LONGEST, height=100, key="certificate_text")
    return sent.getvalue() if sent else (pasted or "").strip()


def _answer(found: CertificateCheck) -> None:
    """Exactly one of six words, why, and whose certificate it is."""
    face, held = ANSWERS[found.answer], found.certificate
    with st.container(border=True):
        number = f" {words.literal(found.number)}" if found.number else ""
        st.markdown(f"### {bands.badge(face)}{number}")
        st.caption(f"As of {words.day(found.as_of)}.")
        if found.answer is not CheckWord.VALID:
            st.warning(words.literal(found.why), icon=f":material/{face.icon}:")
        if found.differs:
            st.markdown(f"It differs from what was issued in {words.listed(list(found.differs), 'and')}.")
        if held is not None:
            _whose(found, held)


def _whose(found: CertificateCheck, held: PublicCertificate) -> None:
    agency = register_entry(session.db(), session.viewer(), held.agency_id, today=found.as_of)
    if found.answer is CheckWord.ALTERED:
        st.markdown("**What was issued under this number:**")
    st.markdown(f"#### {words.literal(agency.name)}")
    st.caption(f"{country(agency.country)}, licence {words.literal(agency.licence)}")
    st.markdown(
        f"Issued {words.day(held.issued_on)} by {words.literal(held.deciding_body)}{_running(held)}. "
        f"{bands.badge(bands.LICENCES[agency.status])}"
    )
    st.caption(f"It covers: {words.literal(_scope(held))}")
    files(held.number)


def _running(held: PublicCertificate) -> str:
    return f"; it runs until {words.day(held.expires_on)}" if held.valid else ""


def _scope(held: PublicCertificate) -> str:
    scope = held.scope
    corridors = [f"{country(corridor.origin)} to {country(corridor.destination)}" for corridor in scope.corridors]
    fields = [words.sector(code) for code in scope.sectors]
    parts = [
        scope.legal_entity, *scope.sites, *corridors, *fields, *(f"sub-agent {name}" for name in scope.sub_agents)
    ]  # fmt: skip
    return "; ".join(part for part in parts if part)


def _download(name: str, label: str, data: bytes, kind: str, icon: str) -> None:
    key = forms.fresh(f"download_{name}")
    st.download_button(label, data, name, kind, icon=f":material/{icon}:", key=key, on_click="ignore")
