"""How a rule may go on: the words that the grammar and the vocabulary admit where someone is writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.reading.parsing import Continuation
from lgreason.language.reading.sentences import Sentences
from lgreason.language.statements.keys import KEYS
from lgreason.language.statements.splitting import HEADS, SourceText, WrittenStatement, split
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES, Language
from lgreason.words.plain import plain_text

MOST = 60
_SENTENCES = frozenset({"sentence", "table"})
_HEAD = re.compile(rf"^(?={'|'.join(map(re.escape, HEADS))})", re.MULTILINE)
_IDENTITY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+|[A-Z]-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class TextCompletion:
    """What may stand from `start` of the text to where the writer is."""

    start: int
    text: str


class Completer:
    """Completes rules over one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the knowledge base whose terms may be used."""
        lexicon = RuleLexicon(kb)
        self._sentences = {language: Sentences(language, lexicon) for language in LANGUAGES}

    def complete(self, text: str, at: int) -> list[TextCompletion]:
        """What may come next at a place of a text, what was begun there completed; at most `MOST`, shortest first."""
        past = max((match.start() for match in _HEAD.finditer(text, 0, at)), default=0)
        before = text[past:at]  # no statement but the one that is being written matters
        begin = before.rfind("\n") + 1
        line = before[begin:]
        found = (
            self._in_statement(before, line, begin) if line[:1] in (" ", "\t") else self._heads(line, begin)
        )
        return [TextCompletion(past + each.start, each.text) for each in dict.fromkeys(found)][:MOST]

    @staticmethod
    def _heads(line: str, begin: int) -> Iterator[TextCompletion]:
        for head in HEADS:
            if head.startswith(line) and head != line:
                yield TextCompletion(begin, head)

    def _in_statement(self, before: str, line: str, begin: int) -> Iterator[TextCompletion]:
        statements = split(SourceText("", before)).statements
        if not statements:
            return
        statement = statements[-1]
        last = statement.entries[-1] if statement.entries else None
        indent = len(line) - len(line.lstrip())
        if last is not None and _key(last.key) in _SENTENCES and last.start <= len(before):
            yield from self._in_sentence(statement.language, before, last.start)
            if last.indent < indent or last.start > begin:
                return
        if ":" not in line:
            yield from _keys(statement, line.lstrip(), begin + indent)

    def _in_sentence(self, language: Language, before: str, start: int) -> Iterator[TextCompletion]:
        written = before[start:]
        offers: list[Continuation] = self._sentences[language].offers(written)
        begun = sorted(offers, key=lambda offer: (-offer.begun, not offer.own, len(offer.text), offer.text))
        for offer in begun:
            lead = " " if language == "en" and offer.begun == 0 and not written.endswith((" ", "\n")) else ""
            yield TextCompletion(start + offer.start, f"{lead}{offer.text}")


def _key(written: str) -> str | None:
    from lgreason.language.statements.keys import key_of

    return key_of(" ".join(written.split()))


def _keys(statement: WrittenStatement, typed: str, start: int) -> Iterator[TextCompletion]:
    told = {_key(entry.key) for entry in statement.entries}
    for key, words in KEYS.items():
        word = words[LANGUAGES.index(statement.language)]
        if key not in told and plain_text(word).startswith(plain_text(typed)):
            yield TextCompletion(start, word if key in _SENTENCES else f"{word}: ")


def identity_at(text: str, at: int) -> str | None:
    """The id of a clause or a reading that stands at a place of a text, if one does."""
    return next((match[0] for match in _IDENTITY.finditer(text) if match.start() <= at <= match.end()), None)
