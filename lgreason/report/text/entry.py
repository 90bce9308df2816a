"""An entry of a person's file in words."""

from __future__ import annotations

from lgreason.files.person.person import Person
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary


def entry_words(person: Person, entry: Entry, vocabulary: Vocabulary, wording: Wording) -> str:
    """An entry of a person's file in words: which it is, and from when to when."""
    if entry.list == "education":
        held = (person.education or ())[entry.number - 1]
        degree = vocabulary.name("degree", held.degree)
        if held.field is None:
            return wording.say("entry.degree", degree=degree)
        field = vocabulary.name("field", held.field)
        return wording.say("entry.degree_in", degree=degree, field=field)
    if entry.list == "experience":
        done = (person.experience or ())[entry.number - 1]
        what = wording.say("entry.work_unknown")
        if done.work is not None:
            what = vocabulary.name("work", done.work).into(wording.language)
        start, end = done.start, done.end
    else:
        posting = (person.postings or ())[entry.number - 1]
        if posting.position is not None:
            what = vocabulary.name("position", posting.position).into(wording.language)
        elif posting.type is not None:
            kind = vocabulary.name("position_type", posting.type)
            level = vocabulary.name("level", posting.level) if posting.level else ""
            what = posting.title or wording.say("entry.type_and_level", type=kind, level=level).strip()
        else:
            what = posting.title or wording.say("entry.post_unknown")
        if posting.equivalent_to is not None:
            target = vocabulary.name("rank", posting.equivalent_to)
            what = wording.say("entry.equivalent", what=what, target=target)
        start, end = posting.start, posting.end
    since = wording.date(start, short=True) if start else wording.say("entry.start_unknown")
    if end is None:
        return wording.say("entry.held", n=entry.number, what=what, start=since)
    return wording.say(
        "entry.span", n=entry.number, what=what, start=since, end=wording.date(end, short=True)
    )


def missing_words(person: Person, fact: Missing, vocabulary: Vocabulary, wording: Wording) -> str:
    """A fact that the file does not give, in words."""
    if fact.number is None:
        return wording.say(f"missing.{fact.list}")
    entry = entry_words(person, Entry(fact.list, fact.number), vocabulary, wording)
    return wording.say(f"missing.{fact.list}_{fact.key}", entry=entry)
