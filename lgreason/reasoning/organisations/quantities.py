"""Quantities of an organisation: calculated exactly, by the definitions of the knowledge base, from what is on file.

What is absent leaves an interval: an amount of money lies between nothing and no limit, a score between 0 and 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from lgreason.files.organisation.organisation import Organisation
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import constant

Operation = Literal["amount", "sum", "ratio", "mean"]
FULL_SCORE = 100
_AREAS = "efficiency.*"
_SCORES = frozenset({"indicators", "lpa"})


class Interval(NamedTuple):
    """What a quantity surely is at least, and at most; `None`: no limit is known."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The value, where it is known."""
        return self.low if self.low == self.high else None


UNKNOWN_AMOUNT = Interval(Fraction(0), None)
UNKNOWN_SCORE = Interval(Fraction(0), Fraction(FULL_SCORE))


@dataclass(frozen=True, slots=True)
class Summand:
    """What belongs to a quantity: an amount of the file or another quantity, with its sign and the clause for it."""

    quantity: Quantity
    clause: str
    sign: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity with the way it was calculated; `id` is its own, or the path of an amount of the file."""

    id: str
    unit: str
    value: Interval
    operation: Operation = "amount"
    terms: tuple[Summand, ...] = ()

    def amounts(self) -> Iterator[Quantity]:
        """The amounts of the file that it rests on, each once."""
        found: dict[str, Quantity] = {}
        waiting = [self]
        while waiting:
            here = waiting.pop(0)
            if here.operation == "amount":
                found.setdefault(here.id, here)
            waiting.extend(term.quantity for term in here.terms)
        return iter(found.values())

    def supposing(self, amounts: Mapping[str, Fraction]) -> Interval:
        """What it comes to with other amounts, by their ids."""
        if self.operation == "amount":
            other = amounts.get(self.id)
            return self.value if other is None else Interval(other, other)
        values = [term.quantity.supposing(amounts) for term in self.terms]
        if self.operation == "ratio":
            return ratio(*values)
        if self.operation == "sum":
            return _sum((term.sign, value) for term, value in zip(self.terms, values, strict=True))
        return mean(values) if values else self.value

    def steps(self) -> Iterator[Quantity]:
        """Every quantity that was calculated on the way, each after those it rests on; itself last."""
        done: set[str] = set()

        def walk(here: Quantity) -> Iterator[Quantity]:
            for term in here.terms:
                yield from walk(term.quantity)
            if here.operation != "amount" and here.id not in done:
                done.add(here.id)
                yield here

        return walk(self)


class Quantities:
    """The quantities of one organisation."""

    def __init__(
        self, kb: KnowledgeBase, organisation: Organisation, increase: Interval | None = None
    ) -> None:
        """Take the definitions and the file.

        `increase` (baht a year) stands for what the file says upgrades add to the requested year's salaries: a
        structure that is judged counts its own.
        """
        self._organisation = organisation
        self._increase = increase
        self.kb = kb
        self._done: dict[str, Quantity] = {}

    def quantity(self, identity: str) -> Quantity:
        """A quantity by its id, or an amount by its path."""
        if identity not in self._done:
            self._done[identity] = self._calculated(identity)
        return self._done[identity]

    def defines(self, identity: str) -> bool:
        """Whether there is a definition of a quantity of that id."""
        return identity in self._units

    @cached_property
    def _units(self) -> dict[str, str]:
        return {str(identity): constant(unit) for identity, unit in self.kb.rows("quantity")}

    def _calculated(self, identity: str) -> Quantity:
        if identity not in self._units:
            return self._amount(identity)
        unit = self._units[identity]
        terms: tuple[Summand, ...]
        ratios = self._rows("ratio", identity)
        if ratios:
            ((numerator, denominator), clause) = ratios[0]
            terms = (self._term(numerator, clause), self._term(denominator, clause))
            return Quantity(identity, unit, ratio(*(t.quantity.value for t in terms)), "ratio", terms)
        means = sorted(self._rows("mean", identity))  # the previous year before the requested one
        if means:
            means.sort(key=lambda mean: mean[0][0].endswith(".requested"))  # the years in their order
            terms = tuple(self._term(part, clause) for (path,), clause in means for part in self._paths(path))
            return Quantity(identity, unit, self._mean(terms), "mean", terms)
        added = [self._term(path, clause) for (path,), clause in self._rows("adds", identity)]
        taken = [self._term(path, clause, -1) for (path,), clause in self._rows("subtracts", identity)]
        terms = (*added, *taken)
        return Quantity(
            identity, unit, _sum((term.sign, term.quantity.value) for term in terms), "sum", terms
        )

    def _rows(self, predicate: str, identity: str) -> list[tuple[tuple[str, ...], str]]:
        """The facts of a definition, each once, with the clause that speaks of this type of organisation."""
        found: dict[tuple[str, ...], list[str]] = {}
        for whose, *path, clause in self.kb.rows(predicate):
            if whose == identity:
                found.setdefault(tuple(map(str, path)), []).append(str(clause))
        own = self.kb.kinds.own
        return [
            (path, next(iter(own(self._organisation.type, clauses)), clauses[0]))
            for path, clauses in found.items()
        ]

    def _term(self, path: str, clause: str, sign: Literal[1, -1] = 1) -> Summand:
        return Summand(self.quantity(path), clause, sign)

    # ── what is on file ─────────────────────────────────────────────────────────────────────────

    def _paths(self, path: str) -> tuple[str, ...]:
        if path != _AREAS:
            return (path,)
        return tuple(f"efficiency.{area}" for area in self._organisation.efficiency or ())

    def _mean(self, terms: tuple[Summand, ...]) -> Interval:
        if not terms:  # no area was done, or which were done is not known
            return (
                UNKNOWN_SCORE if self._organisation.efficiency is None else Interval(Fraction(0), Fraction(0))
            )
        return mean([term.quantity.value for term in terms])

    def _amount(self, path: str) -> Quantity:
        organisation = self._organisation
        if path in _SCORES or path.startswith("efficiency."):
            score = getattr(organisation, path, None)
            if path.startswith("efficiency."):
                score = (organisation.efficiency or {}).get(path.partition(".")[2])
            value = UNKNOWN_SCORE if score is None else Interval(score, score)
            return Quantity(path, "percent", value)
        found = organisation.amount(path)
        if path == "requested.upgrade_increase" and self._increase is not None:
            return Quantity(path, "baht", self._increase)
        value = UNKNOWN_AMOUNT if found is None else Interval(Fraction(found), Fraction(found))
        return Quantity(path, "baht", value)


def mean(values: Sequence[Interval]) -> Interval:
    """The mean of some values."""
    highs = [value.high for value in values if value.high is not None]
    low = sum((value.low for value in values), Fraction(0)) / len(values)
    return Interval(low, sum(highs, Fraction(0)) / len(values) if len(highs) == len(values) else None)


def _sum(terms: Iterable[tuple[int, Interval]]) -> Interval:
    low, high = Fraction(0), Fraction(0)
    limited = True
    for sign, (least, most) in terms:
        if sign > 0:
            low += least
            high += most or 0
            limited = limited and most is not None
        else:
            low = Fraction(0) if most is None else low - most
            high -= least
    return Interval(max(low, Fraction(0)), max(high, Fraction(0)) if limited else None)


def ratio(numerator: Interval, denominator: Interval) -> Interval:
    """The one in per cent of the other; the denominator is positive, known or not."""
    if numerator.high == 0:
        return Interval(Fraction(0), Fraction(0))
    low = Fraction(0) if denominator.high is None else numerator.low * 100 / denominator.high
    unlimited = numerator.high is None or not denominator.low
    high = None if unlimited else (numerator.high or 0) * 100 / denominator.low
    return Interval(low, high)
