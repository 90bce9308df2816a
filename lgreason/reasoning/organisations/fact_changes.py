"""What of an organisation's declared facts would have to change for a condition to hold. Imported only for those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lgreason.files.facts.values import Given
from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases import fact_changes
from lgreason.reasoning.cases.fact_changes import Values
from lgreason.reasoning.cases.remedies import Sort
from lgreason.reasoning.cases.witness import Witness, asking
from lgreason.reasoning.organisations.change import PostChange
from lgreason.reasoning.organisations.facts import TYPED, FactAscertained, day_of, found
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, demand_of

_SORTS: dict[str, Sort] = {"committee": "decision", "time": "time"}
"""Of what sort a change is by who brings it about; all else is an act of the organisation."""


def turned_out(
    kb: KnowledgeBase, organisation: Organisation, clause: Clause, bound: Bound, finding: FactAscertained
) -> Organisation:
    """The organisation where what is not known of a condition turns out as well as it can."""
    declared, day = kb.declared.declarations("organisation"), day_of(organisation)
    assert finding.of is not None
    for missing in finding.of.missing:
        best: Given | None = None
        for value in fact_changes.outcomes(declared, kb.declared.clauses, clause, missing, day):
            given = fact_changes.with_outcome(organisation.given, declared, missing, value)
            best = best or given
            if found(kb, replace(organisation, given=given), clause).meets(bound):
                return replace(organisation, given=given)
        organisation = replace(organisation, given=best or organisation.given)
    return organisation


def brought_about(
    kb: KnowledgeBase, organisation: Organisation, clause: Clause, bound: Bound
) -> Iterator[tuple[PostChange, Given]]:
    """What somebody can bring about with which the condition holds, and what the file then states."""
    declared, day = kb.declared.declarations("organisation"), day_of(organisation)
    gained: list[tuple[str, Values, Given]] = []
    for fact, values in fact_changes.gains(declared, kb.declared.clauses, clause, day, TYPED):
        gained.append((fact.id, values, fact_changes.with_entry(organisation.given, fact.id, values)))
    assert clause.expression is not None
    for identity, _ in asking(clause.expression):
        of = declared.facts.get(identity)
        if of is None or of.value is None or of.changes in ("time", "nobody"):
            continue
        value: Any = Witness(declared, kb.declared.clauses, of, day).value(demand_of(bound))
        if value is not None:
            facts = {**organisation.given.facts, of.id: value}
            gained.append((of.id, (("", value),), replace(organisation.given, facts=facts)))
    for identity, values, given in gained:
        if found(kb, replace(organisation, given=given), clause).meets(bound):
            sort = _SORTS.get(declared.facts[identity].changes, "act")
            yield PostChange("bring", sort, identity, value=values), given
