"""A table of what posts cost, in whole baht a year, as the user gives it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from lgreason.files.organisation.organisation import LEVELS
from lgreason.files.organisation.values import OrganisationVocabulary
from lgreason.files.source.amounts import money
from lgreason.files.source.read import Source, excerpt, unusable
from lgreason.rules.findings import Finding

Costs = Mapping[tuple[str, str], int]


def load_costs(source: Source, vocabulary: OrganisationVocabulary) -> Costs:
    """The costs in `source`, by post and level; raises `Unusable` with all that is wrong with it.

    ``kind: costs`` and ``posts``: a mapping of `deputy.high`, or of a post and a level in words, to an amount.
    """
    data: Any = source.data
    posts = data.get("posts") if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("kind") != "costs" or not isinstance(posts, dict):
        raise unusable([Finding("costs_not_a_table", source.place(()))])
    faults = [
        Finding("costs_unknown_key", source.place((key,)), {"found": excerpt(key)})
        for key in data
        if key not in ("kind", "posts")
    ]
    found: dict[tuple[str, str], int] = {}
    for key, value in posts.items():
        place = source.place(("posts", key))
        post = post_named(str(key), vocabulary)
        amount = money(value)
        if post is None:
            nearest = get_close_matches(str(key), _names(vocabulary), n=1, cutoff=0.0)
            faults.append(
                Finding("costs_unknown_post", place, {"found": excerpt(key), "nearest": tuple(nearest)})
            )
        elif post in found:
            faults.append(Finding("costs_twice", place, {"found": excerpt(key)}))
        if amount is None or amount < 0 or amount.denominator != 1:
            faults.append(Finding("costs_no_amount", place, {"found": excerpt(value)}))
        elif post is not None:
            found[post] = int(amount)
    if faults:
        raise unusable(faults)
    return found


def _names(vocabulary: OrganisationVocabulary) -> list[str]:
    return [f"{post}.{level}" for post in vocabulary.ids("establishment") for level in LEVELS]


def post_named(text: str, vocabulary: OrganisationVocabulary) -> tuple[str, str] | None:
    """A post with its level: `deputy.high`, «รองปลัด ระดับสูง», «รองปลัดสูง»; `None` if none is meant."""
    for at in range(len(text) - 1, 0, -1):
        level = vocabulary.resolve("level", text[at:].strip(" .,"))
        if level in LEVELS:
            post = vocabulary.resolve("establishment", text[:at].strip(" .,").removesuffix("ระดับ").strip())
            if post is not None:
                return post, level
    return None
