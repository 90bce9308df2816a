"""When a person will be eligible: the first day, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lgreason.answers.persons import EXIT_OF, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import ONE_DAY, length
from lgreason.reasoning.persons.explain import Explanation, Node
from lgreason.report.documents.persons import earliest_by
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText

Document = dict[str, Any]


def when(session: Session, person: Person, position: str) -> Reply:
    """The first day of eligibility if nothing but time passes; or why time alone does not help."""
    explanation = session.explain(person, position)
    waits = tuple(_waits_for(session, explanation))
    lines = tuple(_When(session, explanation, waits).lines())
    since = explanation.eligible_since
    document: Document = {
        "schema": "lgreason.when/1",
        "person": person.id,
        "position": position,
        "as_of": session.day.isoformat(),
        "verdict": explanation.verdict,
        "earliest": since.isoformat() if since else None,
        "earliest_by": earliest_by(explanation, session.kb),
        "possible": explanation.possible.isoformat() if explanation.possible else None,
        "waits_for": [node.clause.id for node in waits],
        "lacks": [node.clause.id for node in explanation.deciding if node.holds is not True],
    }
    return Reply(lines, document, EXIT_OF[explanation.verdict])


def _waits_for(session: Session, explanation: Explanation) -> Iterator[Node]:
    """The conditions as they stand now that decide on the first day of eligibility and do not hold yet."""
    since = explanation.eligible_since
    if explanation.verdict == "eligible" or since is None:
        return
    then = session.altered(day=since).explain(explanation.person, explanation.position)
    now = {node.clause.id: node for node in explanation.reason.walk()}
    for node in then.deciding:
        if (before := now.get(node.clause.id)) is not None and before.holds is not True:
            yield before


class _When:
    """Writes the answer in the language of the session."""

    def __init__(self, session: Session, explanation: Explanation, waits: tuple[Node, ...]) -> None:
        self._session = session
        self._explanation = explanation
        self._waits = waits
        self._say = session.wording.say
        self._text = ExplanationText(explanation, session.kb, session.vocabulary, session.wording)

    def lines(self) -> Iterator[Line]:
        answer, say = self._explanation, self._say
        position = self._session.vocabulary.name("position", answer.position)
        yield Line(answer.person.name, style="title")
        yield Line(say("why.asked", position=position, day=answer.day))
        yield Line()
        since = answer.eligible_since
        if answer.verdict == "eligible":
            if since is None:
                yield Line(say("when.already"), style="eligible")
            else:
                yield Line(say("when.already_since", day=since), style="eligible")
                yield from self._text.first_day(1)
            return
        if answer.verdict == "undetermined":
            yield from self._undetermined()
            return
        if since is None:
            yield from self._not_by_time()
            return
        yield Line(say("when.on", day=since, left=length(answer.day + ONE_DAY, since)), style="earliest")
        waited = {node.clause.id for node in self._waits}
        if not {node.clause.id for node in answer.first_day_by} <= waited:
            yield from self._text.first_day(1)
        yield Line()
        yield Line(say("when.waits"), style="heading")
        yield from self._conditions(self._waits)
        yield Line()
        yield Line(say("when.if_nothing_changes"), style="note")

    def _not_by_time(self) -> Iterator[Line]:
        """Time alone does not help; or it may, and the facts that tell are missing."""
        answer, say = self._explanation, self._say
        if answer.possible is not None:
            yield Line(say("when.possible", day=answer.possible), style="undetermined")
            then = self._session.altered(day=answer.possible).explain(answer.person, answer.position)
            yield from ExplanationText(
                then, self._session.kb, self._session.vocabulary, self._session.wording
            ).questions()
        else:
            yield Line(say("when.never"), style="ineligible")
        yield Line()
        yield Line(say("when.lacks"), style="heading")
        yield from self._conditions(answer.deciding)

    def _undetermined(self) -> Iterator[Line]:
        answer, say = self._explanation, self._say
        yield Line(say("when.undetermined"), style="undetermined")
        if answer.eligible_since is not None:
            yield Line(say("when.at_the_latest", day=answer.eligible_since), style="earliest")
        yield from self._text.questions()

    def _conditions(self, nodes: tuple[Node, ...]) -> Iterator[Line]:
        for number, node in enumerate(nodes, 1):
            yield from self._text.condition(number, node, quoted=False)
