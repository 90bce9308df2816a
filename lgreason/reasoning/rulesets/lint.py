"""What is wrong with rules as a whole, each finding with a case that shows it or because no case is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.rulesets.above import easier_above, shut_in
from lgreason.reasoning.rulesets.ages import begins_young
from lgreason.reasoning.rulesets.bands import bands, faults_of
from lgreason.reasoning.rulesets.realise import Realiser
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.reasoning.rulesets.tables import faults_of_tables, kind_of
from lgreason.rules.findings import Finding, Severity
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause, Text, tree
from lgreason.rules.terms import Fn

MOST_CASES = 12


@dataclass(frozen=True, slots=True)
class Lint:
    """A finding on rules: the clauses that it is of, and a file that shows it, or that it is proved."""

    finding: Finding
    clauses: tuple[str, ...]
    witness: Mapping[str, Any] | None = None
    proved: bool = True


def lint(code: str, clauses: tuple[str, ...], severity: Severity = "warning", **args: object) -> Lint:
    """A finding on clauses that is proved."""
    named = {f"c{number}": clause for number, clause in enumerate(clauses)}
    return Lint(Finding(code, args={**named, **args}, severity=severity), clauses)


class Linter:
    """Looks at the rules of one day."""

    def __init__(self, side: Side, whole: KnowledgeBase, among: frozenset[str] | None = None) -> None:
        """Take the rules about persons, all rules, and the clauses to look at, all if none are named."""
        self._side = side
        self._whole = whole
        self._clauses = {
            identity: clause
            for identity, clause in whole.clauses.items()
            if clause.says is not None and (among is None or identity in among)
        }
        self._among = among

    def found(self) -> Iterator[Lint]:
        """Every finding."""
        checks: tuple[Callable[[], Iterator[Lint]], ...] = (
            self._never,
            self._contained,
            self._idle,
            self._covered,
            self._idle_exceptions,
            self._exceptions,
            self._bands,
            self._silent,
            self._twice,
            self._easier_above,
            self._never_first,
            self._begins_young,
            self._tables,
            self._always_zero,
        )
        for check in checks:
            yield from check()

    @cached_property
    def _space(self) -> RuleSpace:
        return RuleSpace((self._whole,), (tuple(self._clauses),), self._side.day)

    @cached_property
    def _impossible(self) -> frozenset[str]:
        return frozenset(c for c in self._clauses if not self._space.cases([(0, c)]))

    def _never(self) -> Iterator[Lint]:
        """Clauses that nobody and nothing can meet; of those that need one another the one below."""
        opens = {clause: position for position, clause in self._whole.posts.items()}
        for identity in self._impossible:
            if not any(need in self._impossible for need in self._clauses[identity].needs()):
                yield lint("lint_never", (identity,), "error")
        for identity, position in opens.items():
            if identity in self._impossible:
                name = self._side.vocabulary.name("position", position)
                yield lint("lint_nobody", (identity,), "error", position=name)

    def _contained(self) -> Iterator[Lint]:
        """Alternatives that another contains, so that they open no way of their own."""
        for clause in self._clauses.values():
            if clause.says != Fn("any"):
                continue
            parts = [p for p in clause.parts if p in self._whole.clauses and p not in self._impossible]
            told: set[str] = set()
            for one, other in permutations(reversed(parts), 2):
                if one in told or other in told or self._whole.clauses[one].says is None:
                    continue
                if not self._space.cases([(0, one)], [(0, other)]):
                    told.add(one)
                    yield lint("lint_contained", (one, other), gate=clause.id)

    # ── demands that never bind ──────────────────────────────────────────────────────────────────────────

    def _idle(self) -> Iterator[Lint]:
        """Demands that whoever meets the others meets already; of those within one another the one above."""
        kb, told = self._side.kb, set[str]()
        for position, root in kb.posts.items():
            below = tree(kb.clauses, (root,))
            looked_at = {c.id for c in below if c.id in self._clauses}
            if not looked_at or root in self._impossible:
                continue
            conditions = {c.id for x in below for e, _ in x.exceptions for c in tree(kb.clauses, (e,))}
            waiting = [root]
            while waiting:
                identity = waiting.pop(0)
                clause = kb.clauses[identity]
                if identity in conditions or identity in told:
                    continue
                if identity in looked_at and identity != root and self._never_binds(root, identity):
                    while clause.op == "same" and not clause.exceptions and clause.says is not None:
                        clause = kb.clauses[str(clause.says.args[0])]
                    if clause.id not in told:
                        told |= {identity, clause.id}
                        code = "lint_swallowed" if clause.exceptions else "lint_idle"
                        others = tuple(e for e, _ in clause.exceptions)
                        name = self._side.vocabulary.name("position", position)
                        yield lint(code, (clause.id,), position=name, exceptions=others)
                    continue
                if clause.says is not None and clause.says.name in ("all", "same"):
                    waiting += [need for need in clause.needs() if need in kb.clauses]

    def _covered(self) -> Iterator[Lint]:
        """Demands from which everybody whom a position admits is excepted, so that they never govern."""
        kb = self._side.kb
        for position, root in kb.posts.items():
            below = tree(kb.clauses, (root,))
            held = [clause for clause in below if clause.exceptions and clause.id in self._clauses]
            if not held or root in self._impossible:
                continue
            space = RuleSpace((kb,), ((root,),), self._side.day)
            for clause in held:
                covering = [e for e, _ in clause.exceptions if not space.cases([(0, root)], [(0, e)])]
                if covering:
                    name = self._side.vocabulary.name("position", position)
                    yield lint("lint_swallowed", (clause.id,), position=name, exceptions=tuple(covering))

    def _idle_exceptions(self) -> Iterator[Lint]:
        """Exceptions without which everybody would come to the same, for each position."""
        kb = self._side.kb
        told: set[tuple[str, str]] = set()
        for position, root in kb.posts.items():
            if root in self._impossible:
                continue
            for clause in tree(kb.clauses, (root,)):
                for other, _ in clause.exceptions:
                    mine = clause.id in self._clauses or other in self._clauses
                    if not mine or (clause.id, other) in told:
                        continue
                    gone = {1: (clause.id, other)}
                    space = RuleSpace((kb, kb), ((root,), (root,)), self._side.day, unexcepted=gone)
                    if not (space.cases([(0, root)], [(1, root)]) or space.cases([(1, root)], [(0, root)])):
                        told.add((clause.id, other))
                        name = self._side.vocabulary.name("position", position)
                        yield lint("lint_exception_idle", (clause.id, other), position=name)

    def _begins_young(self) -> Iterator[Lint]:
        """Positions that ask for more service than an age limit leaves room for."""
        kb = self._side.kb
        for position, root in kb.posts.items():
            if root not in self._impossible and any(c.id in self._clauses for c in tree(kb.clauses, (root,))):
                least = max((int(str(row[0])) for row in self._whole.rows("served_from")), default=0)
                found = begins_young(kb.clauses, root, least)
                if found is not None:
                    clauses, months, age, begun = found
                    name = self._side.vocabulary.name("position", position)
                    args = {
                        "position": name,
                        "term": Duration(*divmod(months, 12)),
                        "age": age,
                        "begun": max(0, begun),
                    }
                    yield lint("lint_begins_young", clauses, "warning", **args)

    def _never_binds(self, root: str, identity: str) -> bool:
        kb = self._side.kb
        space = RuleSpace((kb, kb), ((root,), (root,)), self._side.day, without={1: identity})
        return not space.cases([(1, root)], [(0, root)])

    # ── exceptions, bands, references ────────────────────────────────────────────────────────────────────

    def _exceptions(self) -> Iterator[Lint]:
        """Two exceptions of a clause that can both hold and demand different things."""
        for clause in self._clauses.values():
            for (one, first), (other, second) in combinations(clause.exceptions, 2):
                if first == second:
                    continue
                if self._space.cases([(0, one), (0, other)]):
                    found = lint("lint_exceptions", (clause.id, one, other))
                    yield self._witnessed(found, [one, other])

    def _witnessed(self, found: Lint, both: list[str]) -> Lint:
        """The finding with a file of a person of whom both clauses hold, if one is found."""
        roots = [root for root in both if root in self._side.kb.clauses]
        judge = self._side.judge

        def sound(document: dict[str, Any]) -> bool:
            person = self._side.person(document)
            if person is None or len(roots) < len(both):
                return False
            case = judge.case(person, self._side.day)
            return all(root in judge.kb.clauses and case.truths(root).get(root) is True for root in roots)

        if len(roots) < len(both):
            return found
        realiser = Realiser(RuleSpace((self._side.kb,), (roots,), self._side.day), (self._side,))
        for case in realiser.cases([(0, root) for root in roots], most=MOST_CASES):
            document = realiser.file(case, sound)
            if document is not None:
                return Lint(found.finding, found.clauses, {"kind": "person", **document}, proved=False)
        return found

    def _bands(self) -> Iterator[Lint]:
        for clause in self._clauses.values():
            if clause.says == Fn("any"):
                of = bands(self._whole.clauses, clause)
                for code, ids, args in faults_of(of):
                    yield lint(code, ids, "warning", gate=clause.id, **args)

    def _silent(self) -> Iterator[Lint]:
        """References to clauses that decide nothing."""
        for clause in self._clauses.values():
            for need in dict.fromkeys(clause.needs()):
                target = self._whole.whole.clauses.get(need)
                if target is None or target.says is None:
                    yield lint("lint_silent", (clause.id, need))

    def _twice(self) -> Iterator[Lint]:
        """Positions that two clauses open."""
        opening: dict[str, list[str]] = {}
        for position, clause in self._whole.rows("post"):
            opening.setdefault(str(position), []).append(str(clause))
        for position, clauses in opening.items():
            different = tuple(dict.fromkeys(clauses))
            if len(different) > 1 and any(c in self._clauses for c in different):
                name = self._side.vocabulary.name("position", position)
                yield lint("lint_two_rules", different, "error", position=name)

    def _tables(self) -> Iterator[Lint]:
        """What the tables of organisations say against one another."""
        name = self._side.vocabulary_of_all.name
        for found in faults_of_tables(self._whole, self._impossible):
            if self._among is not None and self._among.isdisjoint(found.clauses):
                continue
            type_, divided = kind_of(found.scope)
            kind = name("organisation_type", type_)
            if divided is not None:
                of = name(self._whole.kinds.category(type_), divided)
                kind = Text(f"{kind.th} {of.th}", f"{kind.en}, {of.en}")
            mild = ("lint_quota_beside", "lint_number_idle")
            severity: Severity = "warning" if found.code in mild else "error"
            args = {"kind": kind, "post": name("establishment", found.post), "n": found.number}
            yield lint(found.code, found.clauses, severity, **args)

    def _always_zero(self) -> Iterator[Lint]:
        """Quantities from which all is taken that is added to them."""
        sums: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for number, name in enumerate(("adds", "subtracts")):
            for of, amount, clause in self._whole.rows(name):
                row = sums.setdefault(str(of), (set(), set(), set()))
                row[number].add(str(amount))
                row[2].add(str(clause))
        for quantity, (added, taken, clauses) in sums.items():
            looked_at = self._among is None or not self._among.isdisjoint(clauses)
            if added and added <= taken and looked_at:
                yield lint("lint_always_zero", tuple(sorted(clauses)), quantity=quantity)

    # ── a higher post that is reached more easily ────────────────────────────────────────────────────────

    def _easier_above(self) -> Iterator[Lint]:
        """Posts above others of the same series that somebody reaches with less than the lower one takes."""
        kb, vocabulary = self._side.kb, self._side.vocabulary
        ranks, name = vocabulary.ranks, vocabulary.name
        for low, high in permutations(kb.posts, 2):
            roots = kb.posts[low], kb.posts[high]
            if vocabulary.series(low) != vocabulary.series(high) or ranks[low] >= ranks[high]:
                continue
            if self._among is not None and not any(root in self._clauses for root in roots):
                continue
            shown = easier_above(self._side, low, high)
            if shown is not None:
                code, document = shown
                found = lint(code, roots, low=name("position", low), high=name("position", high))
                yield Lint(found.finding, found.clauses, document, proved=False)

    def _never_first(self) -> Iterator[Lint]:
        """Posts that only who holds one of them already may take up, so that nobody comes to be the first."""
        kb, name = self._side.kb, self._side.vocabulary.name
        shut = [post for post in shut_in(self._side) if kb.posts[post] not in self._impossible]
        clauses = tuple(kb.posts[post] for post in shut)
        if any(clause in self._clauses for clause in clauses):
            positions = tuple(name("position", post) for post in shut)
            yield lint("lint_never_first", clauses, "error", positions=positions)


def below(clauses: Mapping[str, Clause], identity: str) -> tuple[Clause, ...]:
    """The clauses on which one depends, those that are missing left out."""
    found: dict[str, Clause] = {}
    waiting = [identity]
    while waiting:
        one = waiting.pop()
        if one in clauses and one not in found:
            found[one] = clauses[one]
            waiting.extend(clauses[one].needs())
    return tuple(found.values())
