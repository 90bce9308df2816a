"""Spaces of structures: whatever is counted, listed or chosen is what brute force over all selections finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgreason.reasoning.structures import listing
from lgreason.reasoning.structures.coupling import Cost, Counted, Coupling, Leaf, Priced, demand
from lgreason.reasoning.structures.optimum import NoSuchMeasure, Objective, best, first, front
from lgreason.reasoning.structures.space import Factor, NoSuchChoice, Option, Space, Structure
from lgreason.reasoning.structures.sums import DigitSums, LimitReached, Sparse, SumTable
from lgreason.rules.terms import Truth
from tests.reasoning.structures.spaces import is_bound, is_sure, limit_of, option
from tests.reasoning.structures.spaces import space as made

BILLION = 10**9


# ── brute force, by the definition of validity alone ──────────────────────────────────────────────────────────────
def valid(space: Space) -> list[tuple[Option, ...]]:
    def within(options: tuple[Option, ...]) -> bool:
        demanded = any(map(is_bound, options))
        return not demanded or sum(o.price.least for o in options) <= limit_of(space)

    return [options for options in product(*(f.options for f in space.factors)) if within(options)]


def sure(options: tuple[Option, ...]) -> bool:
    return all(map(is_sure, options))


def has(options: tuple[Option, ...], choice: str, value: str | int) -> bool:
    return any((choice, value) in o.features for o in options)


def totals(options: tuple[Option, ...], *measures: str) -> tuple[int, ...]:
    return tuple(sum(o.measures.get(measure, 0) for o in options) for measure in measures)


@st.composite
def spaces(draw: st.DrawFn, unit: int = 1) -> Space:
    factors = []
    for number in range(draw(st.integers(0, 4))):
        options = [
            option(
                value=(number, at),
                features=((f"f{number}.level", level), (f"f{number}.parts", parts)),
                sure=draw(st.booleans()) or draw(st.booleans()),
                bound=draw(st.booleans()),
                cost=draw(st.integers(0, 12)) * unit + draw(st.integers(0, 1)),
                measures={"posts": parts, "levels": draw(st.integers(0, 3)), "changes": at},
            )
            for at, (level, parts) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.sampled_from(("low", "mid", "high")), st.integers(0, 3)),
                        min_size=0 if number == 3 else 1,
                        max_size=5,
                    )
                )
            )
        ]
        factors.append(Factor(f"f{number}", tuple(options)))
    limit = draw(st.none() | st.integers(-1, 50).map(lambda n: n * unit))
    return made(tuple(factors), limit)


@given(spaces())
def test_counts_and_lists_what_brute_force_finds(space: Space) -> None:
    expected = valid(space)
    found = list(space.structures())
    assert [s.options for s in found] == expected
    assert [s.sure for s in found] == list(map(sure, expected))
    assert [s.cost for s in found] == [sum(o.price.least for o in options) for options in expected]
    assert space.count() == sum(map(sure, expected))
    assert space.conditional() == len(expected) - space.count()
    assert [s.options for s in space.surely().structures()] == [o for o in expected if sure(o)]


@given(spaces(), st.integers(1, 3))
def test_the_size_of_blocks_changes_nothing(space: Space, size: int) -> None:
    expected = list(space.structures())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "BLOCK", size)
        assert list(space.structures()) == expected


@given(spaces(), st.data())
def test_facets_say_what_brute_force_finds(space: Space, data: st.DataObject) -> None:
    steps = []
    features = [feature for f in space.factors for o in f.options for feature in o.features]
    narrowed = space
    if features:
        for _ in range(data.draw(st.integers(0, 2))):
            (choice, value), required = data.draw(st.sampled_from(features)), data.draw(st.booleans())
            narrowed = (narrowed.require if required else narrowed.forbid)(choice, value)
            steps.append((choice, value, required))
    left = [
        options
        for options in valid(space)
        if all(has(options, choice, value) is required for choice, value, required in steps)
    ]
    assert [s.options for s in narrowed.structures()] == left
    refused = ("f0.level", "never")
    facets = {(f.choice, f.value): f for f in narrowed.facets((refused,))}
    assert facets.keys() == {*features, refused}
    for (choice, value), facet in facets.items():
        having = [options for options in left if has(options, choice, value)]
        assert facet.remaining == sum(map(sure, having))
        assert facet.conditional == len(having) - facet.remaining
        assert facet.status == ("cannot" if not having else "must" if len(having) == len(left) else "may")
        assert (facet.because is None) == bool(having)
    assert facets[refused].because == "refused"


@given(
    spaces(),
    st.lists(
        st.tuples(st.sampled_from(("posts", "levels", "changes")), st.sampled_from((1, -1))),
        min_size=1,
        max_size=3,
    ),
)
def test_the_best_are_those_of_brute_force(space: Space, wanted: list[tuple[str, int]]) -> None:
    if not any(f.options for f in space.factors):
        return
    objectives = [Objective(measure, "minimise" if sign > 0 else "maximise") for measure, sign in wanted]

    def rank(options: tuple[Option, ...]) -> list[int]:
        return [sign * totals(options, measure)[0] for measure, sign in wanted]

    expected = valid(space)
    lead = min(map(rank, expected), default=None)
    assert [s.options for s in best(space, objectives)] == [o for o in expected if rank(o) == lead]


@given(spaces(), st.sampled_from((1, -1)), st.sampled_from((1, -1)))
def test_the_front_is_that_of_brute_force(space: Space, one: int, other: int) -> None:
    if not any(f.options for f in space.factors):
        return

    def rank(options: tuple[Option, ...]) -> tuple[int, int]:
        posts, levels = totals(options, "posts", "levels")
        return one * posts, other * levels

    expected = valid(space)
    ranks = {rank(options) for options in expected}
    kept = sorted(r for r in ranks if not any(q != r and q[0] <= r[0] and q[1] <= r[1] for q in ranks))
    sense = {1: "minimise", -1: "maximise"}
    points = front(space, Objective("posts", sense[one]), Objective("levels", sense[other]))
    assert [(one * p.values[0], other * p.values[1]) for p in points] == kept
    for point, r in zip(points, kept, strict=True):
        assert [s.options for s in point.structures()] == [o for o in expected if rank(o) == r]


# ── large numbers, worked out by hand ─────────────────────────────────────────────────────────────────────────────
def switches(number: int, price: int, limit: int | None, bound: bool = True) -> Space:
    """Factors that are each off, for nothing, or on, for a price."""
    return made(
        tuple(
            Factor(
                f"f{n}",
                (
                    option(False, ((f"f{n}", "off"),), measures={"on": 0}),
                    option(True, ((f"f{n}", "on"),), bound=bound, cost=price, measures={"on": 1, "n": n}),
                ),
            )
            for n in range(number)
        ),
        limit,
    )


def test_billions_over_thirty_two_bits() -> None:
    # 50 switches at 3 thousand million baht each: within 75 thousand million, at most 25 of them are on.
    space = switches(50, 3 * BILLION, 75 * BILLION)
    half = 126_410_606_437_752  # 50 over 25
    assert space.count() == (2**50 + half) // 2
    # One baht less: at most 24.
    assert switches(50, 3 * BILLION, 75 * BILLION - 1).count() == (2**50 - half) // 2
    facets = {(f.choice, f.value): f for f in space.facets()}
    assert facets["f7", "on"].remaining + facets["f7", "off"].remaining == space.count()
    # On: at most 24 of the other 49, which are half of all subsets less those of more: 2^48.
    assert facets["f7", "on"].remaining == 2**48 - 0 - (2**48 - sum_of_binomials(49, 24))
    assert facets["f7", "off"].remaining == sum_of_binomials(49, 25)


def sum_of_binomials(n: int, most: int) -> int:
    row = [1]
    for k in range(most):
        row.append(row[-1] * (n - k) // (k + 1))
    return sum(row)


def test_without_a_limit_a_count_is_a_product() -> None:
    assert switches(200, 1, None).count() == 2**200
    assert {f.remaining for f in switches(200, 1, None).facets()} == {2**199}


def test_an_option_without_a_bound_may_exceed_the_limit() -> None:
    # All off, or on without a demand: nothing is refused. With the demand, only one may be on.
    assert switches(3, 10, 10, bound=False).count() == 8
    assert switches(3, 10, 10).count() == 4
    assert switches(3, 10, -1).count() == 1  # all off: nothing demands anything


def test_the_best_under_a_limit_of_billions() -> None:
    space = switches(40, 3 * BILLION, 30 * BILLION)
    first = next(best(space, [Objective("on", "maximise"), Objective("n", "minimise")]))
    assert [o.value for o in first.options] == [True] * 10 + [False] * 30
    assert first.total("on") == 10 and first.cost == 30 * BILLION
    assert sum(1 for _ in islice(best(space, [Objective("on", "maximise")]), 1000)) == 1000
    points = front(space, Objective("on", "maximise"), Objective("n", "minimise"))
    # k switches on cost least in n when they are the first: 0 + 1 + … + k−1.
    assert [p.values for p in points] == [(k, k * (k - 1) // 2) for k in range(10, 1, -1)] + [(1, 0)]


def test_a_count_that_would_need_too_much_says_so() -> None:
    table = Sparse(10**6, most=999)
    kept = table.one()
    for n in range(3):
        kept = table.times(kept, {Cost(i * 10**n, i * 10**n): 1 for i in range(10 if n < 2 else 9)})
    assert len(kept) == 900
    with pytest.raises(LimitReached) as caught:
        table.times(kept, {Cost(0, 0): 1, Cost(10**3, 10**3): 1})
    assert caught.value.most == 999


@pytest.mark.parametrize("table", [DigitSums(12_345, 10**6), Sparse(12_345)])
def test_sums_of_digits(table: SumTable[object]) -> None:
    kept = table.one()
    for n in range(5):
        kept = table.times(kept, {Cost(i * 10**n, i * 10**n): 1 for i in range(10)})
    # Of the numbers of five digits, those up to 2,345; those from 12,000 to 12,345; those beyond 12,345; two ranges.
    assert table.ways(kept, ((0, 2345),)) == 2346
    assert table.ways(kept, ((12_000, 12_345),)) == 346
    assert table.ways(kept, ((12_346, None),)) == 87_654
    assert table.ways(kept, ((0, 9), (100, 100))) == 11
    both = table.plus(kept, table.one())
    assert table.ways(both, ((0, 0),)) == 2 and table.ways(both, ((0, None),)) == 100_001


# ── what ties choices: counters, several ways, sums of which only bounds are known ────────────────────────────────
SORTS = ("at_least", "at_most", "more_than")
truths = st.sampled_from((True, False, None))


@st.composite
def tied(draw: st.DrawFn) -> Space:
    """Rows whose options add to two counters, cost something, and demand what looks at these; one row has others."""
    leaves: list[Leaf] = [
        Counted(draw(st.integers(0, 1)), draw(st.sampled_from(SORTS)), draw(st.integers(0, 3)), draw(truths))
        for _ in range(draw(st.integers(0, 2)))
    ]
    certain = draw(st.integers(-1, 12))
    leaves.append(Priced(certain + draw(st.integers(0, 3)), certain, draw(st.booleans())))
    stops = (4, draw(st.sampled_from((4, None))))

    def way(number: int, at: int) -> Option:
        adds = tuple((low, low + more) for low, more in draw(st.tuples(*[st.tuples(digit, digit)] * 2)))
        asked = []
        for _ in range(draw(st.integers(0, 1))):
            looked = draw(st.lists(st.integers(0, len(leaves) - 1), min_size=0, max_size=2))
            table = {ts: draw(truths) for ts in product((True, False, None), repeat=len(set(looked)))}
            made = demand(looked, lambda known, table=table: table[tuple(known[n] for n in sorted(known))])
            asked += [made] if made is not None else []
        low = draw(st.integers(0, 5))
        price = Cost(low, low + (draw(st.integers(0, 2)) if inexact else 0))
        measures = {"n": draw(st.integers(0, 2)), "m": draw(st.integers(0, 2))}
        return Option(at, ((f"f{number}", at),), adds, frozenset(asked), price, measures)

    digit, inexact = st.integers(0, 1), draw(st.booleans())
    several = draw(st.integers(0, 3))
    factors = []
    for number in range(draw(st.integers(1, 3))):
        options = []
        for at in range(draw(st.integers(1, 3))):
            first, *others = (
                way(number, at) for _ in range(draw(st.integers(1, 3)) if number == several else 1)
            )
            options.append(replace(first, others=tuple(others)))
        factors.append(Factor(f"f{number}", tuple(options)))
    always = [d for o in (way(9, 0),) for d in o.demands]
    return Space(
        tuple(factors), Coupling(stops, tuple(leaves), ((0, draw(digit)), (0, 0)), frozenset(always))
    )


def judged(space: Space, ways: tuple[Option, ...]) -> Truth:
    """What a selection of ways comes to, by the definition alone."""
    base = space.coupling.nothing
    counts = tuple(
        (sum(w.adds[n][0] for w in ways) + base[n][0], sum(w.adds[n][1] for w in ways) + base[n][1])
        for n in range(2)
    )
    cost = Cost(sum(w.price.least for w in ways), sum(w.price.most for w in ways))
    known = [
        leaf.truth(counts) if isinstance(leaf, Counted) else leaf.truth(cost)
        for leaf in space.coupling.leaves
    ]
    found = {d.decided(known) for w in ways for d in w.demands} | {
        d.decided(known) for d in space.coupling.always
    }
    return False if False in found else None if None in found else True


def by_force(space: Space) -> dict[tuple[object, ...], bool]:
    """Every valid structure by its values, and whether it is surely valid: one way of each option is enough."""
    found: dict[tuple[object, ...], bool] = {}
    for options in product(*(f.options for f in space.factors)):
        of = {judged(space, ways) for ways in product(*(o.ways for o in options))}
        if of != {False}:
            found[tuple(o.value for o in options)] = True in of
    return found


@settings(max_examples=150)
@given(tied())
def test_what_is_tied_is_counted_and_listed_as_by_brute_force(space: Space) -> None:
    expected = by_force(space)
    found = {tuple(o.value for o in s.options): s.sure for s in space.structures()}
    assert found == expected
    assert (space.count(), space.count() + space.conditional()) == (sum(expected.values()), len(expected))
    for facet in space.facets():
        at = int(facet.choice[1:])
        having = [sure for values, sure in expected.items() if values[at] == facet.value]
        assert (facet.remaining, facet.conditional) == (sum(having), len(having) - sum(having))
    sure = {tuple(o.value for o in s.options) for s in space.surely().structures()}
    assert sure == {values for values, surely in expected.items() if surely}


@settings(max_examples=120)
@given(tied(), st.booleans())
def test_the_best_of_what_is_tied_is_that_of_brute_force(space: Space, certain: bool) -> None:
    asked = space.surely() if certain else space
    ranks: dict[tuple[object, ...], tuple[int, int]] = {}
    for ways in product(*(o for f in space.factors for o in [tuple(w for o in f.options for w in o.ways)])):
        truth = judged(space, ways)
        if truth is True or (truth is None and not certain):
            rank = sum(w.measures["n"] for w in ways), sum(w.measures["m"] for w in ways)
            key = tuple(w.value for w in ways)
            ranks[key] = min(rank, ranks.get(key, rank))
    lead = min(ranks.values(), default=None)
    found = {tuple(o.value for o in s.options) for s in best(asked, [Objective("n"), Objective("m")])}
    assert found == {key for key, rank in ranks.items() if rank == lead}


@settings(max_examples=100)
@given(tied(), st.integers(1, 6))
def test_the_first_of_what_is_tied_are_those_of_brute_force(space: Space, number: int) -> None:
    ranks: dict[tuple[object, ...], tuple[int, int]] = {}
    for ways in product(*(tuple(w for o in f.options for w in o.ways) for f in space.factors)):
        if judged(space, ways) is not False:
            rank = sum(w.measures["n"] for w in ways), sum(w.measures["m"] for w in ways)
            key = tuple(w.value for w in ways)
            ranks[key] = min(rank, ranks.get(key, rank))
    found = [
        tuple(o.value for o in s.options) for s in first(space, [Objective("n"), Objective("m")], number)
    ]
    assert len(dict.fromkeys(found)) == min(number, len(ranks))
    assert [ranks[key] for key in dict.fromkeys(found)] == sorted(ranks.values())[: len(dict.fromkeys(found))]


# ── arguments ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_why_something_cannot_be() -> None:
    space = switches(2, 10, 5)
    facets = {(f.choice, f.value): f.because for f in space.facets([("f0", "half"), ("g", 1)])}
    assert facets == {
        ("f0", "off"): None,
        ("f0", "on"): "limit",
        ("f0", "half"): "refused",
        ("f1", "off"): None,
        ("f1", "on"): "limit",
        ("g", 1): "refused",
    }
    wide = switches(2, 10, None).forbid("f0", "on")
    assert {f.because for f in wide.facets() if (f.choice, f.value) == ("f0", "on")} == {"narrowed"}
    assert [f.status for f in wide.facets()] == ["must", "cannot", "may", "may"]
    assert switches(2, 10, None).count() == 4 and wide.count() == 2  # the space before is as it was


def test_what_cannot_be_asked() -> None:
    space = switches(2, 10, None)
    with pytest.raises(NoSuchChoice):
        space.require("f9", "on")
    with pytest.raises(NoSuchMeasure):
        best(space, [Objective("cost")])
    assert space.require("f0", "half").count() == 0
    with pytest.raises(ValueError, match="negative"):
        made((Factor("f", (option(1, (), cost=-1),)),))
    with pytest.raises(ValueError, match="one name"):
        made((Factor("f", ()), Factor("f", ())))
    with pytest.raises(ValueError, match="two factors"):
        made((Factor("f", (option(1, (("c", 1),)),)), Factor("g", (option(1, (("c", 2),)),))))


def test_a_space_of_nothing_has_one_structure() -> None:
    assert made(()).count() == 1 and list(made((), 0).structures()) == [Structure((), 0, True)]
    assert prod(len(row) for row in made((Factor("f", ()),)).open) == 0 == made((Factor("f", ()),)).count()
