"""What is added to a demand, left out of it, or asked of some in its stead."""

from __future__ import annotations

from abc import ABC, abstractmethod

from lgreason.language.grammar.nodes import Span
from lgreason.language.lexicon.algebra import FactDemand, Test
from lgreason.language.meaning.measured import made
from lgreason.language.meaning.pieces import LOWERING, RIDERS, WINDOWS, Piece, Unclear
from lgreason.language.meaning.shortened import changed, shorter
from lgreason.language.meaning.single import Single
from lgreason.rules.terms import Fn


class Riders(Single, ABC):
    """Reads a demand with its riders."""

    def _lead(self, pieces: list[Piece]) -> FactDemand:
        """Windows that stand before everything: they hold for every demand of the sentence."""
        lead = FactDemand()
        while pieces and pieces[0].kind in WINDOWS:
            self._windowed(lead, pieces.pop(0))
        if len(pieces) > 2 and [p.kind for p in pieces[1:3]] == ["measure", "latest"]:
            # «ในรอบการประเมิน ๕ ครั้งหลังสุด»
            lead.fact, amount = self._fact_of(pieces[0], None), pieces[1].amount
            if lead.fact is not None and amount is not None and amount.name == "count":
                lead.latest = int(str(amount.args[0]))
                del pieces[:3]
        return lead

    def _demand(self, segment: list[Piece], before: FactDemand, lead: FactDemand) -> FactDemand:
        """One demand with what is added to it, left out of it, or asked of some in its stead."""
        segment, others = self._for_whom(segment)
        cuts = [at for at, piece in enumerate(segment) if piece.kind in RIDERS]
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
        if other or (head and head[-1].kind in LOWERING):
            lowering = head.pop()
        else:
            end = next((n for n, piece in enumerate(case) if piece.kind in LOWERING), None)
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
        before = head.pop() if head and head[-1].kind in LOWERING else None
        while head and head[-1].kind in ("and", "or"):
            head.pop()
        starts = [n for n, piece in enumerate(rest) if piece.kind == "whom"]
        for start, end in zip(starts, (*starts[1:], len(rest)), strict=True):
            case = list(rest[start + 1 : end])
            while case and case[-1].kind in ("and", "or"):
                case.pop()
            lowerings = [n for n, piece in enumerate(case) if piece.kind in LOWERING]
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

    def _lowered(self, lowering: Piece, demand: FactDemand) -> Fn:
        """The shorter term of those for whom it is lowered."""
        amount, bounds = lowering.amount, [f for f in demand.bounds if f.name == "at_least"]
        if amount is None or len(bounds) != 1:
            raise Unclear("rule_piece_idle", lowering.span, found="")
        form = shorter(bounds[0], amount, lowering.kind == "lowered_by")
        if form is None:
            raise Unclear("rule_not_reduced", lowering.span)
        return form

    def _ride(self, rider: Piece, rest: list[Piece], demand: FactDemand) -> None:
        caps = [piece.amount for piece in rest if piece.kind in ("capped", "at_most") and piece.amount]
        if rider.kind == "acting_added":
            if len(caps) != len(rest):
                raise Unclear("rule_piece_idle", (rider.span[0], rest[0].span[1]), found="")
            demand.acting = Fn("whole") if not caps else caps[0]
            return
        if rider.kind in ("reduced_by", "raised_by"):
            other = self._plain(rest, FactDemand(), FactDemand())
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
        other = self._plain(plain, FactDemand(), FactDemand())
        weight = weights[0].kind if weights else "whole"
        if rider.kind == "leaving_out":
            if weights or caps:
                raise Unclear("rule_piece_idle", rider.span, found="")
            weight = "without"
        demand.riders.append((weight, other, caps[0] if caps else None))

    @abstractmethod
    def _tests(self, pieces: list[Piece], whole: Span, case: bool = False) -> Test:
        """What pieces say of an entry."""
