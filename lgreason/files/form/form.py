"""The form of a kind of file: its JSON Schema, and whether data plainly conform to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from lgreason.files.source.read import Path

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """The form of a kind of file: its JSON Schema, and what people write instead of its keys.

    Its entries have a `type`, or a `$ref` to one of `$defs` that has. `other_kind` and `looks_other` are the codes of
    the findings for a file that is of another kind, or seems to be. `days` are the keys whose values are dates.
    """

    kind: str
    other_kind: str
    looks_other: str
    days: frozenset[str] = frozenset()
    other_words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def text(self) -> str:
        """The schema as it stands."""
        return (FilePath(__file__).parent / "schemas" / f"{self.kind}.json").read_text(encoding="utf-8")

    @cached_property
    def schema(self) -> Schema:
        """The schema, not to be changed."""
        return cast(Schema, json.loads(self.text))

    @cached_property
    def validator(self) -> Draft202012Validator:
        """What says what is wrong with data; its import takes long."""
        from jsonschema_rs import Draft202012Validator

        return Draft202012Validator(self.text)

    def resolved(self, part: Schema) -> Schema:
        """A part of the schema, or the definition that it refers to."""
        return cast(Schema, self.schema["$defs"][name]) if (name := definition(part)) else part

    def inside(self, part: Schema, step: str | int) -> Schema | None:
        """What the schema says of an entry of a mapping or of the items of a list, if it has a place for one."""
        part = self.resolved(part)
        if isinstance(step, int):
            return cast("Schema | None", part.get("items"))
        known = part.get("properties", {})
        return cast("Schema | None", known.get(step, part.get("additionalProperties")) or None)

    def at(self, path: Path) -> Schema:
        """What the schema says of the entry at a path, which must be one that it has."""
        part = self.schema
        for step in path:
            inner = self.inside(part, step)
            assert inner is not None
            part = inner
        return self.resolved(part)

    @cached_property
    def keys_of_others(self) -> frozenset[str]:
        """The keys that files of other kinds may have, and those of this kind may not."""
        paths = (FilePath(__file__).parent / "schemas").glob("*.json")
        others = (json.loads(path.read_text(encoding="utf-8")) for path in paths if path.stem != self.kind)
        keys = {key for schema in others for key in schema["properties"]}
        return frozenset(keys - {*self.keys(()), *self.other_words})

    def keys(self, path: Path) -> tuple[str, ...]:
        """The keys that the mapping at a path may have."""
        return tuple(self.at(path).get("properties", ()))


def definition(part: Schema) -> str | None:
    """The name of the definition that a part of a schema refers to, if it refers to one."""
    return str(part["$ref"]).rpartition("/")[2] if "$ref" in part else None


def is_collection(part: Schema) -> bool:
    """Whether a part of a schema is a list, or a mapping by names, which can be known to be empty."""
    types = part.get("type", ())
    return "string" not in types and (
        "array" in types or ("object" in types and isinstance(part.get("additionalProperties"), dict))
    )


_TYPES: Mapping[str, Callable[[object], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def conforms(data: Any, schema: Schema) -> bool:
    """Whether the data surely conform to a schema made of what those in `schemas/` use.

    Most files are sound, and to see that takes no library, whose import takes as long as all the rest. Whatever is
    not surely sound is left to the library, which says what is wrong.
    """

    def sound(value: Any, part: Schema) -> bool:
        if name := definition(part):
            part = schema["$defs"][name]
        types = part["type"] if isinstance(part["type"], list) else [part["type"]]
        if not any(_TYPES[name](value) for name in types):
            return False
        if isinstance(value, str):
            return len(value) <= int(part["maxLength"])
        if isinstance(value, int) and "minimum" in part:
            return bool(part["minimum"] <= value <= part["maximum"])
        if isinstance(value, list):
            return len(value) <= part.get("maxItems", len(value)) and all(
                sound(item, part["items"]) for item in value
            )
        if isinstance(value, dict):
            known, others = part.get("properties", {}), part["additionalProperties"]
            if len(value) > part.get("maxProperties", len(value)):
                return False
            entries = ((inner, known.get(key, others)) for key, inner in value.items())
            return all(wanted is not False and sound(inner, wanted) for inner, wanted in entries)
        return True

    return sound(data, schema)
