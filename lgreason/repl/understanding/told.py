"""What a line answers to what the program asked: yes, no, not known, a day, a field, a level, or what someone has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from lgreason.repl.asked import Mention, Supposition, Told
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.chunks import Chunk, chunks
from lgreason.repl.understanding.lattice import Lattice
from lgreason.repl.understanding.parts import day_of
from lgreason.repl.understanding.tokens import Token
from lgreason.words.forms import Kind
from lgreason.words.plain import Plain

MOST_WAYS = 20
_SHORT: tuple[tuple[Literal["yes", "no", "unknown"], frozenset[str]], ...] = (
    ("yes", frozenset({"YES", "TOLD_YES"})),
    ("no", frozenset({"NO", "TOLD_NO"})),
    ("unknown", frozenset({"UNSURE"})),
)
_CARRYING = frozenset({"FILLER", "BE", "HAVE", "OBTAIN", "WORKS", "JOIN", "AT", "SINCE", "WILL"})
_THINGS = {"degree": "obtain", "position": "take_up", "RANK": "take_up", "WORK": "work"}


def told(sentence: Plain, lexicon: Lexicon, today: date) -> Told | None:
    """What a sentence answers; `None` if it is no answer."""
    if not sentence.text or len(sentence.text) > 200:
        return None
    for way in Lattice(sentence.text, lexicon, today).ways(MOST_WAYS):
        if any(token.unread for token in way.tokens):
            return None
        found = chunks(way.tokens)
        if found and (answer := _Answer(found, sentence, lexicon, today).told()) is not None:
            return answer
    return None


class _Answer:
    def __init__(self, chunks: Sequence[Chunk], sentence: Plain, lexicon: Lexicon, today: date) -> None:
        self._today = today
        self._chunks = chunks
        self._sentence = sentence
        self._lexicon = lexicon

    def told(self) -> Told | None:
        for kind, tags in _SHORT:
            if all(chunk.called & tags for chunk in self._chunks):
                return Told(kind)
        if any("AGAIN_MARK" in chunk.called for chunk in self._chunks):
            return None  # «แล้วผอ.กองกลางล่ะ» asks
        told = [chunk for chunk in self._chunks if not (chunk.label == "WORD" and chunk.called & _CARRYING)]
        if len(told) == 1 and told[0].label in ("on", "span", "by"):
            chunk = told[0]
            if len([t for t in chunk.tokens if t.time is not None or "NOW" in t.tags]) == 1:
                return Told("day", day=day_of(chunk.tokens[-1], self._sentence, self._today, first=True))
        if len(told) == 1 and told[0].label in ("field", "LEVEL"):
            of_field = told[0].label == "field"
            named = self._mention("FIELD_NAME" if of_field else "LEVEL_NAME", told[0].tokens[0])
            return Told("field" if of_field else "level", name=named)
        return self._things(told)

    def _things(self, told: Sequence[Chunk]) -> Told | None:
        things: list[Supposition] = []
        for chunk in told:
            if chunk.label == "span" and things:
                things[-1] = self._spanned(things[-1], chunk)
            elif chunk.label in _THINGS and (chunk.label != "position" or "position" in chunk.called):
                things.append(self._thing(chunk))
            else:
                return None
        return Told("things", things=tuple(things)) if things else None

    def _thing(self, chunk: Chunk) -> Supposition:
        kinds: dict[str, Kind] = {"degree": "DEGREE_NAME", "position": "POSITION_NAME", "RANK": "RANK_NAME"}
        what = self._mention(kinds.get(chunk.label, "WORK_NAME"), chunk.tokens[0])
        field = next((self._mention("FIELD_NAME", t) for t in chunk.tokens if "FIELD_NAME" in t.names), None)
        # mypy: the label of a chunk is one of these
        return Supposition(_THINGS[chunk.label], what, field)  # type: ignore[arg-type]

    def _spanned(self, thing: Supposition, chunk: Chunk) -> Supposition:
        start = end = None
        for token, following in zip(chunk.tokens, chunk.tokens[1:], strict=False):
            if following.time is None:
                continue
            if "UNTIL" in token.tags and start is not None:
                end = day_of(following, self._sentence, self._today)
            else:
                start = day_of(following, self._sentence, self._today, first=True)
        return Supposition(thing.kind, thing.what, thing.field, start, end)

    def _mention(self, kind: Kind, token: Token) -> Mention:
        words = self._lexicon.words[kind]
        return Mention(token.names[kind], words[token.text].shown if token.text in words else token.text)
