"""What in the course of a career is likely a slip: each a warning that names both entries.

Where a post without a last day is followed by another, the day on which it ended is not known: it may have been held
on, and it may have ended on the day before the other began.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from lgreason.files.person.person import Person, Posting
from lgreason.rules.findings import Finding, Place

ONE_DAY = timedelta(days=1)
YOUNGEST = 15
"""Years of age below which nobody serves: a first day before is a slip, of it or of the date of birth."""


def with_ends(person: Person) -> Person:
    """The person where posts that another followed have ended on a day not known."""
    if person.postings is None:
        return person
    held = tuple(_ended(posting, person.postings) for posting in person.postings)
    return person if held == person.postings else replace(person, postings=held)


def _ended(posting: Posting, every: tuple[Posting, ...]) -> Posting:
    later = _follower(posting, every)
    if later is None or later.start is None or "to" in posting.words.within:
        return posting
    within = {**posting.words.within, "to": (later.start - ONE_DAY, date.max)}
    return replace(posting, words=replace(posting.words, within=within))


def _follower(posting: Posting, every: tuple[Posting, ...]) -> Posting | None:
    """The first substantive post that began while a substantive post without a last day was held."""
    if posting.end is not None or posting.start is None or not _substantive(posting):
        return None
    later = [
        (other.start, other)
        for other in every
        if other is not posting and _substantive(other) and other.start and other.start > posting.start
    ]
    return min(later, key=lambda pair: pair[0])[1] if later else None


def _substantive(posting: Posting) -> bool:
    """Whether a posting is one that a person holds alone, not beside another."""
    return not posting.acting and not posting.concurrent


def before_birth(person: Person) -> Iterator[Finding]:
    """What of a record cannot be, whatever else is so: service and degrees that begin before the person was born."""
    born = person.given.facts.get("born")
    if not isinstance(born, date):
        return
    degrees = [(held.place, "obtained", held.obtained) for held in person.education or ()]
    posts = [(held.place, "from", held.start) for held in person.postings or ()]
    works = [(done.place, "from", done.start) for done in person.experience or ()]
    for place, key, day in (*degrees, *posts, *works):
        if day is not None and day < born:
            yield Finding("person_before_birth", _place(place, key), {"start": day, "born": born})
        elif day is not None and key == "from" and (age := _age(born, day)) < YOUNGEST:
            args = {"start": day, "born": born, "age": age}
            yield Finding("person_very_young", _place(place, key), args, "warning")


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def career_warnings(person: Person, latest: date, types_since: date) -> Iterator[Finding]:
    """The warnings of a career; `types_since` is the first day of the position types, `latest` that of assessment."""
    every = person.postings or ()
    for posting in every:
        if (later := _follower(posting, every)) is not None:
            yield _about("person_still_held", posting, "to", later, start=later.start)
        if posting.start is not None and posting.start > latest:
            yield _about("person_begins_later", posting, "from", found=posting.start, latest=latest)
        typed = posting.level is not None and posting.c_level is None and posting.position is None
        if typed and posting.start is not None and posting.start < types_since:
            yield _about("person_level_too_early", posting, "from", since=types_since)
    for one, other in pairwise(sorted(filter(_dated, every), key=_first)):
        if one.end is None or other.start is None:
            continue
        if other.start <= one.end and one.end != other.end:
            yield _about("person_overlaps", one, "to", other, start=other.start, end=one.end)
        elif other.start > one.end + ONE_DAY:
            yield _about("person_gap", other, "from", one, start=other.start, end=one.end)
    yield from _before_degrees(person)


def _dated(posting: Posting) -> bool:
    return posting.start is not None and _substantive(posting)


def _first(posting: Posting) -> date:
    assert posting.start is not None
    return posting.start


def _before_degrees(person: Person) -> Iterator[Finding]:
    """Service in an academic or a managerial post that began before the first degree was obtained."""
    degrees = person.education or ()
    days = [held.obtained for held in degrees if held.obtained is not None]
    if not days or len(days) != len(degrees):
        return
    first = min(days)
    for posting in person.postings or ():
        if posting.start is not None and posting.start < first and posting.type not in (None, "general"):
            yield _about("person_before_degree", posting, "from", start=posting.start, found=first)
            return


def _about(code: str, posting: Posting, key: str, other: Posting | None = None, **args: object) -> Finding:
    place = _place(posting.place, key)
    numbers: dict[str, object] = {"n": posting.number}
    if other is not None:
        numbers["other"] = other.number
    return Finding(code, place, {**numbers, **args}, "warning")


def _place(entry: Place, key: str) -> Place:
    return Place(entry.file, entry.line, entry.column, f"{entry.field}.{key}")
