"""A person's case as a complete answer-set program, on which plain clingo reaches the same verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lgreason.files.person.person import Person
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import Measurement
from lgreason.reasoning.persons.path import StepAsked
from lgreason.rules.knowledge import STEPS, folder
from lgreason.rules.model import structure
from lgreason.rules.solver.control import text
from lgreason.rules.solver.deciding import slot
from lgreason.rules.terms import CASE, Fn


def program(judge: Judge, person: Person, day: date) -> str:
    """The theory, the clauses and what the person's file measures on a day, as text for clingo.

    Whatever the file holds reaches the program as quoted strings or inside one-line comments.
    """
    return "\n".join(_lines(judge, person, day)) + "\n"


def program_of_steps(judge: Judge, steps: Sequence[StepAsked]) -> str:
    """The same for the steps of a career: each is a case of its own, of the day on which it is taken."""
    return "\n".join(_of_steps(judge, steps)) + "\n"


def _of_steps(judge: Judge, steps: Sequence[StepAsked]) -> Iterator[str]:
    yield _comment(f"{steps[0].person.name} ({steps[0].person.id}), {len(steps)} steps")
    yield from _rules(judge, STEPS)
    for number, step in enumerate(steps, 1):
        yield ""
        yield _comment(
            f"step {number}, taken on {step.start.isoformat()}: measured as of {step.day.isoformat()}"
        )
        yield text(Fn("step", (number, step.position)))
        yield from _measured(judge, step.person, step.day, Fn("step", (number,)))


def _rules(judge: Judge, *files: str) -> Iterator[str]:
    yield _comment("readings: " + ", ".join(f"{r.id} {r.chosen}" for r in judge.kb.readings.values()))
    yield ""
    yield from ((folder("kb") / file).read_text(encoding="utf-8") for file in ("theory.lp", *files))
    yield _comment("the clauses (kb/)")
    yield from (text(fact) for fact in structure(judge.kb.eligibility))
    yield from (text(Fn("post", pair)) for pair in judge.kb.posts.items())


def _lines(judge: Judge, person: Person, day: date) -> Iterator[str]:
    yield _comment(f"{person.name} ({person.id}), as of {day.isoformat()}")
    yield from _rules(judge)
    yield from (text(Fn("asked", (clause, CASE))) for clause in dict.fromkeys(judge.kb.posts.values()))
    yield ""
    yield _comment("the person, measured; what is not known is not stated")
    yield from _measured(judge, person, day)
    yield ""
    yield "#show verdict/2."


def _measured(judge: Judge, person: Person, day: date, of: Fn = CASE) -> Iterator[str]:
    judgement = judge.case(person, day)
    for (clause, variant), demand in zip(judge.decider.leaves, judge.demands, strict=True):
        truth = judgement.case.reach(demand.clause, demand.bound).on(day)
        note = _note(judgement.case.measurement(demand.clause))
        bound = f"{demand.bound.relation} {demand.bound.value} {demand.bound.unit}: {note}"
        if truth is None:
            yield _comment(f"not known: {clause}, {variant}: {bound}")
        else:
            fact = Fn("met" if truth else "unmet", slot((clause, variant), of))
            yield f"{text(fact)}  {_comment(bound)}"


def _note(measured: Measurement) -> str:
    amount = measured.low
    counted = str(amount) if isinstance(amount, int) else "{}y {}m {}d".format(*amount)
    return f"{counted} from {', '.join(f'{e.list}[{e.number}]' for e in measured.entries) or 'nothing'}"


def _comment(words: str) -> str:
    return "% " + " ".join(words.split())
