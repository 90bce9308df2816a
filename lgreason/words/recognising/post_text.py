"""The text of a post taken apart: how it is held, what kind of post, of what unit, in what series, at what level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lgreason.words.plain import plain_text
from lgreason.words.recognising.levels import Level, Levels
from lgreason.words.recognising.lexicon import WordFacts, key, latin_words
from lgreason.words.recognising.places import Places

MANAGERIAL = "managerial_local"
BRACKET = re.compile(r"\((?P<inside>[^()]*)\)")
_OF_ORGANISATIONS = frozenset(
    ["municipal", "municipality", "provincial", "subdistrict", "tambon", "administrative", "organization"]
)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of posts that a text names: its id (`own`: one of the standards here) or its name, and its type."""

    name: str
    type: str | None
    own: bool


@dataclass
class PostParts:
    """What the parts of a text say, as they are found."""

    text: str
    kind: str | None = None
    unit: str = ""
    series: Series | None = None
    level: Level | None = None
    type: str | None = None
    vacant: bool = False
    unread: bool = False


class PostText:
    """Takes the text of a post apart."""

    def __init__(self, lexicon: WordFacts, levels: Levels, places: Places) -> None:
        """Take the words, and who recognises levels and organisations."""
        self._lexicon = lexicon
        self._levels = levels
        self._places = places
        self._written: dict[str, str] = {}
        self._two: dict[str, bool] = {}

    def manner(self, plain: str) -> tuple[str | None, tuple[str, str]]:
        """The part of a text that names a post held (none: only one stood in for), and how the other is."""
        for row in self._lexicon.by_text("manner").values():
            word = plain_text(row[1])
            at = plain.find(word)
            if at < 0 or (word.isascii() and not re.search(rf"\b{word}\b", plain)):
                continue
            before, after = plain[:at].strip(" (,"), plain[at + len(word) :].strip(" ),")
            before = next(
                (before.removesuffix(row[0]) for row in self._joins if before.endswith(row[0])), before
            )
            if not before:
                return None, (row[0], after)
            if not after:
                return None, (row[0], before)
            return before, (row[0], after)
        return plain, ("", "")

    @property
    def _joins(self) -> list[tuple[str, ...]]:
        return self._lexicon.rows("joins")

    def names_two(self, written: str) -> bool:
        """Whether a text as written joins two posts: หัวหน้าฝ่าย … และผู้อำนวยการกอง …"""
        if written not in self._two:
            first, *others = [
                key(self.written_out(plain_text(piece))) for piece in self._lexicon.pieces(written)
            ]
            self._two[written] = self._begins_a_post(first) and any(map(self._begins_a_post, others))
        return self._two[written]

    def _begins_a_post(self, told: str) -> bool:
        return any(
            self._lexicon.begins(predicate, told.lstrip("("))
            for predicate in ("post_words", "series_title", "local_title", "title_begins")
        )

    def parts(self, plain: str) -> PostParts:
        """The brackets, the level at the end, the kind of post, and the series of a text."""
        plain = _NUMBER_OF_POST.sub(" ", plain).strip()
        parts = PostParts(plain)
        end = 0
        for match in BRACKET.finditer(plain):
            if parts.series is not None and (between := plain[end : match.start()].strip(" .,")):
                parts.unread = parts.unread or not self._says_where(between)
            self._bracket(parts, match["inside"].strip())
            end = match.end()
        if parts.series is not None and end and (behind := plain[end:].strip(" .,")):
            parts.unread = parts.unread or not self._says_where(behind)
        outside = plain_text(BRACKET.sub(" ", plain))
        parts.vacant = parts.vacant or self._places.vacant(outside)
        for row in self._lexicon.by_text("left_out").values():
            outside = outside.removeprefix(plain_text(row[0])).strip()
        whole = outside
        outside, level = self._levels.ending(outside)
        self._title(parts, outside)
        self._kind(parts, outside)
        if level is not None and self._may_end_a_unit(parts, whole, outside):
            level = None
        parts.level = parts.level or level
        return parts

    def _may_end_a_unit(self, parts: PostParts, whole: str, outside: str) -> bool:
        """Whether the bare word of a level may as well be the end of a unit's name: ฝ่ายธุรการกลาง."""
        ending = whole[len(outside) :].strip()
        level = self._levels.read(ending) if parts.unit and not self._ends_in_title(outside) else None
        return level is not None and level.c is None and key(ending) in self._levels.names_of(MANAGERIAL)

    def _ends_in_title(self, outside: str) -> bool:
        told = key(outside)
        return any(told.endswith(title) for title in self._titles)

    def _bracket(self, parts: PostParts, inside: str) -> None:
        """What a bracket says: a series with or without a level, a type with or without one, or a level."""
        rest, level = self._levels.ending(inside)
        whole = self._levels.read(inside)
        if self._places.vacant(inside):
            parts.vacant = True
        elif whole is not None:
            parts.level = parts.level or whole
            parts.type = parts.type or whole.type
        elif (series := self._series(rest)) is not None:
            parts.series = parts.series or series
            parts.level = parts.level or level
        elif (typed := self._title_and_type(rest)) is not None:
            parts.series, parts.type = parts.series or typed[0], parts.type or typed[1]
            parts.level = parts.level or level
        elif (kind := self._levels.type_named(rest)) is not None:
            parts.type, parts.level = parts.type or kind, parts.level or level
        elif level is not None and not key(rest):
            parts.level = parts.level or level
        elif not self._places.is_place(inside):
            parts.unread = True

    def _says_where(self, behind: str) -> bool:
        """Whether what stands behind the bracket of a post only says where it is, or its level."""
        return self._places.is_place(behind) or self._levels.read(behind) is not None

    def _series(self, text: str) -> Series | None:
        """The series whose title a text is; a slip of a title of the standards' own is none."""
        told = key(text)
        own, local = self._lexicon.by_text("series_title"), self._lexicon.by_text("local_title")
        if told in own:
            return Series(own[told][0], MANAGERIAL, True)
        if told in local:
            return Series(local[told][0], local[told][1], False)
        if any(self._lexicon.near(form, own) for form in (told, *self._without_type(told))):
            return None
        if (begun := self._lexicon.begins("title_begins", told)) is not None and len(begun[1]) > 1:
            kind = begun[0][0]
            if self._lexicon.holds("own_word", begun[1]):
                return None
            name = plain_text(text).removeprefix("นัก").removeprefix("เจ้าพนักงาน")
            return Series(name, None if kind == "open" else kind, False)
        return None

    def _title_and_type(self, text: str) -> tuple[Series, str] | None:
        """A title of a managerial series with the name of that type before or behind it."""
        told = key(text)
        for name, kind in self._levels.types.items():
            if kind != MANAGERIAL:
                continue
            for title in self._without_type(told, name):
                if (series := self._series(title)) is not None:
                    return series, kind
        return None

    def _without_type(self, told: str, *names: str) -> list[str]:
        """A key without the name of a type before or behind it, where it has one."""
        parts = [(told.removeprefix(name), told.removesuffix(name)) for name in names or self._levels.types]
        return [
            rest.strip("/,").removeprefix(_TYPE).removesuffix(_TYPE)
            for both in parts
            for rest in both
            if rest not in (told, "")
        ]

    def _title(self, parts: PostParts, outside: str) -> None:
        if parts.series is None and not self._lexicon.begins("post_words", key(outside)):
            parts.series = self._series(outside) or self._series_inside(outside)

    def _series_inside(self, outside: str) -> Series | None:
        """The series whose title stands behind other words; a title known only by how it begins is too little."""
        found = _TITLE_INSIDE.search(outside)
        series = self._series(found[0]) if found else None
        if found is None or series is None:
            return None
        told = key(found[0])
        known = told in self._lexicon.by_text("series_title") or told in self._lexicon.by_text("local_title")
        begun = self._lexicon.begins("title_begins", told)
        return series if known or (begun is not None and begun[0][1] != _ANY_TITLE) else None

    def _kind(self, parts: PostParts, outside: str) -> None:
        """The kind of post with whose words a text begins, and what names its unit."""
        if not re.search("[\u0e01-\u0e5b]", outside):
            self._english_kind(parts, outside)
            return
        found = self._kind_of(key(outside))
        if found is None:
            return
        parts.kind, rest = found
        # A series may be named behind the unit without a bracket.
        for title in sorted(self._titles, key=len, reverse=True):
            if parts.series is None and title in rest:
                parts.series = self._series(title)
                rest = rest.replace(title, "")
        parts.unit = self._without_organisation(rest)

    def _kind_of(self, told: str) -> tuple[str, str] | None:
        found = self._lexicon.begins("post_words", told)
        return (found[0][0], found[1]) if found else None

    @property
    def _titles(self) -> list[str]:
        return [
            title
            for predicate in ("series_title", "local_title")
            for title in self._lexicon.by_text(predicate)
            if title.startswith("นัก")
        ]

    def _english_kind(self, parts: PostParts, outside: str) -> None:
        words = latin_words(outside)
        best: tuple[int, str, list[str]] | None = None
        phrases = [
            (latin_words(text), kind) for kind, text in self._lexicon.rows("post_words") if text.isascii()
        ]
        for wanted, kind in phrases:
            if wanted and set(wanted) <= set(words):
                rest = [word for word in words if word not in wanted and word not in _OF_ORGANISATIONS]
                if best is None or len(wanted) > best[0]:
                    best = (len(wanted), kind, rest)
        if best is None:
            return
        parts.kind, parts.unit = best[1], "".join(best[2])
        for wanted, kind in phrases:  # a longer phrase with a slip in one word may be meant
            missing = [word for word in wanted if word not in words]
            if len(wanted) > best[0] and len(missing) == 1 and self._lexicon.near(missing[0], best[2]):
                parts.kind, parts.unread = kind, True

    def _without_organisation(self, rest: str) -> str:
        """What is left of a unit's name without the organisation's."""
        for word in self._lexicon.by_text("organisation_words"):
            at = rest.find(word)
            if at >= 0 and len(word) > 2:  # ทน alone may be part of a word
                return rest[:at]
        return rest

    # ── what follows ─────────────────────────────────────────────────────────────────────────────

    def written_out(self, plain: str) -> str:
        """A plain text with the words of posts that are written short written out.

        Without its dot a short form counts only where a word begins and a word of posts follows.
        """
        if plain not in self._written:
            self._written[plain] = self._write_out(plain)
        return self._written[plain]

    def _write_out(self, plain: str) -> str:
        for row in self._lexicon.by_text("left_out").values():
            plain = plain.removeprefix(plain_text(row[0])).strip()
        written, at = "", 0
        while at < len(plain):
            for short, long in self._shorts.get(plain[at], ()):
                end = at + len(short)
                if not plain.startswith(short, at):
                    continue
                dotted = plain[end : end + 1] == "."
                follows = end == len(plain) or plain[end] in " (" or self._goes_on(plain[end:])
                starts = not written or written[-1] in " (" or written.endswith(self._before_shorts)
                if (starts and (dotted or follows)) or (dotted and len(short) >= _PLAINLY_SHORT):
                    written, at = written + long, end + dotted
                    break
            else:
                written, at = written + plain[at], at + 1
        return plain_text(written)

    @cached_property
    def _shorts(self) -> Mapping[str, list[tuple[str, str]]]:
        """What is written short and what it stands for, by the first letter, the longest first."""
        found: dict[str, list[tuple[str, str]]] = {}
        rows = [(plain_text(short), long) for short, long in self._lexicon.rows("short")]
        for short, long in sorted(rows, key=lambda pair: -len(pair[0])):
            found.setdefault(short[0], []).append((short, long))
        return found

    @cached_property
    def _before_shorts(self) -> tuple[str, ...]:
        """What a short form may follow without a space."""
        return (*_BEFORE_SHORT, *(long for _, long in self._lexicon.rows("short")))

    def _goes_on(self, rest: str) -> bool:
        return rest.startswith(_AFTER_SHORT)


_NUMBER_OF_POST = re.compile(r"(?:ตำแหน่ง)?(?:เลขที่)?(?:ตำแหน่ง)?\s*(?<![0-9])[0-9]+(?:-[0-9]+){2,}")
"""The number of a post in the manpower plan: 12-3-01-2101-001."""
_ANY_TITLE = "นัก"
_TITLE_INSIDE = re.compile("(?<!สำ)(?<!พ)นัก.*")
"""What may be the title of a series behind other words: not the end of สำนัก or พนัก(งาน)."""
_TYPE = "ประเภท"
_PLAINLY_SHORT = 3
"""A short form of so many letters with its dot is one also where no space parts it from the word before."""
_AFTER_SHORT = (
    "กอง",
    "สำนัก",
    "ส่วน",
    "ฝ่าย",
    "งาน",
    "กลุ่ม",
    "สป",
    "ศูนย์",
    "หัวหน้า",
    "ผู้อำนวยการ",
    "ผอ",
    "หน.",
    "ปลัด",
)
_BEFORE_SHORT = ("รอง", "ผู้ช่วย")
