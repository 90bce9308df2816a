"""What amounts of money do to an answer: the least change of one that turns it, and how far each may move before.

An answer depends on money by nothing but comparisons of quantities with bounds, and each quantity grows, or falls,
evenly with each of its amounts. So an answer can change only where a comparison turns, and those places are found
exactly, to the baht, by halving; between them nothing need be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial
from math import ceil
from typing import Literal

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.circumstances import Ascertained, limit
from lgreason.reasoning.organisations.establishment import Establishment, Node, Tables
from lgreason.reasoning.organisations.quantities import Quantity
from lgreason.reasoning.organisations.retyping import NOBODY
from lgreason.reasoning.organisations.supposed_amounts import YEARS, sound, with_amounts
from lgreason.rules.model import Bound
from lgreason.rules.terms import Truth

INCOME = ("budget", "revenue_own", "revenue_all")
COSTS = ("salaries_frame", "upgrade_increase", "support_posts", "benefits_budgeted", "benefits_paid")
"""What an organisation takes in, and what its personnel costs, by the keys of a fiscal year."""
WHOLE = 10_000
"""Shares are tried in hundredths of a per cent."""
MOST_RISE = 10 * WHOLE


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A quantity held against a bound, by a clause."""

    clause: str
    bound: Bound
    quantity: Quantity

    def truth(self, amounts: Mapping[str, Fraction]) -> Truth:
        """Whether it holds with other amounts."""
        return Ascertained(self.quantity.unit, self.quantity.supposing(amounts)).meets(self.bound)

    def beyond(self, amounts: Mapping[str, Fraction]) -> Fraction | None:
        """By how much the quantity is over the bound with other amounts; `None` where it is not exactly known."""
        exact = self.quantity.supposing(amounts).exact
        return None if exact is None else exact - limit(self.bound, self.quantity.unit)

    def looks_at(self, paths: Iterable[str]) -> bool:
        """Whether it depends on any of some amounts."""
        own = {amount.id for amount in self.quantity.amounts()}
        return not own.isdisjoint(paths)


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """The least change of one amount that makes an answer yes: from what to what, in baht."""

    path: str
    before: int
    after: int

    @property
    def by(self) -> int:
        """How much it is, downward less than nothing."""
        return self.after - self.before


Direction = Literal["down", "up"]


@dataclass(frozen=True, slots=True)
class Margin:
    """How far one amount may move before an answer changes.

    `last` is the last value with which it stands, `clauses` those that fail, or are no longer known to hold, one baht
    beyond. `truth` is what the answer comes to there.
    """

    path: str
    direction: Direction
    before: int
    last: int
    truth: Truth
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JointMargin:
    """How far all income may fall, or all costs of personnel rise, together: in hundredths of a per cent."""

    what: Literal["income", "costs"]
    last: int
    truth: Truth
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JointChange:
    """How far all income would have to rise, or all costs of personnel fall, together, for an answer to be yes.

    `by` is the least number of hundredths of a per cent with which it is.
    """

    what: Literal["income", "costs"]
    by: int


Decide = Callable[[Organisation], Truth]


