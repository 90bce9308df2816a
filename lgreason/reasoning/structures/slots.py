"""What is to be settled of an organisation, and how it stands today: the slots of a structure and their options.

This is the one place that knows the shape of a structure as files give it: a clerk, deputies, and units with a head,
sections and parts. What any of them must meet is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from lgreason.files.organisation.organisation import (
    LEVELS,
    Kind,
    Level,
    Organisation,
    Plan,
    PlannedUnit,
    Post,
    Unit,
)
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import INSIDE
from lgreason.reasoning.structures.structure import Feature
from lgreason.rules.terms import Truth

NONE = "none"
"""The kind and the level of a unit that is wanted and not there; the post where there is none."""
HEAD_OF: dict[Kind, str] = {"office": "office_head", "division": "division_head"}
KINDS: tuple[Kind, ...] = ("division", "office")
KEYS = {"section_head": "sections", "part_head": "parts"}
"""The posts inside a unit, by the key of a file that says how many there are."""
MANY = 1_000_000
"""More sections or parts than any unit has: what stands there today may be any number."""


@dataclass(frozen=True, slots=True)
class StandingPosts:
    """What may stand in a place today: so many posts at a level, or (`NONE`) nothing."""

    post: str
    level: str
    number: int


NOTHING = StandingPosts(NONE, NONE, 0)


@dataclass(frozen=True, slots=True)
class SlotPosts:
    """So many posts of one sort and level that an option has in a place; `group` is whose order is looked at."""

    place: str
    subject: Subject
    number: int = 1
    group: str = ""

    @property
    def case(self) -> str:
        """The case as which they are asked: what they are, and in what kind of unit."""
        office = {True: ".office", False: ".division", None: ""}[self.subject.office]
        return f"{self.group or self.place}.{self.subject.post}.{self.subject.level}{office}"


@dataclass(frozen=True, slots=True)
class SlotOption:
    """One option of a slot: its posts, whether the unit is there, and how it settles the choices."""

    value: object
    posts: tuple[SlotPosts, ...]
    there: bool
    features: tuple[Feature, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A post, or a unit with its posts: what may stand in its places today, which are filled, and its options."""

    name: str
    today: dict[str, tuple[StandingPosts, ...]]
    held: dict[str, bool]
    offers: tuple[SlotOption, ...]
    unit: Unit | None = None
    group: str | None = None
    """The list of interchangeable posts to which it belongs."""
    twin: str | None = None
    """Another slot that is in all like this one."""


# ── today ───────────────────────────────────────────────────────────────────────────────────────


def _standing(post: str, level: str | None, there: Truth) -> tuple[StandingPosts, ...]:
    levels = LEVELS if level is None else (level,)
    found = () if there is False else tuple(StandingPosts(post, each, 1) for each in levels)
    return found if there is True else (NOTHING, *found)


def _held(post: Post | None, place: str) -> dict[str, bool]:
    return {} if post is None or post.filled is None else {place: post.filled}


def _numbers(unit: Unit, post: str) -> tuple[StandingPosts, ...]:
    number = getattr(unit, KEYS[post]) if unit.exists else 0
    if number == 0:
        return (NOTHING,)
    if number is None:
        return (NOTHING, StandingPosts(post, INSIDE[post], MANY))
    return (StandingPosts(post, INSIDE[post], number),)


def today_of(unit: Unit) -> dict[str, tuple[StandingPosts, ...]]:
    """What may stand in the places of a unit today."""
    heads: tuple[StandingPosts, ...] = (NOTHING,)
    if unit.exists and not unit.headless:
        level = unit.head.level if unit.head else None
        kinds = (unit.kind,) if unit.kind else KINDS
        heads = tuple(each for kind in kinds for each in _standing(HEAD_OF[kind], level, True))
    return {"head": heads} | {KEYS[post]: _numbers(unit, post) for post in KEYS}


# ── slots ───────────────────────────────────────────────────────────────────────────────────────


def clerk_slot(organisation: Organisation, levels: Iterable[Level]) -> Slot:
    """The clerk's post, at one of some levels."""
    post = organisation.clerk
    today = _standing("clerk", post.level if post else None, None if post is None else post.exists)
    offers = (
        SlotOption(level, (SlotPosts("clerk", Subject("clerk", level)),), True, (("clerk", level),))
        for level in levels
    )
    return Slot("clerk", {"clerk": today}, _held(post, "clerk"), tuple(offers))


