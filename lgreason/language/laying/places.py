"""From the printed number of a provision to its clause: «ข้อ ๒ (ก)», "item 2 (a)", «ระดับกลาง ข้อ ๒.๒»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lgreason.rules.model import Clause
from lgreason.words.plain import plain_text

_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_STEP = re.compile(
    r"\(([0-9]{1,2}|[ก-ฮ]|[a-z])\)|(?:ข้อย่อย|อนุ|ข้อ|items? "
    r"|paragraph |clause |no\. ?)([0-9]+(?:\.[0-9]+)*)(?:/([0-9]+))?"
    r"|(?<![0-9.(/])([0-9]+(?:\.[0-9]+)+)"
)
_PARAGRAPH = re.compile(
    r"วรรค(?:ที่)?(หนึ่ง|สอง|สาม|สี่|ห้า|[0-9]+|แรก|ท้าย)|(first|second|third|last) paragraph(?: of)?"
)
_ORDER = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_EDGES = re.compile(
    r"^(?:ของ|แห่ง|ใน|และ|(?:of|in|and)(?![a-z])|[, ])+|(?:ของ|แห่ง|ใน|และ| of| in| and|[, ])+$"
)


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision as it is named: its number as steps from the outermost, what else is said of it, an id if given."""

    steps: tuple[int, ...]
    words: str
    identity: str | None = None
    paragraph: str | None = None
    inserted: int | None = None
    """The 1 of «ข้อ ๒/๑», an item put in after item 2."""
    marks: tuple[str, ...] = ()


def place_named(text: str) -> Provision:
    """The provision that words name; `text` without spaces in Thai."""
    text = plain_text(text)
    if found := _ID.search(text):
        return Provision((), "", found[0])
    paragraph = _PARAGRAPH.search(text)
    rest = _PARAGRAPH.sub("", text)
    outer: list[tuple[int, ...]] = []
    inner: list[tuple[int, ...]] = []
    marks: list[str] = []
    inserted: int | None = None
    for match in _STEP.finditer(rest):
        if match[1]:
            inner.append((_number(match[1]),))
            marks.append(match[1])
        else:
            outer.append(tuple(int(part) for part in (match[2] or match[4]).split(".")))
            marks.append(match[2] or match[4])
            inserted = int(match[3]) if match[3] else inserted
    # «(ค) ของข้อ ๒» names the item after its part, «ข้อ ๒ (ค)» before it: numbers lead, brackets follow.
    steps = tuple(step for group in (*outer, *inner) for step in group)
    words = _EDGES.sub("", " ".join(_STEP.sub(" ", rest).split())) if steps else rest
    shown = paragraph[1] or paragraph[2] if paragraph else None
    return Provision(steps, words, None, shown, inserted, tuple(marks))


def _number(mark: str) -> int:
    if mark.isdigit():
        return int(mark)
    if mark in _ORDER:
        return 1 + _ORDER.index(mark)
    return ord(mark) - 96


Label = tuple[int, int | None]
"""The number under which an amendment put an item in: 3 of «(ค)»; 2 and 1 of «ข้อ ๒/๑»; 0 where it has none."""


class Provisions:
    """The provisions of documents by their printed numbers."""

    def __init__(self, clauses: Mapping[str, Clause], labels: Mapping[str, Label]) -> None:
        """Take every clause as it stands on a day, and the numbers of items that amendments put in.

        The others keep the numbers that they were printed with, whatever was put in between them.
        """
        self._clauses = clauses
        self._labels = labels
        self._parents: dict[str, list[str]] = {}
        for clause in clauses.values():
            for part in clause.parts:
                self._parents.setdefault(part, []).append(clause.id)

    def of(self, named: Provision, document: str | None) -> tuple[str, ...]:
        """The clauses that are so named in a document; more than one where it is not clear which."""
        if named.identity is not None:
            return (named.identity,) if named.identity in self._clauses else ()
        if not named.steps:
            return ()
        found = [c for c in self._clauses.values() if c.document == document and self._is(c, named)]
        if named.words:
            near = [c for c in found if plain_text(named.words) in plain_text(f"{c.place.th} {c.place.en}")]
            found = near
        best = [c for c in found if self._printed(c) == named.steps and c.id not in self._labels]
        return tuple(c.id for c in best or found)

    def _is(self, clause: Clause, named: Provision) -> bool:
        _, inserted = self._labels.get(clause.id, (0, None))
        if inserted != named.inserted:
            return False
        printed = () if clause.id in self._labels else self._printed(clause)
        return named.steps in (printed, *self._numbers(clause.id, len(named.steps)))

    @staticmethod
    def _printed(clause: Clause) -> tuple[int, ...]:
        """The number at the end of the place of a clause: «ระดับกลาง ข้อ ๒.๒» is 2, 2."""
        place = plain_text(clause.place.th)
        match = re.search(r"ข้อ([0-9]+(?:\.[0-9]+)*)((?:\((?:[0-9]{1,2}|[ก-ฮ])\))*)$", place)
        if match is None:
            return ()
        inner = [_number(mark) for mark in re.findall(r"\(([^)]+)\)", match[2])]
        return (*(int(part) for part in match[1].split(".")), *inner)

    def _numbers(self, identity: str, depth: int) -> Iterator[tuple[int, ...]]:
        """The numbers of a clause by where it stands among the parts of those above it, up from a root."""
        clauses = self._clauses
        path: list[int] = []
        at = identity
        while len(path) <= depth:
            homes = self._homes(at)
            if len(homes) != 1 or at not in clauses[homes[0]].parts:
                if path and not homes:
                    yield tuple(path)
                return
            path.insert(0, self._number_in(clauses[homes[0]], at))
            at = homes[0]

    def _number_in(self, home: Clause, part: str) -> int:
        """The number of a part of a list: that with which it was put in, or its place among the others."""
        if part in self._labels:
            return self._labels[part][0]
        return [p for p in home.parts if p not in self._labels].index(part) + 1

    def _homes(self, identity: str) -> list[str]:
        """The clause of which one is a part: of several the one of its own document whose id begins alike."""
        parents = self._parents.get(identity, [])
        if len(parents) < 2:
            return parents
        document = self._clauses[identity].document
        own = [p for p in parents if self._clauses[p].document == document]
        alike = [p for p in own if identity.startswith(f"{p}.")]
        return alike[:1] or own[:1]
