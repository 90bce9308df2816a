"""An organisation as a complete answer-set program, on which plain clingo reaches the same verdicts on its posts.

A clause is asked of many posts, with other units or deputies each time. So the program holds its tree once for every
position: `at(Position, Clause)`. A position is a post and its level, and besides for every unit or deputy of which it
is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.files.organisation.organisation import LEVELS
from lgreason.reasoning.organisations.circumstances import Ascertained, Circumstances, Subject
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.rules.knowledge import folder
from lgreason.rules.model import structure, tree
from lgreason.rules.solver.control import text
from lgreason.rules.terms import CASE, Fn, Truth, Value, constant

OPEN = Fn("not_known")
"""A clause of which nothing is stated: it neither holds nor fails."""


def positions(here: Establishment) -> Iterator[tuple[str, Truth]]:
    """Every position of the program, with what it comes to."""
    for post in here.tables.kb.kinds.posts:
        for level in LEVELS:
            verdict = here.post(post, level)
            yield f"{post}.{level}", verdict.truth
            if len(here.scopes) > 1:
                continue
            for judged in verdict.candidates:
                if of := _asked_of(judged.subject):
                    yield f"{post}.{level}.{of}", judged.truth


def program(here: Establishment) -> str:
    """The theory, the clauses for every position and what the file comes to for each, as text for clingo.

    Whatever the file holds reaches the program as quoted strings or inside one-line comments.
    """
    return "\n".join(_Program(here).lines()) + "\n"


def _asked_of(subject: Subject) -> str:
    if subject.unit is not None:
        return subject.unit.id
    return "" if subject.deputy is None else str(subject.deputy.number)


class _Program:
    def __init__(self, here: Establishment) -> None:
        self.here = here
        self.kb = here.tables.kb

    def lines(self) -> Iterator[str]:
        organisation = self.here.organisation
        yield comment(f"{organisation.name} ({organisation.id})")
        yield comment("readings: " + ", ".join(f"{r.id} {r.chosen}" for r in self.kb.readings.values()))
        yield ""
        yield (folder("kb") / "theory.lp").read_text(encoding="utf-8")
        for post in self.kb.kinds.posts:
            for level in LEVELS:
                yield from self.position(post, level)
        yield "#show verdict/2."

    def position(self, post: str, level: str) -> Iterator[str]:
        """One post at one level: in every kind of organisation that this may be, of every unit or deputy."""
        position = f"{post}.{level}"
        yield comment(
            f"── {position}: the clauses (kb/), and what the file comes to; what is not known is not stated"
        )
        kinds: list[Value] = []
        for scope in self.here.scopes:
            asked: list[Value] = []
            for subject, sets_up in self.here.subjects(post, level):
                of = _asked_of(subject)
                name = f"{position}.{of}" if of else position
                where = name if len(self.here.scopes) == 1 else f"{name} ({constant(scope.args[0])})"
                here = Fn("at", (where, "conditions"))
                asked.append(here)
                yield from self.conditions(here, where, scope, subject, sets_up)
                if of and len(self.here.scopes) == 1:
                    yield from _asked(name, here)
            kinds.append(Fn("any_of", (position, scope)))
            yield from _gate(kinds[-1], "any", asked)
        # Where the kind is not known, what holds in every kind holds: a demand for each, of which none is idle.
        whole = Fn("every_kind", (position,))
        yield text(Fn("says", (whole, Fn("same", (kinds[0],)))))
        for kind, scope in zip(kinds[1:], self.here.scopes[1:], strict=True):
            yield text(Fn("except", (whole, Fn("not_known", (scope,)), Fn("same", (kind,)))))
        yield from _asked(position, whole)
        yield ""

    def conditions(self, here: Fn, where: str, scope: Fn, subject: Subject, sets_up: Truth) -> Iterator[str]:
        """What one post must meet: the clause that opens it, and where its unit is set up, the clause on that."""
        tables = self.here.tables
        opens = tables.opens.get((scope, subject.post, subject.level))
        if opens is None:
            yield comment(f"the table does not have it: {tables.rows[scope, subject.post]}")
            yield from _gate(here, "any", ())
            return
        roots = [*opens]
        parts: list[Value] = [Fn("at", (where, root)) for root in roots]
        further = tables.sets_up.get((scope, subject.post))
        if sets_up is not False and further is not None and further not in roots:
            roots.append(further)
            also = Fn("at", (where, further))
            if sets_up is None:  # whether the unit is set up is not known: what then fails may not matter
                either = Fn("at", (where, "set_up"))
                yield from _gate(either, "any", (also, OPEN))
                also = either
            parts.append(also)
        yield from _gate(here, "all", parts)
        clauses = tree(self.kb.clauses, tuple(roots))
        for fact in structure(clauses):
            yield text(Fn(fact.name, tuple(_placed(argument, where) for argument in fact.args)))
        measured = Circumstances(self.here.organisation, self.here.quantities, subject)
        for clause in clauses:
            for _, bound in clause.bounds():
                finding = measured.measure(clause)
                truth = finding.meets(bound)
                note = comment(f"{bound.relation} {bound.value} {bound.unit}: {_note(finding)}")
                if truth is None:
                    yield comment(f"not known: {clause.id}, {where}: {_note(finding)}")
                else:
                    fact = Fn(
                        "met" if truth else "unmet", (Fn("at", (where, clause.id)), CASE, Fn("default"))
                    )
                    yield f"{text(fact)}  {note}"


def _asked(position: str, clause: Fn) -> Iterator[str]:
    yield text(Fn("post", (position, clause)))
    yield text(Fn("asked", (clause, CASE)))


def _placed(argument: Value, where: str) -> Value:
    """An argument of a fact on clauses, with every clause placed at a position."""
    if isinstance(argument, str):
        return Fn("at", (where, argument))
    if isinstance(argument, Fn) and argument.name == "same":
        return Fn("same", tuple(_placed(each, where) for each in argument.args))
    return argument


def _gate(clause: Value, gate: str, parts: tuple[Value, ...] | list[Value]) -> Iterator[str]:
    yield text(Fn("says", (clause, Fn(gate))))
    for number, part in enumerate(parts, 1):
        yield text(Fn("part", (clause, number, part)))


def _note(finding: Ascertained) -> str:
    if finding.value is None:
        found = finding.said or "?"
    else:
        low, high = finding.value
        found = f"{low} {finding.unit}" if low == high else f"{low} to {high or '…'} {finding.unit}"
    return f"{found} from {', '.join(finding.entries) or 'nothing'}"


def comment(words: str) -> str:
    """A one-line comment."""
    return "% " + " ".join(words.split())
