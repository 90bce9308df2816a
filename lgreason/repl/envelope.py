"""The envelope of an answer: its lines and its document `lgreason.answer/1`, with what it rests on."""

from __future__ import annotations

from lgreason.answers.persons import UNUSABLE, Document, Reply
from lgreason.repl.answering import (
    ABOUT_SEVERAL,
    OF_ONE_PERSON,
    OF_ONE_POSITION,
    ON_CHOICES,
    ON_SUPPOSITIONS,
    Answer,
)
from lgreason.repl.asked import Ask, Mention, Question
from lgreason.repl.asking import Asking
from lgreason.repl.commands import step_document
from lgreason.repl.discourse import Discourse
from lgreason.repl.meant import CALLED, meant_document
from lgreason.repl.memory import Memory
from lgreason.repl.prompt import chosen
from lgreason.repl.suppositions import Supposal, change_document, change_words
from lgreason.report.line import Line


class Envelope:
    """Puts a reply into the answer of a conversation."""

    def __init__(self, memory: Memory, discourse: Discourse, asking: Asking) -> None:
        """Take what a conversation remembers and goes on from, and what tells the circumstances of its answers."""
        self._memory = memory
        self._discourse = discourse
        self._asking = asking

    def _say(self, key: str, **args: object) -> str:
        return self._memory.session.wording.say(key, **args)

    def answered(self, line: str, ask: Ask, reply: Reply, question: Question) -> Answer:
        """The answer to a line; with what is asked back by an interview that goes on."""
        document: Document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": True,
            **meant_document(question),
            "ask": CALLED.get(ask, ask),
        }
        person = reply.document.get("person", reply.document.get("id"))
        if person is not None:
            document["person"] = person
        elif question.ask in OF_ONE_PERSON and self._memory.person:
            document.setdefault("person", self._memory.person)
        whose = reply.document.get("organisation")
        if whose is not None:
            return self._answered_of(str(whose), document, reply)
        if ask in OF_ONE_POSITION and reply.status != UNUSABLE:
            document["position"] = self._memory.position
        day = reply.document.get("as_of", self._memory.session.day.isoformat())
        changes = self._memory.changes(None if person is None and ask in ABOUT_SEVERAL else str(person))
        if changes:
            document["changes"] = [self._change(whose, change, person) for whose, change in changes]
        document |= {"as_of": day, **self._asking.circumstances, "answer": reply.document}
        lines = tuple(reply.lines)
        if question.aside:
            document["aside"] = question.aside
            lines = (*lines, Line(self._say("repl.aside", text=question.aside), style="note"))
        if ask in ON_SUPPOSITIONS and reply.status != UNUSABLE:
            lines = (*(self._supposing(whose, change) for whose, change in changes), *lines)
        interview = self._discourse.interview
        if interview is not None and (asks := interview.document()) is not None:
            document["asks"] = asks
            asked = interview.question(self._memory.session.wording)
            lines = (*lines, Line(), *asked)
            return Answer(lines, document, reply.status, asks=asked)
        self._discourse.interview = None
        return Answer(lines, document, reply.status, ends=ask == "quit")

    def _answered_of(self, whose: str, document: Document, reply: Reply) -> Answer:
        """An answer about an organisation, with what was chosen of its structures where it bears on that."""
        lines = reply.lines
        steps = [step for _, step in self._memory.steps(whose)]
        document["organisation"] = whose
        here = self._memory.organisations.post
        if document["ask"] == "why_post" and here and not document.keys() & {"post", "unit"}:
            document |= meant_document(Question("why_post", post=Mention((here,))))
        bears = document["ask"] in ON_CHOICES or "choice" in reply.document
        if steps and bears and reply.status != UNUSABLE:
            document["changes"] = [step_document(step) for step in steps]
            text = self._say("list.semicolon").join(chosen(self._memory, whose, step) for step in steps)
            lines = (Line(self._say("repl.choosing", text=text), style="note"), *lines)
        self._discourse.interview = None
        day = reply.document.get("as_of", self._memory.session.day.isoformat())
        document |= {"as_of": day, **self._asking.circumstances, "answer": reply.document}
        return Answer(lines, document, reply.status)

    def _change(self, whose: str, change: Supposal, person: object) -> Document:
        document = change_document(change, self._memory.session.vocabulary)
        return document if whose == person else {"person": whose, **document}

    def _supposing(self, whose: str, change: Supposal) -> Line:
        text = change_words(change, self._memory.session.vocabulary, self._memory.session.wording)
        args = {"name": self._memory.people[whose].name, "text": text}
        return Line(self._say("suppose.in_force", **args), style="note")
