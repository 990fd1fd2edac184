"""What a person is told when an act or a question is refused: what is wrong, and what to do."""

from collections.abc import Sequence


class Refusal(Exception):
    """A rule refuses. The message is shown to the person as it stands, so it says what is wrong and what to do."""


class NotPermitted(Refusal):
    """The viewer's role does not allow this."""


class NotFound(Refusal):
    """The thing asked for is not there (or is not for this viewer to know of)."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing first."""


class OnGrounds(Refusal):
    """As things stand the act may not be, whoever asks how: the attempt itself is kept on the trail.

    `obstacles`: each reason as the trail keeps it; by default the message alone.
    """

    def __init__(self, message: str, obstacles: Sequence[str] | None = None) -> None:
        super().__init__(message)
        self.obstacles: tuple[str, ...] = (message,) if obstacles is None else tuple(obstacles)


class Purged(Refusal):
    """Rows behind this answer were deleted, and the answer was not kept."""
