"""JSON with the place of every entry, which the standard library does not give."""

from __future__ import annotations

import json
import re
from bisect import bisect_right

from lgreason.files.source.tree import (
    MOST_DIGITS,
    MOST_LEVELS,
    Fractional,
    Located,
    Parsed,
    Path,
    Scalar,
    excerpt,
    written_path,
)
from lgreason.rules.findings import Finding, Place

_BLANK = re.compile(r"[ \t\r\n]*")
_BARE = re.compile(r'[^\s,:\[\]{}"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}


def parse_json(text: str, file: str) -> Parsed:
    """The document in `text`, or what is wrong with it; `file` is the name to give in findings."""
    reader = _Reader(text, file)
    try:
        return Parsed(reader.document(), tuple(reader.findings))
    except _Unreadable:
        return Parsed(None, tuple(reader.findings))


class _Unreadable(Exception):
    """Reading on makes no sense; the reason is among the reader's findings."""


class _Reader:
    """Reads from left to right, one method a thing that JSON knows."""

    def __init__(self, text: str, file: str) -> None:
        self.findings: list[Finding] = []
        self._text = text
        self._file = file
        self._at = 0
        self._lines = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]
        self._string = json.JSONDecoder().raw_decode

    def document(self) -> Located | None:
        if not self._peek():
            return None
        root = Located(*self._where(self._at), None)
        root.value = self._value(())
        if self._peek():
            raise self._stumble("source_json_after_end")
        return root

    def _value(self, path: Path) -> Scalar | dict[str, Located] | list[Located]:
        sign = self._peek()
        if sign in ("{", "["):
            if len(path) == MOST_LEVELS:
                raise self._find("source_too_deep", self._at, most=MOST_LEVELS)
            return self._mapping(path) if sign == "{" else self._list(path)
        if sign == '"':
            return self._text_value()
        return self._bare(path)

    def _mapping(self, path: Path) -> dict[str, Located]:
        inside: dict[str, Located] = {}
        start = self._at
        while self._goes_on(start, "}", first=not inside):
            key_at = self._at
            if self._peek() != '"':
                raise self._stumble("source_json_key_quotes", path)
            key = self._text_value()
            if self._peek() != ":":
                raise self._stumble("source_json_colon", (*path, key))
            self._at += 1
            entry = Located(*self._where(key_at), None)
            if key in inside:
                first = inside[key].line
                self._find("source_duplicate_key", key_at, (*path, key), key=excerpt(key), first=first)
            inside[key] = entry
            entry.value = self._value((*path, key))
        return inside

    def _list(self, path: Path) -> list[Located]:
        inside: list[Located] = []
        start = self._at
        while self._goes_on(start, "]", first=not inside):
            entry = Located(*self._where(self._at), None)
            inside.append(entry)
            entry.value = self._value((*path, len(inside) - 1))
        return inside

    def _goes_on(self, start: int, end: str, first: bool) -> bool:
        """Moves to the next entry of the collection begun at `start`; false when `end` closes it."""
        if first:
            self._at += 1
        sign, comma = self._peek(), self._at
        if sign == "," and not first:
            self._at += 1
            if self._peek() == end:
                raise self._find("source_json_last_comma", comma)
        elif sign == end:
            self._at += 1
            return False
        elif sign and sign not in "]}" and not first:
            raise self._stumble("source_json_comma")
        if self._peek() in ("", "]", "}"):
            raise self._find("source_unclosed_bracket", start, bracket=self._text[start])
        return True

    def _text_value(self) -> str:
        try:
            text, self._at = self._string(self._text, self._at)
        except json.JSONDecodeError as error:
            if "escape" in error.msg:
                found = excerpt(self._text[error.pos : error.pos + 2])
                raise self._find("source_bad_escape", error.pos, found=found) from None
            # A line that ends inside the text, or the end of the file.
            raise self._find("source_unclosed_quote", self._at) from None
        return str(text)

    def _bare(self, path: Path) -> Scalar:
        """A number, true, false or null; anything else without quotation marks is refused."""
        match = _BARE.match(self._text, self._at)
        word = match[0] if match else ""
        if word in _WORDS:
            value = _WORDS[word]
        elif number := _NUMBER.fullmatch(word):
            if len(word) > MOST_DIGITS:
                raise self._find("source_number_unusable", self._at, path, found=excerpt(word))
            value = Fractional(word) if number["fraction"] else int(word)
        else:
            raise self._stumble("source_json_value", path)
        self._at += len(word)
        return value

    def _peek(self) -> str:
        """The next character that is no blank, without taking it; empty at the end."""
        if blank := _BLANK.match(self._text, self._at):
            self._at = blank.end()
        return self._text[self._at : self._at + 1]

    def _stumble(self, code: str, path: Path = ()) -> _Unreadable:
        """Notes that what comes next is not what has to come, unless it is wrong everywhere."""
        match = _BARE.match(self._text, self._at)
        found = excerpt(match[0] if match else self._text[self._at : self._at + 1])
        if not found:
            return self._find("source_json_ends_early", self._at, path)
        if found.startswith(("//", "/*", "#")):
            return self._find("source_json_comment", self._at)
        return self._find(code, self._at, path, found=found)

    def _where(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def _find(self, code: str, at: int, path: Path = (), **args: object) -> _Unreadable:
        """Notes a finding; raise what this returns when there is no going on."""
        line, column = self._where(at)
        self.findings.append(Finding(code, Place(self._file, line, column, written_path(path)), args))
        return _Unreadable()
