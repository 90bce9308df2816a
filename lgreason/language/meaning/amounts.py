"""Numbers with their units, and the clauses that they stand in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from lgreason.language.grammar.nodes import Node, Span, WordNode
from lgreason.language.lexicon.declared import Declared
from lgreason.language.meaning.clause import Meaning, Stated
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn

LARGEST = 2**31 - 1
LONGEST_TERM = 12 * 80
"""A term of more months nobody could serve."""
TIME = ("years", "months")


def months_of(amount: Fn) -> int:
    """A time in months."""
    (value,) = amount.args
    assert isinstance(value, int)
    return value * (12 if amount.name == "years" else 1)


def fns(values: tuple[str, ...] | list[str]) -> tuple[Fn, ...]:
    """Constants of ids."""
    return tuple(Fn(value) for value in values)


class Amounts(ABC):
    """Reads amounts, and gives clauses their ids."""

    def __init__(
        self, units: Callable[[str], tuple[str, ...]], whole: Span, declared: Declared | None
    ) -> None:
        """Take the units of quantities, where the sentence stands, and the declared facts."""
        self.found = Meaning()
        self._declared = declared
        self._units = units
        self._whole = whole

    def _slot(self, identity: str, node: Node, role: str = "") -> int:
        self.found.clauses.append(Stated(identity, node, role))
        return len(self.found.clauses) - 1

    def _part(self, identity: str, node: Node, role: str) -> str:
        """The clause that a part of a clause is: that to which it refers, or a new one."""
        if node.kind == "same":
            self._refer(node)
            return node.words("CLAUSE_ID")[0]
        self._demand(identity, node, role)
        return identity

    def _refer(self, node: Node) -> None:
        for part in node.parts:
            # What is still a number here is cited in vain, and told so already.
            if isinstance(part, WordNode) and part.kind == "CLAUSE_ID" and not part.value[:1].isdigit():
                self.found.refers.append((part.value, part.span or self._whole))

    def _bound(self, node: Node, units: tuple[str, ...]) -> Fn:
        return Fn(node.kind, (self._amount(node.nodes()[0], units),))

    def _amount(self, node: Node, units: tuple[str, ...]) -> Fn:
        numbers = [self._whole_number(part) for part in node.parts if isinstance(part, WordNode)]
        unit, value = node.kind, numbers[0]
        span = node.span or self._whole
        if unit == "years_and_months":
            unit, value = "months", 12 * numbers[0] + numbers[1]
        if unit == "baht" and "million_baht" in units:
            if value % 1_000_000:
                self.found.faults.append(Fault("rule_whole_million", span, {"found": value}))
            unit, value = "million_baht", value // 1_000_000
        if unit not in units:
            self.found.faults.append(Fault("rule_unit", span, {"unit": unit, "units": units}))
        if unit in TIME and value * (12 if unit == "years" else 1) > LONGEST_TERM:
            self.found.faults.append(Fault("rule_term_too_long", span, {"most": LONGEST_TERM // 12}))
        if value == 0 and unit in (*TIME, "units", "areas"):
            self.found.faults.append(Fault("rule_zero", span, {}))
        if unit == "percent" and value > 100:
            self.found.faults.append(Fault("rule_percent", span, {"found": value}))
        return Fn(unit, (value,))

    def _whole_number(self, word: WordNode) -> int:
        span = word.span or self._whole
        if "." in word.value:
            self.found.faults.append(Fault("rule_whole_number", span, {"found": word.value}))
            return int(word.value.partition(".")[0])
        if len(word.value) > 10 or int(word.value) > LARGEST:
            self.found.faults.append(Fault("rule_number_too_large", span, {"most": LARGEST}))
            return 1
        return int(word.value)

    def _lowered(self, before: Fn, after: Fn, node: Node) -> None:
        if months_of(after) >= months_of(before):
            self.found.faults.append(Fault("rule_not_reduced", node.span or self._whole, {}))

    @abstractmethod
    def _demand(self, identity: str, node: Node, role: str = "") -> None:
        """Keep what a node demands as a clause of its own."""
