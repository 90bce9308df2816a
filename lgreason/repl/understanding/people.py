"""Names that are nearly those of someone loaded: Thai names in Latin letters, or misspelt by more than a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from weakref import WeakKeyDictionary

from lgreason.repl.lexicon import Lexicon, without_title
from lgreason.words.plain import is_thai, plain_text

ALIKE = 0.75
"""So alike two names in one script must be for one to be offered for the other."""

SOMEWHAT_ALIKE = 0.3
"""So alike a name must be to be named as one that comes near."""

_FAMILIAR = ("คุณ", "พี่", "น้อง", "ป้า", "ลุง", "ท่าน", "khun ")

_CONSONANTS = {
    **dict.fromkeys("กขคฆ", "K"),
    **dict.fromkeys("จฉชฌ", "C"),
    **dict.fromkeys("ซศษส", "S"),
    **dict.fromkeys("ดฎตฏถฐทฑธฒ", "T"),
    **dict.fromkeys("บปผพภ", "P"),
    **dict.fromkeys("ฝฟ", "F"),
    **dict.fromkeys("นณ", "N"),
    "ย": "Y",
    **dict.fromkeys("รลฬ", "R"),
    **dict.fromkeys("หฮ", "H"),
    "ง": "G",
    "ญ": "J",
    "ม": "M",
    "ว": "W",
}
_LATIN = (
    *(("ng", "G"), ("kh", "K"), ("ch", "C"), ("sh", "C"), ("th", "T"), ("ph", "P")),
    *(("k", "K"), ("g", "K"), ("c", "K"), ("j", "C"), ("s", "S"), ("z", "S"), ("d", "T"), ("t", "T")),
    *(("b", "P"), ("p", "P"), ("f", "F"), ("n", "N"), ("y", "Y"), ("r", "R"), ("l", "R"), ("h", "H")),
    *(("m", "M"), ("w", "W"), ("v", "W")),
)
_CLOSED = {"C": "T", "S": "T", "R": "N", "J": "N"}
"""How a consonant sounds that closes a syllable."""


def alike(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The ids of those whose first or last name is nearly a name as written, the one that is most alike alone."""
    written = _bare(plain_text(name))
    if len(written) < 3:
        return ()
    sounds = sounds_of(lexicon)
    if not any(map(is_thai, written)):
        return sounds.ids(written.split()[0])
    if len(spoken := _spoken(written)) > 1 and (sounding := sounds.sounding(spoken)):
        return sounding
    if within := tuple(i for i, names in sounds.parts.items() if any(written in own for own in names)):
        return within
    found = _likeness(written, sounds.parts, ALIKE)
    best = max(found.values(), default=0.0)
    return tuple(i for i, ratio in found.items() if ratio == best)


def nearest(name: str, lexicon: Lexicon, most: int = 3) -> tuple[str, ...]:
    """The ids of those whose names come nearest to a name, the nearest first; none that is not like it at all."""
    found = _likeness(_bare(plain_text(name)), sounds_of(lexicon).parts, SOMEWHAT_ALIKE)
    return tuple(sorted(found, key=lambda i: -found[i])[:most])


def _likeness(written: str, parts: Mapping[str, tuple[str, ...]], least: float) -> dict[str, float]:
    """How like a name is to each person's, of those whose names are like it at least so much."""
    matcher = SequenceMatcher(None, "", written, autojunk=False)
    found: dict[str, float] = {}
    for identity, names in parts.items():
        for own in names:
            matcher.set_seq1(own)
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue  # a bound that is cheap to find
            if (ratio := matcher.ratio()) >= least:
                found[identity] = max(ratio, found.get(identity, 0.0))
    return found


def _parts(whole: str) -> Iterator[str]:
    bare = _bare(whole.lower())
    for part in bare.split():
        if key := plain_text(part):
            yield key


def _bare(name: str) -> str:
    """A name in plain form without its title and without what the familiar are called."""
    bare = without_title(name)[1]
    for familiar in _FAMILIAR:
        if bare.startswith(familiar) and len(bare) > len(familiar) + 1:
            return bare.removeprefix(familiar).strip()
    return bare


class Sounds:
    """The Thai names of some persons by how they sound, so that one in Latin letters is found."""

    def __init__(self, people: Mapping[str, str]) -> None:
        """Take the names by the ids of the persons."""
        self.parts = {identity: tuple(_parts(whole)) for identity, whole in people.items()}
        self._names: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for identity, names in self.parts.items():
            for own in names:
                if any(map(is_thai, own)):
                    self._names.setdefault(tuple(_spoken(own)), []).append((own, identity))

    def sounding(self, spoken: Sequence[str]) -> tuple[str, ...]:
        """The ids of those of whom a name has these consonants."""
        return tuple(dict.fromkeys(identity for _, identity in self._names.get(tuple(spoken), ())))

    def ids(self, latin: str) -> tuple[str, ...]:
        """The ids of those of whom a name may be what a word in Latin letters spells, by consonants and vowels."""
        found: dict[str, None] = {}
        for spelt in dict.fromkeys((latin, latin.replace("rn", "n"), _FINAL_R.sub("", latin))):
            heard = _heard(spelt)
            if len(heard) < 2:
                continue
            for own, identity in self._names.get(tuple(_closing([s for s, _ in heard])), ()):
                if _vowels_agree(spelt, own) and _begin_alike(heard, _onsets(own)):
                    found[identity] = None
        return tuple(found)


