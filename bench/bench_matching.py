"""How long does it take to read 5,000 unknown spellings against a register of 20,000 agencies?

Run by `make bench`. Beside it: rapidfuzz's own table of the same names, which is the least any search over all must do,
and a file of the same size whose agencies are all known.
"""

import argparse
import random
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from schemas.agency import Agency
from schemas.codes import LicenceStatus
from vetting.intake.agencies import Register, Said

SYLLABLES = "ka ra mi no ta shu be la go pre di su han jo wa ri ne po ma thi ku bo sa len dar".split()  # noqa: SIM905
FIELD = ("Overseas", "International", "Manpower", "Recruitment Services", "Employment Agency")
LEGAL = ("Pvt. Ltd.", "Ltd", "Sdn Bhd", "LLC", "")
SEED = 20261122
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=20_000)
    parser.add_argument("--spellings", type=int, default=5_000)
    told, _ = parser.parse_known_args()
    draw = random.Random(SEED)
    words = ["".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3, 3, 4)))).title() for _ in range(4_000)]
    names = [
        f"{draw.choice(words)} {draw.choice(words)} {draw.choice(FIELD)} {draw.choice(LEGAL)}".strip()
        for _ in range(told.agencies)
    ]
    register = [
        Agency(agency_id=str(n), register="x", licence=str(n), name=name, country="NPL", status=LicenceStatus.VALID)
        for n, name in enumerate(names)
    ]
    unknown = {str(n): Said(None, _misspelt(draw, draw.choice(names)), {"NPL"}) for n in range(told.spellings)}
    known = {str(n): Said(str(n % told.agencies), "x", {"NPL"}) for n in range(told.spellings)}
    matched = _timed("unknown spellings", lambda: Register(register).match_all(unknown, {}))
    _timed("known licences", lambda: Register(register).match_all(known, {}))
    texts = [str(said.name) for said in unknown.values()]
    _timed("rapidfuzz's table alone", lambda: [
        process.cdist(texts[start : start + 512], names, scorer=fuzz.ratio, dtype=np.uint8, workers=-1)
        for start in range(0, len(texts), 512)
    ])  # fmt: skip
    taken = sum(meaning.value is not None for meaning in matched.meanings.values())
    print(f"matching: {told.spellings} spellings, {told.agencies} agencies, {taken} read without asking")


def _misspelt(draw: random.Random, name: str) -> str:
    for _ in range(2):
        place = draw.randrange(len(name) - 1)
        name = name[:place] + draw.choice("abcdefghij") + name[place + 1 :]
    return name


def _timed(title: str, work: Callable[[], T]) -> T:
    began, cpu = time.perf_counter(), time.process_time()
    done = work()
    print(f"matching: {title}: {time.perf_counter() - began:.1f} s ({time.process_time() - cpu:.1f} s of processor)")
    return done


if __name__ == "__main__":
    main()
