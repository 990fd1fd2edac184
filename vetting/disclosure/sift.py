"""Which rows do the chosen filters leave, and how many would each option leave?"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, compress

Options = Sequence[str]  # those of one filter that a row belongs to


def sift(
    columns: Mapping[str, Sequence[Options]], chosen: Mapping[str, Collection[str]], size: int
) -> tuple[list[int], dict[str, dict[str, int]]]:
    """The places of the rows that are left, of `size`; and by filter every option with the rows it would leave, given
    what is chosen in the other filters. Nothing chosen in a filter leaves all.
    """
    fits = {
        name: [not wanted.isdisjoint(options) for options in columns[name]]
        for name, wanted in ((name, set(chosen.get(name, ()))) for name in columns)
        if wanted
    }
    left = list(compress(range(size), _all_of(fits.values(), size)))
    counts = {
        name: _counted(options, _all_of([fit for other, fit in fits.items() if other != name], size))
        for name, options in columns.items()
    }
    return left, counts


def _all_of(fits: Collection[Sequence[bool]], size: int) -> Sequence[bool]:
    return [all(row) for row in zip(*fits, strict=True)] if fits else [True] * size


def _counted(column: Sequence[Options], fits: Iterable[bool]) -> dict[str, int]:
    every = dict.fromkeys(chain.from_iterable(column), 0)
    return dict(sorted((every | Counter(chain.from_iterable(compress(column, fits)))).items()))
