"""The record of a person or an organisation as a form: made from the JSON Schema of the file, and read back as data.

The name of an input is the path of its entry, `postings.0.from`. An input left empty is a key that is absent: not
known. A list says apart whether it is not known, known to be empty, or given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from lgreason.files.form.form import Form, Schema
from lgreason.rules.findings import Finding
from lgreason.rules.model import Language
from lgreason.rules.records import dataclass

Kind = Literal["text", "truth", "texts", "long"]
Data = dict[str, Any]
STATE, KEY, VALUE = "_state", "_key", "_value"
UNKNOWN, NONE, GIVEN = "unknown", "none", "given"
MOST_ROWS = 500
_NUMBER = re.compile(r"-?\d[\d,_]*(\.\d+)?")
_INDEX = re.compile(r"\[(\d+)\]")
TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Input:
    """One entry: its name, label and hint, what is typed in it, and the category of terms that it takes."""

    name: str
    label: str
    hint: str
    kind: Kind
    value: str
    terms: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together; of a list or of a mapping by names, its rows and whether these are known."""

    name: str
    label: str
    hint: str
    parts: tuple[Input | Group, ...]
    rows: tuple[Group, ...] = ()
    state: str = ""

    @property
    def is_collection(self) -> bool:
        """Whether rows can be added."""
        return bool(self.state)


class RecordForm:
    """Makes the form of one kind of file, and reads it back."""

    def __init__(
        self,
        form: Form,
        language: Language,
        terms: Callable[[str, str], str],
        label: Callable[[str], str | None],
    ) -> None:
        """Take the form of the file, the language of labels, and two namings.

        `terms` gives the category of terms for an entry's key and parent, or nothing; `label` the name of a path
        where the knowledge base has one.
        """
        self._form = form
        self._language: Language = language
        self._terms = terms
        self._label = label

    # ── data to form ────────────────────────────────────────────────────────────────────────────

    def group(self, data: Mapping[str, Any], extra: Iterable[str] = ()) -> Group:
        """The whole form with what data hold; `extra` names lists to which an empty row is added."""
        return self._group("", "", self._form.schema, data, frozenset(extra))

    def _group(
        self, name: str, key: str, schema: Schema, data: Mapping[str, Any], extra: frozenset[str]
    ) -> Group:
        parts: list[Input | Group] = []
        for inner, own in schema.get("properties", {}).items():
            if not name and inner == "kind":
                continue
            path = f"{name}.{inner}" if name else inner
            parts.append(self._part(path, inner, key, own, data.get(inner), extra))
        label, hint = self._words(name, key, schema)
        return Group(name, label, hint, tuple(parts))

    def _part(
        self, path: str, key: str, parent: str, own: Schema, value: Any, extra: frozenset[str]
    ) -> Input | Group:
        schema = self._form.resolved(own)
        label, hint = self._words(path, key, own, schema)
        types = schema.get("type", ())
        if "array" in types and not self._is_of_objects(schema):
            words = (
                ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
            )
            return Input(path, label, hint, "texts", words, self._terms(key, parent))
        if "array" in types:
            items = self._form.resolved(schema["items"])
            rows = value if isinstance(value, list) else []
            given = [row if isinstance(row, dict) else {} for row in rows] + [{}] * (path in extra)
            state = UNKNOWN if value is None else GIVEN if given else NONE
            groups = (
                self._group(f"{path}.{n}", key, items, row, extra) for n, row in enumerate(given[:MOST_ROWS])
            )
            return Group(path, label, hint, (), tuple(groups), GIVEN if path in extra else state)
        if schema.get("properties"):
            made = self._group(path, key, schema, value if isinstance(value, dict) else {}, extra)
            return Group(path, label, hint, made.parts)
        if isinstance(schema.get("additionalProperties"), dict) and (
            "number" not in types or isinstance(value, dict)
        ):
            return self._mapping(path, label, hint, key, value, extra)
        if "boolean" in types:
            words = {True: "true", False: "false"}.get(value, "" if value is None else str(value))
            return Input(path, label, hint, "truth", words, "")
        text = "" if value is None else str(value)
        return Input(path, label, hint, "text", text, self._terms(key, parent))

    def _mapping(
        self, path: str, label: str, hint: str, key: str, value: Any, extra: frozenset[str]
    ) -> Group:
        pairs = list(value.items()) if isinstance(value, dict) else []
        pairs += [("", None)] * (path in extra)
        rows = tuple(
            Group(
                f"{path}.{n}",
                "",
                "",
                (
                    Input(f"{path}.{n}.{KEY}", label, "", "text", str(inner), self._terms(KEY, key)),
                    Input(
                        f"{path}.{n}.{VALUE}",
                        "",
                        "",
                        "text",
                        "" if v is None else str(v),
                        self._terms(VALUE, key),
                    ),
                ),
            )
            for n, (inner, v) in enumerate(pairs)
        )
        state = GIVEN if rows else UNKNOWN if value is None else NONE
        return Group(path, label, hint, (), rows, state)

    def _is_of_objects(self, schema: Schema) -> bool:
        return "object" in self._form.resolved(schema["items"]).get("type", ())

    def _words(self, path: str, key: str, *schemas: Schema) -> tuple[str, str]:
        """The label and the hint of an entry; the schema has both languages, divided by a stroke."""
        label = self._label(path) or next((s["title"] for s in schemas if "title" in s), key)
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
                rows.append((key, _number(fields.get(f"{prefix}{number}.{VALUE}", ""))))
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


def names_in(group: Group) -> Iterable[str]:
    """The names of every input and group of a form."""
    yield group.name
    for part in (*group.parts, *group.rows):
        if isinstance(part, Group):
            yield from names_in(part)
        else:
            yield part.name
