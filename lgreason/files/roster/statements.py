"""What the cells of registers state of declared facts, as the entries that a person's file would hold.

A cell is read as its attribute is declared, by what reads files. What is not understood is listed, and leaves its
attribute not known where that is what its absence means, else the whole fact; so it never passes for an absence that
says something.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from lgreason.files.facts.reading import FactReader
from lgreason.files.roster.recognised import (
    EMPTY,
    LEAVE_OUT,
    NO_WORDS,
    NONE_WORDS,
    YES_WORDS,
    Texts,
    Wrong,
    common,
)
from lgreason.files.roster.record import source_of
from lgreason.files.roster.sheets import Cell
from lgreason.files.roster.stated import BY_NAME, NAME, OWN_COLUMNS, VALUE, Holds, StatedColumns
from lgreason.files.source.read import Source, excerpt
from lgreason.rules.declared import NUMBERS, OF_ENTRIES, Fact, word
from lgreason.rules.findings import Finding

_SEPARATED = re.compile(r"\s*[,;/\n]\s*")
_OF_FULL = re.compile(r"(?P<score>[^/]+)/(?P<full>[^/]+)")
_SOURCE: Source = source_of({}, "")


class CellRemark(Enum):
    """What a cell says that is no value."""

    EMPTY = "empty"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    LEFT_OUT = "left out"


SAID, NONE, UNKNOWN = "said", "none", "unknown"
Statement = tuple[str, str, str]
"""A fact, whether an entry of it is said, is known to be none, or is not known, and the entry as JSON."""


@dataclass
class Statements:
    """Reads what rows state of declared facts; every distinct cell of a column once."""

    columns: StatedColumns
    texts: Texts
    latest: date
    _cells: dict[tuple[str, Cell], tuple[Any, tuple[str, str] | None]] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Wrong | None] = field(default_factory=dict)

    @property
    def unrecognised(self) -> Counter[tuple[str, str]]:
        """Every text that was not understood, by column, with its count."""
        return self.texts.unrecognised

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def of_row(self, told: Mapping[str, Cell]) -> list[Statement]:
        """What a row states of facts that stand by themselves. Raises `Wrong`."""
        found = []
        for fact, cells in self._by_fact(told):
            if fact.id in OWN_COLUMNS:
                continue
            parts = [[each] for each in self._under_names(cells)] if fact.shape.name in BY_NAME else [cells]
            statements = (self._statement(fact, part) for part in parts)
            found += [statement for statement in statements if statement is not None]
        return found

    def further(self, name: str, told: Mapping[str, Cell]) -> str | None:
        """What a row states besides of an entry of a list that every person has, as JSON. Raises `Wrong`."""
        for fact, cells in self._by_fact(told):
            if fact.id == name:
                entry, _ = self._entry(fact, cells)
                if entry:
                    self._check(fact, entry)
                    return json.dumps(entry, ensure_ascii=False)
        return None

    def fits(self, column: str, cell: Cell) -> bool:
        """Whether a cell can be what a column holds; for guessing the columns of a sheet."""
        holds = self.columns.holds(column)
        if holds is None or holds.part == NAME:
            return True
        value, unread = self._read(holds, cell)
        return value is not CellRemark.UNKNOWN and unread is None

    def _by_fact(self, told: Mapping[str, Cell]) -> list[tuple[Fact, list[tuple[Holds, Cell]]]]:
        found: dict[str, tuple[Fact, list[tuple[Holds, Cell]]]] = {}
        for column, cell in told.items():
            holds = self.columns.holds(column) if cell is not None else None
            if holds is not None:
                found.setdefault(holds.fact.id, (holds.fact, []))[1].append((holds, cell))
        return list(found.values())

    def _statement(self, fact: Fact, cells: Sequence[tuple[Holds, Cell]]) -> Statement | None:
        if fact.value is not None and fact.shape.name == "one":
            value = self.read(*cells[0])
            if value is CellRemark.UNKNOWN:
                return self._unknown(fact, cells[0][1])
            if value is CellRemark.NOTHING:
                value = "none"
            if isinstance(value, CellRemark):
                return None
            return fact.id, SAID, json.dumps(value, ensure_ascii=False)
        entry, state = self._entry(fact, cells)
        if state is CellRemark.UNKNOWN:
            return self._unknown(fact, next(cell for _, cell in cells))
        if state is CellRemark.NOTHING:
            return fact.id, NONE, ""
        if entry is None:
            return None
        self._check(fact, entry)
        return fact.id, SAID, json.dumps(entry, ensure_ascii=False)

    def _under_names(self, cells: Sequence[tuple[Holds, Cell]]) -> list[tuple[Holds, Cell]]:
        """The cells of a fact whose values stand under names; a name and a value in two columns are one cell."""
        parts = {holds.part: (holds, cell) for holds, cell in cells if holds.part}
        found = [each for each in cells if not each[0].part]
        if NAME in parts and VALUE in parts:
            holds, cell = parts[VALUE]
            of_name, written = parts[NAME][0].id, str(parts[NAME][1]).strip()
            name = self.texts.decisions.meaning(of_name, written) or written
            kinds = holds.fact.shape.args[:-1]
            if kinds and self.columns.terms.resolve(word(kinds[0]), name) is None:
                self.unrecognised[of_name, written] += 1
            found.append((Holds(holds.id, holds.fact, (name,), holds.type, holds.attribute), cell))
        return found

    def _entry(
        self, fact: Fact, cells: Sequence[tuple[Holds, Cell]]
    ) -> tuple[dict[str, Any] | None, CellRemark | None]:
        """The entry that some cells make; or that there is none, or that the whole fact is not known."""
        entry: dict[str, Any] = {}
        nothing: list[Holds] = []
        told = False
        for holds, cell in cells:
            value = self.read(holds, cell)
            if value is CellRemark.LEFT_OUT:
                return None, None
            if value is CellRemark.EMPTY:
                continue
            if value is CellRemark.NOTHING:
                nothing.append(holds)
            elif value is CellRemark.UNKNOWN:
                told = True
                if fact.shape.name not in BY_NAME and not self._absent_is_unknown(holds):
                    if fact.id in OWN_COLUMNS:
                        raise Wrong("roster_not_read", found=excerpt(str(cell)))
                    return None, CellRemark.UNKNOWN
            else:
                told = True
                _put(entry, fact, holds.path, value)
        if not told:
            return None, CellRemark.NOTHING if nothing and fact.shape.name != "one" else None
        for holds in nothing:
            _put(entry, fact, holds.path, "none")
        if fact.shape.name in BY_NAME and not entry:
            return None, None
        return entry, None

    @staticmethod
    def _absent_is_unknown(holds: Holds) -> bool:
        return holds.attribute is None or holds.attribute.absent.name == "not_known"

    def _unknown(self, fact: Fact, cell: Cell) -> Statement:
        """That a fact is not known of someone; where absence means something else, the row cannot be used."""
        if fact.absent.name != "not_known":
            raise Wrong("roster_not_read", found=excerpt(str(cell)))
        return fact.id, UNKNOWN, ""

    def _check(self, fact: Fact, entry: Mapping[str, Any]) -> None:
        """Raise `Wrong` for an entry that cannot be as it is told: one that ends before it begins."""
        if fact.shape.name not in OF_ENTRIES:
            return
        key = (fact.id, json.dumps(entry, ensure_ascii=False, sort_keys=True))
        if key not in self._entries:
            reader = self._reader()
            reader.value((fact.id,), fact.shape, fact.attributes, [entry], None)
            self._entries[key] = _wrong(reader.findings)
        if (wrong := self._entries[key]) is not None:
            raise wrong

    # ── cells ────────────────────────────────────────────────────────────────────────────────────

    def read(self, holds: Holds, cell: Cell) -> Any:
        """The value in a cell as a file would hold it, or what it says otherwise; counts what is not read."""
        value, unread = self._read(holds, cell)
        if unread is not None:
            self.unrecognised[unread] += 1
        return value

    def _read(self, holds: Holds, cell: Cell) -> tuple[Any, tuple[str, str] | None]:
        if cell is None:
            return CellRemark.EMPTY, None
        key = (holds.id, cell)
        found = self._cells.get(key)
        if found is None or type(cell) is bool:
            found = self._cells[key] = self._cell(holds, cell)
        return found

    def _cell(self, holds: Holds, cell: Cell) -> tuple[Any, tuple[str, str] | None]:
        text = cell.strip() if isinstance(cell, str) else cell
        meant: str | None = None
        unread = (holds.id, str(cell).strip())
        if isinstance(text, str):
            meant = self.texts.decisions.meaning(holds.id, text)
            if meant == LEAVE_OUT:
                return CellRemark.LEFT_OUT, None
            text = meant or text
            if text.casefold() in EMPTY:
                return CellRemark.EMPTY, None
            if text.casefold() in NONE_WORDS:
                return (False if holds.type.name == "yes_no" else CellRemark.NOTHING), None
        raw = self._raw(holds, text)
        if isinstance(raw, CellRemark):
            return raw, unread if raw is CellRemark.UNKNOWN else None
        reader = self._reader()
        reader.value(holds.path, holds.type, {}, raw, holds.attribute)
        another = any(warning.code == "fact_term_other" for warning in reader.warnings) and meant is None
        if reader.findings or another:  # a term that is not known is another only where that was decided
            return CellRemark.UNKNOWN, unread
        return raw, unread if reader.warnings and meant is None else None

    def _reader(self) -> FactReader:
        return FactReader(_SOURCE, self.columns.declarations, self.columns.terms, self.latest)

    def _raw(self, holds: Holds, cell: Any) -> Any:
        """A cell as it would stand in a file, by its type."""
        kind = holds.type.name
        if kind == "date":
            return self._day(holds, cell)
        if isinstance(cell, date):
            return common(cell).isoformat() if kind == "text" else CellRemark.UNKNOWN
        if kind == "yes_no":
            said = str(cell).casefold()
            return True if said in (*YES_WORDS, "มี") else False if said in NO_WORDS else CellRemark.UNKNOWN
        if kind == "terms":
            return [each for each in _SEPARATED.split(str(cell)) if each]
        if kind == "score":
            match = _OF_FULL.fullmatch(str(cell))
            return match.groupdict() if match else {"score": cell}
        if kind in NUMBERS or kind == "year":
            return cell if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)
        return str(cell)

    def _day(self, holds: Holds, cell: Any) -> Any:
        if isinstance(cell, date):
            return common(cell).isoformat()
        absent = holds.attribute.absent.name if holds.attribute is not None else ""
        goes_on = absent in ("still", "none", "still_if")
        found = self.texts.recogniser.recognise("date", str(cell), {"column": "to" if goes_on else "from"})
        day = found.reading.get("date")
        if found.outcome == "several" and found.why == "serial":
            day = found.choices[0].get("date")
        if day == "open":
            return CellRemark.EMPTY if goes_on else CellRemark.UNKNOWN
        if day is not None:
            return str(day)
        return str(cell) if "earliest" in found.reading else CellRemark.UNKNOWN


def _put(entry: dict[str, Any], fact: Fact, path: tuple[str, ...], value: Any) -> None:
    """Put a value at its path into an entry; where the path leads through a list, into its one entry."""
    if fact.shape.name in BY_NAME:
        entry[path[0]] = value
        return
    at = entry
    for size, step in enumerate(path[:-1], 1):
        attribute = fact.attribute(path[:size])
        if attribute is not None and attribute.type.name in OF_ENTRIES:
            at = at.setdefault(step, [{}])[0]
        else:
            at = at.setdefault(step, {})
    at[path[-1]] = value


def _wrong(findings: Sequence[Finding]) -> Wrong | None:
    return Wrong(findings[0].code, **findings[0].args) if findings else None
