"""The terms that the entries of declared facts take, by their declarations alone."""

from __future__ import annotations

from functools import cached_property

from lgreason.files.facts.schema import further
from lgreason.files.form.form import Form
from lgreason.rules.declared import NAMED, Attribute, Declarations, word
from lgreason.rules.terms import Value
from lgreason.web.form import KEY, VALUE, Steps, Terms
from lgreason.words.vocabulary import Vocabulary


class DeclaredTerms:
    """What may be named in the entries of one kind of file."""

    def __init__(self, declared: Declarations, vocabulary: Vocabulary, form: Form) -> None:
        """Take what is declared, its terms, and the form of every file, which reads its own entries itself."""
        self._declared = declared
        self._vocabulary = vocabulary
        self._form = form

    @cached_property
    def _further(self) -> frozenset[Steps]:
        """The facts, and the entries of facts, that are read by their declaration."""
        found: set[Steps] = set()
        for fact, attributes in further(self._form, self._declared):
            found |= {(fact.id,)} if attributes is None else {(fact.id, name) for name in attributes}
        return frozenset(found)

    def of(self, steps: Steps) -> Terms | None:
        """The terms that an entry takes, if it takes any; those of named values are all that it takes."""
        fact = self._declared.facts.get(steps[0])
        if fact is None:
            return None
        inner = tuple(step for step in steps[1:] if step != VALUE)
        if inner == (KEY,):
            return self._terms(fact.shape.args[0]) if len(fact.shape.args) == 2 else None
        attribute = fact.attribute(inner) if inner else fact.value
        if attribute is None or not (attribute.type.name in NAMED or attribute.type.name == "terms"):
            return None
        own = steps[:1] in self._further or steps[:2] in self._further
        return self._terms(attribute.type.args[0], own and self._is_closed(attribute))

    @staticmethod
    def _is_closed(attribute: Attribute) -> bool:
        return attribute.type.name in ("one_of", "scale")

    def _terms(self, kind: Value, closed: bool = False) -> Terms:
        category = word(kind)
        if not closed:
            return Terms(category)
        ids = self._declared.values.get(category) or self._vocabulary.ids(category)
        language = self._vocabulary.language
        return Terms(category, {each: self._vocabulary.name(category, each).into(language) for each in ids})
