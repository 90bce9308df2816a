"""What the texts of a register are read as, each distinct text once, and which of them were not recognised.

Names, degrees, levels, works and days pass the one recogniser; what it does not decide is left not known and listed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from lgreason.files.person.recognised import HELD_OTHERWISE
from lgreason.files.roster.decisions import Decisions, NoDecisions
from lgreason.files.roster.sheets import Cell
from lgreason.files.source.read import excerpt
from lgreason.words.recognising.kinds import Kind
from lgreason.words.recognising.outcome import Recognised
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary

NONE_WORDS = frozenset({"ไม่มี", "none", "no qualification", "ไม่มีวุฒิ"})
EMPTY = frozenset({"-", "--", "–", "n/a", "na", "null", "ไม่ระบุ", "ไม่ทราบ", "?"})
_ACTING = ("รักษาราชการแทน", "รักษาการ", "ปฏิบัติราชการแทน", "acting")
_CONCURRENT = ("ปฏิบัติหน้าที่อีกหน้าที่หนึ่ง", "อีกหน้าที่", "concurrent")
_HELD = frozenset(
    {"", "ดำรงตำแหน่ง", "แต่งตั้ง", "บรรจุ", "เลื่อน", "เลื่อนระดับ", "ย้าย", "โอน", "รับโอน", "ปกติ"}
    | {"appointed", "held", "substantive", "no", "ไม่ใช่", "0", "false"}
)
YES_WORDS = frozenset({"ใช่", "yes", "true", "1", "รับรอง", "รับรองแล้ว", "y", "approved", "✓", "/"})
NO_WORDS = frozenset({"ไม่", "ไม่ใช่", "no", "false", "0", "ไม่รับรอง", "n"})
_OPERATING = ("academic", "general")
"""The types of which time counts by type and level, whatever the name of the post."""
_UNLISTED = "unlisted"
_DAY_FIRST = re.compile(r"(?P<day>[0-9๐-๙]{1,2})(?P<rest>[^0-9๐-๙].*)", re.DOTALL)
_TRIED = (2, 13, 28)
"""Numbers that are days of every month; not all of them are months, nor any of them its own reading as one."""
_LAST_OF_C_LEVELS = date(2015, 12, 31)
LEAVE_OUT = "-"
"""What a decision says of an entry that is to be left out."""


class Wrong(Exception):
    """A row cannot be used: the code of what is wrong, and its arguments."""

    def __init__(self, code: str, **args: object) -> None:
        """Take the code of a finding, or the key of a sentence of the section `recognised`, and its arguments."""
        super().__init__(code)
        self.code = code
        self.args_of = args


Entry = Mapping[str, Any]
"""The keys of an entry of a person's file, without its days."""
OF_NO_ACCOUNT: Entry = MappingProxyType({})
"""An entry that is surely of another service or kind of work: its list is known, and it adds nothing to it."""
Unknown = list[tuple[str, str]]
"""Texts that were not recognised, by kind."""


@dataclass(frozen=True, slots=True)
class RowEntry:
    """An entry as read (`None` if it is left out), and the texts of it that were not recognised, by kind."""

    entry: Entry | None
    unrecognised: tuple[tuple[str, str], ...] = ()


