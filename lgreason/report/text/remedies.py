"""Remedies in words: each change as a sentence, the list as lines, and `lgreason.remedies/1`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from lgreason.reasoning.cases.counting import ONE_DAY, Calendar
from lgreason.reasoning.persons.change import Change
from lgreason.reasoning.persons.measure import Entry
from lgreason.reasoning.persons.remedies import Remedies, Remedy
from lgreason.report.line import Line
from lgreason.report.text.added import added_words, says_how
from lgreason.report.text.entry import entry_words, missing_words
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


class RemedyText:
    """Writes the remedies of one person for one position."""

    def __init__(self, remedies: Remedies, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take what to write and the words to write it in."""
        self._remedies = remedies
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def lines(self, most: int) -> Iterator[Line]:
        """The remedies, quickest first; at most so many, and it is said if there are more."""
        remedies = self._remedies
        position = self._vocabulary.name("position", remedies.position)
        yield Line(remedies.person.name, style="title")
        yield Line(self._say("why.asked", position=position, day=remedies.day))
        yield Line()
        if remedies.verdict == "eligible":
            yield Line(self._say("how.eligible_already"), style="eligible")
            return
        if not remedies.found:
            key = "how.none" if remedies.complete else "how.none_of_many"
            yield Line(self._say(key), style="ineligible" if remedies.complete else "open")
            return
        yield Line(self._say("how.title", n=len(remedies.found)), style="heading")
        for number, remedy in enumerate(remedies.found[:most], 1):
            yield from self._remedy(number, remedy)
        if len(remedies.found) > most:
            yield Line()
            yield Line(self._say("how.more", n=most, all=len(remedies.found)), style="note")
        yield Line()
        if not remedies.complete:
            yield Line(self._say("how.incomplete"), style="open")
        if remedies.left_out:
            yield Line(self._say("how.left_out", n=remedies.left_out), style="note")
        yield Line(self._say("how.assumed"), style="note")

    def _remedy(self, number: int, remedy: Remedy) -> Iterator[Line]:
        soon = remedy.day == self._remedies.day + ONE_DAY
        degree = any(change.kind == "obtain" for change in remedy.changes)
        key = "how.on_day" if not soon else "how.once_obtained" if degree else "how.at_once"
        head = self._say(key, n=number, day=remedy.day)
        if self._remedies.unlawful(remedy):
            head = self._say("how.unlawful", head=head)
        yield Line(head, 1, "earliest")
        for change in remedy.changes:
            sort = self._say(f"how.class_{change.sort}")
            yield Line(self._say("how.change", text=self.change(change, remedy), sort=sort), 2)
        for _, until in self.waits(remedy):
            text = self.wait(remedy, until)
            yield Line(self._say("how.change", text=text, sort=self._say("how.class_time")), 2)
        yield from self._added(remedy)

    def _added(self, remedy: Remedy) -> Iterator[Line]:
        """How the time of a remedy is added to stretches served before, where that bears on its last day."""
        kb = self._remedies.kb
        lasting = [change for change in remedy.changes if change.kind in ("take_up", "work")]
        parts: list[Change | Entry] = [*lasting, *remedy.waits]
        days = {self.until(part, remedy) for part in parts}
        for short, added in self._remedies.added if says_how(kb) else ():
            if added.day in days:
                yield Line(added_words(added, kb, self._wording, short), 3, "note")

    # ── sentences ───────────────────────────────────────────────────────────────────────────────

    def change(self, change: Change, remedy: Remedy) -> str:
        """A change as a sentence."""
        match change.kind:
            case "take_up":
                posts = self._either(self._post(post) for post in change.choices)
                return self._lasting("how.take_up", remedy, self.until(change, remedy), posts=posts)
            case "work":
                works = self._either(self._name("work", work) for work in change.choices)
                return self._lasting("how.work", remedy, self.until(change, remedy), works=works)
            case "obtain":
                degree = self._name("degree", change.degree or "")
                if not change.choices:
                    return self._say("how.obtain_any", degree=degree)
                return self._say("how.obtain", degree=degree, fields=self._either(self._fields(change)))
            case "equate":
                posts = self._either(self._name("rank", post) for post in change.choices)
                return self._say("how.equate", entry=self._entry(change), posts=posts)
            case "accept":
                return self._say("how.accept", entry=self._entry(change))
            case "gain":
                return self._gain(change)
            case "turn_out":
                return self._turn_out(change)
            case "establish":
                assert change.missing is not None
                fact = missing_words(self._remedies.person, change.missing, self._vocabulary, self._wording)
                good = self._either(self._good(change))
                return self._say("how.establish_as" if good else "how.establish", fact=fact, good=good)

    def _gain(self, change: Change) -> str:
        from lgreason.report.text.facts import FactText

        words, fact = FactText(self._vocabulary, self._wording), change.fact or ""
        return self._say("how.gain", fact=words.fact(fact), what=words.values(fact, change.value))

    def _turn_out(self, change: Change) -> str:
        from lgreason.report.text.facts import FactText

        assert change.missing is not None
        fact = missing_words(self._remedies.person, change.missing, self._vocabulary, self._wording)
        good = FactText(self._vocabulary, self._wording).outcome(change.missing, change.value)
        return self._say("how.establish_as" if good else "how.establish", fact=fact, good=good)

    def until(self, part: Change | Entry, remedy: Remedy) -> date:
        """The day until which a change of a remedy, or an entry that goes on, must last."""
        return self._remedies.until(remedy).get(part, remedy.day)

    def waits(self, remedy: Remedy) -> list[tuple[tuple[Entry, ...], date]]:
        """The entries that go on until the day of a remedy, or until an earlier day that is enough; by that day."""
        found: dict[date, list[Entry]] = {}
        for entry in remedy.waits:
            found.setdefault(self.until(entry, remedy), []).append(entry)
        return [(tuple(entries), day) for day, entries in sorted(found.items())]

    def wait(self, remedy: Remedy, until: date) -> str:
        """What goes on until a day, as a sentence."""
        waiting = {day: entries for entries, day in self.waits(remedy)}[until]
        entries = self._say("list.semicolon").join(
            entry_words(self._remedies.person, entry, self._vocabulary, self._wording) for entry in waiting
        )
        return self._lasting("how.serve", remedy, until, entries=entries)

    def _lasting(self, key: str, remedy: Remedy, until: date, **args: object) -> str:
        start = self._remedies.day + ONE_DAY
        if remedy.day == start:
            return self._say(f"{key}_at_once", start=start, **args)
        longer = Calendar.total([(start, until)])
        return self._say(key, start=start, until=until, longer=longer, **args)

    def _good(self, change: Change) -> Iterator[str]:
        fact = change.missing
        assert fact is not None
        if fact.list == "education" and fact.number is None:
            yield self._name("degree", change.degree or "")
        elif fact.key == "field":
            yield from self._fields(change)
        elif fact.key in ("position", "level") or (fact.list == "postings" and fact.number is None):
            yield from (self._name(self._category(choice), choice) for choice in change.choices)
        elif fact.key == "work" or (fact.list == "experience" and fact.number is None):
            yield from (self._name("work", choice) for choice in change.choices)

    def _category(self, choice: str) -> str:
        return "series" if choice in self._vocabulary.ids("series") else "rank"

    def _fields(self, change: Change) -> Iterator[str]:
        return (self._name("field", field) for field in change.choices)

    def _post(self, post: str) -> str:
        name = self._name("rank", post)
        if post not in self._vocabulary.ranks:
            return name
        return self._say(f"how.post_{self._remedies.open_to(post)}", post=name)

    def _entry(self, change: Change) -> str:
        assert change.entry is not None
        return entry_words(self._remedies.person, change.entry, self._vocabulary, self._wording)

    def _name(self, category: str, identity: str) -> str:
        return self._vocabulary.name(category, identity).into(self._wording.language)

    def _either(self, words: Iterator[str]) -> str:
        choices = list(words)
        if len(choices) < 2:
            return "".join(choices)
        return self._say("list.either", most=self._say("list.comma").join(choices[:-1]), last=choices[-1])
