"""Names that are nearly those of someone loaded: Thai names in Latin letters, or misspelt by more than a sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from lgreason.repl.lexicon import TITLES
from lgreason.words.plain import is_thai, plain_text

ALIKE = 0.75
"""So alike two names in one script must be for one to be offered for the other."""

_FAMILIAR = ("คุณ", "พี่", "น้อง", "ป้า", "ลุง", "ท่าน", "khun ")

_CONSONANTS = {
    **dict.fromkeys("กขคฆ", "K"),
    **dict.fromkeys("จฉชฌ", "C"),
    **dict.fromkeys("ซศษส", "S"),
    **dict.fromkeys("ดฎตฏถฐทฑธฒ", "T"),
    **dict.fromkeys("บปผพภ", "P"),
    **dict.fromkeys("ฝฟ", "F"),
    **dict.fromkeys("นณ", "N"),
    **dict.fromkeys("ญย", "Y"),
    **dict.fromkeys("รลฬ", "R"),
    **dict.fromkeys("หฮ", "H"),
    "ง": "G",
    "ม": "M",
    "ว": "W",
}
_LATIN = (
    *(("ng", "G"), ("kh", "K"), ("ch", "C"), ("sh", "C"), ("th", "T"), ("ph", "P")),
    *(("k", "K"), ("g", "K"), ("c", "K"), ("j", "C"), ("s", "S"), ("z", "S"), ("d", "T"), ("t", "T")),
    *(("b", "P"), ("p", "P"), ("f", "F"), ("n", "N"), ("y", "Y"), ("r", "R"), ("l", "R"), ("h", "H")),
    *(("m", "M"), ("w", "W"), ("v", "W")),
)
_CLOSED = {"C": "T", "S": "T", "R": "N"}
"""How a consonant sounds that closes a syllable."""


def alike(name: str, people: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those whose first or last name is nearly a name as written, the one that is most alike alone."""
    written = _bare(plain_text(name))
    if len(written) < 3:
        return ()
    if not any(map(is_thai, written)):
        return tuple(i for i, whole in people.items() if any(_sounds(written, own) for own in _parts(whole)))
    sounding = tuple(
        i for i, whole in people.items() if any(_spoken(written) == _spoken(own) for own in _parts(whole))
    )
    if sounding and len(_spoken(written)) > 1:
        return sounding
    within = tuple(i for i, whole in people.items() if any(written in own for own in _parts(whole)))
    if within:
        return within
    found = {
        i: max((_ratio(written, own) for own in _parts(whole)), default=0.0) for i, whole in people.items()
    }
    best = max(found.values(), default=0.0)
    return tuple(i for i, ratio in found.items() if ratio == best) if best >= ALIKE else ()


def nearest(name: str, people: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """The ids of those whose names come nearest to a name, the nearest first."""
    written = _bare(plain_text(name))
    ranked = sorted(
        people, key=lambda i: -max((_ratio(written, own) for own in _parts(people[i])), default=0.0)
    )
    return tuple(ranked[:most])


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _parts(whole: str) -> Iterator[str]:
    bare = _bare(whole.lower())
    for part in bare.split():
        if key := plain_text(part):
            yield key


def _bare(name: str) -> str:
    for title in (*TITLES, *_FAMILIAR):
        if name.startswith(title.replace(".", "")) and len(name) > len(title) + 1 and not title.isascii():
            return name.removeprefix(title.replace(".", "")).removeprefix(title).strip()
        if name.startswith(title):
            return name.removeprefix(title).strip()
    return name


def _sounds(latin: str, thai: str) -> bool:
    """Whether a name in Latin letters may be a Thai name, by its consonants."""
    heard = _heard(latin.split()[0])
    if len(heard) < 2:
        return False
    spoken = _spoken(thai)
    return _closing([_CLOSED.get(sound, sound) for sound in heard]) == spoken


def _spoken(thai: str) -> list[str]:
    """The consonants of a Thai name as they may be heard; those that sound alike at an end are one."""
    return _closing([_CLOSED.get(c, c) for c in (_CONSONANTS[s] for s in _sounded(thai) if s in _CONSONANTS)])


def _closing(sounds: list[str]) -> list[str]:
    """The consonants without those that repeat the one before, and without a last one that only glides."""
    while len(sounds) > 2 and sounds[-1] in "YW":
        sounds = sounds[:-1]
    return [sound for n, sound in enumerate(sounds) if not n or sound != sounds[n - 1] or n < len(sounds) - 1]


def _sounded(thai: str) -> str:
    """A Thai name without the consonants that are not sounded, and those that only carry a vowel."""
    thai = thai.replace("รร", "น")
    signs = [
        s
        for n, s in enumerate(thai)
        if "์" not in (s, thai[n + 1 : n + 2], thai[n + 2 : n + 3] * _vowelled(thai, n))
    ]
    return "".join(signs).replace("ทร", "ซ") if "ทร" in "".join(signs)[:2] else "".join(signs)


def _vowelled(thai: str, n: int) -> int:
    """1 where the sign after a letter is a vowel on it, as in ทธิ์; else 0."""
    return int(thai[n + 1 : n + 2] in ("ิ", "ุ"))


def _heard(latin: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(latin):
        for letters, sound in _LATIN:
            if latin.startswith(letters, at):
                found.append(sound)
                at += len(letters)
                break
        else:
            at += 1
    return found
