"""The content of an official memorandum about a person: facts relied on, counting, clauses, and the conclusion."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.answers.persons import EXIT_OF, Document, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation, Node
from lgreason.reasoning.persons.measure import Entry
from lgreason.report.line import Line
from lgreason.report.text.entry import entry_words
from lgreason.report.text.explanation import ExplanationText


def memo(session: Session, person: Person, position: str) -> Reply:
    """The memorandum as text, and its parts as `lgreason.memo/1`."""
    answer = session.explain(person, position)
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    sections = (
        ("facts", tuple(_facts(session, answer))),
        ("clauses", tuple(_clauses(answer, text))),
        ("counting", tuple(_counting(answer, text))),
        ("conclusion", tuple(_conclusion(session, answer, text))),
    )
    say = session.wording.say
    name = session.vocabulary.name("position", position)
    lines = [
        Line(say("memo.title"), style="title"),
        Line(say("memo.subject", name=person.name, position=name)),
    ]
    for number, (section, rows) in enumerate(sections, 1):
        lines += [Line(), Line(say(f"memo.{section}", n=number), style="heading"), *rows]
    document: Document = {
        "schema": "lgreason.memo/1",
        "person": person.id,
        "position": position,
        "as_of": session.day.isoformat(),
        "verdict": answer.verdict,
        "earliest": answer.eligible_since.isoformat() if answer.eligible_since else None,
        "sections": [{"section": section, "lines": [row.text for row in rows]} for section, rows in sections],
        "clauses": [node.clause.id for node in answer.deciding],
        "readings": [relied.reading.id for relied in answer.readings],
    }
    return Reply(tuple(lines), document, EXIT_OF[answer.verdict])


def _facts(session: Session, answer: Explanation) -> Iterator[Line]:
    person, say = answer.person, session.wording.say
    for name in ("education", "postings", "experience"):
        entries = getattr(person, name)
        if entries is None:
            yield Line(say("memo.unknown", what=say(f"repl.{name}")), 1, "open")
        for entry in entries or ():
            words = entry_words(person, Entry(name, entry.number), session.vocabulary, session.wording)
            yield Line(say("memo.fact", text=words), 1)


def _clauses(answer: Explanation, text: ExplanationText) -> Iterator[Line]:
    for node in answer.deciding:
        yield Line(text.quoted(node.clause), 1, "quote")


def _counting(answer: Explanation, text: ExplanationText) -> Iterator[Line]:
    for number, node in enumerate(answer.deciding, 1):
        yield from text.condition(number, node, quoted=False)
    for node in _compared(answer.reason):
        if node not in answer.deciding:
            yield Line(text.brief(node), 1, "note")


def _compared(node: Node) -> Iterator[Node]:
    for each in node.walk():
        if each.is_leaf and each.bound is not None and each.holds is not False:
            yield each


def _conclusion(session: Session, answer: Explanation, text: ExplanationText) -> Iterator[Line]:
    say = session.wording.say
    name = session.vocabulary.name("position", answer.position)
    verdict = say(f"verdict.{answer.verdict}")
    args = {"name": answer.person.name, "position": name, "verdict": verdict, "day": answer.day}
    yield Line(say("memo.verdict", **args), 1, answer.verdict)
    if answer.eligible_since is not None:
        yield Line(say("memo.since", day=answer.eligible_since), 1)
    yield from text.questions()
    for relied in answer.readings:
        if relied.matters:
            args = {
                "id": relied.reading.id,
                "question": relied.reading.question,
                "chosen": relied.reading.text,
            }
            yield Line(say("why.relied", **args), 1, "note")
