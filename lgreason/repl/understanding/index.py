"""Finding words: those of questions, and the names of a lexicon, by the place of a text at which they begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from weakref import WeakKeyDictionary

from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.patterns import offered_words, word_forms
from lgreason.words.forms import Kind, ends_word
from lgreason.words.plain import DEPENDENT, plain_text


class Index:
    """Texts, found where they stand; each with something that is known of it."""

    def __init__(self, texts: Mapping[str, object]) -> None:
        """Take the texts in plain form."""
        self.texts = texts
        lengths: dict[str, set[int]] = {}
        for text in texts:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def at(self, text: str, start: int) -> Iterator[int]:
        """Where the texts end that stand at a place, the longest first."""
        heads = (text[start : start + 2], text[start : start + 1])
        for head in dict.fromkeys(heads):
            for length in self._lengths.get(head, ()):
                end = start + length
                if end <= len(text) and text[start:end] in self.texts and ends_word(text, end):
                    yield end


@cache
def word_index() -> Index:
    """The words of questions."""
    return Index(word_forms())


Names = dict[str, dict[Kind, tuple[str, ...]]]


class NameIndex(Index):
    """The names of a lexicon: exactly, and within one slip of the pen."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take every name of the lexicon, by kind."""
        self.names: Names = {}
        for kind, words in lexicon.words.items():
            for key, word in words.items():
                self.names.setdefault(key, {})[kind] = word.ids
        super().__init__(self.names)
        self._shortened: dict[str, list[str]] | None = None

    def shown(self, lexicon: Lexicon, key: str) -> str:
        """A name as it is written."""
        kind = next(iter(self.names[key]))
        return lexicon.words[kind][key].shown

    # ── within one slip ───────────────────────────────────────────────────────────────────────────────────────

    def near(self, text: str, start: int) -> Iterator[tuple[int, str]]:
        """Where names end that stand at a place but for one sign (left out, put in, wrong, or in the wrong order)."""
        index = self._slipped
        for length in range(_SHORTEST - 1, _LONGEST + 2):
            end = start + length
            if end > len(text):
                break
            if text[end - 1] in _ENDS_NO_WORD or not ends_word(text, end):
                continue
            written = text[start:end]
            for form in _one_shorter(written):
                for key in index.get(form, ()):
                    if key != written and _within_one(key, written):
                        yield end, key

    @property
    def _slipped(self) -> dict[str, list[str]]:
        if self._shortened is None:
            self._shortened = {}
            for key, kinds in self.names.items():
                if _SHORTEST <= len(key) <= _LONGEST and kinds.keys() & _SLIPPING:
                    for form in _one_shorter(key):
                        self._shortened.setdefault(form, []).append(key)
        return self._shortened


_SHORTEST, _LONGEST = 4, 24
_ENDS_NO_WORD = frozenset(" เแโใไ")
"""A space, and the vowels that stand before their consonant."""
_SLIPPING: frozenset[Kind] = frozenset(
    {
        *("PERSON_NAME", "POSITION_NAME", "ORGANISATION_NAME", "UNIT_NAME", "POST_NAME", "FIELD_NAME"),
        *("CLASS_NAME", "DEGREE_NAME", "WORK_NAME", "RANK_NAME", "LEVEL_NAME"),
    }
)


def _one_shorter(text: str) -> set[str]:
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _within_one(one: str, other: str) -> bool:
    """Whether two texts differ by one sign, or by two neighbours in the wrong order."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, others = one[at:], other[at:]
    swapped = len(rest) > 1 and len(others) > 1 and rest[0] == others[1] and rest[1] == others[0]
    return (
        rest[1:] == others[1:]
        or rest == others[1:]
        or rest[1:] == others
        or (swapped and rest[2:] == others[2:])
    )


@cache
def slipped_words() -> Mapping[str, tuple[str, ...]]:
    """The longer words of questions by their forms with one sign left out.

    Of Thai patterns the shortest form alone, for they have many; of the others every single word.
    """
    found: dict[str, list[str]] = {}
    english = (form for form in word_forms() if form.isascii() and form.isalpha())
    for key in dict.fromkeys((*(key for key, _ in offered_words()), *english)):
        if (5 if key.isascii() else 6) <= len(key) <= 18:
            for form in _one_shorter(key):
                found.setdefault(form, []).append(key)
    return {form: tuple(keys) for form, keys in found.items()}


def near_words(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Where words of questions end that stand at a place but for one sign."""
    index = slipped_words()
    for length in range(5, 20):
        end = start + length
        if end > len(text):
            break
        if text[end - 1] in _ENDS_NO_WORD or text[start] in DEPENDENT or not ends_word(text, end):
            continue
        written = text[start:end]
        for form in _one_shorter(written):
            for key in index.get(form, ()):
                if key != written and _within_one(key, written):
                    yield end, key


_INDEXED: WeakKeyDictionary[Lexicon, NameIndex] = WeakKeyDictionary()


def name_index(lexicon: Lexicon) -> NameIndex:
    """The names of a lexicon, indexed once."""
    found = _INDEXED.get(lexicon)
    if found is None:
        found = _INDEXED[lexicon] = NameIndex(lexicon)
    return found


def spelled(text: str) -> str:
    """A text in plain form."""
    return plain_text(text)
