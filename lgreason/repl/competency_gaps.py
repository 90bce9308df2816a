"""Which competencies a person is missing for a position: below the required level, or not assessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lgreason.answers.persons import NO, UNDETERMINED, YES, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Gap
from lgreason.report.line import Line
from lgreason.rules.findings import Place

Document = dict[str, Any]


def gaps(session: Session, person: Person, position: str, full: bool) -> Reply:
    """The competencies below the required level; those not assessed are counted, or with `full` listed."""
    found = session.explain(person, position).gaps
    below = [gap for gap in found if gap.assessed is not None]
    unknown = [gap for gap in found if gap.assessed is None]
    document: Document = {
        "schema": "lgreason.gaps/1",
        "person": person.id,
        "position": position,
        "as_of": session.day.isoformat(),
        "gaps": [
            {"competency": gap.key, "required": gap.required, "assessed": gap.assessed} for gap in found
        ],
    }
    status = NO if below else UNDETERMINED if unknown else YES
    return Reply(tuple(_lines(session, person, position, below, unknown, full)), document, status)


def required(session: Session, position: str) -> Reply:
    """The competencies that a position requires, of nobody in particular."""
    nobody = Person("", "", None, None, None, None, Place(""))
    found = session.explain(nobody, position).gaps
    name, say = session.vocabulary.name, session.wording.say
    lines = [Line(say("gaps.title", position=name("position", position)), style="title"), Line()]
    for gap in found:
        named = name("competency", gap.key)
        lines.append(Line(say("gaps.required", name=named, required=gap.required), 1))
    document: Document = {
        "schema": "lgreason.competencies/1",
        "position": position,
        "as_of": session.day.isoformat(),
        "required": [{"competency": gap.key, "required": gap.required} for gap in found],
    }
    return Reply(tuple(lines), document)


def _lines(
    session: Session, person: Person, position: str, below: list[Gap], unknown: list[Gap], full: bool
) -> Iterator[Line]:
    say, name = session.wording.say, session.vocabulary.name
    yield Line(person.name, style="title")
    yield Line(say("gaps.title", position=name("position", position)))
    yield Line()
    if below:
        yield Line(say("gaps.below", n=len(below)), style="heading")
        for gap in below:
            competency = name("competency", gap.key)
            yield Line(say("why.gap", name=competency, required=gap.required, assessed=gap.assessed), 1)
    elif not unknown:
        yield Line(say("gaps.none"), style="good")
    elif person.competencies:
        yield Line(say("why.no_gaps"), style="good")
    if unknown:
        yield Line(
            say("gaps.unknown" if person.competencies else "gaps.all_unknown", n=len(unknown)), style="open"
        )
        if full:
            for gap in unknown:
                competency = name("competency", gap.key)
                yield Line(say("gaps.required", name=competency, required=gap.required), 1)
        else:
            yield Line(say("gaps.more"), style="note")
    yield Line(say("gaps.no_verdict"), style="note")
