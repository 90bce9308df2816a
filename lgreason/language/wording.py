"""From what a sentence says to the sentence: the grammar read backwards, the first form that fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lark.grammar import Rule, Symbol, Terminal

from lgreason.language.grammar import grammar
from lgreason.language.lexicon import RuleLexicon
from lgreason.language.nodes import Node, Word
from lgreason.language.sentence import marker
from lgreason.rules.model import Language

_BEGIN, _NEXT, _END = "\x02", "\x03", "\x04"
_BRACKETS = {"_BEGIN": _BEGIN, "_NEXT": _NEXT, "_END": _END}
_LISTED = frozenset({"FIELD_NAME", "WORK_NAME", "SERIES_NAME", "AMOUNT_NAME", "STATUS_NAME", "KIND_NAME"})
Piece = str | Word
Pieces = tuple[Piece, ...]


class Writer:
    """Writes sentences in one language with one vocabulary."""

    def __init__(self, language: Language, lexicon: RuleLexicon) -> None:
        """Take the language and the words."""
        self.language: Language = language
        self._grammar = grammar(language)
        self._lexicon = lexicon
        self._name = lru_cache(maxsize=None)(lexicon.name)

    def sentence(self, node: Node) -> str:
        """The sentence that says it, its items on lines of their own."""
        return self._laid_out(self._pieces(node))

    def lead(self, node: Node) -> str:
        """The sentence up to its first item, on one line: for a gist where the items speak for themselves."""
        pieces = self._pieces(node)
        if _BEGIN in pieces:
            pieces = pieces[: pieces.index(_BEGIN)]
        return self._laid_out(pieces)

    def _pieces(self, node: Node) -> Pieces:
        for rule in self._grammar.rules["start"]:
            if str(rule.alias or rule.origin.name) == node.kind:
                for pieces, end in self._sequence(rule, 0, node.parts, 0):
                    if end == len(node.parts):
                        return pieces
        raise ValueError(f"no sentence of {self.language} says {node}")

    def _sequence(
        self, rule: Rule, index: int, parts: tuple[Node | Word, ...], at: int
    ) -> Iterator[tuple[Pieces, int]]:
        if index == len(rule.expansion):
            yield (), at
            return
        for pieces, after in self._symbol(rule.expansion[index], parts, at):
            for rest, end in self._sequence(rule, index + 1, parts, after):
                yield (*pieces, *rest), end

    def _symbol(
        self, symbol: Symbol, parts: tuple[Node | Word, ...], at: int
    ) -> Iterator[tuple[Pieces, int]]:
        if isinstance(symbol, Terminal):
            if symbol.name in _BRACKETS:
                yield (_BRACKETS[symbol.name],), at
            elif symbol.name in self._grammar.shown:
                yield (self._grammar.shown[symbol.name],), at
            elif at < len(parts):
                part = parts[at]
                if isinstance(part, Word) and part.kind == symbol.name:
                    yield (part,), at + 1
        elif symbol.name.startswith("_"):
            for rule in self._grammar.rules[symbol.name]:
                yield from self._sequence(rule, 0, parts, at)
        elif at < len(parts):
            part = parts[at]
            if isinstance(part, Node):
                for pieces in self._node(symbol.name, part):
                    yield pieces, at + 1

    def _node(self, name: str, node: Node) -> Iterator[Pieces]:
        for rule in self._grammar.rules[name]:
            if str(rule.alias or name) == node.kind:
                for pieces, end in self._sequence(rule, 0, node.parts, 0):
                    if end == len(node.parts):
                        yield pieces
                        break
                else:
                    continue
                break

    # ── laying out ────────────────────────────────────────────────────────────────────────────────────────────

    def _laid_out(self, pieces: Pieces) -> str:
        text = ""
        numbers: list[int] = []
        before: Piece = ""
        for piece in pieces:
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
                text = f"{text.rstrip()}\n{'  ' * (depth + 1)}{marker(depth, numbers[-1], self.language)} "
            else:
                text = self._joined(text, before, piece, bool(numbers))
            before = piece
        return text.strip()

    def _joined(self, text: str, before: Piece, piece: Piece, listed: bool) -> str:
        word = self._shown(piece) if isinstance(piece, Word) else piece
        if before == _END:
            # What follows a list belongs to the clause around it, and begins a line.
            word = word.strip(" ,")
            return f"{text.rstrip()}\n{word}" if not listed else f"{text.rstrip()} {word}"
        if not text or text.endswith((" ", "\n")):
            return text + word.lstrip(" ,")
        if isinstance(piece, Word) and isinstance(before, Word) and piece.kind == before.kind:
            if self.language == "en" and piece.kind in _LISTED:
                return f"{text}, {word}"
            return f"{text} {word}"
        if self.language == "en":
            if isinstance(before, Word) and before.kind == "NUMERAL" and before.value == "1":
                word = word.removesuffix("s")
            return f"{text}{word}" if word.startswith(("%", ",")) else f"{text} {word}"
        if isinstance(piece, Word) and piece.kind == "OR_DEGREE_NAME" and not isinstance(before, Word):
            return f"{text} {word}"
        apart = any(isinstance(p, Word) and _stands_apart(p) for p in (before, piece)) or (
            word[0].isascii() != text[-1].isascii()
        )
        return f"{text} {word}" if apart and not word.startswith(" ") else text + word

    def _shown(self, word: Word) -> str:
        if word.kind == "TAG":
            return f"[{word.value}]"
        if word.kind in ("CLAUSE_ID", "NUMERAL"):
            return word.value
        return self._name(word.kind, word.value, self.language)


def _stands_apart(word: Word) -> bool:
    return word.kind in ("CLAUSE_ID", "NUMERAL", "TAG", "LEVEL_NAME", "QUANTITY_NAME", "AMOUNT_NAME")
