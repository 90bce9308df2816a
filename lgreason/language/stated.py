"""What a row of pieces demands: facts, their values, comparisons and windows put together as docs/facts.md has them.

A demand speaks of one fact. What stands with the fact tells which entries count (values, dates, states), what is
measured of them (how many, how long, a sum, a mean), and in which days. A piece that goes with nothing is a fault
with its place: no word of a sentence is idle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lgreason.language.algebra import Demand, Group, Test, every, leaf, one_of, value
from lgreason.language.declared import Declared, Sense
from lgreason.language.measured import changed, made, shorter, together
from lgreason.language.nodes import Node, Span, Word
from lgreason.language.sentence import Fault
from lgreason.language.weighing import idle_piece
from lgreason.rules.terms import Fn

RELATIONS = ("at_least", "at_most", "more_than", "less_than")
_OF_VALUES = {
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
_WINDOWS = frozenset({"last_year", "last", "last_before", "to_day", "to_eve", "on_day"})
_LEAVES = {
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
_NAMING = frozenset({"fact", "now", "ever", "is", "done"})
TIME = frozenset({"years", "months", "weeks", "days"})
_RIDERS = frozenset({"adding", "leaving_out", "acting_added", "reduced_by", "raised_by"})
_LOWERING = frozenset({"lowered", "lowered_by"})
_FLAGS = frozenset(
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
_SILENT = frozenset({"having", "said_before", "on_day", "other", "any_time", "either"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a sentence: its kind, what it holds, and where it stands."""

    kind: str
    node: Node | Word
    span: Span
    senses: tuple[Sense, ...] = ()
    amount: Fn | None = None


def first(degree: Node) -> Node:
    """A further degree of a list, as one that stands alone."""
    head, *rest = degree.parts
    assert isinstance(head, Word)
    return Node("degree_in", (Word("DEGREE_NAME", head.value, head.span), *rest), degree.span)


def _entries(form: Fn) -> Fn:
    """A bare number as one of entries."""
    (of,) = form.args
    return Fn(form.name, (Fn("count", of.args),)) if isinstance(of, Fn) and of.name == "number" else form


class Unclear(Exception):
    """A piece that goes with nothing, or a demand that is not whole."""

    def __init__(self, code: str, span: Span, **args: object) -> None:
        """Take the finding that tells it."""
        super().__init__(code)
        self.fault = Fault(code, span, args)


@dataclass(slots=True)
class _State:
    """Where the reader of one demand stands."""

    denied: bool = False
    during: bool = False
    either: bool = False  # a conjunction has said that the next value is an alternative
    of: bool = False
    inferred: bool = False  # the values named have told of which fact is spoken
    implied: set[str] = field(default_factory=set)  # attributes of which the words for the fact say the value
    upped: bool = False  # a number was read together with «ขึ้นไป» after it
    barrier: int = 0  # conditions before this one are not added to
    anchor: tuple[str, str] | None = None  # what a bound that follows is of: a kind and an attribute
    groups: list[Group] = field(default_factory=list)


