"""From a sentence to a question: what is asked, of whom, for which position; or how far the sentence was understood.

The grammar is `grammar/question.lark`; the parser is lark's. The words are found here, not by lark's lexer, because
Thai writes no spaces: the longest word that the grammar admits is tried first and given up if the rest of the
sentence makes no sense after it, which a lexer that never goes back cannot do. It also lets people come and go
without the grammar being built again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import cast

from lark import Token, Tree
from lark.exceptions import UnexpectedToken

from lgreason.repl.asked import Expected, Mention, NotUnderstood, Question, Reached, Told
from lgreason.repl.grammar import CLOSED, State, fed, grammar
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.meaning import meaning, told
from lgreason.repl.nearest import Trial, nearest
from lgreason.words.forms import Kind, ends_word
from lgreason.words.plain import Plain, plain

__all__ = ["Expected", "Mention", "NotUnderstood", "Question", "Reached", "parse", "reached"]


def parse(line: str, lexicon: Lexicon) -> Question | NotUnderstood:
    """The question that a line asks; or how far it was understood."""
    sentence = plain(line)
    if not sentence.text:
        return Question("help")
    attempt = _Attempt(sentence, lexicon)
    if (question := attempt.question()) is not None:
        return question
    place = sentence.place(attempt.furthest)
    suggestion = nearest(sentence.text, lexicon, lambda text: _trial(text, lexicon))
    if suggestion.ask == "load" and sentence.text.endswith(suggestion.text):
        # A path keeps its capitals and spaces.
        start = sentence.place(len(sentence.text) - len(suggestion.text))
        suggestion = replace(suggestion, text=line[start:].strip())
    return NotUnderstood(
        line=line,
        understood=line[:place].strip(),
        rest=line[place:].strip(),
        expected=attempt.expected(),
        suggestion=suggestion,
    )


def parse_told(line: str, lexicon: Lexicon) -> Told | None:
    """What a line answers to what the program asked; `None` if it is no answer."""
    sentence = plain(line)
    tree = _Attempt(sentence, lexicon, grammar().reply).tree()
    return None if tree is None else told(tree, sentence, lexicon)


def _trial(text: str, lexicon: Lexicon) -> Trial:
    attempt = _Attempt(plain(text), lexicon)
    question = attempt.question()
    if question is not None:
        return Trial(question, attempt.furthest, ())
    place = attempt.reached(attempt.furthest)
    offered = tuple(key for key, _ in (*place.names, *place.words))
    return Trial(None, attempt.furthest, tuple(attempt.vocabulary()), offered)


def reached(line: str, lexicon: Lexicon) -> Iterator[Reached]:
    """The places from which a word may be completed, nearest to the beginning first."""
    sentence = plain(line)
    attempt = _Attempt(sentence, lexicon)
    attempt.question()
    for start in sorted(attempt.places):
        yield attempt.reached(start)


def every_word(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Every word that any question has: plain form, and form shown. Of names those that completion offers."""
    for words in lexicon.words.values():
        yield from ((key, word.shown) for key, word in words.items() if word.offered)
    yield from grammar().words.values()


# ── one sentence ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Attempt:
    """An attempt at one sentence: its tree if it is a question, and otherwise how far it makes sense."""

    def __init__(self, sentence: Plain, lexicon: Lexicon, begin: State | None = None) -> None:
        self._begin = begin or grammar().begin
        self._sentence = sentence
        self._lexicon = lexicon
        self._grammar = grammar()
        self.furthest = 0
        self.places: dict[int, list[State]] = {}

    def question(self) -> Question | None:
        """The question asked, if the sentence is one."""
        tree = self.tree()
        return None if tree is None else meaning(tree, self._sentence, self._lexicon)

    def tree(self) -> Tree[Token] | None:
        """The tree of the sentence, if it makes sense to its end."""
        text = self._sentence.text
        todo = [(self._begin, 0)]
        seen: set[tuple[tuple[object, ...], int]] = set()
        while todo:
            state, at = todo.pop()
            while at < len(text) and text[at] == " ":
                at += 1
            key = (tuple(state.state_stack), at)
            if key in seen:
                continue
            seen.add(key)
            self.places.setdefault(at, []).append(state)
            self.furthest = max(self.furthest, at)
            if at == len(text) and (tree := self._finished(state)) is not None:
                return tree
            todo += self._steps(state, at)
        return None

    def _finished(self, state: State) -> Tree[Token] | None:
        with suppress(UnexpectedToken):
            return cast("Tree[Token]", state.copy(deepcopy_values=False).feed_token(Token("$END", ""), True))
        return None

    def _steps(self, state: State, at: int) -> list[tuple[State, int]]:
        """Where one more word leads, the most promising last: a longer word before a shorter, a word before none."""
        found: list[tuple[int, State, int]] = []
        for name in self._grammar.admitted(state):
            for end in self._ends(name, at):
                token = Token(name, self._sentence.text[at:end], start_pos=at, end_pos=end)
                if (after := fed(state, token)) is not None:
                    found.append((end if name != "FILE" else at, after, end))
        found.sort(key=lambda step: step[0])
        skipped = [(state, end) for pattern in self._grammar.ignored for end in self._matches(pattern, at)]
        return [*skipped, *((after, end) for _, after, end in found)]

    def _ends(self, name: str, at: int) -> Iterator[int]:
        text, grammar = self._sentence.text, self._grammar
        if name in grammar.words:
            end = at + len(word := grammar.words[name][0])
            if text.startswith(word, at) and ends_word(text, end):
                yield end
        elif name in grammar.forms:
            yield from self._matches(grammar.forms[name], at)
        else:
            yield from self._lexicon.words[cast(Kind, name)].at(text, at)

    def _matches(self, pattern: re.Pattern[str], at: int) -> Iterator[int]:
        match = pattern.match(self._sentence.text, at)
        if match and ends_word(self._sentence.text, match.end()):
            yield match.end()

    # ── how far it makes sense ────────────────────────────────────────────────────────────────────────────────

    def _admitted(self, start: int) -> list[str]:
        """The terminals that may come at a place, in the order of the grammar."""
        states = self.places[start]
        admitted = {name for state in states for name in self._grammar.admitted(state)}
        names = [name for name in self._grammar.names if name in admitted]
        return [
            n for n in names if any(fed(s, Token(n, "")) for s in states if n in self._grammar.admitted(s))
        ]

    def reached(self, start: int) -> Reached:
        """What may come at a place."""
        names = self._admitted(start)
        offered = tuple(
            (key, word.shown)
            for kind in CLOSED
            if kind in names
            for key, word in self._lexicon.words[kind].items()
            if word.offered
        )
        words = tuple(self._grammar.words[name] for name in names if name in self._grammar.words)
        return Reached(self._sentence.place(start), offered, words, "FILE" in names)

    def expected(self) -> tuple[Expected, ...]:
        """What could stand where the sentence stops making sense: names first, then words, then its end."""
        names = self._admitted(self.furthest)
        kinds = [Expected(name) for name in (*CLOSED, *self._grammar.forms) if name in names]
        words = self._grammar.foremost(names)
        found = [*kinds, *([Expected("WORD", words)] if words else [])]
        if any(self._finished(state) is not None for state in self.places[self.furthest]):
            found.append(Expected("END"))
        return tuple(found)

    def vocabulary(self) -> list[str]:
        """The plain form of every word that could stand where the sentence stops making sense."""
        found = []
        for name in self._admitted(self.furthest):
            if name in self._grammar.words:
                found.append(self._grammar.words[name][0])
            elif name in CLOSED:
                found += self._lexicon.words[name]
        return found
