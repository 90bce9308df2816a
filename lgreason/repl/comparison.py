"""Two persons side by side for a position: condition by condition along the clauses, and who is nearer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation, Node
from lgreason.repl.ranking import nearness
from lgreason.report.documents.persons import node_document
from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS, ExplanationText

Document = dict[str, Any]


def compare(session: Session, first: Person, second: Person, position: str, full: bool) -> Reply:
    """The conditions of a position for two persons; in brief only those that decide, or come out differently."""
    answers = tuple(session.explain(person, position) for person in (first, second))
    nearer = _nearer(*answers)
    document: Document = {
        "schema": "lgreason.comparison/1",
        "persons": [first.id, second.id],
        "position": position,
        "as_of": session.day.isoformat(),
        "verdicts": {answer.person.id: answer.verdict for answer in answers},
        "earliest": {answer.person.id: _iso(answer) for answer in answers},
        "nearer": nearer.person.id if nearer else None,
        "conditions": [
            {"clause": one.clause.id, first.id: _measured(one, session), second.id: _measured(two, session)}
            for one, two, _ in _pairs(answers[0].reason, answers[1].reason)
        ],
    }
    return Reply(tuple(_Comparison(session, answers[0], answers[1], full).lines(nearer)), document)


def _nearer(first: Explanation, second: Explanation) -> Explanation | None:
    """Who is nearer to the position; `None` if neither is."""
    if first.verdict == second.verdict == "eligible" or nearness(first) == nearness(second):
        return None
    return min(first, second, key=nearness)


def _iso(answer: Explanation) -> str | None:
    return answer.eligible_since.isoformat() if answer.eligible_since else None


def _measured(node: Node, session: Session) -> Document:
    """What a clause comes to for one person, without the clause itself."""
    kept = ("holds", "required", "measured", "measured_at_most", "shortfall", "lapsed", "facts", "maybe")
    document = node_document(node, session.kb)
    return {key: document[key] for key in kept if key in document}


def _pairs(first: Node, second: Node, depth: int = 0) -> Iterator[tuple[Node, Node, int]]:
    """The clauses of two reason trees, each with how deep it stands; the trees have the same clauses."""
    yield first, second, depth
    for one, two in zip(first.children, second.children, strict=True):
        yield from _pairs(one, two, depth + 1)


class _Comparison:
    """Writes the comparison in the language of the session."""

    def __init__(self, session: Session, first: Explanation, second: Explanation, full: bool) -> None:
        self._session = session
        self._answers = (first, second)
        self._full = full
        self._say = session.wording.say
        self._texts = tuple(
            ExplanationText(answer, session.kb, session.vocabulary, session.wording)
            for answer in self._answers
        )

    def lines(self, nearer: Explanation | None) -> Iterator[Line]:
        first, second = self._answers
        say, position = self._say, self._session.vocabulary.name("position", first.position)
        yield Line(say("compare.title", first=first.person.name, second=second.person.name), style="title")
        yield Line(say("why.asked", position=position, day=self._session.day))
        yield Line()
        for answer in self._answers:
            verdict = say(f"verdict.{answer.verdict}")
            words = say("compare.verdict", name=answer.person.name, verdict=verdict)
            since = answer.eligible_since
            if answer.verdict != "eligible" and since is not None:
                words = say("compare.verdict_from", name=answer.person.name, verdict=verdict, day=since)
            yield Line(words, 1, answer.verdict)
        if nearer is not None:
            yield Line(say("compare.nearer", name=nearer.person.name), style="earliest")
        elif first.verdict != "eligible":
            yield Line(say("compare.neither"), style="earliest")
        yield Line()
        yield Line(say("compare.conditions"), style="heading")
        yield from self._conditions()
        if not self._full:
            yield Line()
            yield Line(say("compare.more"), style="note")

    def _conditions(self) -> Iterator[Line]:
        first, second = (answer.reason for answer in self._answers)
        deciding = {node.clause.id for answer in self._answers for node in answer.deciding}
        seen: set[str] = set()
        for one, two, depth in _pairs(first, second):
            told = self._full or one.clause.id in deciding or (one.is_leaf and _differ(one, two))
            if not told or one.clause.id in seen:
                continue
            seen.add(one.clause.id)
            yield from self._condition(one, two, depth + 1 if self._full else 1)

    def _condition(self, one: Node, two: Node, depth: int) -> Iterator[Line]:
        text = one.clause.gloss if self._full else one.clause.subject or one.clause.gloss
        yield Line(self._say("compare.condition", place=one.clause.place, text=text), depth)
        for node, answer, written in zip((one, two), self._answers, self._texts, strict=True):
            result = self._result(node, written)
            args = {"mark": MARKS[node.holds], "name": answer.person.name, "result": result}
            style = {True: "good", False: "bad", None: "open"}[node.holds]
            yield Line(self._say("compare.person", **args), depth + 1, style)

    def _result(self, node: Node, written: ExplanationText) -> str:
        if node.measurement is not None and not isinstance(node.measurement.low, int):
            return written.comparison(node)
        return self._say({True: "compare.met", False: "compare.unmet", None: "compare.open"}[node.holds])


def _differ(one: Node, two: Node) -> bool:
    """Whether a condition comes out differently for two persons, or is met to a different degree."""
    if one.holds is not two.holds or one.bound != two.bound:
        return True
    assert one.measurement is not None and two.measurement is not None
    return one.holds is not True and one.measurement.low != two.measurement.low
