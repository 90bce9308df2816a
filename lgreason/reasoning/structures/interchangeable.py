"""Interchangeable posts: which of several slots has which is not a choice, only how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from lgreason.reasoning.structures.combination import MOST_STATES
from lgreason.reasoning.structures.coupling import Cost, Counts, Coupling, Demands
from lgreason.reasoning.structures.sums import LimitReached

Sort = tuple[object, ...]
"""What an option is, as far as it matters which of them are had: sorted, they are a multiset."""


class Pick(NamedTuple):
    """A slot with one of its options: what it adds, demands and costs.

    `unlike` is what of today it does not keep, `faults` what else speaks against it; an earlier number of either
    outweighs all later ones.
    """

    slot: int
    option: int
    sort: object | None
    counts: Counts
    demands: Demands
    price: Cost
    unlike: tuple[int, ...]
    faults: tuple[int, ...]


class Together(NamedTuple):
    """Picks of several slots together."""

    picks: tuple[Pick, ...]
    counts: Counts
    demands: Demands
    price: Cost
    unlike: tuple[int, ...]
    faults: tuple[int, ...]


def together(
    slots: Sequence[Sequence[Pick]],
    coupling: Coupling,
    allowed: Callable[[Sort], bool],
    order: Callable[[object], object],
) -> dict[Sort, list[Together]]:
    """By what is had in all, the ways to have it: of those with the same effect that which has least against it.

    Only ways that keep most of today are any: what there is today is never given up and had anew, whatever else
    speaks for it. `allowed` says whether what is had so far may become what is wanted.
    Raises `LimitReached` rather than guess.
    """
    nothing = Together((), coupling.none, frozenset(), Cost(), (), ())
    found: dict[Sort, dict[object, Together]] = {(): {None: nothing}}
    for options in slots:
        more: dict[Sort, dict[object, Together]] = {}
        for had, ways in found.items():
            for pick in options:
                # mypy: `order` takes a sort
                have = had if pick.sort is None else tuple(sorted((*had, pick.sort), key=order))  # type: ignore[arg-type]
                if not allowed(have):
                    continue
                of = more.setdefault(have, {})
                for way in ways.values():
                    _keep(of, _with(way, pick, coupling))
        # What is still to come is the same for all ways to have the same so far.
        found = {have: _nearest(ways) for have, ways in more.items()}
        if sum(map(len, found.values())) > MOST_STATES:
            raise LimitReached(MOST_STATES)
    return {have: list(ways.values()) for have, ways in found.items()}


def _nearest(ways: dict[object, Together]) -> dict[object, Together]:
    least = min(way.unlike for way in ways.values())
    return {key: way for key, way in ways.items() if way.unlike == least}


def _with(way: Together, pick: Pick, coupling: Coupling) -> Together:
    return Together(
        (*way.picks, pick),
        coupling.added(way.counts, pick.counts) if pick.counts else way.counts,
        way.demands | pick.demands,
        Cost(way.price.least + pick.price.least, way.price.most + pick.price.most),
        _sum(way.unlike, pick.unlike),
        _sum(way.faults, pick.faults),
    )


def _sum(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(int.__add__, one, other)) if one else other


def _keep(kept: dict[object, Together], way: Together) -> None:
    """Of ways with the same effect and as many faults, the cheapest and the dearest."""
    for sign, rank in (
        (1, (way.price, way.faults)),
        (-1, (Cost(-way.price.most, -way.price.least), way.faults)),
    ):
        key = (way.counts, way.demands, way.unlike, way.faults[:1], sign)
        other = kept.get(key)
        if other is not None:
            price = other.price if sign > 0 else Cost(-other.price.most, -other.price.least)
            if (price, other.faults) <= rank:
                continue
        kept[key] = way


def picked(ways: Iterable[Together]) -> list[Together]:
    """Each way once."""
    return list({way.picks: way for way in ways}.values())
