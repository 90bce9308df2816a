"""The words of `grammar/words.toml`: each short pattern written out into the texts that it stands for."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from lgreason.rules.knowledge import folder
from lgreason.words.plain import plain_text

FILLER = "FILLER"
_FORM = "3"
"""Changes whenever the same patterns are written out differently."""


@cache
def word_forms() -> Mapping[str, frozenset[str]]:
    """The plain form of every word, with the meanings (`WHY`, `FILLER`, …) that it may have."""
    return {text: frozenset(tags) for text, tags in _written()["forms"].items()}


@cache
def offered_words() -> tuple[tuple[str, str], ...]:
    """The words that completion offers: of each pattern its shortest form, plain and as it is shown."""
    return tuple((text, text) for text in _written()["offered"])


@cache
def _written() -> dict[str, Any]:
    """Every pattern written out; kept in the user's cache, for that takes a while."""
    source = (folder("grammar") / "words.toml").read_bytes()
    file = _cache(hashlib.sha256(source + _FORM.encode()).hexdigest()[:16])
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(kept["forms"], dict) and isinstance(kept["offered"], list):
            return dict(kept)
    found = _write_out(tomllib.loads(source.decode()))
    with suppress(OSError):
        _keep(file, json.dumps(found, ensure_ascii=False))
    return found


def _cache(key: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return root / "lgreason" / f"words-{key}.json"


def _keep(file: Path, text: str) -> None:
    """Write a file of the cache whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(name).replace(file)


def _write_out(data: Mapping[str, Any]) -> dict[str, Any]:
    forms: dict[str, set[str]] = {}
    offered: dict[str, None] = {}
    kinds: Mapping[str, str] = data.get("kinds", {})
    for tag, patterns in ((FILLER, data["fillers"]), *data["words"].items()):
        for pattern in patterns:
            texts = list(written_out(pattern))
            for text in texts:
                forms.setdefault(text, set()).update((tag, kinds.get(tag, tag)))
            shortest = min(texts, key=len, default="")
            if len(shortest) > 1 and tag != FILLER:
                offered[shortest] = None
    return {"forms": {text: sorted(tags) for text, tags in forms.items()}, "offered": list(offered)}


def written_out(pattern: str) -> Iterator[str]:
    """Every text, in plain form, that a pattern stands for.

    `(a|b)` is one of several, `[a|b]` one or none, `[a|b]*` or `(a|b)*` none, one, or (where nothing else of the
    pattern is repeated) two after one another.
    """
    texts, end = _alternatives(pattern, 0, pattern.count("*") == 1)
    assert end == len(pattern), pattern
    for text in dict.fromkeys(texts):
        if key := plain_text(text):
            yield key


def _alternatives(pattern: str, at: int, twice: bool) -> tuple[Sequence[str], int]:
    """The texts of `a|b|…` from a place on, up to its closing bracket; with where that is."""
    found: list[str] = []
    texts, at = _sequence(pattern, at, twice)
    found += texts
    while at < len(pattern) and pattern[at] == "|":
        texts, at = _sequence(pattern, at + 1, twice)
        found += texts
    return found, at


def _sequence(pattern: str, at: int, twice: bool) -> tuple[Sequence[str], int]:
    texts: Sequence[str] = [""]
    while at < len(pattern) and pattern[at] not in "|)]":
        if pattern[at] not in "([":
            texts = [text + pattern[at] for text in texts]
            at += 1
            continue
        optional = pattern[at] == "["
        inner, at = _alternatives(pattern, at + 1, twice)
        at += 1  # its closing bracket
        parts = [*inner]
        if pattern[at : at + 1] == "*":
            at, optional = at + 1, True
            parts += [one + other for one in inner for other in inner if one != other] if twice else []
        if pattern[at : at + 1] == "?":
            at, optional = at + 1, True
        parts += [""] if optional else []
        texts = [text + part for text in texts for part in parts]
    return texts, at
