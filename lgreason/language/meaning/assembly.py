"""What a row of pieces demands: facts, their values, comparisons and windows put together as docs/facts.md has them.

A demand speaks of one fact. What stands with the fact tells which entries count (values, dates, states), what is
measured of them (how many, how long, a sum, a mean), and in which days. A piece that goes with nothing is a fault
with its place: no word of a sentence is idle.
"""

from __future__ import annotations

from dataclasses import replace

from lgreason.language.grammar.nodes import Node, Span
from lgreason.language.lexicon.algebra import FactDemand, Test, every
from lgreason.language.lexicon.declared import Sense
from lgreason.language.meaning.conditions import State
from lgreason.language.meaning.measured import made, together
from lgreason.language.meaning.pieces import SILENT, Piece, Unclear, as_entries
from lgreason.language.meaning.riders import Riders
from lgreason.language.meaning.weighing import idle_piece
from lgreason.rules.terms import Fn


class Assembly(Riders):
    """Puts the pieces of one sentence together."""

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
        alternatives: list[list[tuple[FactDemand, list[Piece]]]] = [[]]
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
            if not case and [p.kind for p in segment if p.kind not in SILENT] == ["of_degree"]:
                # A degree alone leaves open in which field: in a sentence of its own that must be said.
                raise Unclear(
                    "rule_incomplete", segment[-1].span, expected=self._declared.scopes, understood=""
                )
            spoken = demand.said or before is not lead or lead.fact is not None or demand.retiring is not None
            named = any(self._amounted(s) for p in segment for s in p.senses)
            if not (spoken or named) and not any(piece.kind in ("having", "lacking") for piece in segment):
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

    def _bound_tighter(
        self,
        alternatives: list[list[tuple[FactDemand, list[Piece]]]],
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

    def _amounted(self, sense: Sense) -> bool:
        """Whether a word is for what is counted of a fact, which it tells by that: "the score", «สมรรถนะหลัก»."""
        if sense.kind == "attr":
            return self._declared.counts_in(sense.fact, sense.of)
        return sense.kind in ("part", "group", "event") or sense.of == "competency"

    @staticmethod
    def _among(demand: FactDemand, before: FactDemand, segment: list[Piece]) -> None:
        """What is asked of some of the entries just counted is asked of entries that count; raises `Unclear`."""
        spoken = before.said and demand.fact == before.fact and before.saved_from is None
        # "of which the share is at least 50 per cent": of how many of them, nothing tells.
        amounts = [form.args[0] for form in demand.bounds if form.args]
        numbered = any(isinstance(of, Fn) and of.name not in ("percent", "baht") for of in amounts)
        if not spoken or not numbered or before.negative or demand.negative or before.riders or before.latest:
            raise Unclear("rule_piece_idle", (segment[0].span[0], segment[-1].span[1]), found="")
        demand.groups = [*before.groups, *demand.groups]
        demand.counts = demand.counts or before.counts
        if any(isinstance(form.args[0], Fn) and form.args[0].name == "count" for form in before.bounds):
            demand.bounds = [as_entries(form) for form in demand.bounds]
        demand.window = demand.window or before.window
        demand.said, demand.leaf = True, None

    def _deeming(self, pieces: list[Piece], case: int, deemed: int, whole: Span) -> Test:
        """Whoever is so and so is deemed to be in the state that the sentence demands."""
        main = self._tests(pieces[:case], whole)
        fact = next((f for piece in pieces[:case] if (f := self._fact_of(piece, None))), None)
        live = any(s.kind == "live" and s.fact == fact for piece in pieces[deemed:] for s in piece.senses)
        demand, state = FactDemand(fact=fact, said=True), State()
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
