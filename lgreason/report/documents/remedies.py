"""Remedies of a person as `lgreason.remedies/1`."""

from __future__ import annotations

from datetime import date
from typing import Any

from lgreason.reasoning.cases.counting import ONE_DAY, Calendar
from lgreason.reasoning.persons.change import Change
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
            document |= _span(texts["th"].until(change, remedy))
        return document | {
            "text": {language: text.change(change, remedy) for language, text in texts.items()}
        }

    def _span(until: date) -> Document:
        start = remedies.day + ONE_DAY
        longer = Calendar.total([(start, until)])
        return {
            "from": start.isoformat(),
            "until": until.isoformat(),
            "longer": amount_document(longer),
        }

    def remedy_document(remedy: Remedy) -> Document:
        changes = [change_document(change, remedy) for change in remedy.changes]
        for waiting, until in texts["th"].waits(remedy):
            text = {language: words.wait(remedy, until) for language, words in texts.items()}
            entries = [entry_document(entry) for entry in waiting]
            changes.append(
                {"kind": "serve", "class": "time", "entries": entries, **_span(until), "text": text}
            )
        document: Document = {"changes": changes, "earliest": remedy.day.isoformat()}
        return document | ({"unlawful": True} if remedies.unlawful(remedy) else {})

    return {
        "schema": "lgreason.remedies/1",
        "person": remedies.person.id,
        "position": remedies.position,
        "as_of": remedies.day.isoformat(),
        "verdict": remedies.verdict,
        "count": len(remedies.found),
        "complete": remedies.complete,
        "remedies": [remedy_document(remedy) for remedy in remedies.found[:most]],
    }
