"""One demand, read piece by piece."""

from __future__ import annotations

from dataclasses import replace

from lgreason.language.grammar.nodes import Node
from lgreason.language.lexicon.algebra import ConditionGroup, FactDemand, Test, leaf, one_of, value
from lgreason.language.meaning.conditions import DemandBuilder, State
from lgreason.language.meaning.pieces import (
    DENIED,
    FLAGS,
    LEAVES,
    NAMING,
    OF_VALUES,
    RELATIONS,
    SILENT,
    WINDOWS,
    Piece,
    Unclear,
    first,
)
from lgreason.rules.terms import Fn


class Single(DemandBuilder):
    """Reads the pieces of one demand."""

    def _plain(self, segment: list[Piece], before: FactDemand, lead: FactDemand) -> FactDemand:
        demand = FactDemand(window=lead.window, upto=lead.upto, latest=lead.latest)
        terms = [piece for piece in segment if piece.kind == "term"]
        naming = [p for p in terms if any(s.kind in NAMING for s in p.senses)]
        spoken = next((LEAVES[p.kind] for p in segment if p.kind in LEAVES), None)
        spoken = spoken or ("born" if any(p.kind == "retiring_at" for p in segment) else None)
        spoken = spoken or ("born" if any(p.kind == "age" for p in segment) else None)
        spoken = spoken or next((f for p in (*naming, *terms) if (f := self._fact_of(p, None))), None)
        if (owner := self._owner(terms, spoken or before.fact)) is not None:
            spoken, demand.said = owner, True
        demand.fact = spoken or before.fact or lead.fact
        state = State(inferred=owner is not None)
        state.told = {s.of for piece in terms for s in piece.senses if s.kind == "value"}
        self._read(segment, demand, state)
        demand.groups = state.groups
        self._whole_read(segment, demand)
        if demand.fact is None:
            where = (segment[0].span[0], segment[-1].span[1]) if segment else self._whole
            raise Unclear("rule_no_fact", where)
        return demand

    @staticmethod
    def _numbered(piece: Piece) -> bool:
        return piece.kind == "last" and piece.amount is not None and piece.amount.name in ("count", "number")

    def _whole_read(self, segment: list[Piece], demand: FactDemand) -> None:
        """Refuse what one demand cannot say: two denials, two times or numbers of latest entries.

        «ไม่เคยถูกลงโทษ ภายใน ๓ ปี และไม่เคยถูกไล่ออก» is two demands; as one, the second would be an exception from
        the first. Raises `Unclear`.
        """
        joined = {at for at, piece in enumerate(segment) if piece.kind == "and"}
        times = {"last", "last_before", "last_year", "of_last", "latest", "each_of_last"}
        for kinds in ({"not"}, times):
            found = [at for at, piece in enumerate(segment) if piece.kind in kinds]
            if len(found) == 2 and self._numbered(segment[found[0]]) and segment[found[1]].kind == "latest":
                continue  # «ใน ๔ ครั้งหลังสุด»
            if len(found) < 2 or (
                kinds == {"not"} and not (demand.negative and joined & {*range(*found[:2])})
            ):
                continue
            raise Unclear("rule_piece_idle", segment[found[1]].span, found="")

    def _read(self, segment: list[Piece], demand: FactDemand, state: State) -> None:
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
                since = at + 2 < len(segment) and segment[at + 2].kind == "from_day"
                if demand.fact != "born" and not since:
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
            elif kind in OF_VALUES:
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
                self._bound(piece, demand, state, [p for p in segment[at + 1 :] if p.kind not in SILENT][:2])
            elif kind in WINDOWS:
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
                state.groups.append(ConditionGroup(tests, None))
            elif kind in LEAVES:
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
            elif kind in FLAGS:
                demand.flags.add(kind)
            elif kind not in SILENT:
                raise Unclear("rule_piece_idle", piece.span, found="")
        if state.since is not None:
            raise Unclear("rule_piece_idle", segment[-1].span, found="")
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
