"""Lengths of time as people write them on a command line: 1 ปี, 6 เดือน, 1 year 6 months, 1y6m, 18."""

from __future__ import annotations

import re

from lgreason.words.plain import plain_text

_YEARS = r"(?:ปี|years?|yrs?|y)"
_MONTHS = r"(?:เดือน|months?|mo|m)"
_WRITTEN = re.compile(
    rf"(?:(?P<years>[0-9]{{1,2}})\s*{_YEARS})?\s*(?:และ|and)?\s*(?:(?P<months>[0-9]{{1,3}})\s*{_MONTHS})?"
)


def months_of(text: str) -> int | None:
    """The months of a length in years, months or both; `None` where a text tells neither."""
    match = _WRITTEN.fullmatch(plain_text(text).strip())
    if match is None or not (match["years"] or match["months"]):
        return None
    return 12 * int(match["years"] or 0) + int(match["months"] or 0)