_SOUNDS: WeakKeyDictionary[Lexicon, Sounds] = WeakKeyDictionary()


def sounds_of(lexicon: Lexicon) -> Sounds:
    """How the persons of a lexicon sound, found once."""
    found = _SOUNDS.get(lexicon)
    if found is None:
        found = _SOUNDS[lexicon] = Sounds(lexicon.people)
    return found


def _begin_alike(heard: list[tuple[str, bool]], thai: list[tuple[str, bool]]) -> bool:
    """Whether the consonants that surely begin a syllable in both spellings are the same."""
    return all(
        one == _ONSETS.get(other, other) or not (begins and also)
        for (one, begins), (other, also) in zip(heard, thai, strict=False)
    )


def _vowels_agree(latin: str, thai: str) -> bool:
    """Whether the vowels that a Thai name writes come in the same order in its spelling in Latin letters."""
    spelt = iter(_LATIN_VOWEL.sub(lambda match: _LATIN_VOWELS.get(match[0], match[0][0]), latin))
    return all(vowel in spelt for vowel in _written_vowels(_sounded(thai)))


def _written_vowels(thai: str) -> Iterator[str]:
    for n, sign in enumerate(thai):
        framed = _FRAMED.search(thai[max(0, n - 3) : n + 4]) if sign in "เีืิา" else None
        if sign in _THAI_VOWELS and framed is None:
            yield _THAI_VOWELS[sign]


_FRAMED = re.compile("เ[ก-ฮ]{1,2}[ีืิา]")
"""A vowel that is written around its consonant; how that is spelt in Latin letters varies."""
_SILENT = re.compile("[ทต]ร์|ษณ์|(?<=สิท)ธิ$")
_FINAL_R = re.compile("(?<=[aeo])r$")
_AFTER, _BEFORE = frozenset("ะัาิีึืุูำ"), frozenset("เแโใไ")
_ONSETS = {"J": "Y"}
_LATIN_VOWEL = re.compile("ee|oo|ou|[aeiouy]")
_LATIN_VOWELS = {"ee": "i", "oo": "u", "ou": "u", "y": "i"}
_THAI_VOWELS = {
    **dict.fromkeys("ะัาไใ", "a"),
    **dict.fromkeys("ิี", "i"),
    **dict.fromkeys("ุู", "u"),
    "เ": "e",
    "โ": "o",
}


def _spoken(thai: str) -> list[str]:
    """The consonants of a Thai name as they may be heard; those that sound alike at an end are one."""
    return _closing([sound for sound, _ in _onsets(thai)])


def _onsets(thai: str) -> list[tuple[str, bool]]:
    """The consonants of a Thai name that are sounded, each with whether it surely begins a syllable."""
    signs = _sounded(thai)
    found = []
    for n, sign in enumerate(signs):
        if sign in _CONSONANTS:
            after, before = signs[n + 1 : n + 2], signs[n - 1 : n] if n else ""
            found.append(
                (_CONSONANTS[sign], bool(after and after in _AFTER) or bool(before and before in _BEFORE))
            )
    return found


def _closing(sounds: list[str]) -> list[str]:
    """The consonants as they sound at an end, each once where it is doubled, without a last one that only glides."""
    while len(sounds) > 2 and sounds[-1] in "YW":
        sounds = sounds[:-1]
    closed = [_CLOSED.get(sound, sound) for sound in sounds]
    return [sound for n, sound in enumerate(closed) if not n or sound != closed[n - 1]]


def _sounded(thai: str) -> str:
    """A Thai name without the consonants that are not sounded, and those that only carry a vowel."""
    thai = _SILENT.sub("", thai.replace("รร", "น"))
    signs = [
        s
        for n, s in enumerate(thai)
        if "์" not in (s, thai[n + 1 : n + 2], thai[n + 2 : n + 3] * _vowelled(thai, n))
    ]
    return "".join(signs).replace("ทร", "ซ") if "ทร" in "".join(signs)[:2] else "".join(signs)


def _vowelled(thai: str, n: int) -> int:
    """1 where the sign after a letter is a vowel on it, as in ทธิ์; else 0."""
    return int(thai[n + 1 : n + 2] in ("ิ", "ุ"))


def _heard(latin: str) -> list[tuple[str, bool]]:
    """The consonants of a word in Latin letters, each with whether a vowel follows; a doubled one is one."""
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(latin):
        letters, sound = next(((k, s) for k, s in _LATIN if latin.startswith(k, at)), (latin[at], ""))
        at += len(letters)
        begins = latin[at : at + 1] in tuple("aeiou")
        if not sound:
            continue
        if found and found[-1][0] == sound and latin[at - len(letters) - 1] not in "aeiouy":
            found[-1] = (sound, begins)
        else:
            found.append((sound, begins))
    return found
