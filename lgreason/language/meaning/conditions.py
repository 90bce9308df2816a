"""What a piece says of the entries of a fact: values, events, bounds, windows."""

from __future__ import annotations

from dataclasses import dataclass, field

from lgreason.language.lexicon.algebra import ConditionGroup, FactDemand, Test, leaf, one_of, value
from lgreason.language.lexicon.declared import Sense
from lgreason.language.meaning.pieces import NAMING, OF_VALUES, SILENT, TIME, Piece, Unclear
from lgreason.language.meaning.segments import Segments
from lgreason.rules.terms import Fn


@dataclass(slots=True)
class State:
    """Where the reader of one demand stands."""

    denied: bool = False
    during: bool = False
    either: bool = False  # a conjunction has said that the next value is an alternative
    of: bool = False
    inferred: bool = False  # the values named have told of which fact is spoken
    implied: set[str] = field(default_factory=set)  # attributes of which the words for the fact say the value
    told: set[str] = field(default_factory=set)  # kinds of the values that are named
    since: Fn | None = None  # how long ago what follows is to have been
    upped: bool = False  # a number was read together with «ขึ้นไป» after it
    barrier: int = 0  # conditions before this one are not added to
    anchor: tuple[str, str] | None = None  # what a bound that follows is of: a kind and an attribute
    groups: list[ConditionGroup] = field(default_factory=list)


