"""A row of the table of persons as the document that a person's file would hold, and as the person.

The table of persons has the keys of a person's file as columns: `id`, `name`, and the lists `education`, `postings`
and `experience` of structures; what is null is not known. So a row is read by what reads files, and by nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from lgreason.files.person.careers import with_ends
from lgreason.files.person.person import Declared, Person, PersonVocabulary, load_person
from lgreason.files.source.read import Source
from lgreason.files.source.tree import Located

if TYPE_CHECKING:
    from lgreason.words.recognising.recogniser import Recogniser

Record = Mapping[str, Any]
FACTS = "facts"
LISTS = ("education", "postings", "experience")


def document(record: Record) -> dict[str, Any]:
    """The document of a person's file; what is null is left out, days are written `YYYY-MM-DD`.

    The column `facts` holds the other keys of the document as JSON, as does a key `facts` of an entry.
    """
    found = {key: _plain(value) for key, value in record.items() if value is not None and key != FACTS}
    return {**found, **json.loads(record[FACTS])} if record.get(FACTS) else found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        found = {key: _plain(inner) for key, inner in value.items() if inner is not None and key != FACTS}
        return {**found, **json.loads(value[FACTS])} if value.get(FACTS) else found
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def source_of(data: Mapping[str, Any], file: str, line: int = 1) -> Source:
    """A document as if it had been read from a line of a file; every entry of it stands on that line."""
    return Source(file, "json", dict(data), _entry(data, line))


def _entry(value: Any, line: int) -> Located:
    if isinstance(value, Mapping):
        return Located(line, 1, {str(key): _entry(inner, line) for key, inner in value.items()})
    if isinstance(value, list):
        return Located(line, 1, [_entry(item, line) for item in value])
    return Located(line, 1, value)


def person_of(
    record: Record,
    vocabulary: PersonVocabulary,
    latest: date,
    declared: Declared | None = None,
    recogniser: Callable[[], Recogniser] | None = None,
) -> Person:
    """The person of a row; raises `Unusable` with all that is wrong with it, as a person's file does."""
    source = source_of(document(record), "roster")
    return with_ends(load_person(source, vocabulary, latest, declared, recogniser))
