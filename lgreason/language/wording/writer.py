"""From what a sentence says to the sentence: the grammar read backwards, the first form that fits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lark.grammar import Symbol, Terminal

from lgreason.language.grammar.grammars import Grammar, grammar
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.numbering import printed
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.rules.model import Language

_BEGIN, _NEXT, _END, _MARK = "\x02", "\x03", "\x04", "\x05"
_BRACKETS = {"_BEGIN": _BEGIN, "_NEXT": _NEXT, "_END": _END}
_OR_LEVEL = {"_OR_LEVEL": {"th": " หรือ", "en": "or"}}
_LISTED = frozenset(
    {
        "FIELD_NAME",
        "WORK_NAME",
        "SERIES_NAME",
        "AMOUNT_NAME",
        "STATUS_NAME",
        "KIND_NAME",
        "SIZE_NAME",
        "CLASS_NAME",
    }
)
Piece = str | WordNode
Pieces = tuple[Piece, ...]
Rules = dict[tuple[str, "str | None"], list[tuple[Symbol, ...]]]
"""The ways to write each symbol of the grammar, by the kind of node that they write."""
Ends = Mapping[int, Pieces]
"""How far a symbol may reach among the parts of a node, each with the pieces that write so much."""


class Writer:
    """Writes sentences in one language with one vocabulary."""

    def __init__(self, language: Language, lexicon: RuleLexicon) -> None:
        """Take the language and the words."""
        self.language: Language = language
        self._grammar = grammar(language)
        self._lexicon = lexicon
        self._name = lru_cache(maxsize=None)(lexicon.name)
        self._rules: Rules = {}
        for origin, rules in self._grammar.rules.items():
            for rule in rules:
                kind = None if origin.startswith("_") else str(rule.alias or origin)
                self._rules.setdefault((origin, kind), []).append(tuple(rule.expansion))

    def sentence(self, node: Node, own: bool = False) -> str:
        """The sentence that says it, its items on lines of their own.

        `own` keeps what the author wrote in this language: digits, numbers of items, items as they are cited.
        """
        return self._laid_out(self._pieces(node), own)

    def lead(self, node: Node) -> str:
        """The sentence up to its first item, on one line: for a gist where the items speak for themselves."""
        pieces = self._pieces(_without_items(node))
        if _BEGIN in pieces:
            pieces = pieces[: pieces.index(_BEGIN)]
        return self._laid_out(pieces)

    def _pieces(self, node: Node) -> Pieces:
        for rule in self._rules.get(("start", node.kind), ()):
            if (pieces := _Matching(self._rules, self._grammar, node.parts).whole(rule)) is not None:
                return pieces
        raise ValueError(f"no sentence of {self.language} says {node}")

    # ── laying out ────────────────────────────────────────────────────────────────────────────────────────────

    def _laid_out(self, pieces: Pieces, own: bool = False) -> str:
        text = ""
        numbers: list[int] = []
        before: Piece = ""
        for piece, after in zip(pieces, (*pieces[1:], ""), strict=True):
            if isinstance(piece, str) and piece.startswith(_MARK):
                continue
            if piece == _BEGIN:
                numbers.append(1)
            elif piece == _NEXT:
                numbers[-1] += 1
            elif piece == _END:
                numbers.pop()
                before = piece
                continue
            if piece in (_BEGIN, _NEXT):
                depth = len(numbers) - 1
                kept = own and isinstance(after, str) and after.startswith(_MARK)
                mark = str(after)[1:] if kept else printed(depth, numbers[-1], self.language)
                text = f"{text.rstrip()}\n{'  ' * (depth + 1)}{mark} "
            else:
                if own and isinstance(piece, WordNode) and piece.written is not None:
                    piece = WordNode(piece.kind, piece.value, written=piece.written)
                elif isinstance(piece, WordNode):
                    piece = WordNode(piece.kind, piece.value)
                text = self._joined(text, before, piece, bool(numbers))
            before = piece
        return text.strip()

    def _joined(self, text: str, before: Piece, piece: Piece, listed: bool) -> str:
        word = self._shown(piece) if isinstance(piece, WordNode) else piece
        if before == _END:
            # What follows a list belongs to the clause around it, and begins a line: indented, for a line of a rule
            # that is not would begin with a key.
            word = word.strip(" ,")
            return f"{text.rstrip()}\n  {word}" if not listed else f"{text.rstrip()} {word}"
        if not text or text.endswith((" ", "\n")):
            return text + word.lstrip(" ,")
        if isinstance(piece, WordNode) and isinstance(before, WordNode) and piece.kind == before.kind:
            if self.language == "en" and piece.kind in _LISTED:
                return f"{text}, {word}"
            return f"{text} {word}"
        if self.language == "en":
            one = isinstance(before, WordNode) and before.kind == "NUMERAL" and before.value == "1"
            if one and not isinstance(piece, WordNode):
                word = word.removesuffix("s")
            return f"{text}{word}" if word.startswith(("%", ",")) else f"{text} {word}"
        if (
            isinstance(piece, WordNode)
            and piece.kind == "OR_DEGREE_NAME"
            and not isinstance(before, WordNode)
        ):
            return f"{text} {word}"
        apart = any(isinstance(p, WordNode) and _stands_apart(p) for p in (before, piece)) or (
            word[0].isascii() != text[-1].isascii()
        )
        return f"{text} {word}" if apart and not word.startswith(" ") else text + word

    def _shown(self, word: WordNode) -> str:
        if word.written is not None:
            return word.written
        if word.kind == "TAG":
            return f"[{word.value}]"
        if word.kind in ("CLAUSE_ID", "NUMERAL"):
            return word.value
        return self._name(word.kind, word.value, self.language)


class _Matching:
    """The parts of one node against the ways to write them.

    Of several ways to write the same parts only the first is followed further, and a list is gone through part by
    part: so the time grows no faster than the square of a node's size, however long its lists are.
    """

    def __init__(self, rules: Rules, grammar: Grammar, parts: tuple[Node | WordNode, ...]) -> None:
        self._rules = rules
        self._grammar = grammar
        self._parts = parts
        self._known: dict[tuple[str, int], Ends] = {}

    def whole(self, expansion: tuple[Symbol, ...]) -> Pieces | None:
        """The pieces that write all parts in this way, if it can."""
        return self._sequence(expansion, 0).get(len(self._parts))

    def _sequence(self, expansion: tuple[Symbol, ...], at: int) -> Ends:
        reached: dict[int, Pieces] = {at: ()}
        for symbol in expansion:
            further: dict[int, Pieces] = {}
            for position, pieces in reached.items():
                for end, more in self._ends(symbol, position).items():
                    if end not in further:
                        further[end] = (*pieces, *more)
            reached = further
            if not reached:
                break
        return reached

    def _ends(self, symbol: Symbol, at: int) -> Ends:
        name = symbol.name
        if isinstance(symbol, Terminal):
            return self._word(name, at)
        found = self._known.get((name, at))
        if found is None:
            found = self._known[name, at] = (
                self._list(name, at) if name.startswith("_") else self._node(name, at)
            )
        return found

    def _word(self, name: str, at: int) -> Ends:
        if name in _BRACKETS:
            return {at: (_BRACKETS[name],)}
        if name in _OR_LEVEL:
            return {at: (_OR_LEVEL[name][self._grammar.language],)}
        if name in self._grammar.shown:
            return {at: (self._grammar.shown[name],)}
        part = self._parts[at] if at < len(self._parts) else None
        return {at + 1: (part,)} if isinstance(part, WordNode) and part.kind == name else {}

    def _node(self, name: str, at: int) -> Ends:
        part = self._parts[at] if at < len(self._parts) else None
        if isinstance(part, Node):
            inside: _Matching | None = None
            if part.kind == "stated" and part.mark:
                return {at + 1: (part.mark,)}
            for expansion in self._rules.get((name, part.kind), ()):
                inside = inside or _Matching(self._rules, self._grammar, part.parts)
                if (pieces := inside.whole(expansion)) is not None:
                    return {at + 1: (f"{_MARK}{part.mark}", *pieces) if part.mark else pieces}
        return {}

    def _list(self, name: str, at: int) -> Ends:
        """What adds no node of its own; where it ends in itself, one round after another."""
        begun: dict[int, tuple[tuple[int, ...], Pieces]] = {at: ((), ())}
        ended: dict[int, tuple[tuple[int, ...], Pieces]] = {}
        for position in range(at, len(self._parts) + 1):
            if position not in begun:
                continue
            order, before = begun[position]
            for number, expansion in enumerate(self._rules[name, None]):
                again = bool(expansion) and expansion[-1].name == name
                into = begun if again else ended
                for end, pieces in self._sequence(expansion[:-1] if again else expansion, position).items():
                    if end not in into or (*order, number) < into[end][0]:
                        into[end] = ((*order, number), (*before, *pieces))
        return {end: pieces for end, (_, pieces) in sorted(ended.items(), key=lambda item: item[1][0])}


def _without_items(node: Node) -> Node:
    """The node with one item of no matter what in each list."""
    if node.kind == "stated":
        return node
    parts = [
        _without_items(part) if isinstance(part, Node) else part
        for part in node.parts
        if not isinstance(part, Node) or part.kind != "item"
    ]
    return Node(node.kind, tuple(parts if len(parts) == len(node.parts) else [*parts, _ANY_ITEM]))


_ANY_ITEM = Node("item", (Node("free"),))


def _stands_apart(word: WordNode) -> bool:
    return word.kind in ("CLAUSE_ID", "NUMERAL", "TAG", "LEVEL_NAME", "QUANTITY_NAME", "AMOUNT_NAME")
