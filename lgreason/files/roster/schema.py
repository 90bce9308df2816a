"""The table of persons: the columns that `screen_batch` takes, with the keys of a person's file."""

from __future__ import annotations

from typing import Any

from lgreason.files.roster.sheets import needed

_MORE = ("facts", "text")
LISTS = ("education", "postings", "experience")


def columns_of(name: str) -> tuple[tuple[str, str], ...]:
    """The keys of the entries of a list, with the type of each: text, day, flag or number.

    `facts` is what an entry states besides by declared attributes, as JSON.
    """
    return {
        "education": (
            *(("degree", "text"), ("field", "text"), ("approved", "flag"), ("obtained", "day")),
            _MORE,
        ),
        "postings": (
            *(("position", "text"), ("type", "text"), ("level", "text"), ("title", "text")),
            *(("c_level", "number"), ("acting", "flag"), ("concurrent", "flag")),
            *(("equivalent_to", "text"), ("from", "day"), ("to", "day"), _MORE),
        ),
        "experience": (("work", "text"), ("from", "day"), ("to", "day"), _MORE),
    }[name]


def arrow_types() -> dict[str, Any]:
    """The Arrow type of each type of value."""
    pa = needed("pyarrow")
    return {"text": pa.string(), "day": pa.date32(), "flag": pa.bool_(), "number": pa.int8()}
