"""Questions about a person's record: how long a post was held, which facts are missing, who becomes eligible when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lgreason.answers.persons import NO, UNDETERMINED, YES, Document, Reply, with_warnings
from lgreason.answers.session import Session
from lgreason.files.person.person import Person, Posting
from lgreason.reasoning.cases.counting import FOREVER, Calendar, Span, stretches, until
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.persons.measure import Entry
from lgreason.report.documents.persons import missing_document
from lgreason.report.line import Line
from lgreason.report.text.entry import entry_words, missing_words
from lgreason.report.text.explanation import ExplanationText
from lgreason.rules.findings import Finding, Unusable


def profile(session: Session, person: Person) -> Reply:
    """The person's record as read."""
    from lgreason.report.text.person import person_document, person_lines

    lines = tuple(person_lines(person, session.vocabulary, session.wording))
    return Reply(lines, {**person_document(person), "schema": "lgreason.profile/1", "person": person.id})


# ── how long ──────────────────────────────────────────────────────────────────────────────────────────────────────


def service(
    session: Session, person: Person, position: str | None = None, levels: Sequence[str] = ()
) -> Reply:
    """How long a person has served: in a position, at some levels (`academic.professional`), or in all."""
    found = [p for p in person.postings or () if _is_of(p, position, levels)]
    counted = [p for p in found if not (p.acting or p.concurrent)]
    dated = [p for p in counted if p.start is not None and p.start <= session.day]
    spans: list[Span] = [(p.start, p.end or FOREVER) for p in dated if p.start is not None]
    total = Calendar.total(until(spans, session.day))
    document: Document = {
        "schema": "lgreason.service/1",
        "person": person.id,
        "position": position,
        "levels": list(levels),
        "as_of": session.day.isoformat(),
        "served": None if person.postings is None else total._asdict(),
        "since": min(p.start for p in dated if p.start).isoformat() if dated else None,
        "held_now": any(p.end is None or p.end >= session.day for p in dated),
        "postings": [p.number for p in dated],
        "not_counted": [p.number for p in found if p not in dated],
    }
    unknown = person.postings is None or any(p.start is None for p in counted)
    status = UNDETERMINED if unknown else YES if dated else NO
    lines = tuple(_service_lines(session, person, _what(session, position, levels), found, dated, total))
    return Reply(lines, document, status)


def _is_of(posting: Posting, position: str | None, levels: Sequence[str]) -> bool:
    if position is not None:
        return posting.position == position
    if levels:
        pair = f"{posting.type}.{posting.level}"
        return any(level in (pair, posting.level) for level in levels)
    return True


def _what(session: Session, position: str | None, levels: Sequence[str]) -> str:
    if position is not None:
        return session.vocabulary.name("position", position).into(session.wording.language)
    if levels:
        names = (session.vocabulary.name("rank" if "." in each else "level", each) for each in levels)
        return session.wording.either(name.into(session.wording.language) for name in names)
    return session.wording.say("service.in_all")


def _service_lines(
    session: Session, person: Person, what: str, found: list[Posting], dated: list[Posting], total: object
) -> Iterator[Line]:
    say = session.wording.say
    yield Line(person.name, style="title")
    yield Line(say("service.asked", what=what, day=session.day))
    yield Line()
    if person.postings is None:
        yield Line(say("service.unknown"), style="undetermined")
        return
    if not dated:
        yield Line(say("service.none_counted" if found else "service.never", what=what), style="ineligible")
    else:
        yield Line(say("service.total", time=total), style="eligible")
    for posting in found:
        words = entry_words(person, Entry("postings", posting.number), session.vocabulary, session.wording)
        if posting in dated and posting.start is not None:
            time = Calendar.total(until([(posting.start, posting.end or FOREVER)], session.day))
            yield Line(say("service.stretch", entry=words, time=time), 1)
        else:
            key = (
                "acting"
                if posting.acting or posting.concurrent
                else "undated"
                if posting.start is None
                else "later"
            )
            yield Line(say(f"service.{key}", entry=words), 1, "note")
    spans: list[Span] = [(p.start, p.end or FOREVER) for p in dated if p.start is not None]
    if len(stretches(spans)) > 1:
        yield Line(say("service.added", ids=session.kb.bearing_on("adding")), style="note")


# ── what is missing ───────────────────────────────────────────────────────────────────────────────────────────────


