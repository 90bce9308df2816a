"""What is said where nothing is answered: who is not known, what is outside, what may be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lgreason.repl.asked import NotUnderstood, Question
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.people import nearest
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase

Document = dict[str, Any]
MOST_NAMES = 5


class Refusing:
    """Words why a sentence is not answered, in the language of the sentence."""

    def __init__(
        self, kb: KnowledgeBase, lexicon: Lexicon, wording: Wording, sentence: Callable[[Question], str]
    ) -> None:
        """Take the names in force, the words to write in, and what writes a question as a sentence."""
        self._kb = kb
        self._lexicon = lexicon
        self._say = wording.say
        self._wording = wording
        self._sentence = sentence

    def lines(self, failed: NotUnderstood) -> Iterator[Line]:
        """What is said to somebody who asked something that is not answered."""
        match failed.fallback:
            case "confirm":
                text = self._sentence(failed.suggestion)
                yield Line(self._say("fallback.confirm", text=text), style="open")
                if failed.named:
                    yield Line(self._say("fallback.unread", text=failed.named), 1, "note")
                return
            case "unknown_person":
                yield Line(self._say("fallback.unknown_person", name=failed.named), style="open")
                yield from self._names(failed)
                return
            case "ambiguous":
                words = self._say("fallback.ambiguous", name=failed.named, choices=self._choices(failed))
                yield Line(words, style="open")
                return
            case "outside_standard":
                posts = tuple(self._kb.names["position", post] for post in self._kb.posts)
                words = self._say("fallback.outside_standard", name=failed.named, posts=posts)
                yield Line(words, style="open")
                return
        if failed.named:
            yield Line(self._say("fallback.not_here_named", name=failed.named), style="open")
        else:  # nothing says that it is about another subject
            yield Line(self._say("fallback.not_understood", text=failed.line.strip()), style="open")
        yield Line(self._say("fallback.can_ask", example=self._sentence(failed.suggestion)), 1, "note")

    def _names(self, failed: NotUnderstood) -> Iterator[Line]:
        people = self._lexicon.people
        if not people:
            yield Line(self._say("finding.nobody_loaded"), 1, "note")
            return
        few = len(people) <= MOST_NAMES
        ids = tuple(people) if few else nearest(failed.named, self._lexicon)
        if not ids:
            return
        names = tuple(self._lexicon.person_name(i, self._wording.language) for i in ids)
        yield Line(self._say("fallback.loaded" if few else "fallback.nearest", names=names), 1, "note")

    def _choices(self, failed: NotUnderstood) -> tuple[str, ...]:
        return tuple(self.name_of(identity) for identity in failed.choices)

    def name_of(self, identity: str) -> str:
        """A person, a position or an organisation as it is called."""
        if identity in self._lexicon.people:
            return f"{self._lexicon.people[identity]} ({identity})"
        if ("position", identity) in self._kb.names:
            return self._kb.names["position", identity].into(self._wording.language)
        return identity

    def document(self, failed: NotUnderstood, meant: Mapping[str, Any] | None) -> Document:
        """The same as `lgreason.answer/1`."""
        document: Document = {
            "schema": "lgreason.answer/1",
            "question": failed.line.strip(),
            "understood": False,
            "read": failed.understood,
            "expected": list(self._expected(failed)),
            "suggestion": self._sentence(failed.suggestion),
            "fallback": failed.fallback or "not_a_question_here",
        }
        if failed.fallback == "confirm" and meant is not None:
            document["meant"] = dict(meant)
        if failed.choices:
            document["choices"] = list(failed.choices)
        if failed.named:
            document["named"] = failed.named
        return document

    def _expected(self, failed: NotUnderstood) -> Iterator[str]:
        match failed.fallback:
            case "unknown_person" | "ambiguous":
                ids = failed.choices or tuple(self._lexicon.people)[:MOST_NAMES]
                yield from (self.name_of(identity) for identity in ids)
            case "outside_standard":
                for post in self._kb.posts:
                    yield self._kb.names["position", post].into(self._wording.language)
            case _:
                yield self._sentence(failed.suggestion)
