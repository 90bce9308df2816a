"""What clauses come to that are asked of one entry, and whether what an entry says is what a clause names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.files.facts.values import Term
from lgreason.reasoning.cases.kleene import any_of
from lgreason.rules.declared import exact, word
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import GATES, Clause, tree
from lgreason.rules.terms import Fn, Truth, Value
from lgreason.words.likeness import likeness
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.rules.decider import Decider

Leaf = Callable[[Clause, Fn], Truth]


class EntryDecider:
    """Decides clauses of entries with the theory, grounded once for each tree."""

    def __init__(self, kb: KnowledgeBase, vocabulary: Vocabulary) -> None:
        """Take the clauses and the terms."""
        self._kb = kb
        self._vocabulary = vocabulary
        self._trees: dict[str, tuple[Decider, tuple[tuple[Clause, Fn], ...]]] = {}
        self._alike: dict[tuple[str, ...], Truth] = {}

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return self._kb.clauses

    def decide(self, identity: str, leaf: Leaf) -> Truth:
        """What a clause comes to of an entry, given the truth of each leaf."""
        return self.truths(identity, leaf)[identity]

    def truths(self, identity: str, leaf: Leaf) -> Mapping[str, Truth]:
        """What a clause and all below it come to of an entry, given the truth of each leaf."""
        clause = self._clauses[identity]
        if clause.says is not None and not clause.exceptions and clause.op not in GATES:
            return {identity: leaf(clause, clause.says)}  # the theory says of such a clause what the leaf is
        if identity not in self._trees:
            clauses = tree(self._clauses, (identity,))
            decider = self._kb.library.decider(clauses)
            forms = {(each.id, variant): (each, form) for each in clauses for variant, form in each.demands()}
            self._trees[identity] = decider, tuple(forms[place] for place in decider.leaves)
        decider, leaves = self._trees[identity]
        return decider.decide([leaf(each, form) for each, form in leaves])

    # ── what an entry says, and what a clause names ──────────────────────────────────────────────

    def same(self, value: object, wanted: Value, kind: str) -> Truth:
        """Whether a value is the one that is named.

        Another text than a listed term is another thing, unless one contains the other or is but a slip of it: then
        it is not known.
        """
        name = word(wanted)
        if isinstance(value, bool):
            return name == str(value).lower()
        if isinstance(value, Fraction):
            return value == exact(wanted)
        if isinstance(value, tuple) and not isinstance(value, Term):  # a term is a tuple too
            return any_of(self.same(each, wanted, kind) for each in value)
        identity = self._resolved(kind, name)
        if isinstance(value, Term):
            if value.id is not None:
                return value.id in (identity, name)
            text = value.text
        else:
            text = str(value)
        names = [name]
        if identity is not None:
            names += self._vocabulary.spellings(kind, identity)
        asked = (text, *names)
        if asked not in self._alike:
            self._alike[asked] = likeness(text, names)
        return self._alike[asked]

    def _resolved(self, kind: str, name: str) -> str | None:
        return self._vocabulary.resolve(kind, name) if kind else None
