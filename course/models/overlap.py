"""How surprising it is that two lists agree: the overlap of two sets, and its probability by chance.

The answer depends on how many things *could* have been listed. Exact: whole numbers are counted, nothing approximated.
"""

from math import comb


def overlap_stats(universe: int, first: int, second: int, shared: int) -> tuple[float, float]:
    """Return (Jaccard index, p) of two lists that share `shared` of their `first` and `second` entries.

    Jaccard: what both list over what either lists, 0 to 1. p: probability of at least so many in common when the second
    list is drawn at random from a `universe` of things (hypergeometric upper tail), 0 to 1.
    Raises ValueError unless all four are whole numbers that can occur together, and something is listed.
    """
    given = {"universe": universe, "first": first, "second": second, "shared": shared}
    for name, number in given.items():
        if isinstance(number, bool) or number != int(number) or number < 0:
            raise ValueError(f"{name} must be a whole number that is not negative.")
    things, one, other, both = (int(number) for number in given.values())
    if max(one, other) > things:
        raise ValueError("The universe must be at least as large as each list.")
    if one + other == 0:
        raise ValueError("Both lists are empty: nothing is listed that could be shared.")
    fewest = max(0, one + other - things)
    if not fewest <= both <= min(one, other):
        raise ValueError(f"Lists of {one} and {other} out of {things} share {fewest} to {min(one, other)} entries.")
    ways = sum(comb(one, i) * comb(things - one, other - i) for i in range(both, min(one, other) + 1))
    return both / (one + other - both), ways / comb(things, other)
