"""The record of a person or an organisation as a form: made from the JSON Schema of the file, and read back as data.

The name of an input is the path of its entry, `postings.0.from`. An input left empty is a key that is absent: not
known. A list says apart whether it is not known, known to be empty, or given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lgreason.files.form.form import Form, Schema
from lgreason.rules.findings import Finding
from lgreason.rules.model import Language

Kind = Literal["text", "truth", "texts", "choice"]
Data = dict[str, Any]
Steps = tuple[str, ...]
"""The way to an entry in the schema: its keys, without the numbers of rows."""
STATE, KEY, VALUE = "_state", "_key", "_value"
UNKNOWN, NONE, GIVEN = "unknown", "none", "given"
MOST_ROWS = 500
_NUMBER = re.compile(r"-?\d[\d,_]*(\.\d+)?")
_INDEX = re.compile(r"\[(\d+)\]")
TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that an entry takes: their category, and the names by id where it takes nothing else."""

    category: str
    closed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One entry: its name, label and hint, what is typed in it, and the category of terms that it takes.

    `choices` are the ids and names of which a `choice` is one; `is_further` says that the entry is of the facts which
    only some files state.
    """

    name: str
    label: str
    hint: str
    kind: Kind
    value: str
    terms: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_further: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not self.value


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Entries that belong together; of a list or of a mapping by names, its rows and whether these are known.

    A record that there may be once or not at all has parts and a state.
    """

    name: str
    label: str
    hint: str
    parts: tuple[Input | FormGroup, ...]
    rows: tuple[FormGroup, ...] = ()
    state: str = ""
    is_further: bool = False

    @property
    def is_collection(self) -> bool:
        """Whether rows can be added."""
        return bool(self.state) and not self.parts

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self.state in ("", UNKNOWN) and all(part.is_empty for part in (*self.parts, *self.rows))

    @property
    def main(self) -> tuple[Input | FormGroup, ...]:
        """The parts that every form shows, and those of which something is said."""
        return tuple(part for part in self.parts if not part.is_further or not part.is_empty)

    @property
    def further(self) -> tuple[Input | FormGroup, ...]:
        """The parts that few files state, and this one does not."""
        return tuple(part for part in self.parts if part.is_further and part.is_empty)