def deputy_slots(organisation: Organisation, planned: Sequence[Post], more: int) -> Iterator[Slot]:
    """A slot for each deputy of today or wanted, and `more` for others, each to be one of those planned or none."""
    listed: list[Post | None] = [*(organisation.deputies or ())]
    unlisted = organisation.deputies is None
    before: str | None = None
    for number, today in enumerate([*listed, *[None] * more], 1):
        name = f"deputy.{number}"
        if today is None:
            standing, held = _standing("deputy", None, None if unlisted else False), {}
        else:
            standing, held = _standing("deputy", today.level, today.exists), _held(today, "deputy")
        offers = [SlotOption(None, (), False)]
        for at, post in enumerate(planned, 1):
            described = described_deputy(post, today)
            group = name if not post.described else f"{name}.{at}"
            subject = Subject("deputy", post.level or "", deputy=described)
            offers.append(SlotOption((post.level, at), (SlotPosts("deputy", subject, 1, group),), True))
        yield Slot(name, {"deputy": standing}, held, tuple(offers), None, "deputies", before)
        before = name if today is None else None


def described_deputy(planned: Post, today: Post | None) -> Post | None:
    """What is known of a deputy of a plan: what the plan gives, and the rest as for today's; none: nothing is."""
    if not planned.described:
        return today
    if today is None:
        return planned
    return replace(
        planned,
        delegated=today.delegated if planned.delegated is None else planned.delegated,
        analysis=planned.analysis or today.analysis,
        job_value=today.job_value if planned.job_value is None else planned.job_value,
    )


def unit_slot(unit: Unit, plans: Iterable[PlannedUnit | None]) -> Slot:
    """A unit, as one of some plans for it has it (`None`: not there)."""
    held = _held(unit.head, "head") if unit.exists else {}
    return Slot(f"units.{unit.id}", today_of(unit), held, tuple(_offer(unit, p) for p in plans), unit)


def _offer(unit: Unit, planned: PlannedUnit | None) -> SlotOption:
    name = f"units.{unit.id}"
    if planned is None:
        none = (
            (f"{name}.kind", NONE),
            (f"{name}.level", NONE),
            (f"{name}.sections", 0),
            (f"{name}.parts", 0),
        )
        return SlotOption(None, (), False, none)
    office = planned.kind == "office"
    posts = [
        SlotPosts("head", Subject(HEAD_OF[planned.kind], planned.level, unit=unit, office=office), 1, unit.id)
    ]
    for post, key in KEYS.items():
        if number := getattr(planned, key):
            posts.append(
                SlotPosts(key, Subject(post, INSIDE[post], unit=unit, office=office), number, unit.id)
            )
    features: tuple[Feature, ...] = (
        (f"{name}.kind", planned.kind),
        (f"{name}.level", planned.level),
        (f"{name}.sections", planned.sections),
        (f"{name}.parts", planned.parts),
    )
    return SlotOption(planned, tuple(posts), True, features)


def headless_slot(unit: Unit) -> Slot:
    """A unit that is to have no head: it stays as it is."""
    return Slot(f"units.{unit.id}", {}, {}, (SlotOption(None, (), True),), unit)


def planned_slots(organisation: Organisation, plan: Plan) -> list[Slot]:
    """The slots of a plan, each but the deputies' with the one option that the plan has."""
    slots = [clerk_slot(organisation, (plan.clerk,))]
    slots += deputy_slots(organisation, plan.deputies, len(plan.deputies))
    planned = {unit.id: unit for unit in plan.units}
    for unit in organisation.units or ():
        if unit.headless and unit.id not in planned:
            slots.append(headless_slot(unit))
        else:
            slots.append(unit_slot(unit, (planned.get(unit.id),)))
    return slots


def unit_plans(
    unit: Unit, opened: Iterable[tuple[Kind, Level]], sections: int, parts: int, may_go: bool = False
) -> Iterator[PlannedUnit | None]:
    """Every plan for a unit: kinds and levels as opened, up to so many sections and parts.

    One that exists stays, unless it may be given up (`may_go`).
    """
    if may_go or not unit.exists:
        yield None
    for (kind, level), some, others in product(opened, range(sections + 1), range(parts + 1)):
        yield PlannedUnit(unit.id, kind, level, some, others)


__all__ = ["Slot", "SlotOption", "SlotPosts", "StandingPosts"]
