"""From a case that the search found to the file of an organisation which brings it about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

from lgreason.files.organisation.organisation import FULL_JOB_VALUE, LEVELS
from lgreason.reasoning.organisations.quantities import Quantity
from lgreason.reasoning.rulesets.amounts import EFFICIENCY, amounts_for, definition, within
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.reasoning.rulesets.demands import LeafDemand
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.declared import word
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Fn, Value, constant
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]
_UNIT = "unit"


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

    def documents(self, space: RuleSpace, met: frozenset[int], unmet: frozenset[int]) -> Iterator[Document]:
        """Files in which some demands are met and others not: those to be tried; none where no value does both."""
        calculated = self._calculated(space, met, unmet)
        wanted = self._wanted(space.demands, met, unmet, calculated)
        if wanted is None:
            return
        amounts = amounts_for(*_by_name(calculated, wanted))
        # Units that a deputy screens have heads, which another clause may count: each sort of them is tried.
        delegates = any(measure == "delegated" for measure, _ in wanted)
        heads = product((True, False), (self._level, *LEVELS)) if delegates else [(True, self._level)]
        for filled, level in dict.fromkeys(heads):
            head = {"level": level, "filled": filled}
            yield self._document(space.demands, met, unmet, wanted, amounts, head)

    def _document(
        self,
        demands: Sequence[LeafDemand],
        met: frozenset[int],
        unmet: frozenset[int],
        wanted: dict[tuple[str, Value], Stretch],
        amounts: Mapping[str, Fraction],
        head: Document,
    ) -> Document:
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
        self._numbers(document, wanted, amounts.get(EFFICIENCY), head)
        if self.in_unit:
            self._of_post(document)
        return document

    # ── money and scores ─────────────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def _calculated(space: RuleSpace, met: frozenset[int], unmet: frozenset[int]) -> dict[int, Quantity]:
        """How what a demand compares is calculated, by the number of the demand, by the rules of its own side."""
        found = {}
        for number in (*met, *unmet):
            demand = space.demands[number]
            tree = space.bearings[demand.side].tree(demand.clause.measures or "")
            if tree is not None:
                found[number] = tree
        return found

    @staticmethod
    def _wanted(
        demands: Sequence[LeafDemand],
        met: frozenset[int],
        unmet: frozenset[int],
        calculated: Mapping[int, Quantity],
    ) -> dict[tuple[str, Value], Stretch] | None:
        """For each measure compared with a number the values that it must have."""
        found: dict[tuple[str, Value], Stretch] = {}
        for number in (*met, *unmet):
            demand = demands[number]
            if demand.values is None or demand.clause.measures is None:
                continue
            how = definition(calculated.get(number))
            key = (demand.clause.measures, Fn("of", demand.clause.counts) if how == "" else how)
            values = demand.values if number in met else _rest(demand.values)
            if values is None:
                return None
            found[key] = found.get(key, Stretch(low=Fraction(0))).meet(values)
        return None if any(values.empty for values in found.values()) else found

    # ── what is told in a word ───────────────────────────────────────────────────────────────────────────────────

    def _named(self, document: Document, demand: LeafDemand, met: bool) -> None:
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
                office = self._kb.kinds.heads.get(self._post) == "office"
                units[0]["head"] = {"level": "high" if office else "early", "filled": True}
        unit: Document = units[0]
        return unit

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _numbers(
        self,
        document: Document,
        wanted: dict[tuple[str, Value], Stretch],
        efficiency: Fraction | None,
        head: Document,
    ) -> None:
        if efficiency is not None and ("areas", Fn("of", ())) not in wanted:
            self._areas(document, 1, efficiency)
        for (measure, of), values in wanted.items():
            if not isinstance(of, Fn) or of.name != "of":
                continue
            whole = ceil(within(values, Fraction(1)))
            if measure in ("job_value", "section_job_value"):
                points = ceil(within(values, Fraction(100, FULL_JOB_VALUE)) * FULL_JOB_VALUE / 100)
                self._of_post(document)[measure] = points
            elif measure == "vacancy.unit":
                self._of_post(document)["vacancy"] = {"vacant": whole, "frame": 100}
            elif measure == "vacancy.operating":
                _put(document, "vacancies.operating", {"vacant": whole, "frame": 100})
            elif measure == "vacancy.executive":
                _put(document, "vacancies.executive", whole)
            elif measure == "delegated":
                self._delegated(document, of, whole, head)
            elif measure in ("filled", "vacant"):
                self._held(document, of, whole, measure == "filled")
            elif measure == "areas":
                self._areas(document, whole, efficiency)

    def _areas(self, document: Document, number: int, efficiency: Fraction | None) -> None:
        names = [word(row[0]) for row in self._kb.rows("area")]
        score = 100 if efficiency is None else _number(efficiency)
        _put(document, "scores.efficiency", dict.fromkeys(names[:number], score))

    def _delegated(self, document: Document, of: Fn, number: int, head: Document) -> None:
        args = [arg for what in of.args if isinstance(what, Fn) for arg in what.args]
        level = constant(args[0]) if args else head["level"]
        units = document.setdefault("units", [])
        ids = []
        for each in range(number):
            ids.append(f"delegated_{each + 1}")
            unit = {"id": ids[-1], "name": f"ส่วนราชการที่ {each + 1}", "kind": _kind(level)}
            units.append({**unit, "head": {**head, "level": level}})
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


def _by_name(
    calculated: Mapping[int, Quantity], wanted: Mapping[tuple[str, Value], Stretch]
) -> tuple[dict[str, Quantity], dict[str, Stretch]]:
    """The quantities and the values that they must have, two of one name that are calculated otherwise apart."""
    trees, values = {}, {}
    for tree in calculated.values():
        for measure, how in wanted:
            if measure == tree.id and how == definition(tree):
                name = f"{measure} {how}"
                trees[name], values[name] = tree, wanted[measure, how]
    return trees, values


def _rest(values: Stretch) -> Stretch | None:
    """The values outside a stretch that has one end."""
    if values.low is not None and values.high is None:
        return Stretch(high=values.low, open_high=not values.open_low)
    if values.high is not None and values.low is None:
        return Stretch(low=values.high, open_low=not values.open_high)
    return None


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