class RecordForm:
    """Makes the form of one kind of file, and reads it back."""

    def __init__(
        self,
        form: Form,
        language: Language,
        terms: Callable[[Steps], Terms | None],
        label: Callable[[str], str | None],
        of_all: Form | None = None,
    ) -> None:
        """Take the form of the file, the language of labels, and two namings.

        `terms` gives the terms that an entry takes, if it takes any; `label` the name of a path where the knowledge
        base has one. What `of_all` has no place for is stated by few files.
        """
        self._form = form
        self._language: Language = language
        self._terms = terms
        self._label = label
        self._of_all = of_all or form

    # ── data to form ────────────────────────────────────────────────────────────────────────────

    def group(self, data: Mapping[str, Any], extra: Iterable[str] = ()) -> FormGroup:
        """The whole form with what data hold; `extra` names lists to which an empty row is added."""
        return self._group("", (), self._form.schema, data, frozenset(extra))

    def _group(
        self, name: str, steps: Steps, schema: Schema, data: Mapping[str, Any], extra: frozenset[str]
    ) -> FormGroup:
        parts: list[Input | FormGroup] = []
        for inner, own in schema.get("properties", {}).items():
            if not name and inner == "kind":
                continue
            path = f"{name}.{inner}" if name else inner
            parts.append(self._part(path, (*steps, inner), own, data.get(inner), extra))
        label, hint = self._words(name, steps[-1] if steps else "", schema)
        return FormGroup(name, label, hint, tuple(parts))

    def _part(
        self, path: str, steps: Steps, own: Schema, value: Any, extra: frozenset[str]
    ) -> Input | FormGroup:
        """The entry at a path: an input, or a group of them."""
        schema = self._form.resolved(own)
        label, hint = self._words(path, steps[-1], own, schema)
        types, further = schema.get("type", ()), self._is_further(steps)
        if "array" in types and self._is_of_objects(schema):
            items = self._form.resolved(schema["items"])
            rows = value if isinstance(value, list) else []
            given = [row if isinstance(row, dict) else {} for row in rows] + [{}] * (path in extra)
            state = UNKNOWN if value is None else GIVEN if given else NONE
            groups = tuple(
                self._group(f"{path}.{n}", steps, items, row, extra)
                for n, row in enumerate(given[:MOST_ROWS])
            )
            return FormGroup(path, label, hint, (), groups, GIVEN if path in extra else state, further)
        if schema.get("properties"):
            made = self._group(path, steps, schema, value if isinstance(value, dict) else {}, extra)
            state = ""
            if "string" in types:  # a record: `none` is that there is none
                state = UNKNOWN if value is None else GIVEN if isinstance(value, dict) else NONE
            return FormGroup(path, label, hint, made.parts, (), state, further)
        if isinstance(schema.get("additionalProperties"), dict) and (
            "number" not in types or isinstance(value, dict)
        ):
            inner = schema["additionalProperties"]
            return self._mapping(path, steps, inner, (label, hint), value, extra, further)
        return self._input(path, steps, types, (label, hint), value, further)

    def _input(
        self,
        path: str,
        steps: Steps,
        types: Iterable[str],
        words: tuple[str, str],
        value: Any,
        further: bool,
    ) -> Input:
        terms = self._terms(steps)
        category = terms.category if terms else ""
        text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        kind: Kind = "texts" if "array" in types else "text"
        if "boolean" in types:
            kind, text = "truth", {True: "true", False: "false"}.get(value, text)
        if terms is None or terms.closed is None:
            return Input(path, *words, kind, text, category, (), further)
        named = {name.casefold(): identity for identity, name in terms.closed.items()}
        text = named.get(text.casefold(), text)
        choices = dict(terms.closed) if not text else {**terms.closed, text: terms.closed.get(text, text)}
        return Input(path, *words, "choice", text, "", tuple(choices.items()), further)

    def _mapping(
        self,
        path: str,
        steps: Steps,
        inner: Schema,
        words: tuple[str, str],
        value: Any,
        extra: frozenset[str],
        further: bool,
    ) -> FormGroup:
        pairs = list(value.items()) if isinstance(value, dict) else []
        pairs += [("", None)] * (path in extra)
        rows = []
        for n, (key, each) in enumerate(pairs):
            row, of_key = f"{path}.{n}", (*steps, KEY)
            name = self._input(f"{row}.{KEY}", of_key, (), (words[0], ""), str(key), False)
            of = self._part(f"{row}.{VALUE}", (*steps, VALUE), inner, each, extra)
            rows.append(FormGroup(row, "", "", (name, of)))
        state = GIVEN if rows else UNKNOWN if value is None else NONE
        return FormGroup(path, *words, (), tuple(rows), state, further)

    def _is_further(self, steps: Steps) -> bool:
        """Whether the form of every file has no place for an entry."""
        part: Schema | None = self._of_all.schema
        for step in steps:
            assert part is not None
            part = self._of_all.resolved(part)
            if "array" in part.get("type", ()):
                part = self._of_all.resolved(part["items"])
            part = self._of_all.inside(part, step)
            if part is None:
                return True
        return False

    def _is_of_objects(self, schema: Schema) -> bool:
        return "object" in self._form.resolved(schema["items"]).get("type", ())

    def _words(self, path: str, key: str, *schemas: Schema) -> tuple[str, str]:
        """The label and the hint of an entry; the schema has both languages, divided by a stroke."""
        label = self._label(path) or next((s["title"] for s in schemas if "title" in s), key)
        if key == VALUE:
            label = ""
        hint = next((s["description"] for s in schemas if "description" in s), "")
        return self._side(label), self._side(hint)

    def _side(self, text: str) -> str:
        thai, stroke, english = text.rpartition(" / ")
        return text if not stroke else thai if self._language == "th" else english

    # ── form to data ────────────────────────────────────────────────────────────────────────────

    def data(self, fields: Iterable[tuple[str, str]]) -> Data:
        """What was filled in, as a file would hold it."""
        found: dict[str, str] = {name: value.strip() for name, value in fields}
        data = self._data("", self._form.schema, found)
        return {"kind": self._form.kind, **data}

    def _data(self, name: str, schema: Schema, fields: Mapping[str, str]) -> Data:
        data: Data = {}
        for key, own in schema.get("properties", {}).items():
            if not name and key == "kind":
                continue
            path = f"{name}.{key}" if name else key
            value = self._value(path, self._form.resolved(own), fields)
            if value is not None:
                data[key] = value
        return data

    def _value(self, path: str, schema: Schema, fields: Mapping[str, str]) -> Any:
        types = schema.get("type", ())
        state = fields.get(f"{path}.{STATE}")
        if state is not None:
            if "array" not in types and schema.get("properties"):
                given = self._data(path, schema, fields)
                return NONE if state == NONE else given or ({} if state == GIVEN else None)
            if state == UNKNOWN:
                return None
            rows = [] if state == NONE else self._rows(path, schema, fields)
            return dict(rows) if "object" in types else rows
        if schema.get("properties"):
            return self._data(path, schema, fields) or None
        text = fields.get(path, "")
        if not text:
            return None
        if "array" in types:
            return [] if text in ("-", "ไม่มี", "none") else [w.strip() for w in text.split(",") if w.strip()]
        if "boolean" in types:
            return TRUTHS.get(text, text)
        return _number(text) if "number" in types or ("integer" in types and "string" not in types) else text

    def _rows(self, path: str, schema: Schema, fields: Mapping[str, str]) -> list[Any]:
        prefix = f"{path}."
        numbers = sorted(
            {
                int(first)
                for name in fields
                if name.startswith(prefix)
                and (first := name[len(prefix) :].partition(".")[0]).isdecimal()
                and len(first) < 5
            }
        )
        rows: list[Any] = []
        for number in numbers:
            if fields.get(f"{prefix}{number}._drop"):
                continue
            if "array" in schema.get("type", ()):
                row = self._data(f"{prefix}{number}", self._form.resolved(schema["items"]), fields)
                if row:
                    rows.append(row)
            elif key := fields.get(f"{prefix}{number}.{KEY}", ""):
                inner = self._form.resolved(schema["additionalProperties"])
                rows.append((key, self._value(f"{prefix}{number}.{VALUE}", inner, fields)))
        return rows


