"""Random persons to judge, chosen to be awkward: service that ends on a threshold or a day beside it,
starts on 29 February, ends of months, stretches that overlap, touch or lie apart, and facts left out.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from .counting import month_length, period_end
from .evaluator import (
    EARLY_DIRECTOR,
    FIELD_WORK,
    HIGH_OFFICE_DIRECTOR,
    LISTED_FIELDS,
    MID_DIRECTOR,
    MID_PART_DIRECTOR,
    NEW_LEVELS_FROM,
    OLD_LEVELS,
    SECTION_HEAD,
    SERIES,
)

Stretch = tuple[date, date]
LEVELS = {
    "general": ("operational", "experienced", "senior"),
    "academic": ("practitioner", "professional", "senior_professional", "expert"),
    "managerial_local": ("early", "mid", "high"),
    "executive_local": ("early", "mid", "high"),
}
TYPED = tuple(f"{kind}.{level}" for kind, levels in LEVELS.items() for level in levels)
POSTS = tuple(sorted(SERIES)) + TYPED
UNLISTED_FIELDS = ("law", "engineering", "nursing", "fine_arts")

# For each kind of post aimed at: the posts whose time may make it up, and the years asked for.
Route = tuple[tuple[str, ...], int]
ROUTES: tuple[tuple[Route, ...], ...] = (
    (
        (("academic.professional",), 4),
        (("general.senior",), 4),
        (("general.experienced", "general.senior"), 10),
        (("academic.professional", "academic.senior_professional"), 4),
    ),
    (((SECTION_HEAD,), 2),),
    (
        ((EARLY_DIRECTOR,), 2),
        ((EARLY_DIRECTOR,), 2),
        ((SECTION_HEAD,), 3),
        (tuple(sorted(SERIES)), 3),
        ((SECTION_HEAD, EARLY_DIRECTOR, MID_PART_DIRECTOR, HIGH_OFFICE_DIRECTOR), 4),
        (("academic.senior_professional",), 6),
        (("academic.senior_professional",), 6),
        (("academic.senior_professional", "academic.expert"), 6),
    ),
    (
        ((MID_DIRECTOR,), 4),
        ((MID_DIRECTOR,), 4),
        ((MID_DIRECTOR, MID_PART_DIRECTOR), 4),
        (("academic.expert",), 8),
        (("academic.expert",), 8),
    ),
)


def awkward_day(rng: random.Random, year: int, month: int) -> date:
    """A day near the given month with a liking for its ends, for 1 January and for the end of February."""
    if rng.random() < 0.25:
        year, month = (year - year % 4, 2) if rng.random() < 0.7 else (year, 2)
    last = month_length(year, month)
    return date(year, month, rng.choice((1, 1, 2, 15, rng.randint(1, last), min(30, last), last, last, last)))


def off_by(rng: random.Random) -> timedelta:
    """How far service misses its threshold: mostly not at all or by a day, sometimes by much."""
    return timedelta(days=rng.choice((-1, -1, -1, 0, 0, 0, 1, 1, 1, 2, -2, 30, -30, 300, 700)))


def to_the_day(rng: random.Random, years: int, as_of: date) -> Stretch:
    """One stretch that reaches so many years on ``as_of`` or thereabouts (C2, C3 seen from the end)."""
    year = as_of.year - years
    eve = date(year, as_of.month, min(as_of.day, month_length(year, as_of.month)))
    return min(eve + timedelta(days=1) - off_by(rng), as_of), as_of


def in_the_past(rng: random.Random, years: int, as_of: date) -> Stretch:
    """One stretch of about so many years from an awkward day, usually over before ``as_of``."""
    start = awkward_day(rng, as_of.year - years - rng.randint(0, 10), rng.randint(1, 12))
    return start, max(start, period_end(start, years * 12) + off_by(rng))


def apart(rng: random.Random, years: int, as_of: date) -> list[Stretch]:
    """Stretches with gaps between them, which add up to about so many years by the 30-day carry of C5."""
    parts = rng.randint(2, 3)
    cuts = sorted(rng.randint(0, years * 12 - parts + 1) for _ in range(parts - 1))
    months = [high - low for low, high in zip([0, *cuts], [*cuts, years * 12 - parts + 1], strict=True)]
    days = [rng.randint(1, 30) for _ in range(parts - 1)]
    days.append(max(0, 30 * (parts - 1) - sum(days) + rng.choice((-1, 0, 0, 1, 40))))
    found: list[Stretch] = []
    start = awkward_day(rng, as_of.year - years - rng.randint(2, 6), rng.randint(1, 12))
    for count, left_over in zip(months, days, strict=True):
        end = max(start, period_end(start, count) + timedelta(days=left_over))
        found.append((start, end))
        start = end + timedelta(days=rng.choice((2, 2, 3, 31, 200)))
    return found


def cut_up(rng: random.Random, stretch: Stretch) -> list[Stretch]:
    """The same stretch as two pieces, contiguous, overlapping, or with one day missing between them."""
    start, end = stretch
    length = (end - start).days
    if length < 3:
        return [stretch]
    first = start + timedelta(days=rng.randint(1, length - 1))
    second = rng.choice(
        (
            first + timedelta(days=1),
            first - timedelta(days=rng.randint(0, (first - start).days)),
            first + timedelta(days=2),
        )
    )
    return [(start, first), (min(second, end), end)]


def service(rng: random.Random, years: int, as_of: date) -> list[Stretch]:
    """Stretches that come to about so many years together."""
    shape = rng.choice(("now", "now", "now", "past", "past", "apart", "apart", "cut", "cut now"))
    if shape == "apart":
        return apart(rng, years, as_of)
    stretch = (to_the_day if shape.endswith("now") else in_the_past)(rng, years, as_of)
    return cut_up(rng, stretch) if shape.startswith("cut") else [stretch]


def dated(rng: random.Random, stretch: Stretch, as_of: date) -> dict[str, Any]:
    """The dates of an entry; what reaches ``as_of`` may be written as still held, or as ending later."""
    start, end = stretch
    if end >= as_of and rng.random() < 0.7:
        return {"from": start.isoformat()}
    if end == as_of and rng.random() < 0.2:
        end += timedelta(days=rng.randint(1, 400))
    return {"from": start.isoformat(), "to": end.isoformat()}


def posting(rng: random.Random, post: str, stretch: Stretch, as_of: date) -> dict[str, Any]:
    """One posting, with now and then something about it that spoils it or leaves it in doubt."""
    made = dated(rng, stretch, as_of)
    if rng.random() < 0.08:
        made["equivalent_to"] = post
        post = rng.choice(POSTS)
    if post in SERIES:
        made["position"] = post
    else:
        made["type"], made["level"] = post.split(".")
        end = made.get("to")
        old = [number for number, level in OLD_LEVELS[made["type"]].items() if level == made["level"]]
        if end is not None and date.fromisoformat(end) < NEW_LEVELS_FROM and rng.random() < 0.6:
            del made["level"]
            made["c_level"] = rng.choice(old)
    spoil = rng.random()
    if spoil < 0.03:
        made["acting"] = True
    elif spoil < 0.06:
        made["concurrent"] = True
    elif spoil < 0.09:
        made["acting"] = False
    elif spoil < 0.12:
        del made["from"]
    elif spoil < 0.15:
        for key in ("position", "type", "level", "c_level"):
            made.pop(key, None)
    elif spoil < 0.20 and "level" in made:
        del made["level"]
    return made


def random_postings(rng: random.Random, routes: tuple[Route, ...], as_of: date) -> list[dict[str, Any]]:
    """Postings towards one route, or two, and a few that may have nothing to do with it."""
    made: list[dict[str, Any]] = []
    for posts, years in rng.sample(routes, k=min(len(routes), rng.choice((1, 1, 1, 2)))):
        made += [posting(rng, rng.choice(posts), part, as_of) for part in service(rng, years, as_of)]
    for _ in range(rng.choice((0, 0, 1, 2))):
        made.append(posting(rng, rng.choice(POSTS), in_the_past(rng, rng.randint(1, 5), as_of), as_of))
    if rng.random() < 0.05:
        later = as_of + timedelta(days=rng.randint(1, 30))
        made.append({"position": rng.choice(POSTS[:5]), "from": later.isoformat()})
    rng.shuffle(made)
    return made


def random_experience(rng: random.Random, as_of: date) -> list[dict[str, Any]]:
    """Field work of about a year, or of much more."""
    made: list[dict[str, Any]] = []
    for part in service(rng, rng.choice((1, 1, 1, 4)), as_of):
        entry: dict[str, Any] = {"work": rng.choice(sorted(FIELD_WORK)), **dated(rng, part, as_of)}
        if rng.random() < 0.07:
            del entry[rng.choice(("work", "from"))]
        made.append(entry)
    return made


def random_education(rng: random.Random, as_of: date) -> list[dict[str, Any]]:
    """One to three qualifications, in fields listed, unlisted or not known, some of them still to come."""
    made: list[dict[str, Any]] = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        degree = rng.choice(("diploma", "bachelor", "bachelor", "bachelor", "master", "master", "doctorate"))
        entry: dict[str, Any] = {"degree": degree}
        fields = rng.choice((sorted(LISTED_FIELDS), sorted(LISTED_FIELDS), UNLISTED_FIELDS, None))
        if fields is not None:
            entry["field"] = rng.choice(fields)
        if rng.random() < 0.3:
            entry["approved"] = rng.random() < 0.5
        if rng.random() < 0.3:
            obtained = as_of + timedelta(days=rng.choice((-3000, -1, 0, 0, 1, 400)))
            entry["obtained"] = obtained.isoformat()
        made.append(entry)
    return made


def random_person(rng: random.Random, as_of: date) -> dict[str, Any]:
    """A person file as a mapping, its dates in ISO form of the Christian era."""
    person: dict[str, Any] = {"kind": "person", "id": f"p{rng.randrange(10**9):09d}"}
    routes = rng.choices(ROUTES, weights=(6, 3, 5, 5))[0]
    lists = {
        "education": random_education(rng, as_of),
        "postings": random_postings(rng, routes, as_of),
        "experience": random_experience(rng, as_of),
    }
    for key, entries in lists.items():
        chance = rng.random()
        if chance < 0.93:
            person[key] = entries if chance > 0.06 else []
    return person
