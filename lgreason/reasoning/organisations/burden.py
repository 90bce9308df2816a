"""The personnel burden under section 35, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from lgreason.reasoning.organisations.establishment import Establishment, Node
from lgreason.reasoning.organisations.quantities import Quantity
from lgreason.reasoning.organisations.retyping import NOBODY

MEAN = "burden.mean"


@dataclass(frozen=True, slots=True)
class Burden:
    """The burden of the two years and their mean, and the clause that bounds it, judged."""

    previous: Quantity
    requested: Quantity
    mean: Quantity
    reason: Node


def burden(establishment: Establishment) -> Burden:
    """The burden of an organisation against the bound of the clause that speaks of its type."""
    quantity = establishment.quantities.quantity
    kb = establishment.tables.kb
    bounds = [
        clause.id for clause in kb.clauses.values() if clause.measures == MEAN and clause.op == "at_most"
    ]
    (clause, *_) = kb.kinds.own(establishment.organisation.type, bounds)
    return Burden(
        quantity("burden.previous"),
        quantity("burden.requested"),
        quantity(MEAN),
        establishment.decide(clause, NOBODY),
    )
