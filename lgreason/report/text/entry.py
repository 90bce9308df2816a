"""An entry of a person's file in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lgreason.files.person.person import Person
from lgreason.files.person.words import EntryWords
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

LISTS = frozenset({"education", "postings", "experience"})
"""The lists of a person's file that have words of their own; all others are worded by their declarations."""


def entry_words(person: Person, entry: Entry, vocabulary: Vocabulary, wording: Wording) -> str:
    """An entry of a person's file in words: which it is, and from when to when."""
    if entry.list not in LISTS:
        from lgreason.report.text.facts import FactText

        return FactText(vocabulary, wording).entry(person, entry)
    what = entry_name(person, entry, vocabulary, wording)
    if entry.list == "education":
        return what
    held = ((person.experience if entry.list == "experience" else person.postings) or ())[entry.number - 1]
    since = wording.date(held.start, short=True) if held.start else wording.say("entry.start_unknown")
    if held.end is None:
        return wording.say("entry.held", n=entry.number, what=what, start=since)
    return wording.say(
        "entry.span", n=entry.number, what=what, start=since, end=wording.date(held.end, short=True)
    )


def entry_name(person: Person, entry: Entry, vocabulary: Vocabulary, wording: Wording) -> str:
    """What an entry of a person's file is: the degree, the post or the work."""
    if entry.list == "education":
        held = (person.education or ())[entry.number - 1]
        if not held.degree:
            return _as_written(wording.say("entry.degree_unknown"), held.words, ("degree", "field"), wording)
        degree: object = vocabulary.name("degree", held.degree)
        told = _besides_aliases(held.words, vocabulary, {"degree": held.degree, "field": held.field})
        if held.field is None:
            name = wording.say("entry.degree", degree=degree)
        else:
            name = wording.say("entry.degree_in", degree=degree, field=vocabulary.name("field", held.field))
        return _as_written(name, told, ("degree", "field"), wording)
    if entry.list == "experience":
        done = (person.experience or ())[entry.number - 1]
        if done.work is None:
            return _as_written(wording.say("entry.work_unknown"), done.words, ("work",), wording)
        told = _besides_aliases(done.words, vocabulary, {"work": done.work})
        return _as_written(
            vocabulary.name("work", done.work).into(wording.language), told, ("work",), wording
        )
    posting = (person.postings or ())[entry.number - 1]
    if posting.position is not None:
        what = vocabulary.name("position", posting.position).into(wording.language)
    elif posting.type is not None:
        kind = vocabulary.name("position_type", posting.type)
        level = vocabulary.name("level", posting.level) if posting.level else ""
        what = posting.title or wording.say("entry.type_and_level", type=kind, level=level).strip()
    else:
        what = posting.title or wording.say("entry.post_unknown")
    what = _as_written(what, posting.words, ("position", "title"), wording)
    if posting.equivalent_to is None:
        return what
    target = vocabulary.name("rank", posting.equivalent_to)
    return wording.say("entry.equivalent", what=what, target=target)


def _besides_aliases(
    words: EntryWords, vocabulary: Vocabulary, shown: Mapping[str, str | None]
) -> EntryWords:
    """The writer's own words without those that are but another name of what is shown (ป.ตรี).

    Where a degree tells its field as well (รป.ม.), they say more.
    """
    said = {
        key: text
        for key, text in words.said.items()
        if key not in shown
        or shown[key] is None
        or vocabulary.resolve(key, text) != shown[key]
        or (key == "degree" and vocabulary.resolve("field", text) is not None)
    }
    return replace(words, said=said)


def _as_written(what: str, words: EntryWords, keys: tuple[str, ...], wording: Wording) -> str:
    """What an entry is, with the writer's own words where these are other words."""
    said = " ".join(dict.fromkeys(words.said[key] for key in keys if key in words.said))
    return wording.say("entry.as_written", what=what, text=said) if said and said not in what else what


def missing_words(person: Person, fact: Missing, vocabulary: Vocabulary, wording: Wording) -> str:
    """A fact that the file does not give, in words."""
    key = fact.list if fact.key is None else f"{fact.list}_{fact.key}"
    entry = None
    if fact.number is not None:
        entry = entry_words(person, Entry(fact.list, fact.number), vocabulary, wording)
    if not wording.has(f"missing.{key}"):
        from lgreason.report.text.facts import FactText

        return FactText(vocabulary, wording).missing(fact, entry)
    return wording.say(f"missing.{key}", entry=entry)
