"""Groups by what a committee decides, against all structures of small organisations sorted by hand."""

from __future__ import annotations

import pytest

from lgreason.reasoning.structures.choices import Structures
from lgreason.reasoning.structures.groups import decided, groups
from lgreason.reasoning.structures.optimum import NoSuchMeasure, Objective
from tests.organisation_agreement import tables
from tests.reasoning.structures.test_structures import instance

NEAREST = (Objective("lost"), Objective("changes"))
MOST_POSTS = (Objective("posts", "maximise"), Objective("changes"))


@pytest.mark.parametrize("seed", [1, 6, 11, 19, 28])
@pytest.mark.parametrize("objectives", [NEAREST, MOST_POSTS])
def test_groups_are_those_of_all_structures(seed: int, objectives: tuple[Objective, ...]) -> None:
    found = instance(seed)
    if found is None:
        pytest.skip("its kind is the gap")
    space = Structures(tables(), found.organisation, found.costs, found.most).space
    expected: dict[object, list[int]] = {}
    best: dict[object, tuple[int, ...]] = {}
    for structure in space.structures():
        key = tuple(feature for feature in structure.features if decided(feature[0]))
        counts = expected.setdefault(key, [0, 0])
        counts[0 if structure.sure else 1] += 1
        rank = tuple((1 if o.sense == "minimise" else -1) * structure.total(o.measure) for o in objectives)
        best[key] = min(best.get(key, rank), rank)
    made = list(groups(space, objectives, 10_000))
    assert {group.features: [group.sure, group.conditional] for group in made} == expected
    ranks = [
        tuple((1 if o.sense == "minimise" else -1) * group.best.total(o.measure) for o in objectives)
        for group in made
    ]
    assert ranks == sorted(best.values())
    assert all(best[group.features] == rank for group, rank in zip(made, ranks, strict=True))


def test_a_measure_that_there_is_not_is_refused() -> None:
    found = instance(1)
    assert found is not None
    space = Structures(tables(), found.organisation, None, found.most).space
    with pytest.raises(NoSuchMeasure):
        groups(space, (Objective("beauty"),), 1)
