"""How long work says how far it is: progress(done, total or None while it is not known, a sentence or None)."""

from collections.abc import Callable

Progress = Callable[[int, int | None, str | None], None]


def silent(done: int, total: int | None = None, message: str | None = None) -> None:
    """Nobody is watching."""
