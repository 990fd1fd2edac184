"""A certificate on paper: what was signed, set by typst on one A4 page, the same bytes for the same certificate.

Everything on it comes from the signed document and goes to the template as data, never as markup. It is PDF/A-3: made
to be kept, readable aloud, every letter with its glyph, and with the signed file attached.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from schemas.certificate import Signed
from schemas.lookup import countries, sectors
from schemas.standard import load_standard
from vetting.certification.signing import as_file
from vetting.refusals import Refusal

FOLDER = Path(__file__).parent
KEPT = 64  # certificates typeset lately; assumed: more than are asked for at one time
LONGEST_WORD = 28  # letters, beyond which a Latin word may be broken anywhere; assumed: longer than any real one
ZERO_WIDTH_SPACE = "\u200b"


@lru_cache(maxsize=KEPT)
def as_pdf(signed: Signed) -> bytes:
    """The certificate as a PDF. Raises Refusal when a name is in a script that we have no letters for."""
    told = {"certificate": json.dumps(_told(signed), ensure_ascii=False), "file": as_file(signed).decode()}
    try:
        return typst.compile(
            FOLDER / "certificate.typ",
            root=FOLDER,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=told,
            pdf_standards=["a-3a"],
        )
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        raise Refusal(
            "A name on this certificate is in a script that our letters for print do not cover, so there is no PDF of "
            "it. The signed file (JSON) is the certificate all the same."
        ) from None


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])


def _told(signed: Signed) -> dict[str, Any]:
    """The words on the page, in the order in which they are read."""
    said = json.loads(signed.document)
    agency, issued = said["agency"], date.fromisoformat(said["issued_on"])
    return {
        "sample": bool(said.get("sample")),
        "body": _breakable(said["deciding_body"]),
        "name": _breakable(agency["name"]),
        "licence": _breakable(f"Licence {agency['licence']}, {_country(agency['country'])}"),
        "standard": _standard(said["standard"]["id"]),
        "scope": [[label, list(map(_breakable, lines))] for label, lines in _scope(said["scope"])],
        "number": said["number"],
        "issued": {"year": issued.year, "month": issued.month, "day": issued.day},
        "from": _day(issued),
        "until": _day(date.fromisoformat(said["expires_on"])),
        "check": said["check"],
        "address": said["check"].partition("://")[2],
        "qr": segno.make_qr(said["check"], error="m").svg_inline(border=0, dark="#1b2a33"),
        "key": said["key_id"],
        "signature": f"{signed.signature[:24]}…",
    }


def _scope(scope: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """What it covers, part by part; what was not said is said to be so."""
    corridors = [f"{_country(each['origin'])} to {_country(each['destination'])}" for each in scope["corridors"]]
    known = sectors()
    covered = [known[code].title if code in known else str(code) for code in scope.get("sectors", ())]
    return [
        ("Legal entity", [scope["legal_entity"]]),
        ("Sites", list(scope["sites"])),
        ("Corridors", corridors),
        ("Sectors", covered or ["not stated"]),
        ("Sub-agents", list(scope["sub_agents"]) or ["none named, so none covered"]),
    ]


def _standard(standard: str) -> str:
    return load_standard(standard).title


def _country(code: str) -> str:
    known = countries().get(code)
    return known.name if known else code


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _breakable(text: str) -> str:
    """A word no line could hold may be broken anywhere. Scripts without spaces know their own places."""
    long = re.compile(rf"[A-Za-z0-9_/.@-]{{{LONGEST_WORD},}}")
    return long.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), text)
