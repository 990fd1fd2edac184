"""Is this certificate real? A number, a link or the certificate's own file, answered as of today, for everybody.

A number says which certificate is meant; its standing is the register's. A file must say, besides, exactly what was
signed: it is compared with what the register holds, so that not even a stolen key makes one that passes.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from schemas.case import PublicCertificate
from schemas.certificate import STANDING, CertificateCheck, CheckWord, Signed
from schemas.viewer import Viewer
from vetting.certification.canonical import canonical
from vetting.certification.keys import verifies
from vetting.certification.public import find_certificate
from vetting.store import Cursor
from vetting.store.certificates import fetch_signed
from vetting.store.signing_keys import fetch_keys

LONGEST = 64 * 1024  # bytes of what may be checked; assumed: a certificate's file has about 2 kB
NUMBER = re.compile(r"FP[\s_-]{0,3}(\d{4})[\s_-]{0,3}(\d{4,9})(?!\d)", re.ASCII)
BRACES = frozenset("{}")
WORDS = {
    "form": "the form of the document",
    "sample": "that it is a sample",
    "number": "the number",
    "agency.name": "the agency's name",
    "agency.licence": "the agency's licence",
    "agency.register": "the register of the licence",
    "agency.country": "the agency's country",
    "scope.legal_entity": "the legal entity",
    "scope.sites": "the sites",
    "scope.corridors": "the corridors",
    "scope.sectors": "the sectors",
    "scope.sub_agents": "the sub-agents",
    "issued_on": "the day of issue",
    "expires_on": "the day it runs until",
    "deciding_body": "the body that decided",
    "standard.id": "the standard",
    "standard.hash": "the standard's wording",
    "check": "the address to check it at",
    "key_id": "the key it is signed with",
    "signed_at": "the moment it was signed",
}
ADDED, BROKEN = "something that was not issued", "the signature"


def check_certificate(db: Cursor, viewer: Viewer, said: str | bytes, *, today: date) -> CertificateCheck:
    """The one answer to what somebody holds: valid, suspended, withdrawn, expired, altered or unknown. For everybody.

    `said`: a certificate's number, a text or link that has one in it, or the certificate's file (JSON).
    """
    text = _as_text(said)
    if text is None or len(text) > LONGEST:
        return _unknown(today, None, "This is no certificate of ours: we cannot read it.")
    if not text.strip():
        return _unknown(today, None, "Give the number that stands on the certificate, such as FP-2026-0001.")
    if not BRACES.isdisjoint(text):  # a number or a link has none, and a damaged file is no number
        try:
            return _check_file(db, viewer, text, today)
        except RecursionError:  # nested as deep as no certificate is
            return _unreadable(db, viewer, text, today)
    numbers = numbers_in(text)
    if not numbers:
        return _unknown(today, None, "There is no certificate's number in this. One looks like FP-2026-0001.")
    if len(numbers) > 1:
        return _unknown(today, None, "This names more than one certificate. Check them one by one.")
    return _by_number(db, viewer, numbers[0], today)


def numbers_in(text: str) -> list[str]:
    """The different certificate numbers in a text, however they are typed."""
    plain = "".join("-" if unicodedata.category(each) == "Pd" else each for each in unicodedata.normalize("NFKC", text))
    return list(dict.fromkeys(f"FP-{year}-{place}" for year, place in NUMBER.findall(plain.upper())))


def _by_number(db: Cursor, viewer: Viewer, number: str, today: date) -> CertificateCheck:
    certificate = find_certificate(db, viewer, number, today)
    if certificate is None:
        return _unknown(
            today,
            number,
            f"No certificate has the number {number}. Compare it with the certificate: if it is the same, the "
            "certificate is not from here.",
        )
    return _standing(certificate, fetch_signed(db, number), today)


def _check_file(db: Cursor, viewer: Viewer, text: str, today: date) -> CertificateCheck:
    try:
        file = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
        said, signature = file.get("certificate"), file.get("signature")
        number = said.get("number")
    except (ValueError, AttributeError):
        return _unreadable(db, viewer, text, today)
    meant = numbers_in(number) if isinstance(number, str) else []
    if len(meant) != 1:
        return _unknown(today, None, "This file names no certificate of ours.")
    found, ours = _by_number(db, viewer, meant[0], today), _is_signed(db, said, signature)
    if found.certificate is None:
        why = f"It is signed with a key of ours, but no certificate in the register has the number {found.number}."
        return found.model_copy(update={"why": why}) if ours else found
    signings = fetch_signed(db, meant[0])
    if not signings:
        return _altered(found, (), "It was issued before certificates were signed, so no signed file of it is ours.")
    nearest = min(signings, key=lambda each: len(list(_differences(said, json.loads(each.document)))))
    differs = [*_differences(said, json.loads(nearest.document))]
    if set(file) - {"certificate", "signature"}:
        differs.append(ADDED)
    if not differs and not ours:
        differs.append(BROKEN)
    if not differs:
        return found.model_copy(update={"why": found.why + _of_key(db, nearest)})
    signed = " Its signature is one of ours, but the register holds something else under this number." if ours else ""
    return _altered(found, tuple(dict.fromkeys(differs)), f"It is not what was issued as {found.number}.{signed}")


def _standing(certificate: PublicCertificate, signings: list[Signed], today: date) -> CertificateCheck:
    return CertificateCheck(
        answer=STANDING[certificate.status],
        why=certificate.why,
        as_of=today,
        number=certificate.number,
        certificate=certificate,
        issued=signings[-1].document if signings else None,
    )


def _unreadable(db: Cursor, viewer: Viewer, text: str, today: date) -> CertificateCheck:
    """A file that is broken is not what we issued, whatever number stands in it."""
    for number in numbers_in(text)[:1]:
        found = _by_number(db, viewer, number, today)
        if found.certificate is not None:
            return _altered(found, (), f"It can no longer be read as the file that was issued as {number}.")
    return _unknown(today, None, "This is no certificate of ours: it cannot be read as one.")


def _altered(found: CertificateCheck, differs: tuple[str, ...], why: str) -> CertificateCheck:
    return found.model_copy(update={"answer": CheckWord.ALTERED, "why": why, "differs": differs})


def _unknown(today: date, number: str | None, why: str) -> CertificateCheck:
    return CertificateCheck(answer=CheckWord.UNKNOWN, why=why, as_of=today, number=number)


def _is_signed(db: Cursor, said: Any, signature: Any) -> bool:
    """Whether one of our keys has signed exactly this."""
    try:
        text = canonical(said)
    except ValueError:
        return False
    return isinstance(signature, str) and any(
        verifies(key, text, signature) for key in fetch_keys(db) if key.key_id == said.get("key_id")
    )


def _of_key(db: Cursor, signed: Signed) -> str:
    compromised = {key.key_id for key in fetch_keys(db) if key.compromised_from is not None}
    if signed.key_id not in compromised:
        return ""
    return " The key it was signed with has been declared compromised since: take the newest file from here."


def _differences(said: Mapping[str, Any], issued: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Where the two differ, in words; what was never issued has no name of ours."""
    for name in issued:
        path = f"{above}{name}"
        if isinstance(issued[name], dict) and isinstance(said.get(name), dict):
            yield from _differences(said[name], issued[name], f"{path}.")
        elif name not in said or _text(said[name]) != _text(issued[name]):
            yield WORDS.get(path, path)
    if set(said) - set(issued):
        yield ADDED


def _text(value: Any) -> str:
    """Tells 1 from true and from 1.0, as Python's own comparison does not."""
    return json.dumps(value, sort_keys=True)


def _as_text(said: str | bytes) -> str | None:
    try:
        text = said if isinstance(said, str) else said.decode("utf-8")
        return text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would be read differently by different readers."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
