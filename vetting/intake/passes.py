"""Which texts did an administrator let through although they look personal, and how is a text named without saying it?

A refused cell gets a reference: the kind of alarm and twelve characters of a keyed hash of the cell's text. A plain
hash would not do: all phone numbers of a country are tried in minutes. The key (desk.personal_key, 256 random bits made
with the store) never leaves the store, so a reference that is read aloud, mailed or kept on the trail tells nothing to
those who have only the reference. Who has the whole store has the key too; but the references kept in it are only of
texts an administrator has declared not to be personal. A slow hash (scrypt) would protect those a little more, and
make a file with many alarms impossible to check.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

PREFIX, SIGNS = "personal_", 12  # 48 bits: by chance one text in 10^14 has another's reference


@dataclass(frozen=True)
class Passes:
    """A partner's passes. Without a key nothing passes, and a refused cell has no reference."""

    key: bytes = field(default=b"", repr=False)
    references: frozenset[str] = frozenset()

    def refused(self, codes: Iterable[str], text: str) -> tuple[str, str] | None:
        """Of all alarms of a text the first that no pass lets through: its code, and what the partner may do."""
        for code in codes:
            if not self.key:
                return code, ""
            told = self.reference(code, text)
            if told not in self.references:
                return code, f" If this is a false alarm, tell an administrator the reference {told} of this cell."
        return None

    def reference(self, code: str, text: str) -> str:
        """Such as phone-4f1c9a20be77: another for each kind of alarm, so that a pass for one does not pass another."""
        digest = hmac.new(self.key, f"{code}\n{text}".encode(), hashlib.sha256).hexdigest()
        return f"{code.removeprefix(PREFIX)}-{digest[:SIGNS]}"


NO_PASSES = Passes()
