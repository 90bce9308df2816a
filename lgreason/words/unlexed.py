"""Grammars whose words lark does not look for: Thai writes no spaces, and words are found by what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lark import Lark, Token
from lark.lexer import Lexer


class _NoLexer(Lexer):
    """Stands where lark would build a lexer."""

    def __init__(self, _conf: object) -> None:
        """Take nothing from lark's configuration."""

    def lex(self, _lexer_state: object, _parser_state: object) -> Iterator[Token]:
        """Find no words: they are fed to the parser one by one."""
        return iter(())


def unlexed(path: Path) -> Lark:
    """The parser of a grammar file, to be fed its terminals one by one (`Lark.parse_interactive`)."""
    text = path.read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_NoLexer, maybe_placeholders=False)
