"""What a text surely holds, whatever the order of its words: names, numbers with units, bounds, denials, joints.

Every stretch of a text is a word that is known somewhere in the language, or is not understood. Two texts are held
against each other by what they hold: a sentence that is to stand for another must have lost none of it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lgreason.language.grammar.grammars import Grammar
from lgreason.language.grammar.plain import plain_sentence
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.language.reading.choices import Admitting
from lgreason.rules.knowledge import folder
from lgreason.rules.model import Language
from lgreason.words.forms import ends_word
from lgreason.words.plain import Plain

RELATIONS = frozenset({"at_least", "at_most", "more_than", "less_than"})
UNITS = frozenset(
    {
        *("years", "months", "weeks", "days", "fiscal_years", "baht", "million_baht", "percent", "count"),
        *("hours", "points", "posts", "units", "areas"),
    }
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LAST_STOP = re.compile(r"(?:(?<![ก-๎])\.|[ ;])+$")
_ARTICLES = ("the", "a", "an")
_LATIN = re.compile(r"[a-z0-9'’-]+")
_NEW_WORD, _GAP, _SIGN = 1.0, 1.5, 0.6
"""What it costs to find another word, to pass over a stretch, and each sign of it."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a plain text: a word with all that it may be, or what is not understood (no meanings at all).

    `names` are ids with the terminal that each stands under, `classes` what the word says in the grammar; a word of
    the grammar that says nothing by itself has neither.
    """

    start: int
    end: int
    known: bool
    names: frozenset[tuple[str, str]] = frozenset()
    classes: frozenset[str] = frozenset()
    number: str | None = None

    @property
    def silent(self) -> bool:
        """Whether it says nothing by itself."""
        return self.known and not self.names and not self.classes and self.number is None


@dataclass(frozen=True, slots=True)
class _Kept:
    guarded: Mapping[str, tuple[str, ...]]
    class_of: Mapping[str, frozenset[str]]
    free: frozenset[str]
    dangling: Mapping[str, frozenset[str]]
    silent: frozenset[str]


@cache
def _kept() -> _Kept:
    data = tomllib.loads((folder("grammar") / "kept.toml").read_text(encoding="utf-8"))
    of: dict[str, set[str]] = {}
    for name, kinds in data["classes"].items():
        for kind in kinds:
            of.setdefault(kind, set()).add(name)
    guarded = {language: tuple(words) for language, words in data["guarded"].items()}
    classes = {kind: frozenset(names) for kind, names in of.items()}
    dangling = {language: frozenset(words) for language, words in data["dangling"].items()}
    free, silent = (frozenset(data[name]["of"]) for name in ("free", "silent"))
    return _Kept(guarded, classes, free, dangling, silent)


class ContentFinder:
    """Finds what texts of one language hold."""

    def __init__(self, words: Admitting) -> None:
        """Take the words and the grammar."""
        self._language: Language = words.grammar.language
        self._index: dict[str, tuple[set[tuple[str, str]], set[str], set[str]]] = {}
        self._numbers = words.lexicon.words("NUMERAL")
        self._collect(words.grammar, words.lexicon)
        starts: dict[str, set[int]] = {}
        for key in self._index:
            starts.setdefault(key[:2], set()).add(len(key))
        self._lengths = {
            signs: sorted({*lengths, *starts.get(signs[0], ())}, reverse=True)
            for signs, lengths in starts.items()
        }

    def _collect(self, grammar: Grammar, lexicon: RuleLexicon) -> None:
        classes = _classes_of_words(grammar)
        for terminal, keys in grammar.spellings.items():
            for key in keys:
                self._entry(key)[1].update(classes.get(terminal, ()))
        if grammar.language == "en":
            for article in _ARTICLES:
                self._entry(article)
        for terminal in (*CATEGORIES, "TERM"):
            for key, word in lexicon.words(terminal).items():
                self._entry(key)[0].update((terminal, identity) for identity in word.ids)
        units = [(key, self._index[key][1] & UNITS) for key in sorted(grammar.fixed) if key in self._index]
        measured = tuple((f"{key} of ", names) for key, names in units if names)
        for key, (names, said, _) in self._index.items():
            if names:  # "years of government service" tells the unit too
                said.update(*(of for lead, of in measured if key.startswith(lead)))
        for key, word in self._numbers.items():
            self._entry(key)[2].update(word.ids)

    def _entry(self, key: str) -> tuple[set[tuple[str, str]], set[str], set[str]]:
        return self._index.setdefault(key, (set(), set(), set()))

    # ── the stretches of a text ───────────────────────────────────────────────────────────────────────────────

    def bits(self, plain: Plain) -> list[Bit]:
        """The stretches of a text, one after another: as few words as can be, and as little not understood."""
        text = _LAST_STOP.sub("", plain.text)
        best: list[tuple[float, int, Bit | None]] = [(float("inf"), -1, None)] * (len(text) + 1)
        best[0] = (0.0, -1, None)
        for at in range(len(text)):
            cost, _, before = best[at]
            if cost == float("inf"):
                continue
            for bit in self._at(text, at):
                self._better(best, cost + (0.0 if bit.number else _NEW_WORD), at, bit)
            end = at + 1
            if self._language == "en" and (match := _LATIN.match(text, at)):
                end = match.end()
            gap = before is not None and not before.known
            start = before.start if before is not None and gap else at
            more = (0.0 if gap else _GAP) + _SIGN * (end - at)
            if text[at] == " ":
                self._better(best, cost, at, before)
            else:
                self._better(best, cost + more, at, Bit(start, end, False), end)
        return self._back(best, len(text))

    @staticmethod
    def _better(
        best: list[tuple[float, int, Bit | None]],
        cost: float,
        at: int,
        bit: Bit | None,
        end: int | None = None,
    ) -> None:
        until = (
            end
            if end is not None
            else bit.end
            if bit is not None and bit.known and bit.start == at
            else at + 1
        )
        if cost < best[until][0]:
            best[until] = (cost, at, bit)

    @staticmethod
    def _back(best: list[tuple[float, int, Bit | None]], end: int) -> list[Bit]:
        found: list[Bit] = []
        while end > 0:
            _, before, bit = best[end]
            if bit is not None and (not found or bit.end <= found[-1].start):
                found.append(bit)
            end = before
        return _joined(found[::-1])

    def _at(self, text: str, at: int) -> Iterator[Bit]:
        if at and self._language == "en" and text[at - 1].isalnum() and text[at].isalnum():
            return
        if match := _NUMBER.match(text, at):
            yield Bit(at, match.end(), True, number=match[0])
        signs = text[at : at + 2]
        for length in self._lengths.get(signs) or self._lengths.get(signs[:1]) or ():
            end = at + length
            if end <= len(text) and (found := self._index.get(text[at:end])) and ends_word(text, end):
                names, classes, numbers = found
                number = next(iter(numbers), None) if not names and not classes else None
                yield Bit(at, end, True, frozenset(names), frozenset(classes), number)

    # ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────

    def unread(self, written: str) -> list[str]:
        """The stretches that are not understood, as written."""
        plain = plain_sentence(written)
        return [plain.as_written(bit.start, bit.end) for bit in self.bits(plain) if not bit.known]

    def passable(self, plain: Plain, bits: list[Bit], at: int) -> bool:
        """Whether a stretch that is not understood may be passed over, and told of.

        It may not where it bears on a number, a denial or a bound; nor where it stands with a name, which it may make
        another: Thai names go on after their head, English ones before it.
        """
        bit = bits[at]
        if self._guarded(plain.text[bit.start : bit.end]):
            return False
        after = bits[at + 1] if at + 1 < len(bits) else None
        if self._language == "en" and after is not None and after.names:
            return False
        before = at - 1
        while before >= 0 and (bits[before].silent or not bits[before].known):
            before -= 1
        apart = before >= 0 and plain.text[bits[before].end : bits[before].end + 1] == " "
        return before < 0 or not bits[before].names or (apart and self._language == "en")

    def _guarded(self, text: str) -> bool:
        words = set(_LATIN.findall(text))
        return any(
            (sign in words if sign.isascii() else sign in text) for sign in _kept().guarded[self._language]
        )

    def whole(self, plain: Plain, bits: list[Bit]) -> bool:
        """Whether a text does not end with a word after which something must follow."""
        return (
            bool(bits) and plain.text[bits[-1].start : bits[-1].end] not in _kept().dangling[self._language]
        )

    def says(self, text: str) -> bool:
        """Whether a text names something or tells a number."""
        return any(bit.names or bit.number is not None for bit in self.bits(plain_sentence(text)))

    def lost(self, written: str, proposed: str, stretches: bool = True) -> tuple[str, ...]:
        """What of a text another one does not hold, as written: names, numbers, bounds, denials, conjunctions.

        `stretches`: also what is not understood, where it may not be passed over.
        """
        plain, other = plain_sentence(written), plain_sentence(proposed)
        mine, its = _undenied(self.bits(plain)), _undenied(self.bits(other))
        found: list[str] = []
        left = [bit for bit in its if not bit.silent]
        numbers = Counter(bit.number for bit in its if bit.number is not None)
        for at, bit in enumerate(mine):
            shown = plain.as_written(bit.start, bit.end)
            if not bit.known:
                if stretches and not self.passable(plain, mine, at):
                    found.append(shown)
                continue
            if bit.number is not None:
                if numbers[bit.number] <= 0 or not _same_unit(mine, at, its):
                    found.append(shown)
                numbers[bit.number] -= 1
            elif not bit.silent and not bit.classes <= _kept().free | UNITS:
                same = next((one for one in left if _alike(bit, one)), None)
                if same is None:
                    found.append(shown)
                else:
                    left.remove(same)
            elif bit.names and not any(_alike(bit, one) for one in its):
                found.append(shown)
        denials = [sum("not" in bit.classes for bit in of) for of in (mine, its)]
        if denials[0] != denials[1] or any(count > 0 for count in numbers.values()):
            found.append(written)
        return tuple(found)


def _alike(one: Bit, other: Bit) -> bool:
    """Whether two words say the same: something that both may name, or the same class of the grammar."""
    if _ids(one) & _ids(other):
        return True
    return bool(one.classes & other.classes)


def _ids(bit: Bit) -> set[str]:
    """What a word may name; a rank names its level too."""
    found = {part for _, identity in bit.names for part in identity.split("|")}
    ranks = (identity for terminal, identity in bit.names if terminal == "RANK_NAME")
    return found | {part for identity in ranks for part in identity.split(".")}


def _same_unit(mine: list[Bit], at: int, its: list[Bit]) -> bool:
    """Whether a number has the same unit there, and is bounded on the same side."""
    unit, bound = _around(mine, at)
    for other, bit in enumerate(its):
        if bit.number == mine[at].number:
            theirs, side = _around(its, other)
            if (not unit or unit & theirs) and (not bound or bound & side):
                return True
    return False


def _around(bits: list[Bit], at: int) -> tuple[frozenset[str], frozenset[str]]:
    """The unit of a number, and the sides on which it is bounded."""
    after = bits[at + 1].classes & UNITS if at + 1 < len(bits) else frozenset()
    before = bits[at - 1].classes & UNITS if at else frozenset()
    percent = before & {"percent"}
    beside = bits[at - 1 - bool(percent) : at] if at > bool(percent) else []
    bound = beside[0].classes & RELATIONS if beside else frozenset()
    return percent or after, bound


_DENIED = {"more_than": "at_most", "less_than": "at_least"}


def _undenied(bits: list[Bit]) -> list[Bit]:
    """The same with "not over" as the one bound that it is: at most."""
    found: list[Bit] = []
    for bit in bits:
        last = found[-1] if found else None
        denied = {_DENIED[name] for name in bit.classes if name in _DENIED}
        if last is not None and denied and last.classes == {"not"} and not last.names:
            found[-1] = Bit(last.start, bit.end, True, bit.names, frozenset(denied))
        else:
            found.append(bit)
    return found


def _joined(bits: list[Bit]) -> list[Bit]:
    found: list[Bit] = []
    for bit in bits:
        if not bit.known and found and not found[-1].known:
            found[-1] = Bit(found[-1].start, bit.end, False)
        elif not bit.known and len(found) > 1 and not found[-2].known and _inside_word(found[-2:], bit):
            found[-2:] = [Bit(found[-2].start, bit.end, False)]
        else:
            found.append(bit)
    return found


def _inside_word(before: list[Bit], bit: Bit) -> bool:
    """Whether a little word that says nothing is only a syllable of one that is not known."""
    gap, little = before
    return (
        little.silent
        and little.end - little.start <= 3
        and gap.end == little.start
        and little.end == bit.start
    )


def _classes_of_words(grammar: Grammar) -> dict[str, set[str]]:
    """What each fixed word of a grammar says: the classes of the kinds that are written with it."""
    used_by: dict[str, set[tuple[str, str]]] = {}
    for origin, rules in grammar.rules.items():
        for rule in rules:
            for symbol in rule.expansion:
                used_by.setdefault(symbol.name, set()).add((origin, str(rule.alias or origin)))

    def kinds(symbol: str, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for origin, kind in used_by.get(symbol, ()):
            if not origin.startswith("_"):
                found.add(kind)
            elif origin not in seen and origin not in _WHOLE:
                found |= kinds(origin, seen | {origin})
        return found

    found = {terminal: _said_by(kinds(terminal, frozenset())) for terminal in grammar.spellings}
    for terminal, names in found.items():
        if any(origin == "_glue" for origin, _ in used_by.get(terminal, ())):
            names.clear()  # it may hold a sentence together, and says nothing by itself
        elif names & RELATIONS:
            names &= RELATIONS  # also where it is one word of a longer form
    return found


def _said_by(kinds: set[str]) -> set[str]:
    """What a word says that is used in some kinds: their classes, and the kinds that have none if it says no less."""
    class_of, silent = _kept().class_of, _kept().silent
    found = {name for kind in kinds for name in class_of.get(kind, ())}
    return found if kinds & silent else found | {kind for kind in kinds if kind not in class_of}


_WHOLE = frozenset(
    {
        *("_must", "_who", "_glue", "_day", "_asks", "_demand", "_leaf", "_further", "_piece", "_case"),
        *("_person", "_each", "_to_be", "_modal", "_possessive", "_possessing", "_they", "_whose_own"),
        *("_of_whom", "_of_them", "_aux", "_that", "_period", "_of_for"),
    }
)
"""Parts of the grammars that are of whole sentences: what they hold together says nothing of a word in them."""
