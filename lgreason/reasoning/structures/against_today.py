"""How the options of a structure stand to today: what they change, and what they give up, lower or leave vacant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import and_

from lgreason.files.organisation.organisation import RANKS
from lgreason.reasoning.organisations.establishment import INSIDE
from lgreason.reasoning.organisations.plans import Lost
from lgreason.reasoning.structures.slots import (
    MANY,
    NONE,
    NOTHING,
    Slot,
    SlotOption,
    SlotPosts,
    StandingPosts,
)
from lgreason.reasoning.structures.space import Option, Space, Structure


def changes(slot: Slot, offer: SlotOption) -> int:
    """How many changes an option is against today; where it is not known what stands there, the fewest."""
    given = {posts.place: posts for posts in offer.posts}
    return sum(
        min(_changed(standing, given.get(place)) for standing in standings)
        for place, standings in slot.today.items()
    )


def _changed(was: StandingPosts, posts: SlotPosts | None) -> int:
    if posts is None:
        return 0 if was == NOTHING else was.number if was.post in INSIDE and was.number < MANY else 1
    if posts.subject.post in INSIDE:
        return 0 if was.number == MANY else abs(posts.number - was.number)
    return 0 if (was.post, was.level) == (posts.subject.post, posts.subject.level) else 1


def unlike_today(slot: Slot, offer: SlotOption) -> tuple[int, int]:
    """By how many levels an option lowers posts surely there today, and how many that may be there it gives up.

    To give up a post lowers it to nothing. What is lowered least in all is raised least too: nothing of today is had
    anew, and no cost comes of it.
    """
    given = {posts.place: RANKS[posts.subject.level] for posts in offer.posts}
    lowered = sum(
        max(0, RANKS.get(standings[0].level, 0) - given.get(place, 0))
        for place, standings in slot.today.items()
        if len(standings) == 1
    )
    gone = sum(standings != (NOTHING,) and place not in given for place, standings in slot.today.items())
    return lowered, gone


def filled_lost(slot: Slot, offer: SlotOption) -> int:
    """How many filled posts of today an option gives up or lowers."""
    given = {posts.place: posts for posts in offer.posts}
    return sum(
        all(_lowers(standing, given.get(place)) for standing in slot.today[place])
        for place, filled in slot.held.items()
        if filled
    )


def _lowers(was: StandingPosts, posts: SlotPosts | None) -> bool:
    return posts is None or RANKS[posts.subject.level] < RANKS.get(was.level, 0)


def lost_posts(slot: Slot, offer: SlotOption) -> Iterator[Lost]:
    """What of today an option gives up or lowers, or leaves without its holder, where today is known."""
    given = {posts.place: posts for posts in offer.posts}
    unit = slot.unit.id if slot.unit else None
    for place, standings in slot.today.items():
        was, posts = standings[0], given.get(place)
        if len(standings) > 1 or was.post == NONE:
            continue
        filled = slot.held.get(place)
        left = posts.number if posts is not None else 0
        if was.post in INSIDE:
            if left < was.number:
                yield Lost(was.post, was.level, "given_up", None, unit, was.number - left)
        elif posts is None:
            yield Lost(was.post, was.level, "given_up", filled, unit)
        elif RANKS[posts.subject.level] < RANKS[was.level]:
            yield Lost(was.post, was.level, "lowered", filled, unit, 1, posts.subject.level)
        elif filled and (was.post, was.level) != (posts.subject.post, posts.subject.level):
            yield Lost(was.post, was.level, "vacated", filled, unit, 1, posts.subject.level)


def lost_of(option: Option) -> Counter[Lost]:
    """What of today an option of a structure gives up or lowers, or leaves without its holder."""
    assert isinstance(option.detail, tuple | None)
    chosen = ((slot, slot.offers[number - 1]) for slot, number in option.detail or ())
    return Counter(lost for slot, offer in chosen for lost in lost_posts(slot, offer))


def lost_in(structure: Structure) -> tuple[Lost, ...]:
    """What of today a structure gives up or lowers, or leaves without its holder."""
    return tuple(lost for option in structure.options for lost in lost_of(option).elements())


def lost_by_all(space: Space) -> tuple[Lost, ...]:
    """What every structure that is left gives up or lowers, or leaves without its holder."""
    found: list[Lost] = []
    for row in space.open:
        ways = [lost_of(way) for option in row for way in option.ways]
        found += reduce(and_, ways).elements() if ways else ()
    return tuple(found)
