"""What a judged plan comes to: every post of a proposed structure, and the numbers of posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lgreason.files.organisation.organisation import Plan
from lgreason.reasoning.cases.kleene import all_of
from lgreason.reasoning.organisations.establishment import INSIDE, Judged, Node
from lgreason.rules.terms import Fn, Truth

Change = Literal["kept", "raised", "lowered", "converted", "new", "unknown"]


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post of the plan, judged.

    `number` counts the deputies of the plan from 1, or is how many sections or parts of a unit are meant. `judged` is
    none where nothing had to be judged: the table has the post and it is there today. `there`: whether the post is
    there today, at whatever level; `was`: its level, where that is known. `standing`: of sections or parts, how many
    of them stand today.
    """

    post: str
    level: str
    change: Change
    truth: Truth
    judged: Judged | None = None
    unit: str | None = None
    number: int = 1
    was: str | None = None
    there: Truth = False
    standing: int = 0


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A clause on the number of posts, judged; in one unit if one is named."""

    reason: Node
    unit: str | None = None


Fate = Literal["given_up", "lowered", "vacated"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A post of today that a plan gives up or lowers, or leaves without its holder (`vacated`: it is raised).

    `number` is how many sections or parts are given up. `filled`: whether somebody sits there; `None`: not known.
    """

    post: str
    level: str
    fate: Fate
    filled: Truth
    unit: str | None = None
    number: int = 1
    to: str | None = None


@dataclass(frozen=True, slots=True)
class PlanJudgement:
    """What a plan comes to: each of its posts, and the numbers of posts."""

    scope: Fn
    posts: tuple[PlannedPost, ...]
    numbers: tuple[NumberOf, ...]
    increase: int = 0
    """What it adds to a year's salaries at the least, if costs are known."""
    lost: tuple[Lost, ...] = ()
    readings: tuple[str, ...] = ()
    """The readings of how a plan stands to today that decide something."""
    increase_most: int = 0
    """What it adds to a year's salaries at most, where it is not known what stands there today."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every clause that was asked of its posts, and of their numbers."""
        judged = (node for post in self.posts if post.judged for node in post.judged.nodes)
        return (*judged, *(number.reason for number in self.numbers))

    @property
    def truth(self) -> Truth:
        """Whether the plan may be; `None` if that is not known."""
        return all_of(
            [*(post.truth for post in self.posts), *(number.reason.holds for number in self.numbers)]
        )

    def faults(self) -> int:
        """How many of its posts and numbers are refused."""
        truths = [*(post.truth for post in self.posts), *(number.reason.holds for number in self.numbers)]
        return truths.count(False)


def numbers(plan: Plan) -> Counter[str]:
    """How many posts a plan has, by post and by `post.level`."""
    found: Counter[str] = Counter()
    for post, level, number in posts_of(plan):
        found[post] += number
        found[f"{post}.{level}"] += number
    return found


def posts_of(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Every post of a plan with its level, and how many there are."""
    yield "clerk", plan.clerk, 1
    for deputy in plan.deputies:
        yield "deputy", deputy.level or "", 1
    for unit in plan.units:
        yield ("office_head" if unit.kind == "office" else "division_head"), unit.level, 1
        if unit.sections:
            yield "section_head", INSIDE["section_head"], unit.sections
        if unit.parts:
            yield "part_head", INSIDE["part_head"], unit.parts
