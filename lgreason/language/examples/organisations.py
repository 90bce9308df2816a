"""An example about an organisation: a post at a level, the class of a municipality, or the plan in it, judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.language.statements.records import Example
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.establishment import Establishment, Node, PostVerdict
from lgreason.reasoning.organisations.plans import PlanJudgement
from lgreason.reasoning.organisations.retyping import Classification, classify
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.terms import Truth


@dataclass(frozen=True, slots=True)
class OrganisationAnswer:
    """What an organisation comes to: its verdict, the judgement, and the conditions that decide it."""

    session: Session
    organisation: Organisation
    found: PostVerdict | PlanJudgement | Classification
    verdict: str
    deciding: tuple[Node, ...]


def judged(example: Example, organisation: Organisation, session: Session) -> OrganisationAnswer:
    """The answer to an example; `session` is that of its day. Raises `Unusable` where nothing can be asked."""
    here = Establishment(session.tables, organisation)
    if example.class_ is not None:
        class_ = classify(here, example.class_)
        nodes = _deciding_all([class_.reason], class_.reason.holds)
        return OrganisationAnswer(session, organisation, class_, class_.verdict, nodes)
    if example.post is not None:
        post, _, level = example.post.partition(".")
        asked = here.post(post, level)
        return OrganisationAnswer(
            session, organisation, asked, asked.verdict, _deciding_all(asked.best.nodes, asked.truth)
        )
    if organisation.plan is None:
        raise Unusable((Finding("rule_example_without_plan", organisation.place),))
    judge = PlanJudge(here)
    plan, truth = judge.judge(organisation.plan), judge.truth(organisation.plan)
    roots = [node for post in plan.posts if post.judged is not None for node in post.judged.nodes]
    roots += [number.reason for number in plan.numbers]
    return OrganisationAnswer(session, organisation, plan, permission_of(truth), _deciding_all(roots, truth))


def _deciding_all(roots: Iterable[Node], truth: Truth) -> tuple[Node, ...]:
    found = {node.clause.id: node for root in roots if root.holds is truth for node in root.grounds()}
    return tuple(found.values())
