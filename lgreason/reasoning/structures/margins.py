"""A plan as it depends on money: how far income may fall or costs rise before which clause breaks it."""

from __future__ import annotations

from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.organisations.money import Money, comparisons_in
from lgreason.reasoning.organisations.plans import PlanJudgement
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.pricing import Costs
from lgreason.rules.terms import Truth


def money_of_plan(
    tables: Tables,
    organisation: Organisation,
    plan: Plan,
    costs: Costs | None = None,
    judgement: PlanJudgement | None = None,
) -> Money:
    """Whether a plan may be, as it depends on money; its `judgement`, if it was judged already."""
    if judgement is None:
        judgement = PlanJudge(Establishment(tables, organisation), costs).judge(plan)

    def decide(other: Organisation) -> Truth:
        return PlanJudge(Establishment(tables, other), costs).truth(plan)

    return Money(organisation, comparisons_in(judgement.nodes), decide)
