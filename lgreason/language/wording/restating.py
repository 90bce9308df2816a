"""From a clause on declared facts back to the row of pieces that says it, for the shapes that have one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lgreason.language.grammar.grammars import grammar
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.declared import Declared, Sense
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES, Clause
from lgreason.rules.terms import Fn, Value

_OF_VALUES = {
    "at_least": "not_below_value",
    "more_than": "above_value",
    "less_than": "below_value",
    "at_most": "not_above_value",
}
_RELATIONS = frozenset({"at_least", "at_most", "more_than", "less_than"})


class Unsayable(ValueError):
    """No row of pieces says what the clause measures."""


@lru_cache(maxsize=4)
def _declared(kb: KnowledgeBase) -> Declared:
    return Declared(kb)


def stated(clause: Clause, kb: KnowledgeBase) -> Node:
    """The row of pieces that says what a clause measures; raises `Unsayable`."""
    return Node("stated", tuple(_Restating(clause, kb).pieces()))


class _Restating:
    def __init__(self, clause: Clause, kb: KnowledgeBase) -> None:
        self._clause = clause
        self._kb = kb
        self._declared = _declared(kb)

    def _no(self) -> Unsayable:
        return Unsayable(self._clause.id)

    def pieces(self) -> Iterator[Node | WordNode]:
        clause, of = self._clause, self._clause.expression
        says = clause.says
        if of is None or says is None or clause.exceptions or says.name not in (*_RELATIONS, "one_of"):
            raise self._no()
        if of.name == "age" and len(of.args) == 1:
            yield self._term("fact", _name(of.args[0]))
            yield self._bound(says)
            return
        if of.name not in ("count", "length", "running", "since"):
            raise self._no()
        (source, *end) = of.args
        if end and end != [Fn("eve")]:
            raise self._no()
        window: Value | None = None
        entry: str | None = None
        if isinstance(source, Fn) and source.name == "which":
            entry = str(source.args[1])
            source = source.args[0]
        if isinstance(source, Fn) and source.name == "clip":
            window = source.args[1]
            source = source.args[0]
        if not isinstance(source, Fn) or source.args or source.name not in self._declared.facts:
            raise self._no()
        negative = of.name == "count" and says == Fn("at_most", (Fn("count", (0,)),))
        exists = of.name == "count" and says == Fn("at_least", (Fn("count", (1,)),))
        stretches = self._declared.facts[source.name].shape.name in ("periods", "steps")
        conditions = list(self._conditions(source.name, entry))
        live = any(isinstance(piece, WordNode) and piece.value.startswith("live:") for piece in conditions)
        if negative and window == Fn("day"):
            yield Node("not")
            yield Node("during")
            window = None
        elif negative:
            yield Node("not")
            yield Node("ever")
        elif exists and stretches and not live and window is None:
            yield Node("ever")
        yield Node("having")
        yield self._term("fact", source.name)
        yield from conditions
        if of.name == "running":
            yield Node("running")
        if of.name == "since" and self._declared.counted(source.name) != "since":
            raise self._no()
        if of.name == "length" and window is None and self._declared.counted(source.name) != "length":
            raise self._no()
        if not negative and not exists:
            yield self._bound(says)
        yield from self._windowed(window, end)

    def _windowed(self, window: Value | None, end: list[Value]) -> Iterator[Node]:
        if end:
            yield Node("to_eve")
        if window is None:
            return
        if not isinstance(window, Fn) or window.name != "last" or len(window.args) > 2:
            raise self._no()
        yield Node("last_before" if len(window.args) == 2 else "last", (_amount(window.args[0]),))

    def _bound(self, says: Fn) -> Node:
        if says.name not in _RELATIONS:
            raise self._no()
        return Node(says.name, (_amount(says.args[0]),))

    def _conditions(self, fact: str, entry: str | None) -> Iterator[Node | WordNode]:
        if entry is None:
            return
        clause = self._kb.clauses[entry]
        if clause.exceptions or clause.says is None:
            raise self._no()
        if clause.says.name == "all":
            for part in clause.parts:
                yield from self._conditions(fact, part)
            return
        says, of = clause.says, clause.expression
        if of is None or clause.parts:
            raise self._no()
        if of == Fn("period") and says == Fn("covers", (Fn("day"),)):
            yield self._term("live", fact)
            return
        if of.name != "value" or len(of.args) != 1 or not isinstance(of.args[0], Fn) or of.args[0].args:
            raise self._no()
        attribute = self._declared.facts[fact].attributes.get(of.args[0].name)
        kind = _name(attribute.type.args[0]) if attribute is not None and attribute.type.args else ""
        if says.name == "one_of":
            for number, each in enumerate(says.args):
                if number:
                    yield Node("or")
                yield self._value(kind, each)
        elif isinstance(says.args[0], Fn) and not says.args[0].args and says.name in _OF_VALUES:
            yield Node(_OF_VALUES[says.name], (self._value(kind, says.args[0]),))
        elif says.name in _RELATIONS:
            yield self._term("attr", fact, of.args[0].name)
            yield self._bound(says)
        else:
            raise self._no()

    def _value(self, kind: str, value: Value) -> WordNode:
        return self._word(Sense("value", None, kind, (value,)))

    def _term(self, kind: str, fact: str, of: str = "") -> WordNode:
        return self._word(Sense(kind, fact, of))

    def _word(self, sense: Sense) -> WordNode:
        if not self._declared.senses(sense.id):
            raise self._no()
        for language in LANGUAGES:
            # A name that is a word of the grammar too would be read as that.
            name = self._declared.official(sense.id, language)
            if name is not None and plain_text(name) in grammar(language).fixed:
                raise self._no()
        return WordNode("TERM", sense.id)


def _name(value: Value) -> str:
    return value.name if isinstance(value, Fn) else str(value)


def _amount(value: Value) -> Node:
    assert isinstance(value, Fn)
    return Node(value.name, (WordNode("NUMERAL", str(value.args[0])),))
