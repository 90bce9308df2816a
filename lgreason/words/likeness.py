"""Whether a text is a word, may be meant for it, or is another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lgreason.words.plain import plain
from lgreason.words.recognising.lexicon import is_slip


def likeness(text: str, names: Iterable[str]) -> bool | None:
    """Whether a text is one of the names of a thing.

    `None`, not known, where one holds the other or the text is but a slip of a name.
    """
    written = _key(text)
    found: bool | None = False
    for name in names:
        other = _key(name)
        if written == other:
            return True
        if written and other and (written in other or other in written or is_slip(written, other)):
            found = None
    return found


@lru_cache(maxsize=1 << 13)
def _key(text: str) -> str:
    return plain(text).text.replace(" ", "").casefold()
