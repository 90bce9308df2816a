"""Following an answer: one step further into its reasons, or the same question under another reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation, Node, distance
from lgreason.repl.asked import Ask
from lgreason.report.documents.persons import node_document
from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS, STYLES, ExplanationText
from lgreason.rules.knowledge import Reading

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadingToTry:
    """Another reading to try: the ambiguity, and the reading chosen instead."""

    reading: Reading
    choice: str


@dataclass
class AnswerGiven:
    """An answer about one person and one position: what was asked, and what it may lead to."""

    ask: Ask
    person: Person
    position: str
    session: Session
    full: bool = False
    _steps: list[Node] | None = None

    @cached_property
    def explanation(self) -> Explanation:
        """The reasons of the answer."""
        return self.session.explain(self.person, self.position)

    def next_step(self) -> Node | None:
        """The reason to go into next: the first that decides, then what it rests on, then the next that decides."""
        if self._steps is None:
            self._steps = list(self.explanation.deciding)
        if not self._steps:
            return None
        node = self._steps.pop(0)
        self._steps[:0] = [part for part in _rests_on(node) if part not in self._steps]
        return node

    @property
    def has_steps(self) -> bool:
        """Whether there is a reason to go into."""
        return self._steps is None or bool(self._steps)

    def within(self, session: Session) -> AnswerGiven:
        """The same question in another session, such as one under another reading."""
        return AnswerGiven(self.ask, self.person, self.position, session, self.full)


def _rests_on(node: Node) -> list[Node]:
    """The parts on which a clause rests: those that come out as it does, and exceptions that bear on it."""
    parts = dict.fromkeys((*(part for part in node.children if part.defeats), *node.rests_on))
    return sorted(parts, key=lambda part: (not part.defeats, distance(part)))


def other_readings(explanation: Explanation) -> list[ReadingToTry]:
    """The other readings to try, the one that matters most first: it changes the verdict, it is less certain."""

    found = []
    for relied in explanation.readings:
        changing = [choice for choice, verdict in relied.otherwise if verdict != relied.verdict]
        choices = changing or [choice for choice, _ in (*relied.days, *relied.otherwise)]
        found += [ReadingToTry(relied.reading, choice) for choice in choices[:1]]
    return found


def step(given: AnswerGiven) -> Reply:
    """One step further into the reasons of an answer."""
    node = given.next_step()
    document: Document = {
        "schema": "lgreason.reason/1",
        "person": given.person.id,
        "position": given.position,
        "as_of": given.session.day.isoformat(),
        "verdict": given.explanation.verdict,
        "reason": None if node is None else node_document(node, given.session.kb),
    }
    if node is None:
        say = given.session.wording.say
        return Reply((Line(say("reason.no_more"), style="note"),), document)
    return Reply(tuple(_lines(given, node)), document)


def _lines(given: AnswerGiven, node: Node) -> Iterator[Line]:
    session, say = given.session, given.session.wording.say
    text = ExplanationText(given.explanation, session.kb, session.vocabulary, session.wording)
    yield _node(session, node, 0)
    yield from text.measured(node, 1)
    yield Line(text.quoted(node.clause), 1, "quote")
    if node.children:
        yield Line()
        yield Line(say(_relation(node)), style="heading")
        for child in node.children:
            yield _node(session, child, 1)
    if relied := _relied(given.explanation, session, node):
        yield Line()
        yield from relied
    yield Line()
    yield Line(say("reason.go_on" if given.has_steps else "reason.last"), style="note")


def _node(session: Session, node: Node, indent: int) -> Line:
    say, clause = session.wording.say, node.clause
    words = say("why.node", mark=MARKS[node.holds], place=clause.place, text=clause.gloss)
    if node.defeats:
        words = say("why.exception_node", text=words)
    return Line(words, indent, STYLES[node.holds])


def _relation(node: Node) -> str:
    """The sentence on how a clause depends on those below it."""
    return f"reason.{'exceptions' if node.is_leaf else node.clause.op}"


def _relied(explanation: Explanation, session: Session, node: Node) -> list[Line]:
    """The readings that the clause relies on and that would change something; or else the one most its own."""
    say, lines = session.wording.say, []
    bearing = {relied.reading.id: relied for relied in explanation.readings}
    ids = [identity for identity in node.clause.relies if identity in bearing]
    if not ids and node.clause.relies:
        ids = [session.kb.foremost(node.clause.relies)]
    for identity in ids:
        reading = session.kb.readings[identity]
        args = {"id": identity, "question": reading.question, "chosen": reading.text}
        lines.append(Line(say("kb.relies", **args)))
        lines.append(Line(say("kb.reason", reason=reading.reason), 1, "note"))
        if identity in bearing:
            text = ExplanationText(explanation, session.kb, session.vocabulary, session.wording)
            lines += [Line(words, 1, "note") for words in text.otherwise(bearing[identity])]
    return lines
