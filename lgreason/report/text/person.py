"""A person as read, in words and as a document: what the program took from the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lgreason.files.person.person import Person, Posting, Qualification
from lgreason.reasoning.persons.measure import Entry
from lgreason.report.line import Line
from lgreason.report.text.entry import entry_words
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.report.text.facts import FactText

Document = dict[str, Any]


def person_lines(person: Person, vocabulary: Vocabulary, wording: Wording) -> Iterator[Line]:
    """Who the person is, and every entry of the file as it was understood."""
    facts = _fact_text(person, vocabulary, wording)
    yield Line(person.name, style="title")
    yield Line(wording.say("repl.identity", id=person.id, file=person.place.file), 1, "note")
    lists: tuple[tuple[str, Sequence[object] | None], ...] = (
        ("education", person.education),
        ("postings", person.postings),
        ("experience", person.experience),
    )
    for name, entries in lists:
        yield Line(wording.say(f"repl.{name}"), 1, "heading")
        if not entries:
            yield Line(wording.say("repl.unknown" if entries is None else "repl.none"), 2)
        for number, entry in enumerate(entries or (), 1):
            words = entry_words(person, Entry(name, number), vocabulary, wording)
            if standing := standing_words(entry, vocabulary, wording):
                words = wording.say("repl.standing", entry=words, standing=standing)
            if isinstance(entry, Posting) and (entry.acting or entry.concurrent):
                words = wording.say("repl.acting" if entry.acting else "repl.concurrent", entry=words)
            yield Line(words, 2)
            if beside := facts.beside(person, Entry(name, number)) if facts is not None else "":
                yield Line(beside, 3, "note")
    if person.competencies is not None:
        yield Line(wording.say("repl.competencies"), 1, "heading")
        if not person.competencies:
            yield Line(wording.say("repl.none"), 2)
        for key, level in person.competencies.items():
            name = vocabulary.name("competency", key).into(wording.language)
            yield Line(wording.say("repl.competency", name=name, n=level), 2)
    for fact, said in facts.stated(person) if facts is not None else ():
        yield Line(fact, 1, "heading")
        for each in said or (wording.say("repl.none"),):
            yield Line(each, 2)


def standing_words(entry: object, vocabulary: Vocabulary, wording: Wording) -> str:
    """What an entry says besides its name: type and level of a post of no standard, the day of a degree; else ""."""
    if isinstance(entry, Qualification):
        return "" if entry.obtained is None else wording.say("repl.obtained", day=entry.obtained)
    if not isinstance(entry, Posting) or entry.position is not None:
        return ""
    kind = vocabulary.name("position_type", entry.type).into(wording.language) if entry.type else ""
    if entry.c_level is not None:
        level = wording.say("repl.c_level", n=entry.c_level)
    else:
        level = vocabulary.name("level", entry.level).into(wording.language) if entry.level else ""
    if entry.title is None and entry.c_level is None:
        return ""  # the type and the level are its name
    return " ".join(each for each in (kind, level) if each)


def _fact_text(person: Person, vocabulary: Vocabulary, wording: Wording) -> FactText | None:
    """The words for declared facts, where the file states any."""
    if not person.given.facts and not person.given.more:
        return None
    from lgreason.report.text.facts import FactText

    return FactText(vocabulary, wording)


def person_document(person: Person) -> Document:
    """`lgreason.person/1`: the person as read; an absent key is not known."""
    document: Document = {"schema": "lgreason.person/1", "id": person.id, "name": person.name}
    document["file"] = person.place.file
    if person.education is not None:
        document["education"] = [
            _known(degree=q.degree, field=q.field, approved=q.approved, approved_by=q.approved_by)
            | _known(obtained=q.obtained)
            for q in person.education
        ]
    if person.postings is not None:
        document["postings"] = [_posting(posting) for posting in person.postings]
    if person.experience is not None:
        document["experience"] = [
            _known(work=done.work) | _known(**{"from": done.start, "to": done.end})
            for done in person.experience
        ]
    if person.competencies is not None:
        document["competencies"] = dict(person.competencies)
    if person.given.facts or person.given.more:
        _add_facts(document, person)
    return document


def _add_facts(document: Document, person: Person) -> None:
    """Add what the file states by declared facts, as a file has it."""
    from lgreason.files.facts.written import facts_written, more_written

    document |= facts_written(person.given)
    for name in person.given.more:
        entries = document.get(name, [])
        document[name] = [
            {**entry, **more_written(person.given, name, number)} for number, entry in enumerate(entries, 1)
        ]


def _posting(posting: Posting) -> Document:
    return (
        _known(position=posting.position, type=posting.type, level=posting.level, title=posting.title)
        | _known(**{"from": posting.start, "to": posting.end})
        | _known(
            acting=posting.acting or None, concurrent=posting.concurrent or None, c_level=posting.c_level
        )
        | _known(equivalent_to=posting.equivalent_to, equivalent_by=posting.equivalent_by)
    )


def _known(**values: object) -> Document:
    """What is known of some values, dates as ISO C.E."""
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for key, value in values.items()
        if value is not None
    }
