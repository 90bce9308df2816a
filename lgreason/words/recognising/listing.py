"""What may be named: the terms of the knowledge base, each with its names and what else is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.recognising.kinds import CATEGORIES
from lgreason.words.recognising.lexicon import OF_ORGANISATIONS, value_text

Row = tuple[str, str, str, tuple[str, ...]]
"""An id, its Thai and its English name, and its other names."""


def known_words(kb: KnowledgeBase, kinds: Sequence[str]) -> Mapping[str, list[Row]]:
    """The terms that may be named, by kind."""
    return {kind: [row for category in CATEGORIES[kind] for row in _rows(kb, category)] for kind in kinds}


def _rows(kb: KnowledgeBase, category: str) -> list[Row]:
    base = kb.library.of("organisations").under() if category in OF_ORGANISATIONS else kb
    also: dict[str, list[str]] = {}
    for rows in (base.rows("alias"), kb.library.words.get("alias", ())):
        for kind, identity, text in rows:
            if value_text(kind) == category:
                also.setdefault(str(identity), []).append(str(text))
    return [
        (identity, names.th, names.en, tuple(dict.fromkeys(also.get(identity, ()))))
        for (kind, identity), names in base.names.items()
        if kind == category
    ]
