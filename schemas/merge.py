"""What merging two entries of the registers would mean, told before anybody confirms it."""

from schemas.agency import Agency
from schemas.record import Record


class MergePreview(Record):
    """`files`: batches that name the entry, withdrawn ones too. `certificates`: numbers of those it ever had, which go
    along. `obstacles`: sentences that say why this merge is refused, and what to do; none means that it may be made."""

    gone: Agency
    remains: Agency
    files: int
    files_of_remaining: int
    certificates: tuple[str, ...]
    obstacles: tuple[str, ...]
