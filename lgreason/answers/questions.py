"""The questions about records and rules, in one table: what each is about, and what answers it.

The commands of these names and the conversation both answer from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lgreason.answers.comparison import compare
from lgreason.answers.persons import Reply
from lgreason.answers.records import end_of_fiscal_year, missing, profile, service, upcoming
from lgreason.answers.regulation import convert, counts, requirements
from lgreason.answers.session import Session
from lgreason.files.person.person import Person


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: persons, a position (its id), types with levels (`academic.professional`), what
    counts or an old level as `lgreason.answer/1` writes it (`acting`, `c7 academic`), a last day; and whether the
    answer is to be in full.
    """

    people: tuple[Person, ...] = ()
    position: str | None = None
    levels: tuple[str, ...] = ()
    about: str = ""
    by: date | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A question: of whom it is asked, whether of a position, and its answer.

    `carried` is a position that may be left out in a conversation and is then the one spoken of.
    """

    people: Literal["nobody", "one", "several"]
    position: Literal["none", "may", "must"]
    answer: Callable[[Session, Topic], Reply]
    carried: bool = False


def _required(session: Session, asked: Topic) -> Reply:
    assert asked.position is not None
    return requirements(session, asked.position, asked.full)


def _compared(session: Session, asked: Topic) -> Reply:
    assert asked.position is not None
    return compare(session, asked.people, asked.position, asked.full)


def _converted(session: Session, asked: Topic) -> Reply:
    """`c7`, `c7 academic`, or a level with or without its type: `academic.professional`, `senior`."""
    first, _, kind = asked.about.partition(" ")
    if first[:1] == "c" and first[1:].isdecimal():
        return convert(session, int(first[1:]), kind or None, None)
    of, _, level = first.rpartition(".")
    return convert(session, None, of or None, level)


QUESTIONS: Mapping[str, QuestionKind] = {
    "service": QuestionKind("one", "may", lambda s, a: service(s, a.people[0], a.position, a.levels)),
    "profile": QuestionKind("one", "none", lambda s, a: profile(s, a.people[0])),
    "missing": QuestionKind("one", "may", lambda s, a: missing(s, a.people[0], a.position)),
    "requirements": QuestionKind("nobody", "must", _required),
    "counts": QuestionKind("nobody", "none", lambda s, a: counts(s, a.about)),
    "convert": QuestionKind("nobody", "none", _converted),
    "upcoming": QuestionKind(
        "several",
        "may",
        lambda s, a: upcoming(s, a.people, a.position, a.by or end_of_fiscal_year(s.day)),
        carried=True,
    ),
    "compare": QuestionKind("several", "must", _compared),
}
"""Every question of the table by its name, which is the name of its command and of its document."""
