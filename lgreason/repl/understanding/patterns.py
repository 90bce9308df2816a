"""The words of `grammar/words.toml`: each short pattern written out into the texts that it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from lgreason.rules.knowledge import folder
from lgreason.words.plain import plain_text

FILLER = "FILLER"
_MOST_REPEATED = 2
"""So many of the parts of `[a|b]*` may follow one another."""


@cache
def word_forms() -> Mapping[str, frozenset[str]]:
    """The plain form of every word, with the meanings (`WHY`, `FILLER`, …) that it may have."""
    with (folder("grammar") / "words.toml").open("rb") as stream:
        data = tomllib.load(stream)
    found: dict[str, set[str]] = {}
    for tag, patterns in ((FILLER, data["fillers"]), *data["words"].items()):
        for pattern in patterns:
            for text in written_out(pattern):
                found.setdefault(text, set()).add(tag)
    return {text: frozenset(tags) for text, tags in found.items()}


@cache
def offered_words() -> tuple[tuple[str, str], ...]:
    """The words that completion offers: of each meaning the first form of each pattern, plain and as it is shown."""
    with (folder("grammar") / "words.toml").open("rb") as stream:
        data = tomllib.load(stream)
    found: dict[str, str] = {}
    for patterns in data["words"].values():
        for pattern in patterns:
            text = min(written_out(pattern), key=len, default="")
            if len(text) > 1:
                found.setdefault(text, text)
    return tuple(found.items())


def written_out(pattern: str) -> Iterator[str]:
    """Every text, in plain form, that a pattern stands for.

    `(a|b)` is one of several, `[a|b]` one or none, `[a|b]*` none, one, or two after one another.
    """
    texts, end = _alternatives(pattern, 0)
    assert end == len(pattern), pattern
    for text in dict.fromkeys(texts):
        if key := plain_text(text):
            yield key


def _alternatives(pattern: str, at: int) -> tuple[Sequence[str], int]:
    """The texts of `a|b|…` from a place on, up to its closing bracket; with where that is."""
    found: list[str] = []
    texts, at = _sequence(pattern, at)
    found += texts
    while at < len(pattern) and pattern[at] == "|":
        texts, at = _sequence(pattern, at + 1)
        found += texts
    return found, at


def _sequence(pattern: str, at: int) -> tuple[Sequence[str], int]:
    texts: Sequence[str] = [""]
    while at < len(pattern) and pattern[at] not in "|)]":
        if pattern[at] in "([":
            optional = pattern[at] == "["
            inner, at = _alternatives(pattern, at + 1)
            at += 1  # its closing bracket
            parts = [*inner]
            if at < len(pattern) and pattern[at] == "*":
                at += 1
                parts += (
                    [one + other for one in inner for other in inner if one != other]
                    if _MOST_REPEATED > 1
                    else []
                )
            if at < len(pattern) and pattern[at] == "?":
                at, optional = at + 1, True
            parts += [""] if optional else []
            texts = [text + part for text in texts for part in parts]
        else:
            texts = [text + pattern[at] for text in texts]
            at += 1
    return texts, at
