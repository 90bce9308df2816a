"""What a change of rules changes for organisations: for every kind of them, each post at each level, and numbers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lgreason.files.organisation.organisation import LEVELS
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import source_of
from lgreason.reasoning.cases.verdict import Permission
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.organisations.retyping import classify
from lgreason.reasoning.rulesets.bearing import Bearing
from lgreason.reasoning.rulesets.difference import Affected
from lgreason.reasoning.rulesets.organisation_files import OrganisationWriter, entries
from lgreason.reasoning.rulesets.planned import number_touched
from lgreason.reasoning.rulesets.sides import Side, content
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause, tree
from lgreason.rules.terms import Fn
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]
MOST_CASES = 24
_TABLES = ("row", "opens", "sets_up", "limits", "retypes", "quantity", "adds", "subtracts", "ratio", "mean")
NOBODY = Affected(None, None, None, proved=True)


@dataclass(frozen=True, slots=True)
class PostDifference:
    """A post at a level in a kind of organisation, or (without a post) a class that a municipality may get.

    `gains` are organisations that may have it by the new rules alone. `numbers`: how many there may be, before and
    after; `None` where the text sets none.
    """

    scope: Fn
    post: str
    level: str
    gains: Affected
    losses: Affected
    alike: bool
    numbers: tuple[int | None, int | None] = (None, None)
    plans: tuple[Affected, Affected] = (NOBODY, NOBODY)
    """Structures that the number of posts allows after the change alone, and before it alone."""


class OrganisationRules:
    """The rules of one side that decide about organisations, on the day of the comparison."""

    def __init__(self, kb: KnowledgeBase, day: date) -> None:
        """Take what decides about organisations."""
        self.kb = kb
        self.day = day

    @classmethod
    def of(cls, side: Side) -> OrganisationRules:
        """What decides about organisations by the rules of a side."""
        kb = side.kb
        return cls(kb.library.of("organisations").under(kb.chosen), side.day)

    @cached_property
    def tables(self) -> Tables:
        """The tables and conditions."""
        return Tables(self.kb)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms."""
        return Vocabulary(self.kb)

    def establishment(self, document: Document) -> Establishment | None:
        """An organisation with these entries; `None` where its file is refused."""
        text = json.dumps(document, ensure_ascii=False).encode()
        try:
            source = source_of("witness.json", text)
            organisation = load_organisation(source, self.vocabulary, self.day, day=self.day)
        except Unusable:
            return None
        return Establishment(self.tables, organisation)

    def verdict(self, document: Document, post: str, level: str) -> str | None:
        """What a post at a level, or a class, comes to for an organisation with these entries."""
        here = self.establishment(document)
        if here is None:
            return None
        if post:
            found: Permission = here.post(post, level).verdict
            return found
        return {"eligible": "allowed", "ineligible": "forbidden"}.get(
            classify(here, level).verdict, "undetermined"
        )

    def roots(self, scope: Fn, post: str, level: str, new: bool) -> tuple[str, ...] | None:
        """The clauses that must hold; `None` where the tables have no such post."""
        if not post:
            found = self.tables.classes.get(level)
            return None if found is None else (found,)
        opens = self.tables.opens.get((scope, post, level))
        if opens is None:
            return None
        further = self.tables.sets_up.get((scope, post)) if new else None
        return opens if further is None or further in opens else (*opens, further)


