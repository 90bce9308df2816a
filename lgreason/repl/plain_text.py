"""Text as it is compared: what writers do differently without meaning anything by it is taken away.

Thai puts no space between words, so a space beside a Thai letter says nothing; case, Thai digits, the many ways to
type one Thai syllable, and quotation marks say nothing either. Every sign remembers where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

# Nearly all text is made of these signs, and no syllable in it is typed oddly: it is folded in stretches.
_ORDINARY = re.compile("[\t\n\r -~\u0e01-\u0e5b\u200b\u2060\ufeff«»“”‘’…–—]*")
_GAP = "\0"
_FOLDED: dict[int, str | int | None] = {
    **{ord(letter): letter.lower() for letter in map(chr, range(65, 91))},
    **{ord(sign): " " for sign in (*_SPACE, *"\t\n\r")},
    **{ord(sign): _GAP for sign in _NOTHING},
    **{ord(sign): same for sign, same in _SAME.items()},
    **_DIGITS,
}
_STRETCH = re.compile(f"[^ {_GAP}]+")
_ODD = re.compile(
    f"เเ|[{''.join(_TONES)}][{''.join(_VOWELS_ON_A_LETTER)}]|ํ|ำ[{''.join(_TONES)}]|([{''.join(_TONES)}])\\1|สิทธิ์"
)


def is_thai(sign: str) -> bool:
    """Whether a sign is of the Thai script."""
    return "\u0e01" <= sign <= "\u0e5b"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in its plain form; `starts[i]` is where its sign `i` stood in the text as written."""

    text: str
    written: str
    starts: Sequence[int]

    def as_written(self, start: int, end: int) -> str:
        """What was written from one plain position to another."""
        return self.written[self.place(start) : self.place(end)].strip()

    def place(self, position: int) -> int:
        """Where in the written text a plain position stands."""
        return self.starts[position] if position < len(self.starts) else len(self.written)


def plain(written: str) -> Plain:
    """The plain form of a text, with the way back."""
    return _in_stretches(written) or _by_signs(written)


def _in_stretches(written: str) -> Plain | None:
    """The plain form of a text of ordinary signs, or none if there is something odd in it."""
    if not _ORDINARY.fullmatch(written):
        return None
    folded = written.translate(_FOLDED)
    kept: list[str] = []
    starts: list[int] = []
    standing, ended = "", 0  # the last two signs that stand, and where the stretch before ended
    for match in _STRETCH.finditer(folded):
        stretch, start = match[0], match.start()
        if standing and (space := folded.find(" ", ended, start)) >= 0 and not _joined(standing, stretch[0]):
            kept.append(" ")
            starts.append(space)
            standing += " "
        kept.append(stretch)
        ended = match.end()
        starts += range(start, ended)
        standing = (standing + stretch)[-2:]
    text = "".join(kept)
    return None if _ODD.search(text) else Plain(text, written, starts)


def _by_signs(written: str) -> Plain:
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


@lru_cache(maxsize=20_000)
def plain_text(written: str) -> str:
    """The plain form alone."""
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
    return _joined("".join(sign for sign, _ in signs[-2:]), after)


def _joined(standing: str, after: str) -> bool:
    """Whether a space after the last two signs that stand, and before the next sign, says nothing."""
    before = standing[-1]
    if is_thai(before) or is_thai(after) or before in "=(" or after in "=()":
        return True
    abbreviated = before == "." and len(standing) > 1 and is_thai(standing[-2])
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
    elif sign in _TONES and last == "ำ":
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
