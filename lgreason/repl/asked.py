"""What a sentence comes to: a question, or how far it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Ask = (
    Literal[
        "why",
        "check",
        "positions",
        "when",
        "how",
        "path",
        "people",
        "gaps",
        "whatif",
        "compare",
        "other",
        "interview",
    ]
    | Literal["posts", "choice", "refused", "validate", "burden", "classify"]
    | Literal["structures", "require", "forbid", "draw", "export"]
    | Literal["upcoming", "missing", "service", "profile", "requirements", "duties", "counts", "convert"]
    | Literal["readings", "memo", "why_post", "how_post", "compare_plans"]
    | Literal[
        "undo", "save", "transcript", "show", "list", "load", "as_of", "lang", "reading", "help", "quit"
    ]
    | Literal["thanks", "greet", "again", "yes", "no", "unsure"]
)
Which = (
    Literal["", "every_choice", "must_be", "may_be", "cannot_be"]
    | Literal["fewest_changes", "fewest_posts", "most_posts", "lowest_levels", "highest_levels"]
    | Literal["lowest_cost", "lowest_increase"]
    | Literal["option", "planned", "current"]
)
"""Of the structures, which are asked for, or what of them."""
Fallback = Literal["", "unknown_person", "ambiguous", "outside_standard", "not_a_question_here", "confirm"]
"""Why a sentence is not answered: see the contract of `lgreason.answer/1`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone or something named: the ids that the name may stand for. Two names of the same are equal."""

    ids: tuple[str, ...]
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named; `None` if there is no such day. Two ways to write a day are equal."""

    day: date | None
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something supposed of a person: a degree obtained, a post taken up, or work done; with its days if named.

    Of a declared fact (`what` is its id), `said` is what is told of it.
    """

    kind: Literal["obtain", "take_up", "work", "drop", "fact"]
    what: Mention
    field: Mention | None = None
    start: Day | None = None
    end: Day | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of a structure: of a post how many (or its level), of a unit its level, kind, sections or parts.

    `what` is a post (`deputy.high`), a unit (`organisation/unit`) or a choice by its own name (`deputies.high`).
    Without a `value` it is whether the post or the unit is there at all.
    """

    of: Literal["post", "unit", "choice"]
    what: Mention
    value: str = ""
    inside: Literal["", "sections", "parts"] = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Without `persons` the person spoken of last is meant, without `position` the position spoken of last, without
    `on` the day of assessment in force. `suppose` is what a what-if supposes. `text` is the file to load, the day as
    written (`today`), the language, the reading (`A-05`, `A-05=title`), or `all` that is undone.

    Of an organisation, `post` is a post of it (`deputy`, `deputy.high`), `kind` the class that it would be re-typed
    as, `wanted` a choice of its structure, and `which` the structures asked for; `option` counts them from 1.

    `by` is the day by which something is to be so, `about` the kind of service, the degree or the old level that is
    asked about, `levels` types with levels (`academic.professional`), `more` what is supposed beside `suppose`,
    `amount` a sum of an organisation that is supposed, in baht, by its name in the file,
    `unit` the unit in which a post would be,
    `also` the second question of the same line, `aside` what the line tells beside it,
    `whom` who is meant by both, they (one or several), the other one or the second one, or `same` for the post that
    was spoken of, and `plans` the plans that are compared.
    """

    ask: Ask
    persons: tuple[Mention, ...] = ()
    position: Mention | None = None
    clause: Mention | None = None
    on: Day | None = None
    suppose: Supposition | None = None
    text: str = ""
    full: bool = False
    negated: bool = False
    organisation: Mention | None = None
    post: Mention | None = None
    kind: Mention | None = None
    wanted: Wanted | None = None
    which: Which = ""
    option: int | None = None
    by: Day | None = None
    about: str = ""
    levels: tuple[str, ...] = ()
    more: tuple[Supposition, ...] = ()
    whom: Literal["", "both", "they", "other", "nth", "added", "same"] = ""
    plans: tuple[str, ...] = ()
    digits: str = ""
    amount: tuple[str, int] | None = None
    unit: Mention | None = None
    also: tuple[Question, ...] = ()
    aside: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to what the program asked: yes, no, not known, a day, a field, a level, or what someone has."""

    kind: Literal["yes", "no", "unknown", "day", "field", "level", "things"]
    day: Day | None = None
    name: Mention | None = None
    things: tuple[Supposition, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What could stand somewhere: a kind of name (`PERSON_NAME`, `DATE`, …), the `END`, or one of the `words`."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No question: how far the sentence was understood, what was expected there, and the nearest question.

    `fallback` says why it is not answered; `meant` is the question that is offered instead, which a yes takes;
    `named` is who or what was named and is not known; `choices` are the ids of which one is meant;
    `waiting` is what was asked about somebody who is not known.
    A line that `names` somebody, a post, a day or an organisation may have turned to something else.
    """

    line: str
    understood: str
    rest: str
    expected: tuple[Expected, ...]
    suggestion: Question
    fallback: Fallback = ""
    meant: Question | None = None
    named: str = ""
    choices: tuple[str, ...] = ()
    waiting: Question | None = None
    names: bool = True


@dataclass(frozen=True, slots=True)
class Reached:
    """A place in a sentence up to which it was understood, and the words that the grammar admits there."""

    start: int
    names: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    """Plain form and form shown of each name that completion offers, and of each other word."""
    takes_file: bool = False
