"""Amounts and scores of an organisation's file by which quantities come to values that are asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, permutations, product
from math import ceil
from typing import Any

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.quantities import FULL_SCORE, Quantities, Quantity
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Fn, Value

_ROUND = 100_000_000
"""Budgets are whole hundred millions of baht, so that a millionth of a per cent is a whole number of baht."""
EFFICIENCY = "efficiency"
"""The mean of the scores of areas: each area that is told of has it."""
MOST_ORDERS = 120
MOST_SCORES = 20_000
"""So many combinations of scores at and beside the bounds are tried."""
_SCORES = ("indicators", "lpa")
_BESIDE = Fraction(1, 100)


def tree_of(quantities: Quantities, measure: str) -> Quantity | None:
    """How a quantity or a score is calculated; `None` for what is measured otherwise."""
    return quantities.quantity(measure) if quantities.defines(measure) or measure in _SCORES else None


def quantities_of(kb: KnowledgeBase, kind: str) -> Quantities:
    """The quantities of an organisation of which nothing is known but its type."""
    type_: Any = kind
    return Quantities(kb, Organisation("", "", type_))


def definition(tree: Quantity | None) -> Value:
    """How a quantity is calculated, whatever the clauses that say so: equal where two come to the same."""
    if tree is None or not tree.terms:
        return "" if tree is None else tree.id
    terms = (Fn("plus" if term.sign > 0 else "less", (definition(term.quantity),)) for term in tree.terms)
    return Fn(tree.operation, (tree.unit, *terms))


def amounts_for(trees: Mapping[str, Quantity], wanted: Mapping[str, Stretch]) -> dict[str, Fraction]:
    """Amounts and scores, by their paths, by which every quantity has a value that is wanted.

    Where none were found some quantity comes to another value: whoever asks judges what comes of them.
    """
    found: dict[str, Fraction] = {}
    for group in _sharing(trees):
        named = {measure: wanted[measure] for measure in group}
        found.update(_in_order(group, named) or _at_bounds(group, named) or {})
    return found


def _in_order(trees: Mapping[str, Quantity], named: Mapping[str, Stretch]) -> dict[str, Fraction] | None:
    """Amounts that some quantities share: each is set in turn, in the first order tried that leads there."""
    sizes = {m: (tree.unit != "baht", len(list(tree.steps()))) for m, tree in trees.items()}
    order = sorted(trees, key=lambda measure: sizes[measure])
    for tried in islice(_orders(order, {m for m in order if not sizes[m][0]}), MOST_ORDERS):
        found: dict[str, Fraction] = {}
        for measure in tried:
            step = Fraction(1) if trees[measure].unit == "baht" else Fraction(1, 1_000_000)
            _assign(trees[measure], within(named[measure], step), found)
        if _reached(trees, named, found):
            return found
    return None


def _at_bounds(trees: Mapping[str, Quantity], named: Mapping[str, Stretch]) -> dict[str, Fraction] | None:
    """Scores that some quantities share, each nothing, full, or at or beside a bound: the first that lead there."""
    scores = sorted(
        {step.id for tree in trees.values() for step in _leaves(tree)},
        key=lambda path: (path == EFFICIENCY, path),
    )
    if any("." in path for path in scores):
        return None
    bounds = {end for values in named.values() for end in (values.low, values.high) if end is not None}
    near = {end + by for end in bounds for by in (Fraction(0), -_BESIDE, _BESIDE)} | {Fraction(FULL_SCORE)}
    values = sorted(value for value in near | {Fraction(0)} if 0 <= value <= FULL_SCORE)
    for chosen in islice(product(values, repeat=len(scores)), MOST_SCORES):
        found = dict(zip(scores, chosen, strict=True))
        if _reached(trees, named, found):
            return found
    return None


def _reached(
    trees: Mapping[str, Quantity], named: Mapping[str, Stretch], amounts: Mapping[str, Fraction]
) -> bool:
    if not all(0 <= value <= FULL_SCORE or "." in path for path, value in amounts.items()):
        return False
    values = {measure: _value(tree, amounts) for measure, tree in trees.items()}
    return all(v is not None and not Stretch(v, v).meet(named[m]).empty for m, v in values.items())


def _leaves(tree: Quantity) -> Iterator[Quantity]:
    """What a quantity rests on that a file states: amounts, scores, and the mean of areas."""
    if tree.operation == "amount" or tree.id == EFFICIENCY:
        yield tree
        return
    for term in tree.terms:
        yield from _leaves(term.quantity)


def _sharing(trees: Mapping[str, Quantity]) -> list[dict[str, Quantity]]:
    """The quantities in groups that rest on no amount of another group."""
    groups: list[tuple[set[str], dict[str, Quantity]]] = []
    for measure, tree in trees.items():
        amounts = {leaf.id for leaf in _leaves(tree)}
        meets = [group for group in groups if group[0] & amounts]
        whole = {name: each for group in meets for name, each in group[1].items()} | {measure: tree}
        rest = [group for group in groups if group not in meets]
        groups = [*rest, (amounts.union(*(group[0] for group in meets)), whole)]
    return [group for _, group in groups]


def _orders(measures: Sequence[str], first: set[str]) -> Iterator[tuple[str, ...]]:
    """The orders in which quantities may be set; those of money come first."""
    money = tuple(measure for measure in measures if measure in first)
    for rest in permutations([measure for measure in measures if measure not in first]):
        yield (*money, *rest)


def _assign(of: Quantity, value: Fraction, amounts: dict[str, Fraction]) -> None:
    """Amounts by which a quantity comes to a value; those that are set already stay."""
    if of.operation == "amount" or of.id == EFFICIENCY:
        amounts.setdefault(of.id, value)
        return
    if of.operation == "ratio":
        numerator, denominator = (term.quantity for term in of.terms)
        _assign(denominator, Fraction(_ROUND), amounts)
        _assign(numerator, value * (_value(denominator, amounts) or _ROUND) / 100, amounts)
        return
    if of.operation == "mean":
        known = [_value(term.quantity, amounts) for term in of.terms]
        left = [term for term, at in zip(of.terms, known, strict=True) if at is None]
        rest = value * len(of.terms) - sum((at for at in known if at is not None), Fraction(0))
        for term in left:
            _assign(term.quantity, rest / len(left), amounts)
        return
    taken = [term for term in of.terms if term.sign < 0 and _value(term.quantity, amounts) is None]
    first = next((t for t in of.terms if t.sign > 0 and _value(t.quantity, amounts) is None), None)
    whole = Fraction(ceil(value / _ROUND) * _ROUND) if taken else value
    for term in of.terms:
        if term is not first and term not in taken[:1]:
            _assign(term.quantity, Fraction(0), amounts)
    others = (
        term.sign * (_value(term.quantity, amounts) or Fraction(0)) for term in of.terms if term is not first
    )
    before = sum(others, Fraction(0))
    if first is not None:
        _assign(first.quantity, max(Fraction(0), whole - before), amounts)
    for term in taken[:1]:
        rest = sum((t.sign * (_value(t.quantity, amounts) or Fraction(0)) for t in of.terms), Fraction(0))
        _assign(term.quantity, max(Fraction(0), rest - value), amounts)


def _value(of: Quantity, amounts: Mapping[str, Fraction]) -> Fraction | None:
    """What a quantity comes to by the amounts that are set; `None` where one is not."""
    if of.operation == "amount" or of.id == EFFICIENCY:
        return amounts.get(of.id)
    found = [_value(term.quantity, amounts) for term in of.terms]
    values = [each for each in found if each is not None]
    if len(values) < len(found) or not values:
        return None
    if of.operation == "ratio":
        return values[0] * 100 / values[1] if values[1] else None
    if of.operation == "mean":
        return sum(values, Fraction(0)) / len(values)
    return sum((term.sign * each for term, each in zip(of.terms, values, strict=True)), Fraction(0))


def within(values: Stretch, step: Fraction) -> Fraction:
    """A value of a stretch that is not empty: its lower end, or as near to an end as a step allows."""
    if values.low is not None and (not values.open_low):
        at_low = values.low
        if at_low > 0 or values.high is None:
            return at_low
    if values.high is not None:
        return values.high if not values.open_high else max(Fraction(0), values.high - step)
    return (values.low or Fraction(0)) + step
