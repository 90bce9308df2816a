"""The pieces of a sentence on declared facts, and of which fact each speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lgreason.language.grammar.nodes import Node, Span, WordNode
from lgreason.language.lexicon.algebra import FactDemand
from lgreason.language.lexicon.declared import Declared, Sense
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn

RELATIONS = ("at_least", "at_most", "more_than", "less_than")
OF_VALUES = {
    "not_below_value": "at_least",
    "above_value": "more_than",
    "below_value": "less_than",
    "not_above_value": "at_most",
}
DENIED = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}
"""What a comparison is where it is denied."""
_AGES = {"not_younger": "at_least", "not_older": "at_most", "older": "more_than", "younger": "less_than"}
_AMOUNTED = (
    *RELATIONS,
    *_AGES,
    "yearly",
    "measure",
    "last",
    "last_before",
    "reduced_by",
    "raised_by",
    "lowered",
    "lowered_by",
    "each_of_last",
    "capped",
    "retiring_at",
    "prorated",
)
WINDOWS = frozenset({"last_year", "last", "last_before", "to_day", "to_eve", "on_day"})
LEAVES = {
    "of_degree": "education",
    "qualification": "education",
    "service": "postings",
    "service_now": "postings",
    "service_unclear": "postings",
    "experience": "experience",
    "degrees": "education",
    "of_work": "experience",
    "of_posts": "postings",
}
NAMING = frozenset({"fact", "now", "ever", "is", "done"})
TIME = frozenset({"years", "months", "weeks", "days"})
RIDERS = frozenset({"adding", "leaving_out", "acting_added", "reduced_by", "raised_by"})
LOWERING = frozenset({"lowered", "lowered_by"})
FLAGS = frozenset(
    {
        *(
            "running",
            "latest",
            "backward",
            "total",
            "mean_of",
            "each_year",
            "each_kind",
            "each_part",
            "each_time",
            "any_time",
        ),
        *("the_same", "before_year", "left", "growing", "retiring", "either", "equal_to"),
    }
)
SILENT = frozenset({"having", "said_before", "on_day", "other", "any_time", "either"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a sentence: its kind, what it holds, and where it stands."""

    kind: str
    node: Node | WordNode
    span: Span
    senses: tuple[Sense, ...] = ()
    amount: Fn | None = None


def first(degree: Node) -> Node:
    """A further degree of a list, as one that stands alone."""
    head, *rest = degree.parts
    assert isinstance(head, WordNode)
    return Node("degree_in", (WordNode("DEGREE_NAME", head.value, head.span), *rest), degree.span)


def as_entries(form: Fn) -> Fn:
    """A bare number as one of entries."""
    (of,) = form.args
    return Fn(form.name, (Fn("count", of.args),)) if isinstance(of, Fn) and of.name == "number" else form


class Unclear(Exception):
    """A piece that goes with nothing, or a demand that is not whole."""

    def __init__(self, code: str, span: Span, **args: object) -> None:
        """Take the finding that tells it."""
        super().__init__(code)
        self.fault = Fault(code, span, args)


class Facts:
    """What a row of pieces speaks of."""

    def __init__(
        self,
        declared: Declared,
        amount: Callable[[Node], Fn],
        counted: Callable[[Node], tuple[tuple[Fn, ...], Fn | None]],
        whole: Span,
    ) -> None:
        """Take what is declared, what reads an amount, what an old leaf counts, and where the sentence stands."""
        self._declared = declared
        self._amount = amount
        self._counted = counted
        self._whole = whole

    def _unmade(self, demand: FactDemand, segment: list[Piece]) -> Callable[[str], Unclear]:
        span = (segment[0].span[0], segment[-1].span[1]) if segment else self._whole
        del demand
        return lambda code: Unclear(code, span)

    def _pieces(self, node: Node) -> Iterator[Piece]:
        for part in node.parts:
            span = part.span or self._whole
            if isinstance(part, Node) and part.kind == "either" and part.nodes():
                yield Piece("degrees", part, span)
            elif isinstance(part, Node) and part.kind == "between_ages":
                yield Piece("age", part, span)
                for kind, number in zip(("at_least", "at_most"), part.words("NUMERAL"), strict=True):
                    yield Piece(kind, part, span, amount=Fn("years", (int(number),)))
            elif isinstance(part, WordNode):
                yield Piece("term", part, span, self._declared.senses(part.value))
            elif part.kind == "whom_with_degree":
                yield Piece("whom", part, span)
                yield Piece("of_degree", part, span)
            elif part.kind in _AGES:
                yield Piece("age", part, span)
                yield Piece(_AGES[part.kind], part, span, amount=self._amount(part.nodes()[0]))
            elif part.kind in _AMOUNTED:
                yield Piece(part.kind, part, span, amount=self._amount(part.nodes()[0]))
            elif part.kind in OF_VALUES:
                yield Piece(part.kind, part, span, self._declared.senses(part.words("TERM")[0]))
            else:
                yield Piece(part.kind, part, span)

    def _speaks_of(self, pieces: list[Piece]) -> str | None:
        """The fact of which a row of pieces speaks first."""
        for piece in pieces:
            if piece.kind == "age":
                return "born"
            if piece.kind in LEAVES:
                return LEAVES[piece.kind]
            if piece.kind == "term" and (fact := self._fact_of(piece, None)) is not None:
                return fact
        return None

    def _fact_of(self, piece: Piece, spoken: str | None) -> str | None:
        facts = {s.fact for s in piece.senses if s.fact is not None}
        facts |= {"competencies" for s in piece.senses if s.of == "competency"}
        if spoken in facts:
            return spoken
        named = {s.fact for s in piece.senses if s.kind in NAMING and s.fact}
        if len(named) == 1:
            return next(iter(named))
        return next(iter(facts)) if len(facts) == 1 else None

    def _owner(self, terms: list[Piece], spoken: str | None) -> str | None:
        """The one fact of which the values named can be, where that of which is spoken has no such values."""
        kinds = [{s.of for s in p.senses} for p in terms if all(s.kind == "value" for s in p.senses)]
        facts = self._declared.facts

        def has(fact: str | None) -> bool:
            return all(
                any(self._declared.attribute_of(fact, of) is not None for of in of_one) for of_one in kinds
            )

        if not kinds or spoken == "competencies" or has(spoken) or any(map(has, LEAVES.values())):
            return None  # a field of study alone is none of a licence
        owners = [fact for fact in facts if fact not in LEAVES.values() and has(fact)]
        return owners[0] if len(owners) == 1 else None

    def _thing(self, piece: Piece) -> bool:
        """Whether a piece names a thing that is so old, not a person: «ผลการทดสอบต้องมีอายุไม่เกิน ๒ ปี»."""
        return piece.kind == "term" and any(
            s.kind in ("fact", "attr")
            and s.fact is not None
            and self._declared.facts[s.fact].shape.name == "events"
            for s in piece.senses
        )
