"""What an organisation chart shows: the posts and units of today, or of a chosen structure with what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from lgreason.files.organisation.organisation import (
    LEVELS,
    Level,
    Organisation,
    Plan,
    PlannedUnit,
    Post,
    Unit,
)
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

State = Literal["same", "new", "raised", "lowered", "changed", "given_up", "unclear", "forbidden"]
"""What becomes of a post or a unit; `unclear`: today is not known; `forbidden`: the plan may not have it."""


NOTHING_REFUSED: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Box:
    """A post or a unit: its name, what there is to say of it, and how it was before, all in words."""

    name: str
    details: tuple[str, ...]
    state: State = "same"
    before: tuple[str, ...] = ()
    key: str = field(default="", compare=False)
    """What it is in a plan: `clerk`, `deputy.1` (by its place among the plan's), `unit.finance`."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Everything on a chart; `None` is not known."""

    clerk: Box | None
    deputies: tuple[Box, ...] | None
    units: tuple[Box, ...] | None

    def __iter__(self) -> Iterator[Box]:
        """Every box."""
        yield from (self.clerk,) if self.clerk else ()
        yield from self.deputies or ()
        yield from self.units or ()


def boxes(
    organisation: Organisation,
    plan: Plan | None,
    wording: Wording,
    vocabulary: Vocabulary,
    refused: Mapping[str, Sequence[str]] = NOTHING_REFUSED,
) -> Boxes:
    """The boxes of today's chart, or if there is a plan, of the plan and of what it gives up.

    `refused` tells, by the keys of boxes, what stands against those that may not be.
    """
    found = _Boxes(organisation, wording, vocabulary).of(plan)
    if not refused:
        return found

    def marked(box: Box) -> Box:
        if box.key not in refused or box.state == "given_up":
            return box
        return replace(box, state="forbidden", details=(*box.details, *refused[box.key]))

    return Boxes(
        None if found.clerk is None else marked(found.clerk),
        None if found.deputies is None else tuple(map(marked, found.deputies)),
        None if found.units is None else tuple(map(marked, found.units)),
    )


class _Boxes:
    def __init__(self, organisation: Organisation, wording: Wording, vocabulary: Vocabulary) -> None:
        self.organisation = organisation
        self.say = wording.say
        self.vocabulary = vocabulary

    def of(self, plan: Plan | None) -> Boxes:
        organisation = self.organisation
        clerk, deputies, units = organisation.clerk, organisation.deputies, organisation.units
        today = None if deputies is None else [post for post in deputies if post.exists]
        if plan is None:
            return Boxes(
                self._post("clerk", clerk, clerk) if clerk and clerk.exists else None,
                None if today is None else tuple(self._post("deputy", post, post) for post in today),
                None if units is None else tuple(self._unit(u, _as_planned(u)) for u in units if u.exists),
            )
        chosen = {unit.id: unit for unit in plan.units}
        known = {unit.id for unit in units or ()}
        drawn = [self._unit(u, chosen.get(u.id), True) for u in units or () if u.exists or u.id in chosen]
        others = [self._planned(unit) for unit in plan.units if unit.id not in known]
        return Boxes(
            self._post("clerk", clerk, Post(level=plan.clerk), True),
            tuple(self._deputies(today, plan.deputies)),
            (*drawn, *others),
        )

    # ── posts ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _deputies(self, today: Sequence[Post] | None, planned: Sequence[Post]) -> Iterator[Box]:
        """Deputies are alike but for their level: as many as possible stay, the others are raised or lowered."""
        places = enumerate(planned, 1)
        if today is None:
            yield from (self._deputy(None, post, place) for place, post in places)
            return
        before = sorted(today, key=_rank, reverse=True)
        after = sorted(places, key=lambda each: -_rank(each[1]))
        kept: list[tuple[Post, tuple[int, Post]]] = []
        for each in tuple(after):
            same = next((old for old in before if old.level == each[1].level), None)
            if same is not None:
                before.remove(same)
                after.remove(each)
                kept.append((same, each))
        pairs = [*kept, *zip(before, after, strict=False)]
        for old, (place, new) in sorted(pairs, key=lambda pair: -_rank(pair[1][1])):
            yield self._deputy(old, new, place)
        gone = Post(exists=False)
        yield from (self._deputy(gone, post, place) for place, post in after[len(before) :])
        yield from (self._post("deputy", post, None, True) for post in before[len(after) :])

    def _deputy(self, today: Post | None, chosen: Post, place: int) -> Box:
        return replace(self._post("deputy", today, chosen, True), key=f"deputy.{place}")

    def _post(self, what: str, today: Post | None, chosen: Post | None, compared: bool = False) -> Box:
        """The box of a post: `today` is `None` if not known, `chosen` if it is given up."""
        shown = chosen or today
        assert shown is not None
        key = what if what == "clerk" else ""
        return replace(self._box_of_post(what, today, chosen, shown, compared), key=key)

    def _box_of_post(
        self, what: str, today: Post | None, chosen: Post | None, shown: Post, compared: bool
    ) -> Box:
        name = self.say(f"chart.{what}_{self.organisation.type}")
        details = [self._executive(shown.level)]
        if today is not None and today.exists and today.filled is False:
            details.append(self.say("chart.vacant"))
        if not compared:
            return Box(name, tuple(details))
        if today is None:
            return Box(name, tuple(details), "unclear")
        if not today.exists:
            return Box(name, tuple(details), "new")
        if chosen is None:
            return Box(name, tuple(details), "given_up")
        state = _moved(today.level, chosen.level)
        before = (self._executive(today.level),) if state in ("raised", "lowered") else ()
        return Box(name, tuple(details), state, before)

    def _executive(self, level: Level | None) -> str:
        return (
            self.say("chart.level_unknown")
            if level is None
            else self.say("chart.post", level=self._level(level))
        )

    def _level(self, level: Level) -> str:
        return self.say("chart.level", level=self.vocabulary.name("level", level))

    # ── units ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _planned(self, unit: PlannedUnit) -> Box:
        details = self._details(unit.kind, unit.level, unit.sections, unit.parts)
        return Box(unit.id, tuple(details), "unclear", key=f"unit.{unit.id}")

    def _unit(self, unit: Unit, chosen: PlannedUnit | _Today | None, compared: bool = False) -> Box:
        return replace(self._box_of_unit(unit, chosen, compared), key=f"unit.{unit.id}")

    def _box_of_unit(self, unit: Unit, chosen: PlannedUnit | _Today | None, compared: bool) -> Box:
        today = _as_planned(unit)
        shown = chosen or today
        name = unit.name or unit.id
        details = self._details(shown.kind, shown.level, shown.sections, shown.parts)
        if unit.exists and unit.head is not None and unit.head.filled is False:
            details.append(self.say("chart.head_vacant"))
        if not compared:
            return Box(name, tuple(details))
        if not unit.exists:
            return Box(name, tuple(details), "new")
        if chosen is None:
            return Box(name, tuple(details), "given_up")
        return Box(name, tuple(details), *self._compared(today, chosen))

    def _compared(self, today: _Today, chosen: PlannedUnit | _Today) -> tuple[State, tuple[str, ...]]:
        """What becomes of a unit that stays, and how it is today where that differs."""
        state = _moved(today.level, chosen.level)
        kind = today.kind if today.kind != chosen.kind else None
        level = today.level if today.level != chosen.level else None
        sections = today.sections if today.sections != chosen.sections else None
        parts = today.parts if today.parts != chosen.parts else None
        before = self._details(kind, level, sections, parts, zeros=True) if (kind or level) else []
        before = before or self._numbers(sections, parts, zeros=True)
        if state == "same" and before:
            state = "changed"
        return state, tuple(before)

    def _details(
        self,
        kind: str | None,
        level: Level | None,
        sections: int | None,
        parts: int | None,
        zeros: bool = False,
    ) -> list[str]:
        standing = [self.say(f"chart.kind_{kind}")] if kind else []
        if level:
            standing.append(self.say("chart.head", level=self._level(level)))
        elif not zeros:
            standing.append(self.say("chart.level_unknown"))
        return [self.say("chart.between").join(standing), *self._numbers(sections, parts, zeros)]

    def _numbers(self, sections: int | None, parts: int | None, zeros: bool = False) -> list[str]:
        counted = (("parts", parts), ("sections", sections))
        words = [self._number(what, n) for what, n in counted if n or (zeros and n is not None)]
        return [self.say("chart.between").join(words)] if words else []

    def _number(self, what: str, n: int | None) -> str:
        """A number with its noun, which no line parts."""
        words = self.say(f"chart.{what}", n=n) if n else self.say(f"chart.no_{what}")
        return words.replace(" ", "\u00a0")


@dataclass(frozen=True, slots=True)
class _Today:
    kind: str | None
    level: Level | None
    sections: int | None
    parts: int | None


def _as_planned(unit: Unit) -> _Today:
    return _Today(unit.kind, unit.head.level if unit.head else None, unit.sections, unit.parts)


def _rank(post: Post) -> int:
    return -1 if post.level is None else LEVELS.index(post.level)


def _moved(today: Level | None, chosen: Level | None) -> State:
    if today is None or chosen is None:
        return "unclear"
    if today == chosen:
        return "same"
    return "raised" if LEVELS.index(chosen) > LEVELS.index(today) else "lowered"
