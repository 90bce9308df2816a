"""Asking again under another reading: any answer, about a person, about several, or about an organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.repl.asked import Ask
from lgreason.repl.reasons import AnswerGiven, ReadingToTry, other_readings
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Reading

_CONFIDENCE = ("low", "medium", "high")
_OUTCOMES = frozenset(
    {
        "verdict",
        "verdicts",
        "max",
        "count",
        "within",
        "mean",
        "earliest",
        "arrives",
        "remaining",
        "nearer",
        "clause",
    }
)
"""What of a document tells whether another reading changes an answer."""


@dataclass
class Again:
    """An answer that can be given again: `answer` gives it in a session, `relied` are the readings it rests on.

    `given` are the reasons of an answer about one person and one position.
    """

    ask: Ask
    session: Session
    answer: Callable[[Session], Reply]
    relied: Callable[[Session], Iterable[Reading]] = lambda _session: ()
    given: AnswerGiven | None = None
    others: list[ReadingToTry] = field(default_factory=list)
    original: Again | None = None

    def next_choice(self) -> ReadingToTry:
        """The reading to try next; raises `Unusable` where the answer rests on no other."""
        if not self.others:
            # All are tried in turn, and then the first again.
            self.others.extend((self.original or self)._choices())
            if not self.others:
                raise Unusable((Finding("no_other_reading"),))
        return self.others.pop(0)

    def under(self, choice: ReadingToTry) -> Again:
        """The same question under another reading; those left to try are kept."""
        first = self.original or self
        session = first.session.altered(readings={choice.reading.id: choice.choice})
        given = None if first.given is None else first.given.within(session)
        return Again(self.ask, session, self.answer, self.relied, given, self.others, first)

    def _choices(self) -> list[ReadingToTry]:
        """The other readings, the one that matters most first: it changes the answer, it is less certain."""
        if self.given is not None:
            return other_readings(self.given.explanation)
        before = _outcome(self.answer(self.session).document)
        found: list[tuple[bool, int, ReadingToTry]] = []
        for reading in {reading.id: reading for reading in self.relied(self.session)}.values():
            choices = [ReadingToTry(reading, other) for other in reading.others]
            changing = [choice for choice in choices if self._changes(choice, before)]
            rank = _CONFIDENCE.index(reading.confidence)
            found += [(not changing, rank, choice) for choice in (changing or choices)[:1]]
        return [choice for *_, choice in sorted(found, key=lambda row: row[:2])]

    def _changes(self, choice: ReadingToTry, before: object) -> bool:
        session = self.session.altered(readings={choice.reading.id: choice.choice})
        return _outcome(self.answer(session).document) != before


def _outcome(document: Any, key: str = "") -> object:
    """What a document comes to: its verdicts, numbers and days, without the words and reasons."""
    if isinstance(document, dict):
        kept = {name: _outcome(value, name) for name, value in document.items()}
        return {name: value for name, value in kept.items() if value not in (None, {}, [])}
    if isinstance(document, list):
        return [found for item in document if (found := _outcome(item, key)) not in (None, {}, [])]
    return document if key in _OUTCOMES else None


def under_reading(choice: ReadingToTry, session: Session) -> tuple[Line, ...]:
    """The lines that say under which reading the answer is."""
    texts = dict(choice.reading.choices)
    args = {
        "id": choice.reading.id,
        "question": choice.reading.question,
        "chosen": texts[choice.choice],
        "instead": choice.reading.text,
    }
    return (Line(session.wording.say("reason.under", **args), style="heading"), Line())


class Followed:
    """The answer given last and the one before, which a line may follow."""

    def __init__(self) -> None:
        """Begin without an answer."""
        self.before: Again | None = None
        self.now: Again | None = None

    def begin(self) -> None:
        """A new line: what was answered before can be followed once."""
        self.before, self.now = self.now, None

    def again(self) -> ReadingToTry:
        """The answer before under its next other reading, from now on the one given; with that reading."""
        if self.before is None:
            raise Unusable((Finding("nothing_to_read_again"),))
        choice = self.before.next_choice()
        self.now = self.before.under(choice)
        return choice
