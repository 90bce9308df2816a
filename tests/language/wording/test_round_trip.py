"""Every executable clause of the knowledge base is written as a rule and read back, under every reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lgreason.language.book.rulebook import read_book
from lgreason.language.clauses.stating import Ruled
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import StatementWriter, rule_of
from lgreason.rules.knowledge import KnowledgeBase, Library
from lgreason.rules.model import LANGUAGES, Clause, Language
from lgreason.rules.terms import Value

LIBRARY = Library()
WHOLE = LIBRARY.of(None)
LEXICON = RuleLexicon(WHOLE.under())
READINGS = [{}, *({r.id: other} for r in WHOLE.under().readings.values() for other in r.others)]
OF_A_CLAUSE = ("competency", "required_level", "caveat", "follows")
AT_A_CLAUSE = ("row", "opens", "sets_up", "limits", "retypes", "adds", "subtracts", "ratio", "mean", "post")


def in_any_order(clause: Clause) -> Clause:
    """What a clause counts, and its exceptions, have no order."""
    return replace(
        clause,
        counts=tuple(sorted(clause.counts, key=str)),
        exceptions=tuple(sorted(clause.exceptions, key=str)),
    )


def other_facts(kb: KnowledgeBase) -> dict[str, set[tuple[str, tuple[Value, ...]]]]:
    """The facts besides the clauses themselves, by the clause that states them."""
    found: dict[str, set[tuple[str, tuple[Value, ...]]]] = {}
    for predicates, at in ((OF_A_CLAUSE, 0), (AT_A_CLAUSE, -1)):
        for predicate in predicates:
            for row in kb.rows(predicate):
                found.setdefault(str(row[at]), set()).add((predicate, row))
    return found


def read_back(kb: KnowledgeBase, clauses: list[Clause], language: Language) -> dict[str, Ruled]:
    writer = StatementWriter(LEXICON)
    text = "\n".join(writer.rule(rule_of(clause, kb, LEXICON, language), language) for clause in clauses)
    book = read_book([SourceText("kb.rules", text)], LIBRARY)
    assert [fault for _, fault in book.faults if fault.severity == "error"] == []
    return {ruled.rule.id: ruled for ruled in book.rules}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "chosen", READINGS, ids=lambda chosen: "-".join(map("=".join, chosen.items())) or "default"
)
def test_every_executable_clause_is_said_and_understood(chosen: dict[str, str], language: Language) -> None:
    kb = WHOLE.under(chosen)
    clauses = [clause for clause in kb.clauses.values() if clause.treatment == "executable"]
    facts = other_facts(kb)
    back = read_back(kb, clauses, language)
    for clause in clauses:
        ruled = back[clause.id]
        assert in_any_order(ruled.clauses[0]) == in_any_order(clause)
        stated = {*ruled.meaning.facts, *(("post", (post, clause.id)) for post in ruled.rule.posts)}
        assert stated == facts.get(clause.id, set()), clause.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_describes_is_said_too(language: Language) -> None:
    kb = WHOLE.under()
    clauses = [clause for clause in kb.clauses.values() if clause.treatment != "executable"]
    back = read_back(kb, clauses, language)
    for clause in clauses:
        assert in_any_order(back[clause.id].clauses[0]) == in_any_order(clause)
