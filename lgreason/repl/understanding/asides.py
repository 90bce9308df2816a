"""A question beside something that is told: «วิชัยรักษาการมาสามปีแล้ว ทำไมยังขึ้นผอ.กองต้นไม่ได้».

What is told is read to its last word and asks nothing; the answer goes by the file, and says that it did not use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lgreason.repl.answering import OF_ONE_PERSON, OF_ONE_POSITION
from lgreason.repl.asked import Mention, Question
from lgreason.repl.understanding.lattice import Lattice
from lgreason.repl.understanding.offering import CLAUSES, MOST_PARTS, NO_PART, ONE_CLAUSE, SHORTEST_PART
from lgreason.repl.understanding.tokens import Token
from lgreason.repl.understanding.whole import Understood, Whole
from lgreason.words.plain import plain

_NAMED = frozenset(
    {"PERSON_NAME", "POSITION_NAME", "POST_NAME", "DEGREE_NAME", "FIELD_NAME", "WORK_NAME"}
) | {*("RANK_NAME", "LEVEL_NAME")}
"""What may be named in what is told."""
_TELLING = frozenset(
    {
        *(
            "FILLER",
            "BE",
            "HAVE",
            "WILL",
            "DO",
            "HELD",
            "EVER",
            "ACTING",
            "CONCURRENT",
            "SECONDMENT",
            "APPOINTED",
        ),
        *(
            "OBTAIN",
            "WORKS",
            "DURATION",
            "NOW",
            "PREVIOUSLY",
            "TELLS",
            "YEARS",
            "APPLY",
            "HONORIFIC",
            "PRONOUN",
        ),
        *("ASCEND", "ORG_KIND", "US", "PART_TIME"),
    }
)
"""The words of which something is told; with any other it may be asked, supposed or denied."""
_SURELY = frozenset({"TELLS", "DURATION", "NOW", "EVER", "HELD", "PREVIOUSLY"})
"""Words with one of which it is told as so: without, it may be what is supposed."""
_SUPPOSING = ("พอ", "เมื่อ", "หลัง", "ก่อน", "จนกว่า", "ถ้า", "หาก", "when", "once", "after", "before", "if")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told: who and which posts are named, and the words that it may be."""

    persons: tuple[Mention, ...]
    positions: tuple[Mention, ...]
    tags: frozenset[str]
    named: bool


class Asides(Whole):
    """Reads a question beside which something is told."""

    def _beside_an_aside(self) -> Understood | None:
        """The question of a line that also tells something, with what is told."""
        for asked, told, written in self._halves():
            if (found := self._told(told)) is None:
                continue
            question = self._part(asked)
            if question is None or question.ask in ONE_CLAUSE:
                continue
            if (meant := _of_what_is_told(question, found)) is not None:
                return Understood(replace(meant, aside=written), sure=True)
        return None

    def _halves(self) -> Iterator[tuple[str, str, str]]:
        """The ways to part a line in two: what may be asked, what may be told, and that as it is written."""
        text = self._sentence.text
        places = sorted({*(m.start() for m in CLAUSES.finditer(text)), *self._spaces()})[:MOST_PARTS]
        for at in places:
            if SHORTEST_PART <= at <= len(text) - SHORTEST_PART:
                yield text[at:], text[:at], self._sentence.as_written(0, at)
                yield text[:at], text[at:], self._sentence.as_written(at, len(text))

    def _told(self, text: str) -> _Told | None:
        """What a text tells; `None` if it may ask, suppose or deny something."""
        sentence = plain(text)
        if sentence.text.startswith(_SUPPOSING):
            return None
        way = next(iter(Lattice(sentence.text, self._lexicon, self._today).ways(1)), None)
        if way is None or not all(_tells(token, way.tokens[n + 1 :]) for n, token in enumerate(way.tokens)):
            return None
        tags = frozenset(tag for token in way.tokens for tag in token.tags)
        if not tags & _SURELY:
            return None
        names = [(kind, ids) for token in way.tokens for kind, ids in token.names.items()]
        persons = tuple(dict.fromkeys(Mention(ids) for kind, ids in names if kind == "PERSON_NAME"))
        positions = tuple(dict.fromkeys(Mention(ids) for kind, ids in names if kind == "POSITION_NAME"))
        return _Told(persons, positions, tags, bool(names))


def _tells(token: Token, following: tuple[Token, ...]) -> bool:
    if token.unread or token.slips or token.time is not None or not token.names.keys() <= _NAMED:
        return False
    after = following[0] if following else token
    lasting = token.text == "ได้" and bool(after.tags & {"DURATION", "TELLS"} or after.text in ("แค่", "เพียง"))
    return bool(token.names) or lasting or bool(token.tags & _TELLING)


def _of_what_is_told(question: Question, told: _Told) -> Question | None:
    """The question with who is told of; `None` where what is told may be a part of what is asked."""
    if question.ask in NO_PART or (question.ask not in OF_ONE_PERSON and told.named):
        return None  # of whom it is told may be who is asked about
    if question.ask in OF_ONE_PERSON:
        if not question.persons and not question.whom:
            if len(told.persons) > 1:
                return None
            question = replace(question, persons=told.persons)
        elif not set(told.persons) <= set(question.persons):
            return None
        if question.ask in OF_ONE_POSITION and question.position is None and told.positions:
            if "APPLY" not in told.tags or told.persons or len(told.positions) > 1:
                return None
            question = replace(question, position=told.positions[0])
    return question
