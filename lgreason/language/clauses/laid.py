"""Rules of one day laid on one another: which stands for which clause, and whose old words go on to be cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from lgreason.language.clauses.stating import Ruled, clause_facts
from lgreason.rules.layer import former, renewed
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value


def since(ruled: Ruled) -> date:
    """The day from which a rule is in force."""
    return ruled.bare[0].in_force


class Laid:
    """The rules that count on a day, laid on one another.

    Of several that amend one clause the one that begins last stands for it. What amends a clause and cites it means
    the words before it: those of the amendment before, or those of the clause itself, which then go on under another
    id. A rule that lowers or raises the term of a clause does so of the words that were only changed in place.
    """

    def __init__(self, counting: Sequence[Ruled]) -> None:
        """Take the rules of the day."""
        self.repealed = frozenset(target for ruled in counting for target in ruled.rule.repeals)
        self.replaced: dict[str, str] = {}
        self.kept: dict[str, str] = {}
        self._means: dict[int, dict[str, str]] = {}
        self._latest: dict[str, Ruled] = {}
        amending: dict[str, list[Ruled]] = {}
        for ruled in counting:
            if ruled.rule.amends is not None:
                amending.setdefault(ruled.rule.amends, []).append(ruled)
        for target, versions in amending.items():
            versions.sort(key=lambda ruled: (since(ruled), ruled.rule.id))
            self._lay(target, versions)

    def _lay(self, target: str, versions: list[Ruled]) -> None:
        latest = versions[-1]
        self._latest[target] = latest
        self.replaced[target] = self.root(latest)
        for number, ruled in enumerate(versions):
            if not any(target == cited for clause in ruled.bare for cited in clause.needs()):
                continue
            before = self.root(versions[number - 1]) if number else former(target)
            self._means[id(ruled)] = {target: before}
            if not number:
                self.kept[target] = before

    @staticmethod
    def root(ruled: Ruled) -> str:
        """The id under which a rule is stated: that of a clause which it replaces under its own id is a new one."""
        rule = ruled.rule
        return renewed(rule.id) if rule.amends == rule.id else ruled.bare[0].id

    def facts(self, ruled: Ruled) -> Iterator[Fn]:
        """The facts that a rule states."""
        for clause in self._clauses(ruled, ruled.clauses):
            yield from clause_facts(clause)
        rule, renames = ruled.rule, self._renames(ruled)
        for name, row in ruled.meaning.facts:
            if name == "except" and row[0] in self._latest and row[0] != rule.amends:
                latest = self._latest[str(row[0])]
                if latest.rule.keeps:  # the words around the term stand as they stood
                    row = (self.root(latest), *row[1:])
            yield Fn(name, tuple(_renamed(value, renames) for value in row))

    def needs(self, ruled: Ruled) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The clauses of a rule with those on which each depends, as they are laid."""
        for clause in self._clauses(ruled, ruled.bare):
            yield clause.id, tuple(self.replaced.get(other, other) for other in clause.needs())

    def _renames(self, ruled: Ruled) -> Mapping[str, str]:
        rule = ruled.rule
        own = {rule.id: renewed(rule.id)} if rule.amends == rule.id else {}
        return own or self._means.get(id(ruled), {})

    def _clauses(self, ruled: Ruled, clauses: tuple[Clause, ...]) -> Iterator[Clause]:
        means = self._means.get(id(ruled), {})
        for number, clause in enumerate(clauses):
            changed = replace(clause, id=self.root(ruled)) if not number else clause
            if means:
                changed = replace(
                    changed,
                    says=None if clause.says is None else _renamed_term(clause.says, means),
                    parts=tuple(means.get(part, part) for part in clause.parts),
                    exceptions=tuple(
                        (means.get(other, other), _renamed_term(form, means))
                        for other, form in clause.exceptions
                    ),
                )
            yield changed


def _renamed(value: Value, renames: Mapping[str, str]) -> Value:
    if isinstance(value, Fn):
        return _renamed_term(value, renames)
    return renames.get(value, value) if isinstance(value, str) else value


def _renamed_term(term: Fn, renames: Mapping[str, str]) -> Fn:
    return Fn(term.name, tuple(_renamed(value, renames) for value in term.args)) if term.args else term