def _number(text: str) -> Any:
    """A number as typed, its thousands set off or not; any other text as it is, for the checks to speak of it."""
    plain = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    if not _NUMBER.fullmatch(plain):
        return text or None
    plain = plain.replace(",", "").replace("_", "")
    return float(plain) if "." in plain else int(plain)


def name_of(field: str) -> str:
    """The name of the input for the path of an entry as findings give it: `postings[2].from` is `postings.1.from`."""
    return _INDEX.sub(lambda match: f".{int(match[1]) - 1}", field)


def by_input(findings: Iterable[Finding], names: Iterable[str]) -> dict[str, list[Finding]]:
    """Findings by the input that they belong beside; what belongs beside none stands under the empty name."""
    known = set(names)
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        name = name_of(finding.place.field) if finding.place and finding.place.field else ""
        while name and name not in known:
            name = name.rpartition(".")[0]
        found.setdefault(name, []).append(finding)
    return found


def part_at(group: FormGroup, name: str) -> Input | FormGroup | None:
    """The part of a name, or what it stands in: its entry may not be there yet."""
    while name:
        found = next((part for part in _parts(group) if part.name == name), None)
        if found is not None:
            return found
        name = name.rpartition(".")[0]
    return None


def fields_of(group: FormGroup) -> Iterator[tuple[str, str]]:
    """The fields of a form as it is sent back unchanged."""
    for part in _parts(group):
        if isinstance(part, Input):
            yield part.name, part.value
        elif part.state:
            yield f"{part.name}.{STATE}", part.state


def _parts(group: FormGroup) -> Iterator[Input | FormGroup]:
    for part in (*group.parts, *group.rows):
        yield part
        if isinstance(part, FormGroup):
            yield from _parts(part)


def names_in(group: FormGroup) -> Iterable[str]:
    """The names of every input and group of a form."""
    yield group.name
    for part in (*group.parts, *group.rows):
        if isinstance(part, FormGroup):
            yield from names_in(part)
        else:
            yield part.name
