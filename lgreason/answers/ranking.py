"""Who may hold a position: everyone loaded, the eligible first, then the nearest misses with what they lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from lgreason.answers.persons import NO, UNDETERMINED, YES, Reply, not_yet_in_force
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.cases.verdict import Verdict
from lgreason.reasoning.persons.explain import Explanation, distance
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText
from lgreason.rules.findings import Finding, Unusable

Document = dict[str, Any]
ORDER: tuple[Verdict, ...] = ("eligible", "undetermined", "ineligible")


def nearness(answer: Explanation) -> tuple[int, int, Duration, date]:
    """How near a person is to the position: the verdict, what is short, the first day; the smaller the nearer."""
    short = (0, Duration()) if answer.verdict == "eligible" else distance(answer.reason)
    return (ORDER.index(answer.verdict), *short, answer.earliest or date.max)


def people(session: Session, everyone: Iterable[Person], position: str) -> Reply:
    """Everyone with their verdict for a position; raises `Unusable` if nobody is loaded."""
    answers = sorted((session.explain(person, position) for person in everyone), key=nearness)
    if not answers:
        raise Unusable((Finding("nobody_loaded"),))
    verdicts = {answer.verdict for answer in answers}
    document: Document = {
        "schema": "lgreason.people/1",
        "position": position,
        "as_of": session.day.isoformat(),
        "people": [_row(answer) for answer in answers],
    }
    status = YES if "eligible" in verdicts else UNDETERMINED if "undetermined" in verdicts else NO
    return Reply(tuple(_lines(session, answers, position)), document, status)


def _row(answer: Explanation) -> Document:
    since = answer.eligible_since
    row: Document = {
        "id": answer.person.id,
        "name": answer.person.name,
        "verdict": answer.verdict,
        "earliest": since.isoformat() if since else None,
    }
    if answer.verdict != "eligible":
        row["lacks"] = [node.clause.id for node in answer.deciding]
    if answer.since_before_force or answer.not_yet_in_force:
        row["in_force_from"] = answer.reason.clause.in_force.isoformat()
    return row


def _lines(session: Session, answers: list[Explanation], position: str) -> Iterator[Line]:
    say = session.wording.say
    name = session.vocabulary.name("position", position)
    yield Line(say("people.title", position=name, day=session.day), style="title")
    if (in_force := not_yet_in_force(session, (position,))) is not None:
        yield Line(say("why.not_yet_in_force", day=in_force), 1, "note")
    for verdict in ORDER:
        found = [answer for answer in answers if answer.verdict == verdict]
        if not found:
            continue
        yield Line(say(f"people.{verdict}", n=len(found)), style=verdict)
        for answer in found:
            yield Line(say("people.person", name=answer.person.name, id=answer.person.id), 1)
            yield from _why(session, answer)


def _why(session: Session, answer: Explanation) -> Iterator[Line]:
    """One line on what stands in the way, and the first day of eligibility where there is one."""
    say = session.wording.say
    since = answer.eligible_since
    if answer.verdict == "eligible":
        if since is not None:
            yield Line(say("why.eligible_since", day=since), 2, "note")
            if (in_force := answer.since_before_force) is not None:
                yield Line(say("why.before_in_force", day=in_force), 3, "note")
        return
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    if answer.verdict == "undetermined" and answer.questions:
        yield Line(say("people.find_out", fact=text.missing(answer.questions[0].fact)), 2, "note")
    elif answer.deciding:
        yield Line(say("people.lacks", text=text.brief(answer.deciding[0])), 2)
        if more := len(answer.deciding) - 1:
            yield Line(say("people.lacks_more", n=more), 2, "note")
    if since is not None:
        key = "people.earliest" if answer.verdict == "ineligible" else "people.at_the_latest"
        yield Line(say(key, day=since), 2, "earliest")
    elif answer.verdict == "ineligible" and answer.possible is not None:
        yield Line(say("why.possible", day=answer.possible), 2, "note")
