"""From a clause to what a sentence says: the way back from facts, also for clauses never written as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.lexicon.lists import NAMED_OF, written_scope
from lgreason.language.meaning.persons import RIDERS
from lgreason.language.wording.restating import Unsayable, stated
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value

GATES = ("all", "any", "none", "k_of")
_POSTS = ("planned", "planned_in_unit", "filled", "vacant")


class Unsaid(ValueError):
    """No sentence of the language says what the clause demands."""


def restate(clause: Clause, kb: KnowledgeBase) -> tuple[Node | None, tuple[Node, ...]]:
    """What a clause says as sentences: the one that demands, if it demands anything, and what it provides besides.

    Raises `Unsaid`.
    """
    facts = _Facts(clause, kb)
    others = tuple(facts.others())
    if clause.says is None:
        others = (*facts.rows_of_table(), *others)
        sentence = facts.competency() or (others[0] if len(others) == 1 else None)
        return sentence, others if sentence is None or sentence not in others else ()
    if (node := facts.structure()) is not None:
        return node, others
    table = tuple(facts.rows_of_table())
    if clause.op == "same" and clause.exceptions:
        ((defeats, form),) = clause.exceptions
        if form == Fn("all"):
            return Node("unless", (_same(str(clause.says.args[0])), _same(defeats))), (*table, *others)
    return Node("requires", (demand(clause, kb),)), (*table, *others)


def demand(clause: Clause, kb: KnowledgeBase | None = None) -> Node:
    """The demand of a clause, as part of a sentence; of one on declared facts only where `kb` has its entries."""
    if clause.expression is not None:
        if kb is None:
            raise Unsaid(f"{clause.id}: {clause.expression.name}")
        try:
            return stated(clause, kb)
        except Unsayable as unsayable:
            raise Unsaid(f"{clause.id}: {clause.expression.name}") from unsayable
    says = clause.says
    assert says is not None
    if clause.exceptions and (says.name in (*GATES, "same")):
        raise Unsaid(f"{clause.id}: an exception to {says.name}")
    if says.name == "same":
        return _same(str(says.args[0]))
    if says.name in GATES:
        if not clause.parts and says.name == "all":
            return Node("free")
        if not clause.parts:
            raise Unsaid(f"{clause.id}: {says.name} of nothing")
        items = tuple(Node("item", (_same(part),)) for part in clause.parts)
        needed = (WordNode("NUMERAL", str(says.args[0])),) if says.name == "k_of" else ()
        return Node(says.name, (*needed, *items))
    match clause.measures:
        case "qualification":
            return _qualification(clause)
        case "service":
            return _service(clause)
        case "experience":
            return _experience(clause)
    return _of_organisation(clause)


def _same(identity: str) -> Node:
    return Node("same", (WordNode("CLAUSE_ID", identity),))


def _args(clause: Clause, name: str) -> list[tuple[str, ...]]:
    return [
        tuple(a.name if isinstance(a, Fn) else str(a) for a in what.args)
        for what in clause.counts
        if what.name == name
    ]


def _has(clause: Clause, name: str) -> bool:
    return any(what.name == name for what in clause.counts)


def _only(clause: Clause, *names: str) -> None:
    for what in clause.counts:
        if what.name not in names:
            raise Unsaid(f"{clause.id} counts {what.name}")


# ── persons ───────────────────────────────────────────────────────────────────────────────────────────────────


def _qualification(clause: Clause) -> Node:
    _only(clause, "degree", "field", "any_field", "approved_field", *RIDERS)
    if clause.says != Fn("at_least", (Fn("count", (1,)),)) or clause.exceptions:
        raise Unsaid(f"{clause.id}: more than one qualification")
    degrees = [args[0] for args in _args(clause, "degree")]
    fields = tuple(WordNode("FIELD_NAME", args[0]) for args in _args(clause, "field"))
    approved = _has(clause, "approved_field")
    if _has(clause, "any_field"):
        scope = Node("any_field")
    elif fields:
        scope = Node("fields_or_approved" if approved else "fields", fields)
    else:
        scope = Node("approved_field")
    return Node("qualification", (Node("degree_in", (*_degrees(degrees), scope)), *_riders(clause)))


def _degrees(degrees: Iterable[str]) -> tuple[WordNode, ...]:
    return tuple(
        WordNode("DEGREE_NAME" if not n else "OR_DEGREE_NAME", degree) for n, degree in enumerate(degrees)
    )


def _service(clause: Clause) -> Node:
    _only(
        clause,
        *("position", "not_below", "level", "level_from", "equivalent", "while_held"),
        *("within", "after_degree", *RIDERS),
    )
    posts: list[Node] = []
    for what in clause.counts:
        args = [a.name if isinstance(a, Fn) else str(a) for a in what.args]
        if what.name in ("position", "not_below"):
            posts.append(Node(what.name, (WordNode("POSITION_NAME", args[0]),)))
        elif what.name == "level":
            posts.append(Node("level", (WordNode("RANK_NAME", ".".join(args)),)))
        elif what.name == "level_from":
            posts.append(
                Node("level_from", (WordNode("TYPE_NAME", args[0]), WordNode("LEVEL_NAME", args[1])))
            )
    if not posts:
        raise Unsaid(f"{clause.id} counts no post")
    kind = "service_now" if _has(clause, "while_held") else "service"
    equivalent = (Node("equivalent"),) if _has(clause, "equivalent") else ()
    return Node(kind, (*posts, *equivalent, _served(clause), *_riders(clause)))


def _experience(clause: Clause) -> Node:
    _only(clause, "work", "series", "within", "after_degree", *RIDERS)
    works = tuple(WordNode("WORK_NAME", args[0]) for args in _args(clause, "work"))
    series = tuple(WordNode("SERIES_NAME", args[0]) for args in _args(clause, "series"))
    if not works:
        raise Unsaid(f"{clause.id} counts no work")
    in_series = (Node("in_series", series),) if series else ()
    return Node("experience", (*works, *in_series, _served(clause), *_riders(clause)))


def _served(clause: Clause) -> Node:
    assert clause.says is not None
    if clause.says.name != "at_least":
        raise Unsaid(f"{clause.id}: {clause.says.name} of time")
    return _bound(clause.says)


def _riders(clause: Clause) -> tuple[Node, ...]:
    found = [Node(name) for name in RIDERS if _has(clause, name)]
    if after := _args(clause, "after_degree"):
        found.append(Node("after_degree", _degrees(degree for (degree,) in after)))
    within = tuple(WordNode("CLAUSE_ID", args[0]) for args in _args(clause, "within"))
    found += [Node("within", within)] if within else []
    return (*found, *_changes(clause))


def _changes(clause: Clause) -> tuple[Node, ...]:
    found = []
    default = clause.says
    assert default is not None
    for defeats, form in clause.exceptions:
        if form.name in GATES or form.name == "same" or not form.args:
            raise Unsaid(f"{clause.id}: except {form.name}")
        before, after = default.args[0], form.args[0]
        in_time = isinstance(before, Fn) and before.name in ("years", "months")
        if in_time and form.name == default.name and _months(after) != _months(before):
            kind = "reduced" if _months(after) < _months(before) else "raised"
            found.append(Node(kind, (_amount(before), _amount(after), _same(defeats))))
        else:
            found.append(Node("instead", (_bound(form), _same(defeats))))
    return tuple(found)


def _months(value: Value) -> int:
    assert isinstance(value, Fn) and isinstance(value.args[0], int)
    return value.args[0] * (12 if value.name == "years" else 1)


def _bound(form: Fn) -> Node:
    return Node(form.name, (_amount(form.args[0]),))


def _amount(value: Value) -> Node:
    assert isinstance(value, Fn)
    return Node(value.name, (WordNode("NUMERAL", str(value.args[0])),))


# ── organisations ─────────────────────────────────────────────────────────────────────────────────────────────


def _of_organisation(clause: Clause) -> Node:
    says, measures = clause.says, clause.measures
    assert says is not None
    if says.name == "passed" and measures in ("workload_analysis", "section_names"):
        return Node(measures)
    if says.name == "passed":
        ((instrument,),) = _args(clause, "instrument")
        return Node("instrument", (WordNode("INSTRUMENT_NAME", instrument),))
    if says.name == "one_of":
        if measures not in NAMED_OF:
            raise Unsaid(f"{clause.id}: one of {measures}")
        name, terminal = NAMED_OF[measures]
        return Node(measures, tuple(WordNode(terminal, args[0]) for args in _args(clause, name)))
    if measures in _POSTS:
        posts = tuple(_post(args) for args in _args(clause, "post"))
        return Node(measures, (*posts, _bound(says), *_changes(clause)))
    if measures == "delegated":
        levels = tuple(WordNode("LEVEL_NAME", arg) for args in _args(clause, "unit") for arg in args)
        return Node("delegated", (*levels, _bound(says), *_changes(clause)))
    if measures is None:
        raise Unsaid(f"{clause.id}: {says.name}")
    _only(clause, "unit_stands_for_sections")
    stands = (Node("unit_stands_for_sections"),) if _has(clause, "unit_stands_for_sections") else ()
    return Node("quantity", (WordNode("QUANTITY_NAME", measures), _bound(says), *stands, *_changes(clause)))


def _post(args: tuple[str, ...]) -> Node:
    post, *levels = args
    return Node("post", (WordNode("POST_NAME", post), *(WordNode("LEVEL_NAME", level) for level in levels)))


def _scope(value: Value) -> WordNode:
    return WordNode("SCOPE_NAME", written_scope(value))


class _Facts:
    """The facts of a clause besides what it demands: competencies, calculations, the table of posts."""

    def __init__(self, clause: Clause, kb: KnowledgeBase) -> None:
        self._clause = clause
        self._kb = kb

    def _rows(self, predicate: str, last: bool = True) -> list[tuple[Value, ...]]:
        at = -1 if last else 0
        return [row for row in self._kb.rows(predicate) if row[at] == self._clause.id]

    def structure(self) -> Node | None:
        """A sentence on the table of posts, where the clause says one thing only."""
        rows, opens, limits = (self._rows(name) for name in ("row", "opens", "limits"))
        clause = self._clause
        if len(opens) == 1 and not limits and len(rows) <= 1 and not clause.exceptions:
            scope, post, level, _ = opens[0]
            if rows and rows[0][:2] != (scope, post):
                return None
            words = (WordNode("POST_NAME", _name(post)), _scope(scope), WordNode("LEVEL_NAME", _name(level)))
            only_if = demand(clause)
            return Node("row" if rows else "opens", words if only_if.kind == "free" else (*words, only_if))
        if len(limits) == 1 and not opens and clause.measures == "planned" and not clause.exceptions:
            scope = limits[0][0]
            posts = _args(clause, "post")
            assert clause.says is not None
            nothing = Fn("at_most", (Fn("posts", (0,)),))
            alone = len(rows) == 1 and rows[0][0] == scope and posts == [(_name(rows[0][1]),)]
            if alone and clause.says == nothing:
                return Node("no_post", (_scope(scope), WordNode("POST_NAME", posts[0][0])))
            if not rows and len(posts) == 1:
                return Node("number", (_scope(scope), _post(posts[0]), _bound(clause.says)))
        return None

    def rows_of_table(self) -> Iterator[Node]:
        """A sentence for each row of the table of posts."""
        for scope, post, _ in self._rows("row"):
            yield Node("row_of", (WordNode("POST_NAME", _name(post)), _scope(scope)))
        for scope, post, level, _ in self._rows("opens"):
            words = (WordNode("POST_NAME", _name(post)), _scope(scope), WordNode("LEVEL_NAME", _name(level)))
            yield Node("opens", words)
        for scope, _ in self._rows("limits"):
            yield Node("limits", (_scope(scope),))

    def others(self) -> Iterator[Node]:
        """A sentence for each of the other facts."""
        for scope, post, _ in self._rows("sets_up"):
            yield Node("sets_up", (WordNode("POST_NAME", _name(post)), _scope(scope)))
        for sort, _ in self._rows("retypes"):
            yield Node("retypes", (WordNode("CLASS_NAME", _name(sort)),))
        for name in ("caveat", "follows"):
            for _, other in self._rows(name, last=False):
                yield Node(name, (WordNode("CLAUSE_ID", str(other)),))
        yield from self._calculations()

    def _calculations(self) -> Iterator[Node]:
        for quantity, over, under, _ in self._rows("ratio"):
            yield Node("ratio", (WordNode("QUANTITY_NAME", str(quantity)), *_terms([over, under])))
        added, taken, meant = (self._rows(name) for name in ("adds", "subtracts", "mean"))
        for quantity in dict.fromkeys(row[0] for row in added):
            terms = _terms([row[1] for row in added if row[0] == quantity])
            less = _terms([row[1] for row in taken if row[0] == quantity])
            without = (Node("less", less),) if less else ()
            yield Node("sum", (WordNode("QUANTITY_NAME", str(quantity)), *terms, *without))
        for quantity in dict.fromkeys(row[0] for row in meant):
            terms = _terms([row[1] for row in meant if row[0] == quantity])
            yield Node("mean", (WordNode("QUANTITY_NAME", str(quantity)), *terms))

    def competency(self) -> Node | None:
        """A sentence on a competency."""
        for _, key, group, order in self._rows("competency", last=False):
            words = [WordNode("GROUP_NAME", _name(group)), WordNode("NUMERAL", str(order))]
            required = tuple(
                Node(
                    "level_required", (WordNode("LEVEL_NAME", _name(level)), WordNode("NUMERAL", str(number)))
                )
                for _, level, number in self._rows("required_level", last=False)
            )
            return Node("competency", (*words, WordNode("COMPETENCY_NAME", str(key)), *required))
        return None


def _terms(values: list[Value]) -> tuple[WordNode, ...]:
    return tuple(WordNode("AMOUNT_NAME", str(value)) for value in values)


def _name(value: Value) -> str:
    assert isinstance(value, Fn)
    return value.name
