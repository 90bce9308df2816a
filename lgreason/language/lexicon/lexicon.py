"""The words that the sentences of rules may hold besides those of the grammar: every term of the vocabulary.

A word may stand for several ids (section heads of two series); whoever reads it is told which there are. `name` gives
the word that is written for an id: the first of its names that stands for nothing else, or the id.
"""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.language.grammar.grammars import grammar
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.lists import CATEGORIES, OR_BEFORE, WordLists, with_article
from lgreason.rules.model import Language


class RuleLexicon(WordLists):
    """The words of one knowledge base, and the word that is written for each id."""

    def name(self, terminal: str, identity: str, language: Language) -> str:
        """The word that is written for an id."""
        key = (terminal, identity, language)
        if key not in self._written:
            self._written[key] = self._name(terminal, identity, language)
        return self._written[key]

    def _name(self, terminal: str, identity: str, language: Language) -> str:
        words = self.words(terminal)
        if terminal == "TERM":
            return self._term(identity, language)
        for name in self._names(terminal, identity, language):
            key = plain_text(name)
            if key in words and words[key].ids == (identity,):
                return name
        return identity

    def _term(self, identity: str, language: Language) -> str:
        """The word for a declared fact, attribute or value: of several meanings, that which has most of them."""
        words, ids = self.words("TERM"), set(identity.split("|"))
        for one in identity.split("|"):
            official = self.declared.official(one, language)
            taken = official is not None and plain_text(official) in grammar(language).fixed
            if official is not None and not taken and set(words[plain_text(official)].ids) == ids:
                return official
        best, found = 0.0, identity
        for shown, own in self._of_language(language):
            both = len(ids & own)
            fit = both / len(ids | own) if both else 0.0
            if fit > best:
                best, found = fit, shown
        return found

    def alike(self, identity: str, language: Language) -> list[str]:
        """The meanings of other words of a language that share one with a word of several, the likest first."""
        ids = set(identity.split("|"))
        found = {
            "|".join(sorted(own)): len(ids & own) / len(ids | own)
            for _, own in self._of_language(language)
            if ids & own
        }
        return sorted(found, key=lambda own: (-found[own], own))

    def _of_language(self, language: Language) -> list[tuple[str, frozenset[str]]]:
        """The words for declared facts in one language, each with what it may mean."""
        if language not in self._terms_in:
            self._terms_in[language] = [
                (word.shown, frozenset(word.ids))
                for _, word in self.words("TERM").items()
                if word.shown.isascii() == (language == "en")
                and plain_text(word.shown) not in grammar(language).fixed
            ]
        return self._terms_in[language]

    def _aliases(self, category: str, identity: str) -> list[str]:
        """The other names of a term, in the order of the knowledge base."""
        if not self._grouped:
            for kb in (self.kb, self.kb.whole) if self.kb is not self.kb.whole else (self.kb,):
                for of, other, text in kb.rows("alias"):
                    names = self._grouped.setdefault((str(getattr(of, "name", of)), str(other)), [])
                    if text not in names:
                        names.append(str(text))
        return self._grouped.get((category, identity), [])

    def _names(self, terminal: str, identity: str, language: Language) -> Iterator[str]:
        category = CATEGORIES.get(terminal, "")
        kb = self.kb.whole if "competency" in category else self.kb
        if terminal == "RANK_NAME":
            kind, _, level = identity.partition(".")
            types, levels = kb.names["position_type", kind], kb.names["level", level]
            yield f"{types.th} {levels.th}" if language == "th" else f"{types.en}, {levels.en}"
            return
        if terminal == "SCOPE_NAME":
            yield from self._scope_names(identity, language)
            return
        names = []
        if (category, identity) in kb.names:
            names.append(kb.names[category, identity].into(language))
        elif category == "amount" and ("quantity", identity) in kb.names:
            names.append(kb.names["quantity", identity].into(language))
        names += [text for text in self._aliases(category, identity) if text.isascii() == (language == "en")]
        for name in names:
            if terminal == "OR_DEGREE_NAME":
                yield f"{OR_BEFORE[language][0]}{with_article(name, language)}"
            elif terminal == "DEGREE_NAME":
                yield with_article(name, language)
            yield name

    def _scope_names(self, identity: str, language: Language) -> Iterator[str]:
        kind, _, sort = identity.partition(".")
        of_type = self.kb.names.get(("organisation_type", kind))
        of_sort = self.kb.names.get((self.kb.kinds.category(kind), sort))
        if of_type is not None and not sort:
            yield of_type.into(language)
        elif of_type is not None and of_sort is not None:
            between = "" if language == "th" and kind == "municipality" else " " if language == "th" else ", "
            yield f"{of_type.into(language)}{between}{of_sort.into(language)}"