class DemandBuilder(Segments):
    """Adds one piece after another to a demand."""

    def _term(self, piece: Piece, demand: FactDemand, state: State) -> None:
        senses = [s for s in piece.senses if s.fact in (demand.fact, None)]
        # Of a fact and one of a kind the latter is meant, "government service" as an official, unless it is told.
        naming = [s for s in senses if s.kind in NAMING]
        told = {self._declared.attribute_of(demand.fact, of) for of in state.told}
        plain = [s for s in naming if not told & {of for of, _ in s.tests}]
        of_fact = max(plain or naming, key=lambda s: len(s.tests), default=None)
        if of_fact is not None and not (demand.said and any(s.kind not in NAMING for s in senses)):
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

    def _fact(self, sense: Sense, demand: FactDemand, state: State) -> None:
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

    def _valued(self, test: Test, of: str, state: State) -> None:
        last = state.groups[-1] if len(state.groups) > state.barrier else None
        alternative = last is not None and (state.either or (last.of == of and of != "" and not state.denied))
        if alternative and last is not None and (last.denied or not state.denied):
            last.tests.append(test)
            last.of = of if last.of == of else None
        else:
            state.groups.append(ConditionGroup([test], of, state.denied))
        state.denied = state.either = False
        state.anchor = ("value", of)

    def _compared(self, piece: Piece, demand: FactDemand, state: State) -> None:
        for sense in piece.senses:
            of = self._declared.attribute_of(demand.fact, sense.of) if sense.kind == "value" else None
            if of is not None:
                form = Fn(OF_VALUES[piece.kind], sense.values)
                self._valued(leaf(form, value(of)), f"{of}<", state)
                return
        raise Unclear("rule_piece_not_of_fact", piece.span, found="", fact=demand.fact or "")

    def _up(self, piece: Piece, state: State, relation: str, fact: str | None) -> None:
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

    def _share(self, piece: Piece, demand: FactDemand) -> bool:
        """«ไม่เกินร้อยละ ๑๐ ของกรอบอัตรากำลัง»; where no share is asked, «ของ» joins and says nothing by itself."""
        whole = next((s for s in piece.senses if s.kind == "fact" and s.fact == "frame"), None)
        shares = [
            form for form in demand.bounds if isinstance(form.args[0], Fn) and form.args[0].name == "percent"
        ]
        if whole is not None and shares:
            demand.share_of = Fn("value", (Fn("at", (Fn("frame"), Fn("total"))),))
        return demand.share_of is not None and whole is not None

    @staticmethod
    def _lets_in(after: list[Piece], demand: FactDemand, state: State) -> bool:
        """Whether what follows an "or" is how an entry that is denied has come to its end."""
        if not (demand.negative or state.denied) or (state.anchor or ("", ""))[0] == "event":
            return False
        named = next((piece for piece in after if piece.kind not in SILENT), None)
        return named is not None and any(sense.kind == "event" for sense in named.senses)

    def _aged(self, after: list[Piece], demand: FactDemand, state: State) -> None:
        """How old an entry may be at most, counted from its date."""
        fact = self._declared.facts.get(demand.fact or "")
        if fact is None or fact.shape.name != "events" or [p.kind for p in after] != ["at_most"]:
            raise Unclear("rule_piece_idle", after[0].span if after else self._whole, found="")
        (date,) = fact.shape.args[:1]
        assert isinstance(date, Fn)
        within = Fn("within", (Fn("last", (after[0].amount or 0,)),))
        self._valued(leaf(within, value(date.name)), f"{date.name}<", state)

    def _or_equal(self, piece: Piece, demand: FactDemand, state: State) -> None:
        """Another that a committee deems equal: an entry says to what it is."""
        last = state.groups[-1] if state.groups else None
        facts = self._declared.facts
        if last is None or demand.fact is None or "equivalent_to" not in facts[demand.fact].attributes:
            raise Unclear("rule_piece_idle", piece.span, found="")
        last.tests += [Test(test.says, value("equivalent_to")) for test in last.tests]

    def _event(self, sense: Sense, demand: FactDemand, state: State) -> None:
        if state.denied and not demand.said:
            # «ไม่เคยถูกเพิกถอนใบอนุญาต»: no licence was revoked, not one that was not
            demand.negative, state.denied = True, False
        if state.since is not None and not sense.values:
            self._valued(leaf(state.since, Fn("age", (Fn(sense.of),))), sense.of, state)
            state.since = None
        elif sense.values:  # a period within the entry: a suspension
            # «ไม่เคยถูกพักใช้»: at no time, not only today
            inside = Fn("count", (Fn(sense.of) if demand.ever else Fn("clip", (Fn(sense.of), Fn("day"))),))
            self._valued(Test(Fn("at_least", (Fn("count", (1,)),)), inside), sense.of, state)
        else:
            self._valued(leaf(Fn("within", (Fn("until", (Fn("day"),)),)), value(sense.of)), sense.of, state)
        state.during = False
        state.anchor = ("event", sense.of)

    def _bound(self, piece: Piece, demand: FactDemand, state: State, after: list[Piece]) -> None:
        amount = piece.amount
        assert amount is not None
        relation = "at_least" if piece.kind == "measure" else piece.kind
        form = Fn(relation, (amount,))
        timed = amount.name in TIME
        several = demand.fact is not None and self._declared.facts[demand.fact].shape.name != "one"
        if piece.kind == "measure" and amount.name == "number" and "latest" in demand.flags and several:
            demand.latest = int(str(amount.args[0]))  # "the last three appraisals"
            demand.flags.discard("latest")
            return
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
            state.since = form
            return
        kind, of = state.anchor or ("", "")
        if timed and kind == "event" and state.groups:
            last = state.groups[-1]
            age = leaf(form, Fn("age", (Fn(of),)))
            within = leaf(Fn("within", (Fn("last", (amount,)),)), value(of))
            last.tests[-1] = within if relation == "at_most" else age
            state.anchor = None
            return
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

    def _within_event(self, piece: Piece, demand: FactDemand, state: State) -> bool:
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

    def _windowed(self, demand: FactDemand, piece: Piece) -> None:
        match piece.kind:
            case "last_year":
                demand.window = Fn("fiscal_years", (1,))
            case "last" | "last_before" if piece.amount is not None and piece.amount.name == "fiscal_years":
                demand.window = piece.amount
                demand.flags.discard("backward")
            case "last" if piece.amount is not None and piece.amount.name in ("count", "number"):
                # «ใน ๔ ครั้งหลังสุด», "in the last 4 appraisals": a number of entries
                if demand.latest is not None:
                    raise Unclear("rule_piece_idle", piece.span, found="")
                demand.latest = int(str(piece.amount.args[0]))
            case "last" if piece.amount is not None and piece.amount.name not in TIME:
                demand.measures.append(piece.amount)  # «๓ ด้าน ใน ๔ ด้าน»
            case "last_before" if piece.amount is not None and piece.amount.name not in TIME:
                raise Unclear("rule_piece_idle", piece.span, found="")
            case "last":
                demand.window = Fn("last", (piece.amount,)) if piece.amount is not None else None
            case "last_before":
                demand.window = Fn("last", (piece.amount or 0, Fn("eve")))
            case "to_eve":
                demand.upto = "eve"
