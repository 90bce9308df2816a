"""The rules that amend, with those who go on as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from lgreason.language.amending.changes import (
    InPost,
    Pending,
)
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.laying.targets import Targets


class Made(Targets):
    """Makes rules of the operations of one text."""

    def _made(self, amends: str | None, node: Node, keeps: bool = False, since: date | None = None) -> None:
        self._append(amends=amends, node=node, keeps=keeps, since=since)

    def _repealed(self, identity: str) -> None:
        self._append(repeals=(identity,))

    def _append(self, since: date | None = None, **values: object) -> None:
        self._number += 1
        own = self._period
        day = since or self._rule.since or (own.since if own else self._amending.in_force)
        until = self._rule.until or (own.until if own else self._amending.until)
        node = values.get("node")
        amends = values.get("amends")
        if isinstance(node, Node) and isinstance(amends, str):
            self._amended.add(amends)
            excused = self._excused(amends, node)
            values["node"] = excused
            # What hung on a leaf does not hang on a choice of it: the loss is told.
            values["keeps"] = bool(values.get("keeps")) and (excused is node or self._gate(amends))
        span = self._amending.span
        spans = {**self._rule.spans, "sentence": span, "amends": span, "repeals": span}
        made = replace(
            self._rule,
            id=self._rule.id if self._number == 1 else f"{self._rule.id}.{self._number}",
            since=day,
            until=until,
            spans=spans,
            amending=None,
            **values,  # type: ignore[arg-type]  # values by field
        )
        self._found.rules.append(made)

    def _gate(self, identity: str) -> bool:
        clause = self._clauses.get(identity)
        return clause is None or not clause.exceptions

    def _excused(self, identity: str, node: Node) -> Node:
        """A new demand beside those who need not meet it: who held the post before, who had filed a request."""
        ways: list[Node] = []
        for one in self._amending.operations:
            if isinstance(one, InPost) and (not one.target.text or self._one(one.target) == identity):
                held = self._held(one)
                if one.before:
                    old = Node("item", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
                    held = Node("all", (old, Node("item", (held,))))
                ways.append(held)
            elif isinstance(one, Pending):
                old = Node("item", (Node("same", (WordNode("CLAUSE_ID", identity),)),))
                ways.append(Node("all", (old, Node("item", (self._filed(),)))))
        if not ways:
            return node
        if node.kind != "requires":
            raise self._stop("amending_no_item", self._amending.span)
        items = (Node("item", node.nodes()), *(Node("item", (way,)) for way in ways))
        return Node("requires", (Node("any", items),))

    def _filed(self) -> Node:
        """That the request was filed before the first day."""
        if self._day == date.max:
            raise self._stop("rule_no_day", self._amending.span)
        return Node("filed_before", (WordNode("DAY", (self._day - timedelta(days=1)).isoformat()),))

    def _held(self, kept: InPost) -> Node:
        """That the post was held on the day before the amendment, or on its first day."""
        words = self._sentences.lexicon.words("POSITION_NAME")
        key = plain_text(kept.position)
        if key not in words:
            raise self._stop("amending_position", kept.span, found=kept.position)
        if self._day == date.max:
            raise self._stop("rule_no_day", kept.span)
        on = (kept.dated or self._day) - timedelta(days=1 if kept.on == "eve" else 0)
        return Node(
            "held_on",
            (*(WordNode("POSITION_NAME", one) for one in words[key].ids), WordNode("DAY", on.isoformat())),
        )
