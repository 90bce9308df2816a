"""The chart of a plan that was judged: the verdict, the day, the burden and the cost, and what may not be."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.answers.organisations import naming_missing_costs, organisation_text
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.establishment import Node
from lgreason.reasoning.organisations.plans import PlanJudgement, PlannedPost
from lgreason.reasoning.organisations.years import ceilings
from lgreason.reasoning.structures.comparison import Compared, compared
from lgreason.reasoning.structures.pricing import Costs
from lgreason.report.drawings.chart import beside, chart
from lgreason.report.text.money import MoneyText
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.terms import constant

MOST_CLAUSES = 2
"""Clauses that a box names, so that it stays a box."""


def drawn(
    session: Session,
    organisation: Organisation,
    plan: Plan | None,
    costs: Costs | None = None,
    beside_today: bool = False,
) -> str:
    """A structure against today (`None`: today's) as the text of an SVG file, judged; or both side by side."""
    vocabulary = session.organisation_vocabulary
    with naming_missing_costs(session):
        found = [compared(session.tables, "today", organisation, None, costs)]
        if plan is not None:
            found.append(compared(session.tables, "plan", organisation, plan, costs))
    told = [tuple(_told(session, each)) for each in found]
    if plan is None:
        return chart(organisation, None, session.wording, vocabulary, told[0])
    judgement = found[1].judgement
    assert judgement is not None
    refused = _refused(session, organisation, judgement)
    if beside_today:
        return beside(organisation, plan, session.wording, vocabulary, (told[0], told[1]), refused)
    return chart(organisation, plan, session.wording, vocabulary, told[1], refused)


def plan_drawn(
    session: Session, organisation: Organisation, costs: Costs | None = None, beside_today: bool = False
) -> str:
    """The plan of a file against today as the text of an SVG file; raises `Unusable` where there is none."""
    if organisation.plan is None:
        raise Unusable((Finding("org_no_plan", organisation.place),))
    return drawn(session, organisation, organisation.plan, costs, beside_today)


def _told(session: Session, found: Compared) -> Iterator[str]:
    say = session.wording.say
    words = organisation_text(session, found.organisation)
    text = MoneyText(words, session.wording)
    if found.plan is not None:
        yield words.verdict(say(f"plan.{permission_of(found.truth)}"), found.rests.readings)
    yield say("chart.day", day=session.day)
    mean = found.burden.mean.value
    if mean.low:
        yield say("chart.burden", mean=text.percent(mean, ceilings(found.here).mean))
    if found.plan is not None and found.costs is not None and found.increase is not None:
        yield say("chart.adds", amount=text.amount(found.increase))


def _refused(
    session: Session, organisation: Organisation, judgement: PlanJudgement
) -> dict[str, tuple[str, ...]]:
    """What stands against the posts of a plan that may not be, by the boxes that they are in."""
    text = organisation_text(session, organisation)
    clauses: dict[str, dict[str, None]] = {}
    for post in judgement.posts:
        if post.truth is False and post.judged is not None:
            failing = (
                below.clause.id
                for node in post.judged.nodes
                if node.holds is False
                for below in node.walk()
                if below.is_leaf and below.holds is False
            )
            clauses.setdefault(_key(post), {}).update(dict.fromkeys(failing))
    for number in judgement.numbers:
        if number.reason.holds is not False:
            continue
        keys = [f"unit.{number.unit}"] if number.unit is not None else _counted(number.reason, judgement)
        for key in keys:
            clauses.setdefault(key, {})[number.reason.clause.id] = None
    return {key: tuple(map(text.place, list(found)[:MOST_CLAUSES])) for key, found in clauses.items()}


def _counted(reason: Node, judgement: PlanJudgement) -> Iterator[str]:
    """The boxes with posts that a clause on their number counts."""
    counted = {
        tuple(constant(each) for each in term.args)
        for below in reason.walk()
        for term in below.clause.counts
        if term.name == "post"
    }
    for post in judgement.posts:
        if (post.post,) in counted or (post.post, post.level) in counted:
            yield _key(post)


def _key(post: PlannedPost) -> str:
    if post.unit is not None:
        return f"unit.{post.unit}"
    return "clerk" if post.post == "clerk" else f"{post.post}.{post.number}"
