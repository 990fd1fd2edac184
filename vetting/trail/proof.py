"""Does the chain hold, and if not, which entry is the first that is wrong?

An entry is bound to the one before it, so the chain proves itself up to its end and no further: a cut end, a rewritten
newest entry and a trail rewritten from the start show only against a hash that was published elsewhere.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import duckdb

from vetting.store.connect import Cursor
from vetting.trail.chain import COLUMNS, GENESIS, digest

BATCH = 20_000  # entries held in memory at once
REMEMBERED = 1_000  # assumed: the longest run of inserted entries that is named by its first
NAMES = COLUMNS.split(", ")
# The moment as text, so that no date is too strange to be read; a row without a number comes first.
STRETCH = """
SELECT
    seq, strftime(recorded_at, '%Y-%m-%dT%H:%M:%S.%f') AS recorded_at, actor, via, action, subject, before, after,
    reason, previous_hash, hash
FROM desk.trail
WHERE seq IS NULL OR (seq > $after AND seq <= $until)
ORDER BY seq NULLS FIRST, hash
"""
NEXT = "SELECT min(seq) FROM desk.trail WHERE seq > $until"
LOWEST = -(2**63)
NO_LONGER_A_TRAIL = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.InvalidInputException,
)


class Link(NamedTuple):
    """One entry as its neighbours see it. `intact`: its content still has the hash it was written with."""

    seq: object
    recorded_at: object
    previous_hash: object
    hash: str
    intact: bool


class Proof(NamedTuple):
    """What a walk along the chain found. `head`: the hash of the last of the `entries` that hold, beginning with
    number `first`; `flaw`: the first that does not, None when all do. `after`: how many entries came after the one
    whose hash was given, None when none was given or it was not found."""

    head: str
    flaw: str | None
    entries: int = 0
    after: int | None = None
    first: int = 1


def verify(db: Cursor, expected_head: str | None = None) -> Proof:
    """Walk the whole chain, in batches. `expected_head`: the hash of an entry, as it was published."""
    try:
        return prove(_links(db), expected_head)
    except NO_LONGER_A_TRAIL:
        return Proof(GENESIS, "The trail cannot be read: its table is not the one this program made.")


def prove(links: Iterable[Link], expected_head: str | None = None, *, whole: bool = True) -> Proof:
    """Follow the links one by one. With `whole`, they have to begin with entry 1."""
    known = deque([(0, GENESIS)], maxlen=REMEMBERED)
    before: Link | None = None
    count, first, flaw = 0, 1, None
    met: int | None = None
    for link in links:
        if before is None and not whole and isinstance(link.seq, int) and link.seq > 1:
            first = link.seq
            known = deque([(first - 1, str(link.previous_hash))], maxlen=REMEMBERED)
            met = first - 1 if expected_head == link.previous_hash else None
        if flaw := _flaw(link, before, known):
            break
        before, count = link, count + 1
        known.append((first + count - 1, link.hash))
        if expected_head == link.hash:
            met = first + count - 1
    last, head = known[-1]
    if not count and expected_head == GENESIS:
        met = 0  # an empty trail, as it was
    if flaw is None and expected_head is not None and met is None:
        flaw = (
            f"The chain holds up to entry {last}, but the hash you gave is the hash of none of its entries: "
            "its end was cut off, or it was rewritten."
        )
    elif flaw is not None and met:
        flaw += f" Up to entry {met}, whose hash you gave, it holds."
    return Proof(head, flaw, count, None if met is None else last - met, first)


def _flaw(link: Link, before: Link | None, known: deque[tuple[int, str]]) -> str | None:
    """Why this entry cannot stand where it stands. `known`: numbers and hashes of those before it, oldest first."""
    last, head = known[-1]
    if type(link.seq) is not int:
        return f"What stands after entry {last} is no entry of a trail: it was inserted, or what was there was spoilt."
    if link.seq <= last:
        return f"Entry {link.seq} was inserted: there is another with its number, or it stands outside the numbering."
    if link.seq > last + 1:
        what = f"Entry {last + 1} is" if link.seq == last + 2 else f"Entries {last + 1} to {link.seq - 1} are"
        return f"{what} missing: entry {link.seq} follows {_named(last)}."
    if link.previous_hash != head:
        return _not_following(link.seq, link, known)
    if not link.intact:
        return f"Entry {link.seq} was altered after it was written."
    if before is not None and not str(link.recorded_at) > str(before.recorded_at):
        return f"Entry {link.seq} bears an earlier moment than entry {last}: it was not written in its place."
    return None


def _not_following(seq: int, link: Link, known: deque[tuple[int, str]]) -> str:
    if seq == 1:
        return "Entry 1 is not the first that was written: what came before it was removed, or it was rewritten."
    if link.previous_hash == GENESIS:
        return f"Entry {seq} says it is the first of a trail: it was inserted or moved."
    follows = next((number for number, hashed in known if hashed == link.previous_hash), None)
    if follows is None:
        return (
            f"Entry {seq} does not follow {_named(seq - 1)}: one of the two was rewritten, "
            "or an entry between them was removed."
        )
    put_in = f"Entry {seq - 1} was" if follows == seq - 2 else f"Entries {follows + 1} to {seq - 1} were"
    return f"{put_in} inserted or moved: entry {seq} was written to follow {_named(follows)}."


def _named(seq: int) -> str:
    return f"entry {seq}" if seq else "nothing"


def entries(db: Cursor, first: int = LOWEST, last: int | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Every entry from number `first` to `last`, without its hash, and that hash as it is stored; a stretch is held at
    a time. Whoever appends meanwhile only makes it longer."""
    after, until = first - 1 if first > LOWEST else LOWEST, max(first - 1, 0) + BATCH
    while last is None or after < last:
        rows = db.execute(STRETCH, {"after": after, "until": until if last is None else min(until, last)}).fetchall()
        for row in rows:
            values = dict(zip(NAMES, row, strict=True))
            yield values, values.pop("hash")
        if rows:
            after = int(rows[-1][0])
        else:
            (following,) = db.execute(NEXT, {"until": until}).fetchall()[0]
            if following is None:
                return
            after = int(following) - 1
        until = after + BATCH


def _links(db: Cursor) -> Iterator[Link]:
    for values, written in entries(db):
        intact = digest(values) == written
        yield Link(values["seq"], values["recorded_at"], values["previous_hash"], written, intact)
