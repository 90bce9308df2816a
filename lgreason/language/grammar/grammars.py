"""The two grammars of the rule language as lark reads them: their states to parse with, their rules to write with."""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from lark.grammar import NonTerminal, Rule, Terminal
from lark.lexer import PatternStr

from lgreason.language.grammar.automaton import ParseTable, Reduction, table_of
from lgreason.language.grammar.plain import plain_text
from lgreason.rules.kept import kept
from lgreason.rules.knowledge import folder
from lgreason.rules.model import Language
from lgreason.words.unlexed import unlexed


class Grammar:
    """A grammar as read: where it begins, its fixed words as they are compared and as they are written, its rules."""

    def __init__(self, language: Language) -> None:
        """Read `grammar/rules_th.lark` or `rules_en.lark`."""
        self.language = language
        path = folder("grammar") / f"rules_{language}.lark"
        actions, onward, ends, shown, rules = kept(f"rules-{language}", [path], lambda: _worked_out(path))
        self.table = ParseTable(actions, onward, *ends)
        self.texts: dict[str, tuple[str, ...]] = {name: spellings(word) for name, word in shown.items()}
        self.shown: dict[str, str] = {name: each[0] for name, each in self.texts.items()}
        self.spellings: dict[str, tuple[str, ...]] = {
            name: tuple(map(plain_text, each)) for name, each in self.texts.items()
        }
        self.fixed = frozenset(word for each in self.spellings.values() for word in each)
        self.rules: dict[str, list[Rule]] = {}
        for origin, alias, order, expansion in rules:
            symbols = [
                Terminal(name, silent) if terminal else NonTerminal(name)
                for terminal, name, silent in expansion
            ]
            self.rules.setdefault(origin, []).append(Rule(NonTerminal(origin), symbols, order, alias))

    @cached_property
    def after_lists(self) -> tuple[tuple[str, str], ...]:
        """The fixed words that may follow the end of a list, the longest first, each with its terminal."""
        ends = {row["_END"] for row in self.table.actions.values() if isinstance(row.get("_END"), int)}
        names = {name for state, row in self.table.actions.items() if state in ends for name in row}
        found = [(word, name) for name in names for word in self.spellings.get(name, ())]
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


_CHOICE = re.compile(r"\{([^{}]*)\}")


def spellings(word: str) -> tuple[str, ...]:
    """The texts that a fixed word of a grammar may be written as, that which is written first.

    `{may|shall} not` is one of two; an empty choice, `{at once|}`, need not stand there.
    """
    pieces = _CHOICE.split(word)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return tuple(dict.fromkeys(re.sub(" {2,}", " ", "".join(row)) for row in product(*choices)))


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once."""
    return Grammar(language)


_Plain = tuple[
    dict[int, dict[str, "int | Reduction"]],
    dict[int, dict[str, int]],
    tuple[int, int],
    dict[str, str],
    list[tuple[str, "str | None", int, list[tuple[bool, str, bool]]]],
]
"""A grammar as plain values: its table with the first and last state, its fixed words, its rules in order."""


def _worked_out(path: Path) -> _Plain:
    """The tables and rules that lark works out of a grammar file, which takes seconds."""
    lark = unlexed(path)
    conf = lark.parse_interactive().parser_state.parse_conf
    symbols = frozenset(str(rule.origin.name) for rule in lark.rules)
    table = table_of(conf.states, conf.start_state, conf.end_state, symbols)
    actions: dict[int, dict[str, int | Reduction]] = {
        int(state): {str(name): to for name, to in row.items()} for state, row in table.actions.items()
    }
    onward = {int(state): {str(name): to for name, to in row.items()} for state, row in table.onward.items()}
    shown = {str(t.name): str(t.pattern.value) for t in lark.terminals if isinstance(t.pattern, PatternStr)}
    rules: list[tuple[str, str | None, int, list[tuple[bool, str, bool]]]] = [
        (
            str(rule.origin.name),
            None if rule.alias is None else str(rule.alias),
            rule.order,
            [
                (isinstance(s, Terminal), str(s.name), isinstance(s, Terminal) and bool(s.filter_out))
                for s in rule.expansion
            ],
        )
        for rule in sorted(lark.rules, key=lambda rule: rule.order)
    ]
    return actions, onward, (table.start, table.end), shown, rules
