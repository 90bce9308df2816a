"""A person as a file: what was read and what was learned since, as YAML that reads back to the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from lgreason.files.person.person import Person
from lgreason.files.person.words import EntryWords
from lgreason.report.text.entry import LISTS
from lgreason.report.text.person import person_document

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def person_yaml(person: Person) -> str:
    """The text of a person's file."""
    document = person_document(person)
    del document["schema"], document["file"]
    found: dict[str, Any] = {"kind": "person"}
    for key, value in document.items():
        entries = getattr(person, key) if key in LISTS else None
        if isinstance(value, list) and isinstance(entries, tuple):
            found[key] = [_entry(entry, of.words) for entry, of in zip(value, entries, strict=True)]
        else:
            found[key] = value
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=100)


def file_yaml(file: Mapping[str, Any]) -> str:
    """The text of a file whose entries are those of a document: its dates are written as dates."""
    return yaml.safe_dump(_dated(file), allow_unicode=True, sort_keys=False, width=100)


def _dated(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: date.fromisoformat(each) if isinstance(each, str) and _DAY.fullmatch(each) else _dated(each)
            for key, each in value.items()
        }
    return [_dated(each) for each in value] if isinstance(value, list) else value


def _entry(entry: dict[str, Any], words: EntryWords) -> dict[str, Any]:
    """An entry with its dates as dates, in the writer's own words, and without what follows from the rest."""
    said = {key: text for key, text in words.said.items() if key != "title"}
    follows = {"level"} if "c_level" in entry else set()
    if "position" in entry and "position" not in said:
        follows = {"type", "level"}
    if entry.get("title") == said.get("position"):
        follows = {*follows, "title"}  # it was the text of the post
    written = {
        key: date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value
        for key, value in entry.items()
        if key not in follows and value != ""
    }
    return {**{key: said[key] for key in said if key not in written}, **written, **said}
