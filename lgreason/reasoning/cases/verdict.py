"""The words for what a clause comes to: of a position, and of a post or plan of an organisation."""

from __future__ import annotations

from typing import Literal

from lgreason.rules.terms import Truth

Verdict = Literal["eligible", "ineligible", "undetermined"]
Permission = Literal["allowed", "forbidden", "undetermined"]
_VERDICTS: dict[Truth, Verdict] = {True: "eligible", False: "ineligible", None: "undetermined"}
_PERMISSIONS: dict[Truth, Permission] = {True: "allowed", False: "forbidden", None: "undetermined"}


def verdict_of(truth: Truth) -> Verdict:
    """The word for what the clause of a position comes to."""
    return _VERDICTS[truth]


def permission_of(truth: Truth) -> Permission:
    """The word for what a post, or a plan, comes to."""
    return _PERMISSIONS[truth]
