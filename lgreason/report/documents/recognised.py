"""What was recognised, as `lgreason.recognised/1`; and the words that may be used, as `lgreason.words/1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lgreason.report.text.recognised import RecognisedText
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES
from lgreason.words.recognising.outcome import Recognised


def recognised_document(found: Iterable[Recognised], kb: KnowledgeBase) -> dict[str, Any]:
    """Each text with its outcome, reading and choices, and why in both languages."""
    texts = {language: RecognisedText(kb, Wording(language)) for language in LANGUAGES}
    return {
        "schema": "lgreason.recognised/1",
        "items": [
            {
                "kind": item.kind,
                "text": item.text,
                "outcome": item.outcome,
                "reading": dict(item.reading),
                "choices": [dict(choice) for choice in item.choices],
                "why": {language: text.why(item) for language, text in texts.items()},
            }
            for item in found
        ],
    }


def words_document(words: Mapping[str, Iterable[tuple[str, str, str, tuple[str, ...]]]]) -> dict[str, Any]:
    """What may be named, by kind: id, names in both languages, and what else is understood."""
    return {
        "schema": "lgreason.words/1",
        "words": [
            {"kind": kind, "id": identity, "th": th, "en": en, "also": list(also)}
            for kind, rows in words.items()
            for identity, th, en, also in rows
        ],
    }
