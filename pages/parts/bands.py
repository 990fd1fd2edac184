"""How a band looks: a word, an icon and a colour, always together, readable in both modes and in greyscale.

The colours of words and of their ground are the theme's (`.streamlit/config.toml` names them for badges); the same
values stand here for what Streamlit does not colour by itself: figures, glyphs and tables. A test keeps them equal.
"""

from html import escape
from typing import Literal, NamedTuple

from schemas.codes import Band, BandReason, LicenceStatus

Mode = Literal["light", "dark"]
Hue = Literal["green", "blue", "orange", "red", "gray"]


class Ink(NamedTuple):
    """One hue in one mode: `mark` for dots and bars (3:1 on the page), `word` on `ground` (4.5:1)."""

    mark: str
    word: str
    ground: str


class Face(NamedTuple):
    """`short` stands where there is room for one sign only, beside a legend."""

    word: str
    icon: str
    hue: Hue
    short: str


INKS: dict[Mode, dict[Hue, Ink]] = {
    "light": {
        "green": Ink("#1B7F5C", "#14634A", "#E3F2EB"),
        "blue": Ink("#2F6DA8", "#24578A", "#E5EFF8"),
        "orange": Ink("#B7791F", "#7A4F0E", "#FBF0DC"),
        "red": Ink("#B3261E", "#9A1F18", "#FBE8E6"),
        "gray": Ink("#6B7780", "#4B5963", "#ECEFF1"),
    },
    "dark": {
        "green": Ink("#58C49A", "#86DDBB", "#14352A"),
        "blue": Ink("#7DB4E8", "#A9CFF3", "#17324D"),
        "orange": Ink("#E3B25F", "#F0CB8A", "#3B2D13"),
        "red": Ink("#F28B83", "#F8B1AB", "#471E1B"),
        "gray": Ink("#9FADB7", "#C0CBD2", "#2A363F"),
    },
}

# Shapes differ, so that bands can be told apart without colour: tick, half circle, triangle, hand, question.
FACES: dict[Band, Face] = {
    Band.STRONG: Face("Strong", "check_circle", "green", "S"),
    Band.FAIR: Face("Fair", "contrast", "blue", "F"),
    Band.WEAK: Face("Weak", "warning", "orange", "W"),
    Band.ON_HOLD: Face("On hold: reports under review", "front_hand", "red", "H"),
    Band.INSUFFICIENT_EVIDENCE: Face("Not enough evidence", "help", "gray", "?"),
}

REASONS: dict[BandReason, str] = {
    BandReason.TOO_FEW_WORKERS: "Fewer than 10 workers have been heard.",
    BandReason.LOW_COVERAGE: "Workers have not yet been heard on enough of the standard.",
    BandReason.GATE_IN_DOUBT: "Some workers report what would stop an agency: too few to be sure, too many to ignore.",
    BandReason.RANGE_TOO_WIDE: "What has been heard leaves too wide a range to name a band.",
}

LICENCES: dict[LicenceStatus, Face] = {
    LicenceStatus.VALID: Face("Licence valid", "badge", "green", ""),
    LicenceStatus.SUSPENDED: Face("Licence suspended", "pause_circle", "red", ""),
    LicenceStatus.CANCELLED: Face("Licence cancelled", "cancel", "red", ""),
    LicenceStatus.EXPIRED: Face("Licence expired", "event_busy", "red", ""),
    LicenceStatus.UNKNOWN: Face("Licence not known", "help", "gray", ""),
}

NOT_RELEASED = Face("Conduct: nothing released yet", "hourglass_empty", "gray", "")


def word(band: Band) -> str:
    return FACES[band].word


def badge(face: Face, text: str | None = None) -> str:
    """Markdown for a badge; `text` says more than the face's own word does."""
    return f":{face.hue}-badge[:material/{face.icon}: {text or face.word}]"


def conduct(band: Band) -> str:
    """The badge of the third of three separate questions: licence, certificate, conduct."""
    return badge(FACES[band], f"Conduct: {FACES[band].word[0].lower()}{FACES[band].word[1:]}")


def chip(face: Face, mode: Mode, text: str | None = None) -> str:
    """HTML of the same badge, for tables. The icon's name is not read aloud."""
    ink = INKS[mode][face.hue]
    icon = (
        "<span aria-hidden='true' style=\"font-family:'Material Symbols Rounded';font-size:1.05em;line-height:1;"
        f'vertical-align:-.15em;margin-right:.25em;display:inline-block;width:1em;overflow:hidden">{face.icon}</span>'
    )
    said = text or face.word
    kept = "" if " " in said else "white-space:nowrap;"  # an icon does not stand on a line above its only word
    return (
        f'<span style="background:{ink.ground};color:{ink.word};border-radius:.25rem;padding:.1rem .4rem;{kept}'
        f'display:inline-block;max-width:100%">{icon}{escape(said)}</span>'
    )
