"""The search for careers: best first by a bound that no career can beat, from event to event, never day by day.

From every plan the moves are tried on the days on which something is reached: a post's own qualification, or a bound
of a clause that counts the post held, after which one may leave it without losing what it was held for. Careers come
out in the order of arrival; those that another one beats in arrival, moves and degrees together are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import combinations, count

from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Span, completes, stretches
from lgreason.reasoning.persons.path_ledger import Acts, Ledger, Plan, Stay, spans
from lgreason.reasoning.persons.path_useful import earliest_entries, useful_acts, useful_posts
from lgreason.rules.model import Bound

MOST_ALIKE = 5
"""So many careers with the same arrival, moves and acts are given."""

MOST_ACTS = 3
"""Careers with more acts and work beside the posts than this are not searched."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked for: the position, the posts to pass through and to leave out, the limits.

    `stay` is the least time in each post of a path before the next is taken up, in months.
    """

    position: str
    require: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    by: date | None = None
    moves: int = 6
    stay: int = 0


@dataclass(frozen=True, slots=True)
class Career:
    """A plan that ends in the position asked for, and the degrees obtained on the way."""

    plan: Plan
    acts: Acts

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts passed through, the one asked for last."""
        return tuple(stay.position for stay in self.plan)

    @property
    def cost(self) -> Cost:
        """Arrival, moves, degrees: what careers are compared by."""
        return (self.plan[-1].start, len(self.plan), *_numbers(self.acts))


Cost = tuple[date, int, int, int]


def _numbers(acts: Acts) -> tuple[int, int]:
    """How many degrees there are, and how many kinds of work."""
    degrees = sum(act.kind == "obtain" for act in acts)
    return degrees, len(acts) - degrees


def dominated(cost: Cost, by: Cost) -> bool:
    """Whether something is no worse than `cost` in any respect and better in one."""
    return by != cost and by[0] <= cost[0] and by[1] <= cost[1] and by[2] <= cost[2] and by[3] <= cost[3]


