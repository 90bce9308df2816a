"""Declared facts in registers: which columns can hold them, by the declarations alone, and under which headings.

A column is named by the fact and the path within its entry: `born`, `penalties.kind`, `licences.suspended.from`,
`competencies.k.04`. Of a fact whose values stand under names (`scores`, `years`), `F.name` and `F.value` are two
columns of a sheet with a row for each of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lgreason.rules.declared import NAMED, NUMBERS, Attribute, Declarations, Fact, word
from lgreason.rules.terms import Fn
from lgreason.words.vocabulary import Vocabulary

BY_NAME = ("scores", "years")
NAME, VALUE = "name", "value"
OWN_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "education": {key: key for key in ("degree", "field", "approved", "obtained")},
    "postings": {
        **{key: key for key in ("position", "type", "level", "c_level", "equivalent_to", "from", "to")},
        **{"title": "position", "acting": "status", "concurrent": "status"},
    },
    "experience": {key: key for key in ("work", "from", "to")},
}
"""The columns under which registers give attributes of the lists that every person has."""
_NOT_A_LETTER = re.compile(r"[^0-9a-z\u0e01-\u0e4e#]+")
_LEAST_LETTERS = 4


def plain_heading(text: str) -> str:
    """A heading as it is compared."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ํา", "ำ")
    text = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return _NOT_A_LETTER.sub("", text) or ("#" if text.strip() == "#" else "")


@dataclass(frozen=True)
class Holds:
    """What a column of a declared fact holds: the value of `type` at a path of an entry of the fact.

    `attribute` is its declaration, where there is one. `part` is `name` or `value` for a column that holds one of the
    two for a fact whose values stand under names, else empty.
    """

    id: str
    fact: Fact
    path: tuple[str, ...]
    type: Fn
    attribute: Attribute | None
    part: str = ""


