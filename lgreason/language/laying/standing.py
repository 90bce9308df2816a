"""What stands on a day: the clauses of the knowledge base with what amended them before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from lgreason.language.clauses.laid import since as since_of
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_text
from lgreason.language.laying.places import Label
from lgreason.language.reading.sentences import Sentences
from lgreason.language.wording.restate import Unsaid, restate
from lgreason.language.wording.writer import Writer
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause, Language
from lgreason.rules.terms import Fn, Value


class StandingRules:
    """The knowledge base with the rules of files read before."""

    def __init__(
        self,
        kb: KnowledgeBase,
        sentences: Mapping[Language, Sentences],
        writers: Mapping[Language, Writer],
        ruled: list[Ruled],
    ) -> None:
        """Take the knowledge base with its words, and the rules so far: those made here are to be added to them."""
        self._kb = kb
        self._sentences = sentences
        self._writers = writers
        self._ruled = ruled
        self.labels: dict[str, Label] = {}
        """The numbers under which amendments put items in, by the ids of these."""

    def versions(self, target: str, day: date) -> list[Ruled]:
        """The rules that amend a clause and are in force on a day, the one that begins last at the end."""
        found = [
            one
            for one in self._ruled
            if one.rule.amends == target
            and since_of(one) <= day
            and (one.rule.until is None or day <= one.rule.until)
        ]
        return sorted(found, key=since_of)

    def clauses(self, day: date) -> dict[str, Clause]:
        """Every clause as it stands on a day, under the id by which it is referred to."""
        found = dict(self._kb.clauses)
        for one in self._ruled:
            for clause in one.bare:
                found.setdefault(clause.id, clause)
        for target in {one.rule.amends for one in self._ruled if one.rule.amends in found}:
            assert target is not None
            if versions := self.versions(target, day):
                clause = versions[-1].bare[0]
                found[target] = replace(
                    clause, id=target, place=found[target].place, document=found[target].document
                )
        gone = {r for one in self._ruled if since_of(one) <= day for r in one.rule.repeals}
        for identity in gone & found.keys():
            del found[identity]
        return found

    def node(self, target: str, day: date) -> Node:
        """The sentence of a clause as it stands on a day; raises `Unsaid`."""
        if versions := self.versions(target, day):
            node = versions[-1].rule.node
            if node is not None:
                return node
        for one in self._ruled:
            if one.rule.id == target and one.rule.amends is None and one.rule.node is not None:
                return one.rule.node
            for stated in one.meaning.clauses:
                if stated.id == target and stated.node.kind not in ("free",):
                    return Node("requires", (stated.node,))
        clause = self._kb.clauses.get(target)
        node = restate(clause, self._kb)[0] if clause is not None else None
        if node is None:
            raise Unsaid(target)
        return node

    def rows(self, predicate: str) -> tuple[tuple[Value, ...], ...]:
        """The facts of a predicate of the knowledge base, of organisations too."""
        return tuple(tuple(row) for row in self._kb.whole.rows(predicate))

    def kinds(self) -> dict[str, tuple[str, ...]]:
        """The types of organisation by id, with their Thai names as they are compared, the longest first."""
        found: dict[str, list[str]] = {}
        for (category, of_name), name in self._kb.whole.names.items():
            if category == "organisation_type":
                found.setdefault(of_name, []).append(plain_text(name.th))
        for of_category, of_alias, text in self.rows("alias"):
            if of_category == Fn("organisation_type"):
                found.setdefault(str(of_alias), []).append(plain_text(str(text)))
        return {of: tuple(sorted(names, key=len, reverse=True)) for of, names in found.items()}

    def opened(self, post: str) -> str | None:
        """The clause that sets the qualifications of a position."""
        for one in self._ruled:
            if post in one.rule.posts and one.rule.amends is None:
                return one.rule.id
        return self._kb.posts.get(post)