class Assembly:
    """Puts the pieces of one sentence together."""

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

    def test(self, node: Node) -> Test:
        """What a row of pieces demands; raises `Unclear`."""
        pieces, whole = list(self._pieces(node)), node.span or self._whole
        found = self._tests(pieces, whole)
        if (idle := idle_piece(pieces, found, lambda rest: self._attempt(rest, whole))) is not None:
            raise Unclear("rule_piece_idle", idle.span, found="")
        return found

    def _attempt(self, pieces: list[Piece], whole: Span) -> Test | None:
        try:
            return self._tests(pieces, whole) if pieces else None
        except Unclear:
            return None

    def _tests(self, pieces: list[Piece], whole: Span, case: bool = False) -> Test:
        """What a row of pieces demands; `case`: of those for whom something else holds, whose degree may be any."""
        pieces = list(pieces)
        kinds = [piece.kind for piece in pieces]
        if "exempt" in kinds and kinds[-1] == "exempted":
            at = kinds.index("exempt")
            others = (self._tests(pieces[:at], whole), self._tests(pieces[at + 1 : -1], whole, case=True))
            return Test(Fn("any"), parts=others)
        if "deemed" in kinds and "whoever" in kinds[: kinds.index("deemed")]:
            return self._deeming(pieces, kinds.index("whoever"), kinds.index("deemed"), whole)
        alternatives: list[list[tuple[Demand, list[Piece]]]] = [[]]
        lead = self._lead(pieces)
        before = lead
        rows: list[list[Piece]] = []
        for connector, segment in self._segments(pieces):
            demand = self._demand(segment, before, lead)
            if connector == "of_which":
                self._among(demand, before, segment)
            elif (
                before is not lead
                and demand.fact == before.fact
                and not (demand.window or demand.latest or self._names(segment, demand.fact))
            ):
                # «ภายใน ๓ ปี … และไม่มีครั้งใดต่ำกว่าระดับดี»: of the same time
                demand.window, demand.latest = before.window, before.latest
            if not demand.said and demand.fact == before.fact and demand.window and before is not lead:
                # «TOEIC … หรือ IELTS … ภายใน ๒ ปี»: the time is of either
                before.window = before.window or demand.window
            shared = connector == "or" and before.negative and not demand.negative and before is not lead
            if shared and segment[0].kind == "ever" and before.fact == demand.fact:
                # «ไม่เคยถูกลงโทษ หรือเคยถูกลงโทษแต่ …»: another that is let in, or neither?
                raise Unclear("rule_piece_idle", (segment[0].span[0], segment[-1].span[1]), found="")
            if shared:
                # «ต้องไม่ ก หรือ ข»: neither
                demand.negative = True
            if connector == "or" and not (shared or (before.negative and demand.negative)):
                alternatives.append([])
            elif connector == "and" and alternatives[-1]:
                self._bound_tighter(alternatives, rows, segment, pieces, whole)
            rows.append(segment)
            if not case and [p.kind for p in segment if p.kind not in _SILENT] == ["of_degree"]:
                # A degree alone leaves open in which field: in a sentence of its own that must be said.
                raise Unclear(
                    "rule_incomplete", segment[-1].span, expected=self._declared.scopes, understood=""
                )
            spoken = demand.said or before is not lead or lead.fact is not None or demand.retiring is not None
            if not spoken and not any(piece.kind in ("having", "lacking") for piece in segment):
                raise Unclear("rule_no_fact", (segment[0].span[0], segment[-1].span[1]))
            alternatives[-1].append((demand, segment))
            before = demand
        found = [
            [made(of, self._declared, self._unmade(of, row)) for of, row in group] for group in alternatives
        ]
        tests = [one for group in found if (one := every(together(group))) is not None]
        if not tests:
            raise Unclear("rule_no_fact", whole)
        return tests[0] if len(tests) == 1 else Test(Fn("any"), parts=tuple(tests))

    @staticmethod
    def _names(segment: list[Piece], fact: str | None) -> bool:
        """Whether a demand names its fact, so that it stands by itself."""
        return any(
            piece.kind in _LEAVES or any(s.kind in _NAMING and s.fact == fact for s in piece.senses)
            for piece in segment
        )

    def _bound_tighter(
        self,
        alternatives: list[list[tuple[Demand, list[Piece]]]],
        rows: list[list[Piece]],
        segment: list[Piece],
        pieces: list[Piece],
        whole: Span,
    ) -> None:
        """Refuse «ก หรือ ข และ ค», which some read as «(ก หรือ ข) และ ค»; raises `Unclear`.

        «ก และ ข หรือ ค และ ง» has two parts on either side, and is read as everybody does.
        """
        before = rows[-1]
        inner = next((piece for piece in before if piece.kind == "degrees"), None)
        outer = len(alternatives) > 1 and len(alternatives[-1]) >= len(alternatives[-2])
        if inner is None and not outer:
            return

        def joined(row: list[Piece]) -> Span:
            """Where the conjunction before a part stands."""
            at = next(n for n, piece in enumerate(pieces) if piece is row[0])
            return pieces[at - 1].span if at else (whole[0], whole[0])

        third = joined(segment)
        start = joined(rows[0])[1] if len(rows) == 1 else whole[0]
        first, second, verb = (start, joined(before)[0]), (joined(before)[1], third[0]), (0, 0)
        if inner is not None:
            assert isinstance(inner.node, Node)
            degrees = [node.span or inner.span for node in inner.node.nodes()]
            start = joined(before)[1]
            verb = (start, degrees[0][0])
            first, second = (start, degrees[-1][0]), (degrees[-1][0], third[0])
        parts = {"first": first, "verb": verb, "second": second, "third": (third[1], whole[1])}
        raise Unclear("rule_and_or_unclear", (first[0], whole[1]), **parts)

    @staticmethod
    def _among(demand: Demand, before: Demand, segment: list[Piece]) -> None:
        """What is asked of some of the entries just counted is asked of entries that count; raises `Unclear`."""
        spoken = before.said and demand.fact == before.fact and before.saved_from is None
        if not spoken or before.negative or demand.negative or before.riders or before.latest:
            raise Unclear("rule_piece_idle", (segment[0].span[0], segment[-1].span[1]), found="")
        demand.groups = [*before.groups, *demand.groups]
        demand.counts = demand.counts or before.counts
        if any(isinstance(form.args[0], Fn) and form.args[0].name == "count" for form in before.bounds):
            demand.bounds = [_entries(form) for form in demand.bounds]
        demand.window = demand.window or before.window
        demand.said, demand.leaf = True, None

    def _deeming(self, pieces: list[Piece], case: int, deemed: int, whole: Span) -> Test:
        """Whoever is so and so is deemed to be in the state that the sentence demands."""
        main = self._tests(pieces[:case], whole)
        fact = next((f for piece in pieces[:case] if (f := self._fact_of(piece, None))), None)
        live = any(s.kind == "live" and s.fact == fact for piece in pieces[deemed:] for s in piece.senses)
        demand, state = Demand(fact=fact, said=True), _State()
        self._read([p for p in pieces[case + 1 : deemed] if p.kind != "during"], demand, state)
        tests = every([group.test() for group in state.groups])
        held = Fn("covers", (Fn("day"),))
        entry = main.entries[0][1] if len(main.entries) == 1 else None
        if fact is None or not live or tests is None or entry is None or demand.bounds:
            raise Unclear("rule_piece_idle", (pieces[case].span[0], pieces[-1].span[1]), found="")
        parts = entry.parts if entry.says == Fn("all") else (entry,)
        if not any(part.says == held for part in parts):
            raise Unclear("rule_piece_idle", pieces[deemed].span, found="")
        lifted = tuple(
            replace(part, exceptions=((tests, Fn("all")),)) if part.says == held else part for part in parts
        )
        whole_entry = lifted[0] if len(lifted) == 1 else Test(Fn("all"), parts=lifted)
        return replace(main, entries=(("@e", whole_entry),))

    def test_save(self, node: Node, save: Node) -> Test:
        """What a row of pieces demands save for the entries of which another row is true; raises `Unclear`."""
        row = Node("stated", (*node.parts, Node("save", (), save.span), *save.parts), node.span)
        try:
            return self.test(row)
        except Unclear:
            # «เว้นแต่เป็นข้าราชการ»: no entries of the same fact are excepted, but whoever is so and so
            whole = save.span or self._whole
            excepted, of = list(self._pieces(save)), list(self._pieces(node))
            if self._speaks_of(excepted) in (None, self._speaks_of(of)):
                raise
            if any(piece.kind == "leaving_out" for piece in of):
                # «โดยไม่นับเวลาลาศึกษา เว้นแต่ลาไม่เกิน ๑ ปี»: excepted from what is not counted
                raise
            return Test(Fn("any"), parts=(self.test(node), self._tests(excepted, whole)))

    def _speaks_of(self, pieces: list[Piece]) -> str | None:
        """The fact of which a row of pieces speaks first."""
        for piece in pieces:
            if piece.kind == "age":
                return "born"
            if piece.kind in _LEAVES:
                return _LEAVES[piece.kind]
            if piece.kind == "term" and (fact := self._fact_of(piece, None)) is not None:
                return fact
        return None

    def _unmade(self, demand: Demand, segment: list[Piece]) -> Callable[[str], Unclear]:
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
            elif isinstance(part, Word):
                yield Piece("term", part, span, self._declared.senses(part.value))
            elif part.kind == "whom_with_degree":
                yield Piece("whom", part, span)
                yield Piece("of_degree", part, span)
            elif part.kind in _AGES:
                yield Piece("age", part, span)
                yield Piece(_AGES[part.kind], part, span, amount=self._amount(part.nodes()[0]))
            elif part.kind in _AMOUNTED:
                yield Piece(part.kind, part, span, amount=self._amount(part.nodes()[0]))
            elif part.kind in _OF_VALUES:
                yield Piece(part.kind, part, span, self._declared.senses(part.words("TERM")[0]))
            else:
                yield Piece(part.kind, part, span)

    def _lead(self, pieces: list[Piece]) -> Demand:
        """Windows that stand before everything: they hold for every demand of the sentence."""
        lead = Demand()
        while pieces and pieces[0].kind in _WINDOWS:
            self._windowed(lead, pieces.pop(0))
        if len(pieces) > 2 and [p.kind for p in pieces[1:3]] == ["measure", "latest"]:
            # «ในรอบการประเมิน ๕ ครั้งหลังสุด»
            lead.fact, amount = self._fact_of(pieces[0], None), pieces[1].amount
            if lead.fact is not None and amount is not None and amount.name == "count":
                lead.latest = int(str(amount.args[0]))
                del pieces[:3]
        return lead

    # ── where a demand ends and the next begins ───────────────────────────────────────────────────────────────

    def _segments(self, pieces: list[Piece]) -> Iterator[tuple[str, list[Piece]]]:
        current: list[Piece] = []
        connector = "and"
        spoken: str | None = None
        for at, piece in enumerate(pieces):
            if (
                piece.kind == "age"
                and current
                and spoken not in (None, "born")
                and not self._thing(current[-1])
            ):
                # «a Thai national aged not less than 20 years»
                yield connector, current
                current, connector = [], "and"
            if piece.kind == "of_which" and current:
                yield connector, current
                current, connector = [], "of_which"
                continue
            whom = [p.kind for p in current]
            open_case = "whom" in whom and not _LOWERING & set(whom)
            if (
                piece.kind in ("and", "or")
                and current
                and not open_case
                and self._begins(pieces[at + 1 :], spoken, current)
            ):
                yield connector, current
                current, connector = [], piece.kind
                continue
            if piece.kind == "term":
                spoken = self._fact_of(piece, spoken) or spoken
            current.append(piece)
            spoken = "born" if piece.kind == "age" else _LEAVES.get(piece.kind, spoken)
        if current:
            yield connector, current

    def _begins(self, after: list[Piece], spoken: str | None, current: list[Piece]) -> bool:
        """Whether a new demand begins: another fact is spoken of, or the same with a verb of its own."""
        verb = False
        if self._parallel(after, current):
            return True
        if after and after[0].kind in (*RELATIONS, "each_part", "total"):
            # «แต่ละภาคไม่ต่ำกว่า … และรวมไม่ต่ำกว่า …»: of each part, and of all of them
            of, other = ({p.kind for p in some} & {"each_part", "total"} for some in (current, after))
            return len(of) == len(other) == 1 and of != other
        for piece in after:
            if piece.kind in _LEAVES or piece.kind in ("lacking", "no_time"):
                return True
            if piece.kind == "age":
                return spoken != "born"
            if piece.kind in ("having", "not", "ever", "during", *_OF_VALUES):
                # «ไม่อยู่ระหว่าง … และไม่อยู่ระหว่าง …» are two denials
                again = piece.kind == "not" and any(p.kind == "not" for p in current)
                verb = verb or piece.kind in ("having", "ever") or again
            if piece.kind in ("having", "not", "ever", "during"):
                continue
            if verb and piece.kind in (*RELATIONS, "measure", "of"):
                continue  # «และมีไม่น้อยกว่า ๒ …»: what follows tells of what
            if piece.kind != "term":
                return False
            values = [s for s in piece.senses if s.kind == "value"]
            if values == [*piece.senses] and not any(
                self._declared.attribute_of(spoken, s.of) is not None for s in values
            ):
                continue  # "or a lawyer licence": what follows tells of what
            own = [s for s in piece.senses if s.fact == spoken or s.fact is None]
            if spoken == "competencies" and any(s.of == "competency" for s in own):
                return verb or any(before.kind in RELATIONS for before in current)
            if spoken is not None and any(s.kind not in _NAMING for s in own):
                return False
            if piece is after[0] and self._of_the_same(piece, after[1:], spoken, current):
                return False
            if any(s.fact == spoken and s.kind in _NAMING for s in piece.senses):
                return verb or any(before.kind in RELATIONS for before in current)
            return any(s.kind in _NAMING for s in piece.senses)
        return False

    def _of_the_same(self, piece: Piece, rest: list[Piece], spoken: str | None, current: list[Piece]) -> bool:
        """Whether a state of the entries just counted follows: «ผลงาน ๓ เรื่อง … และผ่านการประเมิน»."""
        until = next((n for n, p in enumerate(rest) if p.kind in ("and", "or")), len(rest))
        said = {of for p in current for s in p.senses if s.fact == spoken for of, _ in s.tests}
        states = [s for s in piece.senses if s.kind == "is" and s.fact == spoken]
        bounded = any(p.kind in (*RELATIONS, "measure") for p in rest[:until])
        return bool(states) and not bounded and not any(of in said for s in states for of, _ in s.tests)

    def _thing(self, piece: Piece) -> bool:
        """Whether a piece names a thing that is so old, not a person: «ผลการทดสอบต้องมีอายุไม่เกิน ๒ ปี»."""
        return piece.kind == "term" and any(
            s.kind in ("fact", "attr")
            and s.fact is not None
            and self._declared.facts[s.fact].shape.name == "events"
            for s in piece.senses
        )

    def _parallel(self, after: list[Piece], current: list[Piece]) -> bool:
        """Whether another value with a bound of its own follows: «TOEIC ไม่ต่ำกว่า … หรือ IELTS ไม่ต่ำกว่า …»."""

        def of(piece: Piece) -> set[str]:
            return {s.of for s in piece.senses if s.kind in ("value", "group")}

        rest = after[1:] if after and after[0].kind == "having" else after
        if not rest or rest[0].kind != "term" or not any(p.kind in RELATIONS for p in current):
            return False
        until = next((n for n, p in enumerate(rest) if p.kind in ("and", "or")), len(rest))
        kinds = {p.kind for p in rest[:until]}
        bounded = kinds & set(RELATIONS) and not kinds & {"each_kind", "each_part", "total"}
        return bool(bounded) and any(of(p) & of(rest[0]) for p in current if p.kind == "term")

    def _owner(self, terms: list[Piece], spoken: str | None) -> str | None:
        """The one fact of which the values named can be, where that of which is spoken has no such values."""
        kinds = [{s.of for s in p.senses} for p in terms if all(s.kind == "value" for s in p.senses)]
        facts = self._declared.facts

        def has(fact: str | None) -> bool:
            return all(
                any(self._declared.attribute_of(fact, of) is not None for of in of_one) for of_one in kinds
            )

        if not kinds or spoken == "competencies" or has(spoken) or any(map(has, _LEAVES.values())):
            return None  # a field of study alone is none of a licence
        owners = [fact for fact in facts if fact not in _LEAVES.values() and has(fact)]
        return owners[0] if len(owners) == 1 else None

    def _fact_of(self, piece: Piece, spoken: str | None) -> str | None:
        facts = {s.fact for s in piece.senses if s.fact is not None}
        facts |= {"competencies" for s in piece.senses if s.of == "competency"}
        if spoken in facts:
            return spoken
        named = {s.fact for s in piece.senses if s.kind in _NAMING and s.fact}
        if len(named) == 1:
            return next(iter(named))
        return next(iter(facts)) if len(facts) == 1 else None

    # ── one demand ────────────────────────────────────────────────────────────────────────────────────────────

    def _demand(self, segment: list[Piece], before: Demand, lead: Demand) -> Demand:
        """One demand with what is added to it, left out of it, or asked of some in its stead."""
        segment, others = self._for_whom(segment)
        cuts = [at for at, piece in enumerate(segment) if piece.kind in _RIDERS]
        head = segment[: cuts[0]] if cuts else segment
        demand = self._plain(head, before, lead)
        for at, end in zip(cuts, (*cuts, len(segment))[1:], strict=True):
            rider, rest = segment[at], segment[at + 1 : end]
            if rest and rest[-1].kind in ("and", "or"):
                rest = rest[:-1]
            self._ride(rider, rest, demand)
        for lowering, case in others:
            if not case:
                raise Unclear("rule_piece_idle", lowering.span, found="")
            test = self._tests(case, (case[0].span[0], case[-1].span[1]), case=True)
            demand.instead.append((test, self._lowered(lowering, demand)))
        return demand

    def _for_whom(self, segment: list[Piece]) -> tuple[list[Piece], list[tuple[Piece, list[Piece]]]]:
        """A demand without the terms that hold for some, and these: the term, and of whom.

        «สำหรับผู้ที่ได้รับปริญญาตรี ให้ลดลงเหลือ ๔ ปี», "reduced to 4 years for those who …", "or 4 years for those who …".
        """
        at = next((n for n, piece in enumerate(segment) if piece.kind == "whom"), None)
        if at is None:
            return segment, []
        last = next(n for n in reversed(range(len(segment))) if segment[n].kind == "whom")
        if last > at and (split := self._several(segment, at)) is not None:
            return split
        head, case = segment[:at], segment[at + 1 :]
        other = len(head) > 2 and head[-2].kind == "or" and head[-1].kind in ("measure", "at_least")
        if other or (head and head[-1].kind in _LOWERING):
            lowering = head.pop()
        else:
            end = next((n for n, piece in enumerate(case) if piece.kind in _LOWERING), None)
            if end is None or case[end + 1 :]:
                raise Unclear("rule_piece_idle", segment[at].span, found="")
            lowering, case = case[end], case[:end]
        while head and head[-1].kind in ("and", "or"):
            head.pop()
        return head, [(lowering, case)]

    @staticmethod
    def _several(segment: list[Piece], at: int) -> tuple[list[Piece], list[tuple[Piece, list[Piece]]]] | None:
        """Several terms, each for some: «ถ้าได้รับปริญญาโทให้ลดเหลือ ๔ ปี และถ้าได้รับปริญญาเอกให้ลดเหลือ ๒ ปี»."""
        head, rest = segment[:at], segment[at:]
        found: list[tuple[Piece, list[Piece]]] = []
        before = head.pop() if head and head[-1].kind in _LOWERING else None
        while head and head[-1].kind in ("and", "or"):
            head.pop()
        starts = [n for n, piece in enumerate(rest) if piece.kind == "whom"]
        for start, end in zip(starts, (*starts[1:], len(rest)), strict=True):
            case = list(rest[start + 1 : end])
            while case and case[-1].kind in ("and", "or"):
                case.pop()
            lowerings = [n for n, piece in enumerate(case) if piece.kind in _LOWERING]
            if len(lowerings) > 1 or (lowerings and lowerings[0] != len(case) - 1):
                return None
            after = case.pop() if lowerings else None
            while case and case[-1].kind in ("and", "or"):
                case.pop()
            lowering = before if before is not None else after
            if lowering is None or not case:
                return None
            found.append((lowering, case))
            # «to 4 years for holders of one and to 2 years for holders of another»
            before = after if before is not None else None
        return None if before is not None else (head, found)

    def _lowered(self, lowering: Piece, demand: Demand) -> Fn:
        """The shorter term of those for whom it is lowered."""
        amount, bounds = lowering.amount, [f for f in demand.bounds if f.name == "at_least"]
        if amount is None or len(bounds) != 1:
            raise Unclear("rule_piece_idle", lowering.span, found="")
        form = shorter(bounds[0], amount, lowering.kind == "lowered_by")
        if form is None:
            raise Unclear("rule_not_reduced", lowering.span)
        return form

    def _ride(self, rider: Piece, rest: list[Piece], demand: Demand) -> None:
        caps = [piece.amount for piece in rest if piece.kind in ("capped", "at_most") and piece.amount]
        if rider.kind == "acting_added":
            if len(caps) != len(rest):
                raise Unclear("rule_piece_idle", (rider.span[0], rest[0].span[1]), found="")
            demand.acting = Fn("whole") if not caps else caps[0]
            return
        if rider.kind in ("reduced_by", "raised_by"):
            other = self._plain(rest, Demand(), Demand())
            if rider.amount is None or len(demand.bounds) != 1:
                raise Unclear("rule_piece_idle", rider.span, found="")
            test = made(other, self._declared, self._unmade(other, rest))
            form = changed(demand.bounds[0], rider.amount, rider.kind == "raised_by")
            if form is None:
                raise Unclear("rule_piece_idle", rider.span, found="")
            demand.instead.append((test, form))
            return
        weights = [piece for piece in rest if piece.kind in ("half", "double")]
        plain = [p for p in rest if p not in weights and p.kind not in ("capped", "at_most")]
        other = self._plain(plain, Demand(), Demand())
        weight = weights[0].kind if weights else "whole"
        if rider.kind == "leaving_out":
            if weights or caps:
                raise Unclear("rule_piece_idle", rider.span, found="")
            weight = "without"
        demand.riders.append((weight, other, caps[0] if caps else None))

    def _plain(self, segment: list[Piece], before: Demand, lead: Demand) -> Demand:
        demand = Demand(window=lead.window, upto=lead.upto, latest=lead.latest)
        terms = [piece for piece in segment if piece.kind == "term"]
        naming = [p for p in terms if any(s.kind in _NAMING for s in p.senses)]
        spoken = next((_LEAVES[p.kind] for p in segment if p.kind in _LEAVES), None)
        spoken = spoken or ("born" if any(p.kind == "retiring_at" for p in segment) else None)
        spoken = spoken or ("born" if any(p.kind == "age" for p in segment) else None)
        spoken = spoken or next((f for p in (*naming, *terms) if (f := self._fact_of(p, None))), None)
        if (owner := self._owner(terms, spoken or before.fact)) is not None:
            spoken, demand.said = owner, True
        demand.fact = spoken or before.fact or lead.fact
        state = _State(inferred=owner is not None)
        self._read(segment, demand, state)
        demand.groups = state.groups
        self._whole_read(segment, demand)
        if demand.fact is None:
            where = (segment[0].span[0], segment[-1].span[1]) if segment else self._whole
            raise Unclear("rule_no_fact", where)
        return demand

    def _whole_read(self, segment: list[Piece], demand: Demand) -> None:
        """Refuse what one demand cannot say: two denials, two times or numbers of latest entries.

        «ไม่เคยถูกลงโทษ ภายใน ๓ ปี และไม่เคยถูกไล่ออก» is two demands; as one, the second would be an exception from
        the first. Raises `Unclear`.
        """
        joined = {at for at, piece in enumerate(segment) if piece.kind == "and"}
        times = {"last", "last_before", "last_year", "of_last", "latest", "each_of_last"}
        for kinds in ({"not"}, times):
            found = [at for at, piece in enumerate(segment) if piece.kind in kinds]
            if len(found) < 2 or (
                kinds == {"not"} and not (demand.negative and joined & {*range(*found[:2])})
            ):
                continue
            raise Unclear("rule_piece_idle", segment[found[1]].span, found="")

    def _read(self, segment: list[Piece], demand: Demand, state: _State) -> None:
        for at, piece in enumerate(segment):
            kind = piece.kind
            if kind == "lacking":
                demand.negative, state.either = True, False
            elif kind == "not":
                state.denied = True
                state.either = False
            elif kind == "ever":
                demand.ever = True
            elif kind == "during":
                state.during = True
            elif (
                kind == "or" and demand.saved_from is None and self._lets_in(segment[at + 1 :], demand, state)
            ):
                # «ไม่เป็น …  หรือพ้นจากตำแหน่งดังกล่าวมาแล้วไม่น้อยกว่า ๒ ปี»: those are excepted
                demand.saved_from = state.barrier = len(state.groups)
            elif kind == "or":
                state.either = True
            elif kind == "and":
                state.either = False
            elif kind == "whoever" and at and segment[at - 1].kind == "save":
                continue
            elif kind == "save":
                demand.saved_from = state.barrier = len(state.groups)
                state.either = False
            elif kind == "age":
                demand.said = True
                if demand.fact != "born":
                    self._aged(segment[at + 1 : at + 2], demand, state)
            elif kind == "capped" and piece.amount is not None:
                demand.bounds.append(Fn("at_most", (piece.amount,)))
            elif kind == "of_last":
                assert isinstance(piece.node, Node)
                least, of = (int(word) for word in piece.node.words("NUMERAL"))
                demand.bounds.append(Fn("at_least", (Fn("count", (least,)),)))
                demand.latest = of
            elif kind == "no_time" and (demand.bounds or state.groups):
                raise Unclear("rule_piece_idle", piece.span, found="")
            elif kind == "no_time":
                demand.negative, state.either = True, False
            elif kind == "each_of_last" and piece.amount is not None and piece.amount.name == "count":
                demand.latest = int(str(piece.amount.args[0]))
                demand.bounds.append(Fn("at_least", (piece.amount,)))
            elif kind == "each_of_last" and piece.amount is not None:
                demand.flags.add("each_year")
                demand.measures.append(piece.amount)
            elif kind == "yearly":
                demand.flags.add("each_year")
                demand.bounds.append(Fn("at_least", (piece.amount or 0,)))
            elif kind == "prorated":
                demand.full_time = piece.amount
            elif kind == "of":
                state.of = True
            elif kind == "composed":
                demand.composed = True
            elif kind == "or_equal_by":
                self._or_equal(piece, demand, state)
            elif kind == "term":
                if not (state.of and self._share(piece, demand)):
                    self._term(piece, demand, state)
                state.of = False
            elif kind in _OF_VALUES:
                self._compared(piece, demand, state)
            elif kind in ("and_up", "and_down") and state.upped:
                state.upped = False
            elif kind in ("and_up", "and_down"):
                self._up(piece, state, "at_least" if kind == "and_up" else "at_most", demand.fact)
            elif kind == "at_most" and at and segment[at - 1].kind == "age" and demand.fact != "born":
                continue
            elif kind in RELATIONS or kind == "measure":
                if state.denied and demand.said and kind in DENIED:
                    # «มีชื่ออยู่ในบัญชี โดยนับแต่วันขึ้นบัญชีต้องยังไม่ครบ ๒ ปี»: there is one, of which it is not so
                    piece, state.denied = replace(piece, kind=DENIED[kind]), False
                self._bound(piece, demand, state, segment[at + 1 : at + 3])
            elif kind in _WINDOWS:
                if not self._within_event(piece, demand, state):
                    self._windowed(demand, piece)
            elif kind == "from_day":
                state.anchor = ("from", "")
            elif kind == "of_degree":
                assert isinstance(piece.node, Node)
                degrees = [Fn(word) for word in piece.node.words("DEGREE_NAME")]
                if piece.node.nodes("degree_up"):
                    degrees = [Fn(one) for one in self._declared.at_or_above("degree", degrees[0].name)]
                if state.denied:
                    demand.negative, state.denied = True, False
                demand.said = True
                self._valued(leaf(one_of(*degrees), value("degree")), "degree", state)
            elif kind == "retiring_at":
                demand.retiring = piece.amount
            elif kind == "degrees":
                assert isinstance(piece.node, Node)
                alone = [Node("qualification", (first(one),), one.span) for one in piece.node.nodes()]
                tests = [
                    Test(Fn("counts"), Fn("qualification"), counts=self._counted(one)[0]) for one in alone
                ]
                if state.denied:
                    demand.negative, state.denied = True, False
                demand.said = True
                state.groups.append(Group(tests, None))
            elif kind in _LEAVES:
                assert isinstance(piece.node, Node)
                counts, bound = self._counted(piece.node)
                demand.counts, demand.said = counts, True
                if kind in ("of_work", "of_posts"):
                    demand.ever = True
                    if not any(p.kind in (*RELATIONS, "measure", "of_last") for p in segment):
                        end = segment[-1].span[1]
                        terms = ("มาแล้วไม่น้อยกว่า", "for not less than")
                        raise Unclear("rule_incomplete", (end - 1, end), expected=terms, understood="")
                for rider in piece.node.nodes("reduced"):
                    demand.instead.append(self._reduced(rider))
                only = {other.kind for other in segment} <= {
                    kind,
                    "having",
                    "on_day",
                    "said_before",
                    "any_time",
                }
                demand.leaf = piece.node if only else None
                demand.bounds += [bound] if bound is not None else []
                if state.denied:
                    demand.negative, state.denied = True, False
            elif kind in _FLAGS:
                demand.flags.add(kind)
            elif kind not in _SILENT:
                raise Unclear("rule_piece_idle", piece.span, found="")
        if state.denied and not demand.negative:
            demand.negative = True

    def _reduced(self, rider: Node) -> tuple[Test, Fn]:
        """For whom another term holds, of an old sentence on posts or work: whom, and the bound."""
        shorter, case = rider.nodes()[1], rider.nodes()[-1]
        if case.kind not in ("qualification", "service", "experience"):
            raise Unclear("rule_piece_idle", case.span or self._whole, found="")
        counts, bound = self._counted(case)
        says = bound or Fn("at_least", (Fn("count", (1,)),))
        return Test(says, Fn(case.kind), counts=counts), Fn("at_least", (self._amount(shorter),))

    def _term(self, piece: Piece, demand: Demand, state: _State) -> None:
        senses = [s for s in piece.senses if s.fact in (demand.fact, None)]
        of_fact = next((s for s in senses if s.kind in _NAMING), None)
        if of_fact is not None and not (demand.said and any(s.kind not in _NAMING for s in senses)):
            self._fact(of_fact, demand, state)
            return
        for sense in senses:
            if (
                sense.kind == "value"
                and (of := self._declared.attribute_of(demand.fact, sense.of)) is not None
            ):
                if state.inferred and state.denied and not state.groups:
                    demand.negative, state.denied = True, False
                last = state.groups[-1] if len(state.groups) > state.barrier else None
                again = of in state.implied and not state.either and last is not None and last.of == of
                if again and any(sense.values != test.says.args for test in (last.tests if last else ())):
                    # «รับราชการทหาร» is no service of an official, or of a soldier
                    raise Unclear("rule_piece_idle", piece.span, found="")
                self._valued(leaf(one_of(*sense.values), value(of)), of, state)
                return
            if sense.kind == "event":
                self._event(sense, demand, state)
                return
            if sense.kind == "before" and state.groups:
                last = state.groups[-1]
                until = Fn("until", (Fn("before", (Fn(sense.of),)),))
                last.tests[-1] = Test(Fn("within", (until,)), last.tests[-1].measures)
                return
            if sense.kind in ("over", "pending"):
                return
            if sense.kind == "part":
                demand.names.append(str(sense.values[0]))
                return
            if sense.kind == "group":
                demand.names += [str(each) for each in sense.values]
                return
            if sense.kind == "value" and sense.of == "competency" and demand.fact == "competencies":
                demand.names += [str(each) for each in sense.values]
                return
            if sense.kind == "attr":
                state.anchor = ("attr", sense.of)
                if self._declared.counts_in(demand.fact, sense.of):
                    demand.measured = sense.of  # «การทดสอบ TOEIC»: a named value follows, no amount
                return
            if sense.kind == "live":
                self._valued(leaf(Fn("covers", (Fn("day"),)), Fn("period")), "", state)
                return
        raise Unclear("rule_piece_not_of_fact", piece.span, found="", fact=demand.fact or "")

    def _fact(self, sense: Sense, demand: Demand, state: _State) -> None:
        mentioned = demand.said and sense.kind in ("fact", "ever")
        demand.said = True
        if state.denied and not mentioned:
            demand.negative, state.denied = True, False
        demand.ever = demand.ever or sense.kind == "ever"
        if state.during or sense.kind == "now":
            demand.now, state.during = True, False
        for of, values in sense.tests:
            state.implied.add(of)
            self._valued(self._declared.tested(of, values), of, state)
        if not mentioned:
            state.anchor = ("fact", sense.fact or "")

    def _valued(self, test: Test, of: str, state: _State) -> None:
        last = state.groups[-1] if len(state.groups) > state.barrier else None
        alternative = last is not None and (state.either or (last.of == of and of != "" and not state.denied))
        if alternative and last is not None and (last.denied or not state.denied):
            last.tests.append(test)
            last.of = of if last.of == of else None
        else:
            state.groups.append(Group([test], of, state.denied))
        state.denied = state.either = False
        state.anchor = ("value", of)

    def _compared(self, piece: Piece, demand: Demand, state: _State) -> None:
        for sense in piece.senses:
            of = self._declared.attribute_of(demand.fact, sense.of) if sense.kind == "value" else None
            if of is not None:
                form = Fn(_OF_VALUES[piece.kind], sense.values)
                self._valued(leaf(form, value(of)), f"{of}<", state)
                return
        raise Unclear("rule_piece_not_of_fact", piece.span, found="", fact=demand.fact or "")

    def _up(self, piece: Piece, state: _State, relation: str, fact: str | None) -> None:
        last = state.groups[-1] if state.groups else None
        if last is None or last.tests[-1].says.name != "one_of":
            raise Unclear("rule_piece_idle", piece.span, found="")
        test = last.tests[-1]
        kind = self._declared.unordered(fact, last.of)
        if kind is not None and relation == "at_least":
            values = self._declared.at_or_above(
                kind, str(getattr(test.says.args[0], "name", test.says.args[0]))
            )
            last.tests[-1] = Test(one_of(*map(Fn, values)), test.measures)
            return
        last.tests[-1] = Test(Fn(relation, test.says.args), test.measures)

    def _share(self, piece: Piece, demand: Demand) -> bool:
        """«ไม่เกินร้อยละ ๑๐ ของกรอบอัตรากำลัง»; where no share is asked, «ของ» joins and says nothing by itself."""
        whole = next((s for s in piece.senses if s.kind == "fact" and s.fact == "frame"), None)
        shares = [
            form for form in demand.bounds if isinstance(form.args[0], Fn) and form.args[0].name == "percent"
        ]
        if whole is not None and shares:
            demand.share_of = Fn("value", (Fn("at", (Fn("frame"), Fn("total"))),))
        return demand.share_of is not None and whole is not None

    @staticmethod
    def _lets_in(after: list[Piece], demand: Demand, state: _State) -> bool:
        """Whether what follows an "or" is how an entry that is denied has come to its end."""
        if not (demand.negative or state.denied) or (state.anchor or ("", ""))[0] == "event":
            return False
        named = next((piece for piece in after if piece.kind not in _SILENT), None)
        return named is not None and any(sense.kind == "event" for sense in named.senses)

    def _aged(self, after: list[Piece], demand: Demand, state: _State) -> None:
        """How old an entry may be at most, counted from its date."""
        fact = self._declared.facts.get(demand.fact or "")
        if fact is None or fact.shape.name != "events" or [p.kind for p in after] != ["at_most"]:
            raise Unclear("rule_piece_idle", after[0].span if after else self._whole, found="")
        (date,) = fact.shape.args[:1]
        assert isinstance(date, Fn)
        within = Fn("within", (Fn("last", (after[0].amount or 0,)),))
        self._valued(leaf(within, value(date.name)), f"{date.name}<", state)

    def _or_equal(self, piece: Piece, demand: Demand, state: _State) -> None:
        """Another that a committee deems equal: an entry says to what it is."""
        last = state.groups[-1] if state.groups else None
        facts = self._declared.facts
        if last is None or demand.fact is None or "equivalent_to" not in facts[demand.fact].attributes:
            raise Unclear("rule_piece_idle", piece.span, found="")
        last.tests += [Test(test.says, value("equivalent_to")) for test in last.tests]

    def _event(self, sense: Sense, demand: Demand, state: _State) -> None:
        if state.denied and not demand.said:
            # «ไม่เคยถูกเพิกถอนใบอนุญาต»: no licence was revoked, not one that was not
            demand.negative, state.denied = True, False
        if sense.values:  # a period within the entry: a suspension
            # «ไม่เคยถูกพักใช้»: at no time, not only today
            inside = Fn("count", (Fn(sense.of) if demand.ever else Fn("clip", (Fn(sense.of), Fn("day"))),))
            self._valued(Test(Fn("at_least", (Fn("count", (1,)),)), inside), sense.of, state)
        else:
            self._valued(leaf(Fn("within", (Fn("until", (Fn("day"),)),)), value(sense.of)), sense.of, state)
        state.during = False
        state.anchor = ("event", sense.of)

    def _bound(self, piece: Piece, demand: Demand, state: _State, after: list[Piece]) -> None:
        amount = piece.amount
        assert amount is not None
        relation = "at_least" if piece.kind == "measure" else piece.kind
        form = Fn(relation, (amount,))
        timed = amount.name in TIME
        several = demand.fact is not None and self._declared.facts[demand.fact].shape.name != "one"
        if amount.name == "number" and after and several:
            # «3 publications», «the two most recent appraisals»: a number of entries
            named = after[0].kind == "latest" or any(s.kind == "fact" for s in after[0].senses)
            if named and (after[0].kind == "latest" or self._fact_of(after[0], None) == demand.fact):
                amount = Fn("count", amount.args)
                form = Fn(relation, (amount,))
                if piece.kind == "measure" and after[0].kind != "latest":
                    demand.bounds.append(form)
                    return
        if timed and len(after) == 2 and after[0].kind == "from_day":
            # «ยังไม่ครบกำหนด ๒ ปี นับแต่วันขึ้นบัญชี»: the date that follows is the one counted from
            demand.from_date = form
            return
        kind, of = state.anchor or ("", "")
        if timed and kind == "event" and state.groups:
            last = state.groups[-1]
            age = leaf(form, Fn("age", (Fn(of),)))
            within = leaf(Fn("within", (Fn("last", (amount,)),)), value(of))
            last.tests[-1] = within if relation == "at_most" else age
            state.anchor = None
            return
        if kind == "from" and demand.from_date is not None:
            raise Unclear("rule_piece_idle", piece.span, found="")
        if piece.kind == "measure" and amount.name == "percent" and demand.composed:
            demand.weights.append(amount)
            return
        if piece.kind == "measure" and after and after[0].kind in ("and_up", "and_down"):
            state.upped = True
            demand.bounds.append(Fn("at_least" if after[0].kind == "and_up" else "at_most", (amount,)))
            return
        if piece.kind == "measure":
            demand.measures.append(amount)
            return
        demand.bounds.append(form)

    def _within_event(self, piece: Piece, demand: Demand, state: _State) -> bool:
        """Whether a time is that of something within the entry: «ซึ่งไม่เคยถูกพักใช้ภายใน ๕ ปี»."""
        fact = self._declared.facts.get(demand.fact or "")
        stretch = fact is not None and fact.shape.name not in ("events", "rounds")
        if (
            piece.kind not in ("last", "last_before")
            or (state.anchor or ("", ""))[0] != "event"
            or not stretch
        ):
            return False
        _, of = state.anchor or ("", "")
        last = state.groups[-1]
        end = (Fn("eve"),) if piece.kind == "last_before" else ()
        window = Fn("last", (piece.amount or 0, *end))
        if last.tests[-1].says.name == "within":
            last.tests[-1] = leaf(Fn("within", (window,)), value(of))
        else:
            inside = Fn("count", (Fn("clip", (Fn(of), window)),))
            last.tests[-1] = Test(Fn("at_least", (Fn("count", (1,)),)), inside)
        state.anchor = None
        return True

    def _windowed(self, demand: Demand, piece: Piece) -> None:
        match piece.kind:
            case "last_year":
                demand.window = Fn("fiscal_years", (1,))
            case "last" | "last_before" if piece.amount is not None and piece.amount.name == "fiscal_years":
                demand.window = piece.amount
                demand.flags.discard("backward")
            case "last":
                demand.window = Fn("last", (piece.amount,)) if piece.amount is not None else None
            case "last_before":
                demand.window = Fn("last", (piece.amount or 0, Fn("eve")))
            case "to_eve":
                demand.upto = "eve"
