"""One JSON text for one content, so that a signature over it can be checked by anybody.

The rule is RFC 8785 (JSON Canonicalization Scheme) for the JSON that certificates use: names in ASCII and sorted, no
spaces, UTF-8, only the escapes that JSON asks for, and no number but whole ones that a double holds exactly.
"""

import json
from typing import Any

LARGEST = 2**53 - 1  # RFC 8785 writes numbers as doubles, and beyond this two of them may be one


def canonical(value: Any) -> bytes:
    """The canonical text. Raises ValueError for what has none here: a float, a name outside ASCII, half a character."""
    _check(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            if not (isinstance(name, str) and name.isascii()):
                raise ValueError("a name is ASCII text")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, float):
        raise ValueError("numbers are whole")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("this number is too large to be exact everywhere")
    elif not (value is None or isinstance(value, str | int)):
        raise ValueError(f"{type(value).__name__} has no form in JSON")
