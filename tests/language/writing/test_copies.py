"""What `rules show` prints of a clause of the knowledge base is read back: the same facts, and no conflict."""

from __future__ import annotations

from datetime import date

import pytest

from lgreason.answers.session import Session
from lgreason.cli.watch import as_understood
from lgreason.language.book.facts import program
from lgreason.language.book.rulebook import read_book
from lgreason.language.checking.checking import faults
from lgreason.language.examples.examples import outcomes
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import StatementWriter, formatted, rule_of, said
from lgreason.language.writing.templates import TEMPLATES, Template
from lgreason.rules.model import LANGUAGES, Language
from tests.language.corpus import library

DAY = date(2026, 10, 1)


def shown() -> dict[Language, dict[str, str]]:
    kb = library().of(None).under()
    lexicon = RuleLexicon(kb)
    writer = StatementWriter(lexicon)
    found: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    for identity, clause in kb.clauses.items():
        for language in LANGUAGES:
            try:
                found[language][identity] = writer.rule(rule_of(clause, kb, lexicon, language), language)
            except ValueError:
                continue  # a clause that no sentence says is refused by `rules show`
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_shown_is_sound_and_changes_nothing(language: Language) -> None:
    texts = shown()[language]
    assert len(texts) > 200
    book = read_book([SourceText("x", "\n".join(texts.values()))], library())
    told = [(fault.code, dict(fault.args)) for _, fault in faults(book) if fault.severity == "error"]
    assert told == []
    assert book.on(DAY).facts == () and book.on(DAY).replaced == {}
    facts = [row for row in program(book, DAY) if row and not row.startswith("%")]
    kb = library().of(None).under()
    for identity in list(texts)[:40]:
        clause = kb.clauses[identity]
        if clause.says is not None:
            assert any(row.startswith("says(") and f'"{identity}"' in row for row in facts)


def test_a_copy_that_is_edited_is_an_amendment_with_one_line() -> None:
    text = (
        shown()["th"]["std.general_admin.mid.q2.2"]
        .replace("ไม่น้อยกว่า 4 ปี", "ไม่น้อยกว่า 5 ปี")
        .replace("กำหนดเวลา 4 ปี", "กำหนดเวลา 5 ปี")
    )
    (told,) = [fault for _, fault in faults(read_book([SourceText("x", text)], library()))]
    (edit,) = told.edits
    assert (told.code, edit.text) == ("rule_id_taken", "  แก้ไข: std.general_admin.mid.q2.2\n")


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_sound_and_its_examples_come_out(kind: Template, language: Language) -> None:
    source = SourceText("x", TEMPLATES[kind][language])
    book = read_book([source], library())
    told = (
        ["rule_keeps_reduction"] if kind == "amendment" else []
    )  # the reduction of item 2.2 speaks of four years
    assert [fault.code for _, fault in faults(book)] == told
    done = list(outcomes(book, Session(as_of=DAY, library=library().with_rules(book))))
    assert all(outcome.passed for outcome in done)
    assert list(as_understood(book, "th")) or kind == "amendment"
    assert formatted(source, said(book, source), book.lexicon)
