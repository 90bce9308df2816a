"""The rules among files of facts, and which facts they read: what facts added to the files need grounding with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LEXICAL = re.compile(r'"(?:\\.|[^"\\\n])*"|%\*.*?\*%|%[^\n]*', re.S)
"""Strings and comments: the only places where letters may be other than ASCII."""
_STATEMENT = re.compile(r"(?:[^.]|\.\.)*\.(?!\.)")
_NAME = re.compile(r"(?<![A-Za-z0-9_'])[_']*[a-z][A-Za-z0-9_']*(\s*\()?")
_CHOOSES = re.compile(r"[{:]|#(?!defined|const|inf|sup)")
_BRINGS_IN = re.compile(r"#\s*(?:include|script|theory|program)")


class Bodies(NamedTuple):
    """The rules of some files as they are written, and the names of what they read: with arguments, and bare ones.

    Rather too many names than too few: terms have names too.
    """

    rules: str
    read: frozenset[str]
    bare: frozenset[str]


def bodies(files: Iterable[Path]) -> Bodies | None:
    """The rules, choices and directives of files, with what they read; none where that cannot be told."""
    rules: list[str] = []
    read: set[str] = set()
    bare: set[str] = set()
    for file in files:
        written = file.read_text(encoding="utf-8")
        blank = LEXICAL.sub(lambda match: " " * len(match[0]), written)
        if _BRINGS_IN.search(blank):
            return None
        for statement in _STATEMENT.finditer(blank):
            head, rule, body = statement[0].partition(":-")
            chooses = _CHOOSES.search(head)
            if not rule and not chooses and "#" not in head:
                continue
            rules.append(written[statement.start() : statement.end()])
            for name in _NAME.finditer(statement[0] if chooses else body):
                (read if name[1] else bare).add(name[0].rstrip("( \t\n"))
    return Bodies("\n".join(rules), frozenset(read), frozenset(bare))
