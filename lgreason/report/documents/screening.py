"""A screening as a JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lgreason.files.roster.mapping import SheetMapping
from lgreason.files.roster.tally import Counted, Tally
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


def screening(tally: Tally, kb: KnowledgeBase, vocabulary: Vocabulary, outputs: Sequence[str]) -> Document:
    """`lgreason.screening/1`: the sums of a screening, and the files that hold the answers."""
    return {
        "schema": "lgreason.screening/1",
        "as_of": tally.as_of.isoformat(),
        "by": tally.by.isoformat() if tally.by else None,
        "persons": tally.persons,
        "rows": tally.rows,
        "notes": tally.notes,
        "set_aside": tally.set_aside,
        "positions": [
            {
                "position": position.id,
                "name": vocabulary.name("position", position.id)._asdict(),
                "eligible": position.eligible,
                "ineligible": position.ineligible,
                "undetermined": position.undetermined,
                "one_condition_short": position.one_short,
                "becoming_eligible": position.becoming,
                "waiting": _counted("month", position.waiting),
                "conditions": [
                    {"clause": clause, "place": kb.clauses[clause].place._asdict(), "count": count}
                    for clause, count in position.conditions
                ],
                "missing": _counted("fact", position.missing),
            }
            for position in tally.positions
        ],
        "unrecognised": [
            {"kind": kind, "text": text, "count": count} for kind, text, count in tally.unrecognised
        ],
        "warnings": [
            {
                "code": code,
                "persons": count,
                "named": [{"person": person, "entry": entry} for person, entry in named],
            }
            for code, count, named in tally.warned
        ],
        "outputs": list(outputs),
    }


def _counted(name: str, counted: Counted) -> list[Document]:
    return [{name: key, "count": count} for key, count in counted]


def mapping(mappings: Sequence[SheetMapping]) -> Document:
    """`lgreason.mapping/1`: which column of each sheet holds what, how sure that is, with samples."""
    return {
        "schema": "lgreason.mapping/1",
        "sheets": [
            {
                "file": found.sheet.file,
                "sheet": found.sheet.name,
                "headings": found.line,
                "columns": [
                    {
                        "heading": column.heading,
                        "field": column.field,
                        "group": column.group,
                        "confidence": column.confidence,
                        "samples": list(column.samples),
                    }
                    for column in found.columns
                ],
            }
            for found in mappings
        ],
    }
