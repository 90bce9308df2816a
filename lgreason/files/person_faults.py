"""Faults of shape in a person's file: what the schema refuses, as findings, and what is left without it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from lgreason.files.person_shape import NONE_WORDS, PersonShape, keys_of, schema_text, shape_of
from lgreason.files.source import MOST_FINDINGS, Path, Source, excerpt
from lgreason.findings import Finding, Unusable

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

_PARTS = {"education": "qualification", "postings": "posting", "experience": "experience"}
_DAYS = frozenset({"from", "to", "obtained"})
# What people write for a key, where the letters alone would not lead to it.
_OTHER_WORDS = {
    **{"start": "from", "since": "from", "begin": "from", "end": "to", "until": "to"},
    **{
        "posts": "postings",
        "positions": "postings",
        "qualifications": "education",
        "work_experience": "experience",
    },
    **{"major": "field", "subject": "field", "grade": "level", "skills": "competencies"},
}
_GLUED_COLON = re.compile(r"(?P<key>[\w\u0e00-\u0e7f.]+):(?=[^\s:/])")


@dataclass(frozen=True, slots=True)
class Shaped:
    """What of a file has its right shape, the faults of the rest, and the paths of what is at fault."""

    shape: PersonShape
    faults: tuple[Finding, ...] = ()
    broken: frozenset[Path] = frozenset()


def shaped(source: Source) -> Shaped:
    """The sound part of the person in `source`, and its faults of shape.

    An entry at fault counts as absent; an item of a list at fault leaves an empty item, so that all others
    keep their numbers. Raises `Unusable` when the file does not hold one person at all.
    """
    data = _with_none_words_read(source.data)
    if conforms(data, json.loads(schema_text())):
        return Shaped(shape_of(data))
    refused = list(_refused(data))
    if not refused:
        return Shaped(shape_of(data))
    faults = tuple(_fault(error, path, source) for error, path in islice(refused, MOST_FINDINGS + 1))
    broken = frozenset(path for _, path in refused)
    if () in broken:
        raise Unusable(faults)
    return Shaped(shape_of(cast(Mapping[str, Any], _without(data, broken))), faults, broken)


def _with_none_words_read(data: Any) -> Any:
    """The data with `none` and ไม่มี read as a collection that is known to be empty."""
    if not isinstance(data, dict):
        return data
    empty: dict[str, object] = {"education": [], "postings": [], "experience": [], "competencies": {}}

    def is_none(key: str, value: object) -> bool:
        return key in empty and isinstance(value, str) and value.strip().casefold() in NONE_WORDS

    return {key: empty[key] if is_none(key, value) else value for key, value in data.items()}


_TYPES: Mapping[str, Callable[[object], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def conforms(data: Any, schema: Mapping[str, Any]) -> bool:
    """Whether the data surely conform to a schema made of what `schemas/person.json` uses.

    Most files are sound, and to see that takes no library, whose import takes as long as all the rest. Whatever is
    not surely sound is left to the library, which says what is wrong.
    """

    def sound(value: Any, part: Mapping[str, Any]) -> bool:
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
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
            entries = ((inner, known.get(key, others)) for key, inner in value.items())
            return all(wanted is not False and sound(inner, wanted) for inner, wanted in entries)
        return True

    return sound(data, schema)


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(schema_text())


def _refused(data: Any) -> Iterator[tuple[ValidationError, Path]]:
    """What the schema refuses, in the order of the file, each with the path of the entry at fault."""
    found: list[tuple[ValidationError, Path]] = []
    for error in _validator().iter_errors(data):
        path = tuple(error.instance_path)
        if error.kind.name == "additionalProperties":
            found.extend((error, (*path, key)) for key in error.kind.as_dict()["unexpected"])
        elif (
            error.kind.name != "required"
        ):  # told by the checks, which know whether the entry is at fault itself
            found.append((error, path))
    order = {path: index for index, path in enumerate(_paths(data))}
    found.sort(key=lambda pair: order[pair[1]])
    yield from found


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*path, key))


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _without(value: object, broken: frozenset[Path], path: Path = ()) -> object:
    """The data without what is at fault."""
    if isinstance(value, dict):
        return {
            key: _without(inner, broken, (*path, key))
            for key, inner in value.items()
            if (*path, key) not in broken
        }
    if isinstance(value, list):
        empty: object = {} if len(path) == 1 else ""  # an entry of a part, or a committee's name
        return [
            empty if (*path, index) in broken else _without(inner, broken, (*path, index))
            for index, inner in enumerate(value)
        ]
    return value


_Told = tuple[str, dict[str, object]]  # a finding's code and arguments


def _fault(error: ValidationError, path: Path, source: Source) -> Finding:
    """One fault as a finding: what was found, and by its code what would be accepted."""
    code, args = _told(error, path, _at(source.data, path))
    return Finding(code, source.place(path), args)


def _told(error: ValidationError, path: Path, value: Any) -> _Told:
    found: dict[str, object] = {"found": excerpt(value)}
    kind, limits = error.kind, error.kind.as_dict()
    match kind.name:
        case "additionalProperties":
            return _unknown_key(path)
        case "maxLength":
            return "person_text_too_long", {"length": len(value), "most": limits["limit"]}
        case "maxItems":
            return "person_too_many", {"count": len(value), "most": limits["limit"]}
    expected = set(limits["types"]) if kind.name == "type" else set()
    if "boolean" in expected:
        is_quoted = isinstance(value, str) and value.strip().lower() in ("true", "false")
        return "person_needs_no_quotes" if is_quoted else "person_truth_expected", found
    if "string" in expected:
        return _not_text(path, value), found
    if "array" in expected:
        return "person_list_is_record" if isinstance(value, dict) else "person_list_is_value", found
    if "object" in expected:
        return _not_a_record(value)
    if path[0] == "competencies" and isinstance(value, dict):
        return "person_key_with_dot", {"found": excerpt(path[-1])}
    if isinstance(value, str) and value.strip().isdecimal():
        return "person_needs_no_quotes", found
    entry = _schema_of(path)
    return "person_number_expected", {**found, "least": entry["minimum"], "most": entry["maximum"]}


def _schema_of(path: Path) -> Mapping[str, Any]:
    """What the schema says of a number: a competency's level, or an entry of an item of a list."""
    schema = json.loads(schema_text())
    if path[0] == "competencies":
        return cast(Mapping[str, Any], schema["properties"]["competencies"]["additionalProperties"])
    return cast(Mapping[str, Any], schema["$defs"][_PARTS[str(path[0])]]["properties"][str(path[-1])])


def _unknown_key(path: Path) -> _Told:
    """A key that is not known, with the nearest that is, or with all that are."""
    from difflib import get_close_matches

    key = str(path[-1])
    known = keys_of(_PARTS[str(path[0])] if len(path) > 1 else None)
    plain = key.strip().casefold().replace("-", "_").replace(" ", "_")
    other = _OTHER_WORDS.get(plain)
    if nearest := (other,) if other in known else tuple(get_close_matches(plain, known, n=1)):
        return "person_unknown_key", {"found": excerpt(key), "nearest": nearest}
    return "person_unknown_key_far", {"found": excerpt(key), "accepted": known}


def _not_text(path: Path, value: object) -> str:
    if isinstance(value, dict | list):
        return "person_text_is_group"
    return "date_unreadable" if path[-1] in _DAYS else "person_text_is_value"


def _not_a_record(value: object) -> _Told:
    if value is None:
        return "person_item_empty", {}
    if isinstance(value, list):
        return "person_record_is_list", {"found": excerpt(value)}
    if isinstance(value, str) and (match := _GLUED_COLON.match(value)):
        return "person_colon_space", {"key": excerpt(match["key"])}
    return "person_record_is_value", {"found": excerpt(value)}
