"""The demands that sentences on declared facts come to, and what is said of one fact while its sentence is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from lgreason.language.grammar.nodes import Node
from lgreason.rules.terms import Fn, Value


@dataclass(frozen=True, slots=True)
class Test:
    """A demand, or a clause asked of an entry: a gate over others, or a bound on an expression.

    `entries` are the clauses asked of entries, by the placeholder that stands for each in `measures`.
    """

    says: Fn
    measures: Fn | None = None
    parts: tuple[Test, ...] = ()
    counts: tuple[Fn, ...] = ()
    entries: tuple[tuple[str, Test], ...] = ()
    exceptions: tuple[tuple[Test, Fn], ...] = ()


@dataclass(slots=True)
class ConditionGroup:
    """Conditions of an entry of which one is enough; `denied`: of which none may be."""

    tests: list[Test]
    of: str | None
    denied: bool = False

    def test(self) -> Test:
        """The one condition that they come to."""
        forms = [test for test in self.tests if test.says.name == "one_of" and not test.parts]
        tests = self.tests
        if len(forms) == len(tests) and len({test.measures for test in tests}) == 1:
            values = tuple(dict.fromkeys(value for test in tests for value in test.says.args))
            tests = [Test(Fn("one_of", values), tests[0].measures)]
        if self.denied:
            return Test(Fn("none"), parts=tuple(tests))
        return tests[0] if len(tests) == 1 else Test(Fn("any"), parts=tuple(tests))


@dataclass(slots=True)
class FactDemand:
    """What is said of one fact so far."""

    fact: str | None = None
    said: bool = False
    negative: bool = False
    now: bool = False
    ever: bool = False
    groups: list[ConditionGroup] = field(default_factory=list)
    saved_from: int | None = None
    counts: tuple[Fn, ...] = ()
    bounds: list[Fn] = field(default_factory=list)
    measures: list[Fn] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    window: Fn | None = None
    upto: str = "day"
    latest: int | None = None
    measured: str | None = None
    retiring: Fn | None = None  # the age at which service ends
    names: list[str] = field(default_factory=list)  # of which scores
    full_time: Fn | None = None  # hours a week that are full time, where part time counts in proportion
    share_of: Fn | None = None  # of what the entries are a share
    composed: bool = False  # a total is said to be made of parts, each with its weight
    weights: list[Fn] = field(default_factory=list)
    acting: Fn | None = None  # how much acting service is added: `whole`, or an amount at most
    instead: list[tuple[Test, Fn]] = field(default_factory=list)  # for whom another bound holds
    riders: list[tuple[str, FactDemand, Fn | None]] = field(
        default_factory=list
    )  # what is added, at what weight
    leaf: Node | None = None  # the old sentence on posts, work or degrees that stands alone


def leaf(says: Fn, measures: Fn) -> Test:
    """A condition on one measure."""
    return Test(says, measures)


def one_of(*values: Value) -> Fn:
    """A value among some."""
    return Fn("one_of", values)


def path(name: str) -> Fn:
    """The name of an attribute: `organisation(type)` where it lies within another."""
    outer, _, inner = name.partition(".")
    return Fn(outer, (Fn(inner),)) if inner else Fn(outer)


def value(name: str) -> Fn:
    """The value of an attribute or fact."""
    return Fn("value", (path(name),))


def every(parts: list[Test]) -> Test | None:
    """One test for several, all of which must hold."""
    return None if not parts else parts[0] if len(parts) == 1 else Test(Fn("all"), parts=tuple(parts))
