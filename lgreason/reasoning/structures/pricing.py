"""What the posts of an option cost, and what they add to a year's salaries."""

from __future__ import annotations

from collections.abc import Mapping

from lgreason.files.organisation.organisation import RANKS
from lgreason.reasoning.organisations.establishment import INSIDE
from lgreason.reasoning.structures.coupling import Cost
from lgreason.reasoning.structures.slots import NOTHING, Slot, SlotOption, SlotPosts, StandingPosts

Costs = Mapping[tuple[str, str], int]
"""What a post at a level costs, in baht a year."""


class MissingCost(LookupError):
    """Posts that a structure may have are not in the table of costs."""

    def __init__(self, posts: tuple[tuple[str, str], ...]) -> None:
        """Take the posts, each with its level."""
        super().__init__(", ".join(".".join(post) for post in posts))
        self.posts = posts


class Pricing:
    """A table of costs, and what it was asked for in vain."""

    def __init__(self, costs: Costs) -> None:
        """Take the table."""
        self._costs = costs
        self._missing: dict[tuple[str, str], None] = {}

    def cost(self, post: str, level: str) -> int:
        """What a post costs in a year; what is not in the table is remembered."""
        if (post, level) not in self._costs:
            self._missing[post, level] = None
        return self._costs.get((post, level), 0)

    def knows(self, posts: SlotPosts) -> bool:
        """Whether the table has a cost for some posts."""
        return (posts.subject.post, posts.subject.level) in self._costs

    def complete(self) -> None:
        """Raise `MissingCost` if anything was not in the table."""
        if self._missing:
            raise MissingCost(tuple(sorted(self._missing)))

    def whole(self, offer: SlotOption) -> int:
        """What all posts of an option cost in a year."""
        return sum(self.cost(p.subject.post, p.subject.level) * p.number for p in offer.posts)

    def added(self, slot: Slot, offer: SlotOption) -> Cost:
        """What an option adds to a year's salaries, at least and at most.

        A new post adds its whole cost, a raised one the difference; nothing is deducted. Where it is not known what
        is there today, the posts may be there already, or be set up, or be raised from any level.
        """
        found = [self._added(posts, slot.today.get(posts.place, (NOTHING,))) for posts in offer.posts]
        return Cost(sum(cost.least for cost in found), sum(cost.most for cost in found))

    def _added(self, posts: SlotPosts, today: tuple[StandingPosts, ...]) -> Cost:
        cost = self.cost(posts.subject.post, posts.subject.level)
        known = len(today) == 1
        each = [self._difference(posts, was, cost, known) for was in today]
        return Cost(min(each), max(each))

    def _difference(self, posts: SlotPosts, was: StandingPosts, cost: int, known: bool) -> int:
        if was == NOTHING:
            return cost * posts.number
        if posts.subject.post in INSIDE:
            return cost * max(0, posts.number - was.number)
        if RANKS[was.level] >= RANKS[posts.subject.level]:
            return 0
        before = self.cost(was.post, was.level) if known else self._costs.get((was.post, was.level), 0)
        return max(0, cost - before)
