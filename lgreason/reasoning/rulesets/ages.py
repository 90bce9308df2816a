"""Service that is asked for beside an age limit: at what age who meets both would have begun it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lgreason.reasoning.rulesets.bounds import stretch
from lgreason.rules.model import EXPRESSION, Clause
from lgreason.rules.terms import Fn

_TIMES = frozenset({"service", "experience"})
_LENGTHS = frozenset({"length", "longest", "running"})
_SERVED = frozenset({"government_service", "postings", "experience"})


class Young(NamedTuple):
    """The clauses on service and on age, the months of service, the age limit, and the age at which it began."""

    clauses: tuple[str, str]
    months: int
    age: int
    begun: int


def begins_young(clauses: Mapping[str, Clause], root: str, least: int) -> Young | None:
    """Whether what a clause demands of everybody can be met only by who began to serve below an age in years."""
    service: tuple[int, str] | None = None
    limit: tuple[int, str] | None = None
    for clause in _demanded(clauses, root):
        for bound in [b for variant, b in clause.bounds() if variant == "default"]:
            found = stretch(bound)
            if found is None or found[0] != "months":
                continue
            low, high = found[1].low, found[1].high
            if _of_service(clause) and low is not None and high is None:
                service = max(service or (0, ""), (int(low), clause.id))
            of = clause.expression
            if of is not None and of.name == "age" and low is None and high is not None:
                limit = min(limit or (int(high), clause.id), (int(high), clause.id))
    if service is None or limit is None:
        return None
    begun = (limit[0] - service[0]) // 12
    return Young((service[1], limit[1]), service[0], limit[0] // 12, begun) if begun < least else None


def _demanded(clauses: Mapping[str, Clause], root: str) -> Iterator[Clause]:
    """The clauses that everybody must meet."""
    waiting, seen = [root], set()
    while waiting:
        identity = waiting.pop()
        clause = clauses.get(identity)
        if clause is None or clause.says is None or clause.exceptions or identity in seen:
            continue
        seen.add(identity)
        if clause.says.name in ("all", "same"):
            waiting += [need for need in clause.needs() if need in clauses]
        else:
            yield clause


def _of_service(clause: Clause) -> bool:
    if clause.measures in _TIMES:
        return True
    of = clause.expression
    if clause.measures != EXPRESSION or of is None or of.name not in _LENGTHS:
        return False
    source = of.args[0]
    while isinstance(source, Fn) and source.name in ("which", "clip", "without", "inside"):
        source = source.args[0]
    return isinstance(source, Fn) and source.name in _SERVED
