"""An amending text laid on the clauses that it names: each of its operations becomes rules that amend or repeal them.

What is not named stays: words and terms are changed in the sentence of the clause as it stands on the day, with the
exceptions that hang on it; an item is added beside those that are there.
"""

from __future__ import annotations

from datetime import date

from lgreason.language.amending.changes import (
    Add,
    DemandAdded,
    Exempt,
    InPost,
    Operation,
    Pending,
    Period,
    Repeal,
    Replace,
    TermChanged,
    WordsChanged,
)
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.laying.added import Additions
from lgreason.language.laying.places import Provisions
from lgreason.language.laying.standing import StandingRules
from lgreason.language.laying.targets import Laying, Stopped
from lgreason.language.statements.records import Rule


class _One(Additions):
    """One amending text."""

    def laying(self) -> Laying:
        """What the text comes to."""
        amending = self._amending
        if amending.unknown_document is not None:
            found = amending.unknown_document
            names = tuple(
                name.into(self._language)
                for (kind, _), name in self._layer._kb.names.items()
                if kind == "document"
            )
            self._fault("amending_document", found.span, found=found.text, known=names)
        if self._day == date.max and not self._own_days():
            code = "amending_publication" if amending.after_days is not None else "rule_no_day"
            self._fault(code, self._rule.span)
        if amending.unread is not None:
            self._fault("amending_unread", amending.unread.span, found=amending.unread.text[:60])
        if not amending.operations:
            self._fault("amending_nothing", amending.span)
        periods = amending.periods or (None,) * len(amending.operations)
        both = zip(amending.operations, periods, strict=True)
        # Who goes on as before is said of what the others change, wherever it stands in the text.
        for operation, period in sorted(both, key=lambda pair: isinstance(pair[0], InPost)):
            self._from(period)
            try:
                self._lay(operation)
            except Stopped:
                continue
        return self._found

    def _own_days(self) -> bool:
        """Whether every operation says itself from when it has effect."""
        amending = self._amending
        periods = amending.periods or (None,) * len(amending.operations)
        return bool(periods) and all(
            period is not None
            or (isinstance(one, TermChanged) and one.since is not None)
            or isinstance(one, Pending)
            for one, period in zip(amending.operations, periods, strict=True)
        )

    def _from(self, period: Period | None) -> None:
        """What stands on the first day of an operation."""
        self._period = period
        day = self._rule.since or (period.since if period else None) or self._amending.in_force or date.max
        if day != self._day:
            self._day = day
            self._clauses = self._layer.clauses(day)
            self._places = Provisions(self._clauses, self._layer.labels)

    def _lay(self, operation: Operation) -> None:
        match operation:
            case Replace(target, new):
                identity = self._one(target)
                self._made(identity, self._demand(new, target))
            case Repeal(target):
                for identity in self._all(target):
                    if any(isinstance(one, Pending) for one in self._amending.operations):
                        later = Node("none", (Node("item", (self._filed(),)),))
                        self._made(identity, Node("requires", (later,)))
                    else:
                        self._repealed(identity)
            case WordsChanged():
                self._words(operation)
            case TermChanged():
                self._term(operation)
            case Add():
                self._add(operation)
            case DemandAdded():
                self._further(operation)
            case Exempt():
                self._exempt(operation)
            case Pending():
                return  # it bears on what the others change
            case InPost(_, target, _):
                if not target.text and self._amended:
                    return
                identity = self._one(target)
                if identity not in self._amended:
                    old = Node("requires", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
                    self._made(identity, old, keeps=True)


class AmendmentLayer(StandingRules):
    """Lays amending texts on a knowledge base and the rules of files read before."""

    def lay(self, rule: Rule) -> Laying:
        """The rules that an amending rule comes to."""
        assert rule.amending is not None
        return _One(self, rule, rule.amending).laying()
