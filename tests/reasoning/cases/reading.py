"""Facts of a file for a layer over the knowledge base."""

from __future__ import annotations

from pathlib import Path

from lgreason.rules.factbase import FactBase
from lgreason.rules.terms import Fn


def facts_of(path: Path) -> list[Fn]:
    """The facts that a file of answer-set facts states, in no order that means anything."""
    return [Fn(name, row) for name, rows in FactBase([path]).certain.items() for row in rows]
