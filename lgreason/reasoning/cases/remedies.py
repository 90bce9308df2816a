"""Remedies of any subject: of what sort a change is, and which of many sets of changes are worth telling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

C = TypeVar("C")
R = TypeVar("R")

Sort = Literal["fact", "act", "decision", "time"]
"""Whether a change is a fact to find out, an act of the subject, a decision of others, or brought by time alone."""
EASE: Mapping[Sort, int] = {"fact": 0, "act": 1, "decision": 2, "time": 3}
"""The order in which changes are told, those first that depend on nobody else."""


def smallest(found: Iterable[tuple[frozenset[C], R]]) -> list[tuple[frozenset[C], R]]:
    """Each set of changes once, without those that contain another."""
    kept: dict[frozenset[C], R] = {}
    for changes, remedy in found:
        kept.setdefault(changes, remedy)
    return [
        (changes, remedy) for changes, remedy in kept.items() if not any(other < changes for other in kept)
    ]