def missing(session: Session, person: Person, position: str | None = None) -> Reply:
    """The facts that the file does not give and that would decide, for a position or for all."""
    posts = (position,) if position is not None else tuple(session.kb.posts)
    answers = [session.explain(person, post) for post in posts]
    facts = {q.fact: None for answer in answers for q in answer.questions}
    say = session.wording.say
    lines = [Line(person.name, style="title"), Line(say("facts.title", day=session.day)), Line()]
    for fact in facts:
        bearing = tuple(
            session.vocabulary.name("position", a.position)
            for a in answers
            if any(q.fact == fact for q in a.questions)
        )
        text = missing_words(person, fact, session.vocabulary, session.wording)
        lines.append(Line(say("facts.missing", text=text), 1, "open"))
        lines.append(Line(say("facts.bears_on", positions=bearing), 2, "note"))
    if not facts:
        about = tuple(session.vocabulary.name("position", post) for post in posts)
        lines.append(Line(say("facts.none", positions=about), style="good"))
    if person.warnings:
        lines.append(Line(say("facts.warned", n=len(person.warnings)), style="note"))
    document: Document = {
        "schema": "lgreason.missing/1",
        "person": person.id,
        "position": position,
        "as_of": session.day.isoformat(),
        "missing": [
            {
                **missing_document(fact),
                "positions": [a.position for a in answers if any(q.fact == fact for q in a.questions)],
            }
            for fact in facts
        ],
    }
    return Reply(tuple(lines), with_warnings(document, person), UNDETERMINED if facts else YES)


# ── which readings ────────────────────────────────────────────────────────────────────────────────────────────────


def readings_of(session: Session, person: Person, position: str) -> Reply:
    """The readings on which a verdict rests, those that would change it first."""
    answer = session.explain(person, position)
    say = session.wording.say
    name = session.vocabulary.name("position", position)
    lines = [Line(person.name, style="title"), Line(say("why.asked", position=name, day=session.day)), Line()]
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    rows: list[Document] = []
    for relied in answer.readings:
        reading = relied.reading
        args = {"id": reading.id, "question": reading.question, "chosen": reading.text}
        lines.append(Line(say("why.relied", **args), 1))
        lines += [Line(words, 2, "note") for words in text.otherwise(relied)]
        others = [{"choice": choice, "verdict": verdict} for choice, verdict in relied.otherwise]
        rows.append(
            {"id": reading.id, "chosen": reading.chosen, "matters": relied.matters, "otherwise": others}
        )
    document: Document = {
        "schema": "lgreason.readings/1",
        "person": person.id,
        "position": position,
        "as_of": session.day.isoformat(),
        "verdict": answer.verdict,
        "readings": rows,
    }
    return Reply(tuple(lines), document)


# ── who, by a day ─────────────────────────────────────────────────────────────────────────────────────────────────


def upcoming(session: Session, everyone: Iterable[Person], position: str | None, by: date) -> Reply:
    """Who becomes eligible, for a position or for any, after the day of assessment and up to another."""
    posts = (position,) if position is not None else tuple(session.kb.posts)
    people = list(everyone)
    if not people:
        raise Unusable((Finding("nobody_loaded"),))
    if by < session.day:
        raise Unusable((Finding("by_before_as_of", args={"by": by, "day": session.day}),))
    answers = [session.explain(person, post) for person in people for post in posts]
    coming = sorted((a for a in answers if _comes(a, by)), key=lambda a: (a.earliest or by, a.person.id))
    already = [a for a in answers if a.verdict == "eligible"]
    document: Document = {
        "schema": "lgreason.upcoming/1",
        "position": position,
        "as_of": session.day.isoformat(),
        "by": by.isoformat(),
        "people": [
            {
                "id": a.person.id,
                "name": a.person.name,
                "position": a.position,
                "earliest": a.earliest.isoformat(),
            }
            for a in coming
            if a.earliest is not None
        ],
        "eligible_already": [{"id": a.person.id, "position": a.position} for a in already],
        "undetermined": [
            {"id": a.person.id, "position": a.position} for a in answers if a.verdict == "undetermined"
        ],
    }
    status = YES if coming else UNDETERMINED if document["undetermined"] else NO
    return Reply(tuple(_upcoming_lines(session, answers, coming, already, by)), document, status)


def end_of_fiscal_year(day: date) -> date:
    """The last day of the fiscal year that a day is in: 30 September."""
    return date(day.year + ((day.month, day.day) > (9, 30)), 9, 30)


def _comes(answer: Explanation, by: date) -> bool:
    return answer.verdict != "eligible" and answer.earliest is not None and answer.day < answer.earliest <= by


def _upcoming_lines(
    session: Session,
    answers: list[Explanation],
    coming: list[Explanation],
    already: list[Explanation],
    by: date,
) -> Iterator[Line]:
    say, name = session.wording.say, session.vocabulary.name
    yield Line(say("upcoming.title", day=session.day, by=by), style="title")
    for answer in coming:
        args = {
            "name": answer.person.name,
            "position": name("position", answer.position),
            "day": answer.earliest,
        }
        yield Line(say("upcoming.person", **args), 1, "earliest")
    if not coming:
        yield Line(say("upcoming.nobody"), 1)
    if already:
        who = tuple(dict.fromkeys(answer.person.name for answer in already))
        yield Line(say("upcoming.already", names=who), 1, "note")
    if open_ := tuple(dict.fromkeys(a.person.name for a in answers if a.verdict == "undetermined")):
        yield Line(say("upcoming.open", names=open_), 1, "open")
    yield Line(say("when.if_nothing_changes"), style="note")
