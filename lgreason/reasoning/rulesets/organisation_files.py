"""From a case that the search found to the file of an organisation which brings it about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, permutations
from math import ceil
from typing import Any

from lgreason.files.organisation.organisation import FULL_JOB_VALUE, Organisation
from lgreason.reasoning.organisations.quantities import Quantities, Quantity
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.reasoning.rulesets.space import Demand
from lgreason.rules.declared import word
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Fn, Value, constant
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]
_ROUND = 100_000_000
"""Budgets are whole hundred millions of baht, so that a millionth of a per cent is a whole number of baht."""
_UNIT = "unit"
EFFICIENCY = "efficiency"
"""The mean of the scores of areas: each area that is told of has it."""
MOST_ORDERS = 120


class OrganisationWriter:
    """Writes files of organisations of one scope, for one post at one level."""

    def __init__(self, kb: KnowledgeBase, scope: Fn, post: str, level: str, new: bool) -> None:
        """Take the rules whose terms the files are written in, what is asked about, and whether its unit is new."""
        self._kb = kb
        self._scope = scope
        self._post = post
        self._level = level
        self._new = new
        self._vocabulary = Vocabulary(kb)

    def document(
        self, demands: Sequence[Demand], met: frozenset[int], unmet: frozenset[int]
    ) -> Document | None:
        """A file in which some demands are met and others not; `None` where no value does both."""
        wanted = self._wanted(demands, met, unmet)
        if wanted is None:
            return None
        amounts = self._money(wanted)
        document: Document = {"kind": "organisation", "type": self._scope.name}
        if self._scope.args:
            document[self._kb.kinds.divisions[self._scope.name].key] = constant(self._scope.args[0])
        for path, amount in amounts.items():
            if path.startswith(("previous.", "requested.")):
                _put(document, f"fiscal.{path}", int(amount))
            elif path != EFFICIENCY:
                _put(document, f"scores.{path}", _number(amount))
        for number in (*sorted(met), *sorted(unmet)):
            self._named(document, demands[number], number in met)
        self._numbers(document, wanted, amounts.get(EFFICIENCY))
        return document

    # ── money and scores ─────────────────────────────────────────────────────────────────────────────────────────

    def _wanted(
        self, demands: Sequence[Demand], met: frozenset[int], unmet: frozenset[int]
    ) -> dict[tuple[str, Value], Stretch] | None:
        """For each measure compared with a number the values that it must have."""
        found: dict[tuple[str, Value], Stretch] = {}
        for number in (*met, *unmet):
            demand = demands[number]
            if demand.values is None or demand.clause.measures is None:
                continue
            key = (demand.clause.measures, Fn("of", demand.clause.counts))
            values = demand.values if number in met else _rest(demand.values)
            if values is None:
                return None
            found[key] = found.get(key, Stretch(low=Fraction(0))).meet(values)
        return None if any(values.empty for values in found.values()) else found

    def _money(self, wanted: dict[tuple[str, Value], Stretch]) -> dict[str, Fraction]:
        """Amounts and scores by which every quantity has its value: each is set in an order that leads there."""
        kinds: Any = self._scope.name
        quantities = Quantities(self._kb, Organisation("", "", kinds))
        named = {
            measure: values
            for (measure, _), values in wanted.items()
            if quantities.defines(measure) or measure in ("indicators", "lpa")
        }
        trees = {measure: quantities.quantity(measure) for measure in named}
        found: dict[str, Fraction] = {}
        for group in _sharing(trees):
            found.update(self._together(group, named))
        return found

    @staticmethod
    def _together(trees: Mapping[str, Quantity], named: Mapping[str, Stretch]) -> dict[str, Fraction]:
        """Amounts that some quantities share: the first order tried in which each comes to what it must."""
        sizes = {m: (tree.unit != "baht", len(list(tree.steps()))) for m, tree in trees.items()}
        order = sorted(trees, key=lambda measure: sizes[measure])
        found: dict[str, Fraction] = {}
        for tried in islice(_orders(order, {m for m in order if not sizes[m][0]}), MOST_ORDERS):
            found = {}
            for measure in tried:
                step = Fraction(1) if trees[measure].unit == "baht" else Fraction(1, 1_000_000)
                _assign(trees[measure], _within(named[measure], step), found)
            values = {measure: _value(trees[measure], found) for measure in tried}
            sound = all(0 <= v <= 100 or "." in path for path, v in found.items())
            if sound and all(
                v is not None and not Stretch(v, v).meet(named[m]).empty for m, v in values.items()
            ):
                break
        return found

    # ── what is told in a word ───────────────────────────────────────────────────────────────────────────────────

    def _named(self, document: Document, demand: Demand, met: bool) -> None:
        measures, counts = demand.clause.measures or "", demand.clause.counts
        outcome = "passed" if met else "failed"
        accepted = [word(what.args[0]) for what in counts if what.args]
        if measures == "instrument":
            _put(document, f"instruments.{accepted[0]}", outcome)
        elif measures == "workload_analysis":
            self._of_post(document)["workload_analysis"] = outcome
        elif measures == "section_names":
            self._of_post(document)["section_names_approved"] = met
        elif measures == "unit_kind":
            self._of_post(document)["kind"] = accepted[0] if met else _other(accepted, ("office", "division"))
        elif measures in ("status", "former_size"):
            ids = self._vocabulary.ids({"status": "municipal_status", "former_size": "sao_size"}[measures])
            if met:
                document[measures] = accepted[0]
            elif document.get(measures) in (None, *accepted):
                document[measures] = _other(accepted, ids)

    def _of_post(self, document: Document) -> Document:
        """The entry of the post asked about: a deputy, or a unit."""
        if self._post == "deputy":
            deputies = document.setdefault("posts", {}).setdefault("deputies", [])
            if not deputies or deputies[0].get("exists") is not False:
                deputies.insert(0, {"exists": False})
            found: Document = deputies[0]
            return found
        units = document.setdefault("units", [])
        if not units or units[0]["id"] != _UNIT:
            units.insert(0, {"id": _UNIT, "name": "ส่วนราชการตัวอย่าง", "exists": not self._new})
            if not self._new:
                units[0]["head"] = {"level": "early", "filled": True}
        unit: Document = units[0]
        return unit

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _numbers(
        self, document: Document, wanted: dict[tuple[str, Value], Stretch], efficiency: Fraction | None
    ) -> None:
        if efficiency is not None and ("areas", Fn("of", ())) not in wanted:
            self._areas(document, 1, efficiency)
        for (measure, of), values in wanted.items():
            assert isinstance(of, Fn)
            whole = ceil(_within(values, Fraction(1)))
            if measure in ("job_value", "section_job_value"):
                points = ceil(_within(values, Fraction(100, FULL_JOB_VALUE)) * FULL_JOB_VALUE / 100)
                self._of_post(document)[measure] = points
            elif measure == "vacancy.unit":
                self._of_post(document)["vacancy"] = {"vacant": whole, "frame": 100}
            elif measure == "vacancy.operating":
                _put(document, "vacancies.operating", {"vacant": whole, "frame": 100})
            elif measure == "vacancy.executive":
                _put(document, "vacancies.executive", whole)
            elif measure == "delegated":
                self._delegated(document, of, whole)
            elif measure in ("filled", "vacant"):
                self._held(document, of, whole, measure == "filled")
            elif measure == "areas":
                self._areas(document, whole, efficiency)

    def _areas(self, document: Document, number: int, efficiency: Fraction | None) -> None:
        names = [word(row[0]) for row in self._kb.rows("area")]
        score = 100 if efficiency is None else _number(efficiency)
        _put(document, "scores.efficiency", dict.fromkeys(names[:number], score))

    def _delegated(self, document: Document, of: Fn, number: int) -> None:
        args = [arg for what in of.args if isinstance(what, Fn) for arg in what.args]
        level = constant(args[0]) if args else self._level
        units = document.setdefault("units", [])
        ids = []
        for each in range(number):
            ids.append(f"delegated_{each + 1}")
            head = {"level": level, "filled": True}
            units.append(
                {"id": ids[-1], "name": f"ส่วนราชการที่ {each + 1}", "kind": _kind(level), "head": head}
            )
        self._of_post(document)["delegated_units"] = ids

    def _held(self, document: Document, of: Fn, number: int, filled: bool) -> None:
        """So many posts that are filled, or vacant, and all other posts known not to be."""
        posts = [what for what in of.args if isinstance(what, Fn)]
        for what in posts:
            post = constant(what.args[0])
            level = constant(what.args[1]) if len(what.args) > 1 else "high"
            made = {"level": level, "filled": filled}
            if post == "clerk":
                _put(document, "posts.clerk", {**made, "filled": filled if number > 0 else not filled})
            elif post == "deputy":
                held = [dict(made) for _ in range(number if what is posts[0] else 0)]
                document.setdefault("posts", {}).setdefault("deputies", []).extend(held)
            else:
                units = document.setdefault("units", [])
                for each in range(number if what is posts[0] else 0):
                    kind = "office" if post == "office_head" else "division"
                    identity = f"{post}_{each + 1}"
                    units.append({"id": identity, "name": identity, "kind": kind, "head": dict(made)})

    @property
    def in_unit(self) -> bool:
        """Whether the post stands in a unit."""
        return self._post in self._kb.kinds.in_units


def _sharing(trees: Mapping[str, Quantity]) -> list[dict[str, Quantity]]:
    """The quantities in groups that rest on no amount of another group."""
    groups: list[tuple[set[str], dict[str, Quantity]]] = []
    for measure, tree in trees.items():
        amounts = {amount.id for amount in tree.amounts()} | {
            s.id for s in tree.steps() if s.id == EFFICIENCY
        }
        meets = [group for group in groups if group[0] & amounts]
        whole = {name: each for group in meets for name, each in group[1].items()} | {measure: tree}
        rest = [group for group in groups if group not in meets]
        groups = [*rest, (amounts.union(*(group[0] for group in meets)), whole)]
    return [group for _, group in groups]


def _orders(measures: Sequence[str], first: set[str]) -> Iterator[tuple[str, ...]]:
    """The orders in which quantities may be set; those of money come first."""
    money = tuple(measure for measure in measures if measure in first)
    for rest in permutations([measure for measure in measures if measure not in first]):
        yield (*money, *rest)


def _assign(of: Quantity, value: Fraction, amounts: dict[str, Fraction]) -> None:
    """Amounts by which a quantity comes to a value; those that are set already stay."""
    if of.operation == "amount" or of.id == EFFICIENCY:
        amounts.setdefault(of.id, value)
        return
    if of.operation == "ratio":
        numerator, denominator = (term.quantity for term in of.terms)
        _assign(denominator, Fraction(_ROUND), amounts)
        _assign(numerator, value * (_value(denominator, amounts) or _ROUND) / 100, amounts)
        return
    if of.operation == "mean":
        known = [_value(term.quantity, amounts) for term in of.terms]
        left = [term for term, at in zip(of.terms, known, strict=True) if at is None]
        rest = value * len(of.terms) - sum((at for at in known if at is not None), Fraction(0))
        for term in left:
            _assign(term.quantity, rest / len(left), amounts)
        return
    taken = [term for term in of.terms if term.sign < 0 and _value(term.quantity, amounts) is None]
    first = next((t for t in of.terms if t.sign > 0 and _value(t.quantity, amounts) is None), None)
    whole = Fraction(ceil(value / _ROUND) * _ROUND) if taken else value
    for term in of.terms:
        if term is not first and term not in taken[:1]:
            _assign(term.quantity, Fraction(0), amounts)
    others = (
        term.sign * (_value(term.quantity, amounts) or Fraction(0)) for term in of.terms if term is not first
    )
    before = sum(others, Fraction(0))
    if first is not None:
        _assign(first.quantity, max(Fraction(0), whole - before), amounts)
    for term in taken[:1]:
        rest = sum((t.sign * (_value(t.quantity, amounts) or Fraction(0)) for t in of.terms), Fraction(0))
        _assign(term.quantity, max(Fraction(0), rest - value), amounts)


def _value(of: Quantity, amounts: dict[str, Fraction]) -> Fraction | None:
    """What a quantity comes to by the amounts that are set; `None` where one is not."""
    if of.operation == "amount" or of.id == EFFICIENCY:
        return amounts.get(of.id)
    found = [_value(term.quantity, amounts) for term in of.terms]
    values = [each for each in found if each is not None]
    if len(values) < len(found) or not values:
        return None
    if of.operation == "ratio":
        return values[0] * 100 / values[1] if values[1] else None
    if of.operation == "mean":
        return sum(values, Fraction(0)) / len(values)
    return sum((term.sign * each for term, each in zip(of.terms, values, strict=True)), Fraction(0))


def _rest(values: Stretch) -> Stretch | None:
    """The values outside a stretch that has one end."""
    if values.low is not None and values.high is None:
        return Stretch(high=values.low, open_high=not values.open_low)
    if values.high is not None and values.low is None:
        return Stretch(low=values.high, open_low=not values.open_high)
    return None


def _within(values: Stretch, step: Fraction) -> Fraction:
    """A value of a stretch that is not empty: its lower end, or as near to an end as a step allows."""
    if values.low is not None and (not values.open_low):
        at_low = values.low
        if at_low > 0 or values.high is None:
            return at_low
    if values.high is not None:
        return values.high if not values.open_high else max(Fraction(0), values.high - step)
    return (values.low or Fraction(0)) + step


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _other(accepted: Sequence[str], ids: Sequence[str]) -> str:
    return next((each for each in ids if each not in accepted), "")


def _kind(level: str) -> str:
    return "office" if level == "high" else "division"


def _put(document: Document, path: str, value: Any) -> None:
    *above, last = path.split(".")
    within = document
    for step in above:
        within = within.setdefault(step, {})
    within[last] = value


def entries(document: Document) -> Iterator[tuple[str, ...]]:
    """The paths of all that a file states below the kind and type, the outermost first."""
    waiting: list[tuple[str, ...]] = [
        (key,) for key in document if key not in ("kind", "type", "class", "size")
    ]
    while waiting:
        path = waiting.pop(0)
        yield path
        within: Any = document
        for step in path:
            within = within[step]
        if isinstance(within, dict):
            waiting += [(*path, key) for key in within]
