"""Truths together, by the strong logic of Kleene: what is not known stays so unless the rest decides."""

from __future__ import annotations

from collections.abc import Iterable

from lgreason.rules.terms import Truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """Whether all hold: the first that fails decides, and none after it is asked for."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        found = found if truth else None
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether one holds: the first that does decides, and none after it is asked for."""
    found: Truth = False
    for truth in truths:
        if truth:
            return True
        found = None if truth is None else found
    return found