class PostDifferences:
    """Two sets of rules about organisations side by side."""

    def __init__(self, old: OrganisationRules, new: OrganisationRules) -> None:
        """Take the rules before and after."""
        self.old = old
        self.new = new

    @cached_property
    def same(self) -> bool:
        """Whether the two say the same of organisations, word for word."""
        mine, its = self.old.kb, self.new.kb
        tables = all(mine.rows(each) == its.rows(each) for each in _TABLES)
        return tables and {c: _said(x) for c, x in mine.clauses.items()} == {
            c: _said(x) for c, x in its.clauses.items()
        }

    @property
    def alike(self) -> bool:
        """Whether every post comes to the same for every organisation, as many as before."""
        return self.same or all(each.alike and each.numbers[0] == each.numbers[1] for each in self.found)

    @cached_property
    def found(self) -> tuple[PostDifference, ...]:
        """Every post that either side has, whether it differs or not."""
        return tuple(self._all())

    def _all(self) -> Iterator[PostDifference]:
        sides = (self.old, self.new)
        for scope in dict.fromkeys(s for side in sides for s, _ in side.tables.rows):
            assert isinstance(scope, Fn)
            for post in self.new.tables.kb.kinds.posts:
                for level in LEVELS:
                    roots = [side.roots(scope, post, level, True) for side in sides]
                    if roots != [None, None]:
                        yield self._one(scope, post, level)
        for class_ in dict.fromkeys(c for side in sides for c in side.tables.classes):
            yield self._one(Fn("municipality"), "", class_)

    def _one(self, scope: Fn, post: str, level: str) -> PostDifference:
        sides = (self.old, self.new)
        most = [side.tables.most(scope, post, level)[0] if post else None for side in sides]
        numbers = (most[0], most[1])
        plans = number_touched(self.old, self.new, scope, post, level, numbers)
        variants = (False, True) if post in self.new.tables.kb.kinds.in_units else (False,)
        alike = all(self._same(scope, post, level, new) for new in variants)
        if alike:
            return PostDifference(scope, post, level, NOBODY, NOBODY, True, numbers, plans)
        ways = []
        for gained in (True, False):
            tried = [self._affected(scope, post, level, new, gained) for new in variants]
            shown = [each for each in tried if each.witness is not None]
            open_ = [each for each in tried if not each.decided]
            ways.append((shown or open_ or tried)[0])
        return PostDifference(scope, post, level, ways[0], ways[1], False, numbers, plans)

    def _same(self, scope: Fn, post: str, level: str, new: bool) -> bool:
        """Whether the clauses say the same, or come to the same for every case."""
        before, after = (side.roots(scope, post, level, new) for side in (self.old, self.new))
        if before is None or after is None:
            return before == after
        said = [
            {content(side.kb.clauses, root): root for root in roots}
            for side, roots in ((self.old, before), (self.new, after))
        ]
        if not self._as_defined(before, after):
            left = [*map(list, (before, after))]
        else:  # what both ask for in the same words tells them apart nowhere
            left = [[root for of, root in mine.items() if of not in its] for mine, its in (said, said[::-1])]
        if not any(left):
            return True
        if [len(each) for each in left] != [1, 1]:
            return False
        return self._space((left[0][0],), (left[1][0],)).alike((0, left[0][0]), (1, left[1][0]))

    def _as_defined(self, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
        """Whether what some clauses measure is calculated as before."""
        pairs = ((self.old.kb, before), (self.new.kb, after))
        measured = {c.measures or "" for kb, roots in pairs for c in tree(kb.clauses, roots)}
        old, new = self._bearings
        return all(old.definition(measure) == new.definition(measure) for measure in measured)

    @cached_property
    def _bearings(self) -> tuple[Bearing, Bearing]:
        return Bearing(self.old.kb), Bearing(self.new.kb)

    def _space(self, before: tuple[str, ...], after: tuple[str, ...]) -> RuleSpace:
        return RuleSpace((self.old.kb, self.new.kb), (before, after), self.new.day)

    def _affected(self, scope: Fn, post: str, level: str, new: bool, gained: bool) -> Affected:
        mine, its = (self.new, self.old) if gained else (self.old, self.new)
        roots, others = mine.roots(scope, post, level, new), its.roots(scope, post, level, new)
        if roots is None:
            return NOBODY
        sides = (others or (), roots) if gained else (roots, others or ())
        space = self._space(*sides)
        at, beside = (1, 0) if gained else (0, 1)
        holds = [(at, root) for root in roots]
        decided = True
        for fails in [[(beside, other)] for other in others] if others is not None else [[]]:
            for case in space.cases(holds, fails, most=MOST_CASES):
                decided = False
                for scope_ in self._kinds(scope):
                    writer = OrganisationWriter(mine.kb, scope_, post, level, new)

                    def sound(tried: Document) -> bool:
                        return (
                            mine.verdict(tried, post, level) == "allowed"
                            and its.verdict(tried, post, level) == "forbidden"
                        )

                    for document in writer.documents(space, case.met, case.unmet):
                        if not sound(document):
                            continue
                        smallest = least(document, sound)
                        verdicts = [side.verdict(smallest, post, level) for side in (self.old, self.new)]
                        return Affected(smallest, verdicts[0], verdicts[1], proved=False)
        return NOBODY if decided else Affected(None, None, None, proved=False)

    def _kinds(self, scope: Fn) -> list[Fn]:
        """The kind itself; of all municipalities each class."""
        if scope.args or scope.name not in self.new.tables.kb.kinds.divisions:
            return [scope]
        rows = (s for s, _ in self.new.tables.rows if isinstance(s, Fn) and s.name == scope.name)
        return list(dict.fromkeys(rows))


def _said(clause: Clause) -> object:
    counts = frozenset(clause.counts)
    return clause.says, clause.parts, clause.exceptions, clause.measures, clause.expression, counts


def least(document: Document, sound: Callable[[Document], bool]) -> Document:
    """The same without what it is sound without."""
    for path in list(entries(document)):
        less = copy.deepcopy(document)
        within: Any = less
        for step in path[:-1]:
            within = within.get(step, {})
        if path[-1] in within:
            del within[path[-1]]
            if sound(less):
                document = less
    return document
