"""A sentence that is read to its last word: one question, or two of one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lgreason.repl.asked import Fallback, Mention, Question
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.chunks import Chunk, chunks
from lgreason.repl.understanding.frames import Frame, fitting
from lgreason.repl.understanding.lattice import Lattice, SentenceWay
from lgreason.repl.understanding.offering import (
    BETWEEN,
    OF_A_QUESTION_WORD,
    ONE_CLAUSE,
    QUESTION_WORDS,
    SHORTEST_PART,
    asked_already,
    in_words,
    leaves_out,
    lists_after,
)
from lgreason.repl.understanding.parts import NoSuchPost
from lgreason.repl.understanding.reader import FrameReader
from lgreason.repl.understanding.tokens import Token
from lgreason.words.plain import Plain, plain

_OF_HOLDERS = frozenset(
    {"QUALIFICATION", "OF_PERSONS", "SCHOOLING", "RECORD", "SERVICE_TIME", "STUDIED", "DUTY"}
)
"""Words that ask about those who hold a post, rather than about the posts of an organisation."""
_QUESTIONING = QUESTION_WORDS | {"WHAT", "WHO", "HOW_LONG", "HOW_MANY", "WHAT_POST"}
MOST_WAYS = 40
"""So many ways to read a sentence are tried."""
LONGEST = 400
"""A longer line is no question."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence comes to.

    `question` is asked if the sentence is `sure`, and offered otherwise. `fallback` says why nothing is answered;
    `named` is who or what was named, `unread` what was not understood, `also` the second question of the line.
    """

    question: Question | None = None
    sure: bool = False
    also: tuple[Question, ...] = ()
    fallback: Fallback = ""
    named: str = ""
    unread: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    read_to: int = 0
    waiting: Question | None = None
    """The question about somebody who is not known: it waits for who is meant."""
    names: bool = True
    """Whether somebody, a post, a day or an organisation is named, so that something else may be spoken of."""
    asks: bool = True
    """Whether it is asked in words, and not told: «เขาเป็นหัวหน้าฝ่าย» may be either."""


class Whole:
    """Reads a sentence to its last word, or not at all."""

    def __init__(self, sentence: Plain, lexicon: Lexicon, today: date) -> None:
        """Take a sentence in plain form, the words in force, and the day of asking."""
        self._sentence = sentence
        self._lexicon = lexicon
        self._today = today

    def _exact(self, ways: Sequence[SentenceWay]) -> Understood | None:
        for way in ways:
            if any(token.unread or token.slips for token in way.tokens):
                return None
            found = chunks(way.tokens)
            if not found or leaves_out(way, ways[0]):
                continue
            for frame in fitting(found):
                if frame.ask in OF_A_QUESTION_WORD and asked_already(found):
                    continue  # a second question begins
                if frame.ask == "people" and lists_after(found):
                    continue
                try:
                    question = FrameReader(
                        frame, found, self._sentence, self._lexicon, self._today
                    ).question()
                except NoSuchPost as wrong:
                    return Understood(fallback="outside_standard", named=wrong.named)
                if question is not None and (post := self._of_persons(frame, found)) is not None:
                    return Understood(
                        fallback="outside_standard", named=self._written(post.tokens[0], post.tokens[-1])
                    )
                if question is not None:
                    return Understood(question, sure=True, asks=question.ask != "check" or in_words(found))
        return None

    def _of_persons(self, frame: Frame, found: Sequence[Chunk]) -> Chunk | None:
        """The post of another series whose holders are asked about: «ปลัดต้องมีคุณสมบัติอะไร», «ใครเป็นปลัดได้»."""
        if frame.ask not in ("posts", "how_post", "why_post"):
            return None
        tags = frozenset(tag for chunk in found for tag in chunk.called)
        who = any("WHO" in c.called and not c.called & {"HOW_MANY", "PEOPLE_UNIT"} for c in found)
        posts = (n for n, c in enumerate(found) if self._other_post(c) and "THIS_POST" not in c.called)
        at = next(posts, None)
        if at is None or not (who or tags & _OF_HOLDERS):
            return None
        owners = (n for n, c in enumerate(found) if "organisation" in c.called and "US" not in c.called)
        return None if any(n != at + 1 for n in owners) and not who else found[at]

    def _two_questions(self) -> Understood | None:
        """Two questions of one line, each read to its last word."""
        text = self._sentence.text
        for match in BETWEEN.finditer(text):
            if match.start() < 4 or match.end() > len(text) - 3:
                continue
            first = self._part(text[: match.start()])
            second = self._part(text[match.end() :]) if first else None
            if first and second and first.ask != "again":
                return Understood(first, sure=True, also=(second,))
        for at in self._spaces():
            second = self._part(text[at:]) if len(text) - at >= SHORTEST_PART else None
            first = self._part(text[:at]) if second and second.ask not in ONE_CLAUSE else None
            if first and second and first.ask not in ONE_CLAUSE:
                return Understood(first, sure=True, also=(second,))
        written = self._sentence.written
        if "?" in written.strip().rstrip("?"):
            head, _, tail = written.partition("?")
            first, second = self._part(plain(head).text), self._part(plain(tail).text)
            if first and second:
                return Understood(first, sure=True, also=(second,))
        return None

    def _part(self, text: str) -> Question | None:
        part = Whole(plain(text), self._lexicon, self._today)
        ways = list(Lattice(part._sentence.text, self._lexicon, self._today).ways(MOST_WAYS // 2))
        found = part._exact(ways)
        if found is None or found.question is None or not (found.sure and found.asks):
            return None
        supposes = found.question.ask == "whatif" or not any("IF" in t.tags for t in ways[0].tokens)
        asks = any(t.tags & _QUESTIONING for t in ways[0].tokens)
        return found.question if supposes or asks else None  # an *if* alone asks nothing

    def _spaces(self) -> Iterator[int]:
        """Where the writer put a space: in Thai, between clauses."""
        written = self._sentence.written
        for n, start in enumerate(self._sentence.starts):
            if (
                n
                and written[self._sentence.starts[n - 1] + 1 : start].strip() == ""
                and start > self._sentence.starts[n - 1] + 1
            ):
                yield n

    def _one_named(self, text: str) -> Mention | None:
        """The one person that a text names."""
        names, found = self._lexicon.words["PERSON_NAME"], {}
        for at in range(len(text)):
            for end in names.at(text, at):
                found[names[text[at:end]].ids] = Mention(names[text[at:end]].ids, names[text[at:end]].shown)
                break
        return next(iter(found.values())) if len(found) == 1 else None

    def _other_post(self, chunk: Chunk) -> bool:
        return "OTHER_TITLE" in chunk.called or ("post" in chunk.called and "position" not in chunk.called)

    def _written(self, token: Token, last: Token | None = None) -> str:
        return self._sentence.as_written(token.start, (last or token).end).strip(" ?!,;")
