"""The tables of S3, S15 and S38: which posts a kind of organisation has, at which levels, and how many deputies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .quantities import Facts

LEVELS = ("early", "mid", "high")
POSTS = ("clerk", "deputy", "office_head", "division_head", "part_head", "section_head")
HEAD_OF = {"office": "office_head", "division": "division_head"}
MILLION = 1_000_000

Scope = tuple[str, str]

PAO: Scope = ("pao", "")
ORDINARY, ORDINARY_HIGH, SPECIAL, SPECIAL_HIGH = (
    ("municipality", name) for name in ("ordinary", "ordinary_high", "special", "special_high")
)
LARGE, MEDIUM, SMALL = (("sao", name) for name in ("large", "medium", "small"))
SCOPES = (PAO, ORDINARY, ORDINARY_HIGH, SPECIAL, SPECIAL_HIGH, LARGE, MEDIUM, SMALL)

# S3, S15, S38: the levels printed for each post. A post without levels is not there at all.
PRINTED: Mapping[Scope, Mapping[str, tuple[str, ...]]] = {
    PAO: {
        "clerk": ("high",),
        "deputy": ("mid", "high"),
        "office_head": ("high",),
        "division_head": ("mid",),
        "section_head": ("early",),
    },
    ORDINARY: {
        "clerk": ("early", "mid"),
        "deputy": ("early", "mid"),
        "division_head": ("early", "mid"),
        "section_head": ("early",),
    },
    ORDINARY_HIGH: {
        "clerk": ("high",),
        "deputy": ("mid",),
        "division_head": ("mid",),
        "section_head": ("early",),
    },
    SPECIAL: {
        "clerk": ("high",),
        "deputy": ("mid", "high"),
        "office_head": ("high",),
        "division_head": ("mid",),
        "section_head": ("early",),
        "part_head": ("mid",),
    },
    LARGE: {
        "clerk": ("mid",),
        "deputy": ("early", "mid"),
        "division_head": ("early", "mid"),
        "section_head": ("early",),
    },
    MEDIUM: {
        "clerk": ("early", "mid"),
        "deputy": ("early",),
        "division_head": ("early",),
        "section_head": ("early",),
    },
    SMALL: {"clerk": ("early",), "division_head": ("early",)},
}
ROWS = {
    PAO: "org.pao.s3",
    ORDINARY: "org.mun.s15.ord",
    ORDINARY_HIGH: "org.mun.s15.ordh",
    SPECIAL: "org.mun.s15.sp",
    SPECIAL_HIGH: "org.mun.s15.sph",
    LARGE: "org.sao.s38",
    MEDIUM: "org.sao.s38",
    SMALL: "org.sao.s38",
}
COLUMNS = {
    "clerk": "clerk",
    "deputy": "deputy",
    "office_head": "dir",
    "division_head": "dir",
    "part_head": "section",
    "section_head": "section",
}


def scopes_of(org: Facts) -> tuple[Scope, ...]:
    """The kinds of organisation that this one may be: several where its type, class or size is absent."""
    kind, grade = org.get("type"), org.get("class") or org.get("size")
    return tuple(
        scope for scope in SCOPES if kind in (None, scope[0]) and (grade is None or grade == scope[1])
    )


def row(scope: Scope, post: str, level: str | None = None) -> str:
    """The clause of the table that speaks of a post at a level."""
    column = COLUMNS[post]
    if scope == PAO and column == "dir":
        column = post.removesuffix("_head")
    if post == "deputy" and level == "high" and scope in (PAO, SPECIAL):
        column = "deputy.high"
    return f"{ROWS[scope]}.{column}"


@dataclass(frozen=True)
class Limit:
    """At most so many deputies at these levels."""

    levels: tuple[str, ...]
    number: int
    clause: str


def section_limit(scope: Scope) -> int | None:
    """S47 2: at most two sections in a unit of a medium SAO; else the text sets no number."""
    return 2 if scope == MEDIUM else None
