"""The types and kinds of organisation, and the posts of which their structures consist, as kb/org/posts.lp states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from lgreason.rules.model import Text
from lgreason.rules.terms import Fn, Value, constant, number


class KindFacts(Protocol):
    """What states the kinds: facts by predicate, and the names of terms."""

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate."""

    @property
    def names(self) -> Mapping[tuple[str, str], Text]:
        """The names of terms, by category and id."""


class Division(NamedTuple):
    """By what a type of organisation is divided: the key of a file, the category of its terms, and these."""

    key: str
    category: str
    kinds: tuple[str, ...]


class Kinds:
    """The types of organisation with their kinds, and the posts that the tables speak of."""

    def __init__(self, base: KindFacts) -> None:
        """Take the knowledge base that states them."""
        self._base = base

    @cached_property
    def divisions(self) -> Mapping[str, Division]:
        """The division of each type that is divided."""
        found = {}
        for of, key, category in self._base.rows("divided"):
            kinds = tuple(identity for sort, identity in self._base.names if sort == constant(category))
            found[constant(of)] = Division(constant(key), constant(category), kinds)
        return found

    @property
    def types(self) -> tuple[str, ...]:
        """Every type of organisation."""
        return tuple(self._begins)

    def category(self, of: str) -> str:
        """The category of the kinds of a type; empty where it is not divided."""
        division = self.divisions.get(of)
        return "" if division is None else division.category

    def scopes(self, of: str, kind: str | None = None) -> tuple[Fn, ...]:
        """The kinds of a type as the tables name them: the one that is known, or each that there is."""
        division = self.divisions.get(of)
        if division is None:
            return (Fn(of),)
        return tuple(Fn(of, (Fn(each),)) for each in ((kind,) if kind else division.kinds))

    def own(self, of: str, clauses: Iterable[str]) -> tuple[str, ...]:
        """Those clauses that speak of a type of organisation."""
        begins = self._begins[of]
        return tuple(clause for clause in clauses if clause.startswith(begins))

    @cached_property
    def _begins(self) -> Mapping[str, str]:
        return {constant(of): str(begins) for of, begins in self._base.rows("begins")}

    @cached_property
    def _stands(self) -> Mapping[str, str]:
        rows = sorted(
            (number(at), constant(post), constant(how)) for post, at, how in self._base.rows("stands")
        )
        return {post: how for _, post, how in rows}

    @property
    def posts(self) -> tuple[str, ...]:
        """Every post, in the order in which they are told."""
        return tuple(self._stands)

    @cached_property
    def single(self) -> frozenset[str]:
        """The posts of which there is one."""
        return frozenset(post for post, how in self._stands.items() if how == "one")

    @cached_property
    def in_units(self) -> frozenset[str]:
        """The posts that head a unit or stand inside one."""
        return frozenset(post for post, how in self._stands.items() if how in ("head", "inside"))

    @cached_property
    def heads(self) -> Mapping[str, str]:
        """The posts that head a first-line unit, with the kind of the unit."""
        return {constant(post): constant(kind) for post, kind in self._base.rows("heads")}
