"""What came to be complete on a day on which a position is first reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from lgreason.reasoning.cases import tree
from lgreason.reasoning.cases.counting import ONE_DAY, Duration
from lgreason.reasoning.cases.measurement import Measurement

if TYPE_CHECKING:
    from lgreason.reasoning.persons.eligibility import Judgement

Node: TypeAlias = tree.ReasonNode[Measurement, Duration]


def completed(judgement: Judgement, root: Node, day: date) -> tuple[Node, ...]:
    """The conditions below `root` that hold on a day and did not surely hold the day before, as low as they go.

    `root` is the reason tree of that day. With a condition whose bound an exception changed on the day comes what
    brought the exception about.
    """
    reaches = judgement.reaches(root.clause.id)
    on = judgement.judge.decide(reaches, day)
    before = judgement.judge.decide(reaches, day - ONE_DAY)

    def turned(node: Node) -> bool:
        return bool(on[node.clause.id]) and not before[node.clause.id]

    def found(node: Node) -> Iterator[Node]:
        parts = [] if node.clause.op == "none" else [child for child in node.children if turned(child)]
        if node.is_leaf or not parts:
            yield node
        for part in parts:
            yield from found(part)

    return tuple({node.clause.id: node for node in found(root)}.values())
