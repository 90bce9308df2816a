"""Which posts an organisation may have: the tables, and the conditions for setting up or raising a post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias, TypeVar

from lgreason.files.organisation.organisation import LEVELS, Organisation, Unit
from lgreason.reasoning.cases import tree
from lgreason.reasoning.cases.judge import TreeJudge
from lgreason.reasoning.cases.kleene import all_of, any_of
from lgreason.reasoning.cases.verdict import Permission, permission_of
from lgreason.reasoning.organisations.circumstances import MEASURED, Ascertained, Circumstances, Subject
from lgreason.reasoning.organisations.quantities import Interval, Quantities
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import EXPRESSION, Bound
from lgreason.rules.model import tree as clause_tree
from lgreason.rules.terms import Fn, SolverError, Truth, constant

Node: TypeAlias = tree.ReasonNode[Ascertained, Fraction]
T = TypeVar("T")


class Tables(TreeJudge):
    """The tables of the document, as the knowledge base states them, and what judges the clauses that they name."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Read the tables and ground the theory over the clauses that they name."""
        self._others: dict[tuple[str, str], Tables] = {}
        self.rows = {(scope, constant(post)): str(clause) for scope, post, clause in kb.rows("row")}
        self.opens: dict[tuple[object, str, str], tuple[str, ...]] = {}
        for scope, post, level, clause in kb.rows("opens"):
            key = (scope, constant(post), constant(level))
            # Each of several clauses says that the post may be at the level only if it holds: all of them must.
            self.opens[key] = (*self.opens.get(key, ()), str(clause))
        self.sets_up = {(scope, constant(post)): str(clause) for scope, post, clause in kb.rows("sets_up")}
        self.limits: dict[object, list[str]] = {}
        for scope, clause in kb.rows("limits"):
            self.limits.setdefault(scope, []).append(str(clause))
        self.classes = {constant(class_): str(clause) for class_, clause in kb.rows("retypes")}
        roots: list[str] = [
            *(clause for clauses in self.opens.values() for clause in clauses),
            *self.sets_up.values(),
            *self.rows.values(),
            *self.classes.values(),
        ]
        roots += [clause for clauses in self.limits.values() for clause in clauses]
        super().__init__(kb, clause_tree(kb.clauses, tuple(dict.fromkeys(roots))))
        quantities = {str(row[0]) for row in kb.rows("quantity")}
        for measuring in self.clauses:
            if measuring.measures is not None and measuring.measures not in MEASURED | quantities | {
                "indicators",
                "lpa",
                EXPRESSION,
            }:
                raise SolverError(f"{measuring.id} measures {measuring.measures}, which no organisation has")

    @property
    def printed(self) -> tuple[object, ...]:
        """Which posts are open at which levels, how many, and on which clauses."""
        return self.rows, self.opens, self.sets_up, self.limits

    def under(self, reading: str, choice: str) -> Tables:
        """The same tables where one ambiguity is read otherwise; kept, since they are asked for again."""
        if (reading, choice) not in self._others:
            kb = self.kb.library.under({**self.kb.chosen, reading: choice})
            self._others[reading, choice] = Tables(kb)
        return self._others[reading, choice]

    def levels(self, scope: object, post: str) -> tuple[str, ...]:
        """The levels at which a post may be, lowest first."""
        return tuple(level for level in LEVELS if (scope, post, level) in self.opens)

    def most(self, scope: object, post: str, level: str) -> tuple[int | None, str | None]:
        """The greatest number of a post at a level, with the clause; `None` where the text sets no number."""
        found: list[tuple[int, str]] = []
        for identity in self.limits.get(scope, ()):
            clause = self.kb.clauses[identity]
            terms = {(Fn(post),), (Fn(post), Fn(level))}
            if len(clause.counts) == 1 and clause.counts[0].args in terms:
                found += [(bound.value, identity) for _, bound in clause.bounds()]
        return min(found, default=(None, None))


@dataclass(frozen=True, slots=True)
class Judged:
    """One post at one level, judged: what it comes to, and the reason tree. `subject` is the post asked about."""

    subject: Subject
    truth: Truth
    reason: Node
    also: tuple[Node, ...] = ()
    """Further clauses that had to hold: others that speak of the post, and those for setting up its unit."""
    unprinted: bool = False
    """The table does not have the post at that level."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every clause that had to hold."""
        return (self.reason, *self.also)

    @property
    def failing(self) -> int:
        """How many conditions fail or are not known."""
        return sum(below.is_leaf and below.holds is not True for node in self.nodes for below in node.walk())


