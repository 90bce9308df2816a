"""The words of a conversation that no grammar can list: names of persons, positions, clauses and readings.

Each is closed: only what is loaded and what the knowledge base holds has a name. A word may stand for several ids
(two persons of one first name, a clause number that every level has); who asks is then told which there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Protocol

from lgreason.repl.asked import Mention
from lgreason.repl.understanding.patterns import word_forms
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language
from lgreason.words.forms import OF_ORGANISATIONS, Kind, Words
from lgreason.words.knowledge import KnowledgeWords
from lgreason.words.plain import is_thai, plain, plain_text

HONORIFICS = ("คุณ", "khun ")


class OrganisationTerms(Protocol):
    """The words of organisations, which stand after this module: they are read only when they are needed."""

    @property
    def words(self) -> Mapping[Kind, Words]:
        """The words by kind."""

    def of_kind(self, text: str) -> tuple[str, ...]:
        """The ids of the organisations that are of a kind, as it is called."""


class Lexicon:
    """The words in force: of the persons and organisations loaded, and of a knowledge base."""

    def __init__(self, kb: KnowledgeBase, people: Mapping[str, str]) -> None:
        """Take a knowledge base, and the names of the persons loaded by their ids."""
        self._of_kb = KnowledgeWords(kb)
        self._kb = kb
        self.people = dict(people)
        self.organisations: OrganisationTerms | None = None

    def with_people(self, people: Mapping[str, str]) -> Lexicon:
        """The same words for other persons."""
        return self._with(people, self.organisations)

    def with_organisations(self, organisations: OrganisationTerms) -> Lexicon:
        """The same words, and those of organisations: of some that are loaded, and of what is known of all."""
        return self._with(self.people, organisations)

    def _with(self, people: Mapping[str, str], organisations: OrganisationTerms | None) -> Lexicon:
        other = Lexicon.__new__(Lexicon)
        other._of_kb, other._kb, other.people = self._of_kb, self._kb, dict(people)
        other.organisations = organisations
        return other

    @cached_property
    def words(self) -> Mapping[Kind, Words]:
        """Every word, by kind; without organisations there are no words of them."""
        knowledge = self._of_kb
        found: dict[Kind, Words] = {
            "PERSON_NAME": self._persons(),
            **knowledge.words,
        }
        if self.organisations is None:
            return {**found, "CLAUSE_NAME": knowledge.clauses, **dict.fromkeys(OF_ORGANISATIONS, Words())}
        return {**found, **knowledge.with_organisations, **self.organisations.words}

    @cached_property
    def facts(self) -> Words:
        """What the facts are called that the knowledge base declares of persons."""
        words = Words()
        declared = self._kb.declared.declarations("person")
        for identity in declared.facts:
            for name in declared.names.get(("fact", identity)) or ():
                words.add(name, identity)
        return words

    def shown(self, kind: Kind, mention: Mention, language: Language) -> str:
        """The word of a language that means what is mentioned; as it was mentioned where there is none."""
        names = [word for _, word in self.words[kind].items() if word.ids == mention.ids]
        for word in sorted(names, key=lambda word: not word.offered):
            if any(map(is_thai, word.shown)) == (language == "th"):
                return word.shown
        return mention.text

    # ── persons ───────────────────────────────────────────────────────────────────────────────────────────────

    def _persons(self) -> Words:
        words = Words()
        for identity, name in self.people.items():
            title, bare = without_title(name)
            first = bare.split()[0] if bare.split() else name
            words.add(name, identity, offered=True)
            words.add(first, identity, offered=True)
            for last in bare.split()[1:]:
                words.add(last, identity)
            for spelling in (
                bare,
                f"{title}{first}",
                *(f"{h}{n}" for h in HONORIFICS for n in (bare, first)),
            ):
                words.add(spelling, identity)
        for identity in self.people:
            words.mean(identity, identity, offered=True)
        return words

    def person_name(self, identity: str, language: Language = "th") -> str:
        """The shortest name that is a person's alone: the first name, the whole name, or the id.

        In English, a person whose name is in Thai letters goes by the id.
        """
        _, bare = without_title(self.people[identity])
        if language == "en" and not bare.isascii():
            return identity
        for name in (*bare.split()[:1], bare, self.people[identity]):
            if self.words["PERSON_NAME"][plain_text(name)].ids == (identity,):
                return name
        return identity


def without_title(name: str) -> tuple[str, str]:
    """The title or rank that a name begins with (`นาย`, `จ.อ.`, `Mr.`), if any, and the name without it."""
    found = plain(name)
    match = _titles().match(found.text)
    rest = found.text[match.end() :].lstrip(". ") if match else ""
    if not rest:
        return "", name
    place = found.place(len(found.text) - len(rest))
    return name[:place].strip(), name[place:].strip()


@cache
def _titles() -> re.Pattern[str]:
    """The titles and ranks of persons in plain form, the longest first."""
    forms = sorted((form for form, tags in word_forms().items() if "TITLED" in tags), key=len, reverse=True)
    return re.compile("|".join(re.escape(form) + ("(?![a-z])" if form.isascii() else "") for form in forms))
