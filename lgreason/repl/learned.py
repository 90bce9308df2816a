"""Facts learned in a conversation: what was missing, and the person once it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lgreason.files.facts.written import written
from lgreason.files.person.person import Experience, Person, Posting, Qualification
from lgreason.files.person.words import EntryWords
from lgreason.reasoning.persons.measure import Missing
from lgreason.repl.suppositions import Supposal, change_document, supposed
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Learned:
    """A fact that was missing, and what it is.

    A whole list is learned as `things`, none if there are none. `value` is a field, a level, a day, a kind of work,
    or a position (or type and level); of a committee's decision, whether there is one; for an experience that is of
    none of the kinds of work, `None`; of a `declared` fact, its value as files state it.
    """

    fact: Missing
    value: Any = None
    things: tuple[Supposal, ...] = ()
    declared: bool = False


def knowing(person: Person, learned: Learned, vocabulary: Vocabulary) -> Person:
    """The person once a fact is known; as before if the file no longer has the entry."""
    fact = learned.fact
    if learned.declared:
        from lgreason.reasoning.persons.fact_changes import with_outcome

        return with_outcome(person, vocabulary.of_facts.declarations, fact, learned.value)
    if fact.number is None:
        known = _with(person, fact.list, ())
        for thing in learned.things:
            known = supposed(known, thing, vocabulary)
        return known
    entries = getattr(person, fact.list) or ()
    if fact.number > len(entries):
        return person
    changed = _changed(entries[fact.number - 1], learned, vocabulary)
    if changed is not None and fact.key is not None:
        changed = replace(changed, words=_without(changed.words, fact.key))
    kept = [changed if n == fact.number else entry for n, entry in enumerate(entries, 1)]
    numbered = (entry for entry in kept if entry is not None)
    return _with(person, fact.list, tuple(replace(e, number=n) for n, e in enumerate(numbered, 1)))


def _with(person: Person, name: str, entries: tuple[Any, ...]) -> Person:
    """The person with other entries in one list."""
    if name == "education":
        return replace(person, education=entries)
    return replace(person, postings=entries) if name == "postings" else replace(person, experience=entries)


def _changed(entry: Qualification | Posting | Experience, learned: Learned, vocabulary: Vocabulary) -> Any:
    """The entry with the fact; `None` if it turns out to be nothing that counts."""
    value: Any = learned.value
    committees = tuple(sorted(vocabulary.ids("committee"))) if value is True else ()
    match entry, learned.fact.key:
        case Qualification(), "field":
            return replace(entry, field=value)
        case Qualification(), "approved_by":
            return replace(entry, approved_by=committees)
        case Posting(), "equivalent_by":
            return replace(entry, equivalent_by=committees)
        case Posting(), "level":
            return replace(entry, level=value)
        case (Posting(), "from") | (Experience(), "from"):
            return replace(entry, start=value, words=_told(entry.words, "from"))
        case (Posting(), "to") | (Experience(), "to"):
            return replace(entry, end=value, words=_told(entry.words, "to"))
        case Qualification(), "obtained":
            return replace(entry, obtained=value, words=_told(entry.words, "obtained"))
        case Qualification(), "degree":
            return replace(entry, degree=value)
        case Posting(), _ if value in vocabulary.ranks:
            kind, level = vocabulary.placement(value)
            return replace(entry, position=value, type=kind, level=level)
        case Posting(), _:
            kind, level = value.split(".")
            return replace(entry, type=kind, level=level)
        case Experience(), _:
            return None if value is None else replace(entry, work=value)
    return entry


def _without(words: EntryWords, key: str) -> EntryWords:
    """The words of an entry once what they left open is known: the writer's own for it stand no more."""
    return replace(words, said={name: text for name, text in words.said.items() if name != key}, unsure=False)


def _told(words: EntryWords, key: str) -> EntryWords:
    """The words of an entry once a day of it that had bounds is known."""
    return replace(words, within={name: days for name, days in words.within.items() if name != key})


def learned_document(learned: Learned, missing: Document, vocabulary: Vocabulary) -> Document:
    """A fact learned as JSON; `missing` is the fact as a document."""
    if learned.fact.number is None and not learned.declared:
        things = [change_document(thing, vocabulary) for thing in learned.things]
        return {"missing": missing, "value": things}
    if learned.declared:
        return {"missing": missing, "value": written(learned.value)}
    value = learned.value
    return {"missing": missing, "value": value.isoformat() if isinstance(value, date) else value}


def with_all(person: Person, facts: Iterable[Learned], vocabulary: Vocabulary) -> Person:
    """The person once several facts are known."""
    for learned in facts:
        person = knowing(person, learned, vocabulary)
    return person
