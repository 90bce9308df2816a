"""Promotions that a record shows earlier than the standard allows: likely a slip in a day, of one entry or the other.

A post is looked at on the day before it began, with what the record shows up to then, as careers are planned
(`path`): what is short must be time, and surely short. What began before the standard came into force is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lgreason.files.person.person import Person, Posting
from lgreason.reasoning.cases.counting import ONE_DAY, Duration
from lgreason.reasoning.persons.explain import Explanation
from lgreason.rules.findings import Finding, Place
from lgreason.rules.model import Bound, Text

Explain = Callable[[Posting, date], Explanation | None]
"""The explanation of the position of a posting on a day; `None` where no standard in force then has it."""


def early_promotions(
    person: Person, latest: date, explain: Explain, name: Callable[[str], Text]
) -> Iterator[Finding]:
    """The warnings about posts that began, up to the day of assessment, before their time was complete."""
    for posting in person.postings or ():
        start, position = posting.start, posting.position
        if start is None or position is None or start > latest or posting.acting or posting.concurrent:
            continue
        before = [each for each in person.postings or () if each.start is not None and each.start < start]
        before = [each for each in before if not (each.acting or each.concurrent)]
        if not before or any(each.position == position for each in before):
            continue
        answer = explain(posting, start - ONE_DAY)
        if answer is None or answer.verdict != "ineligible":
            continue
        for node in answer.deciding:
            measured, bound = node.measurement, node.bound
            if node.clause.measures != "service" or measured is None or bound is None:
                continue
            if not isinstance(measured.low, Duration):
                continue
            counted = [entry.number for entry in measured.entries if entry.list == "postings"]
            other = counted[-1] if counted else max(before, key=lambda each: each.start or date.min).number
            args = {"n": posting.number, "other": other, "position": name(position), "start": start}
            args |= {"required": _time(bound), "measured": measured.low, "place": node.clause.place}
            place = posting.place
            where = Place(place.file, place.line, place.column, f"{place.field}.from")
            yield Finding("person_promoted_early", where, args, "warning")
            break


def _time(bound: Bound) -> Duration:
    """A bound of years, months or days as a length of time."""
    return Duration(**{**dict.fromkeys(Duration._fields, 0), bound.unit: bound.value})
