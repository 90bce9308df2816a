"""One sentence read word by word, with the numbers of its items."""

from __future__ import annotations

import re
from typing import NamedTuple

from lgreason.language.grammar.automaton import Automaton
from lgreason.language.grammar.nodes import Node, WordNode, marked
from lgreason.language.grammar.numbering import (
    BEYOND,
    CLOSES,
    OPENS,
    POINT,
    Marker,
    marker_at,
    may_follow,
)
from lgreason.language.grammar.plain import plain_sentence
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.stuck import BRACKETS, List, ReadingPlace
from lgreason.words.forms import ends_word
from lgreason.words.plain import is_thai

MOST_NESTED = 4
MOST_ITEMS = 99
_EITHER = re.compile(r"หรือ| or ")
_ARTICLE = re.compile(r"(?:the|an|a) ")


class Continuation(NamedTuple):
    """A word that may stand from `start` of a text to its end, of which the last `begun` signs are there already.

    `own`: it is what the vocabulary calls a thing, not another name of it.
    """

    start: int
    text: str
    begun: int
    own: bool


class Parsing(ReadingPlace):
    """One sentence being read."""

    def node(self) -> Node | Fault:
        """The tree of the sentence, or the first fault."""
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
        self.reached = at
        while self._lists:
            self._lists.pop()
            if not self._feed("_END", "", at, at):
                return self._incomplete()
        if not self._parser.takes("$END"):
            return self._incomplete()
        if ambiguous is not None:
            self.last = None  # every word was understood: another way to read it would be another sentence
        return ambiguous or marked(self._parser.finish(), iter(self._marks), self._said)

    def offers(self) -> list[Continuation]:
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

    def _going_on(self, at: int) -> list[Continuation]:
        begun = self._text[at:]
        sentences, start = self._sentences, self._plain.place(at)
        grammar, lexicon = sentences.grammar, sentences.lexicon
        found = []
        thai = grammar.language == "th"
        for key, (terminal, ids) in sentences.choices(self._parser.state).words.items():
            if key == begun or not key.startswith(begun) or not self._parser.takes(terminal):
                continue
            if terminal in grammar.spellings:
                name = grammar.texts[terminal][grammar.spellings[terminal].index(key)]
            else:
                name = lexicon.name(terminal, ids[0], grammar.language)
            shown = name = name if thai else _ARTICLE.sub("", name, count=1)
            if not plain_sentence(name).text.startswith(begun):
                words = lexicon.words(terminal)
                shown = words[key].shown if key in words else key
            if any(map(is_thai, shown)) == thai:
                found.append(Continuation(start, shown, len(begun), shown == name))
        return found

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

    def _item(self, at: int) -> tuple[int, Fault | None] | Fault | None:
        found = marker_at(self._text, at)
        if found is None:
            if self._lists and (beyond := BEYOND.match(self._text, at)):
                return Fault("rule_too_many_items", self._span(at, beyond.end()), {"most": MOST_ITEMS})
            return None
        marker, match = found
        admitted = self._sentences.choices(self._parser.state).admitted
        if not admitted & BRACKETS:
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
            self._lists.append(List(marker))
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

    def _word(self, at: int) -> tuple[int, Fault | None] | None:
        if self._lists:
            self._end_lists(at)
        while True:
            for terminal, ids, end in self._sentences.choices(self._parser.state).at(self._text, at):
                if (at, end, terminal) in self._refused or not self._feed(terminal, ids[0], at, end):
                    continue
                self.last = (at, end, terminal)
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
                self._parser.mean(WordNode("POSITION_NAME", meant[0], self._span(start, end)))
                return True
        return False
