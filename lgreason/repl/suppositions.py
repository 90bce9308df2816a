"""What-ifs: a qualification, a post or work that a person is supposed to have, added to what the file says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from lgreason.files.facts.written import written
from lgreason.files.person.person import Experience, Person, Posting, Qualification
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]
Kind = Literal["obtain", "drop", "take_up", "work", "fact"]
LIST_OF: dict[Kind, str] = {
    "obtain": "education",
    "drop": "education",
    "take_up": "postings",
    "work": "experience",
}


@dataclass(frozen=True, slots=True)
class Supposal:
    """Something supposed: `what` is the degree, the position (or type and level), or the work.

    Of a declared fact `what` is its id, and `value` what files state of it: of a list, further entries.
    """

    kind: Kind
    what: str
    field: str | None = None
    start: date | None = None
    end: date | None = None
    value: Any = None

    def replaces(self, other: Supposal) -> bool:
        """Whether it is the same as another, only from another day on."""
        return self.kind != "fact" and replace(other, start=self.start) == self

    @property
    def list(self) -> str:
        """The list of the person's file that it adds to."""
        return LIST_OF.get(self.kind, self.what)


def supposed(person: Person, change: Supposal, vocabulary: Vocabulary) -> Person:
    """The person with the change; a list that was not known is taken to hold nothing else."""
    if change.start is not None:
        person = replace(person, ahead=tuple(sorted({*person.ahead, change.start})))
    place, start, end = person.place, change.start, change.end
    if change.kind == "fact":
        return _with_fact(person, change)
    if change.kind == "obtain":
        held = person.education or ()
        new = Qualification(change.what, change.field, None, None, start, place, len(held) + 1)
        return replace(person, education=(*held, new))
    if change.kind == "drop":
        kept = [q for q in person.education or () if not _is_dropped(q, change)]
        return replace(person, education=tuple(replace(q, number=n) for n, q in enumerate(kept, 1)))
    if change.kind == "work":
        done = person.experience or ()
        return replace(person, experience=(*done, Experience(change.what, start, end, place, len(done) + 1)))
    posts = person.postings or ()
    is_position = change.what in vocabulary.ranks
    kind, level = vocabulary.placement(change.what) if is_position else change.what.split(".")
    posting = Posting(
        position=change.what if is_position else None,
        type=kind,
        level=level,
        title=None,
        start=start,
        end=end,
        acting=False,
        concurrent=False,
        equivalent_to=None,
        equivalent_by=None,
        c_level=None,
        place=place,
        number=len(posts) + 1,
    )
    return replace(person, postings=(*posts, posting))


def _with_fact(person: Person, change: Supposal) -> Person:
    facts, value = dict(person.given.facts), change.value
    before = facts.get(change.what)
    if isinstance(value, tuple) and value and isinstance(before, tuple):
        value = (*before, *value)
    return replace(person, given=replace(person.given, facts={**facts, change.what: value}))


def _is_dropped(held: Qualification, change: Supposal) -> bool:
    return held.degree == change.what and (change.field is None or held.field == change.field)


def change_words(change: Supposal, vocabulary: Vocabulary, wording: Wording) -> str:
    """A change in words."""
    if change.kind == "fact":
        from lgreason.report.text.facts import FactText

        return wording.say("suppose.fact", what=FactText(vocabulary, wording).told(change.what, change.value))
    if change.kind in ("obtain", "drop"):
        degree = vocabulary.name("degree", change.what)
        text = wording.say(f"suppose.{change.kind}", degree=degree)
        if change.field is not None:
            field = vocabulary.name("field", change.field)
            text = wording.say(f"suppose.{change.kind}_in", degree=degree, field=field)
        if change.kind == "drop" or change.start is None:
            return text
        return wording.say("suppose.on_day", text=text, day=wording.date(change.start, short=True))
    what = vocabulary.name("work" if change.kind == "work" else "rank", change.what)
    assert change.start is not None
    span = {"start": wording.date(change.start, short=True)}
    if change.end is None:
        return wording.say(f"suppose.{change.kind}", what=what, **span)
    span["end"] = wording.date(change.end, short=True)
    return wording.say(f"suppose.{change.kind}_until", what=what, **span)


def change_document(change: Supposal, vocabulary: Vocabulary) -> Document:
    """A change as JSON."""
    document: Document = {"kind": change.kind}
    if change.kind == "fact":
        return {**document, "fact": change.what, "value": written(change.value)}
    if change.kind in ("obtain", "drop"):
        document["degree"] = change.what
        if change.field is not None:
            document["field"] = change.field
    elif change.kind == "work":
        document["work"] = change.what
    elif change.what in vocabulary.ranks:
        document["position"] = change.what
    else:
        document["type"], document["level"] = change.what.split(".")
    for key, day in (("from", change.start), ("to", change.end)):
        if day is not None:
            document["obtained" if change.kind == "obtain" else key] = day.isoformat()
    return document
