"""From a sentence to a question: what is asked, of whom, for which position; or how far the sentence was understood.

The grammar is `grammar/question.lark`; the parser is lark's. The words are found here, not by lark's lexer, because
Thai writes no spaces: the longest word that the grammar admits is tried first and given up if the rest of the
sentence makes no sense after it, which a lexer that never goes back cannot do. It also lets people come and go
without the grammar being built again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache, reduce
from typing import cast, get_args

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer, PatternStr
from lark.parsers.lalr_parser_state import ParserState

from lgreason.asked import Ask, Expected, Mention, NotUnderstood, Question, Reached
from lgreason.knowledge import folder
from lgreason.lexicon import Kind, Lexicon, ends_word
from lgreason.nearest import Trial, nearest
from lgreason.plain_text import Plain, is_thai, plain, plain_text

__all__ = ["Expected", "Mention", "NotUnderstood", "Question", "Reached", "parse", "reached"]

_CLOSED: tuple[Kind, ...] = get_args(Kind)
_State = ParserState[object]


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
    yield from _grammar().words.values()


# ── the grammar ───────────────────────────────────────────────────────────────────────────────────────────────────


class _NoLexer(Lexer):
    """Stands where lark would build a lexer."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, _lexer_state: object, _parser_state: object) -> Iterator[Token]:
        return iter(())


class _Grammar:
    """The grammar as read: where it begins, its words, and the forms of what is no word."""

    def __init__(self) -> None:
        text = (folder("grammar") / "question.lark").read_text(encoding="utf-8")
        lark = Lark(text, parser="lalr", lexer=_NoLexer, maybe_placeholders=False)
        self.begin: _State = lark.parse_interactive().parser_state
        self.words: dict[str, tuple[str, str]] = {}
        self.forms: dict[str, re.Pattern[str]] = {}
        self.ignored: list[re.Pattern[str]] = []
        for terminal in lark.terminals:
            if terminal.name in lark.ignore_tokens:
                self.ignored.append(re.compile(terminal.pattern.to_regexp()))
            elif isinstance(terminal.pattern, PatternStr):
                self.words[terminal.name] = (plain_text(terminal.pattern.value), terminal.pattern.value)
            else:
                self.forms[terminal.name] = re.compile(terminal.pattern.to_regexp())
        self._rules: dict[str, str] = {}
        for rule in lark.rules:
            for symbol in rule.expansion:
                if symbol.name in self.words:
                    self._rules.setdefault(symbol.name, rule.origin.name)
        self.names = dict.fromkeys((*_CLOSED, *self._rules, *self.forms))

    def admitted(self, state: _State) -> list[str]:
        """The terminals that may come next."""
        return [name for name in state.parse_conf.parse_table.states[state.position] if name in self.names]

    def foremost(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of the words among some terminals the first of each rule and script."""
        found: dict[tuple[str, bool], str] = {}
        for name in (name for name in names if name in self._rules):
            word = self.words[name][1]
            found.setdefault((self._rules[name], is_thai(word[0])), word)
        return tuple(found.values())


@cache
def _grammar() -> _Grammar:
    return _Grammar()


def _fed(state: _State, token: Token) -> _State | None:
    """The state after a token; `None` if the grammar does not admit it after all."""
    after = state.copy(deepcopy_values=False)
    try:
        after.feed_token(token)
    except UnexpectedToken:
        return None
    return after


# ── one sentence ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Attempt:
    """An attempt at one sentence: its tree if it is a question, and otherwise how far it makes sense."""

    def __init__(self, sentence: Plain, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._lexicon = lexicon
        self._grammar = _grammar()
        self.furthest = 0
        self.places: dict[int, list[_State]] = {}

    def question(self) -> Question | None:
        """The question asked, if the sentence is one."""
        tree = self._search()
        return None if tree is None else self._meaning(tree)

    def _search(self) -> Tree[Token] | None:
        text = self._sentence.text
        todo = [(self._grammar.begin, 0)]
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

    def _finished(self, state: _State) -> Tree[Token] | None:
        with suppress(UnexpectedToken):
            return cast("Tree[Token]", state.copy(deepcopy_values=False).feed_token(Token("$END", ""), True))
        return None

    def _steps(self, state: _State, at: int) -> list[tuple[_State, int]]:
        """Where one more word leads, the most promising last: a longer word before a shorter, a word before none."""
        found: list[tuple[int, _State, int]] = []
        for name in self._grammar.admitted(state):
            for end in self._ends(name, at):
                token = Token(name, self._sentence.text[at:end], start_pos=at, end_pos=end)
                if (after := _fed(state, token)) is not None:
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

    # ── what it means ─────────────────────────────────────────────────────────────────────────────────────────

    def _meaning(self, tree: Tree[Token]) -> Question:
        return reduce(self._with, tree.children, Question(cast(Ask, str(tree.data))))

    def _with(self, question: Question, part: Token | Tree[Token]) -> Question:
        """A question with one more part of its sentence."""
        if isinstance(part, Token):
            return self._with_name(question, part)
        match part.data:
            case "full":
                return replace(question, full=True)
            case "negated" | "cannot":
                return replace(question, negated=not question.negated)
            case "thai" | "english" as language:
                return replace(question, text={"thai": "th", "english": "en"}[language])
            case "today":
                return replace(question, text="today")
        return reduce(self._with, part.children, question)

    def _with_name(self, question: Question, token: Token) -> Question:
        assert token.start_pos is not None and token.end_pos is not None
        written = self._sentence.as_written(token.start_pos, token.end_pos)
        if token.type == "OTHER_CHOICE":
            return replace(question, text=f"{question.text}={written.strip('= ')}")
        if token.type not in _CLOSED:
            return replace(question, text=written)
        word = self._lexicon.words[token.type][str(token)]
        mention = Mention(word.ids, word.shown)
        match token.type:
            case "PERSON_NAME":
                return replace(question, persons=(*question.persons, mention))
            case "POSITION_NAME":
                return replace(question, position=mention)
            case "CLAUSE_NAME":
                return replace(question, clause=mention)
        return replace(question, text=word.ids[0])

    # ── how far it makes sense ────────────────────────────────────────────────────────────────────────────────

    def _admitted(self, start: int) -> list[str]:
        """The terminals that may come at a place, in the order of the grammar."""
        states = self.places[start]
        admitted = {name for state in states for name in self._grammar.admitted(state)}
        names = [name for name in self._grammar.names if name in admitted]
        return [
            n for n in names if any(_fed(s, Token(n, "")) for s in states if n in self._grammar.admitted(s))
        ]

    def reached(self, start: int) -> Reached:
        """What may come at a place."""
        names = self._admitted(start)
        offered = tuple(
            (key, word.shown)
            for kind in _CLOSED
            if kind in names
            for key, word in self._lexicon.words[kind].items()
            if word.offered
        )
        words = tuple(self._grammar.words[name] for name in names if name in self._grammar.words)
        return Reached(self._sentence.place(start), offered, words, "FILE" in names)

    def expected(self) -> tuple[Expected, ...]:
        """What could stand where the sentence stops making sense: names first, then words, then its end."""
        names = self._admitted(self.furthest)
        kinds = [Expected(name) for name in (*_CLOSED, *self._grammar.forms) if name in names]
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
            elif name in _CLOSED:
                found += self._lexicon.words[name]
        return found
