"""What there is today stays what it is: no plan gives a deputy up to set up the same anew."""

from __future__ import annotations

from itertools import permutations, product

from lgreason.files.organisation.organisation import Organisation, Post
from lgreason.reasoning.structures.against_today import unlike_today
from lgreason.reasoning.structures.coupling import Cost, Coupling
from lgreason.reasoning.structures.interchangeable import Pick, picked, together
from lgreason.reasoning.structures.slots import deputy_slots

LEVELS = ("early", "mid", "high")
RANK = {"": 0, "early": 1, "mid": 2, "high": 3}


def test_nothing_of_today_is_lowered_or_given_up_for_another_to_be_raised_or_new() -> None:
    """All of one to two deputies today and planned, against every way to give each of today's a place or none."""
    for today, planned in product(_groups(), _groups()):
        posts = tuple(Post(level, number=n) for n, level in enumerate(today, 1))
        slots = list(
            deputy_slots(
                Organisation(id="x", name="x", type="municipality", deputies=posts),
                [Post(p) for p in planned],
                2,
            )
        )
        picks = [
            [
                Pick(
                    at,
                    n,
                    None if o.value is None else o.value[1],
                    (),
                    frozenset(),
                    Cost(),
                    unlike_today(slot, o),
                    (n,),
                )
                for n, o in enumerate(slot.offers, 1)
            ]
            for at, slot in enumerate(slots)
        ]
        found = together(picks, Coupling(), lambda have: len(have) == len(set(have)), lambda sort: sort)
        ways = picked(found[tuple(range(1, len(planned) + 1))])
        assert {way.unlike[0] for way in ways} == {
            min(
                sum(max(0, RANK[a] - RANK[b]) for a, b in zip(today, order, strict=True))
                for order in set(permutations((*planned, *[""] * len(today)), len(today)))
            )
        }


def _groups() -> list[tuple[str, ...]]:
    return [*product(LEVELS, repeat=1), *product(LEVELS, repeat=2)]
