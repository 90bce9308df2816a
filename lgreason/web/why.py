"""Why a person is eligible or not: the reasons as a tree, the readings as switches and what to find out."""

from __future__ import annotations

from starlette.responses import Response

from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation, FactToFind
from lgreason.report.memo.counting import CountingTable
from lgreason.report.text.explanation import ExplanationText
from lgreason.web.form import FormGroup, Input, part_at
from lgreason.web.page import WindowRequest, rendered
from lgreason.web.people import about
from lgreason.web.record import terms_of
from lgreason.web.records import PERSONS
from lgreason.web.tree import branches


def why(asked: WindowRequest) -> Response:
    """The verdict with its reasons as a tree that opens, the counting, and the readings as switches."""
    session, found, position = about(asked)
    answer = session.explain(found, position)
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    counting = CountingTable(found, session.day, session.vocabulary, session.wording)
    tables = {
        node.clause.id: table
        for node in answer.reason.walk()
        if node.is_leaf and (table := counting.of(node)) is not None
    }
    questions, terms = _interview(asked, found, answer, text)
    return rendered(
        asked.window,
        "why.html",
        tab="why",
        person=found,
        position=position,
        position_name=session.vocabulary.name("position", position),
        answer=answer,
        text=text,
        tree=branches(answer.reason, lambda node: text.measured(node, 0), session.wording),
        earliest=[line for line in text.earliest() if line.text],
        questions=questions,
        terms=terms,
        contested=[each for each in answer.readings if each.matters or each.days],
        tables=tables,
        not_in_force=answer.not_yet_in_force,
    )


def _interview(
    asked: WindowRequest, person: Person, answer: Explanation, text: ExplanationText
) -> tuple[list[tuple[FactToFind, str, Input | FormGroup | None]], dict[str, list[str]]]:
    """What is to be found out, each with the part of the record where it is told; and the terms to complete from."""
    if not answer.questions:
        return [], {}
    session, data = asked.window.session, asked.window.shelf.source(person.place.file).data
    assert isinstance(data, dict)
    lists = {question.fact.list for question in answer.questions if question.fact.number is None}
    form = PERSONS.form(session)
    whole, begun = form.group(data), form.group(data, lists)
    found = []
    for question in answer.questions:
        fact = question.fact
        entry = "" if fact.number is None else f".{fact.number - 1}"
        name = f"{fact.list}{entry}{'.' + fact.key if fact.key else ''}"
        part = part_at(begun if fact.list in lists and not entry else whole, name)
        found.append((question, text.missing(fact), part))
    first = found[0][2]
    shown = FormGroup("", "", "", (first,)) if first is not None else whole
    return found, dict(terms_of(PERSONS, session, shown))
