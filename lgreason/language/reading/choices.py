"""The words that may come next in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from lgreason.language.grammar.grammars import Grammar, grammar
from lgreason.language.lexicon.conjunctions import joins
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.rules.model import Language
from lgreason.words.forms import ends_word

MOST_LOOKS = 200
MOST_CONJUNCTION = 9
ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+|[0-9]{1,2}(?:\.[0-9]{1,2})*(?: ?\([0-9]{1,2}\))*")
_BELOW = re.compile(r" ?\([0-9]{1,2}\)$")
_TAG = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
FORMS = {"CLAUSE_ID": ID, "TAG": _TAG, "NUMERAL": NUMBER}
_BEGINS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), *range(0x0E40, 0x0E45))))
"""Thai letters with which a syllable begins, and so may a word after any other."""


Found: TypeAlias = tuple[str, tuple[str, ...], int]
"""A word found in a text: its terminal, the ids that it may stand for, and where it ends."""


ReadWord: TypeAlias = tuple[int, int, str]
"""A word as it was read: from where to where it stands, and its terminal."""


class Choices:
    """The words that a state of the parser admits, by their first sign and length."""

    def __init__(
        self,
        admitted: frozenset[str],
        grammar: Grammar,
        lexicon: RuleLexicon,
        joins: Mapping[str, re.Pattern[str]],
    ) -> None:
        """Collect the words of the terminals admitted; `joins` are the conjunctions."""
        self.admitted = admitted
        self.words: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.terms: dict[str, tuple[str, ...]] = {}
        self.twice: list[tuple[str, str, str]] = []
        for terminal in sorted(admitted):
            if terminal in grammar.spellings:
                for key in grammar.spellings[terminal]:
                    self._add(key, terminal, (grammar.shown[terminal],))
            elif terminal in CATEGORIES or terminal in ("NUMERAL", "CLAUSE_ID", "TERM"):
                for key, word in lexicon.words(terminal).items():
                    self._add(key, terminal, word.ids)
        self.joins = [(name, form) for name, form in joins.items() if name in admitted]
        thai = grammar.language == "th"
        begun = ("และ", "หรือ") if thai else ("and ", "or ")
        longer = [w for w, (t, _) in self.words.items() if t in grammar.spellings and w.startswith(begun)]
        # «หรือได้», «และต้อง» are conjunctions themselves.
        longer = [w for w in longer if not thai or len(w) > MOST_CONJUNCTION]
        self._joined = [(w, self.words[w][0]) for w in sorted(longer, key=len, reverse=True)]
        self.forms = [(name, form) for name, form in FORMS.items() if name in admitted]
        # Two signs leave few lengths to try; a word of one sign is tried after all others.
        starts: dict[str, set[int]] = {}
        for key in self.words:
            starts.setdefault(key[:2], set()).add(len(key))
        self._lengths = {
            signs: sorted({*lengths, *starts.get(signs[0], ())}, reverse=True)
            for signs, lengths in starts.items()
        }

    def _add(self, key: str, terminal: str, ids: tuple[str, ...]) -> None:
        if terminal == "TERM":  # a word of the grammar, or of a list that must follow, is that first
            self.terms[key] = ("|".join(ids),)
            self.words.setdefault(key, (terminal, self.terms[key]))
            return
        if key in self.words and self.words[key][0] not in (terminal, "TERM"):
            self.twice.append((key, self.words[key][0], terminal))
        self.words[key] = (terminal, ids)

    def at(self, text: str, start: int) -> Iterator[Found]:
        """The words at a place, the longest first: terminal, ids, and where it ends.

        A conjunction is told apart by what it joins, so it is looked for before all others, save for a longer word of
        the grammar that begins with it: "and must", «หรือดำรงตำแหน่งในสายงาน».
        """
        for name, form in self.joins:
            if match := form.match(text, start):
                yield from self._beginning(text, start, match.end())
                yield name, (name,), match.end()
        words, lengths = self.words, self._lengths
        signs = text[start : start + 2]
        for length in lengths.get(signs) or lengths.get(signs[:1]) or ():
            end = start + length
            if end > len(text):  # a shorter piece would be found as the word that it is, with a false end
                continue
            found = words.get(text[start:end])
            if found is not None and (text[end : end + 1] in _BEGINS or ends_word(text, end)):
                yield found[0], found[1], end
                if found[0] != "TERM" and (term := self.terms.get(text[start:end])) is not None:
                    yield "TERM", term, end
        for name, form in self.forms:
            if (match := form.match(text, start)) and ends_word(text, match.end()):
                said = match[1] if form is _TAG else match[0]
                yield name, (said,), match.end()
                while form is ID and (below := _BELOW.search(said)):
                    # "item 2 (2)" is one below another, or the item of a list and the number of its next.
                    said = said[: below.start()]
                    yield name, (said,), start + len(said)

    def _beginning(self, text: str, start: int, past: int) -> Iterator[Found]:
        for word, terminal in self._joined:
            end = start + len(word)
            if end > past and text.startswith(word, start) and ends_word(text, end):
                yield terminal, (terminal,), end


class Admitting:
    """The words and grammar of one language; what may come next is worked out once a state."""

    def __init__(self, language: Language, lexicon: RuleLexicon) -> None:
        """Take the language and the words."""
        self.grammar: Grammar = grammar(language)
        self.lexicon = lexicon
        self._choices: dict[int, Choices] = {}
        self._same: dict[frozenset[str], Choices] = {}  # many states admit the same words
        self.begin()

    @cached_property
    def _joins(self) -> Mapping[str, re.Pattern[str]]:
        return joins(self.grammar, self.lexicon)

    def begin(self) -> None:
        """Begin a book: for so many of its unknown words the nearest is looked for, which takes time."""
        self.looks = MOST_LOOKS

    def choices(self, state: int) -> Choices:
        """The words that may come next in a state of the parser."""
        found = self._choices.get(state)
        if found is None:
            admitted = self.grammar.admitted(state)
            found = self._same.get(admitted)
            if found is None:
                found = self._same[admitted] = Choices(admitted, self.grammar, self.lexicon, self._joins)
            self._choices[state] = found
        return found