@dataclass(frozen=True, slots=True)
class PostVerdict:
    """What may be had of one post at one level; `candidates` are the units or deputies it was asked of."""

    post: str
    level: str
    truth: Truth
    best: Judged
    candidates: tuple[Judged, ...]
    most: int | None
    most_clause: str | None
    today: int | None

    @property
    def verdict(self) -> Permission:
        """The verdict in a word."""
        return permission_of(self.truth)


class Establishment:
    """One organisation held up to the tables."""

    def __init__(
        self, tables: Tables, organisation: Organisation, increase: int | Interval | None = None
    ) -> None:
        """Take the tables and the file; `increase` (baht a year) replaces what the file says upgrades add."""
        self.tables = tables
        self.organisation = organisation
        if isinstance(increase, int):
            increase = Interval(Fraction(increase), Fraction(increase))
        self.quantities = Quantities(tables.kb, organisation, increase)

    # ── the scope ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def scopes(self) -> tuple[Fn, ...]:
        """The kinds of organisation it may be, by the tables: one, unless its class or size is not known."""
        return self.tables.kb.kinds.scopes(self.organisation.type, self.organisation.kind)

    # ── deciding ────────────────────────────────────────────────────────────────────────────────

    def clauses_under(self, root: str) -> frozenset[str]:
        """The ids of the clauses on which a clause depends, itself included."""
        return self.tables.clauses_under(root)

    def leaf_truths(self, root: str, subject: Subject) -> list[Truth]:
        """The truth of each leaf that bears on a clause, in the order of the theory's; `None` for the others."""
        measured = Circumstances(self.organisation, self.quantities, subject)
        under = self.clauses_under(root)
        return [
            measured.measure(clause).meets(bound) if clause.id in under else None
            for clause, bound in self.tables.demands
        ]

    def decide(self, root: str, subject: Subject) -> Node:
        """The reason tree of a clause for the post asked about."""
        measured = Circumstances(self.organisation, self.quantities, subject)
        truths = self.tables.decider.decide(self.leaf_truths(root, subject))
        grower = tree.Grower(
            self.tables.kb.clauses, truths, measured.measure, lambda finding, bound: finding.short_of(bound)
        )
        return grower.grow(root)

    # ── one post ────────────────────────────────────────────────────────────────────────────────

    def judge(self, scope: Fn, subject: Subject, sets_up: Truth = True) -> Judged:
        """Whether a post may be set up or raised; `sets_up`: its unit is set up as well, or changes its kind."""
        roots = self.tables.opens.get((scope, subject.post, subject.level))
        if roots is None:
            return Judged(subject, False, self.not_printed(scope, subject), unprinted=True)
        reason, *others = (self.decide(root, subject) for root in roots)
        truth = all_of(node.holds for node in (reason, *others))
        further = self.tables.sets_up.get((scope, subject.post))
        if sets_up is not False and further is not None and further not in roots:
            also = self.decide(further, subject)
            others.append(also)
            # Where it is not known whether the unit is set up, what would then fail is not known to matter.
            truth = all_of((truth, also.holds if sets_up or also.holds else None))
        return Judged(subject, truth, reason, tuple(others))

    def not_printed(self, scope: Fn, subject: Subject) -> Node:
        """The node that says that the table does not have the post at that level."""
        row = self.tables.kb.clauses[self.tables.rows[scope, subject.post]]
        levels = self.tables.levels(scope, subject.post)
        finding = Ascertained("level", said=subject.level, accepts=levels)
        # The row is shown for what it prints: it demands nothing that was measured.
        return tree.ReasonNode(replace(row, says=Fn("one_of")), False, (), Bound("one_of"), None, finding)

    # ── every post ──────────────────────────────────────────────────────────────────────────────

    def posts(self) -> tuple[PostVerdict, ...]:
        """What may be set up or raised, for every post and level."""
        return tuple(self.post(post, level) for post in self.tables.kb.kinds.posts for level in LEVELS)

    def post(self, post: str, level: str) -> PostVerdict:
        """What may be set up or raised of one post at one level."""
        found = [(scope, self.candidates(scope, post, level)) for scope in self.scopes]
        truths = [any_of(judged.truth for judged in candidates) for _, candidates in found]
        # Where the class or size is not known, what holds in every case holds; the most favourable is shown.
        truth = truths[0] if len(set(truths)) == 1 else None
        _, candidates = max(
            zip(truths, (of for _, of in found), strict=True), key=lambda pair: _favour(pair[0])
        )
        best = max(candidates, key=lambda judged: (_favour(judged.truth), -judged.failing))
        candidates = tuple(
            replace(judged, truth=of[0].truth if len({each.truth for each in of}) == 1 else None)
            for judged, *of in zip(candidates, *(each for _, each in found), strict=True)
        )
        numbers = [self.most(scope, post, level) for scope, _ in found]
        most = numbers[0][0] if len({number for number, _ in numbers}) == 1 else None
        clause = numbers[0][1] if len(numbers) == 1 else None
        return PostVerdict(post, level, truth, best, candidates, most, clause, self.today(post, level))

    def candidates(self, scope: Fn, post: str, level: str) -> tuple[Judged, ...]:
        """The judgement for every unit or deputy of which a post may be asked."""
        return tuple(self.judge(scope, subject, sets_up) for subject, sets_up in self.subjects(post, level))

    def subjects(self, post: str, level: str) -> Iterator[tuple[Subject, Truth]]:
        """Each unit or deputy, and whether it would be set up; without any, the post in the abstract."""
        organisation = self.organisation
        if post == "deputy":
            for deputy in organisation.deputies or (None,):
                yield Subject(post, level, deputy=deputy), False
        elif post in self.tables.kb.kinds.in_units:
            headed = None if organisation.units is None else [u for u in organisation.units if not u.headless]
            for unit in headed or (None,):
                yield (
                    Subject(post, level, unit=unit, office=self.is_office(post, unit)),
                    self._is_set_up(post, unit),
                )
        else:
            yield Subject(post, level), False

    def is_office(self, post: str, unit: Unit | None) -> bool | None:
        """Whether the unit of a post is an office: by what the post heads, or as the unit stands today."""
        kind = self.tables.kb.kinds.heads.get(post, None if unit is None else unit.kind)
        return None if kind is None else kind == "office"

    def _is_set_up(self, post: str, unit: Unit | None) -> Truth:
        """Whether a head of a unit takes setting up the unit, or changing its kind."""
        kind = self.tables.kb.kinds.heads.get(post)
        if kind is None:
            return False
        if unit is None:
            return (
                True if self.organisation.units == () else None
            )  # where units are not listed, one may be there
        if not unit.exists:
            return True
        return None if unit.kind is None else unit.kind != kind

    def most(self, scope: Fn, post: str, level: str) -> tuple[int | None, str | None]:
        """The greatest number of a post at a level, with the clause that sets it; `None` where the text sets none."""
        if post in self.tables.kb.kinds.single:  # told in every row that speaks of the clerk
            return 1, self.tables.rows[scope, post]
        return self.tables.most(scope, post, level)

    def today(self, post: str, level: str) -> int | None:
        """How many of a post there are today at a level; `None` where that is not known."""
        organisation = self.organisation
        if post == "clerk":
            return _count(
                (organisation.clerk,), lambda clerk: None if clerk is None else clerk.level == level
            )
        if post == "deputy":
            existing = organisation.deputies and [deputy for deputy in organisation.deputies if deputy.exists]
            return _count(existing, lambda deputy: None if deputy.level is None else deputy.level == level)
        units = organisation.units and [unit for unit in organisation.units if unit.exists]
        if (kind := self.tables.kb.kinds.heads.get(post)) is not None:
            return _count(units, lambda unit: _is_headed(unit, kind, level))
        if level != INSIDE[post]:
            return 0
        numbers = [unit.sections if post == "section_head" else unit.parts for unit in units or ()]
        known = [number for number in numbers if number is not None]
        return sum(known) if units is not None and len(known) == len(numbers) else None


INSIDE = {"section_head": "early", "part_head": "mid"}
"""The posts inside a unit, with the only level that any table prints for them."""


def _is_headed(unit: Unit, kind: str, level: str) -> Truth:
    head = None if unit.head is None or unit.head.level is None else unit.head.level == level
    return all_of((head, None if unit.kind is None else unit.kind == kind))


def _count(things: Iterable[T] | None, counts: Callable[[T], Truth]) -> int | None:
    """How many of some things count; `None` if that is not known of one, or if they are not known."""
    if things is None:
        return None
    truths = [counts(thing) for thing in things]
    return None if None in truths else truths.count(True)


def _favour(truth: Truth) -> int:
    return {True: 2, None: 1, False: 0}[truth]
