"""Names that are given twice, or not at all."""

from __future__ import annotations

from datetime import date

from lgreason.language.book.rulebook import Book
from lgreason.language.checking.citing import copy
from lgreason.language.checking.found import Found
from lgreason.language.clauses.laid import since
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.lists import CATEGORIES as TERMINALS
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn


def duplicates(book: Book) -> Found:
    """Ids that are taken."""
    shipped = book.kb.clauses
    first: dict[str, Ruled] = {}
    versions: dict[str, list[Ruled]] = {}
    for ruled in book.rules:
        versions.setdefault(ruled.rule.id, []).append(ruled)
        if copy(book, ruled):
            continue
        if ruled.rule.id in shipped and ruled.rule.amends != ruled.rule.id:
            yield (
                ruled.source,
                Fault("rule_id_taken", ruled.rule.span, {"id": ruled.rule.id}, f"amends: {ruled.rule.id}"),
            )
        for clause in ruled.bare:
            other = first.setdefault(clause.id, ruled)
            if other.rule.id != ruled.rule.id:
                yield ruled.source, Fault("rule_item_id_taken", ruled.rule.span, {"id": clause.id})
    for same in versions.values():
        begins: dict[date, Ruled] = {}
        for ruled in same:
            # Two versions that begin on the same day are one too many; a later one takes over from an earlier.
            before = begins.setdefault(since(ruled), ruled)
            if before is not ruled:
                line, _ = before.source.place(before.rule.span[0])
                args = {"id": ruled.rule.id, "file": before.source.file, "line": line}
                yield ruled.source, Fault("rule_duplicate", ruled.rule.span, args)


def definitions_of(book: Book) -> Found:
    """Definitions of what is defined already, and names that stand for something else."""
    base = book.library.of(None).under()
    seen: dict[tuple[str, str], int] = {}
    for defined, source in book.definitions:
        key = (defined.category, defined.id)
        if key in base.names or key in seen:
            yield source, Fault("rule_definition_twice", defined.span, {"id": defined.id})
        seen[key] = 1
        terminal = next((t for t, c in TERMINALS.items() if c == defined.category), None)
        if terminal is not None and defined.name is not None:
            words = book.lexicon.words(terminal)
            for name in defined.name:
                ids = words[plain_text(name)].ids if plain_text(name) in words else ()
                others = tuple(identity for identity in ids if identity != defined.id)
                if others:
                    args = {"name": name, "others": others}
                    yield source, Fault("rule_name_taken", defined.spans["name"], args)
        if defined.category == "position" and defined.type and defined.level:
            levels = [
                row for row in book.kb.rows("level") if row[:2] == (Fn(defined.type), Fn(defined.level))
            ]
            if not levels:
                names = tuple(
                    book.kb.names["level", level.name].into(defined.language)
                    for kind, level, _ in book.kb.rows("level")
                    if isinstance(level, Fn) and kind == Fn(defined.type)
                )
                yield source, Fault("rule_level_of_type", defined.spans["level"], {"levels": names})
