"""What may be had that a clause counts: degrees, posts and work, as single things that two clauses share or not."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn
from lgreason.words.vocabulary import Vocabulary

OTHER = "*"
"""A field that no clause names."""


class Thing(NamedTuple):
    """A degree in a field, a post, or work: what `sort` it is, which, and how it is had.

    `how`: `plain`; `acting`; `equivalent` or `approved` by all committees; `equivalent_by_one` or `approved_by_one`.
    """

    sort: str
    one: str
    other: str
    how: str


class CountedThings:
    """Which things the clauses of two sets of rules count."""

    def __init__(self, vocabulary: Vocabulary, fields: frozenset[str]) -> None:
        """Take the terms of one of the two; `fields` are those that any clause of either names."""
        self._vocabulary = vocabulary
        self._fields = (*sorted(fields), OTHER)

    @cached_property
    def _posts(self) -> tuple[Thing, ...]:
        positions = tuple(Thing("position", p, "", "plain") for p in self._vocabulary.ranks)
        levels = tuple(
            Thing("level", kind, level, "plain")
            for kind in self._vocabulary.ids("position_type")
            for level in self._vocabulary.levels_of(kind)
        )
        return (*levels, *positions)

    def of(self, clause: Clause) -> frozenset[Thing]:
        """What the clause counts."""
        conditions: dict[str, list[tuple[str, ...]]] = {}
        for what in clause.counts:
            args = tuple(arg.name if isinstance(arg, Fn) else str(arg) for arg in what.args)
            conditions.setdefault(what.name, []).append(args)
        if clause.measures == "qualification":
            return frozenset(self._degrees(conditions))
        if clause.measures == "service":
            return frozenset(self._service(conditions))
        return frozenset(self._work(conditions))

    def _degrees(self, conditions: dict[str, list[tuple[str, ...]]]) -> list[Thing]:
        fields = {args[0] for args in conditions.get("field", ())}
        found: list[Thing] = []
        for (degree,) in conditions.get("degree", ()):
            for field in self._fields:
                hows: tuple[str, ...] = ()
                if "any_field" in conditions or field in fields:
                    hows = ("plain", "approved", "approved_by_one")
                elif "approved_field" in conditions:
                    hows = ("approved",) if "jointly" in conditions else ("approved", "approved_by_one")
                found += [Thing("degree", degree, field, how) for how in hows]
        return found

    def _service(self, conditions: dict[str, list[tuple[str, ...]]]) -> list[Thing]:
        vocabulary = self._vocabulary
        named = {args[0] for args in conditions.get("position", ())}
        for (lowest,) in conditions.get("not_below", ()):
            named |= {
                position
                for position, rank in vocabulary.ranks.items()
                if rank >= vocabulary.ranks[lowest]
                and vocabulary.series(position) == vocabulary.series(lowest)
            }
        pairs = {(args[0], args[1]) for args in conditions.get("level", ())}
        for kind, lowest in conditions.get("level_from", ()):
            levels = vocabulary.levels_of(kind)
            pairs |= {(kind, level) for level in levels[levels.index(lowest) :]}
        found: list[Thing] = []
        for thing in self._posts:
            if thing.sort == "position":
                direct = thing.one in named
                plain = direct or vocabulary.placement(thing.one) in pairs
            else:
                direct = plain = (thing.one, thing.other) in pairs
            hows = ["plain"] * plain + ["acting"] * (plain and "acting" in conditions)
            if direct and "equivalent" in conditions:
                hows += ["equivalent"] + ["equivalent_by_one"] * ("jointly" not in conditions)
            found += [thing._replace(how=how) for how in hows]
        return found

    def _work(self, conditions: dict[str, list[tuple[str, ...]]]) -> list[Thing]:
        found = [Thing("work", args[0], "", "plain") for args in conditions.get("work", ())]
        series = {args[0] for args in conditions.get("series", ())}
        for thing in self._posts:
            if thing.sort == "position" and self._vocabulary.series(thing.one) in series:
                hows = ("plain", "acting") if "acting" in conditions else ("plain",)
                found += [thing._replace(how=how) for how in hows]
        return found