@dataclass
class Texts:
    """Reads the texts of registers; every distinct one once."""

    vocabulary: Vocabulary
    recogniser: Recogniser
    decisions: Decisions = field(default_factory=NoDecisions)
    unrecognised: Counter[tuple[str, str]] = field(default_factory=Counter)
    _days: dict[tuple[str, str], tuple[date | None, bool] | Wrong] = field(default_factory=dict)
    _months: dict[tuple[str, str], date | None] = field(default_factory=dict)
    _entries: dict[tuple[Any, ...], RowEntry | Wrong] = field(default_factory=dict)

    # ── days ─────────────────────────────────────────────────────────────────────────────────────

    def day(self, column: str, cell: Cell) -> date | None:
        """The day in a cell; `None` where it is empty, not known, or says that the end is open. Raises `Wrong`."""
        if cell is None:
            return None
        if isinstance(cell, date):
            return common(cell)
        key = (column, str(cell))
        found = self._days.get(key)
        if found is None:
            try:
                found = self._day(column, str(cell).strip())
            except Wrong as wrong:
                found = wrong
            self._days[key] = found
        if isinstance(found, Wrong):
            raise found
        day, known = found
        if not known:
            self.unrecognised["date", key[1]] += 1
        return day

    def _day(self, column: str, text: str) -> tuple[date | None, bool]:
        """The day, and whether the text was understood; an end that is not would look open, and so is wrong."""
        if (match := _DAY_FIRST.fullmatch(text)) and self.decisions.meaning("date", text) is None:
            month, number = self._month(column, match["rest"]), int(match["day"])
            if month is not None and 1 <= number <= monthrange(month.year, month.month)[1]:
                return month.replace(day=number), True
        found = self._recognise("date", text, {"column": column})
        told = found.reading.get("date")
        if found.outcome == "several" and found.why == "serial":
            told = found.choices[0].get("date")
        if told == "open":
            return None, True
        if told is not None:
            return date.fromisoformat(str(told)), True
        if found.why == "no_date":
            return None, True
        if found.outcome == "impossible" or column == "to":
            raise _impossible(found)
        return None, False

    def _month(self, column: str, rest: str) -> date | None:
        """The first of the month that what stands behind the number of a day surely means; each is recognised once.

        It does if before it two numbers are read as those days of one month. Registers have many days but few months.
        """
        key = (column, rest)
        if key not in self._months:
            days = []
            for number in _TRIED:
                found = self.recogniser.recognise("date", f"{number}{rest}", {"column": column})
                day = found.reading.get("date") if found.outcome == "this" else None
                days.append(None if day in (None, "open") else date.fromisoformat(str(day)))
            first = days[0]
            sure = first is not None and days == [first.replace(day=number) for number in _TRIED]
            self._months[key] = first.replace(day=1) if first is not None and sure else None
        return self._months[key]

    def is_day(self, column: str, cell: Cell) -> bool:
        """Whether a cell can hold a day."""
        if isinstance(cell, date):
            return True
        found = self._recognise("date", str(cell), {"column": column})
        return found.outcome in ("this", "several", "impossible") or "earliest" in found.reading

    def _recognise(self, kind: Kind, text: str, beside: Mapping[str, str] | None = None) -> Recognised:
        """A text, or what it was decided to mean, as the recogniser reads it."""
        meant = self.decisions.meaning(kind, text)
        return self.recogniser.recognise(kind, meant or text, beside or {})

    # ── entries ──────────────────────────────────────────────────────────────────────────────────

    def posting(self, told: Mapping[str, Cell], begun: date | None, ended: date | None) -> Entry | None:
        """What a row tells of a posting but for its days; `None` if such are left out. Raises `Wrong`."""
        entry = self._read("posting", told, _day_of_era(begun))
        if entry is None or "c_level" not in entry or (ended is not None and ended <= _LAST_OF_C_LEVELS):
            return entry
        return {key: value for key, value in entry.items() if key != "c_level"}

    def qualification(self, told: Mapping[str, Cell]) -> Entry | None:
        """What a row tells of a qualification but for its day. Raises `Wrong`."""
        return self._read("qualification", told, "")

    def work(self, told: Mapping[str, Cell]) -> Entry | None:
        """What a row tells of work done but for its days. Raises `Wrong`."""
        return self._read("work", told, "")

    def is_none(self, cell: Cell) -> bool:
        """Whether a cell says that there is none."""
        return isinstance(cell, str) and cell.strip().casefold() in NONE_WORDS

    def _read(self, name: str, told: Mapping[str, Cell], era: str) -> Entry | None:
        key = (name, era, *((k, v) for k, v in told.items() if v is not None))
        found = self._entries.get(key)
        if found is None:
            texts = {k: str(v).strip() for k, v in told.items() if v is not None}
            texts = {k: text for k, text in texts.items() if text.casefold() not in EMPTY}
            try:
                found = getattr(self, f"_{name}")(texts, era)
            except Wrong as wrong:
                found = wrong
            assert isinstance(found, RowEntry | Wrong)
            self._entries[key] = found
        if isinstance(found, Wrong):
            raise found
        self.unrecognised.update(found.unrecognised)
        return found.entry

    def _posting(self, texts: dict[str, str], era: str) -> RowEntry:
        unknown: Unknown = []
        entry: dict[str, Any] = {}
        if title := texts.get("position") or texts.get("title"):
            entry["title"] = title
        if not self._status(
            texts.get("status"), entry, unknown
        ):  # how it was held is not known, so neither is what
            return RowEntry({key: value for key, value in entry.items() if key == "title"}, tuple(unknown))
        beside = self._beside(texts, era, unknown)
        if title is None:
            return self._by_level(texts, beside, entry, unknown)
        meant = self.decisions.meaning("post", title)
        if meant == LEAVE_OUT:
            return RowEntry(None)
        if meant is not None and (rank := self.vocabulary.resolve("rank", meant)):
            return RowEntry({**entry, **self._of_rank(rank)}, tuple(unknown))
        found = self.recogniser.recognise("post", meant or title, beside)
        if found.outcome == "impossible":
            raise _impossible(found)
        read = {k: found.reading[k] for k in _KEYS if k in found.reading}
        if found.outcome == "this":
            entry |= read
        elif found.outcome == "another":
            if "type" not in read:  # no post of the service
                return RowEntry(OF_NO_ACCOUNT)
            entry |= read
        elif found.why in HELD_OTHERWISE:  # whether a post of that type and level was held is not told
            unknown.append(("post", title))
            entry |= {key: value for key, value in read.items() if key in ("acting", "concurrent")}
        elif read.get("type") in _OPERATING or self._type(beside) in _OPERATING:
            return self._by_level(texts, beside, {**entry, **read}, unknown)
        else:
            unknown.append(("post", title))
            entry |= {key: value for key, value in read.items() if key in ("acting", "concurrent")}
            entry |= self._told_beside(meant or title, beside)
        return self._equivalent(texts, entry, unknown)

    def _told_beside(self, title: str, beside: Mapping[str, str]) -> Entry:
        """What a record of a post whose series is not told keeps, so that it is read as a file that says as much."""
        level = self.recogniser.levels.read(beside["level"]) if "level" in beside else None
        told: dict[str, Any] = {"title": title, "type": self._type(beside)}
        if level is not None and not level.frame:
            told |= {"level": level.level} if level.c is None else {"c_level": level.c}
        return {key: value for key, value in told.items() if value is not None}

    def _status(self, status: str | None, entry: dict[str, Any], unknown: Unknown) -> bool:
        """How a post was held; false if that was not understood."""
        told = "" if status is None else (self.decisions.meaning("status", status) or status).casefold()
        if any(word in told for word in _ACTING) or told in YES_WORDS:
            entry["acting"] = True
        elif any(word in told for word in _CONCURRENT):
            entry["concurrent"] = True
        elif told not in _HELD and status is not None:
            unknown.append(("status", status))
            return False
        return True

    def _beside(self, texts: Mapping[str, str], era: str, unknown: Unknown) -> dict[str, str]:
        """What stands beside the name of a post, as the recogniser takes it."""
        beside = {"from": era} if era else {}
        for key in ("type", "level"):
            text = texts.get("c_level" if key == "level" and "c_level" in texts else key)
            if text is not None:
                beside[key] = self.decisions.meaning(key, text) or text
        if "type" in beside and self._type(beside) is None:
            unknown.append(("type", texts["type"]))
        return beside

    def _type(self, beside: Mapping[str, str]) -> str | None:
        return self.recogniser.levels.type_named(beside["type"]) if "type" in beside else None

    def _by_level(
        self, texts: Mapping[str, str], beside: Mapping[str, str], entry: dict[str, Any], unknown: Unknown
    ) -> RowEntry:
        """A post known by type and level alone."""
        kind = self._type(beside) or entry.get("type")
        if kind is not None:
            entry["type"] = kind
        if "level" in beside:
            found = self.recogniser.recognise("level", beside["level"], beside)
            if found.outcome == "impossible":
                raise _impossible(found)
            if "level" in found.reading and found.decides:
                entry |= {key: found.reading[key] for key in _KEYS if key in found.reading}
            else:
                unknown.append(("level", texts.get("c_level") or texts["level"]))
        if "type" not in entry:
            entry.pop("level", None)
            entry.pop("c_level", None)
        return self._equivalent(texts, entry, unknown)

    def _of_rank(self, rank: str) -> Entry:
        if rank in self.vocabulary.ids("position"):
            return {"position": rank}
        kind, _, level = rank.partition(".")
        return {"type": kind, "level": level}

    def _equivalent(self, texts: Mapping[str, str], entry: dict[str, Any], unknown: Unknown) -> RowEntry:
        told = texts.get("equivalent_to")
        if told is None:
            return RowEntry(entry, tuple(unknown))
        meant = self.decisions.meaning("rank", told) or told
        equal = self.vocabulary.resolve("rank", meant)
        if equal is None:
            equal = str(self.recogniser.recognise("post", meant, {}).reading.get("position", "")) or None
        if equal is None:  # it may be equivalent to any post
            title = entry.get("title")
            return RowEntry({"title": title} if title else {}, (*unknown, ("rank", told)))
        return RowEntry({**entry, "equivalent_to": equal}, tuple(unknown))

    def _qualification(self, texts: dict[str, str], era: str) -> RowEntry:
        del era
        unknown: Unknown = []
        entry: dict[str, Any] = {}
        told, branch = texts.get("degree"), texts.get("field")
        if told is not None:
            if self.decisions.meaning("degree", told) == LEAVE_OUT:
                return RowEntry(None)
            found = self._recognise("degree", told, {"field": branch} if branch else {})
            if found.outcome == "impossible":
                raise _impossible(found)
            if "degree" in found.reading:
                entry["degree"] = found.reading["degree"]
            else:
                unknown.append(("degree", told))
            field_read = found.reading.get("field")
            if field_read is not None:
                entry["field"] = branch or told if field_read == _UNLISTED else field_read
            elif not found.decides and "degree" in found.reading and branch is None:
                unknown.append(("degree", told))
        if branch is not None and "field" not in entry:
            entry["field"] = self._field(branch, unknown)
        if approved := texts.get("approved"):
            if approved.casefold() in YES_WORDS:
                entry["approved"] = True
            elif approved.casefold() in NO_WORDS:
                entry["approved"] = False
            else:
                unknown.append(("approved", approved))
        return RowEntry(entry, tuple(unknown))

    def _field(self, told: str, unknown: Unknown) -> str | None:
        if self.decisions.meaning("field", told) == LEAVE_OUT:  # surely none of the listed
            return told
        found = self._recognise("field", told)
        if not found.decides:
            unknown.append(("field", told))
            return None
        return told if found.reading.get("field") == _UNLISTED else str(found.reading["field"])

    def _work(self, texts: dict[str, str], era: str) -> RowEntry:
        del era
        told = texts.get("work")
        if told is None:
            return RowEntry({})
        if self.decisions.meaning("work", told) == LEAVE_OUT:
            return RowEntry(None)
        found = self._recognise("work", told)
        if found.outcome == "another":  # work outside the field
            return RowEntry(OF_NO_ACCOUNT)
        if found.outcome != "this":
            return RowEntry({}, (("work", told),))
        return RowEntry({"work": found.reading["work"]})

    def fits(self, column: str, cell: Cell) -> bool:
        """Whether a cell can be what a column holds; for guessing the columns of a sheet."""
        text = str(cell).strip()
        if column in ("from", "to", "obtained"):
            return self.is_day(column, cell)
        if column == "type":
            return self.recogniser.levels.type_named(text) is not None
        if column == "level":
            return self.recogniser.levels.read(text) is not None
        if column in ("degree", "work"):
            return bool(self.recogniser.recognise(_KIND_OF[column], text).reading)
        if column == "position":
            found = self.recogniser.recognise("post", text)
            return found.decides or bool(found.choices or found.reading)
        return True


_KEYS = ("position", "type", "level", "c_level", "acting", "concurrent")
_KIND_OF: Mapping[str, Kind] = {"degree": "degree", "work": "work"}


def _impossible(found: Recognised) -> Wrong:
    return Wrong(f"recognised.{found.why}", **{**found.args, "text": excerpt(found.text)})


def _day_of_era(day: date | None) -> str:
    """A day that stands for its era: names and levels of posts mean other things under the former common levels."""
    if day is None:
        return ""
    return "2010-01-01" if day <= _LAST_OF_C_LEVELS else "2017-01-01"


def common(day: date) -> date:
    """A day whose year was typed as พ.ศ. into a column of days."""
    return day.replace(year=day.year - 543) if day.year >= 2400 else day
