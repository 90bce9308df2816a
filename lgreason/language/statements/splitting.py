"""From the text of a file to its statements: where each begins and ends, its lines, and the comments kept with them.

A statement begins in the first column with a word such as กฎ, นิยาม or ตัวอย่าง; what belongs to it is indented. So a
damaged statement ends where the next one begins, and each can be read by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from lgreason.language.grammar.nodes import Span
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.keys import key_at_start, key_of
from lgreason.rules.model import Language

Head = Literal["rule", "define", "example"]
HEADS: Mapping[str, tuple[Head, Language]] = {
    "กฎ": ("rule", "th"),
    "นิยาม": ("define", "th"),
    "ตัวอย่าง": ("example", "th"),
    "rule": ("rule", "en"),
    "define": ("define", "en"),
    "example": ("example", "en"),
}
MOST_STATEMENTS = 20_000
_HEAD = re.compile(r"(\S+?):?(?:[ \t]+|$)")
_LINE = re.compile(r"[ \t]+([^\s:\"«»“”#(\[][^:\"«»“”#]{0,40}?)[ \t]*:(?=\s|$|[\"«“])")
_SENTENCE = re.compile(r"[ \t]+(กำหนดว่า|provides[ \t]+that)[ \t]*:?")
_ENTRY_AT_EDGE = re.compile(
    r"([^\s:\"«»“”#(\[][^:\"«»“”#]{0,40}?)[ \t]*:(?=\s|$|[\"«“])|กำหนดว่า|provides[ \t]+that"
)
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs that cannot be seen, for taking them out of words that are looked up."""
_BLANKS = {
    ord(sign): " " for sign in "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
}
_QUOTES = {'"': '"', "«": "»", "“": "”"}
_ITEM_AT_EDGE = re.compile(r"\(?[0-9๐-๙ก-ฮa-z]{1,2}[).]|[-–]")
_FIRST_WORD = re.compile(r"[^\s:]+")
_SIGNS = re.compile('["«»“”#]')


class SourceText:
    """The text of a file, and where in it something stands."""

    def __init__(self, file: str, text: str) -> None:
        """Take the name of a file and its text."""
        self.file = file
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, at: int) -> tuple[int, int]:
        """The line and column, counted from 1 in characters, of a place in the text."""
        line = bisect_right(self._starts, at) - 1
        return line + 1, at - self._starts[line] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1."""
        begin = self._starts[number - 1]
        end = self.text.find("\n", begin)
        return self.text[begin : end if end >= 0 else None]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement with those that continue it: its key, its value without comments, and where they stand.

    `value` has as many characters as what was written, so that a place in it is a place in the file.
    """

    key: str
    span: Span
    value: str
    start: int
    comments: tuple[str, ...] = ()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """A statement as written; `comments` stand before it, `last` inside it after all its lines."""

    head: Head
    language: Language
    span: Span
    words: str
    start: int
    entries: tuple[StatementLine, ...]
    comments: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """The statements of a file, the comments after them, and what belongs to none."""

    statements: tuple[WrittenStatement, ...]
    comments: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _OpenEntry:
    """An entry to which lines may still be added."""

    key: str
    span: Span
    value: str
    start: int
    comments: list[str]


@dataclass(slots=True)
class _Open:
    head: Head
    language: Language
    span: Span
    words: str
    start: int
    comments: tuple[str, ...]
    entries: list[_OpenEntry] = field(default_factory=list)
    indent: int = 0
    yaml: bool = False
    meant: dict[int, str] = field(default_factory=dict)


def split(source: SourceText) -> Split:
    """The statements of a file."""
    return _Splitter(source).split()


