"""What the headings of registers say that their columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from lgreason.files.roster.sheets import Cell
from lgreason.files.roster.stated import OWN_COLUMNS, StatedColumns, plain_heading
from lgreason.words.vocabulary import Vocabulary

OF_PERSON = ("id", "name", "prefix", "surname")
OF_EDUCATION = ("degree", "field", "obtained", "approved")
OF_POSTING = ("position", "type", "level", "c_level", "from", "to", "status", "equivalent_to")
OF_WORK = ("work",)
OF_ASIDE = ("aside_reason", "aside_source")
IGNORED = "serial"
FIELDS = (*OF_PERSON, *OF_EDUCATION, *OF_POSTING, *OF_WORK, *OF_ASIDE, IGNORED)
_NUMBERED = re.compile(r"^(.*?)[\s(]*([0-9๐-๙]{1,2})\)?$")
_NEAR = 0.82
_MOST_KEPT = 100_000
Meant = tuple[str | None, int, float]
"""What a column holds by its heading, the number of its group, and how sure that is."""


class Headings:
    """The headings that are known: those of registers, and the names of declared facts."""

    def __init__(self, rows: Mapping[str, Sequence[Sequence[Any]]], vocabulary: Vocabulary) -> None:
        """Take the facts `heading` and `note_begins` of the knowledge base, and its terms."""
        terms = vocabulary.of_facts
        self.stated = StatedColumns(terms.declarations, terms)
        self._fields: dict[str, str] = {}
        for field, text in rows.get("heading", ()):
            self._fields[plain_heading(str(text))] = field if isinstance(field, str) else field.name
        for field in FIELDS:
            self._fields.setdefault(plain_heading(field), field)
        self._notes = tuple(plain_heading(str(text)) for (text,) in rows.get("note_begins", ()))
        self._asked: dict[tuple[str, str | None], Meant] = {}
        self._begins: dict[str, bool] = {}

    def field(self, heading: str, about: str | None = None) -> Meant:
        """What a heading says a column holds; `about` is the fact whose entries the rows of the sheet are."""
        key = (heading, about)
        if key not in self._asked:
            self._asked[key] = self._field(heading, about)
        return self._asked[key]

    def is_field(self, name: str) -> bool:
        """Whether a column can hold what has this name."""
        return name in FIELDS or self.stated.holds(name) is not None or self.stated.own(name) is not None

    def _field(self, heading: str, about: str | None) -> Meant:
        found = self._exactly(heading, about)
        if found is not None:
            return found, 0, 1.0
        if match := _NUMBERED.match(heading.strip()):
            inner = self._exactly(match[1], about)
            if inner is not None:
                return inner, int(match[2]), 0.95
        if about is None or about in OWN_COLUMNS:
            return self._nearly(heading, self._fields)
        return self._nearly(heading, self.stated.headings_of(about))

    def _exactly(self, heading: str, about: str | None) -> str | None:
        if "." in heading and (named := heading.strip()) and self.is_field(named):
            return self.stated.own(named) or named
        own = self._fields.get(plain_heading(heading))
        if about is None:
            return own or self.stated.headed(heading)
        within = self.stated.headed_within(heading, about)
        if about in OWN_COLUMNS:  # the headings of registers come first for what registers have always held
            return own or within or self.stated.headed(heading)
        if own is not None and (own in (*OF_PERSON, *OF_ASIDE) or own.partition(".")[0] == about):
            return own
        return within or self.stated.headed(heading) or (own if own == IGNORED else None)

    def _nearly(self, heading: str, fields: Mapping[str, str]) -> Meant:
        key = plain_heading(heading)
        if not 3 <= len(key) <= 60:
            return None, 0, 0.0
        best, score = None, 0.0
        matcher = SequenceMatcher(None, "", key)
        for known, field in fields.items():
            matcher.set_seq1(known)
            ratio = matcher.ratio() if matcher.real_quick_ratio() >= _NEAR <= matcher.quick_ratio() else 0.0
            if len(known) >= 5 and key.startswith(known):
                ratio = max(ratio, 0.85)
            if ratio > score:
                best, score = field, ratio
        return (best, 0, round(score * 0.9, 2)) if score >= _NEAR else (None, 0, 0.0)

    def is_note(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is no record: a total, a remark, a signature, or a single text."""
        first = next((cell for cell in cells if cell is not None), None)
        if first is None or not isinstance(first, str):
            return first is None
        if first not in self._begins:
            if len(self._begins) > _MOST_KEPT:
                self._begins.clear()
            self._begins[first] = plain_heading(first).startswith(self._notes)
        return self._begins[first]
