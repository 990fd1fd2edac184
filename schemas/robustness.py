"""How firm is a score? Its headline without one partner and under other weights, and answers by channel."""

from schemas.codes import Band, BandReason, Channel
from schemas.record import Record
from schemas.score import Range


class Standing(Record):
    """A headline as it would be: its band, why there is none, and its range (None while nothing is assessed)."""

    band: Band
    band_reason: BandReason | None
    points: Range | None


class LeftOut(Record):
    """One agency's headline as if this partner had reported nothing. `heard`: the partner's workers; `workers`: those
    that remain; `lowers`: the band would be lower."""

    partner: str
    name: str
    heard: int
    workers: int
    without: Standing
    lowers: bool


class DrawnBand(Record):
    """In how many draws the headline has this band."""

    band: Band
    draws: int


class OtherWeights(Record):
    """One agency's headline in `draws` draws of the principles' weights. `held` of them keep the band of the score;
    `bands` counts all, the most frequent first. `middle`: where the middle of the headline lies in 95 of 100 draws,
    around their median, in points; None while nothing is assessed."""

    draws: int
    held: int
    bands: tuple[DrawnBand, ...]
    middle: Range | None


class ChannelShare(Record):
    """Of the `n` workers whose answer to an indicator was given by this channel, `k` answered adversely. Shares run
    from 0 to 1 with their 95 % range; None where fewer than the standard's minimum were heard."""

    indicator: str
    channel: Channel
    n: int
    k: int
    share: float | None
    low: float | None
    high: float | None


class Firmness(Record):
    """Beside the score of one agency, for reviewers: nothing in it changes the score."""

    agency_id: str
    official: Standing
    left_out: tuple[LeftOut, ...]
    weights: OtherWeights
    channels: tuple[ChannelShare, ...]

    @property
    def rests_on(self) -> tuple[LeftOut, ...]:
        """The partners without any one of whom the band would be lower."""
        return tuple(each for each in self.left_out if each.lowers)
