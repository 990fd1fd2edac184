"""Which keys sign certificates: made new, retired by the next, declared compromised. Public halves are on record."""

import base64
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.certificate import PublicKeys, SigningKey
from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification import key_files
from vetting.certification.key_files import NEW_KEY
from vetting.certification.reviewers import require_reason
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor, Moment, Store, act
from vetting.store.signing_keys import fetch_keys, insert_compromise, insert_key


def rotate_key(store: Store, viewer: Viewer, *, via: Via, now: datetime) -> SigningKey:
    """Make a new key and sign with it from now on. Older keys are retired: what they signed goes on to verify.

    The private half is written first, so that a key on record has its file.
    """
    require(viewer, Role.ADMIN)
    made = key_files.make(store.keys)

    def deed(moment: Moment) -> tuple[Entry, SigningKey]:
        before = fetch_keys(moment.db)
        said = {"key_id": made.key_id, "public_key": made.public_key}
        insert_key(moment.db, **said, actor=viewer.actor, recorded_at=moment.recorded_at)
        was = {"key_id": before[-1].key_id} if before else None
        return Entry(action=Action.KEY_ROTATE, subject=made.key_id, before=was, after=said), fetch_keys(moment.db)[-1]

    try:
        return act(store, deed, actor=viewer.actor, via=via, now=now)
    except BaseException:
        made.path.unlink(missing_ok=True)
        raise


def declare_compromised(
    store: Store, viewer: Viewer, key_id: str, since: datetime, reason: str, *, via: Via, now: datetime
) -> SigningKey:
    """Somebody else may have signed with this key from `since` (UTC) on: nothing is signed with it any more.

    Certificates keep their standing, because a check compares a file with what the register holds. They are to be
    signed anew all the same (`sign_anew`): whoever verifies offline can no longer rely on this key.
    """
    require(viewer, Role.ADMIN)
    reason = require_reason(reason)
    if since > now:
        raise Refusal("A key is compromised from a moment that has passed.")

    def deed(moment: Moment) -> tuple[Entry, SigningKey]:
        if _require_key(moment.db, key_id).compromised_from is not None:
            raise Refusal(f"The key {key_id} has been declared compromised already.")
        said = {"key_id": key_id, "reason": reason, "actor": viewer.actor}
        insert_compromise(moment.db, **said, since=since, recorded_at=moment.recorded_at)
        entry = Entry(action=Action.KEY_COMPROMISE, subject=key_id, after={"since": since}, reason=reason)
        return entry, _require_key(moment.db, key_id)

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def key_in_use(db: Cursor) -> SigningKey:
    """The key that signs now. Raises Refusal, with what to do, when there is none to rely on."""
    keys = fetch_keys(db)
    if not keys:
        raise Refusal(f"There is no key to sign certificates with. An administrator makes one with {NEW_KEY}.")
    if keys[-1].compromised_from is not None:
        raise Refusal(
            f"The key {keys[-1].key_id} has been declared compromised and signs nothing any more. An administrator "
            f"makes a new one with {NEW_KEY}."
        )
    return keys[-1]


def verifies(key: SigningKey, text: bytes, signature: str) -> bool:
    """Whether this is the key's signature over exactly this text."""
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key)).verify(raw, text)
    except (ValueError, InvalidSignature):
        return False
    return True


def public_keys(db: Cursor) -> PublicKeys:
    """Every public key, for everybody."""
    return PublicKeys(keys=tuple(fetch_keys(db)))


def _require_key(db: Cursor, key_id: str) -> SigningKey:
    for key in fetch_keys(db):
        if key.key_id == key_id:
            return key
    raise NotFound(f"There is no key {key_id!r}. `keys list` shows which there are.")
