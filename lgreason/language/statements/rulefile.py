"""From the statements of a file to typed rules, definitions and examples; what is damaged is told and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from typing import Any, TypeVar

from lgreason.language.amending.changes import Amending
from lgreason.language.grammar.nodes import Node
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.factfile import (
    ABSENT,
    CHANGES,
    SUBJECTS,
    FactShape,
    Held,
    Misread,
    chosen,
    held_of,
    shape_of,
)
from lgreason.language.statements.keys import KEYS, key_of
from lgreason.language.statements.records import (
    ALLOWED,
    CATEGORIES,
    MANY,
    NEEDED,
    OF_EXAMPLES,
    OF_RULES,
    Definition,
    Example,
    Rule,
    StatementRead,
)
from lgreason.language.statements.splitting import StatementLine, WrittenStatement
from lgreason.language.statements.values import Resolve, Say, StatementValues
from lgreason.rules.model import Text

T = TypeVar("T")
_MUST = re.compile(r"^(?:จะต้อง|ต้อง|the person must |must )\s*", re.IGNORECASE)


def read(statement: WrittenStatement, say: Say, resolve: Resolve) -> StatementRead:
    """The rule, definition or example of a statement; `say` reads a sentence, `resolve` a name."""
    reader = _Reader(statement, say, resolve)
    match statement.head:
        case "rule":
            return StatementRead(reader.rule(), reader.faults)
        case "define":
            return StatementRead(reader.definition(), reader.faults)
    return StatementRead(reader.example(), reader.faults)


class _Reader(StatementValues):
    """Reads one statement."""

    def rule(self) -> Rule | None:
        identity = self._identity(self._statement.words, self._statement.start)
        entries = self._entries(OF_RULES)
        values: dict[str, Any] = {}  # of each key, what its reader gives
        steps: list[tuple[str, Text]] = []
        repairs: list[tuple[str, str]] = []
        table: list[Node] = []
        for key, entry in entries:
            match key:
                case "document" | "amends":
                    values[key] = self._identity(entry.value, entry.start)
                case "place" | "gloss" | "subject":
                    values[key] = self._pair(entry)
                case "quote":
                    texts = self._texts(entry, most=1)
                    values[key] = texts[0] if texts else None
                case "repair":
                    texts = self._texts(entry, least=2, most=2)
                    if len(texts) == 2:
                        repairs.append((texts[0], texts[1]))
                case "status" | "treatment":
                    values[key] = self._word(key, entry)
                case "in_force":
                    values["since"], values["until"] = self._period(entry)
                case "repeals":
                    values[key] = tuple(self._ids(entry))
                case "relies":
                    values[key] = tuple(self._readings(entry))
                case "posts":
                    values[key] = tuple(self._names("position", entry))
                case "step" | "fallback":
                    if (text := self._pair(entry)) is not None:
                        steps.append((key, text))
                case "table":
                    if isinstance(said := self._sentence(entry), Node):
                        table.append(said)
                case "sentence":
                    said = self._sentence(entry)
                    values["amending" if isinstance(said, Amending) else "node"] = said
        if values.get("status") is None:
            values.pop("status", None)
        if identity is None:
            return None
        whole = {key: value for key, value in values.items() if value is not None}
        return Rule(
            identity,
            self._statement.language,
            self._statement.span,
            self._spans,
            repairs=tuple(repairs),
            steps=tuple(steps),
            table=tuple(table),
            **whole,
        )

    def definition(self) -> Definition | None:
        words, start = self._statement.words, self._statement.start
        category = next(
            (
                (category, name)
                for category, names in sorted(CATEGORIES.items(), key=lambda item: -len(item[1][1]))
                for name in names
                if re.match(rf"{re.escape(name)}(?:\s|$)", words.casefold())
            ),
            None,
        )
        if category is None:
            found = words.split(" ")[0]
            names = tuple(names[self._statement.language == "en"] for names in CATEGORIES.values())
            self._fault("rule_category", (start, start + max(1, len(found))), found=found, categories=names)
            return None
        kind, name = category
        rest = words[len(name) :]
        identity = self._identity(rest, start + len(name))
        allowed = ALLOWED.get(kind, ("name", "alias"))
        values: dict[str, Any] = {}  # of each key, what its reader gives
        held: list[Held] = []
        for key, entry in self._entries(allowed):
            match key:
                case "shape":
                    values[key] = self._of_fact(entry, shape_of)
                case "attribute":
                    held += filter(None, [self._of_fact(entry, held_of)])
                case "absent":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, ABSENT)) or "not_known"
                case "changes":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, CHANGES)) or "nobody"
                case "subject":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, SUBJECTS)) or "person"
                case "name" | "authority":
                    values[key] = self._pair(entry, both=key == "name")
                case "alias":
                    values["aliases"] = tuple(self._texts(entry, most=40))
                case "type":
                    values[key] = next(iter(self._names("position_type", entry, one=True)), None)
                case "level":
                    values[key] = next(iter(self._names("level", entry, one=True)), None)
                case "series":
                    values[key] = next(iter(self._names("series", entry, one=True)), None)
                case "rank":
                    values[key] = self._number(entry)
                case "unit":
                    values[key] = self._word(key, entry)
                case "in_force":
                    values["since"], _ = self._period(entry)
        if held:
            values["held"] = tuple(held)
        if (shape := values.get("shape")) is not None:
            self._attributes_of(shape, held)
        for key in NEEDED.get(kind, ("name",)):
            if key not in self._spans:
                wanted = KEYS[key][self._statement.language == "en"]
                self._fault("rule_definition_needs", self._statement.span, f"{wanted}: …", key=wanted)
        if identity is None or any(f.severity == "error" for f in self.faults):
            return None
        return Definition(
            kind,
            identity,
            self._statement.language,
            self._statement.span,
            self._spans,
            **values,
        )

    def _of_fact(self, entry: StatementLine, reads: Callable[[str], T]) -> T | None:
        """What a line of a fact's definition says."""
        try:
            return reads(entry.value)
        except Misread as misread:
            rest = entry.value[misread.at :].strip()
            at = entry.start + misread.at
            near = get_close_matches(rest.split(" ")[0].casefold(), misread.choices, n=1) if rest else []
            args = {"found": rest[:40], "choices": misread.choices}
            code = "rule_fact_word" if misread.choices else "rule_fact_more"
            self._fault(code, (at, at + max(1, len(rest))), near[0] if near else None, **args)
            return None

    def _attributes_of(self, shape: FactShape, held: list[Held]) -> None:
        """The attributes that say when are among those of the entries, and are days."""
        kinds = {each.id: each.kind.name for each in held}
        for name in shape.attributes:
            if shape.of is not None and name == shape.attributes[-1]:
                if kinds.get(name) != "whole":
                    self._fault("rule_fact_round", self._spans["shape"], found=name)
            elif kinds.get(name) not in ("date", "year"):
                self._fault("rule_fact_when", self._spans["shape"], found=name)
        if shape.kind is None and not held:
            self._fault("rule_fact_empty", self._spans["shape"])

    def example(self) -> Example:
        values: dict[str, Any] = {}  # of each key, what its reader gives
        start = 0
        entries = dict(self._entries(OF_EXAMPLES))
        of_organisation = "organisation" in self._spans and "person" not in self._spans
        for key, entry in entries.items():
            match key:
                case "person" | "organisation":
                    values[key], start = entry.value, entry.start
                case "position" if of_organisation:
                    values |= self._asked(entry)
                case "position":
                    values[key] = next(iter(self._names("position", entry, one=True)), None)
                case "as_of":
                    values[key] = self._day(entry.value, entry.start)
                case "because":
                    values[key] = self._identity(entry.value, entry.start)
        if (verdict := entries.get("verdict")) is not None:
            kinds: tuple[str, ...] = ("permission",) if of_organisation else ("verdict",)
            if of_organisation and "position" in self._spans and values.get("post") is None:
                kinds = ("verdict",) if values.get("class_") else ("permission", "verdict")
            values["verdict"] = self._word("verdict", verdict, *kinds)
        if "person" in self._spans and "organisation" in self._spans:
            self._fault("rule_example_of_both", self._spans["organisation"])
        for key in ("as_of", "verdict") if of_organisation else ("position", "as_of", "verdict"):
            if key not in self._spans:
                wanted = KEYS[key][self._statement.language == "en"]
                self._fault("rule_example_needs", self._statement.span, f"{wanted}: …", key=wanted)
        if "person" not in self._spans and "organisation" not in self._spans:
            wanted = KEYS["person"][self._statement.language == "en"]
            self._fault("rule_example_needs", self._statement.span, f"{wanted}: …", key=wanted)
        title = self._statement.words.strip(' "«»“”')
        return Example(
            title,
            self._statement.language,
            self._statement.span,
            self._spans,
            start=start,
            **values,
        )

    def _entries(self, allowed: tuple[str, ...]) -> Iterator[tuple[str, StatementLine]]:
        for entry in self._statement.entries:
            key = key_of(entry.key)
            if key not in allowed:
                key = self._unknown_key(entry, allowed)
                if key is None or key in self._spans:
                    continue
                entry = replace(entry, key=KEYS[key][0])
            if key in self._spans and key not in MANY:
                self.faults.append(self._twice(key, entry))
                continue
            stripped = entry.value.strip()
            lead = len(entry.value) - len(entry.value.lstrip())
            at = entry.start + lead
            self._spans[key] = (at, at + max(1, len(stripped))) if stripped else entry.span
            if not stripped:
                self._fault("rule_value_missing", entry.span, key=entry.key)
                continue
            yield key, entry

    def _twice(self, key: str, entry: StatementLine) -> Fault:
        """A key that is given again; two sentences are one with two items."""
        edits: tuple[Edit, ...] = ()
        first = next((one for one in self._statement.entries if key_of(one.key) == key), entry)
        if key == "sentence" and first is not entry:
            english = self._statement.language == "en"
            values = [_MUST.sub("", " ".join(one.value.split())) for one in (first, entry)]
            lead = "the person must meet all of the following:" if english else "ต้องมีคุณสมบัติครบทุกข้อ ดังต่อไปนี้"
            items = "".join(f"\n    ({number}) {value}" for number, value in enumerate(values, 1))
            end = entry.start + len(entry.value)
            edits = (
                Edit(self._spans[key][0], first.start + len(first.value), f"{lead}{items}"),
                Edit(entry.span[0], end, ""),
            )
        return Fault("rule_key_twice", entry.span, {"key": entry.key}, edits=edits)

    def _unknown_key(self, entry: StatementLine, allowed: tuple[str, ...]) -> str | None:
        """Tell of a key that cannot stand here; the key that was surely meant, to be read as that."""
        words = [KEYS[key][self._statement.language == "en"] for key in allowed]
        near = get_close_matches(entry.key, words, n=1, cutoff=0.6)
        known = key_of(entry.key) is not None
        # What is likest comes first: a list in the order of the keys hides the one that was meant.
        likest = sorted(words, key=lambda word: -SequenceMatcher(None, word, entry.key).ratio())
        args = {"found": entry.key, "keys": tuple(likest)}
        edits = (Edit(*entry.span, near[0]),) if near and not known else ()
        code = "rule_key_here" if known else "rule_key"
        self.faults.append(Fault(code, entry.span, args, near[0] if near else None, edits=edits))
        return key_of(near[0]) if edits else None