class PathSearch:
    """Finds the careers towards one aim."""

    def __init__(self, ledger: Ledger, aim: Aim) -> None:
        """Work out what can matter for the aim."""
        judge = ledger.judge
        self._ledger = ledger
        self._aim = aim
        self._roots = judge.kb.posts
        self._require = aim.require - {aim.position}
        useful = useful_posts(judge, ledger, (aim.position, *sorted(self._require)), aim.avoid)
        self.posts = [
            post for post in dict.fromkeys([*useful, *sorted(self._require)]) if post != aim.position
        ]
        self._all = (*self.posts, aim.position)
        self.acts = useful_acts(judge, ledger, self._all)
        self._seen: dict[str, list[_State]] = {}
        leaves = {
            (clause.id, bound): (clause, bound)
            for post in self._all
            for _, clause, bound in ledger.leaves(self._roots[post])
            if clause.measures != "qualification"
        }
        self._bounds = tuple(leaves.values())
        self._kinds = {frozenset(ledger.feeding(clause)) for clause, _ in self._bounds} - {frozenset()}
        self._leaving_tells = any(ledger.goes_on(clause) for clause, _ in self._bounds)
        self.found: list[Career] = []
        self.open = False
        """Whether some career is possible only if what is not known turns out well."""
        self._run()

    def _run(self) -> None:
        """Careers of one move, then of two, …: each more only if it can arrive earlier than all so far."""
        sizes = range(min(MOST_ACTS, len(self.acts)) + 1)
        choices = [acts for size in sizes for acts in combinations(self.acts, size)]
        entries = {acts: earliest_entries(self._ledger, self._all, acts, self._aim.moves) for acts in choices}
        for moves in range(1, self._aim.moves + 1):
            for acts in choices:
                entry = entries[acts][min(moves, len(entries[acts]) - 1)]
                least = entry.get(self._aim.position)
                if least is not None and not self._beaten((least, moves, *_numbers(acts))):
                    below = entries[acts][min(moves - 1, len(entries[acts]) - 1)]
                    self._best_first(moves, acts, below, least)
        self.found.sort(key=lambda career: career.cost)
        self.open = not self.found and self._may_turn_out_well()

    def _may_turn_out_well(self) -> bool:
        """Whether there could be a career in time if all that is not known turned out as well as it can."""
        aim = self._aim
        first, best = (
            earliest_entries(self._ledger, self._all, tuple(self.acts), aim.moves, known)[-1].get(
                aim.position
            )
            for known in (True, False)
        )
        in_time = best is not None and (aim.by is None or best <= aim.by)
        return in_time and best != first

    def _best_first(self, moves: int, acts: Acts, entry: dict[str, date], least: date) -> None:
        """Find the careers of so many moves; `entry` bounds when a post may be held on the way."""
        aim, ticket = self._aim, count()
        self._seen = {}
        heap: list[tuple[date, int, int, Plan, bool]] = [(least, 0, next(ticket), (), False)]
        while heap:
            least, _, _, plan, arrived = heappop(heap)
            if self._beaten((least, moves, *_numbers(acts))) or (aim.by is not None and least > aim.by):
                return
            if arrived:
                self._keep(Career(plan, acts))
                continue
            for after, arrives in self._moves(plan, acts, entry, moves):
                day = after[-1].start if arrives else self._least(after, acts, entry, moves)
                if day is None or self._beaten((day, moves, *_numbers(acts))):
                    continue
                if arrives or not self._is_no_better(after):
                    heappush(heap, (day, -len(after), next(ticket), after, arrives))

    def _keep(self, career: Career) -> None:
        """Keep a career, unless one through the same posts has the same arrival; the one with earlier moves stays."""
        for number, other in enumerate(self.found):
            if other.cost[:2] == career.cost[:2] and other.posts == career.posts:
                if other.acts == career.acts:
                    self.found[number] = min(other, career, key=lambda one: [stay.start for stay in one.plan])
                return
        self.found.append(career)

    @property
    def cut(self) -> bool:
        """Whether there may be more careers like some of those found."""
        costs = [career.cost for career in self.found]
        return any(costs.count(cost) >= MOST_ALIKE for cost in costs)

    def _beaten(self, cost: Cost) -> bool:
        alike = sum(career.cost == cost for career in self.found)
        return alike >= MOST_ALIKE or any(dominated(cost, career.cost) for career in self.found)

    # ── moves ───────────────────────────────────────────────────────────────────────────────────

    def _moves(
        self, plan: Plan, acts: Acts, entry: dict[str, date], moves: int
    ) -> Iterator[tuple[Plan, bool]]:
        """The plans that go one move further, and whether they arrive; the last of `moves` can only arrive."""
        ledger, aim = self._ledger, self._aim
        floor = plan[-1].start + ONE_DAY if plan else ledger.first_move
        if plan and aim.stay:
            floor = completes(plan[-1].start, aim.stay) + ONE_DAY
        held = {plan[-1].position} if plan else ledger.held
        reached = {
            (clause.id, bound): ledger.reach(clause, bound, plan, acts).since
            for clause, bound in self._bounds
        }
        leaving = sorted(
            {
                since
                for clause, bound in self._bounds
                if (since := reached[clause.id, bound]) is not None
                and since > floor
                and ledger.is_fed(clause, plan)
            }
        )
        passed = {stay.position for stay in plan} | ledger.held
        for post in (aim.position,) if len(plan) + 1 == moves else self._all:
            if post in held or (post not in entry and post != aim.position):
                continue
            root = self._roots[post]
            reaches = ledger.reaches(root, plan, acts)
            first = ledger.judge.first_day(root, reaches, floor)
            if first is None:
                continue
            if post == aim.position:
                if self._require <= passed:
                    yield (*plan, Stay(post, first)), True
                continue
            for day in (first, *(day for day in leaving if day > first)):
                if day == first or ledger.judge.decide(reaches, day)[root]:
                    needed = post in self._require and post not in passed
                    if needed or self._serves(post, day, reached):
                        yield (*plan, Stay(post, day)), False

    def _serves(self, post: str, day: date, reached: dict[tuple[str, Bound], date | None]) -> bool:
        """Whether a post counts towards something that is not reached on the day it would be taken up."""
        return any(
            post in self._ledger.feeding(clause) and (reached[clause.id, bound] or FOREVER) > day
            for clause, bound in self._bounds
        )

    def _least(self, plan: Plan, acts: Acts, entry: dict[str, date], moves: int) -> date | None:
        """A day before which no career of so many moves that begins with this plan arrives."""
        ahead = moves - len(plan)
        lacking = self._require - {stay.position for stay in plan} - self._ledger.held
        if len(lacking) >= ahead:
            return None
        day = self._first(self._aim.position, plan, acts, entry if ahead > 1 else {})
        for post in lacking:
            first = self._first(post, plan, acts, entry if ahead > 2 else {})
            if day is None or first is None:
                return None
            day = max(day, first + ONE_DAY)
        return day

    def _first(self, post: str, plan: Plan, acts: Acts, entry: dict[str, date]) -> date | None:
        """A day before which a post is not taken up after a plan, other posts being held from their `entry` on."""
        root = self._roots[post]
        reaches = self._ledger.at_best(root, plan, acts, entry)
        return self._ledger.judge.first_day(root, reaches, plan[-1].start + ONE_DAY)

    # ── plans that another one makes needless ───────────────────────────────────────────────────

    def _is_no_better(self, plan: Plan) -> bool:
        """Whether another plan in the same post is as far in every respect; a plan that is not is remembered."""
        state = self._state(plan)
        others = self._seen.setdefault(plan[-1].position, [])
        if any(other.covers(state) for other in others):
            return True
        others[:] = [other for other in others if not state.covers(other)]
        others.append(state)
        return False

    def _state(self, plan: Plan) -> _State:
        served = tuple(
            tuple(stretches((start, last or FOREVER) for post, start, last in spans(plan) if post in kind))
            for kind in self._kinds
        )
        required = frozenset(stay.position for stay in plan) & self._require
        left = plan[0].start if self._leaving_tells else date.max
        return _State(len(plan), left, plan[-1].start, served, required)


@dataclass(frozen=True, slots=True)
class _State:
    """What of a plan bears on its future: moves, when the record ended, since when the post is held, time served."""

    moves: int
    left: date
    since: date
    served: tuple[tuple[Span, ...], ...]
    required: frozenset[str]

    def covers(self, other: _State) -> bool:
        """Whether every career that goes on from the other can as well go on from this one."""
        return (
            self.moves <= other.moves
            and self.since <= other.since
            and self.left >= other.left
            and self.required >= other.required
            and all(map(_contain, self.served, other.served))
        )


def _contain(spans: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    """Whether each of the others lies in a span of its own: then they cannot come to more (C5)."""
    at = -1
    for start, end in others:
        at = next(
            (
                number
                for number in range(at + 1, len(spans))
                if spans[number][0] <= start and spans[number][1] >= end
            ),
            len(spans),
        )
        if at == len(spans):
            return False
    return True
