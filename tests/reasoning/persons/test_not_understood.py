"""What was not understood, or is known only within bounds, never turns an answer into another definite one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer
from lgreason.rules.terms import Fn, Value

DAY = date(2026, 3, 1)
CLAUSES = 60
Record = dict[str, Any]

POSTS = {
    "general_admin.early.section_head": ("managerial_local", "early"),
    "general_admin.early.division_director": ("managerial_local", "early"),
    "general_admin.mid.division_director": ("managerial_local", "mid"),
    "general_admin.high.office_director": ("managerial_local", "high"),
}
RANKS = [("academic", "practitioner"), ("academic", "professional"), ("general", "senior")]
MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."]
MONTHS += ["ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
GARBAGE = ["ซซซ ฮฮฮ", "xqzt vwpk", "นทวยบ กขค", "ผอ.กอง"]


# ── random clauses, as a rule file would state them ─────────────────────────────────────────────────


def f(name: str, *args: Value) -> Fn:
    return Fn(name, args)


class Clauses:
    """Random clause trees over the lists of persons, with the facts that state them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.facts: list[Fn] = []

    def of_entry(self, identity: str, fact: str, deep: int = 1) -> None:
        rng = self.rng
        if deep and rng.random() < 0.4:
            parts = [f"{identity}.{n}" for n in (1, 2)]
            self.facts.append(f("says", identity, f(rng.choice(["all", "any", "none"]))))
            for number, part in enumerate(parts, 1):
                self.facts.append(f("part", identity, number, part))
                self.of_entry(part, fact, deep - 1)
            return
        attribute, form = self.leaf(fact)
        self.facts += [f("says", identity, form), f("measures", identity, f("value", f(attribute)))]

    def leaf(self, fact: str) -> tuple[str, Fn]:
        rng = self.rng
        if fact == "postings":
            return rng.choice(
                [
                    ("position", f("one_of", rng.choice(list(POSTS)))),
                    ("type", f("one_of", f(rng.choice(["academic", "general", "managerial_local"])))),
                    ("level", f("one_of", f(rng.choice(["early", "mid", "professional", "senior"])))),
                    ("series", f("one_of", f("general_admin"))),
                    ("from", f("within", f("until", "2020-06-30"))),
                ]
            )
        if fact == "education":
            return rng.choice(
                [
                    ("degree", f(rng.choice(["at_least", "at_most"]), f("master"))),
                    ("field", f("one_of", f(rng.choice(["public_administration", "planning", "law"])))),
                    ("obtained", f("within", f("since", "2015-01-01"))),
                ]
            )
        if fact == "experience":
            return "work", f("one_of", f(rng.choice(["general_admin", "policy_planning"])))
        return "licence", f("one_of", f(rng.choice(["teaching", "dentistry"])))

    def add(self, number: int) -> None:
        rng, clause = self.rng, f"t.c{number}"
        fact = rng.choice(["postings", "postings", "education", "experience", "licences"])
        self.of_entry(f"{clause}.e", fact)
        source = f("which", f(fact), f"{clause}.e")
        relation = rng.choice(["at_least", "at_most", "less_than"])
        if fact == "education" or rng.random() < 0.3:
            expression, form = f("count", source), f(relation, f("count", rng.choice([0, 1, 2])))
        else:
            fold = rng.choice(["length", "longest", "running", "since"])
            expression, form = f(fold, source), f(relation, f("years", rng.choice([1, 2, 4, 6])))
        self.facts += [f("says", clause, form), f("measures", clause, expression)]
        self.facts.append(f("post", f"t.head{number}", clause))
        placed = (f("managerial_local"), f("early"), f("invented"))
        self.facts += [f("position", f"t.head{number}", *placed), f("rank", f"t.head{number}", 9)]


@cache
def session() -> Session:
    clauses = Clauses(random.Random(10))
    for number in range(CLAUSES):
        clauses.add(number)
    named = dict.fromkeys(str(fact.args[0]) for fact in clauses.facts if fact.name == "says")
    of = (f("executable"), f("literal"), "2007-01-01")
    layer = [*clauses.facts, *(f("clause", clause, "req", *of) for clause in named)]
    return Session(as_of=DAY, library=Library(layer=Layer(tuple(layer))))


def verdicts(record: Record) -> dict[str, str]:
    here = session()
    person = here.person("-", BytesIO(json.dumps(record, ensure_ascii=False).encode()))
    case = here.judges.judge.case(person, here.day)
    return {f"t.head{n}": case.verdict(f"t.head{n}") for n in range(CLAUSES)}


# ── random records, and what may be written instead ─────────────────────────────────────────────────


def drawn(rng: random.Random) -> Record:
    def days() -> Record:
        start = date(rng.randint(2008, 2024), rng.randint(1, 12), rng.randint(1, 28))
        end = date(rng.randint(start.year, 2025), 12, rng.randint(1, 31))
        return {"from": start.isoformat()} | ({"to": end.isoformat()} if rng.random() < 0.6 else {})

    def posting() -> Record:
        if rng.random() < 0.6:
            return {"position": rng.choice(list(POSTS)), **days()}
        kind, level = rng.choice(RANKS)
        return {"type": kind, "level": level, **days()}

    def degree() -> Record:
        obtained = {"obtained": f"{rng.randint(2000, 2024)}-05-15"} if rng.random() < 0.5 else {}
        field = rng.choice(["public_administration", "planning", "วิศวกรรมไฟฟ้า"])
        return {"degree": rng.choice(["bachelor", "master", "diploma"]), "field": field, **obtained}

    def work() -> Record:
        return {"work": rng.choice(["general_admin", "policy_planning", "related"]), **days()}

    def licence() -> Record:
        issued = days()
        return {
            "licence": rng.choice(["วิชาชีพครู", "ทันตกรรม"]),
            "issued": issued["from"],
            "expires": "2027-01-01",
        }

    def some(make: Any) -> list[Record]:
        return [make() for _ in range(rng.randint(0, 3))]

    lists = {"education": degree, "postings": posting, "experience": work, "licences": licence}
    return {"kind": "person", "id": "p", **{name: some(make) for name, make in lists.items()}}


def otherwise(rng: random.Random, record: Record) -> Iterator[Record]:
    """The record with one name or one day written so that it is not understood, or only within bounds."""
    for name in ("education", "postings", "experience", "licences"):
        for index, entry in enumerate(record[name]):
            for key in entry:
                changed = json.loads(json.dumps(record))
                text = str(entry[key])
                if key in ("from", "to", "obtained", "issued"):
                    text = rng.choice([text[:7], text[:4]])
                    year, _, month = text.partition("-")
                    text = f"{MONTHS[int(month) - 1] if month else 'พ.ศ.'} {int(year) + 543}"
                elif key == "licence":
                    text = text[:-1]  # a letter left out
                elif key in ("position", "degree", "work", "field"):
                    text = rng.choice(GARBAGE)
                else:
                    continue
                changed[name][index][key] = text
                yield changed


@pytest.mark.parametrize("seed", range(4))
def test_no_definite_answer_turns_into_another(seed: int) -> None:
    rng = random.Random(seed)
    record = drawn(rng)
    before = verdicts(record)
    definite = {"eligible", "ineligible"}
    assert definite & set(before.values())
    turned = set()
    for changed in otherwise(rng, record):
        for position, verdict in verdicts(changed).items():
            if {verdict, before[position]} <= definite:
                assert verdict == before[position], (position, changed)
            turned.add((before[position], verdict))
    assert ("eligible", "undetermined") in turned or ("ineligible", "undetermined") in turned
