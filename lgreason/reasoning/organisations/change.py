"""A change: something of an organisation's file that can come to be otherwise, and of what sort it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases.remedies import Sort
from lgreason.reasoning.organisations.ascertained import Ascertained

Kind = Literal[
    "raise", "lower", "pass", "fill", "delegate", "screen", "become", "set_up_as", "establish", "bring"
]


@dataclass(frozen=True, slots=True)
class PostChange:
    """What would have to change: what (`about`, a path of the file or a quantity), from what, to what.

    `by` is how much in `unit`, where numbers change; `choices` are ids among which one is enough. Of a declared fact
    `value` is what an entry that is brought about says, or under no name what the fact itself is then. To `screen` is
    to have so many of the units that are `choices` raised first, to the post that `value` names, and put under a
    deputy's order. `sort` says whether only another year brings it (past figures stand), whether it is an act of the
    organisation, a decision of others, or a fact to find out.
    """

    kind: Kind
    sort: Sort
    about: str
    unit: str = ""
    before: Fraction | None = None
    after: Fraction | None = None
    choices: tuple[str, ...] = ()
    value: tuple[tuple[str, object], ...] = ()

    @property
    def by(self) -> Fraction | None:
        """The difference that it makes."""
        return None if self.before is None or self.after is None else abs(self.after - self.before)


def to_find_out(finding: Ascertained, about: str | None = None) -> PostChange:
    """The change that finds out what a condition does not know."""
    return PostChange("establish", "fact", about or finding.missing[0], choices=finding.missing)


Applied = tuple[PostChange, Callable[[Organisation], Organisation]]
"""A change and what it makes of the file."""
