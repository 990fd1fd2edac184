"""A certificate is issued as a signed document: the canonical JSON of what everybody may read, and a signature over it.

Its form, and how to check one without us, is in docs/certificate.md.
"""

import json
from datetime import datetime
from typing import Any

from schemas.case import Certificate
from schemas.certificate import Signed, SigningKey
from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification import key_files
from vetting.certification.canonical import canonical
from vetting.certification.keys import key_in_use
from vetting.disclosure.roles import require
from vetting.refusals import Refusal
from vetting.store import Cursor, Moment, Store, act
from vetting.store.act import NothingNew
from vetting.store.agencies import fetch_agency
from vetting.store.certificates import fetch_certificates, fetch_signed, insert_certificate, insert_signed
from vetting.store.settings import fetch_settings
from vetting.store.signing_keys import fetch_keys

FORM = "fair-passage-certificate-1"  # another form of the document bears another number


def issue(store: Store, moment: Moment, certificate: Certificate) -> Signed:
    """Write a certificate down and sign it, within the act that decides it. Raises Refusal, and nothing is issued,
    when there is no key or no public address."""
    signed = _signed(store, moment, certificate, key_in_use(moment.db))
    insert_certificate(moment.db, certificate)
    insert_signed(moment.db, signed)
    return signed


def sign_anew(store: Store, viewer: Viewer, *, via: Via, now: datetime) -> list[Signed]:
    """Sign, with the key in use, every certificate that has no signature to rely on: one older than signing, or one
    whose newest signature is a compromised key's. What was signed before is kept beside it."""
    require(viewer, Role.ADMIN)

    def deed(moment: Moment) -> tuple[Entry, list[Signed]]:
        reliable = {key.key_id for key in fetch_keys(moment.db) if key.compromised_from is None}
        newest = {each.number: each for each in fetch_signed(moment.db)}
        due = [
            each
            for each in fetch_certificates(moment.db)
            if each.number not in newest or newest[each.number].key_id not in reliable
        ]
        if not due:
            raise NothingNew([])
        key = key_in_use(moment.db)
        done = [_signed(store, moment, each, key) for each in due]
        for signed in done:
            insert_signed(moment.db, signed)
        said = {"signatures": {each.number: each.signature for each in done}}
        return Entry(action=Action.CERTIFICATES_SIGN, subject=key.key_id, after=said), done

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def as_file(signed: Signed) -> bytes:
    """The certificate as a file for anybody: indented, which changes nothing in what was signed."""
    whole = {"certificate": json.loads(signed.document), "signature": signed.signature}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def check_address(db: Cursor, number: str) -> str:
    """Where everybody may check this certificate. Raises Refusal while the setting `public_address` is empty."""
    public = fetch_settings(db).public_address
    if not public:
        raise Refusal(
            "A certificate says where it can be checked, and that address is not set. An administrator sets it with "
            "`python -m vetting settings set public_address https://register.example.org`."
        )
    return f"{public.rstrip('/')}/check/{number}"


def _signed(store: Store, moment: Moment, certificate: Certificate, key: SigningKey) -> Signed:
    text = canonical(_document(moment, certificate, key))
    return Signed(
        number=certificate.number,
        recorded_at=moment.recorded_at,
        key_id=key.key_id,
        document=text.decode(),
        signature=key_files.sign(store.keys, key.key_id, text),
    )


def _document(moment: Moment, certificate: Certificate, key: SigningKey) -> dict[str, Any]:
    """What is signed. The agency as the register knew it when the certificate was issued; no reviewer's
    name. One of the sample country says so."""
    agency = fetch_agency(moment.db, certificate.agency_id, certificate.recorded_at)
    sample = {"sample": True} if fetch_settings(moment.db).sample else {}
    return sample | {
        "form": FORM,
        "number": certificate.number,
        "agency": agency.model_dump(mode="json", include={"name", "licence", "register", "country"}),
        "scope": certificate.scope.model_dump(mode="json"),
        "issued_on": certificate.issued_on.isoformat(),
        "expires_on": certificate.expires_on.isoformat(),
        "deciding_body": certificate.deciding_body,
        "standard": {"id": certificate.standard, "hash": certificate.standard_hash},
        "check": check_address(moment.db, certificate.number),
        "key_id": key.key_id,
        "signed_at": f"{moment.recorded_at.isoformat(timespec='seconds')}Z",
    }
