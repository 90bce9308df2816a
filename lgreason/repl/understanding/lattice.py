"""The lattice of a sentence: all ways to read its plain text as words, the cheapest first.

A word that is known costs next to nothing, so that few long words come before many short ones; a name within one slip
costs a little, and a stretch that is not understood costs by its length. Negations, numbers, and the exact names of
those who are loaded are never part of such a stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from heapq import heappop, heappush

from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.index import name_index, near_words, word_index
from lgreason.repl.understanding.patterns import FILLER, word_forms
from lgreason.repl.understanding.people import sounds_of
from lgreason.repl.understanding.times import TimeSaid, times_at
from lgreason.repl.understanding.tokens import UNREAD, Token
from lgreason.words.forms import Kind, ends_word
from lgreason.words.plain import DEPENDENT, is_thai

WORD, NAME = 0.010, 0.009
SLIP = 0.8
BEGIN_UNREAD, UNREAD_SIGN = 1.0, 0.12
SHORT_FILLER_AFTER_UNREAD = 0.4
MOST_LONGER = 2.5
"""How much dearer than the cheapest a way may be that is still tried."""
_ENDINGS = r"(?:ya?ml|json|toml|txt|md|svg|xlsx|docx|csv)"
_FILE_WORD = re.compile(r"(?:ใน|ลง|เป็น|ชื่อ)*(?:ไฟล์|แฟ้ม|file)(?:ชื่อ|ว่า)* ?")
_FILE = re.compile(rf"[^\s=.][^=]*?\.{_ENDINGS}(?![a-z0-9])")
_PATH = re.compile(r"(?:~|\.{1,2})?[^\s=/]*/[^\s=]*|-(?=$)")
_NUMBER = re.compile(
    r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+(?:\.[0-9]+)?) ?(ล้าน|แสน|หมื่น|พัน|million|thousand)?(?:บาท| baht)?"
)
_NUMERALS = {
    word: n
    for n, words in enumerate(
        zip(
            ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"),
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            strict=True,
        ),
        1,
    )
    for word in words
}
_COUNTED = re.compile(
    rf"(?:{'|'.join(_NUMERALS)})(?=คน|อัตรา|ตำแหน่ง|ฝ่าย|ส่วน| (?:high|mid|early|dep|sec|part))"
)
_C_LEVEL = re.compile(r"(?:(?:ระดับ)?(?:ซี|c) ?-?|ระดับ ?|level )([0-9]{1,2})(?:ว(?![\u0e01-\u0e4e]))?")
_DURATION = re.compile(rf"(?:{'|'.join(_NUMERALS)}|[0-9]{{1,2}}) ?(?:ปี|เดือน|years?|months?)(?:กว่า|เศษ|ครึ่ง)?")
_TIMES = {"ล้าน": 10**6, "million": 10**6, "แสน": 10**5, "หมื่น": 10**4, "พัน": 10**3, "thousand": 10**3}
_NEVER_UNREAD = re.compile(r"ไม่|มิได้|\bnot\b|\bnever\b|\bno\b|\bwithout\b|\bn t\b|[0-9]")
_OTHER_CHOICE = re.compile(r"([ab]-[0-9]{2}) ?=? ?([a-z_0-9]+)")
_LATIN_WORD = re.compile("[a-z]{3,}(?![a-z])")
_SIGN = re.compile(r"[^\w\u0e01-\u0e5b\s]")


@dataclass(frozen=True, slots=True)
class SentenceWay:
    """One way to read a sentence, and what it costs."""

    tokens: tuple[Token, ...]
    cost: float


class Lattice:
    """The ways to read one sentence."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        today: date,
        slips: bool = False,
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        """Find every word of a plain text; with `slips` also the names and words that are misspelt by one sign.

        `breaks` are the places before which the writer put a space: there a file name begins.
        """
        self._breaks = breaks | {0}
        self._text = text
        self._lexicon = lexicon
        self._today = today
        self._slips = slips
        self._edges = [self._from(at) for at in range(len(text))]
        self._fixed = self._protected()
        self._left = self._costs_left()

    # ── edges ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _from(self, at: int) -> list[tuple[float, Token]]:
        """The tokens that begin at a place, with their costs."""
        text = self._text
        if text[at] in DEPENDENT or not _begins(text, at):
            return []
        found: dict[int, Token] = {}
        forms, names = word_forms(), name_index(self._lexicon)
        for end in word_index().at(text, at):
            found[end] = Token(at, end, text[at:end], forms[text[at:end]])
        for end in names.at(text, at):
            tags = found[end].tags if end in found else frozenset()
            found[end] = Token(at, end, text[at:end], tags, names.names[text[at:end]])
        for end, time in times_at(text, at, self._today):
            found[end] = _timed(found.get(end), at, end, text[at:end], time)
        for end, token in self._numbers(at):
            known = found.get(end)
            found[end] = (
                token if known is None else replace(known, tags=known.tags | token.tags, number=token.number)
            )
        edges = [(NAME if token.names or token.time else WORD, token) for token in found.values()]
        edges += self._files(at)
        edges += [] if any("READING_CHOICE" in token.names for token in found.values()) else self._choices(at)
        if self._slips:
            edges += self._slipped(at, found)
        return edges

    def _numbers(self, at: int) -> Iterator[tuple[int, Token]]:
        text = self._text
        if match := _C_LEVEL.match(text, at):
            tags = frozenset({"C_LEVEL"})
            yield match.end(), Token(at, match.end(), match[0], tags, number=int(match[1]))
        if (match := _DURATION.match(text, at)) and ends_word(text, match.end()):
            yield match.end(), Token(at, match.end(), match[0], frozenset({"DURATION"}))
        if (match := _COUNTED.match(text, at)) and ends_word(text, match.end()):
            tags = frozenset({"NUMBER"})
            yield match.end(), Token(at, match.end(), match[0], tags, number=_NUMERALS[match[0]])
        if (match := _NUMBER.match(text, at)) and ends_word(text, match.end()):
            amount = float(match[1].replace(" ", "")) * _TIMES.get(match[2] or "", 1)
            tags = frozenset({"NUMBER"})
            yield match.end(), Token(at, match.end(), match[0], tags, number=int(amount))

    def _choices(self, at: int) -> Iterator[tuple[float, Token]]:
        """A reading with a choice that it does not have, so that the answer can say which it has."""
        if (match := _OTHER_CHOICE.match(self._text, at)) and ends_word(self._text, match.end()):
            identity = f"{match[1].upper()}={match[2]}"
            if match[1] in self._lexicon.words["READING_NAME"]:
                names: dict[Kind, tuple[str, ...]] = {"READING_CHOICE": (identity,)}
                yield 0.05, Token(at, match.end(), match[0], frozenset(), names)

    def _files(self, at: int) -> Iterator[tuple[float, Token]]:
        text = self._text
        if (word := _FILE_WORD.match(text, at)) and (word[0].endswith(" ") or word.end() in self._breaks):
            return  # «in file answers.txt»: the word is not of the name
        for form in (_FILE, _PATH):
            if (match := form.match(text, at)) and ends_word(text, match.end()) and not text[at].isspace():
                token = Token(at, match.end(), match[0], frozenset({"FILE"}))
                each = 0.001 if "/" in match[0] else 0.01
                cost = 0.2 + each * len(match[0]) + 0.3 * match[0].count(" ")
                yield cost + (0.0 if at in self._breaks else 0.3), token

    def _slipped(self, at: int, found: dict[int, Token]) -> Iterator[tuple[float, Token]]:
        names, text = name_index(self._lexicon), self._text
        for end, key in names.near(text, at):
            if _NEVER_UNREAD.findall(text[at:end]) != _NEVER_UNREAD.findall(key):
                continue  # what denies, and a number, is never a slip of the pen
            if end not in found or not found[end].names:
                shown = names.shown(self._lexicon, key)
                yield SLIP, Token(at, end, text[at:end], frozenset(), names.names[key], slips=shown)
        for end, key in near_words(text, at):
            if key.isascii() and "IF" in word_forms()[key]:
                continue  # «what it takes» supposes nothing
            if end not in found and _NEVER_UNREAD.findall(text[at:end]) == _NEVER_UNREAD.findall(key):
                yield SLIP + 0.1, Token(at, end, text[at:end], word_forms()[key], slips=key)
        yield from self._sounding(at)

    def _sounding(self, at: int) -> Iterator[tuple[float, Token]]:
        """A Thai name in Latin letters: the first name, and the last name after it."""
        text = self._text
        match = _LATIN_WORD.match(text, at)
        if match is None or match[0] in word_forms() or not ends_word(text, match.end()):
            return
        sounds = sounds_of(self._lexicon)
        ids, end = sounds.ids(match[0]), match.end()
        last = _LATIN_WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if last is not None and (both := set(ids) & set(sounds.ids(last[0]))):
            ids, end = tuple(i for i in ids if i in both), last.end()
        if ids:
            shown = self._lexicon.person_name(ids[0], "en") if len(ids) == 1 else text[at:end]
            yield SLIP + 0.05, Token(at, end, text[at:end], frozenset(), {"PERSON_NAME": ids}, slips=shown)

    def _protected(self) -> list[bool]:
        """Of every place, whether it may not be part of a stretch that stays unread."""
        fixed = [False] * len(self._text)
        for match in _NEVER_UNREAD.finditer(self._text):
            fixed[match.start() : match.end()] = [True] * (match.end() - match.start())
        for at, edges in enumerate(self._edges):
            for _, token in edges:
                if "PERSON_NAME" in token.names and not token.slips and token.end - at > 2:
                    fixed[at] = True
        return fixed

    # ── ways ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _steps(self, at: int, unread: bool) -> Iterator[tuple[float, int, bool, Token | None]]:
        """The steps from a place: what each costs, where it leads, and the token that it adds."""
        text = self._text
        if text[at] == " ":
            yield 0.0, at + 1, unread, None
            return
        if _SIGN.match(text, at):
            yield 0.01, at + 1, False, None
        ends = not unread or (text[at] not in DEPENDENT and _begins(text, at))
        for cost, token in self._edges[at] if ends else ():
            if unread and token.end - at <= 2 and token.tags == {FILLER}:
                cost += SHORT_FILLER_AFTER_UNREAD
            yield cost, token.end, False, token
        if not self._fixed[at]:
            if unread:
                yield UNREAD_SIGN, at + 1, True, None
            elif _begins(text, at):
                yield BEGIN_UNREAD + UNREAD_SIGN, at + 1, True, None

    def _costs_left(self) -> list[tuple[float, float]]:
        """From every place the cost of the cheapest way to the end: as a new token, and inside an unread one."""
        left = [(0.0, 0.0)] * (len(self._text) + 1)
        for at in range(len(self._text) - 1, -1, -1):
            both = []
            for unread in (False, True):
                steps = self._steps(at, unread)
                both.append(min((c + left[to][u] for c, to, u, _ in steps), default=float("inf")))
            left[at] = (both[0], both[1])
        return left

    def ways(self, most: int) -> Iterator[SentenceWay]:
        """The ways to read the sentence, the cheapest first."""
        best = self._left[0][0]
        if best == float("inf"):
            return
        number = 0
        todo: list[tuple[float, int, float, int, bool, int, tuple[Token, ...]]] = [
            (best, 0, 0.0, 0, False, 0, ())
        ]
        given = 0
        while todo and given < most:
            total, _, cost, at, unread, since, tokens = heappop(todo)
            if total > best + MOST_LONGER:
                return
            if at == len(self._text):
                given += 1
                yield SentenceWay(self._closed(tokens, unread, since, at), cost)
                continue
            for extra, to, still, token in self._steps(at, unread):
                left = self._left[to][still]
                if left == float("inf"):
                    continue
                closed = tokens
                if token is not None or (unread and not still):
                    closed = self._closed(tokens, unread, since, at)
                if token is not None:
                    closed = (*closed, token)
                number -= 1  # of two ways of one cost the one that went further goes on
                begin = since if unread else at
                heappush(todo, (cost + extra + left, number, cost + extra, to, still, begin, closed))

    def _closed(self, tokens: tuple[Token, ...], unread: bool, since: int, at: int) -> tuple[Token, ...]:
        """The tokens with the unread stretch that ends here, if one does."""
        if not unread:
            return tokens
        text = self._text[since:at].strip()
        return (*tokens, Token(since, since + len(text), text, frozenset({UNREAD})))


def _timed(known: Token | None, start: int, end: int, text: str, time: TimeSaid) -> Token:
    if known is None:
        return Token(start, end, text, time=time)
    return Token(start, end, text, known.tags, known.names, time)


def _begins(text: str, at: int) -> bool:
    """Whether a word may begin here: not inside a Latin word or a number."""
    if at == 0 or is_thai(text[at]):
        return True
    before, here = text[at - 1], text[at]
    return not (before.isascii() and before.isalnum() and here.isascii() and here.isalnum())
