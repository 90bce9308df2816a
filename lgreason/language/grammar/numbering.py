"""The numbers of items as regulations print them: (1) (๒) ก. (ก) a) 1) and 1. with 1.1 below it; also the way back.

A style is told by the form of a number, so that lists of several styles may stand in each other. Numbers with points
name the items above them too: 2.1 stands below 2, where the text has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lgreason.rules.model import Language

THAI_ORDER = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
OPENS = frozenset("(0123456789-")
CLOSES = frozenset((")", "."))
"""What the number of an item begins or goes on with: a glance tells most places that have none."""
BEYOND = re.compile(r"\(?[0-9]{3,}\)")
_FORMS = (
    r"\(([0-9]{1,2})\)",
    r"\(([ก-ฮ])\)",
    r"\(([a-z])\)",
    r"([0-9]{1,2})\)",
    r"([ก-ฮ])\.(?![ก-ฮ]{1,3}\.)",
    r"([a-z])\)(?![a-z])",
    r"([0-9]{1,2}(?:\.[0-9]{1,2})+)\.?(?![0-9.%])",
    r"([0-9]{1,2})\.(?![0-9])",
)
ITEM = re.compile(r"(?:-\s?)?(?:" + "|".join(_FORMS) + ")")
_LETTERS, _POINTS, POINT = (2, 5), 7, 8


@dataclass(frozen=True, slots=True)
class Marker:
    """The number of an item: its style, which it is, and for one with points the numbers above it."""

    style: int
    number: int
    above: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """How it is printed."""
        letter = THAI_ORDER[min(self.number, len(THAI_ORDER)) - 1]
        latin = chr(96 + min(self.number, 26))
        forms = (
            *(f"({self.number})", f"({letter})", f"({latin})", f"{self.number})", f"{letter}.", f"{latin})"),
            ".".join(map(str, (*self.above, self.number))),
            f"{self.number}.",
        )
        return forms[min(self.style, POINT) - 1] if self.style < _POINTS or not self.above else forms[6]


def marker_at(text: str, start: int) -> tuple[Marker, re.Match[str]] | None:
    """The number of an item at a place of a plain text, with where it stands; none if there is none."""
    match = ITEM.match(text, start)
    if match is None:
        return None
    form = match.lastindex or 0
    sign = match[form]
    if form == _POINTS:
        *above, number = map(int, sign.split("."))
        return Marker(POINT + len(above), number, tuple(above)), match
    if sign.isdigit():
        return Marker(form, int(sign)), match
    return Marker(form, 1 + (THAI_ORDER.find(sign) if form in _LETTERS else ord(sign) - 97)), match


def may_follow(marker: Marker, last: int) -> bool:
    """Whether it may come after the item of a number in the same list; ข and ฃ are both second."""
    skipped = marker.style in _LETTERS and THAI_ORDER[marker.number - 1 : marker.number] == "ฃ"
    return marker.number == last + 1 or skipped


def printed(depth: int, number: int, language: Language) -> str:
    """The number of an item as it is written where its author gave none, by how deep its list lies."""
    thai = (1, 2, 4, 5)
    english = (1, 3, 4, 6)
    return Marker((thai if language == "th" else english)[depth], number).shown
