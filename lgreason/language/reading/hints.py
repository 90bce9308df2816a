"""What could stand where a sentence makes no sense: the words that the grammar admits there, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lgreason.language.grammar.grammars import Grammar
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.words.forms import Word, ends_word

MOST_SHOWN = 8
"""So many of the words that could stand at a place are told; the others are counted."""
MOST_NEAR = 4
LIKE, ALIKE = 0.6, 0.45
"""How like a word must be to be taken for what was meant, and to be named before others of its sort."""
SHARED = 0.3
"""Of the pairs of signs of a word so many stand in what it is like."""
LONGEST = 60
FEW = 12
"""A sort of term of so few words may be tried word by word."""
_FORMS = ("CLAUSE_ID", "TAG", "NUMERAL")


@dataclass(frozen=True, slots=True)
class Hints:
    """What could stand at a place, as told; words like what stands there, with its length; words to put before it."""

    expected: tuple[str, ...]
    near: tuple[tuple[str, int], ...]
    fitting: tuple[tuple[str, str], ...]


NO_HINTS = Hints((), (), ())


def hints(
    grammar: Grammar, lexicon: RuleLexicon, terminals: Iterable[str], text: str, at: int, found: str
) -> Hints:
    """What could stand at a place of a text that is `found` there; nothing is compared where it is empty.

    `terminals` are those that the grammar takes there. A sort of term is told as `<FIELD_NAME>`, with the word of it
    that is nearest as `<FIELD_NAME:word>`.
    """
    scored: list[tuple[float, int, str]] = []
    near: list[tuple[float, str, int]] = []
    fitting: list[tuple[str, str]] = []
    pairs = {text[i : i + 2] for i in range(at, min(len(text), at + LONGEST))} if found else set()
    order = {name: number for number, name in enumerate(grammar.shown)}
    for name in sorted(terminals, key=lambda name: (order.get(name, -1), name)):
        if name in grammar.shown:
            shown, score, size = grammar.shown[name].strip(), 0.0, 0
            for key, written in zip(grammar.spellings[name], grammar.texts[name], strict=True):
                if not found or (len(grammar.texts[name]) > 1 and _shares(key, pairs) < SHARED):
                    continue
                if (of := _likeness(key, text, at)) > (score, size):
                    (score, size), shown = of, written.strip()
            scored.append((score if score >= ALIKE else 0.0, len(scored), shown))
            near.append((score, shown, size))
            fitting.append((shown, shown))
            continue
        if name not in CATEGORIES and name not in _FORMS:
            continue
        best, like, length = 0.0, "", 0
        words = list(lexicon.words(name).items()) if name in CATEGORIES else []
        for key, word in words if found else ():
            if _shares(key, pairs) < max(SHARED, best - 0.4):
                continue  # it takes long to compare; what shares few pairs of signs is not alike
            score, size = _likeness(key, text, at)
            if score > best:
                best, length = score, size
                like = _shown(grammar, lexicon, name, word)
        scored.append(
            (best if best >= ALIKE else 0.1, len(scored), f"<{name}:{like}>" if best >= LIKE else f"<{name}>")
        )
        near.append((best, like, length))
        ids = {identity for _, word in words for identity in word.ids}
        if len(ids) <= FEW:
            fitting += [(lexicon.name(name, i, grammar.language), f"<{name}>") for i in sorted(ids)]
    scored.sort(key=lambda one: (-one[0], one[1]))
    near = sorted((one for one in near if one[0] >= LIKE), key=lambda one: (-one[0], -one[2]))[:MOST_NEAR]
    told = [shown for _, _, shown in scored]
    if len(told) > MOST_SHOWN + 1:
        told = [*told[:MOST_SHOWN], f"<more:{len(told) - MOST_SHOWN}>"]
    return Hints(tuple(told), tuple((word, size) for _, word, size in near), tuple(fitting))


def _shown(grammar: Grammar, lexicon: RuleLexicon, terminal: str, word: Word) -> str:
    """A word as it is written: as it is called, unless that is a word of the other language."""
    english = grammar.language == "en"
    if word.shown and word.shown.isascii() == english:
        return word.shown
    return lexicon.name(terminal, word.ids[0], grammar.language)


def _shares(word: str, pairs: set[str]) -> float:
    """Which part of a word's pairs of signs is among some others."""
    if len(word) < 3:
        return 0.0
    return sum(word[i : i + 2] in pairs for i in range(len(word) - 1)) / (len(word) - 1)


def _likeness(word: str, text: str, at: int) -> tuple[float, int]:
    """How like a word is to what stands at a place, and how long the piece is that it is likest to.

    It is compared with as long a piece of the text, for unspaced Thai does not tell where a word ends.
    """
    if len(word) < 3:
        return 0.0, 0
    best, length = 0.0, 0
    matcher = SequenceMatcher(None, b=word, autojunk=False)
    for extra in _around(word):
        piece = text[at : at + len(word) + extra]
        if not piece or not ends_word(text, at + len(piece)):
            continue
        matcher.set_seq1(piece)
        if matcher.real_quick_ratio() < max(ALIKE, best) or matcher.quick_ratio() < max(ALIKE, best):
            continue
        ratio = matcher.ratio()
        if ratio > best:
            best, length = ratio, len(piece)
    return best, length


def _around(word: str) -> Iterator[int]:
    yield 0
    for extra in range(1, 2 + len(word) // 12):
        yield extra
        yield -extra
