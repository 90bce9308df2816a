"""What the texts of a register are read as, each distinct text once, and which of them were not recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from lgreason.files.roster.sheets import Cell
from lgreason.files.source.read import excerpt
from lgreason.words.dates import DateProblem, parse_date
from lgreason.words.vocabulary import Vocabulary

_EXCEL_DAY_0 = date(1899, 12, 30)
_SERIALS = range(10_000, 90_000)
_OPEN = frozenset(
    {"ปัจจุบัน", "ถึงปัจจุบัน", "-", "--", "บัดนี้", "จนถึงปัจจุบัน", "ยังดำรงตำแหน่ง", "present", "now", "current"}
)
_NONE = frozenset({"ไม่มี", "none", "no qualification", "ไม่มีวุฒิ"})
_EMPTY = frozenset({"-", "--", "–", "n/a", "na", "null", "ไม่ระบุ", "ไม่ทราบ", "?"})
_TIME_OF_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_C_LEVEL = re.compile(r"^(?:ระดับ|ซี|c)?\s*\.?\s*(\d{1,2})\s*(?:ว|วช|บ|ชช)?\.?$")
_ACTING = ("รักษาราชการแทน", "รักษาการ", "ปฏิบัติราชการแทน", "acting")
_CONCURRENT = ("ปฏิบัติหน้าที่อีกหน้าที่หนึ่ง", "อีกหน้าที่", "concurrent")
_HELD = (
    "",
    "ดำรงตำแหน่ง",
    "แต่งตั้ง",
    "บรรจุ",
    "เลื่อน",
    "ย้าย",
    "โอน",
    "ปกติ",
    "appointed",
    "held",
    "no",
    "ไม่ใช่",
    "0",
    "false",
)
_YES = frozenset({"ใช่", "yes", "true", "1", "รับรอง", "รับรองแล้ว", "y", "approved", "✓", "/"})
_NO = frozenset({"ไม่", "ไม่ใช่", "no", "false", "0", "ไม่รับรอง", "n"})
LEAVE_OUT = "-"
"""What a decision says of an entry that is to be left out."""


class Wrong(Exception):
    """A row cannot be used: the code of what is wrong, and its arguments."""

    def __init__(self, code: str, **args: object) -> None:
        """Take the code of a finding and its arguments."""
        super().__init__(code)
        self.code = code
        self.args_of = args


class Decisions(Protocol):
    """What texts were decided to mean."""

    def meaning(self, kind: str, text: str) -> str | None:
        """What a text of a kind means, if that was decided."""


class NoDecisions:
    """Nothing has been decided."""

    def meaning(self, kind: str, text: str) -> str | None:
        """Nothing."""
        del kind, text
        return None


Entry = Mapping[str, Any]
"""The keys of an entry of a person's file, without its days."""


@dataclass(frozen=True, slots=True)
class Read:
    """An entry as read (`None` if it is left out), and the texts of it that were not recognised, by kind."""

    entry: Entry | None
    unrecognised: tuple[tuple[str, str], ...] = ()


