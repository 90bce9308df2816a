"""From a line to the question that it asks, or to why it asks none and what may be meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lgreason.repl.asked import Expected, Mention, NotUnderstood, Question, Told
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.told import told
from lgreason.repl.understanding.understand import understand
from lgreason.repl.understanding.whole import Understood
from lgreason.words.plain import plain

__all__ = ["Expected", "Mention", "NotUnderstood", "Question", "parse", "parse_told"]


def parse(line: str, lexicon: Lexicon, today: date | None = None) -> Question | NotUnderstood:
    """The question that a line asks; or how far it was understood, and what may be meant."""
    sentence = plain(line)
    if not sentence.text:
        return Question("help")
    found = understand(line, lexicon, today)
    if found.sure and found.question is not None:
        return replace(found.question, also=found.also) if found.also else found.question
    place = sentence.place(found.read_to)
    return NotUnderstood(
        line=line,
        understood=line[:place].strip(),
        rest=line[place:].strip(),
        expected=_expected(found),
        suggestion=found.question or _anything(lexicon),
        fallback=found.fallback,
        meant=found.question,
        named=found.named or ", ".join(found.unread),
        choices=found.choices,
        waiting=found.waiting,
        names=found.names,
    )


def parse_told(line: str, lexicon: Lexicon, today: date | None = None) -> Told | None:
    """What a line answers to what the program asked; `None` if it is no answer."""
    return told(plain(line), lexicon, today or date.today())


def _expected(found: Understood) -> tuple[Expected, ...]:
    """What could have been said instead."""
    if found.fallback == "unknown_person" or found.fallback == "ambiguous":
        return (Expected("PERSON_NAME"),)
    if found.fallback == "outside_standard":
        return (Expected("POSITION_NAME"),)
    return ()


def _anything(lexicon: Lexicon) -> Question:
    """What anybody could ask."""
    for identity in lexicon.people:
        return Question("positions", (Mention((identity,)),))
    if lexicon.organisations is not None:
        return Question("posts")
    return Question("help")
