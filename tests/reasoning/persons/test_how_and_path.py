"""What `how` says makes eligible, `path` reaches: a post is taken up on the day of eligibility or the day after."""

from __future__ import annotations

import io
import json
import random
from datetime import date, timedelta

import pytest

from lgreason.answers.session import Session
from lgreason.reasoning.persons.changes import Change
from lgreason.reasoning.persons.path import Paths
from lgreason.reasoning.persons.path_search import Aim
from lgreason.reasoning.persons.remedies import Remedies
from lgreason.rules.knowledge import Library
from tests.evaluator.persons import random_person

DAY, ONE_DAY = date(2021, 12, 31), timedelta(days=1)
SESSION = Session(as_of=DAY, library=Library())
ACTS = ("take_up", "obtain", "work")
"""The changes that lie in one's own hands: the others are decisions and facts to be found out, no steps of a path."""


@pytest.mark.parametrize("part", range(2))
def test_how_and_path_agree_on_the_first_lawful_day(part: int) -> None:
    judge, waited, moved = SESSION.judges.judge, 0, 0
    posts = sorted(judge.kb.posts)
    for seed in range(part, 80, 2):
        rng = random.Random(seed)
        made = random_person(rng, DAY)
        person, position = SESSION.person("-", io.BytesIO(json.dumps(made).encode())), rng.choice(posts)
        remedies = Remedies(judge, person, position, DAY)
        paths = Paths(judge, person, DAY, Aim(position))
        if remedies.verdict == "eligible" or paths.held or paths.missing:
            continue

        def lawful(change: Change, remedies: Remedies = remedies) -> bool:
            """Whether a change is an act of the person, and a post of it one that may be taken up by the rules."""
            open_ = [
                post for post in change.choices if post in posts and remedies.open_to(post) == "eligible"
            ]
            return change.kind in ACTS and (change.kind != "take_up" or bool(open_))

        possible = [remedy for remedy in remedies.found if all(map(lawful, remedy.changes))]
        moves = [any(change.kind == "take_up" for change in remedy.changes) for remedy in possible]
        staying = [remedy.day for remedy, moved_ in zip(possible, moves, strict=True) if not moved_]
        at_once = [path.arrives for path in paths.found if len(path.steps) == 1]
        # the day that completes a term is still served in the post before: it is taken up on the day after
        assert bool(staying) == bool(at_once), (seed, position)
        if staying:
            assert min(staying) <= min(at_once) <= min(staying) + ONE_DAY, (seed, position)
            waited += 1
        moving = [remedy.day for remedy, moved_ in zip(possible, moves, strict=True) if moved_]
        if moving:
            assert min(path.arrives for path in paths.found) <= min(moving) + ONE_DAY, (seed, position)
            moved += 1
    assert waited > 4
    assert moved > 0