@dataclass
class Texts:
    """Reads the texts of registers; every distinct one once."""

    vocabulary: Vocabulary
    decisions: Decisions = field(default_factory=NoDecisions)
    unrecognised: Counter[tuple[str, str]] = field(default_factory=Counter)
    _days: dict[tuple[str, str], date | Wrong | None] = field(default_factory=dict)
    _entries: dict[tuple[Any, ...], Read | Wrong] = field(default_factory=dict)

    # ── days ─────────────────────────────────────────────────────────────────────────────────────

    def day(self, column: str, cell: Cell) -> date | None:
        """The day in a cell; `None` where it is empty or says that the end is still open. Raises `Wrong`."""
        if cell is None:
            return None
        if isinstance(cell, date):
            return _common(cell)
        key = (column, str(cell))
        if key not in self._days:
            try:
                self._days[key] = self._day(column, str(cell).strip())
            except Wrong as wrong:
                self._days[key] = wrong
        found = self._days[key]
        if isinstance(found, Wrong):
            raise found
        return found

    def _day(self, column: str, text: str) -> date | None:
        if text.isdecimal() and int(text) in _SERIALS:
            return _common(_EXCEL_DAY_0 + timedelta(days=int(text)))
        if text.casefold() in _OPEN and column == "to":
            return None
        if text.casefold() in _EMPTY:
            return None
        if match := _TIME_OF_DAY.match(text):
            text = match[1]
        day = parse_date(text)
        if isinstance(day, DateProblem):
            raise Wrong(day.code, **day.args)
        return day

    def is_day(self, column: str, cell: Cell) -> bool:
        """Whether a cell can hold a day."""
        try:
            self.day(column, cell)
        except Wrong:
            return False
        return True

    # ── entries ──────────────────────────────────────────────────────────────────────────────────

    def posting(self, told: Mapping[str, Cell], begun: date | None) -> Entry | None:
        """What a row tells of a posting but for its days; `None` if such are left out. Raises `Wrong`."""
        era = "" if begun is None else "old" if begun < date(2016, 1, 1) else "new"
        return self._read("posting", told, era)

    def qualification(self, told: Mapping[str, Cell]) -> Entry | None:
        """What a row tells of a qualification but for its day. Raises `Wrong`."""
        return self._read("qualification", told, "")

    def work(self, told: Mapping[str, Cell]) -> Entry | None:
        """What a row tells of work done but for its days. Raises `Wrong`."""
        return self._read("work", told, "")

    def is_none(self, cell: Cell) -> bool:
        """Whether a cell says that there is none."""
        return str(cell).strip().casefold() in _NONE

    def _read(self, name: str, told: Mapping[str, Cell], era: str) -> Entry | None:
        key = (name, era, *((k, v) for k, v in told.items() if v is not None))
        found = self._entries.get(key)
        if found is None:
            texts = {k: str(v).strip() for k, v in told.items() if v is not None}
            try:
                found = getattr(self, f"_{name}")(texts)
            except Wrong as wrong:
                found = wrong
            assert isinstance(found, Read | Wrong)
            self._entries[key] = found
        if isinstance(found, Wrong):
            raise found
        self.unrecognised.update(found.unrecognised)
        return found.entry

    def _posting(self, texts: dict[str, str]) -> Read:
        words = self.vocabulary
        entry: dict[str, Any] = {}
        unknown: list[tuple[str, str]] = []
        if status := texts.get("status"):
            if any(word in status.casefold() for word in _ACTING):
                entry["acting"] = True
            elif any(word in status.casefold() for word in _CONCURRENT):
                entry["concurrent"] = True
            elif status.casefold() in _YES:
                entry["acting"] = True
            elif status.casefold() not in _HELD and status.casefold() not in _EMPTY:
                unknown.append(("status", status))
        kind = self._named("type", "position_type", texts.get("type"), unknown)
        level = self._level(texts, kind, entry, unknown)
        title = texts.get("position") or texts.get("title")
        position: str | None = None
        if title and title.casefold() not in _EMPTY:
            entry["title"] = title
            meant = self.decisions.meaning("post", title)
            if meant == LEAVE_OUT:
                return Read(None)
            position = words.resolve("position", meant or title)
            if position is None and texts.get("level"):
                position = words.resolve("position", f"{meant or title} {texts['level']}")
            rank = words.resolve("rank", meant) if meant and position is None else None
            if rank is not None:
                kind, level = rank.split(".")
            elif position is None and (kind is None or kind.endswith("_local")):
                unknown.append(("post", title))
                kind = level = None
                entry.pop("c_level", None)
        if any(name == "status" for name, _ in unknown):  # what was held, and how, is not known then
            return Read({key: value for key, value in entry.items() if key == "title"}, tuple(unknown))
        if position is not None:
            if kind is not None and (kind, level or words.placement(position)[1]) != words.placement(
                position
            ):
                found, at = excerpt(title or ""), excerpt(texts.get("level") or texts.get("type") or "")
                raise Wrong("roster_level_differs", found=found, level=at)
            entry["position"] = position
            entry.pop("c_level", None)
        else:
            entry |= {key: value for key, value in (("type", kind), ("level", level)) if value is not None}
        if told := texts.get("equivalent_to"):
            if equal := words.resolve("rank", self.decisions.meaning("rank", told) or told):
                entry["equivalent_to"] = equal
            elif told.casefold() not in _EMPTY:
                unknown.append(("rank", told))
                return Read({"title": title} if title else {}, tuple(unknown))
        return Read(entry, tuple(unknown))

    def _level(
        self,
        texts: Mapping[str, str],
        kind: str | None,
        entry: dict[str, Any],
        unknown: list[tuple[str, str]],
    ) -> str | None:
        told = texts.get("c_level") or texts.get("level")
        if told is None or told.casefold() in _EMPTY:
            return None
        if (match := _C_LEVEL.match(_arabic(told).casefold())) and kind is not None:
            if self.vocabulary.level_of_c(kind, int(match[1])) is None:
                raise Wrong("roster_c_level", found=excerpt(told))
            entry["c_level"] = int(match[1])
            return None
        level = self._named("level", "level", texts.get("level"), unknown)
        if level is not None and kind is not None and level not in self.vocabulary.levels_of(kind):
            raise Wrong(
                "roster_level_not_of_type",
                found=excerpt(told),
                type=self.vocabulary.name("position_type", kind),
            )
        return level

    def _named(
        self, kind: str, category: str, text: str | None, unknown: list[tuple[str, str]]
    ) -> str | None:
        if text is None or text.casefold() in _EMPTY:
            return None
        found = self.vocabulary.resolve(category, self.decisions.meaning(kind, text) or text)
        if found is None:
            unknown.append((kind, text))
        return found

    def _qualification(self, texts: dict[str, str]) -> Read:
        unknown: list[tuple[str, str]] = []
        told = texts.get("degree", "")
        if self.decisions.meaning("degree", told) == LEAVE_OUT:
            return Read(None)
        entry: dict[str, Any] = {}
        degree = self._named("degree", "degree", told, unknown)
        if degree is not None:
            entry["degree"] = degree
        if field_told := texts.get("field"):
            meant = self.decisions.meaning("field", field_told)
            entry["field"] = field_told if meant == LEAVE_OUT else None
            if meant != LEAVE_OUT:
                entry["field"] = self._named("field", "field", field_told, unknown)
        if approved := texts.get("approved"):
            if approved.casefold() in _YES:
                entry["approved"] = True
            elif approved.casefold() in _NO:
                entry["approved"] = False
            elif approved.casefold() not in _EMPTY:
                unknown.append(("approved", approved))
        return Read(entry, tuple(unknown))

    def _work(self, texts: dict[str, str]) -> Read:
        unknown: list[tuple[str, str]] = []
        told = texts.get("work", "")
        if self.decisions.meaning("work", told) == LEAVE_OUT:
            return Read(None)
        work = self._named("work", "work", told, unknown)
        return Read({"work": work} if work else {}, tuple(unknown))

    def fits(self, column: str, cell: Cell) -> bool:
        """Whether a cell can be what a column holds; for guessing the columns of a sheet."""
        if column in ("from", "to", "obtained"):
            return self.is_day(column, cell)
        category = {"degree": "degree", "position": "position", "type": "position_type"}.get(column, column)
        if column in ("level", "type", "degree", "work", "position"):
            text = _arabic(str(cell)).casefold()
            return bool(
                self.vocabulary.resolve(category, str(cell)) or (column == "level" and _C_LEVEL.match(text))
            )
        return True


def _arabic(text: str) -> str:
    return text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


def _common(day: date) -> date:
    """A day whose year was typed as พ.ศ. into a column of days."""
    return day.replace(year=day.year - 543) if day.year >= 2400 else day
