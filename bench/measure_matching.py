"""How often is an agency's name matched rightly, wrongly, or asked about? On labelled spellings of real firms.

    python -m bench.measure_matching [--spellings bench/us_recruiter_spellings.csv] [--beside FILE.csv:COLUMN ...]

`spelling,firm,source,evidence` is the labelled file. Each other file is a register whose names are all of different
firms: they stand beside the labelled ones as look-alikes, and each of them is asked about in a register without it.
How the labels were made, and what came out: docs/matching.md.
"""

import argparse
import csv
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import JaroWinkler
from scipy.stats import binomtest

from vetting.intake.likeness import take_apart
from vetting.intake.lookalikes import AHEAD, SURE, Found, Lookalikes, Spelling
from vetting.names import fold_name

LABELS = Path(__file__).parent / "us_recruiter_spellings.csv"
WANTED = 0.98  # of what is taken without asking, so much must be right: docs/matching.md
DRAWS, SEED = 2000, 20261122
# What a sister firm's name has more than the firm's own: a place, a number, another word.
SISTERS = ("{} Kathmandu", "{} 2", "New {}", "{} East", "Royal {}")
MARGINS = (0.0, 0.02, 0.05, 0.1)


@dataclass(frozen=True)
class Asked:
    """One question put to a register: `right` is the name that should be found there, None when its firm is absent.

    `sister`: the name is made of one of the register's, by a word more (SISTERS).
    """

    text: str
    firm: str
    right: str | None
    sister: bool
    ranked: tuple[tuple[str, float, bool], ...]  # firm, score, whether a telling word differs


@dataclass(frozen=True)
class Result:
    present: int
    right: int
    wrong: int
    among_three: int
    absent: int
    taken: int  # of the absent: each is wrong
    sisters: int
    sisters_taken: int  # each is wrong

    @property
    def all_taken(self) -> int:
        return self.right + self.wrong + self.taken + self.sisters_taken


Rank = Callable[[str, Sequence[str], Sequence[str]], tuple[tuple[str, float, bool], ...]]


def by_words(text: str, names: Sequence[str], firms: Sequence[str]) -> tuple[tuple[str, float, bool], ...]:
    """As the product does it."""
    found: list[Found] = Lookalikes([Spelling(name, place) for place, name in enumerate(names)]).nearest([text])[text]
    best: dict[str, tuple[str, float, bool]] = {}
    for each in found:
        firm = firms[each.agency]
        best.setdefault(firm, (firm, each.likeness.score, each.likeness.telling))
    return tuple(best.values())[:4]


def by_library(scorer: Callable[..., float], prepare: Callable[[str], str]) -> Rank:
    """One of rapidfuzz's own scorers over prepared names; 0 to 1."""

    def rank(text: str, names: Sequence[str], firms: Sequence[str]) -> tuple[tuple[str, float, bool], ...]:
        found = process.extract(prepare(text), [prepare(name) for name in names], scorer=scorer, limit=12)
        scale = 100 if max((score for _, score, _ in found), default=0) > 1 else 1
        best: dict[str, tuple[str, float, bool]] = {}
        for _, score, place in found:
            best.setdefault(firms[place], (firms[place], score / scale, False))
        return tuple(best.values())[:4]

    return rank


def bare(text: str) -> str:
    return " ".join(word.text for word in take_apart(text).words)


def core(text: str) -> str:
    return take_apart(text).core


RANKS: dict[str, Rank] = {
    "ours, word by word": by_words,
    "ratio": by_library(fuzz.ratio, fold_name),
    "ratio, legal forms gone": by_library(fuzz.ratio, bare),
    "token_sort_ratio, legal forms gone": by_library(fuzz.token_sort_ratio, bare),
    "token_set_ratio, legal forms gone": by_library(fuzz.token_set_ratio, bare),
    "WRatio": by_library(fuzz.WRatio, utils.default_process),
    "ratio, field words gone too": by_library(fuzz.ratio, core),
    "Jaro-Winkler, legal forms gone": by_library(JaroWinkler.normalized_similarity, bare),
}


def questions(labelled: Sequence[dict[str, str]], beside: Sequence[str], rank: Rank, training: bool) -> Iterator[Asked]:
    """Every spelling asked for with every other spelling of its firm in the register, and with its firm absent."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for row in labelled:
        spellings[row["firm"]].append(row["spelling"])
    others = {firm: names[0] for firm, names in spellings.items()}
    for firm, names in spellings.items():
        if in_training(firm) != training:
            continue
        rest = [(name, other) for other, name in others.items() if other != firm] + [(name, name) for name in beside]
        for text in names:
            yield Asked(text, firm, None, False, rank(text, *_split(rest)))
            for right in names:
                if fold_name(right) != fold_name(text):
                    yield Asked(text, firm, right, False, rank(text, *_split([(right, firm), *rest])))
    for name in beside:
        if in_training(name) == training:
            rest = [(other, firm) for firm, other in others.items()]
            rest += [(other, other) for other in beside if fold_name(other) != fold_name(name)]
            yield Asked(name, f"beside: {name}", None, False, rank(name, *_split(rest)))
    everybody = [(name, firm) for firm, name in others.items()] + [(name, name) for name in beside]
    for place, (name, firm) in enumerate(everybody):
        if in_training(firm) == training:
            text = SISTERS[place % len(SISTERS)].format(name)
            yield Asked(text, f"sister: {firm}", None, True, rank(text, *_split(everybody)))


def _split(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [name for name, _ in pairs], [firm for _, firm in pairs]


def in_training(firm: str) -> bool:
    """Half of the firms, by a hash of the name: a firm's spellings never stand on both sides."""
    return hashlib.sha256(firm.encode()).digest()[0] % 2 == 0