class StatedColumns:
    """The columns that declared facts can stand in."""

    def __init__(self, declarations: Declarations, terms: Vocabulary) -> None:
        """Take what is declared of a person, and the terms it is written in."""
        self.declarations = declarations
        self.terms = terms
        self._asked: dict[str, Holds | None] = {}

    # ── by id ────────────────────────────────────────────────────────────────────────────────────

    def holds(self, name: str) -> Holds | None:
        """What a column of this name holds; `None` if no declared fact has such a part."""
        if name not in self._asked:
            self._asked[name] = self._holds(name)
        return self._asked[name]

    def _holds(self, name: str) -> Holds | None:
        identity, _, rest = name.partition(".")
        fact = self.declarations.facts.get(identity)
        if fact is None:
            return None
        if not rest:
            one = fact.value is not None and fact.shape.name == "one"
            return Holds(name, fact, (), fact.value.type, fact.value) if one and fact.value else None
        if fact.shape.name in BY_NAME and fact.value is not None:
            if rest in (NAME, VALUE):
                return Holds(name, fact, (), fact.value.type, fact.value, rest)
            return Holds(name, fact, (rest,), fact.value.type, fact.value)
        return self._within(name, fact, rest)

    @staticmethod
    def _within(name: str, fact: Fact, rest: str) -> Holds | None:
        steps = tuple(rest.split("."))
        for size in range(len(steps), 0, -1):
            attribute = fact.attribute(steps[:size])
            if attribute is None:
                continue
            if size == len(steps):
                return None if attribute.inner else Holds(name, fact, steps, attribute.type, attribute)
            if attribute.type.name in BY_NAME:  # whatever stands after it is a name
                of = attribute.type.args[-1]
                key = ".".join(steps[size:])
                inner = of if isinstance(of, Fn) else Fn(word(of))
                return Holds(name, fact, (*steps[:size], key), inner, attribute)
            return None
        return None

    def own(self, name: str) -> str | None:
        """The column of the lists that every person has that a path names: `postings.from` is `from`."""
        identity, _, rest = name.partition(".")
        return OWN_COLUMNS.get(identity, {}).get(rest)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every column, those under names as `F.name` and `F.value`; for saying what is accepted."""
        found: list[str] = []
        for fact in self.declarations.facts.values():
            if fact.shape.name in BY_NAME:
                found += [f"{fact.id}.{NAME}", f"{fact.id}.{VALUE}"]
            elif fact.value is not None:
                found.append(fact.id)
            own = OWN_COLUMNS.get(fact.id, {})
            found += [f"{fact.id}.{each.id}" for each in _leaves(fact.attributes) if each.id not in own]
        return tuple(found)

    # ── by heading ───────────────────────────────────────────────────────────────────────────────

    def headed(self, heading: str) -> str | None:
        """The column that a heading names wherever it stands: a fact of one value, or a fact and its attribute."""
        found = self._everywhere.get(plain_heading(heading))
        return found if found is not None else self._named_score(heading, self._scored)

    def headed_within(self, heading: str, fact: str) -> str | None:
        """The column that a heading names in a sheet about a fact."""
        found = self.headings_of(fact).get(plain_heading(heading))
        if found is None and fact in self.declarations.facts:
            found = self._named_score(heading, (self.declarations.facts[fact],))
        return found

    def headings_of(self, fact: str) -> Mapping[str, str]:
        """The headings that the columns of a sheet about a fact may have, as they are compared, and the columns."""
        known = self.declarations.facts.get(fact)
        return {} if known is None else self._of_fact(known)

    def about(self, titles: Iterable[str]) -> str | None:
        """The fact that the name of a sheet, or what else tells it, speaks of; the longest name that is in it."""
        best: tuple[bool, int, str] | None = None
        for title in titles:
            plain, words = plain_heading(title), _words(title)
            for spelling, fact in self._names.items():
                name = plain_heading(spelling)
                if name == plain or _speaks_of(plain, words, spelling):
                    best = max(best or (False, 0, ""), (name == plain, len(name), fact))
        return best[2] if best else None

    def told_by(self, headings: Sequence[str]) -> str | None:
        """The fact that only the headings of a sheet tell: most of them are its own, one of them of no other."""
        plain = [plain_heading(text) for text in headings if text]
        best: tuple[int, str] | None = None
        for fact in self.declarations.facts.values():
            if fact.id in OWN_COLUMNS:
                continue
            own = self._of_fact(fact)
            hits = [text for text in plain if text in own]
            told = len(hits) >= 2 and any(self._users.get(text) == 1 for text in hits)
            if told and (best is None or len(hits) > best[0]):
                best = (len(hits), fact.id)
        return best[1] if best else None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """What the facts that have entries are called."""
        return {
            spelling: fact.id
            for fact in self.declarations.facts.values()
            if fact.shape.name != "one"
            for spelling in self.terms.spellings("fact", fact.id)
        }

    @cached_property
    def _scored(self) -> tuple[Fact, ...]:
        """The facts whose values stand under the names of terms."""
        return tuple(
            fact
            for fact in self.declarations.facts.values()
            if fact.shape.name == "scores" and len(fact.shape.args) > 1
        )

    def _named_score(self, heading: str, facts: Iterable[Fact]) -> str | None:
        for fact in facts:
            if fact.shape.name == "scores" and len(fact.shape.args) > 1:
                term = self.terms.resolve(word(fact.shape.args[0]), heading)
                if term is not None:
                    return f"{fact.id}.{term}"
        return None

    def _of_fact(self, fact: Fact) -> Mapping[str, str]:
        if fact.id not in self._within_fact:
            self._within_fact[fact.id] = dict(self._headings_of(fact))
        return self._within_fact[fact.id]

    @cached_property
    def _within_fact(self) -> dict[str, Mapping[str, str]]:
        return {}

    def _headings_of(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """What the columns of a sheet about a fact may be headed."""
        if fact.shape.name in BY_NAME:
            kind = word(fact.shape.args[0]) if len(fact.shape.args) > 1 else None
            for spelling in (NAME, *(self.terms.spellings("category", kind) if kind else ())):
                yield plain_heading(spelling), f"{fact.id}.{NAME}"
            for spelling in (VALUE, *self.terms.spellings("fact", fact.id)):
                yield plain_heading(spelling), f"{fact.id}.{VALUE}"
        elif fact.value is not None:
            for spelling in self.terms.spellings("fact", fact.id):
                yield plain_heading(spelling), fact.id
        elif (first := _first(fact)) is not None:  # a column headed by the fact itself
            for spelling in self.terms.spellings("fact", fact.id):
                yield plain_heading(spelling), self._column(fact, first)
        for attribute in _leaves(fact.attributes):
            for spelling in (attribute.id, *self.terms.spellings("attribute", f"{fact.id}.{attribute.id}")):
                yield plain_heading(spelling), self._column(fact, attribute)

    def _column(self, fact: Fact, attribute: Attribute) -> str:
        return self.own(f"{fact.id}.{attribute.id}") or f"{fact.id}.{attribute.id}"

    @cached_property
    def _everywhere(self) -> Mapping[str, str]:
        """Headings that say what they are wherever they stand."""
        found: dict[str, str] = {}
        for fact in self.declarations.facts.values():
            names = list(self.terms.spellings("fact", fact.id))
            if fact.id not in OWN_COLUMNS:
                if fact.value is not None and fact.shape.name == "one":
                    found |= {plain_heading(name): fact.id for name in names}
                elif (first := _first(fact)) is not None:
                    found |= {plain_heading(name): self._column(fact, first) for name in names}
            for attribute in _leaves(fact.attributes):
                column = self._column(fact, attribute)
                for own in (attribute.id, *self.terms.spellings("attribute", f"{fact.id}.{attribute.id}")):
                    for name in names:
                        found.setdefault(plain_heading(f"{name} {own}"), column)
                        found.setdefault(plain_heading(f"{own} {name}"), column)
        return found

    @cached_property
    def _users(self) -> Mapping[str, int]:
        """How many facts have a column of a heading."""
        found: dict[str, int] = {}
        for fact in self.declarations.facts.values():
            for heading in self._of_fact(fact):
                found[heading] = found.get(heading, 0) + 1
        return found


def _leaves(attributes: Mapping[str, Attribute]) -> Iterator[Attribute]:
    """The attributes that hold values, those within others too."""
    for attribute in attributes.values():
        if attribute.inner:
            yield from _leaves(attribute.inner)
        elif attribute.type.name not in BY_NAME:
            yield attribute


def _first(fact: Fact) -> Attribute | None:
    """What a column headed by the fact itself holds: the term, the named value or the number that stands first."""
    for types in (NAMED, NUMBERS):
        if found := [each for each in fact.attributes.values() if each.type.name in types]:
            return found[0]
    return None


def _words(text: str) -> str:
    """The words of a title with a space around each."""
    return f" {' '.join(re.split('[^0-9a-z]+', text.casefold()))} "


def _speaks_of(plain: str, words: str, spelling: str) -> bool:
    """Whether a title holds a name: a Thai one anywhere in it, any other as words of their own."""
    if spelling.isascii():
        return _words(spelling.replace("_", " ")) in words.replace("_", " ")
    return len(plain_heading(spelling)) >= _LEAST_LETTERS and plain_heading(spelling) in plain
