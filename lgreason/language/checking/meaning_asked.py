"""Sentences that are not read: what each may have meant, asked of its author; and fixes that would lose something.

A fix of single words is told only if the sentence is read with it and has lost nothing. Where there is none, whole
sentences are proposed that hold all that the author's holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lgreason.language.book.rulebook import Book, sentences_of
from lgreason.language.checking.fixes import proposed
from lgreason.language.clauses.stating import Ruled, Stating
from lgreason.language.grammar.nodes import Span
from lgreason.language.proposing.proposing import Proposing
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.model import Language

MOST_ASKED = 20
"""Of so many sentences of a book it is asked what they mean, which takes some hundredths of a second for each."""
_UNREAD = frozenset(
    {
        *("rule_unexpected", "rule_unknown_word", "rule_unknown_word_nearest", "rule_incomplete"),
        *("rule_piece_idle", "rule_piece_not_of_fact", "rule_no_fact"),
    }
)
Found = list[tuple[SourceText, Fault]]


def with_proposals(book: Book, found: Found) -> Found:
    """The findings, without fixes that lose something, and with what sentences that are not read may mean."""
    asking: dict[Language, Proposing] = {}
    kept, asked = list(found), 0
    for ruled, mine in _unread(book, found):
        language = ruled.rule.language
        if asked == MOST_ASKED:
            break
        if language not in asking:
            stating = Stating(book.kb, book.lexicon)
            asking[language] = Proposing(sentences_of(book)[language], stating.units)
        more = _asked(ruled, [fault for _, fault in mine], asking[language])
        if more is None:
            continue
        asked += 1
        bared = {id(fault) for _, fault in mine if more or not _spelt(ruled, fault, asking[language])}
        kept = [
            (source, replace(fault, edits=(), suggestion=None) if id(fault) in bared else fault)
            for source, fault in kept
        ]
        kept += [(ruled.source, fault) for fault in more]
    return kept


def _unread(book: Book, found: Found) -> Iterator[tuple[Ruled, Found]]:
    """The rules whose sentence is not read, each with what is wrong with it."""
    errors: dict[str, Found] = {}
    for source, fault in found:
        if fault.code in _UNREAD and fault.severity == "error":
            errors.setdefault(source.file, []).append((source, fault))
    for ruled in book.rules:
        span = ruled.rule.spans.get("sentence")
        if span is None or ruled.source.file not in errors:
            continue
        mine = [pair for pair in errors[ruled.source.file] if _within(pair[1].span, span)]
        if mine:
            yield ruled, mine


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _asked(ruled: Ruled, faults: list[Fault], proposing: Proposing) -> list[Fault] | None:
    """What the sentence may mean; none where the fixes that the faults bring are good."""
    span = ruled.rule.spans["sentence"]
    written = ruled.source.text[slice(*span)]
    edits = [edit for fault in faults for edit in proposed(ruled.source, fault).edits]
    inside = all(span[0] <= edit.start and edit.end <= span[1] for edit in edits)
    if edits and inside and proposing.sound(written, _inside(span, edits)):
        return None
    return [
        Fault(
            "rule_meant" if not proposal.unread else "rule_meant_save",
            span,
            {"text": proposal.text, "unread": proposal.unread},
            edits=(Edit(*span, proposal.text),),
            severity="warning",
        )
        for proposal in proposing.proposals(written)
    ]


def _spelt(ruled: Ruled, fault: Fault, proposing: Proposing) -> bool:
    """Whether a finding only offers other spellings of what was written."""
    edits = proposed(ruled.source, fault).edits
    return all(proposing.spelt(ruled.source.text[edit.start : edit.end], edit.text) for edit in edits)


def _inside(span: Span, edits: list[Edit]) -> list[Edit]:
    """Edits of a file as those of one sentence in it."""
    return [Edit(edit.start - span[0], edit.end - span[0], edit.text) for edit in edits]
