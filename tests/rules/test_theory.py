"""The theory alone: its three-valued tables, defeat, and trees of other regulations than the one that ships."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lgreason.reasoning.persons.eligibility import Judges
from lgreason.rules.decider import Decider
from lgreason.rules.knowledge import THEORY, Library, folder
from lgreason.rules.solver.control import text
from lgreason.rules.solver.deciding import Solved, ground
from lgreason.rules.terms import CASE, DEFAULT, Fn, SolverError, Truth

PROGRAMS = [folder("kb") / name for name in THEORY]
BOUND = Fn("at_least", (Fn("years", (1,)),))


@dataclass(frozen=True)
class Clause:
    """A clause of a test: a gate over parts, or a leaf; with exceptions (clause, gate or leaf)."""

    says: Fn
    parts: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, Fn], ...] = ()


def gate(name: str, *parts: str, k: int | None = None) -> Clause:
    return Clause(Fn(name, () if k is None else (k,)), parts)


LEAF = Clause(BOUND)


def decide(clauses: Mapping[str, Clause], truths: Mapping[tuple[str, str], Truth]) -> Mapping[str, Truth]:
    facts: list[Fn] = []
    leaves: list[tuple[str, str]] = []
    for name, clause in clauses.items():
        facts.append(Fn("says", (name, clause.says)))
        facts += [Fn("part", (name, n, part)) for n, part in enumerate(clause.parts, 1)]
        facts += [Fn("except", (name, other, form)) for other, form in clause.exceptions]
        variants = [(DEFAULT, clause.says), *clause.exceptions]
        leaves += [(name, variant) for variant, form in variants if form == BOUND]
    decider = Decider(ground(PROGRAMS, facts, leaves))
    given = [truths.get(leaf) for leaf in decider.leaves]
    found = decider.decide(given)
    assert found == Solved(PROGRAMS, facts, leaves).decide(given)  # clingo's solver concludes the same
    return found


def kleene(clauses: Mapping[str, Clause], name: str, truths: Mapping[tuple[str, str], Truth]) -> Truth:
    """What a clause comes to, written down again from the tables of docs/semantics.md."""

    def at(other: str) -> Truth:
        return kleene(clauses, other, truths)

    def demand(variant: str, form: Fn) -> Truth:
        parts = [at(part) for part in clauses[name].parts]
        yes, no = parts.count(True), parts.count(False)
        if form.name == "same":
            return at(str(form.args[0]))
        if form.name == "at_least":
            return truths.get((name, variant))
        if form.name == "none":
            return False if yes else True if no == len(parts) else None
        least = {"all": len(parts), "any": 1}.get(form.name)
        if least is None:
            (least,) = form.args  # type: ignore[assignment]
        assert isinstance(least, int)
        return True if yes >= least else False if no > len(parts) - least else None

    clause = clauses[name]
    if not clause.exceptions:
        return demand(DEFAULT, clause.says)
    ((exception, instead),) = clause.exceptions
    by_default, excepted = demand(DEFAULT, clause.says), demand(exception, instead)
    applies = at(exception)
    if applies is None:
        return by_default if by_default is excepted else None
    return excepted if applies else by_default


def random_clauses(rng: random.Random) -> dict[str, Clause]:
    """A tree of some ten clauses; later names are only referred to by earlier ones, so there is no circle."""
    names = [f"c{n}" for n in range(rng.randint(3, 10))]
    clauses: dict[str, Clause] = {}
    for index, name in enumerate(names):
        later = names[index + 1 :]
        kind = rng.choice(["all", "any", "none", "k_of", "same", "leaf", "leaf"]) if later else "leaf"
        parts = tuple(rng.sample(later, rng.randint(1, min(3, len(later))))) if later else ()
        exceptions = ((rng.choice(later), BOUND),) if later and rng.random() < 0.3 else ()
        says = {
            "leaf": BOUND,
            "same": Fn("same", (parts[0],)) if parts else BOUND,
            "k_of": Fn("k_of", (rng.randint(1, max(1, len(parts))),)),
        }.get(kind, Fn(kind))
        clauses[name] = Clause(says, parts if kind not in ("leaf", "same") else (), exceptions)
    return clauses


def test_random_trees_follow_the_tables() -> None:
    seen: set[Truth] = set()
    for seed in range(250):
        rng = random.Random(seed)
        clauses = random_clauses(rng)
        leaves = [(name, v) for name in clauses for v in (DEFAULT, *(e for e, _ in clauses[name].exceptions))]
        truths = {leaf: rng.choice((True, False, None)) for leaf in leaves}
        found = decide(clauses, truths)
        for name in clauses:
            expected = kleene(clauses, name, truths)
            assert found[name] is expected, (seed, name, clauses, truths)
            seen.add(expected)
    assert seen == {True, False, None}


REDUCTION = {
    "mid.q2.2": Clause(BOUND, exceptions=(("reduce", BOUND),)),
    "reduce": gate("any", "q1.2", "q1.3"),
    "q1.2": LEAF,
    "q1.3": LEAF,
}


@pytest.mark.parametrize(
    ("master", "four_years", "three_years", "expected"),
    [
        (True, False, True, True),  # 3 years suffice
        (True, False, False, False),
        (False, False, True, False),  # 4 years are needed
        (False, True, True, True),
        (None, False, True, None),  # whether 3 suffice is not known
        (None, True, True, True),  # 4 years suffice either way
        (None, False, False, False),  # less than 3 never do
    ],
)
def test_the_reduction(master: Truth, four_years: Truth, three_years: Truth, expected: Truth) -> None:
    truths = {
        ("q1.2", DEFAULT): master,
        ("q1.3", DEFAULT): False,
        ("mid.q2.2", DEFAULT): four_years,
        ("mid.q2.2", "reduce"): three_years,
    }
    assert decide(REDUCTION, truths)["mid.q2.2"] is expected


# A special-type municipality's high deputy: the quota opens with the budget, the burden is low, the job value was
# assessed, and the clerk's post or a deputy's is filled; nobody is exempt unless the committee says so.
DEPUTY = {
    "deputy.high": gate("all", "quota", "burden", "w74", "filled"),
    "quota": Clause(BOUND, exceptions=(("budget", BOUND),)),
    "budget": LEAF,
    "burden": LEAF,
    "w74": LEAF,
    "filled": gate("any", "clerk.filled", "deputy.filled"),
    "clerk.filled": LEAF,
    "deputy.filled": LEAF,
}
ALLOWED = {
    ("quota", DEFAULT): False,  # none may be high …
    ("quota", "budget"): True,  # … but one, where the budget is 300 million or more
    **{(name, DEFAULT): True for name in ("budget", "burden", "w74", "clerk.filled", "deputy.filled")},
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"budget": False}, False),
        ({"budget": None}, None),
        ({"clerk.filled": False}, True),
        ({"clerk.filled": False, "deputy.filled": False}, False),
        ({"clerk.filled": False, "deputy.filled": None}, None),
        ({"w74": None}, None),
        ({"w74": None, "burden": False}, False),
    ],
)
def test_a_deputy_at_a_high_level(changes: dict[str, Truth], expected: Truth) -> None:
    truths = {**ALLOWED, **{(name, DEFAULT): truth for name, truth in changes.items()}}
    assert decide(DEPUTY, truths)["deputy.high"] is expected


def test_an_exception_to_an_exception_gives_the_default_its_force_back() -> None:
    clauses = {
        "rule": Clause(BOUND, exceptions=(("exception", BOUND),)),
        "exception": Clause(Fn("all"), ("ground",), (("counter", Fn("none")),)),
        "ground": LEAF,
        "counter": LEAF,
    }
    truths = {("rule", DEFAULT): False, ("rule", "exception"): True, ("ground", DEFAULT): True}
    assert decide(clauses, {**truths, ("counter", DEFAULT): False})["rule"] is True
    assert decide(clauses, {**truths, ("counter", DEFAULT): True})["rule"] is False
    assert decide(clauses, {**truths, ("counter", DEFAULT): None})["rule"] is None


def test_a_waiver_demands_nothing_and_a_bar_demands_the_impossible() -> None:
    for gates, expected in (("all", True), ("any", False)):
        clauses = {
            "rule": Clause(Fn("same", ("need",)), exceptions=(("case", Fn(gates)),)),
            "need": LEAF,
            "case": LEAF,
        }
        given = {("need", DEFAULT): not expected, ("case", DEFAULT): True}
        assert decide(clauses, given)["rule"] is expected


def test_clauses_that_refer_to_one_another_in_a_circle_are_not_known() -> None:
    clauses = {"a": Clause(Fn("same", ("b",))), "b": Clause(Fn("same", ("a",)))}
    assert decide(clauses, {}) == {"a": None, "b": None}


def test_one_clause_is_asked_of_several_cases_and_of_no_other() -> None:
    """Two licences of one person, and a clause of the person that no entry is asked: each case has its own truth."""
    facts = [
        Fn("says", ("valid", Fn("all"))),
        *(Fn("part", ("valid", number, part)) for number, part in enumerate(("kind", "held"), 1)),
        *(Fn("says", (leaf, BOUND)) for leaf in ("kind", "held", "person")),
        *(Fn("asked", ("valid", Fn("entry", (number,)))) for number in (1, 2, 3)),
        Fn("asked", ("person", CASE)),
        *(Fn("met", ("kind", Fn("entry", (number,)), Fn(DEFAULT))) for number in (1, 2, 3)),
        Fn("met", ("held", Fn("entry", (1,)), Fn(DEFAULT))),
        Fn("unmet", ("held", Fn("entry", (2,)), Fn(DEFAULT))),
        Fn("met", ("person", CASE, Fn(DEFAULT))),
    ]
    lines = [PROGRAMS[0].read_text(encoding="utf-8"), *map(text, facts), "#show holds/2.", "#show fails/2."]
    run = subprocess.run(
        [sys.executable, "-m", "clingo", "--outf=2", "--warn=all", "-"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    (witness,) = json.loads(run.stdout)["Call"][0]["Witnesses"]
    assert set(witness["Value"]) == {
        *('holds("valid",entry(1))', 'holds("held",entry(1))', 'fails("valid",entry(2))'),
        *('fails("held",entry(2))', 'holds("person",case)'),
        *(f'holds("kind",entry({number}))' for number in (1, 2, 3)),
    }


def test_the_tables_are_a_guard_that_can_fail() -> None:
    clauses = {"a": gate("all", "b", "c"), "b": LEAF, "c": LEAF}
    truths: dict[tuple[str, str], Truth] = {("b", DEFAULT): True, ("c", DEFAULT): False}
    swapped = {**clauses, "a": gate("any", "b", "c")}
    assert decide(swapped, truths)["a"] is not kleene(clauses, "a", truths)


def test_a_relation_that_nothing_measures_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "kb"
    shutil.copytree(folder("kb"), copy)
    early = copy / "std" / "general_admin" / "early.lp"
    early.write_text(
        early.read_text(encoding="utf-8").replace("at_least(years(10))", "at_most(years(10))"), "utf-8"
    )
    with pytest.raises(SolverError, match="at_most"):
        _ = Judges(Library(copy).under()).judge
