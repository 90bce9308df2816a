"""Levels as people write them: of the position types, short or in full, and the former common levels (C)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lgreason.rules.terms import constant, number
from lgreason.words.plain import plain_text
from lgreason.words.recognising.lexicon import WordFacts, key
from lgreason.words.recognising.outcome import Reading, Recognised, mapping

C_LEVELS = range(1, 12)
_C_LEVEL = re.compile(r"(?:ระดับ|ซี|c\.?|pc\.?|level)*\s*(?P<c>[0-9]{1,2})\s*(?P<suffix>วช|ว|ชช|บส|บก|บต|บ)?")
_FRAME = re.compile(r"(?:ระดับ|ซี|c)*[0-9]{1,2}(?:[-/–]|หรือ|,|\s)(?:ระดับ|ซี|c)*[0-9]{1,2}ว?")
_JOINED = re.compile(r"\s*(?:[-/–,]|หรือ|ถึง|\bor|\bto)\s*$")
"""What joins the levels of a range: ปก./ชก., 3-5, ต้น หรือ กลาง."""
# ว (วิชาการ), วช (วิชาชีพ) and ชช (เชี่ยวชาญ) mark the academic line; บ marks executives.
_TYPE_OF_SUFFIX = {"ว": "academic", "วช": "academic", "ชช": "academic"}


@dataclass(frozen=True, slots=True)
class Level:
    """A level as written: of the types, or a former common level; `type` where the text itself tells it."""

    level: str | None = None
    c: int | None = None
    type: str | None = None
    several: tuple[str, ...] = ()
    frame: bool = False


class Levels:
    """Recognises levels."""

    def __init__(self, lexicon: WordFacts) -> None:
        """Take the words."""
        self._lexicon = lexicon
        kb = lexicon.kb
        ranked = sorted(
            (constant(kind), number(rank), constant(level)) for kind, level, rank in kb.rows("level")
        )
        self.of_type: dict[str, list[str]] = {}
        for kind, _, level in ranked:
            self.of_type.setdefault(kind, []).append(level)
        self._c = {(constant(kind), number(c)): constant(level) for kind, c, level in kb.rows("c_level")}
        ((last,),) = kb.rows("c_levels_end")
        self.c_ends = date.fromisoformat(str(last))
        self._names = self._named("level", "level_short")
        self.types = self._named("position_type", "type_short")

    def _named(self, category: str, short: str) -> Mapping[str, str]:
        found = {row[-1]: row[0] for row in self._lexicon.rows(short)}
        spelt = {key(text): identity for text, identity in found.items()}
        for spelling, ids in self._lexicon.names(category).items():
            if len(ids) == 1:
                spelt[spelling.removeprefix(key("ระดับ"))] = next(iter(ids))
                spelt[spelling] = next(iter(ids))
        return dict(sorted(spelt.items(), key=lambda pair: -len(pair[0])))

    def type_named(self, text: str) -> str | None:
        """The position type that a text names."""
        return self.types.get(key(text)) or self.types.get(key(text).removeprefix(key("ประเภท")))

    def names_of(self, kind: str) -> frozenset[str]:
        """The names of the levels of a type, as compared, without the word for level."""
        return frozenset(
            name
            for name, level in self._names.items()
            if level in self.of_type.get(kind, ()) and not name.startswith(key("ระดับ"))
        )

    def level_of_c(self, kind: str, c: int) -> str | None:
        """The level that a former common level of a type became."""
        return self._c.get((kind, c))

    # ── parts of a text ──────────────────────────────────────────────────────────────────────────

    def ending(self, text: str) -> tuple[str, Level | None]:
        """A plain text without the level or the range of levels that it ends in, and that level."""
        rest, level = self._ending(text)
        if level is not None and (joined := _JOINED.search(rest)) is not None:
            before, other = self.ending(rest[: joined.start()].strip())
            if other is not None:
                return before, Level(frame=True)
        return rest, level

    def _ending(self, text: str) -> tuple[str, Level | None]:
        if match := re.search(
            r"(?:ระดับ|ซี|c\.?|level|(?<=[^0-9a-z]))?\s*[0-9]{1,2}(?:ว|วช|ชช|บส|บก|บต|บ)?\.?$", text
        ):
            whole = match[0].strip().rstrip(".")
            if whole and (level := self.read(whole)) is not None:
                return text[: match.start()].strip(), level
        if match := re.search(r"ระดับ(?P<level>[^()]*)$", text):
            if (level := self.read(match["level"])) is not None:
                return text[: match.start()].strip(), level
            return text, None
        if match := re.search(r"[,\s]+(?P<level>[a-z ]+?)(?: level)?$", text):
            if (level := self.read(match["level"])) is not None:
                return text[: match.start()].strip(" ,"), level
            last = match["level"].split()[-1]
            if (level := self.read(last)) is not None:
                return text[: text.rfind(last)].strip(" ,"), level
        if any(key(text).endswith(key(row[0])) for row in self._lexicon.rows("unit_named")):
            return text, None
        for level_id, short in self._lexicon.rows("level_short"):
            if short.endswith(".") and len(short) > 2 and text.endswith(short):
                return text.removesuffix(short).strip(), Level(level=level_id)
        for name, level_id in self._names.items():
            if not name.isascii() and len(name) > 2 and key(text).endswith(name):
                rest = _without_ending(text, name)
                if rest is not None:
                    return rest, Level(level=level_id)
        return text, None

    def read(self, text: str) -> Level | None:
        """The level that a whole text is, if it is one."""
        plain = plain_text(text).strip(" .()")
        if not plain:
            return None
        if _FRAME.fullmatch(plain):
            return Level(frame=True)
        if match := _C_LEVEL.fullmatch(plain.replace(" ", "")):
            return Level(c=int(match["c"]), type=_TYPE_OF_SUFFIX.get(match["suffix"] or ""))
        told = key(text).removeprefix(key("ประเภท"))
        for kind_name, kind in self.types.items():
            rest = told.removeprefix(kind_name)
            if rest != told and (level := self._names.get(rest.removeprefix(key("ระดับ")))) is not None:
                return Level(level=level, type=kind)
        told = told.removeprefix(key("ระดับ"))
        if level := self._names.get(told):
            return Level(level=level)
        parts = [self._names.get(key(part)) for part in re.split(r"[/,–]|หรือ| - | or ", plain_text(text))]
        if len(parts) > 1 and all(parts):
            return Level(several=tuple(str(part) for part in parts), frame=True)
        return None

    # ── the kind `level` ─────────────────────────────────────────────────────────────────────────

    def recognise(self, text: str, kind: str | None, day: tuple[date, date] | None) -> Recognised:
        """A level on its own; `kind` is the position type beside it, `day` when it was held, if that is told."""
        found = self.read(text)
        if found is None:
            return self._unread(text, kind)
        if found.frame:
            choices = tuple(mapping(level=level) for level in found.several)
            return Recognised("level", text, "several", choices=choices, why="frame")
        told = found.type or kind
        if found.type and kind and found.type != kind:
            return Recognised("level", text, "impossible", why="type_differs")
        if found.c is not None:
            return self._c_level(text, found.c, told, day)
        assert found.level is not None
        kinds = [each for each, levels in self.of_type.items() if found.level in levels]
        if told is not None:
            if told not in kinds:
                return Recognised("level", text, "impossible", why="level_not_of_type", args={"type": told})
            return Recognised("level", text, "this", mapping(type=told, level=found.level))
        if len(kinds) == 1:
            return Recognised("level", text, "this", mapping(type=kinds[0], level=found.level))
        readings = tuple(mapping(type=each, level=found.level) for each in kinds)
        return Recognised("level", text, "several", mapping(level=found.level), readings, "type_not_told")

    def _c_level(self, text: str, c: int, kind: str | None, day: tuple[date, date] | None) -> Recognised:
        if not 1 <= c < C_LEVELS.stop - 1 + 1 or c > 10:
            return Recognised("level", text, "impossible", why="no_such_c", args={"c": c})
        if day is not None and day[0] > self.c_ends:
            args = {"c": c, "last": self.c_ends}
            return Recognised("level", text, "impossible", mapping(c_level=c), why="c_too_late", args=args)
        if kind is None:
            return Recognised(
                "level", text, "several", mapping(c_level=c), self._types_of(c), "type_not_told"
            )
        level = self.level_of_c(kind, c)
        if level is None:
            args = {"c": c, "type": kind}
            return Recognised("level", text, "impossible", mapping(c_level=c), why="c_not_of_type", args=args)
        return Recognised("level", text, "this", mapping(type=kind, level=level, c_level=c))

    def _types_of(self, c: int) -> tuple[Reading, ...]:
        return tuple(
            mapping(type=kind, level=level, c_level=c) for (kind, at), level in self._c.items() if at == c
        )

    def _unread(self, text: str, kind: str | None) -> Recognised:
        told = key(text).removeprefix(key("ระดับ"))
        if told in self._lexicon.by_text("level_elsewhere"):
            return Recognised("level", text, "impossible", why="level_elsewhere")
        near = self._lexicon.near(told, [name for name in self._names if len(name) > 2])
        levels = dict.fromkeys(self._names[name] for name in near)
        if kind is not None:
            levels = {level: None for level in levels if level in self.of_type.get(kind, ())}
        if levels:
            choices = tuple(mapping(level=level) for level in levels)
            return Recognised("level", text, "unrecognised", choices=choices, why="near")
        return Recognised("level", text, "unrecognised", why="no_such_name")


def _without_ending(text: str, name: str) -> str | None:
    """A plain text without an ending, which its key has."""
    for start in range(len(text) - 1, -1, -1):
        if key(text[start:]) == name:
            return text[:start].removesuffix("ระดับ").strip()
    return None
