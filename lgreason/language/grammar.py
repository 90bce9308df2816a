"""The two grammars of the rule language as lark reads them: their states to parse with, their rules to write with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from lark import Lark, Token
from lark.grammar import Rule, Terminal
from lark.lexer import Lexer, PatternStr

from lgreason.language.automaton import table_of
from lgreason.language.plain import plain_text
from lgreason.rules.knowledge import folder
from lgreason.rules.model import Language


class NoLexer(Lexer):
    """Stands where lark would build a lexer: the words are found by `sentence`, which knows the vocabulary."""

    def __init__(self, _conf: object) -> None:
        """Take nothing from lark's configuration."""

    def lex(self, _lexer_state: object, _parser_state: object) -> Iterator[Token]:
        """Find no words: they are fed to the parser one by one."""
        return iter(())


class Grammar:
    """A grammar as read: where it begins, its fixed words as they are compared and as they are written, its rules."""

    def __init__(self, language: Language) -> None:
        """Read `grammar/rules_th.lark` or `rules_en.lark`."""
        self.language = language
        text = (folder("grammar") / f"rules_{language}.lark").read_text(encoding="utf-8")
        lark = Lark(
            text, parser="lalr", lexer=NoLexer, maybe_placeholders=False, cache=_kept(f"rules_{language}")
        )
        conf = lark.parse_interactive().parser_state.parse_conf
        self.table = table_of(
            conf.states,
            conf.start_state,
            conf.end_state,
            frozenset(str(rule.origin.name) for rule in lark.rules),
        )
        self.shown: dict[str, str] = {}
        self.words: dict[str, str] = {}
        for terminal in lark.terminals:
            if isinstance(terminal.pattern, PatternStr):
                self.shown[terminal.name] = terminal.pattern.value
                self.words[terminal.name] = plain_text(terminal.pattern.value)
        self.rules: dict[str, list[Rule]] = {}
        for rule in lark.rules:
            self.rules.setdefault(str(rule.origin.name), []).append(rule)
        for rules in self.rules.values():
            rules.sort(key=lambda rule: rule.order)

    @cached_property
    def after_lists(self) -> tuple[tuple[str, str], ...]:
        """The fixed words that may follow the end of a list, the longest first, each with its terminal."""
        ends = {row["_END"] for row in self.table.actions.values() if isinstance(row.get("_END"), int)}
        names = {name for state, row in self.table.actions.items() if state in ends for name in row}
        found = [(self.words[name], name) for name in names if name in self.words]
        return tuple(sorted(found, key=lambda one: (-len(one[0]), one[1])))

    def admitted(self, state: int) -> frozenset[str]:
        """The terminals that may come next in a state, as far as the table tells."""
        return frozenset(self.table.actions[state])

    def kinds(self) -> dict[str, set[tuple[str, ...]]]:
        """Every kind of node with the parts that it may have, for telling whether two grammars mean the same."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for origin, rules in self.rules.items():
            for rule in rules:
                if not origin.startswith("_"):
                    parts = tuple(
                        s.name for s in rule.expansion if not (isinstance(s, Terminal) and s.filter_out)
                    )
                    found.setdefault(str(rule.alias or origin), set()).add(parts)
        return found


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once."""
    return Grammar(language)


def _kept(name: str) -> str | bool:
    """The user's own file in which lark keeps the tables that it worked out; none where there is no place for it."""
    home = os.environ.get("XDG_CACHE_HOME") or (Path.home() / ".cache")
    place = Path(home) / "lgreason"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What is read back is unpickled: only a folder that is this user's alone will do.
        if place.stat().st_uid != os.getuid() or place.stat().st_mode & 0o022:
            return False
    except (OSError, AttributeError):
        return False
    return str(place / f"{name}.lark")
