"""Faults of shape in a file of any kind: what its JSON Schema refuses, as findings, and what is left without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from lgreason.files.form.form import Form, Schema, conforms, is_collection
from lgreason.files.source.read import MOST_FINDINGS, Path, Source, excerpt
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

NONE_WORDS = ("none", "ไม่มี")
"""What may stand for a collection that is known to be empty."""

# Control characters, the ends of lines among them, and those that turn the direction of writing around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_GLUED_COLON = re.compile(r"(?P<key>[\w\u0e00-\u0e7f.]+):(?=[^\s:/])")

Told = tuple[str, dict[str, object]]
"""A finding's code and arguments."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What of a file has its right shape, the faults of the rest, and the paths of what is at fault."""

    data: Mapping[str, Any]
    faults: tuple[Finding, ...] = ()
    broken: frozenset[Path] = frozenset()


_OF_ANY_KIND = frozenset({"kind", "id", "name"})


def refuse_other_kinds(source: Source, form: Form) -> None:
    """Raise `Unusable` for a file of another kind, with that alone: otherwise every key would be a finding."""
    if (finding := of_another_kind(source, form)) is not None:
        raise Unusable((finding,))


def of_another_kind(source: Source, form: Form) -> Finding | None:
    """What says that a file is of another kind than that of the form; `None` if nothing does.

    A file that does not say its kind is of another if it has keys of that one, and none of its own.
    """
    data = source.data
    if not isinstance(data, dict):
        return None
    kind = data.get("kind")
    if isinstance(kind, str) and kind.strip():
        if kind.strip() == form.kind:
            return None
        return Finding(form.other_kind, source.place(("kind",)), {"found": excerpt(kind)})
    if data.keys() & {*form.keys(()), *form.other_words} - _OF_ANY_KIND:
        return None
    if theirs := [key for key in data if key in form.keys_of_others]:
        args = {"found": tuple(excerpt(key) for key in theirs)}
        return Finding(form.looks_other, source.place((theirs[0],)), args)
    return None


def plainly(source: Source, form: Form) -> bool:
    """Whether the document in `source` plainly conforms to a form."""
    return conforms(_with_none_words_read(source.data, form, form.schema), form.schema)


def shaped(source: Source, form: Form) -> Shaped:
    """The sound part of the document in `source`, and its faults of shape.

    An entry at fault counts as absent; an item of a list at fault leaves an empty item, so that all others
    keep their numbers. Raises `Unusable` when the file does not hold one document of its kind at all.
    """
    data = _with_none_words_read(source.data, form, form.schema)
    if conforms(data, form.schema):
        return Shaped(cast(Mapping[str, Any], data))
    refused = list(_refused(data, form))
    if not refused:
        return Shaped(cast(Mapping[str, Any], data))
    faults = tuple(_fault(error, path, source, form) for error, path in islice(refused, MOST_FINDINGS + 1))
    broken = frozenset(path for _, path in refused)
    if () in broken:
        raise Unusable(faults)
    return Shaped(cast(Mapping[str, Any], _without(data, broken, form, form.schema)), faults, broken)


def texts_at_fault(source: Source, broken: frozenset[Path]) -> Iterator[Finding]:
    """No text is empty, and none holds what cannot be printed on one line."""
    for path, text in _strings(source.data, broken):
        if not text.strip():
            yield Finding("shape_text_empty", source.place(path))
        elif sign := _UNPRINTABLE.search(text.strip()):
            args = {"character": f"U+{ord(sign[0]):04X}"}
            yield Finding("shape_control_character", source.place(path), args)


def _strings(value: object, broken: frozenset[Path], path: Path = ()) -> Iterator[tuple[Path, str]]:
    if path in broken:
        return
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, broken, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, broken, (*path, index))


def _with_none_words_read(value: Any, form: Form, part: Schema) -> Any:
    """The data with `none` and ไม่มี read as a collection that is known to be empty."""
    part = form.resolved(part)
    if isinstance(value, str) and is_collection(part) and value.strip().casefold() in NONE_WORDS:
        return [] if "array" in part["type"] else {}
    if isinstance(value, dict):
        return {
            key: inner if (of := form.inside(part, key)) is None else _with_none_words_read(inner, form, of)
            for key, inner in value.items()
        }
    if isinstance(value, list) and (of := form.inside(part, 0)) is not None:
        return [_with_none_words_read(inner, form, of) for inner in value]
    return value


