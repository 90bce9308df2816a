"""The knowledge base against the clause register and the documents: nothing dropped, invented or misquoted."""

from __future__ import annotations

import pytest

from lgreason.rules.catalogue import Catalogue
from lgreason.rules.knowledge import Library
from tests.kb.sources import register, source_document, squeezed

DOCUMENT = "000_9ef58de48bf21d99.txt"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(Library().under())


def test_the_register_has_the_rows_that_the_document_has() -> None:
    kinds = [kind for _, kind in register("std").values()]
    assert len(kinds) == 152
    assert kinds.count("EL") == 29
    assert sum("/" in kind for kind in kinds) == 34
    assert sum(".duty." in identity for identity in register("std")) == 82


def test_every_clause_of_the_register_is_there_and_no_other(catalogue: Catalogue) -> None:
    assert {clause.id for clause in catalogue.listed("std.")} == set(register("std"))


def test_eligibility_clauses_and_competencies_decide_and_the_others_describe(catalogue: Catalogue) -> None:
    for identity, (_, kind) in register("std").items():
        clause = catalogue.kb.clauses[identity]
        counts = identity.endswith((".c.core.n", ".c.exec.n"))
        expected = "executable" if (kind == "EL" or "/" in kind) and not counts else "descriptive"
        assert clause.treatment == expected, identity


def test_an_eligibility_clause_demands_something(catalogue: Catalogue) -> None:
    for identity, (_, kind) in register("std").items():
        if kind == "EL":
            assert catalogue.kb.clauses[identity].says is not None, identity
            assert identity in {clause.id for clause in catalogue.kb.eligibility}


def test_the_levels_required_are_those_of_the_register(catalogue: Catalogue) -> None:
    seen = 0
    for identity, (_, kind) in register("std").items():
        if "/" in kind and not identity.endswith(".n"):
            early, mid, high = map(int, kind.split("/"))
            assert catalogue.levels_required(identity) == {"early": early, "mid": mid, "high": high}, identity
            assert mid == early + 1 and mid <= high <= mid + 1
            seen += 1
    assert seen == 32


def test_nine_competencies_stay_flat_from_mid_to_high(catalogue: Catalogue) -> None:
    flat = {
        clause.id.removeprefix("std.general_admin.")
        for clause in catalogue.listed("std.general_admin.")
        if (levels := catalogue.levels_required(clause.id)) and levels["mid"] == levels["high"]
    }
    assert flat == {"k.01", "k.04", "k.05", "k.06", "k.07", "k.08", "s.1", "s.2", "s.7"}


def test_eligibility_quotations_contain_those_of_the_register(catalogue: Catalogue) -> None:
    for identity, (quotation, kind) in register("std").items():
        clause = catalogue.kb.clauses[identity]
        if kind == "EL":
            assert squeezed(quotation) in squeezed(clause.quote or ""), identity


def test_every_clause_says_where_in_the_knowledge_base_it_stands(catalogue: Catalogue) -> None:
    root = catalogue.kb.library.root
    for clause in catalogue.listed():
        where = catalogue.where[clause.id]
        line = (
            (root / where.file.removeprefix("kb/")).read_text(encoding="utf-8").splitlines()[where.line - 1]
        )
        assert line.startswith("clause(") and f'"{clause.id}"' in line


def misquoted(catalogue: Catalogue, document: str) -> list[str]:
    text = squeezed(document)
    return [c.id for c in catalogue.listed("std.") if c.quote and squeezed(c.quote) not in text]


def test_every_quotation_is_in_the_document(catalogue: Catalogue) -> None:
    document = source_document(DOCUMENT)
    assert misquoted(catalogue, document) == []
    broken = document.replace("มาแล้วไม่น้อยกว่า ๒ ปี", "มาแล้วไม่น้อยกว่า ๓ ปี")
    assert "std.general_admin.early.q2.2" in misquoted(catalogue, broken)
    for clause in catalogue.listed("std."):
        for wrong, _ in clause.repairs:
            assert wrong in (clause.quote or "")


def test_terms_readings_and_clauses_have_both_languages(catalogue: Catalogue) -> None:
    kb = catalogue.kb
    assert all(name.th and name.en for name in kb.names.values())
    for reading in kb.readings.values():
        assert reading.question.th and reading.question.en and reading.reason.th and reading.reason.en
        assert all(text.th and text.en for _, text in reading.choices)
    for clause in kb.clauses.values():
        assert clause.place.th and clause.place.en
        assert ".duty." in clause.id or (clause.gloss.th and clause.gloss.en), clause.id


def test_the_ambiguities_that_bear_on_the_standard_are_switchable(catalogue: Catalogue) -> None:
    wanted = {*(f"A-0{n}" for n in range(1, 9)), "A-20", "A-26", "A-27"}
    assert wanted <= set(catalogue.kb.readings)
    for identity in wanted:
        assert len(catalogue.kb.readings[identity].choices) == 2, identity
        assert any(identity in clause.relies for clause in catalogue.kb.eligibility), identity
