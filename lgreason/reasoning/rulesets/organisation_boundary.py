"""For every condition on organisations a file just inside and one just outside, as alike as can be."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lgreason.reasoning.organisations.retyping import classify
from lgreason.reasoning.rulesets.demands import LeafDemand
from lgreason.reasoning.rulesets.organisation_files import OrganisationWriter, entries
from lgreason.reasoning.rulesets.planned import plan_verdict, structures_kept
from lgreason.reasoning.rulesets.posts import Document, OrganisationRules, least
from lgreason.reasoning.rulesets.space import RuleSpace, unmarked
from lgreason.rules.model import Clause, tree
from lgreason.rules.terms import DEFAULT, Fn, Truth, constant

MOST_CASES = 12


@dataclass(frozen=True, slots=True)
class OrganisationAsked:
    """What is asked of an organisation: a post at a level, without a post a class, without either the plan."""

    scope: Fn
    post: str = ""
    level: str = ""
    new: bool = False
    """Whether the unit of the post is set up."""


@dataclass(frozen=True, slots=True)
class OrganisationBoundary:
    """A condition with what is asked, and files on both sides of it; none where no two were found."""

    clause: str
    asked: OrganisationAsked
    inside: Document | None
    outside: Document | None


class OrganisationBoundaries:
    """Looks for the boundaries of what rules demand of organisations."""

    def __init__(self, rules: OrganisationRules) -> None:
        """Take the rules on a day."""
        self._rules = rules
        self._clauses = rules.kb.clauses
        self._spaces: dict[tuple[str, ...], RuleSpace] = {}

    def below(self, identity: str) -> Iterator[OrganisationBoundary]:
        """The boundaries of the conditions below a clause; nothing where it is no condition of an organisation."""
        for clause in tree(self._clauses, (identity,)):
            if clause.measures is None:
                continue
            found: OrganisationBoundary | None = None
            for asked in self._homes(clause.id):
                pair = self._numbered(clause, asked) if not asked.level else self._pair(clause.id, asked)
                found = OrganisationBoundary(clause.id, asked, *(pair or (None, None)))
                if pair is not None:
                    break
            if found is not None:
                yield found

    def _homes(self, identity: str) -> Iterator[OrganisationAsked]:
        """What may be asked that a clause bears on: posts, classes, and plans of which it sets a number."""
        tables = self._rules.tables

        def under(*roots: str) -> bool:
            return any(identity in tables.clauses_under(root) for root in roots)

        for (scope, post, level), roots in tables.opens.items():
            if not isinstance(scope, Fn):
                continue
            further = tables.sets_up.get((scope, post))
            if under(*roots):
                yield OrganisationAsked(scope, post, level)
            if further is not None and under(further):
                yield OrganisationAsked(scope, post, level, new=True)
        for class_, root in tables.classes.items():
            if under(root):
                yield OrganisationAsked(Fn("municipality"), "", class_)
        for scope, limits in tables.limits.items():
            if isinstance(scope, Fn) and identity in limits:
                yield OrganisationAsked(scope)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def _pair(self, identity: str, asked: OrganisationAsked) -> tuple[Document, Document] | None:
        roots = self._rules.roots(asked.scope, asked.post, asked.level, asked.new)
        if roots is None:
            return None
        if roots not in self._spaces:
            self._spaces[roots] = RuleSpace((self._rules.kb,), (roots,), self._rules.day)
        space = self._spaces[roots]
        mine = {n for n, demand in enumerate(space.demands) if _is(demand, identity)}

        def judged(verdict: str, truth: Truth) -> Callable[[Document], bool]:
            return lambda document: (
                self._rules.verdict(document, asked.post, asked.level) == verdict
                and truth in self._truths(document, identity, asked)
            )

        for scope in self._scopes(asked.scope):
            writer = OrganisationWriter(self._rules.kb, scope, asked.post, asked.level, asked.new)
            for case in space.cases([(0, identity), *((0, root) for root in roots)], most=MOST_CASES):
                beside = {
                    n for n in case.met if any(_follows(space.demands[n], space.demands[m]) for m in mine)
                }
                met, unmet = case.met - mine - beside, case.unmet | mine | beside
                others = [*writer.documents(space, met, unmet)]
                for document in writer.documents(space, case.met, case.unmet):
                    if not judged("allowed", True)(document):
                        continue
                    inside = least(document, judged("allowed", True))
                    for outside in (*(each for o in others for each in _between(inside, o)), *others):
                        if judged("forbidden", False)(outside):
                            return inside, outside
        return None

    def _truths(self, document: Document, identity: str, asked: OrganisationAsked) -> set[Truth]:
        """What a clause comes to for whatever a file has of what is asked about."""
        here = self._rules.establishment(document)
        if here is None:
            return set()
        if asked.post:
            found = here.post(asked.post, asked.level)
            roots = [node for judged in found.candidates for node in judged.nodes]
        else:
            roots = [classify(here, asked.level).reason]
        return {node.holds for root in roots for node in root.walk() if node.clause.id == identity}

    def _scopes(self, scope: Fn) -> list[Fn]:
        """The kind itself; of all municipalities each class."""
        if scope.args or scope.name not in self._rules.kb.kinds.divisions:
            return [scope]
        rows = (s for s, _ in self._rules.tables.rows if isinstance(s, Fn) and s.name == scope.name)
        return list(dict.fromkeys(rows))

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _numbered(self, clause: Clause, asked: OrganisationAsked) -> tuple[Document, Document] | None:
        """Structures that keep what stands today: as many posts as may be, and one more."""
        tables = self._rules.tables
        bounds = [bound for variant, bound in clause.bounds() if variant == DEFAULT]
        if len(clause.counts) != 1 or len(bounds) != 1 or bounds[0].relation != "at_most":
            return None
        post, *level = (constant(arg) for arg in clause.counts[0].args)
        for at in level or tables.levels(asked.scope, post):
            files = [structures_kept(self._rules, asked.scope, post, at, bounds[0].value + n) for n in (0, 1)]
            for inside, outside in zip(*files, strict=True):
                verdicts = [plan_verdict(self._rules, document) for document in (inside, outside)]
                if verdicts == ["allowed", "forbidden"]:
                    return inside, outside
        return None


def _is(demand: LeafDemand, identity: str) -> bool:
    return unmarked(demand.leaf[0])[1] == identity and demand.leaf[1] == DEFAULT


def _follows(one: LeafDemand, other: LeafDemand) -> bool:
    """Whether a demand that is met brings another with it, so that it is missed where the other is."""
    return one.same == other.same or one.implies(other)


def _between(inside: Document, outside: Document) -> Iterator[Document]:
    """The first file with one entry as the second has it, the innermost entries first."""
    paths = sorted(entries(outside), key=lambda path: -len(path))
    for path in paths:
        there: Any = outside
        for step in path:
            there = there[step]
        changed = copy.deepcopy(inside)
        within: Any = changed
        for step in path[:-1]:
            within = within.setdefault(step, {}) if isinstance(within, dict) else {}
        if isinstance(within, dict) and within.get(path[-1]) != there:
            within[path[-1]] = copy.deepcopy(there)
            yield changed
