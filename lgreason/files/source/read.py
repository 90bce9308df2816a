"""A user's file, or standard input, as plain data that still knows where each of its entries stands."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path as FilePath
from typing import BinaryIO, Literal

from lgreason.files.source.tree import (
    CONTROL,
    Fractional,
    Located,
    Parsed,
    Path,
    code_point,
    excerpt,
    plain,
    unusable_values,
    written_path,
)
from lgreason.rules.findings import Finding, Place, Unusable

__all__ = [
    "Format",
    "Fractional",
    "Path",
    "Source",
    "default_identity",
    "excerpt",
    "read_bytes",
    "read_source",
    "read_text",
    "source_of",
    "unusable",
    "written_path",
]

Format = Literal["yaml", "json", "toml"]
ENDINGS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
MOST_MEGABYTES = 5
MOST_BYTES = MOST_MEGABYTES * 1_000_000
MOST_FINDINGS = 1_000  # nobody reads more, and a hostile file could hold millions
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `data` is dicts, lists, text, numbers, truth values and `None`; its dates are text."""

    file: str
    format: Format
    data: object
    _root: Located = field(repr=False, compare=False)

    def place(self, path: Path) -> Place:
        """Where the entry at `path` (keys, and indices from 0) stands: its key, or the item itself.

        For an entry that is not there, the place of the innermost collection around it that is; `field` names
        the whole path all the same.
        """
        entry = self._root
        for step in path:
            inner = _inside(entry, step)
            if inner is None:
                break
            entry = inner
        return Place(self.file, entry.line, entry.column, written_path(path))


def _inside(entry: Located, step: str | int) -> Located | None:
    inside = entry.value
    if isinstance(inside, dict):
        return inside.get(str(step))
    if isinstance(inside, list) and isinstance(step, int) and step < len(inside):
        return inside[step]
    return None


def read_source(path: str, stdin: BinaryIO | None = None, format: Format | None = None) -> Source:
    """The document in the file `path`, or in standard input for `-`.

    `stdin` stands in for the real standard input. Without `format` it is known by the file's ending; standard
    input and pipes are JSON if they begin with a bracket, and YAML otherwise. Raises `Unusable` with every
    finding when the file cannot be read or is not a document of its format; never anything else.
    """
    file = _shown(path)
    content, is_pipe = _read(path, file, stdin)
    if format is None and not is_pipe:
        format = _format_by_ending(path, file)
    return _source(file, content, format)


def source_of(name: str, content: bytes) -> Source:
    """The document in bytes that came under a name, whose ending tells the format; raises `Unusable` as above."""
    _refuse_size(len(content), Place(name), MOST_MEGABYTES)
    return _source(name, content, _format_by_ending(name, name))


def _source(file: str, content: bytes, format: Format | None) -> Source:
    text = _decoded(content, file)
    if format is None:
        format = "json" if text.lstrip().startswith(("{", "[")) else "yaml"
    parsed = _parser(format)(text, file)
    if parsed.root is None or parsed.root.value is None:
        raise unusable(parsed.findings or [Finding("source_empty", Place(file))])
    findings = [*parsed.findings, *unusable_values(parsed.root, file)]
    if findings:
        raise unusable(findings)
    return Source(file, format, plain(parsed.root), parsed.root)


def read_bytes(path: str) -> bytes:
    """The bytes of the file `path`, as many as a document may have; raises `Unusable` when they cannot be read."""
    return _read(path, _shown(path), None)[0]


def default_identity(source: Source) -> str:
    """What identifies the document of a file that gives no id: the name of the file."""
    return "stdin" if source.file == STANDARD_INPUT else FilePath(source.file).stem


def read_text(path: str, stdin: BinaryIO | None = None, most: int = MOST_MEGABYTES) -> str:
    """The text of the file `path`, or of standard input for `-`; raises `Unusable` when it cannot be read as text.

    `most`: how many megabytes it may have.
    """
    file = _shown(path)
    content, _ = _read(path, file, stdin, most)
    return _decoded(content, file)


def unusable(findings: Iterable[Finding]) -> Unusable:
    """The error that carries these findings in the order of their lines, a thousand of them at most."""
    ordered = sorted(findings, key=lambda finding: _order(finding.place))
    kept = tuple(ordered[:MOST_FINDINGS])
    if len(ordered) > MOST_FINDINGS:
        file = kept[0].place.file if kept[0].place else ""
        kept += (Finding("source_more_findings", Place(file), {"most": MOST_FINDINGS}),)
    return Unusable(kept)


def _order(place: Place | None) -> tuple[int, int]:
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _shown(path: str) -> str:
    """The path as it can be printed: names of files may hold any bytes."""
    return excerpt(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), most=len(path) + 1)


# ── bytes ───────────────────────────────────────────────────────────────────────────────────────


