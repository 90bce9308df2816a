"""Checks over all files at once: a list of functions, each of which looks for one kind of mistake in a book."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping

from lgreason.files.source.read import MOST_FINDINGS
from lgreason.language.book.overtime import faults_over_time
from lgreason.language.book.rulebook import Book
from lgreason.language.checking.citing import citation_of, days_of, references_of, repeals_of
from lgreason.language.checking.deciding import examples_of, idle, mixed, posts_of, spelling, uncalculated
from lgreason.language.checking.fixes import proposed
from lgreason.language.checking.found import Found
from lgreason.language.checking.meaning_asked import with_proposals
from lgreason.language.checking.meant import committees, joint_decisions, levels, posts_under
from lgreason.language.checking.names import definitions_of, duplicates
from lgreason.language.grammar.nodes import Span
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.uncollected import uncollected

MORE = "source_more_findings"
"""The finding that says that there are more."""


def faults(book: Book, most: int = MOST_FINDINGS) -> list[tuple[SourceText, Fault]]:
    """Everything that is wrong with the files of a book, in the order of the files and of their lines.

    Of more than `most` the first are told, errors before warnings, and after them that there are more.
    """
    found = list(book.faults)
    with uncollected():
        for check in CHECKS:
            found += check(book)
    found = with_proposals(book, found)
    # What is damaged already would only be reported twice.
    begins = _beginnings(book)
    damaged = {(source.file, _statement(begins, source, f)) for source, f in found if f.code in _DAMAGE}
    kept: dict[tuple[str, str, Span], tuple[SourceText, Fault]] = {}
    for source, fault in found:
        if fault.code in _OF_DAMAGE and (source.file, fault.span[0]) in damaged:
            continue
        kept.setdefault((source.file, fault.code, fault.span), (source, fault))
    order: dict[str, int] = {}
    for source, _ in found:
        order.setdefault(source.file, len(order))

    def placed(pair: tuple[SourceText, Fault]) -> tuple[int, Span, str]:
        return order[pair[0].file], pair[1].span, pair[1].severity

    ordered = sorted(kept.values(), key=lambda pair: (pair[1].severity != "error", placed(pair)))
    told = sorted(((source, proposed(source, fault)) for source, fault in ordered[:most]), key=placed)
    if len(ordered) > most:
        source, first = ordered[most]
        told.append((source, Fault(MORE, first.span, {"most": most}, severity=first.severity)))
    return told


_DAMAGE = frozenset(
    {"rule_entry", "rule_key", "rule_key_here", "rule_text_open", "rule_text_quoted", "rule_text_more"}
)
_OF_DAMAGE = frozenset({"rule_no_document", "rule_no_place", "rule_states_nothing", "rule_no_day"})
"""What seems to be missing from a statement one of whose lines could not be read."""


def _beginnings(book: Book) -> dict[str, list[int]]:
    """Where the rules of each file begin, in their order."""
    begins: dict[str, list[int]] = {}
    for ruled in book.rules:
        begins.setdefault(ruled.source.file, []).append(ruled.rule.span[0])
    return {file: sorted(places) for file, places in begins.items()}


def _statement(begins: Mapping[str, list[int]], source: SourceText, fault: Fault) -> int:
    """Where the rule begins in which a fault stands."""
    places = begins.get(source.file, [])
    at = bisect_right(places, fault.span[0])
    return places[at - 1] if at else -1


CHECKS: tuple[Callable[[Book], Found], ...] = (
    duplicates,
    definitions_of,
    citation_of,
    days_of,
    references_of,
    faults_over_time,
    repeals_of,
    posts_of,
    uncalculated,
    mixed,
    idle,
    spelling,
    examples_of,
    committees,
    joint_decisions,
    levels,
    posts_under,
)
