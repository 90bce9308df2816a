"""The word for what the clause of a position comes to."""

from __future__ import annotations

from typing import Literal

from lgreason.rules.terms import Truth

Verdict = Literal["eligible", "ineligible", "undetermined"]
_VERDICTS: dict[Truth, Verdict] = {True: "eligible", False: "ineligible", None: "undetermined"}


def verdict_of(truth: Truth) -> Verdict:
    """The word for what the clause of a position comes to."""
    return _VERDICTS[truth]
