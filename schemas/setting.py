"""The settings of one installation."""

from schemas.record import Record


class Settings(Record):
    """`operating_body` decides certificates and is named on each; `time_zone` says when a day begins (IANA name).

    `sample` is true of a store filled with the invented sample country, which every page then says.
    """

    operating_body: str = "The operating body (not yet named)"
    time_zone: str = "UTC"
    sample: bool = False
