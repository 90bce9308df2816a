"""Understanding a sentence: the cheapest way to read it in which everything has its place.

A sentence that is read to its last word is a question. One in which a stretch stays unread, or a name is misspelt, is
never answered as it stands: what it may mean is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from lgreason.repl.asked import Fallback, Mention, Question
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.chunks import Chunk, chunks
from lgreason.repl.understanding.frames import Frame, fitting, frames
from lgreason.repl.understanding.index import word_index
from lgreason.repl.understanding.lattice import Lattice, Way
from lgreason.repl.understanding.offering import (
    ABOUT_PERSONS,
    ASKED_WITHOUT_A_WORD,
    ASKING,
    BEFORE_A_PERSON,
    BETWEEN,
    CLAUSES,
    KEPT,
    MOST_PARTS,
    NO_PART,
    NO_PERSON,
    OF_A_PERSON,
    OF_A_QUESTION_WORD,
    SHORTEST_PART,
    WITH_A_POST,
    asked_already,
    leaves_out,
    personal,
)
from lgreason.repl.understanding.parts import NoSuchPost
from lgreason.repl.understanding.patterns import word_forms
from lgreason.repl.understanding.people import alike
from lgreason.repl.understanding.reader import Reader
from lgreason.repl.understanding.supposed_facts import supposed_fact
from lgreason.repl.understanding.tokens import Token
from lgreason.rules.records import dataclass
from lgreason.words.plain import Plain, plain

MOST_WAYS = 40
"""So many ways to read a sentence are tried."""
LONGEST = 400
"""A longer line is no question."""
MOST_UNREAD = 0.5
"""A sentence of which more than this part stays unread is no question that could be offered."""
MOST_UNREAD_OF_NAMES = 0.2
"""The same of a sentence that only names whom or what it goes on with."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence comes to.

    `question` is asked if the sentence is `sure`, and offered otherwise. `fallback` says why nothing is answered;
    `named` is who or what was named, `unread` what was not understood, `also` the second question of the line;
    who is meant is `guessed` where a name is misspelt.
    """

    question: Question | None = None
    sure: bool = False
    also: tuple[Question, ...] = ()
    fallback: Fallback = ""
    named: str = ""
    unread: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    read_to: int = 0
    guessed: bool = False
    waiting: Question | None = None
    """The question about somebody who is not known: it waits for who is meant."""


def understand(line: str, lexicon: Lexicon, today: date | None = None) -> Understood:
    """What a line asks, what it may ask, or why it asks nothing that can be answered."""
    return _Sentence(plain(line[: 4 * LONGEST]), lexicon, today or date.today()).understood()


def prepare() -> None:
    """Read the words, chunks and frames of questions, so that the first question need not wait for them."""
    word_index()
    chunks(())
    frames()


class _Sentence:
    def __init__(self, sentence: Plain, lexicon: Lexicon, today: date) -> None:
        self._sentence = sentence
        self._lexicon = lexicon
        self._today = today

    def understood(self) -> Understood:
        text = self._sentence.text
        if not text or len(text) > LONGEST:
            return Understood(fallback="not_a_question_here")
        breaks = frozenset(self._spaces())
        ways = list(Lattice(text, self._lexicon, self._today, breaks=breaks).ways(MOST_WAYS))
        if (found := self._exact(ways)) is not None:
            return found
        if (supposing := supposed_fact(self._sentence, self._lexicon)) is not None:
            return Understood(supposing, sure=True)
        if (two := self._two_questions()) is not None:
            return two
        if (outside := self._outside(ways)) is not None:
            return outside
        ways = list(Lattice(text, self._lexicon, self._today, slips=True).ways(MOST_WAYS)) or ways
        return self._offered(ways)

    # ── read to the last word ─────────────────────────────────────────────────────────────────────────────────

    def _exact(self, ways: Sequence[Way]) -> Understood | None:
        for way in ways:
            if any(token.unread or token.slips for token in way.tokens):
                return None
            found = chunks(way.tokens)
            if not found or leaves_out(way, ways[0]):
                continue
            for frame in fitting(found):
                if frame.ask in OF_A_QUESTION_WORD and asked_already(found):
                    continue  # a second question begins
                try:
                    question = Reader(frame, found, self._sentence, self._lexicon, self._today).question()
                except NoSuchPost as wrong:
                    return Understood(fallback="outside_standard", named=wrong.named)
                if question is not None:
                    return Understood(question, sure=True)
        return None

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
        written = self._sentence.written
        if "?" in written.strip().rstrip("?"):
            head, _, tail = written.partition("?")
            first, second = self._part(plain(head).text), self._part(plain(tail).text)
            if first and second:
                return Understood(first, sure=True, also=(second,))
        return None

    def _part(self, text: str) -> Question | None:
        part = _Sentence(plain(text), self._lexicon, self._today)
        ways = list(Lattice(part._sentence.text, self._lexicon, self._today).ways(MOST_WAYS // 2))
        found = part._exact(ways)
        return found.question if found is not None and found.sure else None

    # ── what is surely outside ────────────────────────────────────────────────────────────────────────────────

    def _outside(self, ways: Sequence[Way]) -> Understood | None:
        """That a sentence asks about what is not here, if its cheapest way to be read says so."""
        for way in ways[:3]:
            tags = {tag for token in way.tokens for tag in token.tags if not token.names}
            if "OUTSIDE" in tags:
                named = next(token for token in way.tokens if "OUTSIDE" in token.tags)
                return Understood(fallback="not_a_question_here", named=self._written(named))
            found = chunks(way.tokens)
            other = [c for c in found or () if self._other_post(c)]
            if found is None or not other:
                continue
            instead = tuple(
                replace(chunk, called=frozenset({"position", "post"})) if chunk in other else chunk
                for chunk in found
            )
            known = tuple(chunk for chunk in instead if "UNREAD" not in chunk.called)
            asks = WITH_A_POST if any("OTHER_TITLE" in chunk.called for chunk in other) else OF_A_PERSON
            if any(frame.ask in asks for frame in fitting(known)):
                token = other[0].tokens[0]
                return Understood(
                    fallback="outside_standard", named=self._written(token, other[0].tokens[-1])
                )
        return None

    def _other_post(self, chunk: Chunk) -> bool:
        return "OTHER_TITLE" in chunk.called or ("post" in chunk.called and "position" not in chunk.called)

    def _written(self, token: Token, last: Token | None = None) -> str:
        return self._sentence.as_written(token.start, (last or token).end)

    # ── what may be meant ─────────────────────────────────────────────────────────────────────────────────────

    def _offered(self, ways: Sequence[Way]) -> Understood:
        read = max((self._read_to(way) for way in ways), default=0)
        if self._about_the_asker(ways):
            return Understood(fallback="not_a_question_here", read_to=read)
        for way in ways:
            if (found := self._offer(way)) is not None:
                return replace(found, read_to=read)
        if (part := self._part_offered()) is not None:
            return replace(part, read_to=read)
        for way in ways[:5]:
            if (found := self._offer(way, dropping=True)) is not None:
                return replace(found, read_to=read)
        for token in (token for way in ways[:3] for token in way.tokens if "OTHER_TITLE" in token.tags):
            return Understood(fallback="outside_standard", named=self._written(token), read_to=read)
        return Understood(fallback="not_a_question_here", read_to=read)

    @staticmethod
    def _about_the_asker(ways: Sequence[Way]) -> bool:
        """Whether who asks asks about himself, whom no file is about: «ผมเป็น … ได้ไหม»."""
        tokens = ways[0].tokens if ways else ()
        asker = any("ASKER" in token.tags for token in tokens)
        return asker and not any("PERSON_NAME" in t.names or "ORGANISATION_NAME" in t.names for t in tokens)

    def _part_offered(self) -> Understood | None:
        """The question that a part of the line asks, where the rest tells of something: it is offered, not answered.

        Of several parts the longest that is a question is meant; a person who is named only in the rest is added.
        """
        text = self._sentence.text
        places = sorted({0, len(text), *(m.start() for m in CLAUSES.finditer(text)), *self._spaces()})
        ranges = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :] if (a, b) != (0, len(text))]
        for a, b in sorted(ranges, key=lambda r: r[0] - r[1])[:MOST_PARTS]:
            if b - a < SHORTEST_PART:
                break
            found = self._part(text[a:b])
            if found is None or found.ask in NO_PART:
                continue
            rest = f"{text[:a]} {text[b:]}".strip()
            if (
                not found.persons
                and found.ask in ABOUT_PERSONS
                and (named := self._one_named(rest)) is not None
            ):
                found = replace(found, persons=(named,))
            written = self._sentence.as_written(0, a), self._sentence.as_written(b, len(text))
            return Understood(found, fallback="confirm", unread=tuple(filter(None, written)))
        return None

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

    def _read_to(self, way: Way) -> int:
        return next((t.start for t in way.tokens if t.unread or t.slips), len(self._sentence.text))

    def _offer(self, way: Way, dropping: bool = False) -> Understood | None:
        found = chunks(way.tokens)
        if found is None:
            return None
        unread = tuple(c for c in found if "UNREAD" in c.called)
        strangers = tuple(c for c in found if c.label == "persons" and any(t.unread for t in c.tokens))
        known = tuple(c for c in found if c not in unread)
        for frame, kept in self._frames(known, dropping):
            try:
                question = Reader(frame, kept, self._sentence, self._lexicon, self._today).question()
            except NoSuchPost as wrong:
                return Understood(fallback="outside_standard", named=wrong.named)
            if question is None:
                continue
            if frame.ask in ABOUT_PERSONS and not question.persons and personal(kept):
                stranger = self._stranger(strangers, unread, found)
                if stranger:
                    return self._unknown(stranger, question)
            if strangers:
                return self._unknown(self._name_of(strangers[0]), question)
            words = tuple(self._written(c.tokens[0], c.tokens[-1]) for c in unread)
            if frame.ask in ASKED_WITHOUT_A_WORD and any(ASKING.search(word) for word in words):
                continue
            left = sum(map(len, words)) / max(1, len(self._sentence.text))
            if left > (MOST_UNREAD_OF_NAMES if frame.ask == "again" else MOST_UNREAD):
                return None
            guessed = any(t.slips and "PERSON_NAME" in t.names for t in way.tokens)
            return Understood(question, fallback="confirm", unread=words, guessed=guessed)
        if strangers:
            return self._unknown(self._name_of(strangers[0]), None)
        return None

    def _frames(self, known: tuple[Chunk, ...], dropping: bool) -> Iterator[tuple[Frame, tuple[Chunk, ...]]]:
        if not dropping:
            if known:
                yield from ((frame, known) for frame in fitting(known))
            return
        for n, chunk in enumerate(known):
            if chunk.label == "WORD" and not chunk.called & KEPT:
                fewer = (*known[:n], *known[n + 1 :])
                if fewer:
                    yield from ((frame, fewer) for frame in fitting(fewer) if frame.ask != "again")

    # ── who is not known ──────────────────────────────────────────────────────────────────────────────────────

    def _stranger(self, strangers: Sequence[Chunk], unread: Sequence[Chunk], found: Sequence[Chunk]) -> str:
        """The name of somebody who is not known: a stretch that stays unread where a person would stand."""
        if strangers:
            return self._name_of(strangers[0])
        for chunk in unread:
            name = self._written(chunk.tokens[0])
            n = list(found).index(chunk)
            before = found[n - 1].called if n else frozenset({"START"})
            known = name.startswith(NO_PERSON) or name.lower().partition(" ")[0] in word_forms()
            if len(name) > 2 and before & BEFORE_A_PERSON and not known:
                return name
        return ""

    def _name_of(self, chunk: Chunk) -> str:
        tokens = [t for t in chunk.tokens if t.unread or "HONORIFIC" in t.tags]
        return self._written(tokens[0], tokens[-1])

    def _unknown(self, name: str, question: Question | None) -> Understood:
        people = alike(name, self._lexicon.people)
        if len(people) == 1 and question is not None:
            meant = replace(question, persons=(Mention(people), *question.persons))
            return Understood(meant, fallback="confirm", named=name, unread=(name,), guessed=True)
        if len(people) > 1:
            return Understood(fallback="ambiguous", named=name, choices=people)
        return Understood(fallback="unknown_person", named=name, waiting=question)
