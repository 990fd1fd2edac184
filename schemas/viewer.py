"""Who is asking. Every read behind a page takes a viewer, and the data layer answers by it."""

from schemas.codes import Role
from schemas.record import Record


class Viewer(Record):
    """A person at the door: role, organisation (a partner's code for partners), and the name acts bear."""

    role: Role
    organisation: str = ""
    actor: str = ""


PUBLIC = Viewer(role=Role.PUBLIC)
