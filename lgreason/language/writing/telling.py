"""A rule told back: its sentence in either language, given only where it reads back to the same demands.

What an author wrote is kept as pieces that both grammars share, so that the pieces can be written in the other
language. Whether these words mean the same is not taken on trust: they are read again and held against the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.stating import Ruled, Stating
from lgreason.language.grammar.nodes import Node, WordNode, bare
from lgreason.language.meaning.clause import Stated
from lgreason.language.meaning.meaning import meaning
from lgreason.language.reading.sentences import Sentences
from lgreason.language.wording.writer import Writer
from lgreason.rules.model import LANGUAGES, Language
from lgreason.rules.terms import Fn, Value

MOST_WORDS = 6
"""So many words of several meanings are looked at, and so many others for each."""
_UNORDERED = frozenset({"all", "any", "none", "k_of"})


class RuleTelling:
    """Tells the rules of a book in either language."""

    def __init__(self, book: Book) -> None:
        """Take the book, with the words that its files define."""
        self._lexicon = book.lexicon
        self._stating = Stating(book.kb, book.lexicon)

    @cached_property
    def _sentences(self) -> Mapping[Language, Sentences]:
        return {language: Sentences(language, self._lexicon) for language in LANGUAGES}

    @cached_property
    def _writers(self) -> Mapping[Language, Writer]:
        return {language: Writer(language, self._lexicon) for language in LANGUAGES}

    def sentence(self, ruled: Ruled, language: Language) -> str | None:
        """The sentence of a rule in a language; none where no words were found that come to the same."""
        rule = ruled.rule
        if rule.node is None:
            return None
        if language == rule.language:
            return self._written(rule.node, language, own=True)
        for node in self._worded(bare(rule.node), language):
            text = self._written(node, language)
            if text is not None and self._means(text, ruled, language):
                return text
        return None

    def _written(self, node: Node, language: Language, own: bool = False) -> str | None:
        try:
            return self._writers[language].sentence(node, own)
        except ValueError:  # what only an amendment says has no sentence
            return None

    def _worded(self, node: Node, language: Language) -> Iterator[Node]:
        """The tree, and the tree with another word for one that has several meanings: «คะแนน» is of many things."""
        yield node
        several = [part for part in node.walk() if isinstance(part, WordNode) and "|" in part.value]
        for word in several[:MOST_WORDS]:
            for other in self._lexicon.alike(word.value, language)[:MOST_WORDS]:
                yield _with(node, word, WordNode(word.kind, other))

    def understood(self, ruled: Ruled, language: Language) -> str:
        """What a rule was understood to demand: its sentence in the other language, or a description in this one."""
        other: Language = "en" if ruled.rule.language == "th" else "th"
        told = self.sentence(ruled, other)
        return " ".join((told or ruled.clauses[0].gloss.into(language)).split())

    def _means(self, text: str, ruled: Ruled, language: Language) -> bool:
        node = self._sentences[language].read(text)
        if not isinstance(node, Node):
            return False
        again = meaning(ruled.rule.id, node, self._stating.units, (0, len(text)), self._lexicon.declared)
        if any(fault.severity == "error" for fault in again.faults):
            return False
        return (
            demands_of(again.clauses) == demands_of(ruled.meaning.clauses)
            and again.facts == ruled.meaning.facts
        )


def _with(node: Node, word: WordNode, other: WordNode) -> Node:
    parts = tuple(
        other if part is word else _with(part, word, other) if isinstance(part, Node) else part
        for part in node.parts
    )
    return Node(node.kind, parts, node.span, node.mark)


def demands_of(clauses: Sequence[Stated]) -> object:
    """What clauses come to, equal for the same demands in another order."""
    return _Demands({clause.id: clause for clause in clauses}).of(clauses[0].id) if clauses else ()


class _Demands:
    def __init__(self, clauses: Mapping[str, Stated]) -> None:
        self._clauses = clauses

    def of(self, identity: str) -> object:
        clause = self._clauses.get(identity)
        if clause is None:
            return identity
        parts: Iterator[object] = (self.of(part) for part in clause.parts)
        unordered = clause.says is not None and clause.says.name in _UNORDERED
        within = tuple(sorted(parts, key=repr)) if unordered else tuple(parts)
        counts = tuple(sorted(map(repr, clause.counts)))
        unless = tuple((self.of(other), form) for other, form in clause.exceptions)
        return (
            self._value(clause.says),
            clause.measures,
            counts,
            self._value(clause.expression),
            within,
            unless,
        )

    def _value(self, value: Value | None) -> object:
        if isinstance(value, Fn):
            return value.name, tuple(self._value(each) for each in value.args)
        return self.of(value) if isinstance(value, str) else value
