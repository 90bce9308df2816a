"""Structures proposed that show what a change of the number of posts comes to, judged by both rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from lgreason.reasoning.cases.verdict import Permission, permission_of
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.rulesets.difference import Affected
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.slots import KEYS
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.terms import Fn, constant

Document = dict[str, Any]
_UNIT = "unit"


class SideRules(Protocol):
    """The rules about organisations of one side."""

    @property
    def tables(self) -> Tables:
        """The tables and conditions."""

    def establishment(self, document: Document) -> Establishment | None:
        """An organisation with these entries; `None` where its file is refused."""


def plan_verdict(rules: SideRules, document: Document) -> Permission | None:
    """What the structure proposed in a file comes to; `None` where the file is refused or too much is open."""
    here = rules.establishment(document)
    if here is None or here.organisation.plan is None:
        return None
    try:
        return permission_of(PlanJudge(here).truth(here.organisation.plan))
    except LimitReached:
        return None


def number_touched(
    old: SideRules, new: SideRules, scope: Fn, post: str, level: str, numbers: tuple[int | None, int | None]
) -> tuple[Affected, Affected]:
    """Structures that the number of a post at a level allows after a change and not before, and the other way.

    In each all posts stand today as they are proposed, so that the number alone is asked.
    """
    nobody = Affected(None, None, None, proved=True)
    was, now = numbers
    if was == now:
        return nobody, nobody
    more = was is not None and (now is None or now > was)
    # One post more than the lower number allows is what the two numbers tell apart.
    fewer = min(number for number in numbers if number is not None)
    for document in structures_kept(new if more else old, scope, post, level, fewer + 1):
        verdicts = [plan_verdict(side, document) for side in (old, new)]
        if verdicts == (["forbidden", "allowed"] if more else ["allowed", "forbidden"]):
            shown = Affected(document, verdicts[0], verdicts[1], proved=False)
            return (shown, nobody) if more else (nobody, shown)
    open_ = Affected(None, None, None, proved=False)
    return (open_, nobody) if more else (nobody, open_)


def structures_kept(rules: SideRules, scope: Fn, post: str, level: str, number: int) -> Iterator[Document]:
    """Files of organisations that have so many of a post at a level, and propose to keep them."""
    tables = rules.tables
    kinds = tables.kb.kinds
    base: Document = {"kind": "organisation", "type": scope.name}
    if scope.args:
        base[kinds.divisions[scope.name].key] = constant(scope.args[0])
    for clerk in tables.levels(scope, "clerk"):
        posts: Document = {"clerk": {"level": clerk, "filled": True}, "deputies": []}
        plan: Document = {"clerk": {"level": clerk}, "deputies": [], "units": []}
        if post == "deputy":
            deputies = [{"level": level, "filled": True} for _ in range(number)]
            planned = [{"level": level} for _ in range(number)]
            yield {
                **base,
                "posts": {**posts, "deputies": deputies},
                "units": [],
                "plan": {**plan, "deputies": planned},
            }
        elif post in kinds.heads:
            units = [_unit(f"{_UNIT}_{n + 1}", kinds.heads[post], level, {}) for n in range(number)]
            yield {**base, "posts": posts, **_kept(units, plan)}
        elif post in KEYS:
            for head, kind in kinds.heads.items():
                for at in tables.levels(scope, head):
                    units = [_unit(_UNIT, kind, at, {KEYS[post]: number})]
                    yield {**base, "posts": posts, **_kept(units, plan)}


def _unit(identity: str, kind: str, level: str, inside: dict[str, int]) -> Document:
    number = {"sections": 0, "parts": 0, **inside}
    return {"id": identity, "name": identity, "kind": kind, "level": level, **number}


def _kept(units: list[Document], plan: Document) -> Document:
    """Units as they stand today, and the same in the plan."""
    today = [
        {
            **{key: value for key, value in unit.items() if key != "level"},
            "exists": True,
            "head": {"level": unit["level"], "filled": True},
        }
        for unit in units
    ]
    planned = [{key: value for key, value in unit.items() if key != "name"} for unit in units]
    return {"units": today, "plan": {**plan, "units": planned}}
