"""The record on the page: a form, read as typed, with what is wrong beside its field, kept when it is sound."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from starlette.responses import JSONResponse, Response

from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.files.person.shape import FORM as PERSON
from lgreason.files.source.read import source_of
from lgreason.report.text.person import person_document
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.form import Data, Group, Input, RecordForm, by_input, names_in
from lgreason.web.page import Asked, back_to, finding_words, rendered
from lgreason.web.windows import Window

TERMS = {
    **{"degree": "degree", "field": "field", "position": "position", "type": "position_type"},
    **{"level": "level", "work": "work", "equivalent_to": "rank"},
    **{"approved_by": "committee", "equivalent_by": "committee"},
}
"""The category of terms that each entry of a person's file takes."""


def person_form(session: Session) -> RecordForm:
    """The form of a person's file."""

    def terms(key: str, parent: str) -> str:
        if key == "_key":
            return "competency"
        return "" if parent == "units" else TERMS.get(key, "")

    return RecordForm(PERSON, session.wording.language, terms, lambda _key: None)


def form(asked: Asked) -> Response:
    """The record of a person as a form; of somebody new, an empty one."""
    window = asked.window
    identity = asked.path.get("person")
    if identity is None:
        return _shown(window, None, {"education": None}, extra=asked.query.get("add", ""))
    found = window.person(identity)
    data = window.shelf.source(found.place.file).data
    assert isinstance(data, dict)
    return _shown(window, found, data, as_read=found)


def save(asked: Asked) -> Response:
    """Take what was filled in: keep it if it is sound, and otherwise say beside each field what is wrong."""
    window, session = asked.window, asked.window.session
    before = window.people.get(asked.path.get("person", ""))
    data = person_form(session).data(asked.form)
    if add := asked.value("add"):
        return _shown(window, before, data, extra=add)
    content = _content(data)
    name = before.place.file if before else f"{data.get('id') or _free_name(window)}.json"
    try:
        read = session.loaded(source_of(_as_json(name), content))
    except Unusable as unusable:
        return _shown(window, before, data, unusable.findings, status=422)
    if not isinstance(read, Person):
        raise Unusable((Finding("page_not_found"),))
    other = window.people.get(read.id) or window.organisations.get(read.id)
    if other is not None and (before is None or other.id != before.id):
        args = {"id": read.id, "first": other.place.file, "second": name}
        return _shown(window, before, data, (Finding("id_twice", read.place, args),), status=422)
    if before is not None and _as_json(name) != before.place.file:
        window.remove(before.place.file)
    window.unsaved.add(window.put(_as_json(name), content))
    return back_to(f"/w/{window.id}/people/{read.id}")


def check(asked: Asked) -> Response:
    """What is wrong with what is filled in, what was read of it, and the verdicts: as JSON, while one types."""
    session = asked.window.session
    maker = person_form(session)
    data = maker.data(asked.form)
    group = maker.group(data)
    try:
        read = session.loaded(source_of("record.json", _content(data)))
    except Unusable as unusable:
        beside = by_input(unusable.findings, names_in(group))
        say = session.wording
        return JSONResponse(
            {
                "findings": {
                    name: [finding_words(each, say) for each in found] for name, found in beside.items()
                }
            }
        )
    assert isinstance(read, Person)
    from lgreason.web.people import cells

    verdicts = [
        {
            "position": session.vocabulary.name("position", cell.position).into(session.wording.language),
            "verdict": cell.verdict,
            "words": session.wording.say(f"verdict.{cell.verdict}"),
            "first": session.wording.date(cell.first, short=True) if cell.first else "",
        }
        for cell in cells(session, read)
    ]
    return JSONResponse({"findings": {}, "read": as_read(read, session, group), "verdicts": verdicts})


def _content(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _as_json(name: str) -> str:
    return f"{PurePosixPath(name).stem}.json"


def _free_name(window: Window) -> str:
    number = 1
    while f"person-{number}.json" in window.shelf:
        number += 1
    return f"person-{number}"


def _shown(
    window: Window,
    person: Person | None,
    data: Mapping[str, Any],
    findings: tuple[Finding, ...] = (),
    as_read: Person | None = None,
    extra: str = "",
    status: int = 200,
) -> Response:
    session = window.session
    group = person_form(session).group(data, (extra,) if extra else ())
    return rendered(
        window,
        "record.html",
        status,
        person=person,
        group=group,
        beside=by_input(findings, names_in(group)),
        read=_read(as_read, session, group),
        terms=term_lists(session, group),
        check="people/check",
        action=f"people/{person.id}/record" if person else "people/new",
    )


def _read(person: Person | None, session: Session, group: Group) -> dict[str, str]:
    return {} if person is None else as_read(person, session, group)


def term_lists(session: Session, group: Group) -> dict[str, list[str]]:
    """The names to complete from, by category."""
    found: dict[str, list[str]] = {}
    for each in _inputs(group):
        if each.terms and each.terms not in found:
            vocabulary, language = session.vocabulary, session.wording.language
            names = [vocabulary.name(each.terms, i).into(language) for i in vocabulary.ids(each.terms)]
            found[each.terms] = list(dict.fromkeys(names))
    for terms in list(TERMS.values()):  # of rows that a script adds
        if terms not in found:
            names = [
                session.vocabulary.name(terms, i).into(session.wording.language)
                for i in session.vocabulary.ids(terms)
            ]
            found[terms] = list(dict.fromkeys(names))
    return found


def _inputs(group: Group) -> list[Input]:
    found: list[Input] = []
    for part in (*group.parts, *group.rows):
        found += _inputs(part) if isinstance(part, Group) else [part]
    return found


def as_read(person: Person, session: Session, group: Group) -> dict[str, str]:
    """What was read of every input, in words: where that is more than the same words again."""
    document = person_document(person)
    found: dict[str, str] = {}
    for each in _inputs(group):
        value: Any = document
        for step in each.name.split("."):
            if isinstance(value, list):
                value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
            elif isinstance(value, dict):
                value = value.get(step)
            else:
                value = None
        if isinstance(value, str) and each.value:
            text = _in_words(value, each.terms, session)
            if text != each.value:
                found[each.name] = session.wording.say("page.read_as", text=text)
    return found


def _in_words(value: str, category: str, session: Session) -> str:
    wording = session.wording
    if category:
        known = value in session.vocabulary.ids(category)
        name = session.vocabulary.name(category, value).into(wording.language)
        return name if known else wording.say("page.unlisted", text=value)
    try:
        return wording.date(date.fromisoformat(value))
    except ValueError:
        return value
