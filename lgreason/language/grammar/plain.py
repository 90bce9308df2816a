"""The text of a rule as it is compared: that of questions, save that a colon is a space and 1,000 is a number."""

from __future__ import annotations

import re
from dataclasses import replace

from lgreason.words.plain import Plain, plain

_THOUSANDS = re.compile(r"(?<=[0-9๐-๙]),(?=[0-9๐-๙]{3})")
_SO_LONG = re.compile(r"(?<=[a-z0-9])-(?=(?:year|month|week|day) (?:period|term|span)\b)", re.IGNORECASE)
_NOTHING = "\u200b"


def plain_sentence(written: str) -> Plain:
    """The plain form of a sentence; every sign remembers where it stood."""
    found = plain(_SO_LONG.sub(" ", _THOUSANDS.sub(_NOTHING, written)).replace(":", " "))
    return replace(found, written=written)  # sign for sign as long


def plain_text(written: str) -> str:
    """The plain form alone."""
    return plain_sentence(written).text
