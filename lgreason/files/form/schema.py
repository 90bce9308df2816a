"""JSON Schemas (draft 2020-12) as they are printed for editors."""

from __future__ import annotations

import json
from typing import Any, Protocol

from lgreason.files.form.form import Form, is_collection
from lgreason.files.form.shape import NONE_WORDS

Schema = dict[str, Any]


class Ids(Protocol):
    """Whatever knows the ids of a category."""

    def ids(self, category: str) -> tuple[str, ...]:
        """The ids of a category of terms."""


def published(form: Form) -> Schema:
    """The schema of a form, with the words for "known to be none", which are read before it is held against data."""
    schema: Schema = json.loads(form.text)
    for part in (schema, *schema["$defs"].values()):
        for key, entry in part.get("properties", {}).items():
            if is_collection(entry):
                shown = {name: entry.pop(name) for name in ("title", "description") if name in entry}
                part["properties"][key] = {**shown, "anyOf": [entry, {"enum": list(NONE_WORDS)}]}
    return schema


def offer(entry: Schema, ids: tuple[str, ...]) -> None:
    """Offer ids for an entry: an editor completes them, and still accepts any text, since a name does as well."""
    if ids:
        entry["anyOf"] = [{"enum": list(ids)}, {"type": entry.pop("type")}]
