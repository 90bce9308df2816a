"""On which readings a verdict about an organisation rests: those of which another choice would change it.

A clause may rely on an ambiguity whose reading changes nothing here. So the same question is asked under each other
reading, and a verdict rests on those alone under which the answer is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.burden import burden
from lgreason.reasoning.organisations.establishment import Establishment, Node, PostVerdict, Tables
from lgreason.reasoning.organisations.retyping import classify
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Truth

LEAST_SURE = ("low", "medium", "high")
"""How sure a reading is, the most contestable first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Another reading of an ambiguity, and what a verdict comes to under it."""

    reading: str
    choice: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class Rests:
    """What a verdict rests on.

    `turns` are the other readings that change it, the most contestable first; `harmless` the ambiguities on which
    its clauses rely, and of which no reading changes it; `unstated` the clauses that bear on it and that the document
    does not have.
    """

    turns: tuple[Turn, ...] = ()
    harmless: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """The ambiguities of which another reading changes the verdict, each once."""
        return tuple(dict.fromkeys(turn.reading for turn in self.turns))

    def joined(self, other: Rests) -> Rests:
        """What two verdicts rest on, as one."""
        turned = {*self.readings, *other.readings}
        harmless = dict.fromkeys((*self.harmless, *other.harmless))
        return Rests(
            (*self.turns, *other.turns),
            tuple(each for each in harmless if each not in turned),
            tuple(dict.fromkeys((*self.unstated, *other.unstated))),
        )


NOTHING = Rests()


def relied(nodes: Iterable[Node]) -> set[str]:
    """The ambiguities on which the clauses of some trees rely."""
    return {reading for node in nodes for below in node.walk() for reading in below.clause.relies}


def open_to(kb: KnowledgeBase, readings: Iterable[str]) -> list[str]:
    """Those of some ambiguities that have another reading, the most contestable first."""
    found = (kb.readings[each] for each in {*readings})
    order = sorted((r for r in found if r.others), key=lambda r: (LEAST_SURE.index(r.confidence), r.id))
    return [reading.id for reading in order]


def rests_on(
    tables: Tables,
    nodes: Iterable[Node],
    truth: Truth,
    asked: Callable[[Tables], Truth],
    also: Iterable[str] = (),
) -> Rests:
    """What a verdict rests on.

    `nodes` are its reasons, `also` further readings on which it relies; `asked` asks the same question of tables
    under another reading.
    """
    roots = tuple(nodes)
    turns: list[Turn] = []
    harmless: list[str] = []
    for identity in open_to(tables.kb, relied(roots) | {*also}):
        others = [
            Turn(identity, choice, asked(tables.under(identity, choice)))
            for choice in tables.kb.readings[identity].others
        ]
        changing = [turn for turn in others if turn.truth is not truth]
        turns += changing
        if not changing:
            harmless.append(identity)
    return Rests(tuple(turns), tuple(harmless), tuple(dict.fromkeys(_unstated(tables.kb, roots, truth))))


def _unstated(kb: KnowledgeBase, roots: Iterable[Node], truth: Truth) -> Iterator[str]:
    """The clauses of which the document says only that they bear on others, where the verdict rests on those.

    How a value is to be found bears on it whichever way it decides; conditions that are announced and not stated bear
    only on what would else be had.
    """
    announced: dict[str, list[str]] = {}
    for clause, other in kb.rows("caveat"):
        announced.setdefault(str(clause), []).append(str(other))
    for root in roots:
        for node in root.walk():
            bears = node.holds in (truth, None) if node.is_leaf else False not in (node.holds, truth)
            if bears:
                yield from announced.get(node.clause.id, ())


def rests_of_post(tables: Tables, organisation: Organisation, verdict: PostVerdict) -> Rests:
    """What a verdict on one post at one level rests on."""

    def asked(other: Tables) -> Truth:
        return Establishment(other, organisation).post(verdict.post, verdict.level).truth

    every = [node for judged in verdict.candidates for node in judged.nodes]
    found = rests_on(tables, every, verdict.truth, asked)
    own = tuple(dict.fromkeys(_unstated(tables.kb, verdict.best.nodes, verdict.truth)))
    return Rests(found.turns, found.harmless, own)


def rests_of_class(tables: Tables, organisation: Organisation, class_: str, reason: Node) -> Rests:
    """What a verdict on a re-typing rests on."""
    return rests_on(
        tables,
        (reason,),
        reason.holds,
        lambda other: classify(Establishment(other, organisation), class_).reason.holds,
    )


def rests_of_burden(tables: Tables, organisation: Organisation, reason: Node) -> Rests:
    """What it rests on whether the burden is within its bound."""
    return rests_on(
        tables, (reason,), reason.holds, lambda other: burden(Establishment(other, organisation)).reason.holds
    )
