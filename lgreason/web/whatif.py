"""What if: the record as a form in which anything may be supposed, and the answer by it beside that of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import JSONResponse, Response

from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.files.source.read import source_of
from lgreason.reasoning.persons.explain import Explanation
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.text.person import person_document, person_lines
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.form import Data, FormGroup, by_input, names_in
from lgreason.web.page import WindowRequest, environment, rendered
from lgreason.web.record import as_read, content_of, new_row, terms_of, told
from lgreason.web.records import PERSONS

LATER = "person_begins_later"
"""The warning that what begins after the day does not count: what is supposed may, and the first day counts on it."""


def show(asked: WindowRequest) -> Response:
    """The record, to suppose something of, and its answer."""
    person = asked.window.person(asked.path["person"])
    data = asked.window.shelf.source(person.place.file).data
    assert isinstance(data, dict)
    return _shown(asked, person, data, person)


def suppose(asked: WindowRequest) -> Response:
    """The answer by what is filled in beside that of the record. Nothing is kept, and the record is not changed."""
    session = asked.window.session
    person = asked.window.person(asked.path["person"])
    data = {**PERSONS.form(session).data(asked.form), "id": person.id, "name": person.name}
    if add := asked.value("add"):
        return _shown(asked, person, data, person, extra=add)
    try:
        other = _supposed(session, data)
    except Unusable as unusable:
        return _shown(asked, person, data, None, unusable.findings)
    return _shown(asked, person, data, other, other.warnings)


def _supposed(session: Session, data: Data) -> Person:
    """The person of what is supposed; days still to come on which something of it begins are looked ahead to."""
    read = session.loaded(source_of("record.json", content_of(data)))
    assert isinstance(read, Person)
    ahead = tuple(sorted({day for day in _days(person_document(read)) if day > session.day}))
    warnings = tuple(finding for finding in read.warnings if finding.code != LATER)
    return replace(read, ahead=ahead, warnings=warnings)


def _days(value: Any) -> Iterator[date]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _days(each)
    elif isinstance(value, str):
        try:
            yield date.fromisoformat(value)
        except ValueError:
            return


def _shown(
    asked: WindowRequest,
    person: Person,
    data: Mapping[str, Any],
    other: Person | None,
    findings: tuple[Finding, ...] = (),
    extra: str = "",
) -> Response:
    """Both sides; without an `other` what is supposed cannot be used, and `findings` say why."""
    session = asked.window.session
    position = session.position(asked.path["position"])
    whole = PERSONS.form(session).group(data, (extra,) if extra else ())
    declared = session.declared()[0].facts
    group = FormGroup("", "", "", tuple(part for part in whole.parts if part.name in declared))
    beside = by_input(findings, names_in(group))
    read = as_read(PERSONS, other, session, group) if other is not None else {}
    sides: dict[str, Any] = {
        "sides": [_side(session, each, position) for each in (person, other) if each is not None],
        "changes": list(_changes(person, other, session)) if other is not None else [],
    }
    if asked.wants_json:
        template = environment().get_template("_sides.html")
        html = template.render(**sides, t=session.wording.say) if other is not None else None
        verdicts = [_in_brief(answer, session) for answer, _ in sides["sides"][1:]]
        found = {"findings": told(beside, session.wording), "read": read, "html": html, "verdicts": verdicts}
        return JSONResponse(found)
    return rendered(
        asked.window,
        "whatif.html",
        tab="whatif",
        person=person,
        position=position,
        position_name=session.vocabulary.name("position", position),
        group=group,
        beside=beside,
        read=read,
        focus=new_row(group, extra),
        terms=dict(terms_of(PERSONS, session, group)),
        **sides,
    )


def _in_brief(answer: Explanation, session: Session) -> dict[str, str]:
    """The answer in a few words, to stand beside the form while one types."""
    name = session.vocabulary.name("position", answer.position).into(session.wording.language)
    words = session.wording.say(f"verdict.{answer.verdict}")
    return {"position": name, "verdict": answer.verdict, "words": words, "first": ""}


def _changes(before: Person, after: Person, session: Session) -> Iterator[Line]:
    """What is supposed: of each part of the record what is no longer said, and what is said instead."""
    was, now = (_said(person, session) for person in (before, after))
    for heading in dict.fromkeys((*was, *now)):
        old, new = was.get(heading, []), now.get(heading, [])
        lines = [Line(f"− {text}", 1) for text in old if text not in new]
        lines += [Line(f"+ {text}", 1) for text in new if text not in old]
        if lines:
            yield Line(heading, 0, "heading")
            yield from lines


def _said(person: Person, session: Session) -> dict[str, list[str]]:
    """What a record says, under the heading of each of its parts."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in person_lines(person, session.vocabulary, session.wording):
        if line.style == "heading":
            heading = line.text
        elif heading:
            found.setdefault(heading, []).append(line.text)
    return found


def _side(session: Session, person: Person, position: str) -> tuple[Explanation, list[Line]]:
    """A side: the answer, and the lines of what decides it with the first day."""
    answer = session.explain(person, position)
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    lines = [line for number, node in enumerate(answer.deciding, 1) for line in text.condition(number, node)]
    lines += [line for line in text.questions() if line.text]
    lines += [line for line in text.earliest() if line.text]
    return answer, lines