def _refused(data: Any, form: Form) -> Iterator[tuple[ValidationError, Path]]:
    """What the schema refuses, in the order of the file, each with the path of the entry at fault."""
    found: list[tuple[ValidationError, Path]] = []
    for error in form.validator.iter_errors(_with_plain_numbers(data)):
        path = tuple(error.instance_path)
        if _at(data, path) != error.instance:
            path = (*path, "")  # the library drops the last step where it is an empty key
        if error.kind.name == "additionalProperties":
            found.extend((error, (*path, key)) for key in error.kind.as_dict()["unexpected"])
        elif (
            error.kind.name != "required"
        ):  # told by the checks, which know whether the entry is at fault itself
            found.append((error, path))
    order = {path: index for index, path in enumerate(_paths(data))}
    found.sort(key=lambda pair: order[pair[1]])
    yield from found


def _with_plain_numbers(value: Any) -> Any:
    """The data as the library takes them: numbers are Python's own."""
    if isinstance(value, dict):
        return {key: _with_plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_plain_numbers(inner) for inner in value]
    return float(value) if isinstance(value, float) else value


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*path, key))


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _without(value: object, broken: frozenset[Path], form: Form, part: Schema, path: Path = ()) -> object:
    """The data without what is at fault."""
    if isinstance(value, dict):
        return {
            key: _without(inner, broken, form, of, (*path, key))
            for key, inner in value.items()
            if (*path, key) not in broken and (of := form.inside(part, key)) is not None
        }
    if isinstance(value, list) and (of := form.inside(part, 0)) is not None:
        empty: object = {} if "object" in form.resolved(of)["type"] else ""
        return [
            empty if (*path, index) in broken else _without(inner, broken, form, of, (*path, index))
            for index, inner in enumerate(value)
        ]
    return value


def _fault(error: ValidationError, path: Path, source: Source, form: Form) -> Finding:
    """One fault as a finding: what was found, and by its code what would be accepted."""
    code, args = _told(error, path, _at(source.data, path), form)
    return Finding(code, source.place(path), args)


def _told(error: ValidationError, path: Path, value: Any, form: Form) -> Told:
    found: dict[str, object] = {"found": excerpt(value)}
    kind, limits = error.kind, error.kind.as_dict()
    match kind.name:
        case "additionalProperties":
            return _unknown_key(path, form)
        case "maxLength":
            return "shape_text_too_long", {"length": len(value), "most": limits["limit"]}
        case "maxItems" | "maxProperties":
            return "shape_too_many", {"count": len(value), "most": limits["limit"]}
    expected = set(limits["types"]) if kind.name == "type" else set()
    if "boolean" in expected:
        is_quoted = isinstance(value, str) and value.strip().lower() in ("true", "false")
        return "shape_needs_no_quotes" if is_quoted else "shape_truth_expected", found
    if "number" in expected:
        return "shape_amount_expected", found
    if "string" in expected:
        return _not_text(path, value, form), found
    if "array" in expected:
        return "shape_list_is_record" if isinstance(value, dict) else "shape_list_is_value", found
    if "object" in expected:
        return _not_a_record(value)
    if isinstance(value, dict) and len(path) > 1 and is_collection(form.at(path[:-1])):
        return "person_key_with_dot", {"found": excerpt(path[-1])}
    if isinstance(value, str) and value.strip().isdecimal():
        return "shape_needs_no_quotes", found
    entry = form.at(path)
    return "shape_number_expected", {**found, "least": entry["minimum"], "most": entry["maximum"]}


def _unknown_key(path: Path, form: Form) -> Told:
    """A key that is not known, with the nearest that is, or with all that are."""
    from difflib import get_close_matches

    key = str(path[-1])
    known = form.keys(path[:-1])
    if (match := _GLUED_COLON.match(key)) and match["key"] in known:
        return "shape_colon_space", {"key": excerpt(match["key"])}
    plain = key.strip().casefold().replace("-", "_").replace(" ", "_")
    other = form.other_words.get(plain)
    top = other or plain
    if len(path) > 1 and top in form.keys(()) and top not in known and not _slip_of_any(plain, known):
        return "shape_key_stands_apart", {"found": excerpt(key), "key": top}
    if nearest := (other,) if other in known else tuple(get_close_matches(plain, known, n=1)):
        return "shape_unknown_key", {"found": excerpt(key), "nearest": nearest}
    return "shape_unknown_key_far", {"found": excerpt(key), "accepted": known}


def _slip_of_any(key: str, known: tuple[str, ...]) -> bool:
    from lgreason.words.recognising.lexicon import is_slip

    return any(is_slip(key, each) for each in known)


def _not_text(path: Path, value: object, form: Form) -> str:
    if isinstance(value, dict | list):
        return "shape_text_is_group"
    return "date_unreadable" if path[-1] in form.days else "shape_text_is_value"


def _not_a_record(value: object) -> Told:
    if value is None:
        return "shape_item_empty", {}
    if isinstance(value, list):
        return "shape_record_is_list", {"found": excerpt(value)}
    if isinstance(value, str) and (match := _GLUED_COLON.match(value)):
        return "shape_colon_space", {"key": excerpt(match["key"])}
    return "shape_record_is_value", {"found": excerpt(value)}
