"""What would a headline be under other weights of the principles? A question asked at a desk, never a score.

By type: neither record is a score, a headline or a released figure, and neither can be turned into text, JSON or a
dictionary, which is how everything that is stored, released or exported leaves.
"""

from typing import Any

from pydantic import model_serializer

from schemas.codes import Band
from schemas.record import Record
from schemas.robustness import Standing
from schemas.score import Range

WATERMARK = "Sandbox: not a score of the scheme"


class NeverWritten(Record):
    """May be shown, field by field, and nothing else: it becomes no dictionary, no JSON, no bytes and no text."""

    @model_serializer
    def _refuse(self) -> dict[str, Any]:
        raise TypeError(f"{WATERMARK}. It is shown on its own page and written nowhere.")

    def __reduce__(self) -> str:
        return str(self._refuse())

    def __str__(self) -> str:
        return str(self._refuse())

    def __repr__(self) -> str:
        return f"<{WATERMARK}>"


class WouldBe(NeverWritten):
    """A headline that nobody was given, and how much of the weight workers assessed (0 to 1)."""

    band: Band
    points: Range | None
    worker_coverage: float


class Sandbox(NeverWritten):
    """One agency's headline under chosen weights, beside the official one. `weights` by principle, out of 100;
    `given`: what their sum was before; `scheme`: they are the scheme's own, and nothing changes."""

    about: str
    name: str
    official: Standing
    official_coverage: float
    would_be: WouldBe
    weights: dict[str, float]
    given: float
    scheme: bool
