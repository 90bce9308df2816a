"""The lists of words from which the terminals of the grammars take theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.declared import Declared
from lgreason.language.lexicon.numbers import numbers
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language
from lgreason.rules.terms import Fn, Value
from lgreason.words.forms import Words
from lgreason.words.knowledge import KnowledgeWords

CATEGORIES: Mapping[str, str] = {
    "DEGREE_NAME": "degree",
    "OR_DEGREE_NAME": "degree",
    "FIELD_NAME": "field",
    "POSITION_NAME": "position",
    "RANK_NAME": "rank",
    "TYPE_ALONE": "position_type",
    "TYPE_NAME": "position_type",
    "LEVEL_NAME": "level",
    "WORK_NAME": "work",
    "SERIES_NAME": "series",
    "COMMITTEE_NAME": "committee",
    "COMPETENCY_NAME": "competency",
    "GROUP_NAME": "competency_group",
    "QUANTITY_NAME": "quantity",
    "AMOUNT_NAME": "amount",
    "INSTRUMENT_NAME": "instrument",
    "POST_NAME": "establishment",
    "SCOPE_NAME": "scope",
    "STATUS_NAME": "municipal_status",
    "KIND_NAME": "unit_kind",
    "SIZE_NAME": "sao_size",
    "CLASS_NAME": "municipal_class",
}
"""The terminals of the grammars that stand for terms, and the category of the vocabulary that each draws on."""
NAMED_OF = {
    "status": ("status", "STATUS_NAME"),
    "unit_kind": ("kind", "KIND_NAME"),
    "former_size": ("size", "SIZE_NAME"),
    "class": ("class", "CLASS_NAME"),
}
"""What an organisation may be asked to be one of: what counts, and the terminal of its names."""
_COUNTED = {
    "post": "POST_NAME",
    "status": "STATUS_NAME",
    "kind": "KIND_NAME",
    "size": "SIZE_NAME",
    "class": "CLASS_NAME",
    "instrument": "INSTRUMENT_NAME",
}
OR_BEFORE = {"th": ("หรือ", "หรือได้รับ"), "en": ("or ",)}
_LEVELLED = re.compile(r"^ระดับ[^0-9]+ข้อ ?[0-9.()]+$|^[a-z]+ level item [0-9.]+( ?\([0-9]+\))?$")


def with_article(name: str, language: Language) -> str:
    """A name with the English article before it where it takes one."""
    return f"a {name}" if language == "en" and not name.startswith("below") else name


def written_scope(scope: Value) -> str:
    """A kind of organisation as one id: `municipality.special`, `pao`."""
    assert isinstance(scope, Fn)
    return ".".join([scope.name, *(str(getattr(part, "name", part)) for part in scope.args)])


class WordLists:
    """The lists of words of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the knowledge base whose terms may be used."""
        self.kb = kb
        self._terms = KnowledgeWords(kb)
        self._found: dict[str, Words] = {}
        self._grouped: dict[tuple[str, str], list[str]] = {}
        self._written: dict[tuple[str, str, Language], str] = {}
        self._terms_in: dict[Language, list[tuple[str, frozenset[str]]]] = {}

    def words(self, terminal: str) -> Words:
        """The words of a terminal."""
        if terminal not in self._found:
            self._found[terminal] = self._build(terminal)
        return self._found[terminal]

    def _build(self, terminal: str) -> Words:
        match terminal:
            case "TERM":
                return self.declared.words
            case "POSITION_NAME":
                return self._positions()
            case "WORK_NAME":
                words = self._works()
            case "TYPE_ALONE":
                return self._types()
            case "CLAUSE_ID":
                return self._cited()
            case "RANK_NAME":
                return self._terms.ranks()
            case "DEGREE_NAME":
                return self._degrees()
            case "OR_DEGREE_NAME":
                return self._or_degrees()
            case "NUMERAL":
                return numbers()
            case "COMPETENCY_NAME" | "GROUP_NAME":
                words = KnowledgeWords(self.kb.whole).terms(CATEGORIES[terminal])
            case "SCOPE_NAME":
                words = self._scopes()
            case "POST_NAME":
                words = self._terms.terms(CATEGORIES[terminal])
                for key, word in list(words.items()):
                    for identity in word.ids if key.isascii() and " of " not in key else ():
                        words.add(f"{key}s", identity)  # "three deputy clerks"
            case "AMOUNT_NAME":
                words = self._terms.terms("amount")
                for key, word in self.words("QUANTITY_NAME").items():
                    for identity in word.ids:
                        words.add(word.shown if key == plain_text(word.shown) else key, identity)
            case _:
                words = self._terms.terms(CATEGORIES[terminal])
        for identity in self._ids(terminal):
            words.add(identity, identity)
        return words

    @cached_property
    def declared(self) -> Declared:
        """The declared facts and their words."""
        return Declared(self.kb)

    def level_of(self, position: str) -> str:
        """The level of a position."""
        return self._levels.get(position, "")

    @cached_property
    def _levels(self) -> Mapping[str, str]:
        rows = self.kb.rows("position")
        return {str(identity): level.name for identity, _, level, _ in rows if isinstance(level, Fn)}

    def _positions(self) -> Words:
        """The positions, also with their level in brackets: หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น)."""
        words = self._terms.positions()
        levels = self._terms.terms("level")
        of_position = {
            str(identity): (level.name, series.name)
            for identity, _, level, series in self.kb.rows("position")
            if isinstance(level, Fn) and isinstance(series, Fn)
        }
        for key, word in list(words.items()):
            if "(" in key or key in of_position:
                continue
            for identity in word.ids:
                level, series = of_position[identity]
                series_name = plain_text(self.kb.names["series", series].th)
                for spelling, of_level in levels.items():
                    if level not in of_level.ids or not key.endswith(spelling) or key.isascii():
                        continue
                    base = key.removesuffix(spelling).strip()
                    for inside in (spelling, f"นัก{series_name}{spelling}", f"{series_name}{spelling}"):
                        words.add(f"{base}({inside})", identity)
        return words

    def _types(self) -> Words:
        """Types of position by their names alone: their short forms are words for groups of competencies too."""
        words = Words()
        for (category, identity), name in self.kb.names.items():
            for text in name if category == "position_type" else ():
                words.add(text, identity)
        return words

    def _works(self) -> Words:
        """Kinds of work, in Thai with and without the word งาน before them."""
        words = Words()
        for key, word in self._terms.terms("work").items():
            for identity in word.ids:
                words.add(word.shown if key == plain_text(word.shown) else key, identity)
                bare = key.removeprefix("งาน")
                if not key.isascii() and not bare.startswith(("ที่", "อื่น")):
                    words.add(bare if key.startswith("งาน") else f"งาน{key}", identity)
        return words

    def _cited(self) -> Words:
        """Clauses by where they stand, where the level is told: (นักบริหารงานทั่วไป) ระดับต้น ข้อ ๑."""
        words = Words()
        for clause in self.kb.clauses.values():
            for place in clause.place:
                if _LEVELLED.search(plain_text(place)):
                    words.add(place, clause.id)
                    for (category, series), name in self.kb.names.items():
                        if (
                            category == "series"
                            and clause.document.endswith(series)
                            and place == clause.place.th
                        ):
                            words.add(f"นัก{name.th}{place}", clause.id)
        return words

    def _degrees(self) -> Words:
        words = Words()
        for key, word in self._terms.degrees().items():
            for identity in word.ids:
                words.add(key, identity)
                words.add(with_article(key, "en") if key.isascii() else key, identity)
        return words

    def _or_degrees(self) -> Words:
        words = Words()
        for key, word in list(self.words("DEGREE_NAME").items()):
            for before in OR_BEFORE["en" if key.isascii() else "th"]:
                for identity in word.ids:
                    words.add(f"{before}{key}", identity)
        return words

    def _scopes(self) -> Words:
        """Kinds of organisation: a type, or a type with its class or size."""
        words = Words()
        types = self._terms.terms("organisation_type")
        for identity in self._scope_ids:
            kind, _, sort = identity.partition(".")
            category = self.kb.kinds.category(kind)
            sorts = self._terms.terms(category) if sort else Words()
            for of_type, type_word in types.items():
                if type_word.ids != (kind,):
                    continue
                if not sort:
                    words.add(of_type, identity)
                for of_sort, sort_word in sorts.items():
                    if sort_word.ids == (sort,):
                        words.add(f"{of_type} {of_sort}", identity)
                        words.add(f"{of_type} of the {of_sort}" if of_sort.isascii() else "", identity)
                        words.add(f"{of_sort} {of_type}" if of_sort.isascii() else "", identity)
        return words

    @cached_property
    def _scope_ids(self) -> tuple[str, ...]:
        scopes = (scope for of in self.kb.kinds.types for scope in self.kb.kinds.scopes(of))
        found = map(written_scope, scopes)
        return tuple(dict.fromkeys([*found, *self._used.get("SCOPE_NAME", ())]))

    def _ids(self, terminal: str) -> Iterator[str]:
        """The ids by which terms may be called, where these are no words of either language."""
        category = CATEGORIES[terminal]
        for kind, identity in self.kb.whole.names if "COMPETENCY" in terminal else self.kb.names:
            if kind == category:
                yield identity
        yield from self._used.get(terminal, ())

    @cached_property
    def _used(self) -> Mapping[str, list[str]]:
        """What the facts on organisations call by its id, whether or not the vocabulary names it."""
        found: dict[str, list[str]] = {}
        for predicate in ("row", "opens", "sets_up", "limits"):
            for scope, *rest in self.kb.rows(predicate):
                found.setdefault("SCOPE_NAME", []).append(written_scope(scope))
                if isinstance(rest[0], Fn) and predicate != "limits":
                    found.setdefault("POST_NAME", []).append(rest[0].name)
        for predicate in ("adds", "subtracts", "mean", "ratio"):
            for quantity, *amounts, _ in self.kb.rows(predicate):
                found.setdefault("QUANTITY_NAME", []).append(str(quantity))
                found.setdefault("AMOUNT_NAME", []).extend(map(str, amounts))
        found.setdefault("QUANTITY_NAME", []).extend(str(row[0]) for row in self.kb.rows("quantity"))
        found["QUANTITY_NAME"] += [q for _, q in self.kb.rows("measures") if isinstance(q, str)]
        for _, what in self.kb.rows("counts"):
            if isinstance(what, Fn) and what.name in _COUNTED and what.args:
                found.setdefault(_COUNTED[what.name], []).append(
                    str(getattr(what.args[0], "name", what.args[0]))
                )
        return found

    def ids(self, terminal: str) -> tuple[str, ...]:
        """Every id that a word of the terminal stands for."""
        found = {identity for _, word in self.words(terminal).items() for identity in word.ids}
        return tuple(sorted(found))
