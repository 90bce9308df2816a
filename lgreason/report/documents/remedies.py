"""Remedies of a person as `lgreason.remedies/1`."""

from __future__ import annotations

from typing import Any

from lgreason.reasoning.cases.counting import ONE_DAY, Calendar
from lgreason.reasoning.persons.changes import Change
from lgreason.reasoning.persons.remedies import Remedies, Remedy
from lgreason.report.documents.persons import amount_document, entry_document, missing_document
from lgreason.report.text.remedies import RemedyText
from lgreason.report.wording import Wording
from lgreason.rules.model import LANGUAGES
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


def remedies_document(remedies: Remedies, vocabulary: Vocabulary, most: int) -> Document:
    """`lgreason.remedies/1`: the remedies with every change in both languages."""
    texts = {language: RemedyText(remedies, vocabulary, Wording(language)) for language in LANGUAGES}

    def change_document(change: Change, remedy: Remedy) -> Document:
        document: Document = {"kind": change.kind, "class": change.sort}
        if change.degree is not None:
            document["degree"] = change.degree
        if change.choices:
            document["choices"] = list(change.choices)
        if change.entry is not None:
            document["entry"] = entry_document(change.entry)
        if change.missing is not None:
            document["missing"] = missing_document(change.missing)
        if change.fact is not None:
            document["fact"] = change.fact
        if change.kind in ("gain", "turn_out"):
            from lgreason.report.documents.facts import plain_value

            document["value"] = plain_value(change.value)
        if change.kind in ("take_up", "work"):
            document |= _span(remedy)
        return document | {
            "text": {language: text.change(change, remedy) for language, text in texts.items()}
        }

    def _span(remedy: Remedy) -> Document:
        start = remedies.day + ONE_DAY
        longer = Calendar.total([(start, remedy.day)])
        return {
            "from": start.isoformat(),
            "until": remedy.day.isoformat(),
            "longer": amount_document(longer),
        }

    def remedy_document(remedy: Remedy) -> Document:
        changes = [change_document(change, remedy) for change in remedy.changes]
        if remedy.waits:
            text = {language: words.wait(remedy) for language, words in texts.items()}
            entries = [entry_document(entry) for entry in remedy.waits]
            changes.append(
                {"kind": "serve", "class": "time", "entries": entries, **_span(remedy), "text": text}
            )
        return {"changes": changes, "earliest": remedy.day.isoformat()}

    return {
        "schema": "lgreason.remedies/1",
        "person": remedies.person.id,
        "position": remedies.position,
        "as_of": remedies.day.isoformat(),
        "verdict": remedies.verdict,
        "count": len(remedies.found),
        "remedies": [remedy_document(remedy) for remedy in remedies.found[:most]],
    }
