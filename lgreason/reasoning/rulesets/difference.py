"""What a change of rules changes: clause by clause, and for every position who gains or loses by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from lgreason.reasoning.rulesets.realise import Realiser
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.model import Clause

MOST_CASES = 24
"""So many differing cases are tried for a file that brings one about."""
Direction = Literal["gains", "losses"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that one side has and the other has not, or that says something else."""

    id: str
    was: Clause | None
    is_: Clause | None

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        """What became of it."""
        return "added" if self.was is None else "removed" if self.is_ is None else "changed"


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change touches one way: the smallest file found, or that there is nobody; neither: not decided."""

    witness: Mapping[str, Any] | None
    before: str | None
    after: str | None
    proved: bool

    @property
    def decided(self) -> bool:
        """Whether a witness or a proof was found."""
        return self.proved or self.witness is not None


@dataclass(frozen=True, slots=True)
class PositionDifference:
    """A position: who gains by the change, who loses, and whether even what is not known comes to the same."""

    id: str
    gains: Affected
    losses: Affected
    alike: bool


class Difference:
    """Two sets of rules side by side."""

    def __init__(self, old: Side, new: Side) -> None:
        """Take the rules before and after."""
        self.old = old
        self.new = new
        sides = (old.kb, new.kb)
        common = [c for c in old.kb.clauses if c in new.kb.clauses and self._differ(c)]
        roots = [(*kb.posts.values(), *(c for c in common if kb.clauses[c].says is not None)) for kb in sides]
        self._common = common
        self._space = RuleSpace(sides, roots, new.day)

    def _differ(self, identity: str) -> bool:
        return _said(self.old.kb.clauses[identity]) != _said(self.new.kb.clauses[identity])

    # ── clauses ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def reworded(self) -> tuple[str, ...]:
        """Clauses that are put otherwise and come to the same for every case."""
        old, new = self.old.kb.clauses, self.new.kb.clauses
        return tuple(
            identity
            for identity in self._common
            if old[identity].says is not None
            and new[identity].says is not None
            and self._space.alike((0, identity), (1, identity))
        )

    @cached_property
    def clauses(self) -> tuple[Changed, ...]:
        """The clauses that changed; what hangs below a clause that comes to the same is no change."""
        old, new = self.old.kb.clauses, self.new.kb.clauses
        found = [
            Changed(identity, old[identity], new[identity])
            for identity in self._common
            if identity not in self.reworded and self._itself(identity)
        ]
        changed = {each.id for each in found}
        for identity in self._lone(old, new, changed):
            found.append(Changed(identity, old[identity], None))
        for identity in self._lone(new, old, changed):
            found.append(Changed(identity, None, new[identity]))
        return tuple(found)

    def _itself(self, identity: str) -> bool:
        """Whether a clause says something else itself, and not only by the parts that were added or struck."""
        was, now = self.old.kb.clauses[identity], self.new.kb.clauses[identity]
        if _own(was) != _own(now) or was.exceptions != now.exceptions:
            return True
        both = [set(clause.parts) for clause in (was, now)]
        kept = [[p for p in clause.parts if p in both[0] & both[1]] for clause in (was, now)]
        known = self.old.kb.clauses.keys() & self.new.kb.clauses.keys()
        return kept[0] != kept[1] or any(part in known for part in both[0] ^ both[1])

    def _lone(self, mine: Mapping[str, Clause], other: Mapping[str, Clause], told: set[str]) -> list[str]:
        """The clauses that only one side has, without those that hang on a clause told of already."""
        by: dict[str, list[Clause]] = {}
        for clause in mine.values():
            for need in clause.needs():
                by.setdefault(need, []).append(clause)
        found: list[str] = []
        for identity in mine:
            if identity in other or any(identity.startswith(f"{above}.") for above in told):
                continue
            users = by.get(identity, ())
            if users and all(user.id in self.reworded for user in users):
                continue
            if users and all(u.id not in other and any(i in u.id for i in self.reworded) for u in users):
                continue
            found.append(identity)
        return found

    @cached_property
    def _realisers(self) -> tuple[Realiser, Realiser]:
        """Who writes files in the terms of the old rules, and of the new."""
        sides = (self.old, self.new)
        return Realiser(self._space, sides, 0), Realiser(self._space, sides, 1)

    # ── positions ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def positions(self) -> tuple[PositionDifference, ...]:
        """Every position that either side opens."""
        names = dict.fromkeys((*self.old.kb.posts, *self.new.kb.posts))
        return tuple(self._position(name) for name in names)

    @cached_property
    def _one(self) -> bool:
        """Whether both sides are the same rules, so that nothing need be searched."""
        layers = [kb.library.layer for kb in (self.old.kb, self.new.kb)]
        roots = [kb.library.root for kb in (self.old.kb, self.new.kb)]
        told = [(r, e.facts, dict(e.replaced), e.repealed) for r, e in zip(roots, layers, strict=True)]
        same = told[0] == told[1]
        return same and self.old.kb.readings == self.new.kb.readings and self.old.day == self.new.day

    def _position(self, position: str) -> PositionDifference:
        if self._one:
            nobody = Affected(None, None, None, proved=True)
            return PositionDifference(position, nobody, nobody, alike=True)
        a, b = self.old.kb.posts.get(position), self.new.kb.posts.get(position)
        alike = a is not None and b is not None and self._space.alike((0, a), (1, b))
        gains, losses = (self._affected(position, a, b, way, alike) for way in ("gains", "losses"))
        return PositionDifference(position, gains, losses, alike)

    def _affected(self, position: str, old: str | None, new: str | None, way: str, alike: bool) -> Affected:
        nobody = Affected(None, None, None, proved=True)
        gained = way == "gains"
        opened = (1, new) if gained else (0, old)
        other = (0, old) if gained else (1, new)
        if alike or opened[1] is None:
            return nobody
        holds = [(opened[0], opened[1])]
        fails = [(other[0], other[1])] if other[1] is not None else []
        if not self._space.cases(holds, fails):
            return nobody
        first, second = (self.new, self.old) if gained else (self.old, self.new)

        def sound(document: dict[str, Any]) -> bool:
            if first.verdict(document, position) != "eligible":
                return False
            return other[1] is None or second.verdict(document, position) == "ineligible"

        realiser = self._realisers[gained]
        for case in realiser.cases(holds, fails, most=MOST_CASES):
            document = realiser.file(case, sound)
            if document is not None:
                before = self.old.verdict(document, position) if old is not None else None
                after = self.new.verdict(document, position) if new is not None else None
                return Affected({"kind": "person", **document}, before, after, proved=False)
        return Affected(None, None, None, proved=False)


def _said(clause: Clause) -> object:
    return _own(clause), clause.parts, clause.exceptions


def _own(clause: Clause) -> object:
    return clause.says, clause.measures, clause.expression, frozenset(clause.counts)
