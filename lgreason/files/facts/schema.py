"""The JSON Schema of declared facts, and the form of a kind of file with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from lgreason.files.form.form import Form, Schema
from lgreason.rules.declared import NUMBERS, OF_ENTRIES, Attribute, Declarations, Fact, word
from lgreason.rules.model import Text
from lgreason.rules.terms import Fn

DATES = ["2563-01-01", "2020-01-01", "1/1/2563", "1 ม.ค. 2563"]
MOST_ENTRIES, MOST_LETTERS = 500, 500
_TEXT: Mapping[str, Any] = {"type": ["string", "null"], "maxLength": MOST_LETTERS}
_TYPED: Mapping[str, Mapping[str, Any]] = {
    "date": {**_TEXT, "examples": DATES},
    "year": {"type": ["integer", "string", "null"], "maxLength": MOST_LETTERS, "minimum": 0, "maximum": 9999},
    "yes_no": {"type": ["boolean", "null"]},
    "terms": {"type": ["array", "null"], "items": {"type": "string", "maxLength": MOST_LETTERS}},
    "text": {
        **{"type": ["string", "integer", "null"], "maxLength": MOST_LETTERS},
        **{"minimum": 0, "maximum": 10**15},
    },
    "number": {"type": ["number", "string", "null"], "maxLength": MOST_LETTERS},
}
_ABSENT: Mapping[str, Text] = {
    "not_known": Text("ไม่ทราบ", "not known"),
    "none": Text("ไม่มี", "none"),
    "still": Text("ยังดำเนินอยู่", "still going on"),
    "already": Text("มีอยู่แล้ว แต่ไม่ทราบวัน", "already, on a day not known"),
    "is true": Text("ใช่", "true"),
    "is false": Text("ไม่ใช่", "false"),
    "whole": Text("ทั้งปี", "the whole year"),
}
SCORE: Mapping[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "properties": {"score": dict(_TYPED["number"]), "full": dict(_TYPED["number"])},
}


class DeclaredForm(Form):
    """A form whose files may hold the declared facts besides its own entries."""

    def __init__(self, form: Form, declared: Declarations) -> None:
        """Take the form of a kind of file and what is declared of its subject."""
        super().__init__(form.kind, form.other_kind, form.looks_other, form.days, form.other_words)
        object.__setattr__(self, "_of", (form, declared))

    @cached_property
    def schema(self) -> Schema:
        """The schema of the form, with a place for every declared fact and attribute."""
        form, declared = cast("tuple[Form, Declarations]", self.__dict__["_of"])
        schema = json.loads(form.text)
        for fact in declared.facts.values():
            own = schema["properties"].get(fact.id)
            if own is None:
                schema["properties"][fact.id] = _fact(fact, declared)
            elif (listed := own.get("items", {}).get("$ref")) is not None:
                known = schema["$defs"][listed.rpartition("/")[2]]["properties"]
                for name, attribute in fact.attributes.items():
                    known.setdefault(name, _attribute(fact, attribute, declared))
        return cast(Schema, schema)

    @cached_property
    def text(self) -> str:
        """The schema as text."""
        return json.dumps(self.schema, ensure_ascii=False)


def further(form: Form, declared: Declarations) -> Iterator[tuple[Fact, Mapping[str, Attribute] | None]]:
    """The facts that a form itself does not read, and of those that it reads the attributes that it does not."""
    for fact in declared.facts.values():
        own = form.schema["properties"].get(fact.id)
        if own is None:
            yield fact, None
        elif "$ref" in own.get("items", {}):
            known = form.resolved(own["items"])["properties"]
            if more := {name: each for name, each in fact.attributes.items() if name not in known}:
                yield fact, more


def _both(text: Text | None, identity: str) -> str:
    return identity if text is None else f"{text.th} / {text.en}"


def _absence(absent: Fn) -> dict[str, str]:
    said = _ABSENT.get(absent.name if not absent.args else f"{absent.name} {word(absent.args[0])}")
    return {"description": f"ไม่ใส่ = {said.th} / absent = {said.en}"} if said is not None else {}


def _fact(fact: Fact, declared: Declarations) -> dict[str, Any]:
    title = {"title": _both(declared.names.get(("fact", fact.id)), fact.id), **_absence(fact.absent)}
    if fact.value is not None and fact.shape.name == "one":
        return {**title, **_value(fact, fact.value.type, {}, declared)}
    return {**title, **_value(fact, fact.shape, fact.attributes, declared)}


def _attribute(fact: Fact, attribute: Attribute, declared: Declarations) -> dict[str, Any]:
    name = declared.names.get(("attribute", f"{fact.id}.{attribute.id}"))
    title = {"title": _both(name, attribute.path[-1]), **_absence(attribute.absent)}
    return {**title, **_value(fact, attribute.type, attribute.inner, declared)}


def _value(
    fact: Fact, kind: Fn, attributes: Mapping[str, Attribute], declared: Declarations
) -> dict[str, Any]:
    """What the schema says of a value of a type or of entries of a shape."""
    if kind.name in OF_ENTRIES:
        return {
            "type": ["array", "null"],
            "maxItems": MOST_ENTRIES,
            "items": _record(fact, attributes, declared, ["object"]),
        }
    if kind.name == "record":
        return {
            **_record(fact, attributes, declared, ["object", "string", "null"]),
            "maxLength": MOST_LETTERS,
        }
    if kind.name in ("scores", "years"):
        of = kind.args[-1]
        inner = _value(fact, of if isinstance(of, Fn) else Fn(word(of)), {}, declared)
        if kind.name == "scores" and inner.get("type") == _TYPED["number"]["type"]:
            deeper = {"type": ["object", "number", "string", "null"], "maxLength": MOST_LETTERS}
            inner = {**deeper, "additionalProperties": inner}
        return {"type": ["object", "null"], "additionalProperties": inner}
    if kind.name == "score":
        return dict(SCORE)
    if kind.name in NUMBERS:
        return dict(_TYPED["number"])
    if kind.name in ("one_of", "scale") and (ids := declared.values.get(word(kind.args[0]))):
        return {**_TEXT, "examples": list(ids)}
    return dict(_TYPED.get(kind.name, _TEXT))


def _record(
    fact: Fact, attributes: Mapping[str, Attribute], declared: Declarations, types: list[str]
) -> dict[str, Any]:
    return {
        "type": types,
        "additionalProperties": False,
        "properties": {name: _attribute(fact, each, declared) for name, each in attributes.items()},
    }