def taken(asked: Asked, threshold: float, ahead: float) -> str | None:
    """The firm that would be taken without asking: lookalikes.sure, for any scorer."""
    if not asked.ranked or asked.ranked[0][2] or asked.ranked[0][1] < threshold:
        return None
    second = asked.ranked[1][1] if len(asked.ranked) > 1 else 0.0
    return asked.ranked[0][0] if asked.ranked[0][1] - second >= ahead else None


def judge(asked: Sequence[Asked], threshold: float, ahead: float) -> Result:
    present = [each for each in asked if each.right is not None]
    absent = [each for each in asked if each.right is None and not each.sister]
    sisters = [each for each in asked if each.sister]
    chosen = [(each, taken(each, threshold, ahead)) for each in present]
    return Result(
        present=len(present),
        right=sum(firm == each.firm for each, firm in chosen),
        wrong=sum(firm not in (None, each.firm) for each, firm in chosen),
        among_three=sum(each.firm in [firm for firm, _, _ in each.ranked[:3]] for each in present),
        absent=len(absent),
        taken=sum(taken(each, threshold, ahead) is not None for each in absent),
        sisters=len(sisters),
        sisters_taken=sum(taken(each, threshold, ahead) is not None for each in sisters),
    )


def best_threshold(asked: Sequence[Asked], ahead: float) -> float | None:
    """The lowest from which WANTED holds on, on the training half."""
    lowest = None
    for step in range(100, 49, -1):
        found = judge(asked, step / 100, ahead)
        if found.all_taken and found.right / found.all_taken < WANTED:
            break
        lowest = step / 100
    return lowest


def share(k: int, n: int) -> str:
    if n == 0:
        return "none"
    low, high = binomtest(k, n).proportion_ci(method="wilson")
    return f"{k}/{n} = {k / n:.1%} [{low:.1%}, {high:.1%}]"


def by_firm(asked: Sequence[Asked], threshold: float, ahead: float) -> tuple[str, str]:
    """Precision and recall with intervals from redrawing whole firms: spellings of one firm are no separate draws."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        groups[each.firm].append(each)
    tallies = [judge(group, threshold, ahead) for group in groups.values()]
    draw = random.Random(SEED)
    precisions, recalls = [], []
    for _ in range(DRAWS):
        drawn = draw.choices(tallies, k=len(tallies))
        right, wrong = sum(t.right for t in drawn), sum(t.all_taken - t.right for t in drawn)
        precisions.append(right / max(right + wrong, 1))
        recalls.append(right / max(sum(t.present for t in drawn), 1))
    return _interval(precisions), _interval(recalls)


def _interval(values: list[float]) -> str:
    values.sort()
    return f"[{values[int(0.025 * len(values))]:.1%}, {values[int(0.975 * len(values)) - 1]:.1%}]"


def say(title: str, asked: Sequence[Asked], threshold: float, ahead: float) -> None:
    found = judge(asked, threshold, ahead)
    precision, recall = by_firm(asked, threshold, ahead)
    print(f"{title}: {len({each.firm for each in asked})} firms, taken from {threshold}, {ahead} ahead")
    print(f"  precision      {share(found.right, found.all_taken)}, by firm {precision}")
    print(f"  recall         {share(found.right, found.present)}, by firm {recall}")
    print(f"  among three    {share(found.among_three, found.present)}")
    print(f"  wrong          present {share(found.wrong, found.present)}; absent {share(found.taken, found.absent)}")
    print(f"  sisters wrong  {share(found.sisters_taken, found.sisters)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spellings", type=Path, default=LABELS)
    parser.add_argument("--beside", nargs="*", default=[], metavar="FILE:COLUMN")
    parser.add_argument("--twice", nargs="*", default=[], metavar="NAME", help="names a register lists a second time")
    parser.add_argument("--mistakes", action="store_true", help="name what was taken wrongly or not among the three")
    told = parser.parse_args()
    labelled = _rows(told.spellings)
    beside = [row[column] for path, _, column in (text.rpartition(":") for text in told.beside) for row in _rows(path)]
    beside = [name for name in beside if name not in told.twice]
    beside = list({fold_name(name): name for name in beside if fold_name(name)}.values())
    print(f"{len(labelled)} spellings of {len({row['firm'] for row in labelled})} firms, {len(beside)} names beside")
    for title, rank in RANKS.items():
        training = list(questions(labelled, beside, rank, training=True))
        test = list(questions(labelled, beside, rank, training=False))
        tried = [(best, ahead) for ahead in MARGINS if (best := best_threshold(training, ahead)) is not None]
        if tried:
            chosen = max(tried, key=lambda each: judge(training, *each).right)
            say(f"{title}: training", training, *chosen)
            say(f"{title}: TEST", test, *chosen)
        else:
            print(f"{title}: at no threshold {WANTED:.0%} of what is taken is right")
        if rank is by_words:
            say("as the product does it: training", training, SURE, AHEAD)
            say("as the product does it: TEST", test, SURE, AHEAD)
            if told.mistakes:
                _mistakes([*training, *test])


def _mistakes(asked: Sequence[Asked]) -> None:
    for each in asked:
        chosen = taken(each, SURE, AHEAD)
        if chosen not in (None, each.firm):
            print("  wrong:", each.text, "->", each.ranked[:2], "instead of", each.right)
        elif each.right is not None and chosen is None:
            print("  asked:", each.text, "|", each.right, "|", each.ranked[:2])


def _rows(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
