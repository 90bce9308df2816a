"""Completing a line anywhere, also in unspaced Thai: by what the grammar admits there, or else by its ending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lgreason.files.source.read import ENDINGS
from lgreason.repl.asked import Reached
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.question import every_word, reached
from lgreason.words.plain import DEPENDENT, is_thai, plain_text

MOST = 60


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that may stand from `start` of the line to its end."""

    start: int
    text: str


def complete(line: str, lexicon: Lexicon) -> list[Completion]:
    """The words with which a line may go on: those that complete its last word, or those that may follow it."""
    places = list(reached(line, lexicon))
    begun = next((found for place in places if (found := _completing(line, place))), [])
    if places[-1].start >= len(line.rstrip()):
        return [*_following(line, places[-1]), *begun][:MOST]
    if begun:
        return begun[:MOST]
    return _by_ending(line, lexicon)[:MOST]


def _completing(line: str, place: Reached) -> list[Completion]:
    """Words, or files, of which the line from a place on is the beginning."""
    written = line[place.start :]
    if place.takes_file:
        return [Completion(place.start, path) for path in _files(written)]
    begun = plain_text(written)
    if not begun:
        return []
    # Where a name may stand it is most likely meant: ทำไมสม is a person before it is สมัคร.
    found = list(_beginning(begun, place.names)) or list(_beginning(begun, place.words))
    return [Completion(place.start, text) for text in found]


def _beginning(begun: str, words: Iterable[tuple[str, str]]) -> Iterator[str]:
    return iter(dict.fromkeys(shown for key, shown in words if key.startswith(begun) and key != begun))


def _following(line: str, place: Reached) -> list[Completion]:
    """Words that may follow a whole sentence or part of one, in its script."""
    last = line.rstrip()[-1:]
    scripts = {is_thai(sign) for sign in line if sign.isalpha()}
    gap = " " if last.isascii() and last.isalnum() and not line.endswith(" ") else ""
    found = []
    for key, shown in (*place.names, *place.words):
        script = {is_thai(sign) for sign in key if sign.isalpha()}
        if len(scripts) != 1 or script <= scripts:
            found.append(Completion(len(line), f"{gap}{shown}"))
    return found


def _by_ending(line: str, lexicon: Lexicon) -> list[Completion]:
    """Words of which the longest possible ending of the line is the beginning."""
    words = list(every_word(lexicon))
    for start in range(len(line)):
        inside = start and line[start - 1].isascii() and line[start - 1].isalnum() and line[start].isascii()
        if line[start].isspace() or line[start] in DEPENDENT or (inside and line[start].isalnum()):
            continue
        if found := [Completion(start, text) for text in _beginning(plain_text(line[start:]), words)]:
            return found
    return []


def _files(begun: str) -> Iterator[str]:
    """Person files and folders whose path begins so."""
    folder, _, name = begun.rpartition("/")
    try:
        entries = sorted(
            Path(f"{folder}/" if folder or begun.startswith("/") else ".").expanduser().iterdir()
        )
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(name) and not (entry.name.startswith(".") and not name):
            path = f"{folder}/{entry.name}" if "/" in begun else entry.name
            if entry.is_dir():
                yield f"{path}/"
            elif entry.suffix.lower() in ENDINGS and path != begun:
                yield path
