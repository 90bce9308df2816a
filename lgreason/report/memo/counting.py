"""Time that was counted, as a table that can be counted again by hand: every stretch, what it comes to, the sum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration, Span, length, stretches
from lgreason.reasoning.persons.explain import Node
from lgreason.reasoning.persons.measure import Entry, Measurement
from lgreason.report.memo.memo import MemoTable
from lgreason.report.text.entry import entry_name
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary


class CountingTable:
    """Writes the counting of one person's time for one condition."""

    def __init__(self, person: Person, day: date, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take the person, the day of assessment, and the words to write in."""
        self._person = person
        self._day = day
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def of(self, node: Node) -> MemoTable | None:
        """The table of a condition that measures time of which some counts; `None` for any other."""
        measured = node.measurement
        if measured is None or not isinstance(measured.low, Duration) or not measured.served:
            return None
        merged = stretches([span for _, span in measured.served])
        by_calendar = all(counts.name != "days_of_365" for counts in node.clause.counts)
        rows = tuple(self._row(number, span, measured, by_calendar) for number, span in enumerate(merged, 1))
        say, low = self._say, measured.low
        sums = (
            (low.years, low.months, low.days)
            if by_calendar
            else (sum((end - start).days for start, end in merged),)
        )
        total = (say("memo.sum"), "", "", "", *map(str, sums))
        return MemoTable(
            title=say(
                "memo.counting", text=node.clause.subject or node.clause.gloss, place=node.clause.place
            ),
            columns=(
                *(say(f"memo.column_{name}") for name in ("n", "entries", "from", "to")),
                *(
                    say(f"memo.column_{unit}")
                    for unit in (("years", "months", "days") if by_calendar else ("days",))
                ),
            ),
            rows=rows,
            total=total,
            notes=tuple(self._notes(node, low, len(merged), by_calendar, merged)),
        )

    def _row(self, number: int, span: Span, measured: Measurement, by_calendar: bool) -> tuple[str, ...]:
        start, end = span
        inside = dict.fromkeys(
            entry for entry, (first, last) in measured.served if start <= first and last <= end
        )
        entries = self._say("list.semicolon").join(self._entry(entry) for entry in inside)
        counted = length(start, end) if by_calendar else ((end - start).days,)
        days = [self._wording.date(day, short=True) for day in (start, end)]
        return (str(number), entries, *days, *map(str, counted))

    def _entry(self, entry: Entry) -> str:
        name = entry_name(self._person, entry, self._vocabulary, self._wording)
        return self._say("memo.entry", n=entry.number, list=self._say(f"memo.list_{entry.list}"), name=name)

    def _notes(
        self, node: Node, low: Duration, parts: int, by_calendar: bool, merged: list[Span]
    ) -> Iterator[str]:
        say = self._say
        yield say("memo.by_calendar" if by_calendar else "memo.by_days")
        if by_calendar and parts > 1:
            joined = any(counts.name == "stretches_joined" for counts in node.clause.counts)
            yield say("memo.joined" if joined else "memo.carried")
        if not by_calendar:
            yield say("memo.in_all", time=low)
        if merged[-1][1] == self._day:
            yield say("memo.still_held", day=self._day)
        assert node.bound is not None
        required = say(f"unit.{node.bound.unit}", n=node.bound.value)
        if node.holds:
            yield say("memo.enough", required=required, measured=low)
        elif node.shortfall:
            yield say("memo.short", required=required, measured=low, short=node.shortfall)
        else:
            yield say("memo.not_sure", required=required, measured=low)
