"""What if: the record beside the record with something supposed, both decided for the same position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from starlette.responses import Response

from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.explain import Explanation
from lgreason.repl.suppositions import LIST_OF, Change, Kind, change_words, supposed
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.page import Asked, rendered
from lgreason.words.dates import DateProblem, parse_date

FIELDS = ("kind", "what", "field", "from", "to")
CATEGORY = {"obtain": "degree", "drop": "degree", "take_up": "rank", "work": "work"}
MOST = 10


def whatif(asked: Asked) -> Response:
    """Both sides. What is supposed stands in the address alone: nothing is changed, and going back takes it back."""
    session = asked.window.session
    found = asked.window.person(asked.path["person"])
    position = session.position(asked.path["position"])
    rows = list(_rows(asked))
    changes: list[Change] = []
    findings: tuple[Finding, ...] = ()
    for row in rows:
        try:
            changes.append(_change(row, session))
        except Unusable as unusable:
            findings += unusable.findings
    other = found
    for change in changes:
        other = supposed(other, change, session.vocabulary)
    sides = [_side(session, each, position) for each in (found, other)]
    vocabulary, language = session.vocabulary, session.wording.language
    return rendered(
        asked.window,
        "whatif.html",
        tab="whatif",
        person=found,
        position=position,
        position_name=vocabulary.name("position", position),
        sides=sides,
        rows=rows,
        changes=[change_words(change, vocabulary, session.wording) for change in changes],
        findings=findings,
        kinds=tuple(LIST_OF),
        terms={
            category: [
                vocabulary.name(category, identity).into(language) for identity in vocabulary.ids(category)
            ]
            for category in ("degree", "rank", "work", "field")
        },
    )


def _rows(asked: Asked) -> Iterator[dict[str, str]]:
    """What is supposed, as typed: a row for each kind given, and those with nothing in them left out."""
    lists = {name: [value for key, value in asked.queries if key == name] for name in FIELDS}
    for n, kind in enumerate(lists["kind"][:MOST]):
        row = {name: values[n].strip() if n < len(values) else "" for name, values in lists.items()}
        if kind in CATEGORY and row["what"]:
            yield row


def _change(row: dict[str, str], session: Session) -> Change:
    kind = cast(Kind, row["kind"])
    what = _term(session, CATEGORY[kind], row["what"])
    of_degree = CATEGORY[kind] == "degree"
    field = _term(session, "field", row["field"], loose=True) if row["field"] and of_degree else None
    start, end = _day(row["from"]), _day(row["to"])
    if start is None and not of_degree:
        raise Unusable((Finding("page_from_needed"),))
    if start is not None and end is not None and end < start:
        raise Unusable((Finding("suppose_ends_before_start", args={"start": start, "end": end}),))
    return Change(kind, what, field, start, end)


def _term(session: Session, category: str, text: str, loose: bool = False) -> str:
    found = session.vocabulary.resolve(category, text)
    if found is None and not loose:
        name = session.vocabulary.name("category", category)
        args = {"found": text, "category": name, "nearest": session.vocabulary.nearest(category, text)}
        raise Unusable((Finding("term_unknown", args=args),))
    return found or text


def _day(text: str) -> date | None:
    if not text:
        return None
    day = parse_date(text)
    if isinstance(day, DateProblem):
        raise Unusable((Finding(day.code, args=day.args),))
    return day


def _side(session: Session, person: Person, position: str) -> tuple[Explanation, list[Line]]:
    """A side: the answer, and the lines of what decides it with the first day."""
    answer = session.explain(person, position)
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    lines = [line for number, node in enumerate(answer.deciding, 1) for line in text.condition(number, node)]
    lines += [line for line in text.questions() if line.text]
    lines += [line for line in text.earliest() if line.text]
    return answer, lines