class _Splitter:
    def __init__(self, source: SourceText) -> None:
        self._text = source.text.translate(_BLANKS)  # a blank of any kind is a blank
        self._statements: list[WrittenStatement] = []
        self._faults: list[Fault] = []
        self._comments: list[str] = []
        self._open: _Open | None = None
        self._quote: str | None = None
        self._skipped = False

    def split(self) -> Split:
        at = 0
        for raw in self._text.splitlines(keepends=True):
            self._line(raw.rstrip("\r\n"), at)
            at += len(raw)
        self._close()
        statements = tuple(self._statements)
        return Split(statements, tuple(self._comments), tuple(self._faults))

    def _line(self, line: str, at: int) -> None:
        stripped = line.strip(" \t\ufeff")
        if not stripped:
            if self._open is None and self._comments and self._comments[-1]:
                self._comments.append("")
            return
        if stripped.startswith("#"):
            self._comments.append(stripped)
            return
        if line[0] not in " \t":
            if not self._at_edge(line, at):
                self._begin(line, at)
        elif self._open is None and self._skipped:
            return
        elif self._open is None:
            if not self._faults or self._faults[-1].code != "rule_stray":
                start = at + len(line) - len(line.lstrip())
                self._faults.append(Fault("rule_stray", (start, at + len(line)), {"found": stripped[:40]}))
        else:
            self._continue(self._open, line, at)

    def _at_edge(self, line: str, at: int) -> bool:
        """Whether a line belongs to the statement above although it begins in the first column; then it is told."""
        opened = self._open
        if opened is None:
            return False
        before = self._faults[-1] if self._faults and self._faults[-1].code == "rule_not_indented" else None
        entry = _ENTRY_AT_EDGE.match(line)
        word = (entry[1] or entry[0]) if entry else ""
        if HEADS.get(word.casefold()) or (
            entry and key_of(word) is None and not opened.entries and before is None
        ):
            return False
        goes_on = before is not None and before.span[0] >= opened.start and _ITEM_AT_EDGE.match(line)
        if entry is None and not goes_on:
            return False
        edit = Edit(at, at, "  " if entry else "    ")
        if before is not None and before.span[0] >= opened.start:
            self._faults[-1] = replace(before, edits=(*before.edits, edit), args={"n": len(before.edits) + 1})
        else:
            span = (at, at + max(1, len(word)))
            self._faults.append(
                Fault("rule_not_indented", span, {"n": 1}, None, "warning", (edit,), safe=True)
            )
        self._continue(opened, f" {line}", at - 1)
        return True

    def _begin(self, line: str, at: int) -> None:
        self._close()
        self._skipped = False
        if len(self._statements) >= MOST_STATEMENTS:
            if not self._faults or self._faults[-1].code != "rule_too_many":
                self._faults.append(Fault("rule_too_many", (at, at + 1), {"most": MOST_STATEMENTS}))
            return
        match = _HEAD.match(line)
        word = match[1] if match else line
        known = HEADS.get(word.translate(UNSEEN).casefold())
        if known is None:
            from difflib import get_close_matches

            near = get_close_matches(word, HEADS, n=1, cutoff=0.5)
            args = {"found": word[:40], "heads": tuple(HEADS)}
            edits = (Edit(at, at + len(word), near[0]),) if near and match else ()
            self._faults.append(
                Fault("rule_head", (at, at + len(word)), args, near[0] if near else None, edits=edits)
            )
            if not edits:
                self._open = None
                self._skipped = True
                return
            known = HEADS[near[0]]
        assert match is not None
        value, comment = _without_comment(line[match.end() :], None)[:2]
        comments = (*self._take(), *((comment,) if comment else ()))
        self._open = _Open(*known, (at, at + len(word)), value, at + match.end(), comments)

    def _continue(self, opened: _Open, line: str, at: int) -> None:
        indent = len(line) - len(line.lstrip())
        last = opened.entries[-1] if opened.entries else None
        if opened.yaml and indent > opened.indent and last is not None:
            self._append(last, line, at)
            return
        opened.yaml = False
        # A quotation that is not closed ends with the lines that are indented more: the next line is read again.
        quoting = self._quote is not None and indent > opened.indent
        sentence = None if quoting else _SENTENCE.match(line)
        entry = sentence or (None if quoting else _LINE.match(line))
        if entry is None and not quoting and (last is None or last.key not in _SENTENCE_KEYS):
            entry = self._without_colon(opened, line, at, indent)
        deeper = bool(opened.entries) and indent > opened.indent and not sentence
        if entry is None or (deeper and last is not None and last.key in _SENTENCE_KEYS):
            if last is None:
                self._faults.append(
                    Fault("rule_entry", (at + indent, at + len(line)), {"found": line.strip()[:40]})
                )
            else:
                self._append(last, line, at)
            return
        if not opened.entries:
            opened.indent = indent
        key = " ".join(entry[1].translate(UNSEEN).split())
        value, comment, self._quote = _without_comment(line[entry.end() :], None)
        comments = [*self._take(), *([comment] if comment else [])]
        start = at + entry.start(1)
        key = opened.meant.get(start, key)
        opened.entries.append(_OpenEntry(key, (start, at + entry.end(1)), value, at + entry.end(), comments))
        opened.yaml = key.casefold() in _YAML_KEYS and not value.strip()

    def _without_colon(self, opened: _Open, line: str, at: int, indent: int) -> re.Match[str] | None:
        """A line that begins with a key but lacks its colon, or its «provides that» misspelt: told, and read."""
        if opened.entries and indent > opened.indent:
            return None
        word = key_at_start(line[indent:])
        if word is not None:
            place = at + indent + len(word)
            edits = (Edit(place, place, ":"),)
            span = (at + indent, place)
            args = {"key": word}
            self._faults.append(
                Fault("rule_colon_missing", span, args, f"{word}:", "warning", edits, safe=True)
            )
            return re.compile(rf"[ \t]*({re.escape(word)})").match(line)
        first = _FIRST_WORD.match(line, indent)
        for meant in ("กำหนดว่า", "provides that") if first else ():
            written = line[indent : indent + len(meant)] if meant.isascii() else first[0] if first else ""
            if 0.75 <= SequenceMatcher(None, written, meant).ratio() < 1:
                span = (at + indent, at + indent + len(written))
                told = {"found": written, "keys": (meant,)}
                self._faults.append(Fault("rule_key", span, told, meant, edits=(Edit(*span, meant),)))
                opened.meant[at + indent] = meant
                return re.compile(rf"[ \t]*({re.escape(written)})").match(line)
        return None

    def _append(self, entry: _OpenEntry, line: str, at: int) -> None:
        """Add a line to the entry before it; what was left out between them is filled with spaces."""
        yaml = self._open is not None and self._open.yaml
        value, comment, self._quote = (line, None, None) if yaml else _without_comment(line, self._quote)
        entry.comments += self._take()
        if comment:
            entry.comments.append(comment)
        gap = at - entry.start - len(entry.value)
        entry.value += ("\n" * gap if yaml else " " * (gap - 1) + "\n" if gap else "") + value

    def _take(self) -> list[str]:
        taken, self._comments = [comment for comment in self._comments if comment], []
        return taken

    def _close(self) -> None:
        opened, self._open = self._open, None
        if opened is None:
            self._quote = None
            return
        entries = tuple(
            StatementLine(
                one.key, one.span, one.value.rstrip(), one.start, tuple(one.comments), opened.indent
            )
            for one in opened.entries
        )
        self._quote = None
        self._statements.append(
            WrittenStatement(
                opened.head,
                opened.language,
                opened.span,
                opened.words.rstrip(),
                opened.start,
                entries,
                opened.comments,
            )
        )


_SENTENCE_KEYS = frozenset({"กำหนดว่า", "provides that"})
_YAML_KEYS = frozenset({"บุคคล", "องค์กร", "person", "organisation"})


def _without_comment(line: str, quote: str | None) -> tuple[str, str | None, str | None]:
    """A line without its comment, the comment, and the quotation mark that is still to close."""
    for match in _SIGNS.finditer(line):
        at, sign = match.start(), match[0]
        if quote is not None:
            if sign == quote:
                quote = None
        elif sign in _QUOTES:
            quote = _QUOTES[sign]
        elif sign == "#" and (at == 0 or line[at - 1] in " \t"):
            return line[:at], line[at:].rstrip(), quote
    return line, None, quote
