"""Private keys: one file each, for the owner's eyes only, in a folder that is neither the database nor the repository.

This module alone reads and writes them. No private byte leaves it: not into a record, a log, a refusal or a backup.
"""

import base64
import contextlib
import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vetting.refusals import Refusal

NEW_KEY = "`python -m vetting keys rotate --actor NAME`"
FIGURES = 16  # of the fingerprint: 64 bits, enough to name a key among those we publish


class Made(NamedTuple):
    """A new key's name, its public half in base64, and where its private half lies."""

    key_id: str
    public_key: str
    path: Path


def make(folder: Path) -> Made:
    """Make a key and write its private half into `folder`. Raises Refusal when that cannot be written."""
    private = Ed25519PrivateKey.generate()
    public = _public(private)
    path = folder / f"{fingerprint(public)}.pem"
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise Refusal(f"{folder} cannot be written ({error.strerror}), so no key was made.") from None
    return Made(fingerprint(public), base64.b64encode(public).decode(), path)


def sign(folder: Path, key_id: str, text: bytes) -> str:
    """The key's signature over `text`, in base64. Raises Refusal, with what to do, when its file cannot be used."""
    return base64.b64encode(_read(folder, key_id).sign(text)).decode()


def fingerprint(public: bytes) -> str:
    """A key's name: the beginning of the SHA-256 of its 32 public bytes."""
    return hashlib.sha256(public).hexdigest()[:FIGURES]


def _read(folder: Path, key_id: str) -> Ed25519PrivateKey:
    path = folder / f"{key_id}.pem"
    mend = f"Put the file back from where you keep it safe, or make a new key with {NEW_KEY}."
    try:
        if path.stat().st_mode & 0o077:
            raise Refusal(f"Others on this machine may read {path}. Close it with `chmod 600`, then try again.")
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise Refusal(f"The private key {key_id} is not in {folder}, so nothing can be signed. {mend}") from None
    except (OSError, ValueError, TypeError):
        raise Refusal(f"{path} cannot be read as a private key, so nothing can be signed. {mend}") from None
    if not isinstance(private, Ed25519PrivateKey) or fingerprint(_public(private)) != key_id:
        raise Refusal(f"{path} holds another key than the one on record, so nothing can be signed. {mend}")
    return private


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
