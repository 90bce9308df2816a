"""From the text of a sentence to what it says, or to the first place where it makes no sense.

The parser is lark's. The words are found here: the longest that the grammar admits at a place, for Thai writes no
spaces. Numbers of items such as (1) (2) or ก. ข. are turned into brackets, so that lists may stand in lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from lgreason.language.automaton import Automaton, Value
from lgreason.language.conjunctions import joins
from lgreason.language.grammar import Grammar, grammar
from lgreason.language.hints import NO_HINTS, Hints, hints
from lgreason.language.lexicon import CATEGORIES, RuleLexicon
from lgreason.language.nodes import Node, Span, Word, marked
from lgreason.language.numbering import BEYOND, CLOSES, ITEM, OPENS, POINT, Marker, marker_at, may_follow
from lgreason.language.plain import plain_sentence
from lgreason.rules.model import Language
from lgreason.words.forms import ends_word
from lgreason.words.plain import Plain, is_thai

MOST_SIGNS = 20_000
MOST_NESTED = 4
MOST_REFUSED = 8
MOST_ITEMS = 99
MOST_LOOKS = 200
MOST_CONJUNCTION = 9
_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+|[0-9]{1,2}(?:\.[0-9]{1,2})*(?: ?\([0-9]{1,2}\))*")
_BELOW = re.compile(r" ?\([0-9]{1,2}\)$")
MOST_TOLD = 60
_TAG = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LAST_STOP = re.compile(r"(?:(?<![ก-๎])\.|[ ;])+$")
_FORMS = {"CLAUSE_ID": _ID, "TAG": _TAG, "NUMERAL": _NUMBER}
_BEGINS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), *range(0x0E40, 0x0E45))))
"""Thai letters with which a syllable begins, and so may a word after any other."""
_KEPT = frozenset({*(name for name in CATEGORIES if not name.startswith("_")), *_FORMS, "TERM"})
_AS_WRITTEN = frozenset({"NUMERAL", "CLAUSE_ID"})
_BRACKETS = frozenset({"_BEGIN", "_NEXT", "_END", "$END"})
_EITHER = re.compile(r"หรือ| or ")
_ARTICLE = re.compile(r"(?:the|an|a) ")
Found: TypeAlias = tuple[str, tuple[str, ...], int]
"""A word found in a text: its terminal, the ids that it may stand for, and where it ends."""


class Edit(NamedTuple):
    """A change of a text: from where to where, and what is to stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """What could stand where a sentence makes no sense.

    `near` are admitted words like what stands there, the likest first, each with the piece that it is like; `fitting`
    are words that could be put before it, as written, each with the sort that it is of.
    """

    near: tuple[tuple[str, Span], ...] = ()
    fitting: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of text: the code of a finding, its place, its arguments, and a better text.

    `edits` put it right, ready to apply; `safe` are those that change no meaning, such as a sign that cannot be seen.
    `stuck` is for who looks for such edits.
    """

    code: str
    span: Span
    args: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None
    severity: str = "error"
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    stuck: Stuck | None = field(default=None, compare=False)


class Offer(NamedTuple):
    """A word that may stand from `start` of a text to its end, of which the last `begun` signs are there already.

    `own`: it is what the vocabulary calls a thing, not another name of it.
    """

    start: int
    text: str
    begun: int
    own: bool


class Sentences:
    """Reads sentences in one language over one vocabulary; what may come next is worked out once a state."""

    def __init__(self, language: Language, lexicon: RuleLexicon) -> None:
        """Take the language and the words."""
        self.grammar: Grammar = grammar(language)
        self.lexicon = lexicon
        self._choices: dict[int, Choices] = {}
        self._same: dict[frozenset[str], Choices] = {}  # many states admit the same words
        self.begin()

    def begin(self) -> None:
        """Begin a book: for so many of its unknown words the nearest is looked for, which takes time."""
        self.looks = MOST_LOOKS

    def read(self, written: str, offset: int = 0) -> Node | Fault:
        """What a sentence says; `offset` is where it begins in its file."""
        if len(written) > MOST_SIGNS:
            return Fault(
                "rule_sentence_too_long", (offset, offset + 1), {"most": MOST_SIGNS, "found": len(written)}
            )
        plain = plain_sentence(written)
        reading = _Reading(self, plain, offset)
        said = reading.node()
        # The longest word is not always the one meant: "workload, score of" are two, though "workload score" is one.
        # Where the text makes no sense right after a word, it is read again without that word.
        refused: frozenset[Span] = frozenset()
        while isinstance(said, Fault) and reading.last is not None and len(refused) < MOST_REFUSED:
            refused |= {reading.last}
            again = _Reading(self, plain, offset, refused, until=reading.reached)
            other = again.node()
            if isinstance(other, Fault) and again.reached <= reading.reached:
                if again.last is None or again.last in refused or again.reached < reading.reached:
                    break
                reading = again
                continue
            reading, said = again, other
        return said

    def offers(self, written: str) -> list[Offer]:
        """The words with which a sentence that is being written may go on, or that complete what was begun of one."""
        return _Reading(self, plain_sentence(written), 0).offers()

    def choices(self, state: int) -> Choices:
        """The words that may come next in a state of the parser."""
        found = self._choices.get(state)
        if found is None:
            admitted = self.grammar.admitted(state)
            found = self._same.get(admitted)
            if found is None:
                found = self._same[admitted] = Choices(admitted, self.grammar, self.lexicon)
            self._choices[state] = found
        return found


class Choices:
    """The words that a state of the parser admits, by their first sign and length."""

    def __init__(self, admitted: frozenset[str], grammar: Grammar, lexicon: RuleLexicon) -> None:
        """Collect the words of the terminals admitted."""
        self.admitted = admitted
        self.words: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.twice: list[tuple[str, str, str]] = []
        for terminal in sorted(admitted):
            if terminal in grammar.words:
                self._add(grammar.words[terminal], terminal, (grammar.shown[terminal],))
            elif terminal in CATEGORIES or terminal in ("NUMERAL", "CLAUSE_ID", "TERM"):
                for key, word in lexicon.words(terminal).items():
                    self._add(key, terminal, word.ids)
        self.joins = [(name, form) for name, form in joins(grammar, lexicon).items() if name in admitted]
        thai = grammar.language == "th"
        begun = ("และ", "หรือ") if thai else ("and ", "or ")
        longer = [w for w, (t, _) in self.words.items() if t in grammar.words and w.startswith(begun)]
        # «หรือได้», «และต้อง» are conjunctions themselves.
        longer = [w for w in longer if not thai or len(w) > MOST_CONJUNCTION]
        self._joined = [(w, self.words[w][0]) for w in sorted(longer, key=len, reverse=True)]
        self.forms = [(name, form) for name, form in _FORMS.items() if name in admitted]
        # Two signs leave few lengths to try; a word of one sign is tried after all others.
        starts: dict[str, set[int]] = {}
        for key in self.words:
            starts.setdefault(key[:2], set()).add(len(key))
        self._lengths = {
            signs: sorted({*lengths, *starts.get(signs[0], ())}, reverse=True)
            for signs, lengths in starts.items()
        }

    def _add(self, key: str, terminal: str, ids: tuple[str, ...]) -> None:
        if terminal == "TERM":  # a word of the grammar, or of a list that must follow, is that first
            self.words.setdefault(key, (terminal, ("|".join(ids),)))
            return
        if key in self.words and self.words[key][0] not in (terminal, "TERM"):
            self.twice.append((key, self.words[key][0], terminal))
        self.words[key] = (terminal, ids)

    def at(self, text: str, start: int) -> Iterator[Found]:
        """The words at a place, the longest first: terminal, ids, and where it ends.

        A conjunction is told apart by what it joins, so it is looked for before all others, save for a longer word of
        the grammar that begins with it: "and must", «หรือดำรงตำแหน่งในสายงาน».
        """
        for name, form in self.joins:
            if match := form.match(text, start):
                yield from self._beginning(text, start, match.end())
                yield name, (name,), match.end()
        words, lengths = self.words, self._lengths
        signs = text[start : start + 2]
        for length in lengths.get(signs) or lengths.get(signs[:1]) or ():
            end = start + length
            if end > len(text):  # a shorter piece would be found as the word that it is, with a false end
                continue
            found = words.get(text[start:end])
            if found is not None and (text[end : end + 1] in _BEGINS or ends_word(text, end)):
                yield found[0], found[1], end
        for name, form in self.forms:
            if (match := form.match(text, start)) and ends_word(text, match.end()):
                said = match[1] if form is _TAG else match[0]
                yield name, (said,), match.end()
                while form is _ID and (below := _BELOW.search(said)):
                    # "item 2 (2)" is one below another, or the item of a list and the number of its next.
                    said = said[: below.start()]
                    yield name, (said,), start + len(said)

    def _beginning(self, text: str, start: int, past: int) -> Iterator[Found]:
        for word, terminal in self._joined:
            end = start + len(word)
            if end > past and text.startswith(word, start) and ends_word(text, end):
                yield terminal, (terminal,), end


@dataclass(slots=True)
class _List:
    marker: Marker


class _Reading:
    """One sentence being read."""

    def __init__(
        self,
        sentences: Sentences,
        plain: Plain,
        offset: int,
        refused: frozenset[Span] = frozenset(),
        until: int = -1,
    ) -> None:
        self._refused = refused
        self._until = until  # a fault no further on than here is of no interest
        self.last: Span | None = None  # where the last word stands that was understood
        self.reached = 0  # how far the text makes sense
        self._sentences = sentences
        self._plain = plain
        self._text = _LAST_STOP.sub("", plain.text)
        self._offset = offset
        self._lists: list[_List] = []
        self._marks: list[str] = []
        self._parser = Automaton(sentences.grammar.table)

    def _span(self, start: int, end: int) -> Span:
        starts, offset = self._plain.starts, self._offset
        if start < end <= len(starts):
            return (offset + starts[start], offset + starts[end - 1] + 1)
        first = offset + self._plain.place(start)
        return (first, first)

    def node(self) -> Node | Fault:
        text, at = self._text, 0
        ambiguous: Fault | None = None
        length, english = len(text), self._sentences.grammar.language == "en"
        while True:
            if english or text[at : at + 1] == " ":
                at = self._skipped(at)
            if at >= length:
                break
            step = None
            if text[at] in OPENS or text[at + 1 : at + 2] in CLOSES or text[at + 2 : at + 3] == ")":
                step = self._item(at)
            step = step or self._word(at)
            self.reached = at
            if step is None and at <= self._until:
                return Fault("rule_unexpected", self._span(at, at))
            if step is None:
                return self._fault(at)
            if isinstance(step, Fault):
                return step
            end, fault = step
            if fault is not None and not self._shared(at, end):
                ambiguous = ambiguous or fault
            at = end
        while self._lists:
            self._lists.pop()
            if not self._feed("_END", "", at, at):
                return self._incomplete()
        if not self._parser.takes("$END"):
            return self._incomplete()
        if ambiguous is not None:
            self.last = None  # every word was understood: another way to read it would be another sentence
        return ambiguous or marked(self._parser.finish(), iter(self._marks), self._said)

    def offers(self) -> list[Offer]:
        """What may come next after as much of the text as makes sense; none where more than a word does not."""
        text, at = self._text, 0
        before: tuple[int, Automaton] | None = None
        while (at := self._skipped(at)) < len(text):
            kept, lists = self._parser.copy(), list(self._lists)
            step = self._item(at) if marker_at(text, at) else None
            step = step or self._word(at)
            if step is None or isinstance(step, Fault):
                self._parser, self._lists = kept, lists
                break
            before, at = (at, kept), step[0]
        found = self._going_on(at)
        if at >= len(text) and before is not None:
            self._parser = before[1]
            found += [each for each in self._going_on(before[0]) if each.begun > 0]
        return found

    def _going_on(self, at: int) -> list[Offer]:
        begun = self._text[at:]
        sentences, start = self._sentences, self._plain.place(at)
        grammar, lexicon = sentences.grammar, sentences.lexicon
        found = []
        thai = grammar.language == "th"
        for key, (terminal, ids) in sentences.choices(self._parser.state).words.items():
            if key == begun or not key.startswith(begun) or not self._parser.takes(terminal):
                continue
            name = grammar.shown.get(terminal) or lexicon.name(terminal, ids[0], grammar.language)
            shown = name = name if thai else _ARTICLE.sub("", name, count=1)
            if not plain_sentence(name).text.startswith(begun):
                words = lexicon.words(terminal)
                shown = words[key].shown if key in words else key
            if any(map(is_thai, shown)) == thai:
                found.append(Offer(start, shown, len(begun), shown == name))
        return found

    def _said(self, span: Span) -> str:
        """What was written at a place of the file."""
        return " ".join(self._plain.written[span[0] - self._offset : span[1] - self._offset].split())

    def _skipped(self, at: int) -> int:
        while at < len(self._text):
            if self._text[at] == " ":
                at += 1
            elif self._sentences.grammar.language == "en" and (match := _ARTICLE.match(self._text, at)):
                if any(True for _ in self._sentences.choices(self._parser.state).at(self._text, at)):
                    return at
                at = match.end()
            else:
                return at
        return at

    # ── numbers of items ──────────────────────────────────────────────────────────────────────────────────────

    def _item(self, at: int) -> tuple[int, Fault | None] | Fault | None:
        found = marker_at(self._text, at)
        if found is None:
            if self._lists and (beyond := BEYOND.match(self._text, at)):
                return Fault("rule_too_many_items", self._span(at, beyond.end()), {"most": MOST_ITEMS})
            return None
        marker, match = found
        admitted = self._sentences.choices(self._parser.state).admitted
        if not admitted & _BRACKETS:
            return None
        depth = next((n for n, lst in enumerate(self._lists) if lst.marker.style == marker.style), None)
        if depth is None and "_BEGIN" not in admitted:
            return None  # it may begin a word: ป.ตรี
        if (expected := self._expected_marker(marker, depth)) is not None:
            args = {"found": match[0], "expected": expected.shown}
            return Fault("rule_item_order", self._span(at, match.end()), args, expected.shown)
        if depth is None:
            if len(self._lists) >= MOST_NESTED:
                return Fault("rule_too_deep", self._span(at, match.end()), {"most": MOST_NESTED})
            self._lists.append(_List(marker))
            begun = self._feed("_BEGIN", "", at, match.end())
        else:
            while len(self._lists) > depth + 1:
                self._lists.pop()
                if not self._feed("_END", "", at, at):
                    return self._incomplete(at)
            self._lists[-1].marker = marker
            begun = self._feed("_NEXT", "", at, match.end())
        self._marks.append(self._plain.as_written(at, match.end()).lstrip("- "))
        return (match.end(), None) if begun else self._fault(at) if depth is None else self._incomplete(at)

    def _expected_marker(self, marker: Marker, depth: int | None) -> Marker | None:
        """The number that must stand here instead, if it is another; 2.1 may begin a list that stands in none."""
        above = marker.above
        for lst in reversed(self._lists[:depth]):
            if marker.above and lst.marker.style >= POINT:
                above = (*lst.marker.above, lst.marker.number)
                break
        else:
            if depth is not None:
                above = self._lists[depth].marker.above
        last = 0 if depth is None else self._lists[depth].marker.number
        if may_follow(marker, last) and above == marker.above:
            return None
        return Marker(marker.style, last + 1, above)

    # ── words ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _word(self, at: int) -> tuple[int, Fault | None] | None:
        if self._lists:
            self._end_lists(at)
        while True:
            for terminal, ids, end in self._sentences.choices(self._parser.state).at(self._text, at):
                if (at, end) in self._refused or not self._feed(terminal, ids[0], at, end):
                    continue
                self.last = (at, end)
                fault = None
                if len(ids) > 1:
                    lexicon, language = self._sentences.lexicon, self._sentences.grammar.language
                    names = tuple(lexicon.name(terminal, identity, language) for identity in ids)
                    args = {"found": self._plain.as_written(at, end), "choices": names}
                    fault = Fault("rule_ambiguous_term", self._span(at, end), args, names[0])
                return end, fault
            if not self._lists or not self._feed("_END", "", at, at):
                return None
            self._lists.pop()

    def _end_lists(self, at: int) -> None:
        """End the lists where a word stands that goes on with the clause around them.

        It may begin like a shorter one that could stand in the last item: «ทั้งนี้ ต้อง» after a list is of all of it.
        """
        text, parser = self._text, self._parser
        inside = self._sentences.choices(parser.state).at(text, at)
        within = next((end for name, _, end in inside if parser.takes(name)), at)
        for word, terminal in self._sentences.grammar.after_lists:
            if at + len(word) <= within:
                return
            if text.startswith(word, at) and ends_word(text, at + len(word)):
                probe = parser.copy()
                for closed in range(1, len(self._lists) + 1):
                    if not probe.take("_END", ()):
                        break
                    if probe.takes(terminal):
                        self._parser = probe
                        del self._lists[-closed:]
                        return

    def _shared(self, start: int, end: int) -> bool:
        """Whether the level of a post that leaves it open stands with the next: "head or director (early level)"."""
        either = _EITHER.match(self._text, end)
        if either is None or self._parser.last != "POSITION_NAME":
            return False
        lexicon = self._sentences.lexicon
        ids = lexicon.words("POSITION_NAME")[self._text[start:end]].ids
        for after in lexicon.words("POSITION_NAME").at(self._text, either.end()):
            others = lexicon.words("POSITION_NAME")[self._text[either.end() : after]].ids
            meant = [one for one in ids if {lexicon.level_of(one)} == set(map(lexicon.level_of, others))]
            if len(meant) == 1:
                self._parser.mean(Word("POSITION_NAME", meant[0], self._span(start, end)))
                return True
        return False

    def _feed(self, terminal: str, value: str, start: int, end: int) -> bool:
        kept: Value = ()
        if terminal in _KEPT:
            # What does not fit is seldom made in vain: nearly every word that is found may stand where it is.
            written = self._plain.as_written(start, end) if terminal in _AS_WRITTEN else None
            kept = Word(terminal, value, self._span(start, end), written)
        place = self._span(start, end) if terminal not in _BRACKETS else None
        return self._parser.take(terminal, kept, place)

    # ── what is wrong ─────────────────────────────────────────────────────────────────────────────────────────

    def _incomplete(self, at: int | None = None) -> Fault:
        end = len(self._text) if at is None else at
        start = max(0, end - 1)
        found = self._hints(end, "") if self._sentences.looks > 0 else NO_HINTS
        args = self._told(end, found)
        return Fault("rule_incomplete", self._span(start, end), args, stuck=Stuck((), found.fitting))

    def _told(self, at: int, of: Hints, **more: object) -> dict[str, object]:
        """The arguments of a finding: what was understood up to a place, and what could stand there."""
        read = " ".join(self._plain.as_written(0, at).split())
        shown = read if len(read) <= MOST_TOLD else f"…{read[-MOST_TOLD:]}"
        return {"understood": shown, "expected": of.expected, **more}

    def _hints(self, at: int, found: str) -> Hints:
        grammar, lexicon = self._sentences.grammar, self._sentences.lexicon
        admitted = self._sentences.choices(self._parser.state).admitted
        taken = [name for name in admitted if self._parser.takes(name)]
        return hints(grammar, lexicon, taken, self._text, at, found)

    def _fault(self, at: int) -> Fault:
        end = self._stretch(at)
        found = self._text[at:end].strip()
        span = self._span(at, at + len(found))
        shown = self._plain.as_written(at, at + len(found))
        thai = self._sentences.grammar.language == "th"
        known = self._known(at)
        if self._sentences.looks <= 0:
            return Fault(
                "rule_unexpected" if known else "rule_unknown_word",
                span,
                self._told(at, NO_HINTS, found=shown),
            )
        if is_thai(found[0]) != thai and found[0].isalpha() and not known:
            return Fault("rule_other_language", span, {"found": shown})
        self._sentences.looks -= 1
        found_hints = self._hints(at, found)
        near = tuple((word, self._span(at, at + size)) for word, size in found_hints.near)
        stuck = Stuck(near, found_hints.fitting)
        if known or not near:
            code = "rule_unexpected" if known else "rule_unknown_word"
            return Fault(code, span, self._told(at, found_hints, found=shown), stuck=stuck)
        nearest, of = near[0]
        shown = self._plain.as_written(at, at + found_hints.near[0][1])
        args = self._told(at, found_hints, found=shown, nearest=nearest)
        return Fault("rule_unknown_word_nearest", of, args, nearest, stuck=stuck)

    def _known(self, at: int) -> bool:
        """Whether what stands there is a word, though not one that belongs there."""
        grammar = self._sentences.grammar
        rest = self._text[at:]
        if _NUMBER.match(rest) or _ID.match(rest) or ITEM.match(rest):
            return True
        for word in grammar.words.values():
            if len(word) > 2 and rest.startswith(word) and ends_word(self._text, at + len(word)):
                return True
        return any(
            True
            for terminal in CATEGORIES
            for end in self._sentences.lexicon.words(terminal).at(self._text, at)
            if end - at > 2
        )

    def _stretch(self, at: int) -> int:
        """Where the text that is not understood ends: before the next word of the grammar, number or item."""
        words = [word for word in self._sentences.grammar.words.values() if len(word) >= 4]
        thai = self._sentences.grammar.language == "th"
        for end in range(at + 1, min(len(self._text), at + 120)):
            if not thai and self._text[end - 1] != " ":
                continue
            rest = self._text[end:]
            if _NUMBER.match(rest) or ITEM.match(rest) or any(rest.startswith(word) for word in words):
                return end
        return min(len(self._text), at + 120)
