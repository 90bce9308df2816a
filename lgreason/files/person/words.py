"""What the texts of an entry say besides what stands in its fields: the writer's own words, and what is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Other = Literal["series", "service"]
"""That a post is surely of another series (its type and level count), or of no post of local officials at all."""
Within = tuple[date, date]
"""The first and the last day that a day not told exactly may be."""


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What is known of an entry besides its shape: which texts are no plain names, and what that means.

    `said` are the writer's words by key; `other` marks a post of another series or service, `unlisted` work of
    another kind; `unsure` says that the post may be one of the standards' own, for all that its text tells, and
    `posts` which of them alone (any, where there are none); `within` gives the bounds of days not told exactly, by
    key.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    other: Other | None = None
    unlisted: str | None = None
    unsure: bool = False
    within: Mapping[str, Within] = field(default_factory=dict)
    posts: tuple[str, ...] = ()


NO_WORDS = EntryWords()
