"""YAML, the plain part of it: mappings, lists and single values, each with its place.

Only `true` and `false` are truth values, so `no` and `off` stay text, and a date stays text too: 2567-02-29
of the Buddhist Era is no date of YAML's. Anchors, aliases, tags and merge keys are refused: nobody writes
them by hand in a file about a person, and they are how a small file becomes an endless one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from yaml.cyaml import CSafeLoader
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from lgreason.files.source.tree import (
    MOST_DIGITS,
    MOST_LEVELS,
    Fractional,
    Located,
    Parsed,
    Path,
    excerpt,
    written_path,
)
from lgreason.rules.findings import Finding, Place

At = tuple[int, int]  # line and column, from 1

_NULL = re.compile("|~|null|Null|NULL")
_TRUE = re.compile("true|True|TRUE")
_FALSE = re.compile("false|False|FALSE")
# A leading zero makes text of it: such a thing is a number on paper (007), not a quantity.
_WHOLE = re.compile("[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)")
_FRACTION = re.compile(r"[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?")

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # those that libyaml counts
_NO_SPACE_AFTER_COLON = re.compile(r"\s*(?:- +)*(?P<key>[\w\u0e00-\u0e7f.]+):(?=[^\s:/])")


def parse_yaml(text: str, file: str) -> Parsed:
    """The one document in `text`, or what is wrong with it; `file` is the name to give in findings."""
    loader = CSafeLoader(text)
    builder = _Builder(file)
    try:
        # Events, not yaml.compose: composing recurses in C, and a deep file would kill the process.
        while (event := loader.get_event()) is not None:
            if not builder.take(event):
                return Parsed(None, tuple(builder.findings))
    except yaml.YAMLError as error:
        mistake = _explained(error, _LINE_END.split(text), file)
        return Parsed(None, (*builder.findings, builder.unclosed_at_end(mistake)))
    finally:
        loader.dispose()
    return Parsed(builder.root, tuple(builder.findings))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    inside: dict[str, Located] | list[Located]
    path: Path
    at: At
    in_brackets: bool
    # Of a mapping: what comes next is a key, or else the value of this key; None: one that cannot be used.
    wants_key: bool = True
    key: str | None = None
    key_at: At = (1, 1)


class _Builder:
    """Builds the tree from events, in one pass and without recursion."""

    def __init__(self, file: str) -> None:
        self.root: Located | None = None
        self.findings: list[Finding] = []
        self._file = file
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Event) -> bool:
        """Takes the next event; false when it makes no sense to go on."""
        if isinstance(event, CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._find("source_yaml_documents", _at(event))
                return False
        elif isinstance(event, CollectionStartEvent) and len(self._open) == MOST_LEVELS:
            self._find("source_too_deep", _at(event), most=MOST_LEVELS)
            return False
        elif isinstance(event, NodeEvent):
            self._take_node(event)
        return True

    def unclosed_at_end(self, mistake: Finding) -> Finding:
        """`mistake`, or where it is only that the text ended too soon, the bracket that was left open."""
        innermost = self._open[-1] if self._open else None
        if mistake.code != "source_yaml_syntax" or innermost is None or not innermost.in_brackets:
            return mistake
        bracket = "[" if isinstance(innermost.inside, list) else "{"
        return Finding("source_unclosed_bracket", Place(self._file, *innermost.at), {"bracket": bracket})

    def _take_node(self, event: NodeEvent) -> None:
        """A key, a value, an item or the root, by what the innermost open collection waits for."""
        parent = self._open[-1] if self._open else None
        if parent is None:
            self.root = self._entry(event, (), _at(event))
        elif isinstance(parent.inside, list):
            parent.inside.append(self._entry(event, (*parent.path, len(parent.inside)), _at(event)))
        elif parent.wants_key:
            parent.wants_key, parent.key_at = False, _at(event)
            parent.key = self._key(event, parent.inside, parent.path)
        else:
            parent.wants_key = True
            if parent.key is None:
                self._entry(event, parent.path, parent.key_at)  # read over, for what is wrong inside
            else:
                parent.inside[parent.key] = self._entry(event, (*parent.path, parent.key), parent.key_at)

    def _entry(self, event: NodeEvent, path: Path, at: At) -> Located:
        """The entry of a node; a collection stays open until its end comes."""
        self._refuse_extras(event, path)
        entry = Located(*at, None)
        if isinstance(event, ScalarEvent):
            entry.value = event.value
            if event.implicit[0] and not event.tag:  # neither quoted nor a block
                entry.value = self._plain(event, path)
        elif isinstance(event, CollectionStartEvent):
            inside: dict[str, Located] | list[Located] = {} if isinstance(event, MappingStartEvent) else []
            entry.value = inside
            self._open.append(_Open(inside, path, _at(event), bool(event.flow_style)))
        return entry

    def _key(self, event: NodeEvent, inside: dict[str, Located], path: Path) -> str | None:
        """The key that the node spells; `None`, with a finding, when it can be none."""
        if not isinstance(event, ScalarEvent):
            if isinstance(event, CollectionStartEvent):
                self._find("source_key_not_text", _at(event), path)
            self._entry(event, path, _at(event))  # reads over it
            return None
        self._refuse_extras(event, path)
        key = str(event.value)
        if key == "<<" and event.implicit[0]:
            self._find("source_yaml_merge", _at(event), path)
            return None
        if key in inside:
            first = inside[key].line
            self._find("source_duplicate_key", _at(event), (*path, key), key=excerpt(key), first=first)
        return key

    def _plain(self, event: ScalarEvent, path: Path) -> str | int | float | bool | None:
        """What a value without quotation marks means."""
        text = str(event.value)
        if _NULL.fullmatch(text):
            return None
        if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
            return text.lower() == "true"
        if not (match := _WHOLE.fullmatch(text) or _FRACTION.fullmatch(text)):
            return text
        if len(text) > MOST_DIGITS:
            self._find("source_number_unusable", _at(event), path, found=excerpt(text))
            return None
        digits = text.replace("_", "")
        return int(digits) if match.re is _WHOLE else Fractional(digits)

    def _refuse_extras(self, event: NodeEvent, path: Path) -> None:
        at = _at(event)
        if isinstance(event, AliasEvent):
            self._find("source_yaml_alias", at, path, found=excerpt(f"*{event.anchor}"))
        elif event.anchor:
            self._find("source_yaml_alias", at, path, found=excerpt(f"&{event.anchor}"))
        if tag := getattr(event, "tag", None):
            self._find("source_yaml_tag", at, path, found=excerpt(tag))

    def _find(self, code: str, at: At, path: Path = (), **args: object) -> None:
        place = Place(self._file, *at, written_path(path))
        self.findings.append(Finding(code, place, args))


def _at(event: Event) -> At:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _explained(error: yaml.YAMLError, lines: list[str], file: str) -> Finding:
    """What the writer most likely did wrong, from what the parser stumbled over."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Finding("source_yaml_syntax", Place(file))
    problem, context = error.problem or "", error.context or ""
    at, start = error.problem_mark, error.context_mark or error.problem_mark
    last = (len(lines), len(lines[-1]) + 1)  # the parser's own end may lie a line further
    lines.append("")
    line, first, sign = lines[at.line], lines[start.line], lines[at.line][at.column : at.column + 1]
    here, there = min((at.line + 1, at.column + 1), last), min((start.line + 1, start.column + 1), last)
    opening = first[start.column : start.column + 1]

    def found(code: str, at: At, **args: object) -> Finding:
        return Finding(code, Place(file, *at), args)

    if sign == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return found("source_yaml_tab", here)
    if "quoted scalar" in context:
        if "end of stream" in problem or "document indicator" in problem:
            return found("source_unclosed_quote", there)
        return found("source_bad_escape", here, found=excerpt(line[at.column : at.column + 2]))
    if context in ("while parsing a flow sequence", "while parsing a flow mapping"):
        return found("source_unclosed_bracket", there, bracket=opening)
    if context in ("while scanning an alias", "while scanning an anchor", "while scanning a directive"):
        return found("source_yaml_needs_quotes", there, character=opening)
    if sign and ("cannot start any token" in problem or "node content" in problem):
        return found("source_yaml_needs_quotes", here, character=sign)
    if "undefined tag handle" in problem:
        return found("source_yaml_tag", here, found=excerpt(line[at.column :].split(" ")[0]))
    if "could not find expected ':'" in problem:
        return _no_colon(first, start.line, file) or found(
            "source_yaml_no_colon", there, found=excerpt(first.strip())
        )
    if "mapping values are not allowed" in problem:
        if at.line and (glued := _no_colon(lines[at.line - 1], at.line - 1, file)):
            return glued
        if ": " in line[: at.column]:
            return found("source_yaml_needs_quotes", here, character=":")
        return found("source_yaml_indent", here)
    if line[: at.column].rstrip().endswith(("'", '"')):
        return found("source_yaml_after_quote", here)
    if "did not find expected key" in problem or "expected '-' indicator" in problem:
        return found("source_yaml_indent", here)
    return found("source_yaml_syntax", here)


def _no_colon(line: str, number: int, file: str) -> Finding | None:
    """The finding for a line such as `name:Somchai`, whose colon makes no key without a space."""
    if match := _NO_SPACE_AFTER_COLON.match(line):
        place = Place(file, number + 1, match.end("key") + 1)
        return Finding("source_yaml_colon_space", place, {"key": excerpt(match["key"])})
    return None
