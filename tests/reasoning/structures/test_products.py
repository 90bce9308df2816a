"""Structures counted as products: what they come to is what comes of each selection, judged by itself."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from lgreason.reasoning.structures import digits, quotients
from lgreason.reasoning.structures.combination import Combination, Ways
from lgreason.reasoning.structures.coupling import (
    UNSURE,
    Cost,
    Counted,
    CoupledDemand,
    Coupling,
    Leaf,
    Priced,
    demand,
)
from lgreason.reasoning.structures.space import Factor, Option, Space
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.terms import Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)


def drawn(rng: Random) -> Space:
    """Rows of options that add to counters, cost something exactly known, and demand what looks at both."""
    number = rng.randint(0, 3)
    leaves: list[Leaf] = [
        Counted(
            rng.randrange(number),
            rng.choice(("at_least", "at_most", "more_than")),
            rng.randint(0, 3),
            rng.choice(TRUTHS),
        )
        for _ in range(rng.randint(0, 3) if number else 0)
    ]
    for _ in range(rng.randint(0, 2)):
        certain = rng.randint(-1, 60)
        leaves.append(Priced(certain + rng.choice((0, 0, 3)), certain, rng.random() < 0.3))

    def demanded(times: int) -> set[CoupledDemand]:
        found = set()
        for _ in range(times if leaves else 0):
            looks = rng.sample(range(len(leaves)), min(len(leaves), rng.choice((1, 1, 2))))
            table = {truths: rng.choice(TRUTHS) for truths in product(TRUTHS, repeat=len(looks))}
            one = demand(looks, lambda known, t=table: t[tuple(known[n] for n in sorted(known))])
            found |= {one} if one is not None else set()
        return found

    def option(row: int, at: int) -> Option:
        adds = tuple((low, low + rng.choice((0, 0, 1))) for low in rng.choices((0, 0, 1, 2), k=number))
        cost = rng.choice((rng.randint(0, 25), 5 * rng.randint(0, 3)))
        asked = demanded(rng.choice((0, 0, 1, 2))) | ({UNSURE} if rng.random() < 0.1 else set())
        return Option(at, ((f"f{row}", at),), adds, frozenset(asked), Cost(cost, cost))

    rows = [[option(row, at) for at in range(rng.randint(1, 5))] for row in range(rng.randint(1, 4))]
    base = tuple((low, low + rng.choice((0, 0, 1))) for low in rng.choices((0, 0, 1), k=number))
    stops = tuple(rng.choice((4, None)) for _ in range(number))
    always = frozenset(demanded(rng.choice((0, 0, 1))))
    factors = tuple(Factor(f"f{n}", tuple(row)) for n, row in enumerate(rows))
    return Space(factors, Coupling(stops, tuple(leaves), base, always))


def truth(space: Space, chosen: tuple[Option, ...]) -> Truth:
    """What a selection comes to, by the definition alone."""
    coupling = space.coupling
    counts = tuple(
        (low + sum(o.adds[n][0] for o in chosen), high + sum(o.adds[n][1] for o in chosen))
        for n, (low, high) in enumerate(coupling.base)
    )
    cost = sum(o.price.least for o in chosen)
    known = [
        leaf.truth(counts) if isinstance(leaf, Counted) else leaf.truth(Cost(cost, cost))
        for leaf in coupling.leaves
    ]
    found = {d.decided(known) for o in chosen for d in o.demands} | {
        d.decided(known) for d in coupling.always
    }
    return False if False in found else None if None in found else True


@pytest.mark.parametrize("seed", range(60))
def test_counts_are_those_of_all_selections(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    space = drawn(rng)
    monkeypatch.setattr(digits, "BLOCK", rng.choice((3, 16, 256)))
    monkeypatch.setattr(quotients, "BLOCK", digits.BLOCK)
    monkeypatch.setattr(quotients, "NEAR", rng.choice((1, 8)))
    monkeypatch.setattr(quotients, "FEW", rng.choice((0, 2)))
    found = Combination(space.open, space.coupling)
    by_option = [[Ways(0, 0)] * len(row) for row in space.open]
    total = Ways(0, 0)
    for places in product(*(range(len(row)) for row in space.open)):
        of = truth(space, tuple(row[at] for row, at in zip(space.open, places, strict=True)))
        one = Ways(int(of is True), int(of is not False))
        total = Ways(total.sure + one.sure, total.valid + one.valid)
        for row, at in enumerate(places):
            so_far = by_option[row][at]
            by_option[row][at] = Ways(so_far.sure + one.sure, so_far.valid + one.valid)
    assert found.total == total
    assert found.by_option() == by_option


def dear(rows: int, limit: int, step: int = 1) -> Space:
    """Rows of eight options whose costs have nothing in common but a step, all bound to a limit."""
    bound = demand([0], lambda known: known[0])
    assert bound is not None
    rng = Random(3)
    return Space(
        tuple(
            Factor(
                f"f{n}",
                tuple(
                    Option(at, ((f"f{n}", at),), (), frozenset((bound,)), Cost(cost * step, cost * step))
                    for at, cost in enumerate([0, *rng.sample(range(1, limit), 7)])
                ),
            )
            for n in range(rows)
        ),
        Coupling((), (Priced(limit * step, limit * step),)),
    )


def test_what_would_take_too_long_is_refused_and_says_why() -> None:
    assert dear(5, 40_000, 100).count() > 0
    with pytest.raises(LimitReached) as caught:
        dear(40, 900_000_000, 100).count()
    assert caught.value.size == (40, 8, 900_000_000, 100)


def test_few_sums_are_counted_however_far_apart_they_are() -> None:
    # 30 switches of 0 or a thousand million steps and one: what keeps within half of them is half of all and more.
    bound = demand([0], lambda known: known[0])
    assert bound is not None
    cost = 10**9 + 1
    rows = tuple(
        Factor(
            f"f{n}",
            tuple(
                Option(on, ((f"f{n}", on),), (), frozenset((bound,)), Cost(on * cost, on * cost))
                for on in (0, 1)
            ),
        )
        for n in range(29)
    )
    odd = Option(0, (("odd", 0),), (), frozenset((bound,)), Cost(1, 1))
    space = Space(
        (*rows, Factor("odd", (odd, Option(1, (("odd", 1),))))), Coupling((), (Priced(14 * cost, 14 * cost),))
    )
    half = 2**28  # 29 switches: as many subsets of at most 14 as of at least 15
    exactly = 77_558_760  # 29 over 14: with the one step more these are too dear
    assert space.count() == 2 * half - exactly