@dataclass
class Money:
    """An answer about an organisation as it depends on the amounts of the file."""

    organisation: Organisation
    comparisons: Sequence[HeldAgainst]
    decide: Decide
    _known: dict[tuple[Truth, ...], Truth] = field(default_factory=dict)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The amounts on which it depends and which are known, in the order in which the comparisons name them."""
        found = (
            amount.id
            for comparison in self.comparisons
            for amount in comparison.quantity.amounts()
            if amount.id.partition(".")[0] in YEARS
            and amount.value.exact is not None
            # What a structure brings itself is no amount of the file.
            and amount.value.exact == self.organisation.amount(amount.id)
        )
        return tuple(dict.fromkeys(found))

    def _today(self, path: str) -> int:
        amount = self.organisation.amount(path)
        assert amount is not None, path
        return amount

    def _vector(self, amounts: Mapping[str, Fraction]) -> tuple[Truth, ...]:
        return tuple(comparison.truth(amounts) for comparison in self.comparisons)

    def truth(self, amounts: Mapping[str, Fraction]) -> Truth:
        """What the answer comes to with other amounts; asked once for each outcome of the comparisons."""
        vector = self._vector(amounts)
        if vector not in self._known:
            self._known[vector] = self.decide(with_amounts(self.organisation, amounts))
        return self._known[vector]

    # ── where comparisons turn ──────────────────────────────────────────────────────────────────

    def _turns(
        self, amounts: Callable[[int], Mapping[str, Fraction]], low: int, high: int, near: int
    ) -> list[int]:
        """The steps at which some comparison comes to something else than the step before; in their order.

        Where a comparison turns is reckoned from three steps `near` what stands today, and tried; else halved to.
        """
        found: set[int] = set()
        moved = amounts(low).keys()
        for comparison in self.comparisons:
            if not comparison.looks_at(moved):
                continue

            def at(step: int, of: Callable[[Mapping[str, Fraction]], Truth] = comparison.truth) -> Truth:
                return of(amounts(step))

            first, last = at(low), at(high)
            guess = None if first is last else _meets(partial(_beyond, comparison, amounts), near)
            for step in range(guess - 1, guess + 2) if guess is not None else ():
                if low < step <= high and at(step - 1) is first and at(step) is last:
                    found.add(step)  # it goes one way only: it turns here, and nowhere else
                    break
            else:
                found.update(_changes(at, low, high, first, last))
        return sorted(found)

    def _of(self, path: str) -> list[int]:
        top = 10 ** (len(str(max(map(self._today, self.paths)))) + 4)
        low = 1 if path.endswith(".budget") else 0  # no year has a budget of nothing
        return self._turns(lambda amount: {path: Fraction(amount)}, low, top, self._today(path))

    # ── the least change ────────────────────────────────────────────────────────────────────────

    def least_changes(self) -> tuple[MoneyChange, ...]:
        """For each amount that alone makes the answer yes, the least change that does; the smallest first."""
        found = [change for path in self.paths if (change := self._least(path)) is not None]
        return tuple(sorted(found, key=lambda change: (abs(change.by), self.paths.index(change.path))))

    def _least(self, path: str) -> MoneyChange | None:
        today = self._today(path)
        tried = {each for turn in self._of(path) for each in (turn - 1, turn)}
        for amount in sorted(tried, key=lambda amount: (abs(amount - today), amount)):
            amounts = {path: Fraction(amount)}
            if amount != today and sound(self.organisation, amounts) and self.truth(amounts) is True:
                return MoneyChange(path, today, amount)
        return None

    def least_together(self) -> tuple[JointChange, ...]:
        """The least share by which all income of both years rises, or all costs fall, that makes the answer yes.

        To the next hundredth of a per cent; none of what does not make it yes at ten times today, or at nothing.
        """
        if self.truth({}) is True:
            return ()
        found = []
        ways: tuple[tuple[Literal["income", "costs"], int, int], ...] = (
            ("income", 1, MOST_RISE),
            ("costs", -1, WHOLE),
        )
        for what, sign, most in ways:
            paths = self._moved_together(what)
            amounts = self._shares(paths, sign)
            for step in self._turns(amounts, 0, most, 0) if paths else ():
                if sound(self.organisation, amounts(step)) and self.truth(amounts(step)) is True:
                    found.append(JointChange(what, step))
                    break
        return tuple(found)

    def _moved_together(self, what: Literal["income", "costs"]) -> list[str]:
        keys = INCOME if what == "income" else COSTS
        return [path for path in self.paths if path.partition(".")[2] in keys]

    def _shares(self, paths: Sequence[str], sign: int) -> Callable[[int], Mapping[str, Fraction]]:
        """Some amounts, all more or less by so many hundredths of a per cent."""

        def amounts(step: int) -> Mapping[str, Fraction]:
            return {path: Fraction(self._today(path) * (WHOLE + sign * step), WHOLE) for path in paths}

        return amounts

    # ── how far ─────────────────────────────────────────────────────────────────────────────────

    def margins(self) -> tuple[Margin, ...]:
        """For each amount and direction in which the answer changes, how far it may go; the narrowest first."""
        found = [margin for path in self.paths for margin in self._margins(path)]
        return tuple(sorted(found, key=lambda m: Fraction(abs(m.last - m.before), max(1, m.before))))

    def _margins(self, path: str) -> Iterator[Margin]:
        today = self._today(path)
        turns = self._of(path)
        down = [(turn - 1, turn) for turn in reversed(turns) if turn <= today]
        up = [(turn, turn - 1) for turn in turns if turn > today]
        base = self.truth({})
        ways: tuple[tuple[Direction, list[tuple[int, int]]], ...] = (("down", down), ("up", up))
        for direction, steps in ways:
            for beyond, last in steps:
                amounts = {path: Fraction(beyond)}
                truth = self.truth(amounts)
                if truth != base:
                    clauses = self._worse(amounts, {path: Fraction(last)})
                    yield Margin(path, direction, today, last, truth, clauses)
                    break

    def joint(self) -> tuple[JointMargin, ...]:
        """How far the income of both years may fall together, and their costs rise, before the answer changes."""
        return tuple(found for what in ("income", "costs") if (found := self._joint(what)) is not None)

    def _joint(self, what: Literal["income", "costs"]) -> JointMargin | None:
        sign, most = (-1, WHOLE - 1) if what == "income" else (1, MOST_RISE)
        paths = self._moved_together(what)
        if not paths:
            return None
        amounts = self._shares(paths, sign)
        base = self.truth({})
        for step in self._turns(amounts, 0, most, 0):
            truth = self.truth(amounts(step))
            if truth != base:
                return JointMargin(what, step - 1, truth, self._worse(amounts(step), amounts(step - 1)))
        return None

    def _worse(self, after: Mapping[str, Fraction], before: Mapping[str, Fraction]) -> tuple[str, ...]:
        """The clauses that held and no longer do."""
        each = zip(self.comparisons, self._vector(before), self._vector(after), strict=True)
        return tuple(dict.fromkeys(c.clause for c, was, now in each if was is not now))


def _beyond(
    comparison: HeldAgainst, amounts: Callable[[int], Mapping[str, Fraction]], step: int
) -> Fraction | None:
    return comparison.beyond(amounts(step))


def _meets(beyond: Callable[[int], Fraction | None], near: int) -> int | None:
    """The first step from which on a quantity is at its bound or past it, if it goes as a ratio of steps does.

    A quantity of one amount goes as y = (y₀ + b·u) ÷ (1 + c·u), u steps from where it is y₀: two more points tell b
    and c, and so where it is nothing. Sums that would be less than nothing are nothing, which breaks this; so what is
    found is to be tried.
    """
    far = (near // 2 + 1, near + 3)
    first, one, two = (beyond(near + step) for step in (0, *far))
    if first is None or one is None or two is None:
        return None
    # b·u − c·u·y = y − y₀ for both
    p, q, r = far[0], far[0] * one, one - first
    s, t, u = far[1], far[1] * two, two - first
    whole = q * s - p * t
    if not whole:
        return None
    slope = (u * q - r * t) / whole
    return near + ceil(-first / slope) if slope else None


def _changes(at: Callable[[int], Truth], low: int, high: int, first: Truth, last: Truth) -> Iterator[int]:
    """The steps at which what goes one way only comes to something else."""
    if first is last:
        return
    if high - low == 1:
        yield high
        return
    middle = (low + high) // 2
    between = at(middle)
    yield from _changes(at, low, middle, first, between)
    yield from _changes(at, middle, high, between, last)


# ── what answers depend on ──────────────────────────────────────────────────────────────────────


def comparisons_in(nodes: Iterable[Node]) -> tuple[HeldAgainst, ...]:
    """The comparisons of quantities in some reason trees, each once."""
    found: dict[tuple[str, Bound], HeldAgainst] = {}
    for root in nodes:
        for node in root.walk():
            quantity = node.measurement.quantity if node.measurement is not None else None
            if node.bound is not None and quantity is not None:
                found.setdefault(
                    (node.clause.id, node.bound), HeldAgainst(node.clause.id, node.bound, quantity)
                )
    return tuple(found.values())


def comparisons_under(here: Establishment, roots: Iterable[str]) -> tuple[HeldAgainst, ...]:
    """The comparisons of quantities on which some clauses depend."""
    under = frozenset[str]().union(*(here.clauses_under(root) for root in roots))
    return tuple(
        HeldAgainst(clause.id, bound, here.quantities.quantity(clause.measures or ""))
        for clause, bound in here.tables.demands
        if clause.id in under and here.quantities.defines(clause.measures or "")
    )


def money_of_post(tables: Tables, organisation: Organisation, post: str, level: str) -> Money:
    """Whether a post may be set up, as it depends on money."""
    here = Establishment(tables, organisation)
    roots = [clause for scope in here.scopes for clause in tables.opens.get((scope, post, level), ())]
    roots += [tables.sets_up[scope, post] for scope in here.scopes if (scope, post) in tables.sets_up]

    def decide(other: Organisation) -> Truth:
        return Establishment(tables, other).post(post, level).truth

    return Money(organisation, comparisons_under(here, roots), decide)


def money_of_class(tables: Tables, organisation: Organisation, class_: str) -> Money:
    """Whether a municipality may be re-typed, as it depends on money."""
    here = Establishment(tables, organisation)
    root = tables.classes[class_]

    def decide(other: Organisation) -> Truth:
        return Establishment(tables, other).decide(root, NOBODY).holds

    return Money(organisation, comparisons_under(here, (root,)), decide)
