"""TOML with the place of every entry: the standard library reads the values, a walk finds the places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from datetime import date, time

from lgreason.files.source.tree import MOST_DIGITS, MOST_LEVELS, Fractional, Located, Parsed, Scalar, excerpt
from lgreason.rules.findings import Finding, Place

_GAP = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[A-Za-z0-9_-]+")
_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_LONG_TEXT = re.compile(r"\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}", re.DOTALL)
_BARE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9][^\s,\]}#]*|[^\s,\]}#]+")
_PLAIN_VALUE = re.compile(r"[-+]?(?:[0-9][-+.:0-9A-Za-z_ ]*|inf|nan)|true|false")
_WHERE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)$")


def parse_toml(text: str, file: str) -> Parsed:
    """The document in `text`, or what is wrong with it; `file` is the name to give in findings.

    Native dates become text in the form `YYYY-MM-DD`, as the other formats have them.
    """
    text = text.replace("\r\n", "\n")
    walk = _Walk(text, file)
    # First the walk: it refuses what tomllib would recurse into or take hours over.
    stumble = walk.run()
    if walk.refused:
        return Parsed(None, tuple(walk.findings))
    try:
        values = tomllib.loads(text, parse_float=Fractional)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError
        mistake = stumble or _explained(str(error), text, file)
        repeated = mistake.code == "source_toml_declared_twice" and walk.findings
        return Parsed(None, (*walk.findings, *(() if repeated else (mistake,))))
    return Parsed(_joined(values, walk.root), tuple(walk.findings)) if values else Parsed(None)


def _joined(value: object, place: Located) -> Located:
    """`value` with the places of the walk; what the walk did not see stands where its collection does."""
    entry = Located(place.line, place.column, None)
    if isinstance(value, dict):
        seen = place.value if isinstance(place.value, dict) else {}
        entry.value = {key: _joined(inner, seen.get(key, place)) for key, inner in value.items()}
    elif isinstance(value, list):
        listed = place.value if isinstance(place.value, list) else []
        places = (*listed, *(place for _ in value[len(listed) :]))
        entry.value = [_joined(inner, where) for inner, where in zip(value, places, strict=False)]
    else:
        entry.value = _scalar(value)
    return entry


def _scalar(value: object) -> Scalar:
    if isinstance(value, date | time):  # a date and time is a date
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else None


def _explained(message: str, text: str, file: str) -> Finding:
    """What tomllib found and the walk could not: it knows what a value means, and what was declared before.

    A message that a later Python words anew is told as a plain mistake at that place.
    """
    lines = text.split("\n")
    where = _WHERE.search(message)
    line, column = (int(where[1]), int(where[2])) if where else (len(lines), len(lines[-1]) + 1)
    written = lines[line - 1]

    def found(code: str, column: int, found: str) -> Finding:
        return Finding(code, Place(file, line, column), {"found": excerpt(found)})

    if message.startswith(("Unescaped", "Invalid hex", "Escaped character")):
        start = max(0, written.rfind("\\", 0, column - 1))
        return found("source_bad_escape", start + 1, written[start : start + 2])
    if message.startswith("Invalid date"):
        match = _BARE.match(written, column - 1)
        return found("source_toml_date", column, match[0] if match else "")
    if message.startswith(("Cannot ", "Duplicate ")):
        return found("source_toml_declared_twice", column, written.strip())
    if message.startswith(("Expected newline", "Invalid value")):
        return found("source_toml_value", column, written.partition("=")[2].strip())
    return found("source_toml_syntax", column, written.strip())


class _Lost(Exception):
    """The walk cannot go on: what comes next is not what has to come."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class _Walk:
    """Notes where every key and item stands. It does not read values, nor check more than it needs to."""

    def __init__(self, text: str, file: str) -> None:
        self.root = Located(1, 1, {})
        self.findings: list[Finding] = []
        self.refused = False
        self._text = text
        self._file = file
        self._at = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._declared: set[int] = set()

    def run(self) -> Finding | None:
        """Walks the whole text; where it stumbles, if the text is not TOML."""
        table, levels = self.root, 1
        try:
            while self._skip(_GAP):
                if self._text[self._at] == "[":
                    table, levels = self._header()
                else:
                    self._pair(table, levels)
                self._skip(_BLANK)
                if self._next() not in ("", "\n", "#"):
                    raise self._lost("source_toml_line", found=self._ahead())
        except _Lost as lost:
            if self.refused:
                self.findings.append(lost.finding)
            return lost.finding
        return None

    def _header(self) -> tuple[Located, int]:
        """A `[table]` or `[[item of a list]]`: the entry that the lines below it fill."""
        start = self._at
        end = "]]" if self._text.startswith("[[", start) else "]"
        self._at += len(end)
        path = self._key()
        if not self._text.startswith(end, self._at):
            raise self._lost("source_unclosed_bracket", start, bracket=self._text[start])
        self._at += len(end)
        table, levels = self.root, 1
        for name, at in path[:-1]:
            table, levels = self._into(table, name, at, levels)
        name, at = path[-1]
        if end == "]":
            table, levels = self._into(table, name, at, levels)
            if id(table) in self._declared:
                self._twice(name, at, table)
            self._declared.add(id(table))
            return table, levels
        inside = table.value if isinstance(table.value, dict) else {}
        items = inside.setdefault(name, Located(*self._where(at), []))
        if not isinstance(items.value, list):
            self._twice(name, at, items)
            items.value = []
        self._refuse_depth(levels + 2, at)
        item = Located(*self._where(at), {})
        items.value.append(item)
        return item, levels + 2

    def _pair(self, table: Located, levels: int) -> None:
        """A `key = value`, its key maybe dotted."""
        path = self._key()
        if self._next() != "=":
            raise self._lost("source_toml_equals", found=self._ahead())
        self._at += 1
        for name, at in path[:-1]:
            table, levels = self._into(table, name, at, levels)
        name, at = path[-1]
        inside = table.value if isinstance(table.value, dict) else {}
        if name in inside:
            self._twice(name, at, inside[name])
        entry = inside[name] = Located(*self._where(at), None)
        self._skip(_BLANK)
        self._value(entry, levels)

    def _into(self, table: Located, name: str, at: int, levels: int) -> tuple[Located, int]:
        """The table `name` inside `table`, made if it is new, and how deep it lies."""
        self._refuse_depth(levels + 1, at)
        inside = table.value if isinstance(table.value, dict) else {}
        entry = inside.setdefault(name, Located(*self._where(at), {}))
        if isinstance(entry.value, list) and entry.value:
            self._refuse_depth(levels + 2, at)
            return entry.value[-1], levels + 2
        if not isinstance(entry.value, dict):
            self._twice(name, at, entry)
            entry.value = {}
        return entry, levels + 1

    def _value(self, entry: Located, levels: int) -> None:
        start, sign = self._at, self._next()
        if sign in ("[", "{"):
            self._refuse_depth(levels + 1, start)
            self._at += 1
            if sign == "[":
                self._list(entry, levels + 1, start)
            else:
                self._inline_table(entry, levels + 1, start)
        elif sign in ("'", '"'):
            triple = self._text.startswith(sign * 3, start)
            if not self._skip_one(_LONG_TEXT if triple else _TEXT):
                raise self._lost("source_unclosed_quote")
        else:
            match = _BARE.match(self._text, start)
            if not match or not _PLAIN_VALUE.match(match[0]):
                raise self._lost("source_toml_value", found=self._ahead())
            if len(match[0]) > MOST_DIGITS:
                self.refused = True
                raise self._lost("source_number_unusable", found=excerpt(match[0]))
            self._at = match.end()

    def _list(self, entry: Located, levels: int, start: int) -> None:
        items: list[Located] = []
        entry.value = items
        while self._more("]", start, _GAP):
            item = Located(*self._where(self._at), None)
            items.append(item)
            self._value(item, levels)
            self._comma("]", start, _GAP)
        self._at += 1

    def _inline_table(self, entry: Located, levels: int, start: int) -> None:
        entry.value = {}
        while self._more("}", start, _BLANK):
            self._pair(entry, levels)
            self._comma("}", start, _BLANK)
        self._at += 1

    def _more(self, end: str, start: int, gap: re.Pattern[str]) -> bool:
        """Skips to the next entry; false at the closing bracket."""
        self._skip(gap)
        if self._next() in ("", "\n"):
            raise self._lost("source_unclosed_bracket", start, bracket=self._text[start])
        return self._next() != end

    def _comma(self, end: str, start: int, gap: re.Pattern[str]) -> None:
        self._skip(gap)
        if self._next() == ",":
            self._at += 1
        elif self._next() != end:
            raise self._lost("source_unclosed_bracket", start, bracket=self._text[start])

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a key and where each begins; the blanks after it are skipped."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_BLANK)
            match = _KEY_PART.match(self._text, self._at)
            if not match:
                raise self._lost("source_toml_key", found=self._ahead())
            self._refuse_depth(len(parts) + 1, self._at)
            parts.append((_unquoted(match[0]), self._at))
            self._at = match.end()
            self._skip(_BLANK)
            if self._next() != ".":
                return parts
            self._at += 1

    def _twice(self, name: str, at: int, first: Located) -> None:
        place = Place(self._file, *self._where(at))
        self.findings.append(
            Finding("source_duplicate_key", place, {"key": excerpt(name), "first": first.line})
        )

    def _refuse_depth(self, levels: int, at: int) -> None:
        if levels > MOST_LEVELS:
            self.refused = True
            raise self._lost("source_too_deep", at, most=MOST_LEVELS)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Skips what may stand here; false at the end of the text."""
        self._skip_one(pattern)
        return self._at < len(self._text)

    def _skip_one(self, pattern: re.Pattern[str]) -> bool:
        if match := pattern.match(self._text, self._at):
            self._at = match.end()
        return match is not None

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _ahead(self) -> str:
        """What comes next, up to the end of its line, for a message."""
        end = self._text.find("\n", self._at)
        return excerpt(self._text[self._at : end if end >= 0 else None].strip())

    def _where(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def _lost(self, code: str, at: int | None = None, **args: object) -> _Lost:
        line, column = self._where(self._at if at is None else at)
        return _Lost(Finding(code, Place(self._file, line, column), args))


def _unquoted(key: str) -> str:
    """The key that a part of a dotted key spells."""
    if key.startswith("'"):
        return key[1:-1]
    if not key.startswith('"') or "\\" not in key:
        return key.strip('"')
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        return key
