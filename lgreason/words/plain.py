"""Text as it is compared: what writers do differently without meaning anything by it is taken away.

Thai puts no space between words, so a space beside a Thai letter says nothing; case, Thai digits, the many ways to
type one Thai syllable, and quotation marks say nothing either. Every sign remembers where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_SPACE = frozenset(",;?!«»“”‘’\"'\u2026")
_SAME = {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "＝": "="}
_TONES = frozenset("่้๊๋์")
_VOWELS_ON_A_LETTER = frozenset("ัิีึืฺุู")
DEPENDENT = _TONES | _VOWELS_ON_A_LETTER | frozenset("ะาำๅ็ํ๎")
"""Signs that continue a syllable: no word of a sentence ends before one."""


# What is not simply taken over sign by sign: other scripts, signs out of order, and what is left out or joined.
_ODD = re.compile("[^\\x00-\\x7f\u0e01-\u0e5b«»“”‘’\u2026–—‐‑−＝]|เเ|ํ|[่้๊๋์][ัิีึืฺุู่้๊๋์]|[าำ][่้๊๋์]|สิทธิ์")
_WORD = re.compile("[^\\s,;?!«»“”‘’\"'\u2026]+")
_OTHERWISE = {**_SAME, **{chr(k): chr(v) for k, v in _DIGITS.items()}}
_FOLDED = re.compile(f"[{''.join(_OTHERWISE)}]")


def is_thai(sign: str) -> bool:
    """Whether a sign is of the Thai script."""
    return "\u0e01" <= sign <= "\u0e5b"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in its plain form; `starts[i]` is where its sign `i` stood in the text as written."""

    text: str
    written: str
    starts: tuple[int, ...]

    def as_written(self, start: int, end: int) -> str:
        """What was written from one plain position to another."""
        return self.written[self.place(start) : self.place(end)].strip()

    def place(self, position: int) -> int:
        """Where in the written text a plain position stands."""
        return self.starts[position] if position < len(self.starts) else len(self.written)


def plain(written: str) -> Plain:
    """The plain form of a text, with the way back."""
    if _ODD.search(written):
        return _sign_by_sign(written)
    found = _at_once(written)
    # Signs may have come together that stood apart, and be out of order now.
    return _sign_by_sign(written) if _ODD.search(found.text) else found


def _at_once(written: str) -> Plain:
    """The plain form of a text in which every syllable is spelt in the one order and every sign is plain."""
    lower = _FOLDED.sub(lambda match: _OTHERWISE[match[0]], written.lower())
    pieces: list[str] = []
    starts: list[int] = []
    standing = ""  # the last two signs
    for match in _WORD.finditer(lower):
        start, end = match.span()
        if standing and not _silent(standing[-1], standing[:-1], lower[start]):
            starts.append(starts[-1] + 1)
            pieces.append(" ")
            standing += " "
        pieces.append(match[0])
        starts.extend(range(start, end))
        standing = (standing + match[0])[-2:]
    return Plain("".join(pieces), written, tuple(starts))


def _sign_by_sign(written: str) -> Plain:
    signs: list[tuple[str, int]] = []
    space: int | None = None
    for at, sign in _signs(written):
        if sign == " ":
            space = at if space is None else space
            continue
        if space is not None:
            if signs and not _joins(signs, sign):
                signs.append((" ", space))
            space = None
        _append(signs, sign, at)
    return Plain("".join(sign for sign, _ in signs), written, tuple(at for _, at in signs))


@lru_cache(maxsize=1 << 14)
def plain_text(written: str) -> str:
    """The plain form alone; the words of a lexicon are asked for again and again."""
    return plain(written).text


def _signs(written: str) -> Iterator[tuple[int, str]]:
    for at, sign in enumerate(written):
        if sign in _NOTHING:
            continue
        if sign.isspace() or sign in _SPACE:
            yield at, " "
        else:
            lower = sign.lower()
            yield at, _SAME.get(sign, lower if len(lower) == 1 else sign).translate(_DIGITS)


def _joins(signs: list[tuple[str, int]], after: str) -> bool:
    """Whether the space between what stands and the next sign says nothing."""
    return _silent(signs[-1][0], signs[-2][0] if len(signs) > 1 else "", after)


def _silent(before: str, second: str, after: str) -> bool:
    """Whether a space between a sign (with the one before it) and the next says nothing."""
    if is_thai(before) or is_thai(after) or before in "=(" or after in "=()":
        return True
    abbreviated = before == "." and second != "" and is_thai(second)
    return abbreviated and not after.isdigit()


def _append(signs: list[tuple[str, int]], sign: str, at: int) -> None:
    """Add a sign, in the one order and spelling of its syllable."""
    last = signs[-1][0] if signs else ""
    if sign == "เ" and last == "เ":
        signs[-1] = ("แ", signs[-1][1])
    elif sign in _VOWELS_ON_A_LETTER and last in _TONES and last:
        signs.insert(-1, (sign, signs[-1][1]))
        _drop_silent(signs)
    elif sign == "า" and (last == "ํ" or (last in _TONES and len(signs) > 1 and signs[-2][0] == "ํ")):
        signs.remove(next(pair for pair in reversed(signs) if pair[0] == "ํ"))
        signs.append(("ำ", at))
    elif sign in _TONES and last in ("ำ", "า"):
        signs.insert(-1, (sign, signs[-1][1]))
    elif sign in _TONES and last == sign:
        pass  # struck twice
    else:
        signs.append((sign, at))
        _drop_silent(signs)


def _drop_silent(signs: list[tuple[str, int]]) -> None:
    """สิทธิ์ is สิทธิ: both are right, and officials write both."""
    if signs[-1][0] == "์" and "".join(sign for sign, _ in signs[-6:]) == "สิทธิ์":
        signs.pop()
