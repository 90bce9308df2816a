"""Completing a line anywhere, also in unspaced Thai: by the names and words of which its ending is the beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lgreason.files.source.read import ENDINGS
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.patterns import FILLER, offered_words
from lgreason.words.forms import Kind
from lgreason.words.plain import DEPENDENT, is_thai, plain, plain_text

MOST = 60
_AFTER_A_WORD: tuple[Kind, ...] = (
    "PERSON_NAME",
    "POSITION_NAME",
    "ORGANISATION_NAME",
    "UNIT_NAME",
    "POST_NAME",
)
_TAKING_A_FILE = ("LOAD", "SAVE", "TRANSCRIPT", "DRAW", "EXPORT")


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that may stand from `start` of the line to its end."""

    start: int
    text: str


def complete(line: str, lexicon: Lexicon) -> list[Completion]:
    """The words with which a line may go on: those that complete its last word, or those that may follow it."""
    if files := _of_a_file(line):
        return files[:MOST]
    begun = _by_ending(line, lexicon)
    whole = not line or line.endswith(" ") or _ends_whole(line, lexicon)
    if whole and not (begun and begun[0].start < len(line.rstrip()) - 1 and not _ends_whole(line, lexicon)):
        return [*_following(line, lexicon), *begun][:MOST]
    return begun[:MOST]


def _ends_whole(line: str, lexicon: Lexicon) -> bool:
    """Whether a line ends with a whole word or name."""
    text = plain_text(line)
    known = {key for key, _ in offered_words()}
    return any(text.endswith(key) for key in known) or any(
        text.endswith(key) for kind in _AFTER_A_WORD for key in lexicon.words[kind]
    )


def _by_ending(line: str, lexicon: Lexicon) -> list[Completion]:
    """Words of which the longest possible ending of the line is the beginning.

    Names of whom or what is asked about go before those of clauses and readings, and these before other words.
    """
    others = [kind for kind in lexicon.words if kind not in _AFTER_A_WORD]
    asked, names = (
        [(key, word.shown) for kind in kinds for key, word in lexicon.words[kind].items() if word.offered]
        for kinds in (_AFTER_A_WORD, others)
    )
    tiers = (asked, names, list(offered_words()))
    for start in range(len(line)):
        inside = start and line[start - 1].isascii() and line[start - 1].isalnum() and line[start].isascii()
        if line[start].isspace() or line[start] in DEPENDENT or (inside and line[start].isalnum()):
            continue
        begun = plain_text(line[start:])
        found = next(filter(None, (_beginning(begun, words) for words in tiers)), []) if begun else []
        if found:
            return [Completion(start, text) for text in found]
    return []


def _beginning(begun: str, words: Iterable[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(shown for key, shown in words if key.startswith(begun) and key != begun))


def _following(line: str, lexicon: Lexicon) -> list[Completion]:
    """Names that may follow a whole word, in its script."""
    last = line.rstrip()[-1:]
    scripts = {is_thai(sign) for sign in line if sign.isalpha()}
    gap = " " if last.isascii() and last.isalnum() and not line.endswith(" ") else ""
    found = []
    for kind in _AFTER_A_WORD:
        for key, word in lexicon.words[kind].items():
            script = {is_thai(sign) for sign in key if sign.isalpha()}
            if word.offered and (len(scripts) != 1 or script <= scripts):
                found.append(Completion(len(line), f"{gap}{word.shown}"))
    return found


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_a_file(line: str) -> list[Completion]:
    """Files and folders, where a line begins with a word that takes one."""
    sentence = plain(line)
    for key in _file_words():
        if sentence.text.startswith(key) and (len(sentence.text) > len(key) or line.endswith(" ")):
            start = sentence.place(len(key))
            start += len(line[start:]) - len(line[start:].lstrip())
            return [Completion(start, path) for path in _files(line[start:])]
    return []


@cache
def _file_words() -> tuple[str, ...]:
    from lgreason.repl.understanding.patterns import word_forms

    found = (key for key, tags in word_forms().items() if tags & set(_TAKING_A_FILE) and FILLER not in tags)
    return tuple(sorted(found, key=len, reverse=True))


def _files(begun: str) -> Iterator[str]:
    """Person files and folders whose path begins so."""
    folder, _, name = begun.rpartition("/")
    try:
        entries: Iterable[Path] = sorted(
            Path(f"{folder}/" if folder or begun.startswith("/") else ".").expanduser().iterdir()
        )
    except (OSError, RuntimeError, ValueError):
        return
    for entry in entries:
        if entry.name.startswith(name) and not (entry.name.startswith(".") and not name):
            path = f"{folder}/{entry.name}" if "/" in begun else entry.name
            if entry.is_dir():
                yield f"{path}/"
            elif entry.suffix.lower() in ENDINGS and path != begun:
                yield path
