"""The grammar of questions as lark reads it: its words, the forms of what is no word, and what may come next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from typing import get_args

from lark import Lark, Token
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer, PatternStr
from lark.parsers.lalr_parser_state import ParserState

from lgreason.rules.knowledge import folder
from lgreason.words.forms import Kind
from lgreason.words.plain import is_thai, plain_text

CLOSED: tuple[Kind, ...] = get_args(Kind)
State = ParserState[object]


class NoLexer(Lexer):
    """Stands where lark would build a lexer."""

    def __init__(self, _conf: object) -> None:
        """Take nothing from lark's configuration."""

    def lex(self, _lexer_state: object, _parser_state: object) -> Iterator[Token]:
        """Find no words: they are fed to the parser one by one."""
        return iter(())


class Grammar:
    """The grammar as read: where it begins, its words, and the forms of what is no word."""

    def __init__(self) -> None:
        """Read `grammar/question.lark`."""
        text = (folder("grammar") / "question.lark").read_text(encoding="utf-8")
        lark = Lark(text, parser="lalr", lexer=NoLexer, maybe_placeholders=False, start=["start", "reply"])
        self.begin: State = lark.parse_interactive(start="start").parser_state
        self.reply: State = lark.parse_interactive(start="reply").parser_state
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
        self.names = dict.fromkeys((*CLOSED, *self._rules, *self.forms))

    def admitted(self, state: State) -> list[str]:
        """The terminals that may come next."""
        return [name for name in state.parse_conf.parse_table.states[state.position] if name in self.names]

    def foremost(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of the words among some terminals the first of each rule and script."""
        found: dict[tuple[str, bool], str] = {}
        for name in (name for name in names if name in self._rules):
            word = self.words[name][1]
            found.setdefault((self._rules[name], is_thai(word[0])), word)
        return tuple(found.values())


_reading = Lock()


def grammar() -> Grammar:
    """The grammar, read once, also where two ask for it at a time."""
    with _reading:
        return _grammar()


@cache
def _grammar() -> Grammar:
    return Grammar()


def fed(state: State, token: Token) -> State | None:
    """The state after a token; `None` if the grammar does not admit it after all."""
    after = state.copy(deepcopy_values=False)
    try:
        after.feed_token(token)
    except UnexpectedToken:
        return None
    return after