def _read(path: str, file: str, stdin: BinaryIO | None, most: int = MOST_MEGABYTES) -> tuple[bytes, bool]:
    """The bytes, and whether they came through a pipe, whose name says nothing of their format."""
    place = Place(file)
    try:
        if path == STANDARD_INPUT:
            stream = stdin or getattr(sys.stdin, "buffer", None)
            content = stream.read(most * 1_000_000 + 1) if stream else b""
            is_pipe = True
        else:
            with FilePath(path).open("rb") as opened:
                status = FilePath(path).stat()
                is_pipe = not stat.S_ISREG(status.st_mode)
                _refuse_size(status.st_size, place, most)
                content = opened.read(most * 1_000_000 + 1)
    except FileNotFoundError:
        raise _missing(path, place) from None
    except IsADirectoryError:
        raise Unusable((Finding("source_directory", place),)) from None
    except PermissionError:
        raise Unusable((Finding("source_forbidden", place),)) from None
    except ValueError:  # a NUL in the path, or a closed standard input
        raise Unusable((Finding("source_missing", place),)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unusable((Finding("source_unreadable", place, {"reason": reason}),)) from None
    _refuse_size(len(content), place, most)
    return content, is_pipe


def _refuse_size(size: int, place: Place, most: int) -> None:
    if size > most * 1_000_000:
        raise Unusable((Finding("source_too_large", place, {"most": most}),))


def _missing(path: str, place: Place) -> Unusable:
    """No such file; with the names beside it that come near, for most such paths are misspelt."""
    names: dict[str, str] = {}
    try:
        for sibling in islice(FilePath(path).parent.iterdir(), 1_000):
            if sibling.suffix.lower() in ENDINGS:
                names[sibling.stem] = _shown(sibling.name)
    except OSError:
        pass
    from difflib import get_close_matches

    if near := get_close_matches(FilePath(path).stem, names):
        return Unusable((Finding("source_missing_near", place, {"nearest": tuple(names[n] for n in near)}),))
    return Unusable((Finding("source_missing", place),))


# ── text ────────────────────────────────────────────────────────────────────────────────────────

_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_THAI_WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{2}")


def _decoded(content: bytes, file: str) -> str:
    """The text of the bytes, which must be UTF-8, with or without a byte order mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            raise Unusable((Finding("source_encoding", Place(file), {"encoding": encoding}),))
    if b"\0" in content:
        raise Unusable((_with_nul(content, file),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable((_not_utf8(content, error.start, file),)) from None
    if found := [_control(text, match, file) for match in islice(CONTROL.finditer(text), MOST_FINDINGS)]:
        raise unusable(found)
    return text


def _with_nul(content: bytes, file: str) -> Finding:
    """Bytes with a zero among them: UTF-16 that carries no mark, or no text at all."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in "\t\r\n" for sign in text) and max(text) < "\u3000":
            return Finding("source_encoding", Place(file), {"encoding": "UTF-16"})
    byte = content.index(b"\0") + 1
    return Finding("source_binary", Place(file, content.count(b"\n", 0, byte) + 1), {"byte": byte})


def _not_utf8(content: bytes, at: int, file: str) -> Finding:
    line = content.count(b"\n", 0, at) + 1
    column = len(content[content.rfind(b"\n", 0, at) + 1 : at].decode("utf-8-sig", "replace")) + 1
    place = Place(file, line, column)
    try:
        is_thai = bool(_THAI_WORD.search(content.decode("cp874")))
    except UnicodeDecodeError:
        is_thai = False
    if is_thai:
        return Finding("source_windows_874", place, {"byte": at + 1})
    return Finding("source_not_utf8", place, {"byte": at + 1, "value": f"0x{content[at]:02X}"})


def _control(text: str, match: re.Match[str], file: str) -> Finding:
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    return Finding("source_control_character", Place(file, line, column), {"character": code_point(match[0])})


# ── format ──────────────────────────────────────────────────────────────────────────────────────


def _format_by_ending(path: str, file: str) -> Format:
    ending = FilePath(path).suffix.lower()
    if ending not in ENDINGS:
        args = {"found": excerpt(ending) or excerpt(FilePath(path).name), "accepted": tuple(ENDINGS)}
        raise Unusable((Finding("source_ending", Place(file), args),))
    return ENDINGS[ending]


def _parser(format: Format) -> Callable[[str, str], Parsed]:
    """The reader of a format; each is imported only when it is needed, for that takes longer than reading."""
    if format == "yaml":
        from lgreason.files.source.from_yaml import parse_yaml

        return parse_yaml
    if format == "json":
        from lgreason.files.source.from_json import parse_json

        return parse_json
    from lgreason.files.source.from_toml import parse_toml

    return parse_toml
