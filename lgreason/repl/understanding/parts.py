"""What every question is read from: the chunks of its sentence, with the names, posts, levels and days in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lgreason.repl.asked import Day, Mention
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.frames import Frame
from lgreason.repl.understanding.tokens import Token
from lgreason.words.forms import Kind
from lgreason.words.plain import Plain


@dataclass(frozen=True, slots=True)
class NoSuchPost(Exception):
    """A post with a level that it does not have; raised while a sentence is read."""

    named: str


class SentenceParts:
    """The parts of one sentence that is read by one frame."""

    def __init__(
        self, frame: Frame, chunks: Sequence[Chunk], sentence: Plain, lexicon: Lexicon, today: date
    ) -> None:
        """Take the frame, the chunks of the sentence in its plain form, and the day of asking."""
        self._today = today
        self._frame = frame
        self._chunks = chunks
        self._sentence = sentence
        self._lexicon = lexicon
        self._tags = frozenset(tag for chunk in chunks for tag in chunk.called)

    def _of(self, name: str) -> Iterator[Chunk]:
        return (chunk for chunk in self._chunks if name in chunk.called)

    def _token(self, tag: str) -> Token | None:
        return next((t for c in self._chunks for t in c.tokens if tag in t.tags), None)

    def _mention(self, kind: Kind, token: Token) -> Mention:
        ids = token.names[kind]
        words = self._lexicon.words[kind]
        shown = token.slips or (words[token.text].shown if token.text in words else token.text)
        return Mention(ids, shown)

    def _posts(self, name: Literal["position", "post"]) -> Iterator[Chunk]:
        """The chunks that name a post, and do not only point to the one that was spoken of."""
        return (chunk for chunk in self._of(name) if "THIS_POST" not in chunk.called)

    def _positions(self) -> list[Mention]:
        return [self._post("POSITION_NAME", chunk) for chunk in self._posts("position")]

    def _post(self, kind: Literal["POSITION_NAME", "POST_NAME"], chunk: Chunk) -> Mention:
        """A post, narrowed to the level that stands beside it."""
        mention = self._mention(kind, chunk.tokens[0])
        levels = {level for token in chunk.tokens[1:] for level in token.names.get("LEVEL_NAME", ())}
        if not levels and len(mention.ids) > 1 and kind == "POSITION_NAME":
            alone = {
                i for c in self._chunks if c.label == "LEVEL" for i in c.tokens[0].names.get("LEVEL_NAME", ())
            }
            kept = tuple(i for i in mention.ids if set(i.split(".")) & alone)
            return Mention(kept, mention.text) if kept else mention
        if not levels:
            return mention
        if kind == "POST_NAME":
            (level, *_), ids = sorted(levels), mention.ids
            return Mention(tuple(f"{i}.{level}" if "." not in i else i for i in ids), mention.text)
        kept = tuple(i for i in mention.ids if set(i.split(".")) & levels)
        if not kept:
            named = self._sentence.as_written(chunk.start, chunk.end)
            raise NoSuchPost(named)
        return Mention(kept, mention.text)

    def _levels(self) -> Iterator[str]:
        """The levels named, with the types that have them where the name tells or only one type has it."""
        for chunk in self._chunks:
            if chunk.label in ("RANK", "LEVEL"):
                yield from self._levels_of(chunk.tokens[0])

    def _levels_of(self, token: Token) -> Iterator[str]:
        types: dict[str, list[str]] = {}
        for word in self._lexicon.words["RANK_NAME"].values():
            kind, _, level = word.ids[0].partition(".")
            if kind not in (known := types.setdefault(level, [])):
                known.append(kind)
        kinds = [tag.removeprefix("TYPE_").lower() for tag in sorted(self._tags) if tag.startswith("TYPE_")]
        yield from token.names.get("RANK_NAME", ())
        for level in token.names.get("LEVEL_NAME", ()) if "RANK_NAME" not in token.names else ():
            of = kinds or (types[level] if len(types.get(level, ())) == 1 else [])
            yield from (f"{kind}.{level}" for kind in of) if of else iter((level,))


def day_of(token: Token, sentence: Plain, today: date, first: bool = False) -> Day:
    """The day that a token names; of a longer time its last day, or its first."""
    if token.time is None:
        return Day(today, "today")
    written = sentence.as_written(token.start, token.end).removeprefix("วันที่").strip()
    return Day(token.time.first if first else token.time.last, written)


_ORDINALS = (
    ("หนึ่ง", "แรก", "first", "former", "1"),
    ("สอง", "second", "2"),
    ("สาม", "third", "3"),
    ("สี่", "fourth", "4"),
    ("ห้า", "fifth", "5"),
)


def ordinal(text: str) -> int:
    """The number of «ที่สอง», «the second one»; 0 for the last."""
    return next((n for n, words in enumerate(_ORDINALS, 1) if any(word in text for word in words)), 0)
