"""Spaces of structures: whatever is counted, listed or chosen is what brute force over all selections finds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from itertools import islice, product
from math import prod
from pathlib import Path

import clingo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgreason.reasoning.structures import listing
from lgreason.reasoning.structures.optimum import NoSuchMeasure, Objective, best, front
from lgreason.reasoning.structures.program import program
from lgreason.reasoning.structures.space import Factor, NoSuchChoice, Option, Space, Structure
from lgreason.reasoning.structures.sums import LimitReached, Sums

KB = Path(__file__).parent.parent / "kb"
BILLION = 10**9


# ── brute force, by the definition of validity alone ──────────────────────────────────────────────────────────────
def valid(space: Space) -> list[tuple[Option, ...]]:
    def within(options: tuple[Option, ...]) -> bool:
        demanded = space.limit is not None and any(o.bound for o in options)
        return not demanded or sum(o.cost for o in options) <= (space.limit or 0)

    return [options for options in product(*(f.options for f in space.factors)) if within(options)]


def sure(options: tuple[Option, ...]) -> bool:
    return all(o.sure for o in options)


def has(options: tuple[Option, ...], choice: str, value: str | int) -> bool:
    return any((choice, value) in o.features for o in options)


def totals(options: tuple[Option, ...], *measures: str) -> tuple[int, ...]:
    return tuple(sum(o.measures.get(measure, 0) for o in options) for measure in measures)


@st.composite
def spaces(draw: st.DrawFn, unit: int = 1) -> Space:
    factors = []
    for number in range(draw(st.integers(0, 4))):
        options = [
            Option(
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
    return Space(tuple(factors), limit)


@given(spaces())
def test_counts_and_lists_what_brute_force_finds(space: Space) -> None:
    expected = valid(space)
    found = list(space.structures())
    assert [s.options for s in found] == expected
    assert [s.sure for s in found] == list(map(sure, expected))
    assert [s.cost for s in found] == [sum(o.cost for o in options) for options in expected]
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


# ── plain clingo enumerates the same ─────────────────────────────────────────────────────────────────────────────
def enumerated(space: Space) -> list[tuple[frozenset[tuple[str, int]], bool]]:
    """Every model of the program of a space: the options chosen, and whether it is conditional."""
    control = clingo.Control(["0", "--warn=all"], logger=lambda _code, message: pytest.fail(message))
    control.add("base", [], program(space, KB))
    control.ground([("base", [])])
    found = []

    def read(model: clingo.Model) -> None:
        chosen = [s.arguments for s in model.symbols(atoms=True) if s.name == "choose"]
        shown = model.symbols(shown=True)
        assert {s.name for s in shown} <= {"chosen", "conditional"}
        conditional = any(s.name == "conditional" for s in shown)
        found.append((frozenset((f.string, i.number) for f, i in chosen), conditional))

    control.solve(on_model=read)
    return found


def listed(space: Space) -> list[tuple[frozenset[tuple[str, int]], bool]]:
    at = [{id(option): number for number, option in enumerate(row, 1)} for row in space.open]
    names = [factor.name for factor in space.factors]
    return [
        (
            frozenset((n, at[f][id(o)]) for f, (n, o) in enumerate(zip(names, s.options, strict=True))),
            not s.sure,
        )
        for s in space.structures()
    ]


@settings(max_examples=60)
@given(st.sampled_from((1, 7 * 10**8, 10**12)).flatmap(spaces))
def test_clingo_enumerates_the_same_structures(space: Space) -> None:
    assert sorted(enumerated(space), key=repr) == sorted(listed(space), key=repr)


def test_costs_beyond_two_numbers_of_clingo_are_refused_not_wrapped() -> None:
    dear = Factor("dear", (Option(0, ()), Option(1, (), cost=10**20)))
    with pytest.raises(LimitReached):
        program(Space((*distinct(2, 3), dear), 5), KB)


def test_a_program_shows_the_choices_and_holds_no_text_of_users_as_code() -> None:
    hostile = 'x"). chosen("everything",1'
    space = Space((Factor(hostile, (Option(None, ((hostile, hostile), (hostile, 2**31)), sure=False),)),))
    control = clingo.Control(["0"])
    control.add("base", [], program(space, KB))
    control.ground([("base", [])])
    shown: list[str] = []
    control.solve(on_model=lambda model: shown.extend(map(str, model.symbols(shown=True))))
    quoted = str(clingo.String(hostile))
    assert sorted(shown) == sorted(
        [f"chosen({quoted},{quoted})", f'chosen({quoted},"2147483648")', "conditional"]
    )


# ── large numbers, worked out by hand ─────────────────────────────────────────────────────────────────────────────
def switches(number: int, price: int, limit: int | None, bound: bool = True) -> Space:
    """Factors that are each off, for nothing, or on, for a price."""
    return Space(
        tuple(
            Factor(
                f"f{n}",
                (
                    Option(False, ((f"f{n}", "off"),), measures={"on": 0}),
                    Option(True, ((f"f{n}", "on"),), bound=bound, cost=price, measures={"on": 1, "n": n}),
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


def distinct(number: int, options: int) -> Iterator[Factor]:
    """Factors no two selections of which have the same cost."""
    weight = itertools.count()
    for n in range(number):
        yield Factor(
            f"f{n}",
            tuple(Option(i, (), bound=True, cost=i * options ** next(weight)) for i in range(options)),
        )


def test_a_count_that_would_need_too_much_says_so() -> None:
    lists = [{i * 10**n: 1 for i in range(10)} for n in range(6)]
    assert Sums(lists, 123_456, most=1000).total == 123_457
    with pytest.raises(LimitReached) as caught:
        _ = Sums(lists, 123_456, most=999).total
    assert caught.value.most == 999


def test_each_choice_of_a_sum_of_digits() -> None:
    lists = [{i * 10**n: 1 for i in range(10)} for n in range(4)]
    # Of the numbers up to 2,345 those with a 2 in front: 2,000 to 2,345; with 5 in the last place: 235.
    found = Sums(lists, 2345).with_choice
    assert found[3][2000] == 346
    assert found[3][3000] == 0
    assert found[0][5] == 235


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
        Space((Factor("f", (Option(1, (), cost=-1),)),))
    with pytest.raises(ValueError, match="one name"):
        Space((Factor("f", ()), Factor("f", ())))
    with pytest.raises(ValueError, match="two factors"):
        Space((Factor("f", (Option(1, (("c", 1),)),)), Factor("g", (Option(1, (("c", 2),)),))))


def test_a_space_of_nothing_has_one_structure() -> None:
    assert Space(()).count() == 1 and list(Space((), 0).structures()) == [Structure((), 0, True)]
    assert prod(len(row) for row in Space((Factor("f", ()),)).open) == 0 == Space((Factor("f", ()),)).count()
