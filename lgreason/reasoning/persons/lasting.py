"""How long each part of a remedy must last: until its own bound is met, not until the last of the set.

Part after part is cut to the earliest day on which a bound is reached with which the position is still reached on the
day of the remedy; what is found has been judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from lgreason.files.person.person import Person
from lgreason.reasoning.persons.change import Change
from lgreason.reasoning.persons.eligibility import Judge, Judgement
from lgreason.reasoning.persons.measure import Entry

Part: TypeAlias = Change | Entry
"""What lasts: a post taken up or work begun, or an entry of the file that goes on."""
_LIST = {"take_up": "postings", "work": "experience"}


def lasting(
    judge: Judge,
    position: str,
    person: Person,
    changed: Person,
    parts: tuple[tuple[Change, ...], tuple[Entry, ...]],
    days: tuple[date, date],
) -> Mapping[Part, date]:
    """The day until which each lasting part of a remedy must go on.

    `changed` is the person with the `parts` done (changes of a remedy, and entries that go on); `days` are the first
    day of the changes and the day on which the position is reached.
    """
    start, day = days
    root = judge.kb.posts[position]
    changes, waits = parts
    ends = dict.fromkeys(_placed(person, changes), day) | dict.fromkeys(waits, day)
    places = _placed(person, changes) | {entry: entry for entry in waits}
    candidates = _reached(judge.case(changed, start), root, start, day)
    if not candidates:
        return ends
    trial = changed
    for part, entry in places.items():
        for end in candidates:
            shorter = _cut(trial, entry, end)
            reaches = judge.case(shorter, start).reaches(root)
            if judge.first_day(root, reaches, start) == day:
                trial, ends[part] = shorter, end
                break
    return ends


def _placed(person: Person, changes: Iterable[Change]) -> dict[Part, Entry]:
    """The entries that lasting changes make, behind those of the file."""
    counts = {"postings": len(person.postings or ()), "experience": len(person.experience or ())}
    found: dict[Part, Entry] = {}
    for change in changes:
        if (name := _LIST.get(change.kind)) is not None:
            counts[name] += 1
            found[change] = Entry(name, counts[name])
    return found


def _reached(case: Judgement, root: str, start: date, day: date) -> list[date]:
    """The days before that of the remedy on which something is reached, the first of them `start`."""
    since = {reach.since for reach in case.reaches(root) if reach is not None and reach.since is not None}
    return sorted({max(start, each) for each in since if each < day})


def _cut(person: Person, entry: Entry, end: date) -> Person:
    """The person where an entry ends on a day, if it does not end before."""
    entries = list(getattr(person, entry.list) or ())
    held = entries[entry.number - 1]
    if held.end is None or held.end > end:
        words = replace(held.words, within={k: v for k, v in held.words.within.items() if k != "to"})
        entries[entry.number - 1] = replace(held, end=end, words=words)
    if entry.list == "postings":
        return replace(person, postings=tuple(entries))
    return replace(person, experience=tuple(entries))
