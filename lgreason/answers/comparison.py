"""Persons side by side for a position: condition by condition along the clauses, and who is nearer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from lgreason.answers.persons import Reply
from lgreason.answers.ranking import nearness
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation, Node
from lgreason.report.documents.persons import node_document
from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS, ExplanationText

Document = dict[str, Any]


def compare(session: Session, people: Sequence[Person], position: str, full: bool) -> Reply:
    """The conditions of a position for several; in brief only those that decide, or come out differently."""
    answers = tuple(session.explain(person, position) for person in people)
    nearer = _nearer(answers)
    document: Document = {
        "schema": "lgreason.compare/1",
        "persons": [person.id for person in people],
        "position": position,
        "as_of": session.day.isoformat(),
        "verdicts": {answer.person.id: answer.verdict for answer in answers},
        "earliest": {answer.person.id: _iso(answer) for answer in answers},
        "nearer": nearer.person.id if nearer else None,
        "conditions": [
            {
                "clause": nodes[0].clause.id,
                **{a.person.id: _measured(node, session) for a, node in zip(answers, nodes, strict=True)},
            }
            for nodes, _ in _rows(tuple(answer.reason for answer in answers))
        ],
    }
    return Reply(tuple(_Comparison(session, answers, full).lines(nearer)), document)


def _nearer(answers: Sequence[Explanation]) -> Explanation | None:
    """Who is nearest to the position: first eligible, or with the least wanting; `None` if two are as near."""
    ranked = sorted(answers, key=_rank)
    return None if _rank(ranked[0]) == _rank(ranked[1]) else ranked[0]


def _rank(answer: Explanation) -> tuple[object, ...]:
    if answer.verdict == "eligible":
        return (0, answer.earliest or date.min)
    return (1, *nearness(answer))


def _iso(answer: Explanation) -> str | None:
    return answer.eligible_since.isoformat() if answer.eligible_since else None


def _measured(node: Node, session: Session) -> Document:
    """What a clause comes to for one person, without the clause itself."""
    kept = ("holds", "required", "measured", "measured_at_most", "shortfall", "lapsed", "facts", "maybe")
    document = node_document(node, session.kb)
    return {key: document[key] for key in kept if key in document}


def _rows(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[tuple[Node, ...], int]]:
    """The clauses of several reason trees, each with how deep it stands; the trees have the same clauses."""
    yield nodes, depth
    for children in zip(*(node.children for node in nodes), strict=True):
        yield from _rows(children, depth + 1)


class _Comparison:
    """Writes the comparison in the language of the session."""

    def __init__(self, session: Session, answers: tuple[Explanation, ...], full: bool) -> None:
        self._session = session
        self._answers = answers
        self._full = full
        self._say = session.wording.say
        self._texts = tuple(
            ExplanationText(answer, session.kb, session.vocabulary, session.wording) for answer in answers
        )

    def lines(self, nearer: Explanation | None) -> Iterator[Line]:
        answers = self._answers
        say, position = self._say, self._session.vocabulary.name("position", answers[0].position)
        if len(answers) == 2:
            names = {"first": answers[0].person.name, "second": answers[1].person.name}
            yield Line(say("compare.title", **names), style="title")
        else:
            listed = tuple(answer.person.name for answer in answers)
            yield Line(say("compare.title_several", names=listed), style="title")
        yield Line(say("why.asked", position=position, day=self._session.day))
        yield Line()
        for answer in answers:
            verdict = say(f"verdict.{answer.verdict}")
            words = say("compare.verdict", name=answer.person.name, verdict=verdict)
            since = answer.eligible_since
            if answer.verdict != "eligible" and since is not None:
                words = say("compare.verdict_from", name=answer.person.name, verdict=verdict, day=since)
            yield Line(words, 1, answer.verdict)
        if nearer is not None and nearer.verdict != "eligible":
            yield Line(say("compare.nearer", name=nearer.person.name), style="earliest")
        elif nearer is not None:
            yield Line(say("compare.eligible_first", name=nearer.person.name), style="earliest")
        elif answers[0].verdict != "eligible":
            yield Line(say("compare.neither"), style="earliest")
        yield Line()
        yield Line(say("compare.conditions"), style="heading")
        yield from self._conditions()
        if not self._full:
            yield Line()
            yield Line(say("compare.more"), style="note")

    def _conditions(self) -> Iterator[Line]:
        deciding = {node.clause.id for answer in self._answers for node in answer.deciding}
        seen: set[str] = set()
        for nodes, depth in _rows(tuple(answer.reason for answer in self._answers)):
            clause = nodes[0].clause
            differing = nodes[0].is_leaf and any(_differ(nodes[0], node) for node in nodes[1:])
            if not (self._full or clause.id in deciding or differing) or clause.id in seen:
                continue
            seen.add(clause.id)
            yield from self._condition(nodes, depth + 1 if self._full else 1)

    def _condition(self, nodes: tuple[Node, ...], depth: int) -> Iterator[Line]:
        clause = nodes[0].clause
        text = clause.gloss if self._full else clause.subject or clause.gloss
        yield Line(self._say("compare.condition", place=clause.place, text=text), depth)
        for node, answer, written in zip(nodes, self._answers, self._texts, strict=True):
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
