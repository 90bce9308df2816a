"""What a sentence may mean that was not read to its last word: it is offered, never answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from lgreason.repl.asked import Mention, Question
from lgreason.repl.understanding.asides import Asides
from lgreason.repl.understanding.chunks import Chunk, chunks
from lgreason.repl.understanding.frames import Frame, fitting
from lgreason.repl.understanding.index import name_index, word_index
from lgreason.repl.understanding.lattice import SentenceWay
from lgreason.repl.understanding.offering import (
    ABOUT_PERSONS,
    ASKED_WITHOUT_A_WORD,
    ASKING,
    BEFORE_A_PERSON,
    CLAUSES,
    DENYING,
    KEPT,
    MOST_PARTS,
    NEVER_IN_PART,
    NO_PART,
    NO_PERSON,
    NOT_OFFERED,
    SHORTEST_PART,
    SHORTEST_WORD,
    personal,
)
from lgreason.repl.understanding.parts import NoSuchPost
from lgreason.repl.understanding.patterns import word_forms
from lgreason.repl.understanding.people import alike
from lgreason.repl.understanding.reader import FrameReader
from lgreason.repl.understanding.whole import Understood


def _of_whoever(question: Question) -> bool:
    """Whether a question is about one person and names nobody."""
    return question.ask in ABOUT_PERSONS and not question.persons and not question.whom


MOST_OF_A_NAME = 6
"""A longer stretch is a name of its own, without the short word that stands before it."""
MOST_UNREAD = 0.5
"""A sentence of which more than this part stays unread is no question that could be offered."""
MOST_UNREAD_OF_NAMES = 0.2
"""The same of a sentence that only names whom or what it goes on with."""


class Offers(Asides):
    """Offers what a sentence may mean, or says why it means nothing that can be answered."""

    def _offered(self, ways: Sequence[SentenceWay]) -> Understood:
        read = max((self._read_to(way) for way in ways), default=0)
        if self._about_the_asker(ways):
            return Understood(fallback="not_a_question_here", read_to=read)
        instead: Understood | None = None
        for way in ways:
            if (found := self._offer(way)) is None:
                continue
            if not (found.question and _of_whoever(found.question) and any(t.slips for t in way.tokens[:2])):
                if instead is None or found.fallback == "unknown_person":
                    return replace(found, read_to=read)
                break
            instead = instead or found  # unless it is a name that is not known
        if instead is not None:
            return replace(instead, read_to=read)
        if (part := self._part_offered(ways)) is not None:
            near = self._nearest(ways[:2]) if any(map(ASKING.search, part.unread)) else None
            return replace(near or part, read_to=read)  # what asks is not left out where it may be kept
        for way in ways[:5]:
            if (found := self._offer(way, dropping=True)) is not None:
                return replace(found, read_to=read)
        for token in (token for way in ways[:3] for token in way.tokens if "OTHER_TITLE" in token.tags):
            return Understood(fallback="outside_standard", named=self._written(token), read_to=read)
        if (near := self._nearest(ways[:2])) is not None:
            return replace(near, read_to=read)
        names = any(t.names or t.time or "OTHER_TITLE" in t.tags for way in ways[:1] for t in way.tokens)
        return Understood(fallback="not_a_question_here", read_to=read, names=names)

    def _nearest(self, ways: Sequence[SentenceWay]) -> Understood | None:
        """The question that a line about a career asks but for a few of its words, which are said."""
        for few, way in ((few, way) for few in (1, 2, 3) for way in ways):
            found = chunks(way.tokens) or ()
            unread = tuple(c for c in found if any(t.unread for t in c.tokens))
            known = tuple(c for c in found if c not in unread)
            if not any(c.called & {"position", "degree"} or c.label == "persons" for c in known):
                continue
            for left in combinations([c for c in known if self._may_be_left(c, known)], few):
                kept = tuple(c for c in known if c not in left)
                for frame in fitting(kept):
                    if frame.ask in NOT_OFFERED or (not personal(kept) and frame.ask != "counts"):
                        continue
                    try:
                        question = FrameReader(
                            frame, kept, self._sentence, self._lexicon, self._today
                        ).question()
                    except NoSuchPost:
                        continue
                    words = tuple(
                        self._written(c.tokens[0], c.tokens[-1]) for c in found if c in unread or c in left
                    )
                    if question and sum(map(len, words)) <= MOST_UNREAD * len(self._sentence.text):
                        return Understood(question, fallback="confirm", unread=words)
        return None

    @staticmethod
    def _may_be_left(chunk: Chunk, known: Sequence[Chunk]) -> bool:
        """Whether a chunk may be left out of what is offered: a word, a person, a post that is named again."""
        again = "position" in chunk.called and any(
            other is not chunk and other.tokens[0].names == chunk.tokens[0].names for other in known
        )
        return (
            again
            or (chunk.label == "WORD" and not chunk.called & {"FILLER", "BE", *DENYING})
            or chunk.label == "persons"
        )

    @staticmethod
    def _about_the_asker(ways: Sequence[SentenceWay]) -> bool:
        """Whether who asks asks about himself, whom no file is about: «ผมเป็น … ได้ไหม»."""
        tokens = ways[0].tokens if ways else ()
        asker = any("ASKER" in token.tags for token in tokens)
        return asker and not any("PERSON_NAME" in t.names or "ORGANISATION_NAME" in t.names for t in tokens)

    def _part_offered(self, ways: Sequence[SentenceWay]) -> Understood | None:
        """The question that a part of the line asks, where the rest tells of something: it is offered, not answered.

        Of several parts the longest that is a question is meant; a person who is named only in the rest is added.
        """
        text = self._sentence.text
        places = sorted({0, len(text), *(m.start() for m in CLAUSES.finditer(text)), *self._spaces()})
        ranges = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :] if (a, b) != (0, len(text))]
        others = [t for way in ways[:1] for t in way.tokens if "OTHER_TITLE" in t.tags]
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
            if not found.persons and any(not a <= t.start < b for t in others):
                continue  # of a post that is not here, not of who was spoken of
            written = self._sentence.as_written(0, a), self._sentence.as_written(b, len(text))
            return Understood(found, fallback="confirm", unread=tuple(filter(None, written)))
        return None

    def _read_to(self, way: SentenceWay) -> int:
        return next((t.start for t in way.tokens if t.unread or t.slips), len(self._sentence.text))

    def _offer(self, way: SentenceWay, dropping: bool = False) -> Understood | None:
        found = chunks(way.tokens)
        if found is None:
            return None
        unread = tuple(c for c in found if "UNREAD" in c.called)
        strangers = tuple(c for c in found if c.label == "persons" and any(t.unread for t in c.tokens))
        known = tuple(c for c in found if c not in unread)
        if any(self._no_name(c) for c in strangers) or any(map(self._cuts_a_word, unread)):
            return None
        for frame, kept in self._frames(known, dropping):
            try:
                question = FrameReader(frame, kept, self._sentence, self._lexicon, self._today).question()
            except NoSuchPost as wrong:
                return Understood(fallback="outside_standard", named=wrong.named)
            if question is None or (unread and frame.ask in NEVER_IN_PART):
                continue
            if (several := next((m for m in question.persons if len(m.ids) > 1), None)) is not None:
                first = tuple(m for m in question.persons if m is not several)
                waiting = replace(question, persons=(several, *first))
                return Understood(
                    fallback="ambiguous", named=several.text, choices=several.ids, waiting=waiting
                )
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
            if frame.ask == "check" and question.position and self._of_no_person(unread, found):
                question = Question("requirements", position=question.position)
            return Understood(question, fallback="confirm", unread=words)
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

    def _stranger(self, strangers: Sequence[Chunk], unread: Sequence[Chunk], found: Sequence[Chunk]) -> str:
        """The name of somebody who is not known: a stretch that stays unread where a person would stand."""
        if strangers:
            return self._name_of(strangers[0])
        for chunk in unread:
            name = self._written(chunk.tokens[0])
            n = list(found).index(chunk)
            before = found[n - 1].called if n else frozenset({"START"})
            known = self._no_name(chunk) or name.lower().partition(" ")[0] in word_forms()
            if len(name) > 2 and before & BEFORE_A_PERSON and not known:
                return name
            led = n == 0 or (n == 1 and chunk.start == found[0].end)
            if led and 2 <= chunk.start <= 3 and chunk.end - chunk.start <= MOST_OF_A_NAME:
                return self._sentence.as_written(0, chunk.end)  # a name may begin with a short word
        return ""

    def _no_name(self, chunk: Chunk) -> bool:
        """Whether where a chunk begins there stands a word that is known: a post, a degree, a word of questions."""
        text, start, names = self._sentence.text, chunk.start, name_index(self._lexicon)
        if text.startswith(NO_PERSON, start):
            return True
        if any("PERSON_NAME" not in names.names[text[start:end]] for end in names.at(text, start)):
            return True
        words = (text[start:end] for end in word_index().at(text, start) if end - start >= SHORTEST_WORD)
        return any("HONORIFIC" not in word_forms()[word] for word in words)

    def _cuts_a_word(self, chunk: Chunk) -> bool:
        """Whether a stretch is a piece of a longer word: «หัวห» of «หัวหน้างาน», or of a person's name."""
        text, names = self._sentence.text, name_index(self._lexicon)
        for start in range(max(0, chunk.start - 4), chunk.start):
            ends = (e for e in names.at(text, start) if e > chunk.start and e - start > 2)
            if any("PERSON_NAME" in names.names[text[start:e]] for e in ends):
                return True
        words = word_index().at(self._sentence.text, chunk.start)
        return any(chunk.end < end and end - chunk.start >= SHORTEST_WORD for end in words)

    def _of_no_person(self, unread: Sequence[Chunk], found: Sequence[Chunk]) -> bool:
        """Whether somebody is spoken of whom no name tells: «ปวส. … ได้ไหม», «หัวหน้างานเป็น … ได้ไหม»."""
        return not any(c.label == "persons" for c in found) and any(
            c.start == found[0].start and self._no_name(c) for c in unread
        )

    def _name_of(self, chunk: Chunk) -> str:
        tokens = [t for t in chunk.tokens if t.unread or "HONORIFIC" in t.tags]
        return self._written(tokens[0], tokens[-1])

    def _unknown(self, name: str, question: Question | None) -> Understood:
        people = alike(name, self._lexicon)
        if len(people) == 1 and question is not None:
            meant = replace(question, persons=(Mention(people), *question.persons))
            return Understood(meant, fallback="confirm", named=name, unread=(name,))
        waiting = question and replace(question, persons=(Mention(people, name), *question.persons))
        if len(people) > 1:
            return Understood(fallback="ambiguous", named=name, choices=people, waiting=waiting)
        return Understood(fallback="unknown_person", named=name, waiting=waiting)
