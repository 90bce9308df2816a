"""The two grammars mean the same; every word is found again; whatever they can say is written and read back."""

from __future__ import annotations

import random
from functools import cached_property

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.grammar import Rule, Terminal

from lgreason.language.grammar.grammars import grammar
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.conjunctions import joins
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.language.reading.choices import Choices
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.sentences import Sentences
from lgreason.language.wording.writer import Writer
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language

LEXICON = RuleLexicon(Library().of(None).under())
SENTENCES = {language: Sentences(language, LEXICON) for language in LANGUAGES}
WRITERS = {language: Writer(language, LEXICON) for language in LANGUAGES}


def test_the_grammars_have_the_same_kinds_with_the_same_parts() -> None:
    thai, english = grammar("th").kinds(), grammar("en").kinds()
    assert thai.keys() == english.keys()
    for kind in thai:
        assert {_symbols(parts) for parts in thai[kind]} == {_symbols(parts) for parts in english[kind]}, kind


def _symbols(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The symbols that leave something in the tree: a word fixed in one language may be a choice in the other."""
    return tuple(name for name in parts if not _silent(name))


def _silent(name: str) -> bool:
    if not name.startswith("_"):
        return False
    rules = [rule for language in LANGUAGES for rule in grammar(language).rules.get(name, ())]
    return all(
        (isinstance(symbol, Terminal) and (symbol.filter_out or symbol.name.startswith("_")))
        or _silent(symbol.name)
        for rule in rules
        for symbol in rule.expansion
        if symbol.name != name
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_means_two_things_in_one_place(language: Language) -> None:
    table = grammar(language).table
    twice = {
        clash
        for state in table.actions
        for clash in Choices(
            frozenset(table.actions[state]), grammar(language), LEXICON, joins(grammar(language), LEXICON)
        ).twice
    }
    assert twice == set()


LISTS = {
    "th": {
        "FIELD_NAME": "ต้องได้รับปริญญาโทในสาขา{0}{1}",
        "WORK_NAME": "ต้องปฏิบัติ{0}{1}มาแล้วไม่น้อยกว่า1ปี",
        "SERIES_NAME": "ต้องปฏิบัติงานนโยบายและแผนหรือดำรงตำแหน่งในสายงาน{0}{1}มาแล้วไม่น้อยกว่า1ปี",
    },
    "en": {
        "FIELD_NAME": "must hold a master's degree in {0}, {1}",
        "WORK_NAME": "must have done {0}, {1} for not less than 1 year",
        "SERIES_NAME": "must have done related work or held a post in the series {0}, {1} for not less than 1 year",
    },
}
PAIRS = [(language, terminal) for language in LANGUAGES for terminal in LISTS[language]]


@pytest.mark.parametrize(("language", "terminal"), PAIRS)
def test_every_pair_of_words_is_found_again(language: Language, terminal: str) -> None:
    """One word straight after another, unspaced in Thai, is read as the two that they are."""
    words = {
        key: word.ids[0]
        for key, word in LEXICON.words(terminal).items()
        if len(word.ids) == 1 and (any(sign > "\u0e00" for sign in key) == (language == "th"))
    }
    joined = []
    for one, first in words.items():
        for other, second in words.items():
            node = SENTENCES[language].read(LISTS[language][terminal].format(one, other))
            below = node.walk() if isinstance(node, Node) else ()
            found = [part.value for part in below if isinstance(part, WordNode) and part.kind == terminal]
            if found != [first, second]:
                joined.append((one, other, found))
    # The two together may be the name of a third, and are then read as that one.
    assert [pair for pair in joined if plain_text(pair[0] + pair[1]) not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("terminal", [name for name in CATEGORIES if not name.startswith("_")])
def test_every_term_has_a_word_that_stands_for_it_alone(language: Language, terminal: str) -> None:
    words = LEXICON.words(terminal)
    for identity in LEXICON.ids(terminal):
        assert words[plain_text(LEXICON.name(terminal, identity, language))].ids == (identity,)


# ── whatever can be said ──────────────────────────────────────────────────────────────────────────────────────


class Speaker:
    """Says something at random: a tree that the grammar allows, no deeper than its items may be nested."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._grammar = grammar("th")

    def node(self) -> Node:
        return self._derive("start", 0)

    def _derive(self, name: str, depth: int) -> Node:
        parts, kind = self._expand(name, depth)
        return Node(kind, tuple(parts))

    def _expand(self, name: str, depth: int) -> tuple[list[Node | WordNode], str]:
        rules = [rule for rule in self._grammar.rules[name] if self._speakable(rule)]
        if depth > 12:  # the shortest way out
            rules = [min(rules, key=lambda rule: len(rule.expansion))]
        if depth > 6:
            rules = [rule for rule in rules if "_items" not in {s.name for s in rule.expansion}] or rules
        rule = self._random.choice(rules)
        parts: list[Node | WordNode] = []
        for symbol in rule.expansion:
            if isinstance(symbol, Terminal):
                if not symbol.filter_out and not symbol.name.startswith("_"):
                    parts.append(WordNode(symbol.name, self._word(symbol.name)))
            elif symbol.name.startswith("_"):
                parts += self._expand(symbol.name, depth + 1)[0]
            else:
                parts.append(self._derive(symbol.name, depth + (2 if symbol.name in ("item", "gate") else 1)))
        return parts, str(rule.alias or name)

    def _speakable(self, rule: Rule) -> bool:
        """Whether there is a word for everything that the rule needs: some category may have no terms.

        What is said of declared facts is written as its author wrote it: tests/language/meaning/test_stated.py.
        """
        if str(rule.alias or rule.origin.name) == "stated":
            return False
        return all(
            symbol.name not in CATEGORIES or symbol.name.startswith("_") or bool(LEXICON.ids(symbol.name))
            if isinstance(symbol, Terminal)
            else symbol.name in self._sayable
            for symbol in rule.expansion
        )

    @cached_property
    def _sayable(self) -> frozenset[str]:
        found: set[str] = set()
        while True:
            self.__dict__["_sayable"] = frozenset(found)
            more = {name for name, rules in self._grammar.rules.items() if any(map(self._speakable, rules))}
            if more == found:
                return frozenset(found)
            found = more

    def _word(self, terminal: str) -> str:
        if terminal == "NUMERAL":
            return str(self._random.randint(1, 99))
        if terminal in ("CLAUSE_ID", "TAG"):
            return f"t.{self._random.choice('abc')}{self._random.randint(1, 9)}"
        return self._random.choice(LEXICON.ids(terminal))


def nested(node: Node) -> int:
    inner = max((nested(part) for part in node.nodes()), default=0)
    return inner + (1 if node.kind in ("all", "any", "none", "k_of") else 0)


def said_after_a_list(node: Node) -> bool:
    """Whether "deciding jointly" or a proviso follows a case that is a list: it is then of the last item."""
    kinds = [part.kind for part in node.nodes()]
    lists = [n for n, part in enumerate(node.nodes()) if any(nested(below) for below in part.nodes())]
    return not {"jointly", "proviso"}.isdisjoint(kinds[lists[0] :]) if lists else False


@settings(max_examples=150)
@given(st.integers(min_value=0, max_value=2**32))
def test_whatever_can_be_said_is_read_back(seed: int) -> None:
    node = Speaker(seed).node()
    if nested(node) > 4 or any(said_after_a_list(of) for of in node.walk() if isinstance(of, Node)):
        return
    for language in LANGUAGES:
        written = WRITERS[language].sentence(node)
        back = SENTENCES[language].read(written)
        assert not isinstance(back, Fault), (written, back)
        assert WRITERS[language].sentence(back) == written
        assert back == node, written
