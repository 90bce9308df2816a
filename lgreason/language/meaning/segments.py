"""Where one demand of a sentence ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.language.meaning.pieces import (
    LEAVES,
    LOWERING,
    NAMING,
    OF_VALUES,
    RELATIONS,
    RIDERS,
    Facts,
    Piece,
)


class Segments(Facts):
    """Cuts a row of pieces into demands."""

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
            if piece.kind in LEAVES and self._another(piece, current):
                # «ได้รับปริญญาตรี … โดยมีระยะเวลาดำรงตำแหน่ง …»: something else, asked beside it
                yield connector, current
                current, connector = [], "with"
            if piece.kind == "of_which" and current:
                yield connector, current
                current, connector = [], "of_which"
                continue
            whom = [p.kind for p in current]
            open_case = "whom" in whom and not LOWERING & set(whom)
            if (
                piece.kind in ("and", "or")
                and current
                and not open_case
                and any(p.kind in ("term", "age", *LEAVES, *OF_VALUES, *RELATIONS) for p in current)
                and self._begins(pieces[at + 1 :], spoken, current)
            ):
                yield connector, current
                current, connector = [], piece.kind
                continue
            if piece.kind == "term":
                spoken = self._fact_of(piece, spoken) or spoken
            current.append(piece)
            spoken = "born" if piece.kind == "age" else LEAVES.get(piece.kind, spoken)
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
            if piece.kind in LEAVES or piece.kind in ("lacking", "no_time"):
                return True
            if piece.kind == "age":
                return spoken != "born"
            if piece.kind in ("having", "not", "ever", "during", *OF_VALUES):
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
                return verb or any(before.kind in (*RELATIONS, "and_up") for before in current)
            if spoken is not None and any(s.kind not in NAMING for s in own):
                return False
            if piece is after[0] and self._of_the_same(piece, after[1:], spoken, current):
                return False
            if any(s.fact == spoken and s.kind in NAMING for s in piece.senses):
                return verb or any(before.kind in RELATIONS for before in current)
            return any(s.kind in NAMING for s in piece.senses)
        return False

    def _of_the_same(self, piece: Piece, rest: list[Piece], spoken: str | None, current: list[Piece]) -> bool:
        """Whether a state of the entries just counted follows: «ผลงาน ๓ เรื่อง … และผ่านการประเมิน»."""
        until = next((n for n, p in enumerate(rest) if p.kind in ("and", "or")), len(rest))
        said = {of for p in current for s in p.senses if s.fact == spoken for of, _ in s.tests}
        states = [s for s in piece.senses if s.kind == "is" and s.fact == spoken]
        bounded = any(p.kind in (*RELATIONS, "measure") for p in rest[:until])
        return bool(states) and not bounded and not any(of in said for s in states for of, _ in s.tests)

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

    @staticmethod
    def _names(segment: list[Piece], fact: str | None) -> bool:
        """Whether a demand names its fact, so that it stands by itself."""
        return any(
            piece.kind in LEAVES or any(s.kind in NAMING and s.fact == fact for s in piece.senses)
            for piece in segment
        )

    @staticmethod
    def _another(piece: Piece, current: list[Piece]) -> bool:
        """Whether posts, work or degrees are spoken of where others of these were before."""
        kinds = {p.kind for p in current}
        of = next((LEAVES[p.kind] for p in current if p.kind in LEAVES), None)
        return of not in (None, LEAVES[piece.kind]) and not kinds & {*RIDERS, *LOWERING, "whom", "exempt"}
